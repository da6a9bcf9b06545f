//! The members of a schema, row by row.

use serde_json::Value;

/// A member of an object, or of one within.
#[derive(Debug)]
pub(super) struct Row {
    /// Its way from the top: `filter.field`, `list[].name`.
    pub(super) name: String,
    /// What it may be, with values as the page writes them.
    pub(super) kind: String,
    pub(super) required: bool,
    pub(super) meaning: String,
}

/// How a page writes a value that comes from the manifest.
pub(super) type Spelled<'a> = &'a dyn Fn(&str) -> String;

/// Every member, those of objects within under dotted names.
pub(super) fn rows(schema: &Value, spelled: Spelled<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    collect(schema, "", spelled, &mut found);
    found
}

fn collect(schema: &Value, prefix: &str, spelled: Spelled<'_>, found: &mut Vec<Row>) {
    let required = schema.get("required").and_then(Value::as_array);
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let meaning = property.get("description").and_then(Value::as_str);
        found.push(Row {
            name: format!("{prefix}{name}"),
            kind: kind(property, spelled),
            required: required.is_some_and(|all| all.iter().any(|one| one == name.as_str())),
            meaning: meaning.unwrap_or_default().trim().to_owned(),
        });
        collect(property, &format!("{prefix}{name}."), spelled, found);
        if let Some(items) = property.get("items") {
            collect(items, &format!("{prefix}{name}[]."), spelled, found);
        }
    }
}

fn kind(schema: &Value, spelled: Spelled<'_>) -> String {
    if let Some(constant) = schema.get("const") {
        return spelled(&constant.to_string());
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<_> = values
            .iter()
            .map(|value| spelled(&value.to_string()))
            .collect();
        return words.join(" or ");
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get(key).and_then(Value::as_array) {
            let mut kinds: Vec<String> = branches.iter().map(|one| kind(one, spelled)).collect();
            kinds.dedup();
            return kinds.join(" or ");
        }
    }
    match schema.get("type") {
        Some(Value::String(one)) if one == "array" => {
            let items = schema.get("items");
            format!(
                "list of {}",
                items.map_or_else(|| "anything".to_owned(), |one| kind(one, spelled))
            )
        }
        Some(Value::String(one)) => word(one),
        Some(Value::Array(many)) => {
            let kinds: Vec<_> = many.iter().filter_map(Value::as_str).map(word).collect();
            kinds.join(" or ")
        }
        _ => "anything".to_owned(),
    }
}

/// The name of a type; the check refuses anything else, which could be markup.
fn word(kind: &str) -> String {
    kind.chars().filter(char::is_ascii_alphabetic).collect()
}
