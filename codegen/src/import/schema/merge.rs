//! `allOf`: what two schemas say, in one.

use serde_json::{Map, Value};

use super::Schemas;

/// Both. Where they can not be made one, what is said later stands and what was said before is left out.
pub(super) fn merge(one: Value, other: Value, schemas: &mut Schemas<'_>) -> Value {
    let (mut one, other) = match (one, other) {
        (Value::Object(one), Value::Object(other)) => (one, other),
        (one, _) => return one,
    };
    // An object that is closed for itself would be closed to the members of the other.
    let closed = |members: &Map<String, Value>| {
        members.get("additionalProperties") == Some(&Value::Bool(false))
    };
    let opened = closed(&one) != closed(&other)
        && one.contains_key("properties")
        && other.contains_key("properties");
    for (key, value) in other {
        let Some(before) = one.get_mut(&key) else {
            one.insert(key, value);
            continue;
        };
        match key.as_str() {
            "properties" => properties(before, value, schemas),
            "required" => {
                if let (Value::Array(before), Value::Array(more)) = (before, value) {
                    for name in more {
                        if !before.contains(&name) {
                            before.push(name);
                        }
                    }
                }
            }
            "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
                tighten(before, value, |before, value| value > before);
            }
            "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
                tighten(before, value, |before, value| value < before);
            }
            "enum" => {
                if let (Value::Array(before), Value::Array(more)) = (before, value) {
                    before.retain(|word| more.contains(word));
                }
            }
            "items" => {
                let merged = merge(before.take(), value, schemas);
                *before = merged;
            }
            "type" if *before == "number" && value == "integer" => *before = value,
            "type" if *before == "integer" && value == "number" => {}
            "description" | "default" => *before = value,
            "anyOf" if *before != value => {
                schemas.note("of two unions that hold together only one is written out");
            }
            _ if *before != value => {
                schemas.note(format!(
                    "of two different `{key}` that hold together only the later is written out"
                ));
                *before = value;
            }
            _ => {}
        }
    }
    if opened {
        one.shift_remove("additionalProperties");
    }
    Value::Object(one)
}

/// The one limit of two that leaves less.
fn tighten(before: &mut Value, value: Value, is_tighter: impl Fn(f64, f64) -> bool) {
    if let (Some(one), Some(other)) = (before.as_f64(), value.as_f64())
        && is_tighter(one, other)
    {
        *before = value;
    }
}

fn properties(before: &mut Value, more: Value, schemas: &mut Schemas<'_>) {
    let (Value::Object(before), Value::Object(more)) = (before, more) else {
        return;
    };
    for (name, property) in more {
        let merged = match before.get_mut(&name) {
            Some(other) if *other == property => continue,
            Some(other) => merge(other.take(), property, schemas),
            None => property,
        };
        before.insert(name, merged);
    }
}
