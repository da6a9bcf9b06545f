//! The template of a body beside the schema of the document.

use super::{
    Change, Comparison,
    shape::{self, Theirs},
};
use crate::{
    model::{Request, Step, Template, TemplateKind, Tool},
    names::nearest,
    node::Node,
    openapi::{Media, Operation},
    schema::{Known, Unnamed},
};

/// Compares the body of a request.
pub(super) fn compare<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    request: &'d Request,
    operation: &Operation<'d>,
) {
    let body = operation.body(comparison.document).ok().flatten();
    let schema = body
        .as_ref()
        .and_then(|(_, media)| media.iter().find(|media| media.is_json()))
        .and_then(|media: &Media<'d>| media.schema);
    match (&request.body, schema) {
        (Some(ours), Some(schema)) => template(comparison, tool, ours, schema, "body"),
        (Some(ours), None) => {
            let message = "the document takes no JSON body there";
            let theirs = Some(operation.key.span);
            comparison.add(Change::Gone, "body", message, ours.span, theirs);
        }
        (None, Some(schema)) => {
            let message = "the document takes a body, and none is sent";
            let theirs = Some(schema.span);
            comparison.add(Change::New, "body", message, request.path.span, theirs);
        }
        (None, None) => {}
    }
}

/// Compares what a template makes with a schema.
pub(super) fn template<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    ours: &'d Template,
    schema: &'d Node,
    at: &str,
) {
    let theirs = Theirs::of(comparison.document, schema);
    match &ours.kind {
        TemplateKind::Object(members) => {
            let names: Vec<_> = members.iter().map(|(key, _)| key.text.as_str()).collect();
            let Some(properties) = theirs.properties() else {
                if theirs.is_known() && !theirs.takes("object") {
                    retyped(comparison, ours, &theirs, "an object", at);
                }
                return;
            };
            let free: Vec<&str> = properties
                .iter()
                .map(|(key, _)| key.text.as_str())
                .filter(|name| !names.contains(name))
                .collect();
            for (key, member) in members {
                let at = format!("{at}.{}", key.text);
                match properties.iter().find(|(name, _)| name.text == key.text) {
                    Some((_, schema)) => template(comparison, tool, member, schema, &at),
                    None if theirs.is_open() => {}
                    None => comparison.missing(&key.text, &at, key.span, &free, schema.span),
                }
                if theirs.requires(&key.text) && !is_always_there(tool, member) {
                    let message = format!(
                        "the document requires `{}`, which may be absent here",
                        key.text
                    );
                    comparison.add(Change::Required, &at, &message, key.span, Some(schema.span));
                }
            }
            for (key, _) in properties
                .iter()
                .filter(|(key, _)| free.contains(&key.text.as_str()))
            {
                let gone: Vec<&str> = names
                    .iter()
                    .copied()
                    .filter(|name| properties.iter().all(|(key, _)| key.text != *name))
                    .collect();
                if nearest(&key.text, &gone).is_some() {
                    continue;
                }
                let required = if theirs.requires(&key.text) {
                    " and requires"
                } else {
                    ""
                };
                let message = format!(
                    "the document has{required} `{}`, which is not sent",
                    key.text
                );
                comparison.add(
                    Change::New,
                    &format!("{at}.{}", key.text),
                    &message,
                    ours.span,
                    Some(key.span),
                );
            }
        }
        TemplateKind::Take(place) => {
            if let Some(schemas) = taken(tool, &place.name, &place.path) {
                for ours in schemas {
                    shape::compare(comparison, ours, &theirs, at, 0);
                }
            }
        }
        TemplateKind::First(choices) => {
            for choice in choices {
                template(comparison, tool, choice, schema, at);
            }
        }
        TemplateKind::Text(text) => {
            if let Some(words) = theirs.words()
                && !words.contains(&text.as_str())
            {
                let message = format!("the document does not take `{text}` there");
                comparison.add(Change::Narrowed, at, &message, ours.span, Some(schema.span));
            } else if theirs.is_known() && !theirs.takes("string") {
                retyped(comparison, ours, &theirs, "a text", at);
            }
        }
        TemplateKind::Bool(_) if theirs.is_known() && !theirs.takes("boolean") => {
            retyped(comparison, ours, &theirs, "true or false", at);
        }
        TemplateKind::Number(_)
            if theirs.is_known() && !theirs.takes("number") && !theirs.takes("integer") =>
        {
            retyped(comparison, ours, &theirs, "a number", at);
        }
        TemplateKind::List(_) | TemplateKind::Each { .. }
            if theirs.is_known() && !theirs.takes("array") =>
        {
            retyped(comparison, ours, &theirs, "a list", at);
        }
        // What a function makes is its own affair.
        _ => {}
    }
}

fn retyped(
    comparison: &mut Comparison<'_>,
    ours: &Template,
    theirs: &Theirs<'_>,
    what: &str,
    at: &str,
) {
    let message = format!("this is {what}, and the document takes {}", theirs.told());
    comparison.add(
        Change::Retyped,
        at,
        &message,
        ours.span,
        Some(theirs.span()),
    );
}

/// The schema of an input.
pub(super) fn input<'d>(tool: &'d Tool, name: &str) -> Option<&'d Node> {
    tool.input.get("properties")?.get(name)
}

/// The schemas of a place in the input, alternatives one by one.
fn taken<'d>(tool: &'d Tool, name: &str, path: &[Step]) -> Option<Vec<&'d Node>> {
    let schema = input(tool, name)?;
    if path.is_empty() {
        return Some(vec![schema]);
    }
    let mut known = Known::of(schema);
    for step in path {
        known = known.step(step, Unnamed::Open).ok()?;
    }
    match known {
        Known::One(schemas) => Some(schemas),
        Known::Any => None,
    }
}

/// Whether an input must be given.
pub(super) fn is_required(tool: &Tool, name: &str) -> bool {
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    required.iter().any(|one| one.text() == Some(name))
}

/// Whether a template always makes something.
pub(super) fn is_always_there(tool: &Tool, template: &Template) -> bool {
    match &template.kind {
        TemplateKind::Take(place) => match place.name.as_str() {
            "provider" => true,
            name => place.path.is_empty() && is_required(tool, name),
        },
        TemplateKind::First(choices) => choices.iter().any(|one| is_always_there(tool, one)),
        TemplateKind::Object(members) => {
            members.is_empty() || members.iter().any(|(_, one)| is_always_there(tool, one))
        }
        TemplateKind::Each { list, .. } | TemplateKind::Join { list, .. } => {
            list.path.is_empty() && is_required(tool, &list.name)
        }
        TemplateKind::Json(inner) => is_always_there(tool, inner),
        TemplateKind::Call { arguments, .. } => {
            arguments.iter().any(|(_, one)| is_always_there(tool, one))
        }
        TemplateKind::Broken => false,
        _ => true,
    }
}
