//! Takes what clients commonly send for what they mean, where there is only one way to read it.

use serde_json::{Map, Number, Value};

/// Reads `value` as `schema` wants it: an object or a list that came as JSON text, `null` for an
/// optional property that is absent, `5.0` for an integer. What can not be read stays as it is, for
/// validation to speak of.
pub fn coerce(schema: &Value, value: &mut Value) {
    if let Value::String(text) = &*value
        && !allows(schema, "string")
        && let Some(read) = read_text(schema, text)
    {
        *value = read;
    }
    if let Value::Number(number) = &*value
        && allows(schema, "integer")
        && !allows(schema, "number")
        && let Some(integer) = integral(number)
    {
        *value = Value::Number(integer);
    }
    for part in parts(schema, value) {
        coerce_members(part, value);
    }
}

/// An object or a list from JSON text, where the schema takes one.
fn read_text(schema: &Value, text: &str) -> Option<Value> {
    let read: Value = serde_json::from_str(text).ok()?;
    let kind = match read {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        _ => return None,
    };
    allows(schema, kind).then_some(read)
}

fn coerce_members(schema: &Value, value: &mut Value) {
    match value {
        Value::Object(members) => {
            drop_nulls(schema, members);
            for (name, member) in members {
                let property = schema.get("properties").and_then(|all| all.get(name));
                if let Some(schema) = property.or_else(|| schema.get("additionalProperties")) {
                    coerce(schema, member);
                }
            }
        }
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                for item in items {
                    coerce(schema, item);
                }
            }
        }
        _ => {}
    }
}

/// Removes each `null` that stands for an absent optional property.
fn drop_nulls(schema: &Value, members: &mut Map<String, Value>) {
    let required = schema.get("required").and_then(Value::as_array);
    members.retain(|name, member| {
        let property = schema.get("properties").and_then(|all| all.get(name));
        let required = required.is_some_and(|all| all.iter().any(|one| one == name.as_str()));
        match property {
            Some(property) if member.is_null() && !required => allows(property, "null"),
            _ => true,
        }
    });
}

/// The parts of a schema that speak of this value: itself, and the branches of a union that it can be.
fn parts<'s>(schema: &'s Value, value: &Value) -> Vec<&'s Value> {
    let branches = ["anyOf", "oneOf"]
        .into_iter()
        .filter_map(|key| schema.get(key)?.as_array());
    let branches = branches.flatten().filter(|branch| is_about(branch, value));
    std::iter::once(schema).chain(branches).collect()
}

/// Whether no constant property of the schema contradicts the value.
pub(super) fn is_about(schema: &Value, value: &Value) -> bool {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return true;
    };
    properties.iter().all(
        |(name, property)| match (property.get("const"), value.get(name)) {
            (Some(constant), Some(given)) => constant == given,
            _ => true,
        },
    )
}

/// Whether the schema takes values of this JSON type; one that names no type takes all.
fn allows(schema: &Value, kind: &str) -> bool {
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get(key).and_then(Value::as_array) {
            return branches.iter().any(|branch| allows(branch, kind));
        }
    }
    match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(many)) => many.iter().any(|one| one == kind),
        _ => match (
            schema.get("const"),
            schema.get("enum").and_then(Value::as_array),
        ) {
            (Some(constant), _) => kind_of(constant) == kind,
            (_, Some(values)) => values.iter().any(|value| kind_of(value) == kind),
            _ => true,
        },
    }
}

/// The JSON Schema name of a value's type.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The integer that a number with a fraction of zero is, as far as it is exact.
fn integral(number: &Number) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let float = number.as_f64().filter(|_| number.is_f64())?;
    let exact = float.fract() == 0.0 && float.abs() <= EXACT;
    // In range by the line above, so the text is that of an integer.
    exact.then(|| {
        format!("{float:.0}")
            .parse()
            .ok()
            .map(|integer: i64| integer.into())
    })?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn coerced(schema: &Value, mut value: Value) -> Value {
        coerce(schema, &mut value);
        value
    }

    #[test]
    fn reads_json_text_only_where_text_is_not_wanted() {
        let schema = json!({"type": "object", "properties": {
            "grader": {"type": "object", "properties": {"n": {"type": "integer"}}},
            "list": {"type": "array", "items": {"type": "integer"}},
            "note": {"type": "string"},
        }});
        let sent = json!({"grader": "{\"n\": 5.0}", "list": "[1, 2.0]", "note": "{\"n\": 5}"});
        let meant = json!({"grader": {"n": 5}, "list": [1, 2], "note": "{\"n\": 5}"});
        assert_eq!(coerced(&schema, sent), meant);
        let broken = json!({"grader": "{\"n\": ", "list": "{}"});
        assert_eq!(coerced(&schema, broken.clone()), broken);
    }

    #[test]
    fn drops_null_only_for_an_optional_that_does_not_take_it() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": ["string", "null"]},
        }});
        let sent = json!({"a": null, "b": null, "c": null, "d": null});
        assert_eq!(
            coerced(&schema, sent),
            json!({"a": null, "c": null, "d": null})
        );
    }

    #[test]
    fn a_union_is_read_by_the_branch_its_constant_names() {
        let schema = json!({"anyOf": [
            {"type": "object", "properties": {"type": {"const": "a"}, "x": {"type": "integer"}}},
            {"type": "object", "properties": {"type": {"const": "b"}, "x": {"type": "number"}}},
        ]});
        assert_eq!(
            coerced(&schema, json!({"type": "a", "x": 1.0})),
            json!({"type": "a", "x": 1})
        );
        assert_eq!(
            coerced(&schema, json!({"type": "b", "x": 1.0})).to_string(),
            r#"{"type":"b","x":1.0}"#
        );
        let auto = json!({"anyOf": [{"type": "string", "const": "auto"}, {"type": "integer"}]});
        assert_eq!(coerced(&auto, json!(4.0)), json!(4));
        assert_eq!(coerced(&auto, json!("auto")), json!("auto"));
    }
}
