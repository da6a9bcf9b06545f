//! `array-items`: clients refuse an array that does not say of what.

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    schema::{types, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for (tool, schema) in schemas::shown(manifest) {
        walk(schema, &mut |schema| {
            let array = types(schema).is_some_and(|types| types.contains("array"));
            if array && schema.get("items").is_none() && schema.get("prefixItems").is_none() {
                let span = schema.get("type").map_or(schema.span, |kind| kind.span);
                let mistake = Mistake::new("array-items", span, "an array without `items`");
                let mistake = mistake.help("say what its elements are: `items: { type: string }`");
                report.add(match tool {
                    Some(tool) => mistake.tool(tool),
                    None => mistake,
                });
            }
        });
    }
}
