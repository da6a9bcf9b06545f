//! `reserved-result`: what a result says that is not all there is has room in the output schema.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, TRUNCATION},
    schema,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Some(properties) = tool.output.get("properties") else {
            continue;
        };
        for (name, kind) in TRUNCATION {
            let (Some(key), Some(property)) = (properties.key(name), properties.get(name)) else {
                continue;
            };
            let types = schema::types(property);
            if types.is_some_and(|types| !types.contains(kind)) {
                let message = format!("a result that was cut has a `{name}` of type `{kind}`");
                let mistake = Mistake::new("reserved-result", key.span, message);
                report.add(
                    mistake
                        .help("give it that type, or give what it is now another name")
                        .tool(&tool.name.text),
                );
            }
        }
    }
}
