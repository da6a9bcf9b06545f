//! The language as types, file by file: the JSON Schemas in `editor/`, which editors complete and explain
//! manifests by, are derived from them. A test keeps both in step with what [`crate::read`] takes: every key
//! that it knows is here, and the other way round. Comments here are what an editor shows.
#![expect(dead_code, reason = "nobody makes these: they are only described")]

mod confirm;
mod content;
mod data;
mod functions;
mod prompts;
mod providers;
mod resources;
mod schema;
mod server;
mod task;
mod template;
mod tests;
mod tools;

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::Transform};
use serde_json::{Map, Value, json};

// A value taken from elsewhere, or named members.
#[derive(JsonSchema)]
struct Named<T> {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    #[schemars(flatten)]
    members: BTreeMap<String, T>,
}

/// Each file of `editor/` with what it is derived from.
fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("server", derive::<server::Server>()),
        (
            "providers",
            derive::<BTreeMap<String, providers::Provider>>(),
        ),
        (
            "functions",
            derive::<BTreeMap<String, functions::Function>>(),
        ),
        ("data", derive::<data::Data>()),
        ("tools", derive::<BTreeMap<String, tools::Tool>>()),
        ("prompts", derive::<BTreeMap<String, prompts::Prompt>>()),
        (
            "resources",
            derive::<BTreeMap<String, resources::Resource>>(),
        ),
        ("schemas", derive::<BTreeMap<String, schema::Schema>>()),
        (
            "templates",
            derive::<BTreeMap<String, template::Template>>(),
        ),
    ]
}

/// Draft 7, which every editor knows.
fn derive<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>();
    Tidy.transform(&mut schema);
    // Made of a type's name, which says nothing to an author.
    schema.remove("title");
    let definitions = schema.get("definitions").cloned().unwrap_or_default();
    let mut schema = schema.to_value();
    write_out(&mut schema, &definitions);
    schema
}

/// Puts a definition in the place of a described reference to it, under that description: an editor shows the
/// innermost one, which would be that of the type.
fn write_out(schema: &mut Value, definitions: &Value) {
    match schema {
        Value::Array(elements) => {
            for element in elements {
                write_out(element, definitions);
            }
        }
        Value::Object(members) => {
            let target = members
                .get("allOf")
                .and_then(|all| all.pointer("/0/$ref")?.as_str());
            let name = target.and_then(|target| target.strip_prefix("#/definitions/"));
            let definition = name.and_then(|name| definitions.get(name)?.as_object());
            if let Some(definition) = definition {
                members.remove("allOf");
                for (key, value) in definition {
                    members.entry(key).or_insert(value.clone());
                }
            }
            for member in members.values_mut() {
                write_out(member, definitions);
            }
        }
        _ => {}
    }
}

/// What schemars derives as this language means it: an optional key is left out and never null, and nothing
/// is required beside `$ref`, which may bring it.
struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Schema) {
        schemars::transform::transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else {
            return;
        };
        if let Some(Value::Array(kinds)) = object.get_mut("type") {
            kinds.retain(|kind| kind != "null");
            if let [kind] = kinds.as_slice() {
                let kind = kind.clone();
                object.insert("type".to_owned(), kind);
            }
        }
        // Of two, for a template may well be null.
        if let Some(Value::Array(members)) = object.get_mut("anyOf")
            && members.len() == 2
        {
            members.retain(|member| *member != json!({ "type": "null" }));
            if let [Value::Object(only)] = members.as_slice() {
                let only = only.clone();
                object.remove("anyOf");
                // Draft 7 passes over what stands beside `$ref`.
                if object.is_empty() {
                    object.extend(only);
                } else {
                    object.insert("allOf".to_owned(), json!([only]));
                }
            }
        }
        words(object);
        let refers = object
            .get("properties")
            .is_some_and(|properties| properties.get("$ref").is_some());
        if let (true, Some(required)) = (refers, object.remove("required")) {
            object.insert("if".to_owned(), json!({ "required": ["$ref"] }));
            object.insert("else".to_owned(), json!({ "required": required }));
        }
    }
}

/// Words that are described one by one, in the form that editors show beside each.
fn words(schema: &mut Map<String, Value>) {
    let Some(Value::Array(words)) = schema.get("oneOf") else {
        return;
    };
    let each = |key: &str| words.iter().map(|word| word.get(key).cloned()).collect();
    let (values, said): (Option<Vec<Value>>, Option<Vec<Value>>) =
        (each("const"), each("description"));
    if let (Some(values), Some(said)) = (values, said) {
        schema.remove("oneOf");
        schema.insert("enum".to_owned(), values.into());
        schema.insert("enumDescriptions".to_owned(), said.into());
    }
}
