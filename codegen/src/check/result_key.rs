//! `result-key`: what a result template makes, the output schema names.

use super::members::Against;
use crate::{
    diagnostics::Report,
    model::{Action, Manifest},
    schema::Known,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http { result, .. } = &tool.action
            && !tool.output.is_broken()
        {
            let against = Against {
                code: "result-key",
                schema: "the output schema",
                key: "output",
                tool: &tool.name.text,
            };
            against.named(result, &Known::of(&tool.output), report);
        }
    }
}
