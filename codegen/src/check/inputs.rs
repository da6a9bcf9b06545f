//! The inputs of tools, for the rules about what model APIs are given and what providers take of it.

use crate::{
    model::{Action, Manifest, Request, Template, Tool},
    node::{Node, Text},
    schema::walk,
    uses,
};

/// Calls `visit` for every schema inside the input of every tool, outermost first.
pub(super) fn visit<'m>(manifest: &'m Manifest, visit: &mut dyn FnMut(&'m Tool, &'m Node)) {
    for tool in &manifest.tools {
        walk(&tool.input, &mut |schema| visit(tool, schema));
    }
}

/// Calls `visit` for every request whose provider's schema is given, with that.
pub(super) fn taken<'m>(
    manifest: &'m Manifest,
    visit: &mut dyn FnMut(&'m Tool, &'m Request, &'m Node),
) {
    for tool in &manifest.tools {
        if let Action::Http { requests, .. } = &tool.action {
            for request in requests {
                if let Some(takes) = request.takes.as_ref().filter(|takes| !takes.is_broken()) {
                    visit(tool, request, takes);
                }
            }
        }
    }
}

/// The inputs that go to the query by themselves, with their schemas.
pub(super) fn automatic(tool: &Tool) -> Vec<&(Text, Node)> {
    let names = uses::automatic(tool);
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    properties
        .iter()
        .filter(|(key, _)| names.contains(&key.text.as_str()))
        .collect()
}

/// What a request without a JSON body sends by name: its form, or else its query.
pub(super) fn pairs(request: &Request) -> &[(Text, Template)] {
    if request.form.is_empty() {
        &request.query
    } else {
        &request.form
    }
}
