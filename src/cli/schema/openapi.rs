//! The tools as an OpenAPI 3.1 document: `POST /tools/NAME` takes the input and gives the result.

use serde_json::{Map, Value, json};

use super::{Described, example};
use crate::TABLE;

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
    let failure = json!({
        "description": "The call failed, and the text says what to do next.",
        "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/Failure" } },
        },
    });
    json!({
        "operationId": tool.spec.name,
        "summary": tool.spec.title,
        "description": tool.description(),
        "tags": tool.spec.sets,
        "x-effect": tool.effect(),
        "requestBody": {
            "required": true,
            "content": {
                "application/json": {
                    "schema": tool.input,
                    "example": example::smallest(&tool.input),
                },
            },
        },
        "responses": {
            "200": {
                "description": "The result.",
                "content": { "application/json": { "schema": result } },
            },
            "default": failure,
        },
    })
}
