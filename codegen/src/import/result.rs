//! What an agent gets of a reply: its members, loosely described, since providers drift.

use serde_json::{Map, Value, json};

use super::text::brief;
use crate::{
    diagnostics::Mistake,
    node::{Kind, Node},
    openapi::{Document, Media, Operation, flag, text},
};

/// The longest description of a member, in characters.
const DESCRIPTION: usize = 120;

/// Deeper than this only types are given.
const DEEPEST: usize = 2;

/// `result` and `output` of a tool.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) result: Value,
    pub(super) output: Value,
    /// Whether the reply may also come as a stream of events, when asked for.
    pub(super) streams: bool,
}

/// What comes of an operation's reply.
pub(super) fn of<'d>(
    operation: &Operation<'d>,
    document: &'d Document,
) -> Result<Outcome, Mistake> {
    let Some((status, media)) = operation.reply(document)? else {
        return Ok(done());
    };
    if media.is_empty() {
        return Ok(done());
    }
    let streams = media
        .iter()
        .any(|media| media.essence() == "text/event-stream");
    let Some(json_media) = media.iter().find(|media| media.is_json()) else {
        let kinds: Vec<_> = media.iter().map(Media::essence).collect();
        let message = format!("the reply is `{}`, not JSON", kinds.join("` or `"));
        return Err(Mistake::new("import-reply", status.span, message)
            .help("write this tool by hand, or leave it out"));
    };
    let schema = match json_media.schema {
        Some(schema) => merged(schema, document, 0)?,
        None => Shape::default(),
    };
    Ok(Outcome {
        streams,
        ..outcome(&schema, document)?
    })
}

/// There is nothing to say but that it is done.
fn done() -> Outcome {
    Outcome {
        result: json!({ "done": true }),
        output: json!({ "type": "object", "properties": { "done": { "type": "boolean" } } }),
        streams: false,
    }
}

/// The members of an object, `allOf` merged; what kind of value it is else.
#[derive(Debug, Default)]
struct Shape<'d> {
    kind: Option<&'d str>,
    properties: Vec<(&'d str, &'d Node)>,
    items: Option<&'d Node>,
    /// Whether null or one of several may stand there instead.
    varies: bool,
}

fn merged<'d>(node: &'d Node, document: &'d Document, depth: usize) -> Result<Shape<'d>, Mistake> {
    let node = document.resolve(node)?;
    let mut shape = Shape {
        items: node.get("items"),
        varies: flag(node, "nullable")
            || ["anyOf", "oneOf"].iter().any(|key| node.get(key).is_some()),
        ..Shape::default()
    };
    match node.get("type").map(|kind| &kind.kind) {
        Some(Kind::Text(kind)) => shape.kind = Some(kind),
        Some(Kind::List(_)) => shape.varies = true,
        _ => {}
    }
    if depth < 8 {
        for member in node.get("allOf").map_or(&[][..], Node::elements) {
            let member = merged(member, document, depth + 1)?;
            shape.kind = shape.kind.or(member.kind);
            shape.items = shape.items.or(member.items);
            shape.varies |= member.varies;
            add(&mut shape.properties, member.properties);
        }
    }
    let own = node.get("properties").map_or(&[][..], Node::members);
    let own = own.iter().map(|(key, node)| (key.text.as_str(), node));
    add(&mut shape.properties, own.collect());
    if !shape.properties.is_empty() {
        shape.kind = shape.kind.or(Some("object"));
    }
    Ok(shape)
}

fn add<'d>(all: &mut Vec<(&'d str, &'d Node)>, more: Vec<(&'d str, &'d Node)>) {
    for (name, node) in more {
        match all.iter_mut().find(|(other, _)| *other == name) {
            Some(other) => other.1 = node,
            None => all.push((name, node)),
        }
    }
}

fn outcome<'d>(shape: &Shape<'d>, document: &'d Document) -> Result<Outcome, Mistake> {
    let (result, output) = match shape.kind {
        Some("object") if !shape.properties.is_empty() && !shape.varies => {
            let mut result = Map::new();
            let mut properties = Map::new();
            let mut whole = false;
            for (name, node) in &shape.properties {
                if flag(node, "writeOnly") {
                    continue;
                }
                whole |= !is_word(name);
                result.insert((*name).to_owned(), json!(format!("$response.{name}")));
                properties.insert((*name).to_owned(), loose(node, document, 1)?);
            }
            let output = json!({ "type": "object", "properties": properties });
            // A name that templates can not take keeps the reply whole.
            let result = if whole {
                json!("$response")
            } else {
                Value::Object(result)
            };
            (result, output)
        }
        Some("object") if !shape.varies => (json!("$response"), json!({ "type": "object" })),
        Some("array") if !shape.varies => {
            let items = match shape.items {
                Some(items) => loose(items, document, 1)?,
                None => json!({}),
            };
            let list = json!({ "type": "array", "items": items });
            let output = json!({ "type": "object", "properties": { "items": list } });
            (json!({ "items": "$response" }), output)
        }
        // A result is an object; what may be anything is put into one.
        _ => (
            json!({ "value": "$response" }),
            json!({ "type": "object", "properties": { "value": {} } }),
        ),
    };
    Ok(Outcome {
        result,
        output,
        streams: false,
    })
}

/// A schema that any reply of about this shape meets.
fn loose<'d>(node: &'d Node, document: &'d Document, depth: usize) -> Result<Value, Mistake> {
    let target = document.resolve(node)?;
    let shape = merged(node, document, 0)?;
    let mut written = Map::new();
    // Null counts as absent at the top of a result only; deeper it may stand wherever it likes.
    let is_scalar = matches!(
        shape.kind,
        Some("string" | "integer" | "number" | "boolean")
    );
    match shape.kind {
        Some(kind) if !shape.varies && (depth == 1 || !is_scalar) => {
            written.insert("type".to_owned(), json!(kind));
            if kind == "array" {
                let items = match shape.items {
                    Some(items) if depth < DEEPEST => loose(items, document, depth + 1)?,
                    _ => json!({}),
                };
                written.insert("items".to_owned(), items);
            }
            if kind == "object" && depth <= DEEPEST && !shape.properties.is_empty() {
                let mut properties = Map::new();
                for (name, node) in &shape.properties {
                    properties.insert((*name).to_owned(), loose(node, document, depth + 1)?);
                }
                written.insert("properties".to_owned(), Value::Object(properties));
            }
        }
        _ => {}
    }
    if depth == 1
        && let Some(text) = text(node, "description").or_else(|| text(target, "description"))
    {
        let text = brief(text, DESCRIPTION);
        if !text.is_empty() {
            written.insert("description".to_owned(), json!(text));
        }
    }
    Ok(Value::Object(written))
}

/// Whether templates can take a member of this name.
fn is_word(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}
