//! The members of a schema, row by row.

use serde_json::Value;

/// A member of an object, or of one within.
#[derive(Debug)]
pub(super) struct Row {
    /// Its way from the top: `filter.field`, `list[].name`.
    pub(super) name: String,
    /// What it may be, in Markdown.
    pub(super) kind: String,
    pub(super) required: bool,
    pub(super) meaning: String,
}

/// Every member, those of objects within under dotted names.
pub(super) fn rows(schema: &Value) -> Vec<Row> {
    let mut found = Vec::new();
    collect(schema, "", &mut found);
    found
}

fn collect(schema: &Value, prefix: &str, found: &mut Vec<Row>) {
    let required = schema.get("required").and_then(Value::as_array);
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let meaning = property.get("description").and_then(Value::as_str);
        found.push(Row {
            name: format!("{prefix}{name}"),
            kind: kind(property),
            required: required.is_some_and(|all| all.iter().any(|one| one == name.as_str())),
            meaning: meaning
                .unwrap_or_default()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        });
        collect(property, &format!("{prefix}{name}."), found);
        if let Some(items) = property.get("items") {
            collect(items, &format!("{prefix}{name}[]."), found);
        }
    }
}

fn kind(schema: &Value) -> String {
    if let Some(constant) = schema.get("const") {
        return format!("`{constant}`");
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
        return words.join(" or ");
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get(key).and_then(Value::as_array) {
            let mut kinds: Vec<String> = branches.iter().map(kind).collect();
            kinds.dedup();
            return kinds.join(" or ");
        }
    }
    match schema.get("type") {
        Some(Value::String(one)) if one == "array" => {
            let items = schema.get("items");
            format!(
                "list of {}",
                items.map_or_else(|| "anything".to_owned(), kind)
            )
        }
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(many)) => {
            let kinds: Vec<_> = many.iter().filter_map(Value::as_str).collect();
            kinds.join(" or ")
        }
        _ => "anything".to_owned(),
    }
}
