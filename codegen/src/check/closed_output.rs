//! `closed-output`: an output that takes no more than is known today breaks when a provider adds something.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::{Kind, Node},
    schema::walk,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        walk(&tool.output, &mut |schema| {
            for (key, closes) in schema.members() {
                let Some((message, help)) = said(&key.text, closes) else {
                    continue;
                };
                let mistake = Mistake::new("closed-output", key.span, message).help(help);
                report.add(mistake.tool(&tool.name.text));
            }
        });
    }
}

/// What a keyword closes, and what to do instead.
fn said(key: &str, closes: &Node) -> Option<(&'static str, &'static str)> {
    match (key, &closes.kind) {
        ("additionalProperties" | "unevaluatedProperties", Kind::Bool(false)) => Some((
            "a result with one more property does not fit this output",
            "leave it out: clients check what they get, and providers add properties",
        )),
        ("enum", _) => Some((
            "a result with a value that is new does not fit this output",
            "name the values in the `description` instead: clients check what they get, and providers add values",
        )),
        _ => None,
    }
}
