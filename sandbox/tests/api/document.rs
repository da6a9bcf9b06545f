//! The published document, corrected, as something to validate replies with.

use std::collections::HashMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

static DOCUMENT: LazyLock<Document> = LazyLock::new(Document::load);

pub struct Document {
    pub schemas: Value,
    /// By method and path template.
    replies: HashMap<(String, String), Validator>,
    error: Validator,
}

impl Document {
    pub fn get() -> &'static Self {
        &DOCUMENT
    }

    fn load() -> Self {
        let mut document: Value =
            serde_json::from_str(include_str!("../data/openapi.json")).unwrap();
        let patch: Value = serde_json::from_str(include_str!("../data/corrections.json")).unwrap();
        for operation in patch.as_array().unwrap() {
            correct(&mut document, operation);
        }
        let schemas = document["components"]["schemas"].clone();
        let mut replies = HashMap::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let schema =
                    &operation["responses"]["200"]["content"]["application/json"]["schema"];
                replies.insert(
                    (method.to_uppercase(), path.clone()),
                    validator(schema, &schemas),
                );
            }
        }
        let error = json!({"$ref": "#/components/schemas/ErrorResponse"});
        Self {
            error: validator(&error, &schemas),
            schemas,
            replies,
        }
    }

    /// Panics with every mistake when a reply is not as published.
    pub fn validate(&self, method: &str, path: &str, status: u16, reply: &Value) {
        let validator = if status < 400 {
            let template = self
                .replies
                .keys()
                .find(|(m, template)| m == method && fits(template, path))
                .unwrap_or_else(|| panic!("{method} {path} is not in the document"));
            &self.replies[template]
        } else {
            &self.error
        };
        let mistakes: Vec<String> = validator
            .iter_errors(reply)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(
            mistakes.is_empty(),
            "{method} {path} {status}:\n{}\n{reply:#}",
            mistakes.join("\n")
        );
    }
}

/// One operation of a JSON Patch: `add` and `replace` of object members and array elements that exist.
fn correct(document: &mut Value, operation: &Value) {
    let path = operation["path"].as_str().unwrap();
    let (parent, key) = path.rsplit_once('/').unwrap();
    let exists = document.pointer(path).is_some();
    match operation["op"].as_str() {
        Some("add") => assert!(!exists, "{path} is there already"),
        Some("replace") => assert!(exists, "{path} is not there"),
        other => panic!("unknown operation {other:?}"),
    }
    match document.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = operation["value"].clone(),
        parent => parent[key] = operation["value"].clone(),
    }
}

fn validator(schema: &Value, schemas: &Value) -> Validator {
    let mut root = schema.clone();
    root["components"] = json!({"schemas": schemas});
    jsonschema::draft202012::new(&root).unwrap()
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(path)
            .all(|(t, p)| *t == p || t.starts_with('{'))
}

#[test]
fn the_document_refuses_what_it_should() {
    let job = json!({"object": "fine_tuning.job", "id": "x"});
    let path = "/fine_tuning/jobs/x";
    let caught = std::panic::catch_unwind(|| Document::get().validate("GET", path, 200, &job));
    assert!(caught.is_err());
    let error = json!({"error": {"message": "no type"}});
    let caught = std::panic::catch_unwind(|| Document::get().validate("GET", path, 404, &error));
    assert!(caught.is_err());
}
