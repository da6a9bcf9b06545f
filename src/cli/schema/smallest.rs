//! The smallest input that a schema asks for.

use serde_json::{Map, Value, json};

/// The longest text and list that are made up: a schema may ask for gigabytes.
const MOST: u64 = 100;

/// What is required, each by its default, its first example or word, or a value of its type.
pub(super) fn smallest(schema: &Value) -> Value {
    let first = |key: &str| schema.get(key)?.as_array()?.first().cloned();
    let given = schema
        .get("default")
        .or_else(|| schema.get("const"))
        .cloned()
        .or_else(|| first("examples"))
        .or_else(|| first("enum"));
    if let Some(given) = given {
        return given;
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branch) = first(key) {
            return smallest(&branch);
        }
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
        kind => kind.and_then(Value::as_str),
    };
    match kind {
        Some("object") => object(schema),
        Some("array") => {
            let least = schema
                .get("minItems")
                .and_then(Value::as_u64)
                .unwrap_or(0)
                .min(MOST);
            let item = schema.get("items").map_or(Value::Null, smallest);
            (0..least).map(|_| item.clone()).collect()
        }
        Some("integer" | "number") => number(schema),
        Some("boolean") => json!(false),
        Some("null") => Value::Null,
        Some("string") => {
            let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(1);
            let length = usize::try_from(least.clamp(1, MOST)).unwrap_or(1);
            json!("…".repeat(length))
        }
        _ => json!({}),
    }
}

fn object(schema: &Value) -> Value {
    let required = schema.get("required").and_then(Value::as_array);
    let names = required.into_iter().flatten().filter_map(Value::as_str);
    let members: Map<String, Value> = names
        .map(|name| {
            let property = schema.get("properties").and_then(|all| all.get(name));
            (name.to_owned(), property.map_or(json!({}), smallest))
        })
        .collect();
    Value::Object(members)
}

fn number(schema: &Value) -> Value {
    let bound = |key: &str| schema.get(key).filter(|bound| bound.is_number()).cloned();
    bound("minimum")
        .or_else(|| bound("maximum"))
        .unwrap_or_else(|| json!(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TABLE;

    /// Whether an example fits is said by a validator; patterns are the one thing that it may not.
    #[test]
    fn every_tool_has_a_valid_smallest_input() {
        for tool in TABLE.tools {
            let schema: Value = serde_json::from_str(tool.input).unwrap_or_default();
            let input = smallest(&schema);
            let validator = jsonschema::validator_for(&schema);
            let wrong: Vec<String> = validator
                .iter()
                .flat_map(|validator| validator.iter_errors(&input))
                .map(|error| error.to_string())
                .filter(|error| !error.contains("does not match"))
                .collect();
            assert_eq!(wrong, Vec::<String>::new(), "{}: {input}", tool.name);
        }
    }
}
