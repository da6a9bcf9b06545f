//! Alternatives, as `anyOf`: a value that fits two of them is no mistake, as it would be in `oneOf`.

use serde_json::{Map, Value, json};

/// The alternatives of a schema, with what it says besides.
pub(super) fn union(branches: Vec<Value>, own: Value) -> Value {
    let mut flat: Vec<Value> = Vec::new();
    let mut null = false;
    for branch in branches.into_iter().flat_map(alternatives) {
        if branch.get("type").is_some_and(|kind| kind == "null") {
            null = true;
        } else if !flat.contains(&branch) {
            flat.push(branch);
        }
    }
    // One that takes anything makes the others say nothing.
    if flat.iter().any(takes_anything) {
        return described(json!({}), &own);
    }
    let mut one = match open_words(&flat) {
        Some(words) => words,
        None if flat.len() == 1 => flat.pop().unwrap_or_default(),
        None => json!({ "anyOf": flat }),
    };
    let own_members = own.as_object().map_or(0, Map::len);
    let only_described = own_members == usize::from(own.get("description").is_some());
    let plain_object = own.get("type").is_some_and(|kind| kind == "object")
        && own.get("properties").is_none()
        && own.get("additionalProperties").is_none();
    if !only_described && !plain_object {
        // What it says besides is said of every alternative.
        let mut own = own;
        let alternatives = alternatives(one);
        if let Some(members) = own.as_object_mut() {
            members.insert("anyOf".to_owned(), Value::Array(alternatives));
        }
        return if null { or_null(own) } else { own };
    }
    one = described(one, &own);
    if null { or_null(one) } else { one }
}

/// The same, or null.
pub(super) fn or_null(schema: Value) -> Value {
    if takes_anything(&schema) {
        return schema;
    }
    let mut around = Map::new();
    let mut schema = schema;
    if let Some(members) = schema.as_object_mut() {
        // What is said of the whole stands around the alternatives.
        for keyword in ["description", "default"] {
            if let Some(value) = members.shift_remove(keyword) {
                around.insert(keyword.to_owned(), value);
            }
        }
    }
    let mut branches = alternatives(schema);
    branches.push(json!({ "type": "null" }));
    around.insert("anyOf".to_owned(), Value::Array(branches));
    Value::Object(around)
}

/// The same, but for null.
pub(in crate::import) fn without_null(mut schema: Value) -> Value {
    let is_null = |branch: &Value| branch.get("type").is_some_and(|kind| kind == "null");
    let Some(branches) = schema.get_mut("anyOf").and_then(Value::as_array_mut) else {
        return schema;
    };
    branches.retain(|branch| !is_null(branch));
    if branches.len() != 1 {
        return schema;
    }
    let mut one = branches.pop().unwrap_or_default();
    if let (Some(around), Some(members)) = (schema.as_object_mut(), one.as_object_mut()) {
        around.shift_remove("anyOf");
        // What is said of the whole counts more than what is said of its only alternative.
        for (keyword, value) in std::mem::take(around) {
            members.insert(keyword, value);
        }
    }
    one
}

/// One alternative for each of several types.
pub(super) fn of_kinds(kinds: &[String], keywords: &Map<String, Value>) -> Value {
    let mut around = Map::new();
    if let Some(description) = keywords.get("description") {
        around.insert("description".to_owned(), description.clone());
    }
    let branches = kinds.iter().map(|kind| {
        let mut branch = Map::new();
        branch.insert("type".to_owned(), json!(kind));
        for (keyword, value) in keywords {
            if belongs(keyword, kind, value) {
                branch.insert(keyword.clone(), value.clone());
            }
        }
        if kind == "array" {
            branch.entry("items").or_insert_with(|| json!({}));
        }
        Value::Object(branch)
    });
    let branches = branches.collect();
    around.insert("anyOf".to_owned(), Value::Array(branches));
    Value::Object(around)
}

/// Whether a keyword says something of a type.
fn belongs(keyword: &str, kind: &str, value: &Value) -> bool {
    match keyword {
        "minLength" | "maxLength" | "pattern" | "format" => kind == "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            matches!(kind, "integer" | "number")
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => kind == "array",
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            kind == "object"
        }
        // Of listed values those of the type: kept whole, since the type itself sorts them out.
        "enum" => value.is_array(),
        "const" => true,
        _ => false,
    }
}

/// The members of a union that says nothing else, or the schema itself.
fn alternatives(schema: Value) -> Vec<Value> {
    match schema {
        Value::Object(mut members)
            if members
                .keys()
                .all(|key| key == "anyOf" || key == "description")
                && members.contains_key("anyOf") =>
        {
            match members.shift_remove("anyOf") {
                Some(Value::Array(branches)) => branches,
                other => other.into_iter().collect(),
            }
        }
        schema => vec![schema],
    }
}

fn takes_anything(schema: &Value) -> bool {
    schema
        .as_object()
        .is_some_and(|members| members.keys().all(|key| key == "description"))
}

/// Any text, or one of the listed ones: a text, with the list in its description.
fn open_words(branches: &[Value]) -> Option<Value> {
    let is_text = |branch: &Value| branch.get("type").is_some_and(|kind| kind == "string");
    let free = |branch: &Value| {
        branch.as_object().is_some_and(|members| {
            members
                .keys()
                .all(|key| matches!(key.as_str(), "type" | "description"))
        })
    };
    if !branches.iter().all(is_text) || !branches.iter().any(free) || branches.len() < 2 {
        return None;
    }
    let words: Vec<&str> = branches
        .iter()
        .flat_map(|branch| {
            let listed = branch.get("enum").and_then(Value::as_array);
            listed
                .into_iter()
                .flatten()
                .chain(branch.get("const"))
                .filter_map(Value::as_str)
        })
        .collect();
    let mut text = json!({ "type": "string" });
    if !words.is_empty() {
        let known: Vec<&str> = words.iter().take(12).copied().collect();
        let more = if words.len() > known.len() {
            ", …"
        } else {
            ""
        };
        let told = format!("Such as {}{more}.", known.join(", "));
        text = json!({ "type": "string", "description": told });
    }
    Some(text)
}

/// With the outer description, which says more than that of an alternative.
fn described(mut schema: Value, own: &Value) -> Value {
    let outer = own.get("description").and_then(Value::as_str);
    if let (Some(members), Some(outer)) = (schema.as_object_mut(), outer) {
        let inner = members.get("description").and_then(Value::as_str);
        let text = match inner {
            Some(inner) if inner.starts_with("Such as ") => format!("{outer} {inner}"),
            _ => outer.to_owned(),
        };
        members.insert("description".to_owned(), json!(text));
    }
    schema
}
