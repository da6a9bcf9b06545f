//! The keywords of texts and numbers, and of values that are listed.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{Schemas, copy_numbers};
use crate::{
    node::{Kind, Node},
    openapi::text,
};

/// Formats that JSON Schema has; others are names of a document's own, some of which clients refuse.
const FORMATS: [&str; 10] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "time",
    "uri",
    "uuid",
];

/// The types of the values that a schema lists.
pub(super) fn kinds_of_values(node: &Node) -> Vec<String> {
    let mut kinds: Vec<String> = node
        .get("const")
        .into_iter()
        .chain(node.get("enum").map_or(&[][..], Node::elements))
        .map(|value| {
            let kind = match &value.kind {
                Kind::Null | Kind::Broken => "null",
                Kind::Bool(_) => "boolean",
                Kind::Number(number) if number.is_f64() => "number",
                Kind::Number(_) => "integer",
                Kind::Text(_) => "string",
                Kind::List(_) => "array",
                Kind::Map(_) => "object",
            };
            kind.to_owned()
        })
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// Writes what a schema says of texts, numbers and listed values.
pub(super) fn keywords(
    node: &Node,
    kinds: &[String],
    written: &mut Map<String, Value>,
    schemas: &mut Schemas<'_>,
) {
    listed(node, kinds, written);
    let has = |kind: &str| kinds.is_empty() || kinds.iter().any(|one| one == kind);
    if has("string") {
        copy_numbers(node, &["minLength", "maxLength"], written);
        if let Some(format) = text(node, "format").filter(|format| FORMATS.contains(format)) {
            written.insert("format".to_owned(), json!(format));
        }
        if let Some(pattern) = text(node, "pattern") {
            let schema = json!({ "type": "string", "pattern": pattern });
            if jsonschema::draft202012::new(&schema).is_ok() {
                written.insert("pattern".to_owned(), json!(pattern));
            } else {
                schemas.note(format!(
                    "the pattern `{pattern}` is none that can be checked, and is left out"
                ));
            }
        }
    }
    if has("integer") || has("number") {
        copy_numbers(node, &["multipleOf"], written);
        for (limit, exclusive) in [
            ("minimum", "exclusiveMinimum"),
            ("maximum", "exclusiveMaximum"),
        ] {
            // OpenAPI 3.0 says with a boolean whether the limit itself is out.
            let is_out = node.get(exclusive).and_then(Node::bool) == Some(true);
            copy_numbers(node, &[exclusive], written);
            if let Some(Kind::Number(number)) = node.get(limit).map(|value| &value.kind) {
                let keyword = if is_out { exclusive } else { limit };
                written.insert(keyword.to_owned(), Value::Number(number.clone()));
            }
        }
    }
}

/// `const` and `enum`. One word alone is a constant: unions are told apart by it.
fn listed(node: &Node, kinds: &[String], written: &mut Map<String, Value>) {
    if let Some(constant) = node.get("const").filter(|constant| !constant.is_broken()) {
        written.insert("const".to_owned(), constant.to_value());
    }
    let mut seen = HashSet::new();
    let values: Vec<Value> = node
        .get("enum")
        .map_or(&[][..], Node::elements)
        .iter()
        .map(Node::to_value)
        .filter(|value| !value.is_null() || kinds.iter().any(|kind| kind == "null"))
        // Documents list a value twice; it says nothing new.
        .filter(|value| seen.insert(value.clone()))
        .collect();
    match values.as_slice() {
        [] => {}
        [Value::String(_)] => {
            written.insert("const".to_owned(), values.into_iter().next().into());
        }
        _ => {
            written.insert("enum".to_owned(), Value::Array(values));
        }
    }
}
