//! Reads JSON Schemas that are still [`Node`]s.

use serde_json::Value;

use crate::node::{Kind, Node};

/// The keyword that says what to use instead of a property that does not exist. It never reaches clients.
pub(crate) const INSTEAD: &str = "x-instead";

/// The schema as clients see it: without [`INSTEAD`], and without the line end of a folded description.
pub(crate) fn to_value(node: &Node) -> Value {
    match &node.kind {
        Kind::List(elements) => elements.iter().map(to_value).collect(),
        Kind::Map(members) => {
            let members = members.iter().filter(|(key, _)| key.text != INSTEAD);
            Value::Object(
                members
                    .map(|(key, value)| (key.text.clone(), member(&key.text, value)))
                    .collect(),
            )
        }
        _ => node.to_value(),
    }
}

fn member(name: &str, value: &Node) -> Value {
    match value.text() {
        Some(text) if matches!(name, "description" | "title") => {
            Value::String(text.trim().to_owned())
        }
        _ => to_value(value),
    }
}

/// Whether null is valid. What can not be compiled is said to accept it.
pub(crate) fn accepts_null(node: &Node) -> bool {
    jsonschema::draft202012::new(&to_value(node))
        .map_or(true, |schema| schema.is_valid(&Value::Null))
}
