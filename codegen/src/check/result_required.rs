//! `result-required`: what the output schema requires, the result template makes.

use super::members::Against;
use crate::{
    diagnostics::Report,
    model::{Action, Manifest},
    schema::Known,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http { result, .. } = &tool.action {
            let against = Against {
                code: "result-required",
                schema: "the output schema",
                key: "output",
                tool: &tool.name.text,
            };
            against.complete(result, &Known::of(&tool.output), report);
        }
    }
}
