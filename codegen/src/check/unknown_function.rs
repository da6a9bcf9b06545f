//! `unknown-function`: what `$call` names stands in `functions.yaml`.

use super::places;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, TemplateKind},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let names = || {
        manifest
            .functions
            .iter()
            .map(|function| function.name.text.as_str())
    };
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, _| {
            if let TemplateKind::Call { function, .. } = &template.kind
                && names().all(|name| name != function.text)
            {
                let message = format!(
                    "there is no function `{}` in `functions.yaml`",
                    function.text
                );
                let mistake = Mistake::new("unknown-function", function.span, message);
                report.add(
                    mistake
                        .nearest(&function.text, names())
                        .help_if_none("describe it there: `description`, `input` and `output`; then write it in Rust")
                        .tool(&tool.name.text),
                );
            }
        });
    }
}
