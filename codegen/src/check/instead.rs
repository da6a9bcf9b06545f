//! `instead`: `x-instead` names properties that the input does not have, where they are looked for.

use std::collections::BTreeSet;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    schema::{self, INSTEAD, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let inputs = manifest.tools.iter().map(|tool| &tool.input);
    let reached: BTreeSet<_> = inputs
        .flat_map(schema::instead)
        .map(|instead| instead.name.span)
        .collect();
    for (_, schema) in schemas::all(manifest) {
        walk(schema, &mut |schema| {
            let Some(instead) = schema.get(INSTEAD) else {
                return;
            };
            if instead.members().is_empty() && !instead.is_broken() {
                let mistake = Mistake::new(
                    "instead",
                    instead.span,
                    format!("`{INSTEAD}` names no property"),
                );
                report.add(mistake.help("write `name: what to use instead`"));
            }
            for (key, help) in instead.members() {
                let mut wrong = |message: String, help: &str| {
                    report.add(Mistake::new("instead", key.span, message).help(help));
                };
                if help.text().is_none_or(|help| help.trim().is_empty()) && !help.is_broken() {
                    wrong(
                        format!("`{INSTEAD}` does not say what to use for `{}`", key.text),
                        "write a sentence for the agent to read",
                    );
                }
                if schema
                    .get("properties")
                    .is_some_and(|properties| properties.get(&key.text).is_some())
                {
                    wrong(
                        format!("the property `{}` does exist", key.text),
                        "remove one of the two",
                    );
                }
                if !reached.contains(&key.span) {
                    let help = "it works in inputs, on objects that are reached by the names of properties";
                    wrong(
                        format!("`{INSTEAD}` for `{}` is never looked at here", key.text),
                        help,
                    );
                }
            }
        });
    }
}
