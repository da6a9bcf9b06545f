//! `root-schema`: inputs and outputs are objects as clients take them, and inputs have no members but those
//! they name: a misspelt one is told, not lost.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
};

/// Keywords that clients and types refuse at the top.
const REFUSED: [&str; 4] = ["oneOf", "anyOf", "enum", "not"];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let name = &tool.name.text;
        object(&tool.input, "the input", name, report);
        closed(&tool.input, name, report);
        object(&tool.output, "the output", name, report);
        plain(&tool.output, "the output", name, report);
    }
    for function in &manifest.functions {
        object(&function.input, "the input", &function.name.text, report);
        plain(&function.input, "the input", &function.name.text, report);
        closed(&function.input, &function.name.text, report);
    }
}

fn object(schema: &Node, what: &str, name: &str, report: &mut Report) {
    if schema.is_broken() {
        return;
    }
    if schema
        .get("type")
        .is_none_or(|kind| !kind.is_broken() && kind.text() != Some("object"))
    {
        let span = schema.get("type").map_or(schema.span, |kind| kind.span);
        let mistake = Mistake::new(
            "root-schema",
            span,
            format!("{what} of `{name}` is not of type `object`"),
        );
        report.add(mistake.help("say `type: object` with `properties`"));
    }
}

/// What is said of a tool's input is `root-keyword`.
fn plain(schema: &Node, what: &str, name: &str, report: &mut Report) {
    for (key, _) in schema
        .members()
        .iter()
        .filter(|(key, _)| REFUSED.contains(&key.text.as_str()))
    {
        let message = format!(
            "{what} of `{name}` has `{}` at its top, which makes it no plain object",
            key.text
        );
        let mistake = Mistake::new("root-schema", key.span, message);
        report.add(mistake.help("put it into a property, or say it in the description"));
    }
}

fn closed(schema: &Node, name: &str, report: &mut Report) {
    let is_object = schema.get("type").and_then(Node::text) == Some("object");
    let closed = schema
        .get("additionalProperties")
        .is_some_and(|rest| rest.is_broken() || rest.bool() == Some(false));
    if is_object && !closed {
        let span = schema
            .get("additionalProperties")
            .map_or(schema.span, |rest| rest.span);
        let mistake = Mistake::new(
            "root-schema",
            span,
            format!("the input of `{name}` takes members it does not name"),
        );
        report.add(mistake.help("say `additionalProperties: false`"));
    }
}
