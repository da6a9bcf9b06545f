//! `brief`: a part of a tool's schema that clients see without its inside has one, and says what is in it.

use std::collections::BTreeSet;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
    schema::{ALLOW, BRIEF, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let mut seen = BTreeSet::new();
    let roots: BTreeSet<_> = schemas::all(manifest)
        .map(|(_, schema)| schema.span)
        .collect();
    for (_, schema) in schemas::all(manifest) {
        walk(schema, &mut |schema| {
            // A schema that several tools share is told once.
            let Some(brief) = schema.get(BRIEF).filter(|brief| seen.insert(brief.span)) else {
                return;
            };
            if let Some((message, help)) = wrong(schema, brief, roots.contains(&schema.span)) {
                report.add(Mistake::new("brief", brief.span, message).help(help));
            }
        });
    }
}

/// What is wrong with a part that is to be shown briefly, and how to mend it.
fn wrong(schema: &Node, brief: &Node, is_root: bool) -> Option<(String, &'static str)> {
    let shown = |key: &str| matches!(key, "type" | "description" | BRIEF | ALLOW);
    if brief.bool() != Some(true) && !brief.is_broken() {
        let message = format!("`{BRIEF}` is `true` or not there");
        Some((message, "write `x-brief: true`, or remove it"))
    } else if is_root {
        let message = "a whole input or result can not be shown briefly".to_owned();
        Some((message, "put `x-brief` on its parts"))
    } else if schema.get("description").is_none() {
        let message = "what is shown briefly has no description".to_owned();
        Some((message, "say what is in it: clients see nothing else"))
    } else if schema.members().iter().all(|(key, _)| shown(&key.text)) {
        let message = format!("`{BRIEF}` hides nothing here");
        Some((message, "remove it"))
    } else {
        None
    }
}
