//! `param-header`: `x-mcp-header` names a header of its own for an input that is one text, number or boolean.

use std::collections::BTreeSet;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
    schema::{HEADER, types, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let mut right = BTreeSet::new();
    for tool in &manifest.tools {
        let mut seen = BTreeSet::new();
        for (_, property) in tool.input.get("properties").map_or(&[][..], Node::members) {
            let Some(header) = property.get(HEADER) else {
                continue;
            };
            right.insert(header.span);
            let mut wrong = |message: String, help: &str| {
                let mistake = Mistake::new("param-header", header.span, message).help(help);
                report.add(mistake.tool(&tool.name.text));
            };
            let Some(name) = header.text() else {
                if !header.is_broken() {
                    let message = format!("`{HEADER}` must be a text, not {}", header.describe());
                    wrong(message, "write the name of a header, such as `Region`");
                }
                continue;
            };
            let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
            if name.is_empty() || !name.chars().all(token) {
                let message = format!("`{name}` is no name of a header");
                wrong(message, "use letters, digits and `-`");
            }
            if !seen.insert(name.to_ascii_lowercase()) {
                let message = format!("another input is repeated in `Mcp-Param-{name}`");
                wrong(
                    message,
                    "give each a header of its own; letter case makes no difference",
                );
            }
            let single = ["string", "integer", "number", "boolean"];
            if types(property).is_none_or(|types| !types.is_subset(&single.into())) {
                let message = "a header repeats one text, number or boolean".to_owned();
                wrong(
                    message,
                    "leave it out where an input is a list or an object",
                );
            }
        }
    }
    for (_, schema) in schemas::all(manifest) {
        walk(schema, &mut |schema| {
            if let Some(header) = schema
                .get(HEADER)
                .filter(|header| !right.contains(&header.span))
            {
                let message = format!("`{HEADER}` is never looked at here");
                let mistake = Mistake::new("param-header", header.span, message);
                report.add(mistake.help("it stands in a property at the top of a tool's input"));
            }
        });
    }
}
