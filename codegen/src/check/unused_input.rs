//! `unused-input`: what an agent may say, something is done with.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Step, Tool},
    node::Node,
    uses,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http { .. } = tool.action {
            let mut ways = uses::inputs(tool);
            ways.extend(
                uses::automatic(tool)
                    .into_iter()
                    .map(|name| vec![Step::Key(name.to_owned())]),
            );
            let ways: Vec<_> = ways.iter().map(Vec::as_slice).collect();
            unused(&tool.input, "", &ways, tool, report);
        }
    }
}

/// Reports the properties of an object that no way leads to, nor into.
fn unused(schema: &Node, path: &str, ways: &[&[Step]], tool: &Tool, report: &mut Report) {
    for (key, property) in schema.get("properties").map_or(&[][..], Node::members) {
        let path = if path.is_empty() {
            key.text.clone()
        } else {
            format!("{path}.{}", key.text)
        };
        let rest: Vec<_> = ways
            .iter()
            .filter_map(|way| match way {
                [Step::Key(name), rest @ ..] if *name == key.text => Some(rest),
                _ => None,
            })
            .collect();
        let whole = rest.iter().any(|rest| !matches!(rest, [Step::Key(_), ..]));
        let closed = property.get("additionalProperties").and_then(Node::bool) == Some(false);
        if rest.is_empty() {
            let mistake = Mistake::new(
                "unused-input",
                key.span,
                format!("nothing uses the input `{path}`"),
            );
            report.add(
                mistake
                    .help(format!(
                        "take it in a template with `${path}`, or remove it"
                    ))
                    .tool(&tool.name.text),
            );
        } else if !whole && closed {
            unused(property, &path, &rest, tool, report);
        }
    }
}
