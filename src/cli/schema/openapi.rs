//! The tools as an OpenAPI 3.1 document: `POST /tools/NAME` takes the input and gives the result.

use serde_json::{Map, Value, json};

use super::{Described, smallest::smallest};
use crate::{TABLE, cli::example::Example};

/// The document.
pub(super) fn document(tools: &[Described]) -> Value {
    let server = &TABLE.server;
    let paths: Map<String, Value> = tools
        .iter()
        .map(|tool| {
            (
                format!("/tools/{}", tool.spec.name),
                json!({ "post": operation(tool) }),
            )
        })
        .collect();
    let tags: Vec<Value> = server
        .sets
        .iter()
        .filter(|set| tools.iter().any(|tool| tool.spec.sets.contains(&set.name)))
        .map(|set| json!({ "name": set.name, "description": set.description.trim() }))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": server.title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": server.instructions.trim(),
        },
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": {
                "Failure": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {
                        "error": { "type": "string", "description": "What is wrong, and what to do next." },
                    },
                },
            },
        },
    })
}

fn operation(tool: &Described) -> Value {
    let result = tool
        .output
        .clone()
        .unwrap_or_else(|| json!({ "type": "object" }));
    let mut request = json!({ "schema": tool.input });
    let mut response = json!({ "schema": result });
    let mut failure = json!({ "schema": { "$ref": "#/components/schemas/Failure" } });
    if tool.examples.is_empty() {
        put(&mut request, "example", smallest(&tool.input));
    }
    let all = &tool.examples;
    // What is refused before anything is sent fits no schema.
    let refused = |one: &Example| one.error.is_some() && one.requests.is_empty();
    put_examples(&mut request, all, |one| {
        Some(one.input.clone()).filter(|_| !refused(one))
    });
    // A part of a result would not fit its schema.
    put_examples(&mut response, all, |one| one.result.clone());
    put_examples(&mut failure, all, |one| {
        Some(json!({ "error": format!("… {} …", one.error.as_ref()?) }))
    });
    json!({
        "operationId": tool.spec.name,
        "summary": tool.spec.title,
        "description": tool.description(),
        "tags": tool.spec.sets,
        "x-effect": tool.effect(),
        "requestBody": { "required": true, "content": { "application/json": request } },
        "responses": {
            "200": { "description": "The result.", "content": { "application/json": response } },
            "default": {
                "description": "The call failed, and the text says what to do next.",
                "content": { "application/json": failure },
            },
        },
    })
}

/// Adds what the examples have of this, each under the example's name.
fn put_examples(media: &mut Value, examples: &[Example], of: impl Fn(&Example) -> Option<Value>) {
    let mut all = Map::new();
    for one in examples {
        let Some(value) = of(one) else { continue };
        let name = one.name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        // Two names may differ in what is left out only.
        let names = (2..).map(|count| format!("{name}-{count}"));
        let mut names = std::iter::once(name.clone()).chain(names);
        if let Some(name) = names.find(|name| !all.contains_key(name)) {
            all.insert(name, json!({ "summary": one.title(), "value": value }));
        }
    }
    if !all.is_empty() {
        put(media, "examples", Value::Object(all));
    }
}

fn put(media: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = media {
        members.insert(name.to_owned(), value);
    }
}
