//! What an agent gets of a reply: its members, loosely described, since providers drift.

use serde_json::{Map, Value, json};

use super::{
    members::{Shape, is_binary, merged},
    text::brief,
};
use crate::{
    diagnostics::Mistake,
    node::Node,
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
    /// How a reply is taken that is no JSON.
    pub(super) download: Option<Download>,
    /// The `Accept` of the request, where it is not the usual one.
    pub(super) accept: Option<String>,
}

impl Outcome {
    /// Where a file goes on is worth knowing of a `get` only.
    pub(super) fn of_method(mut self, method: &str) -> Self {
        if self.download.is_some() && method != "get" {
            let output = self.output.get_mut("properties");
            for members in [Some(&mut self.result), output].into_iter().flatten() {
                if let Some(members) = members.as_object_mut() {
                    members.shift_remove("next");
                }
            }
        }
        self
    }
}

/// A reply that is a file or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Download {
    Text,
    Bytes,
}

/// What comes of an operation's reply.
pub(super) fn of<'d>(
    operation: &Operation<'d>,
    document: &'d Document,
) -> Result<Outcome, Mistake> {
    let Some((status, media)) = operation.reply(document)? else {
        let replies = operation
            .node
            .get("responses")
            .map_or(&[][..], Node::members);
        return match replies.iter().find(|(status, _)| status.text.starts_with('3')) {
            Some((status, _)) => Err(Mistake::new(
                "import-reply",
                status.span,
                "the reply leads elsewhere, which is followed within the provider's own address only",
            )
            .help("leave it out; if it stays there, write this tool by hand with `download`")),
            None => Ok(done()),
        };
    };
    if media.is_empty() {
        return Ok(done());
    }
    let streams = media
        .iter()
        .any(|media| media.essence() == "text/event-stream");
    let Some(json_media) = json(&media, document) else {
        let media: Vec<_> = media
            .iter()
            .filter(|media| media.essence() != "text/event-stream")
            .collect();
        if media.is_empty() {
            let message = "the reply is a stream of events, which a tool does not follow";
            return Err(Mistake::new("import-reply", status.span, message)
                .help("leave it out, or import the operation that answers at once"));
        }
        return Ok(Outcome {
            streams,
            ..file(&media)
        });
    };
    let schema = match json_media.schema {
        Some(schema) => merged(schema, document)?,
        None => Shape::default(),
    };
    let usual = |media: &Media<'_>| matches!(media.essence().as_str(), "application/json" | "*/*");
    Ok(Outcome {
        streams,
        accept: (!media.iter().any(usual)).then(|| json_media.essence()),
        ..outcome(&schema, document)?
    })
}

/// The JSON that a reply may be: not where its schema says bytes, nor where files stand beside it and it is said to
/// be a text, which is how some documents describe the same file twice.
fn json<'m, 'd>(media: &'m [Media<'d>], document: &'d Document) -> Option<&'m Media<'d>> {
    let json_media = media.iter().find(|media| media.is_json())?;
    let Some(schema) = json_media
        .schema
        .and_then(|node| document.resolve(node).ok())
    else {
        return Some(json_media);
    };
    let beside = media
        .iter()
        .any(|media| !media.is_json() && !is_text(media));
    let is_file = is_binary(schema) || (beside && text(schema, "type") == Some("string"));
    (!is_file).then_some(json_media)
}

/// Whether a media type is one of texts.
fn is_text(media: &Media<'_>) -> bool {
    let kind = media.essence();
    kind.starts_with("text/")
        || [
            "xml",
            "yaml",
            "csv",
            "sdp",
            "json",
            "jsonl",
            "x-ndjson",
            "javascript",
        ]
        .iter()
        .any(|end| kind.ends_with(&format!("/{end}")) || kind.ends_with(&format!("+{end}")))
}

/// A reply that is taken as a file.
fn file(media: &[&Media<'_>]) -> Outcome {
    let is_file = |media: &&&Media<'_>| !media.is_json();
    let download = if media.iter().filter(is_file).all(|media| is_text(media))
        && media.iter().any(|media| !media.is_json())
    {
        Download::Text
    } else {
        Download::Bytes
    };
    let kinds: Vec<_> = media
        .iter()
        .filter(is_file)
        .map(|media| media.essence())
        .collect();
    // What is no JSON is asked for where JSON stands beside it.
    let accept = (kinds.len() < media.len() && !kinds.is_empty()).then(|| kinds.join(", "));
    let members = [
        ("text", "string"),
        ("base64", "string"),
        ("path", "string"),
        ("bytes", "integer"),
        ("media_type", "string"),
        ("truncated", "boolean"),
        ("next", "integer"),
    ];
    let described = |name: &str| match name {
        "text" => Some("Its content."),
        "base64" => Some("Its content, when it is no text."),
        "path" => Some("Where it was written."),
        "bytes" => Some("Size of the whole."),
        "next" => Some("Pass as offset for what follows."),
        _ => None,
    };
    let result = members.map(|(name, _)| (name.to_owned(), json!(format!("$response.{name}"))));
    let properties = members.map(|(name, kind)| {
        let mut schema = json!({ "type": kind });
        if let (Some(text), Some(members)) = (described(name), schema.as_object_mut()) {
            members.insert("description".to_owned(), json!(text));
        }
        (name.to_owned(), schema)
    });
    let properties: Map<_, _> = properties.into_iter().collect();
    Outcome {
        result: Value::Object(result.into_iter().collect()),
        output: json!({ "type": "object", "properties": properties }),
        streams: false,
        download: Some(download),
        accept,
    }
}

/// There is nothing to say but that it is done.
fn done() -> Outcome {
    Outcome {
        result: json!({ "done": true }),
        output: json!({ "type": "object", "properties": { "done": { "type": "boolean" } } }),
        streams: false,
        download: None,
        accept: None,
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
        download: None,
        accept: None,
    })
}

/// A schema that any reply of about this shape meets.
fn loose<'d>(node: &'d Node, document: &'d Document, depth: usize) -> Result<Value, Mistake> {
    let target = document.resolve(node)?;
    let shape = merged(node, document)?;
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
