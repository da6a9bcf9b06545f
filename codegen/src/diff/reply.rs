//! What results take of replies, beside what the document says is in them.

use super::{Comparison, shape::Theirs};
use crate::{
    model::{Place, Request, Step, Template, TemplateKind, Tool},
    node::Node,
    openapi::{Media, Operation},
    uses,
};

/// Compares every place of a result that is in a reply.
pub(super) fn compare<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    requests: &'d [Request],
    operations: &[Option<&'d Operation<'d>>],
    result: &'d Template,
) {
    let mut schemas = Vec::new();
    for (request, operation) in requests.iter().zip(operations) {
        let Some(operation) = operation else {
            continue;
        };
        let reply = operation.reply(comparison.document).ok().flatten();
        let schema = reply
            .as_ref()
            .and_then(|(_, media)| media.iter().find(|media| media.is_json()))
            .and_then(|media: &Media<'d>| media.schema);
        if let Some(schema) = schema {
            schemas.push((request.name.text.as_str(), operation.endpoint(), schema));
        }
    }
    visit(comparison, tool, &schemas, result, None);
}

type Schemas<'d> = [(&'d str, String, &'d Node)];

/// Where `$item` is: the endpoint, the way to it, and its schema.
type Item<'d> = (String, String, &'d Node);

fn visit<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    schemas: &Schemas<'d>,
    template: &'d Template,
    item: Option<&Item<'d>>,
) {
    match &template.kind {
        TemplateKind::Take(place) | TemplateKind::Join { list: place, .. } => {
            find(comparison, tool, schemas, place, item);
        }
        TemplateKind::Each { list, item: inside } => {
            let found = find(comparison, tool, schemas, list, item);
            let element = found.and_then(|(endpoint, at, schema)| {
                let items = comparison.document.resolve(schema).ok()?.get("items")?;
                Some((endpoint, format!("{at}[]"), items))
            });
            visit(comparison, tool, schemas, inside, element.as_ref());
            return;
        }
        _ => {}
    }
    for part in template.parts() {
        visit(comparison, tool, schemas, part, item);
    }
}

/// Follows a place; what is not there is added.
fn find<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    schemas: &Schemas<'d>,
    place: &'d Place,
    item: Option<&Item<'d>>,
) -> Option<Item<'d>> {
    let (endpoint, mut at, mut schema) = if place.name == "item" {
        item.cloned()?
    } else if uses::is_reply(tool, &place.name) {
        let (_, endpoint, schema) = schemas.iter().find(|(name, ..)| *name == place.name)?;
        (endpoint.clone(), "reply".to_owned(), *schema)
    } else {
        return None;
    };
    for step in &place.path {
        let theirs = Theirs::of(comparison.document, schema);
        match step {
            Step::Index(_) => {
                schema = comparison.document.resolve(schema).ok()?.get("items")?;
                at.push_str("[]");
            }
            Step::Key(key) => {
                let properties = theirs.properties()?;
                at = format!("{at}.{key}");
                let inside = properties.iter().find(|(name, _)| name.text == *key);
                if inside.is_none() && !theirs.is_open() {
                    let names: Vec<_> = properties
                        .iter()
                        .map(|(name, _)| name.text.as_str())
                        .collect();
                    comparison.endpoint.clone_from(&endpoint);
                    comparison.operation.clone_from(&endpoint);
                    comparison.missing(key, &at, place.span, &names, schema.span);
                }
                schema = inside?.1;
            }
        }
    }
    Some((endpoint, at, schema))
}
