//! The types against what is checked in, what is read, and every manifest at hand.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use super::schemas;
use crate::{diagnostics::Report, load, read, schema};

/// Manifests without a mistake.
const MANIFESTS: [&str; 5] = [
    "../manifest",
    "../examples/issues/manifest",
    "tests/golden/library",
    "tests/golden/shapes",
    "tests/diagnostics/base",
];

/// What [`crate::fields::Fields`] calls an object, the file of `editor/`, and the definition in it; none for
/// the file itself.
const KINDS: &[(&str, &str, Option<&str>)] = &[
    ("the server", "server", None),
    ("set", "server", Some("Set")),
    ("limits", "server", Some("Limits")),
    ("client", "server", Some("Client")),
    ("budget", "server", Some("Budget")),
    ("limit", "server", Some("Limit")),
    ("provider", "providers", Some("Provider")),
    ("auth", "providers", Some("Auth")),
    ("function", "functions", Some("Function")),
    ("data", "data", None),
    ("tool", "tools", Some("Tool")),
    ("a request", "tools", Some("Request")),
    ("prompt", "prompts", Some("Prompt")),
    ("argument", "prompts", Some("Argument")),
    ("a message", "prompts", Some("Message")),
    ("a completion", "prompts", Some("Completion")),
    ("an image", "prompts", Some("Image")),
    ("audio", "prompts", Some("Audio")),
    ("an embedded resource", "prompts", Some("Embedded")),
    ("a link", "prompts", Some("Link")),
    ("resource", "resources", Some("Resource")),
    ("variable", "resources", Some("Variable")),
    ("an example", "tools", Some("Example")),
    ("an example's request", "tools", Some("ExampleRequest")),
    ("an example's response", "tools", Some("ExampleResponse")),
    ("retry", "tools", Some("Retry")),
    ("page", "tools", Some("Page")),
    ("once", "tools", Some("Once")),
    ("undo", "tools", Some("Undo")),
    ("beside", "tools", Some("Beside")),
    ("confirm", "tools", Some("Asked")),
    ("task", "tools", Some("TaskTimes")),
    ("upload", "tools", Some("Upload")),
    ("file", "tools", Some("UploadFile")),
    ("download", "tools", Some("Download")),
];

/// The keys that a schema names, but for `$ref`, which is taken everywhere.
fn keys(schema: &Value) -> BTreeSet<String> {
    let properties = schema["properties"].as_object().unwrap();
    properties
        .keys()
        .filter(|key| *key != "$ref")
        .cloned()
        .collect()
}

fn definition<'s>(schemas: &'s BTreeMap<&str, Value>, file: &str, name: Option<&str>) -> &'s Value {
    let schema = &schemas[file];
    name.map_or(schema, |name| &schema["definitions"][name])
}

#[test]
fn the_files_are_what_the_types_say() {
    for (name, schema) in schemas() {
        let path = format!("editor/{name}.schema.json");
        let text = format!("{schema:#}\n");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == text,
            "`{path}` is not what codegen/src/language says; UPDATE_GOLDEN=1 writes it"
        );
    }
}

/// A key that is read is described, and the other way round.
#[test]
fn the_types_have_the_keys_that_are_read() {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for dir in MANIFESTS.iter().chain(&["tests/editor"]) {
        let mut report = Report::default();
        let mut files = load::load(Path::new(dir), &mut report).unwrap();
        read::read(Path::new(dir), &mut files, &mut report);
        for (kind, keys) in report.known {
            known
                .entry(kind)
                .or_default()
                .extend(keys.into_iter().map(str::to_owned));
        }
    }
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    for &(kind, file, name) in KINDS {
        let read = known
            .remove(kind)
            .unwrap_or_else(|| panic!("no manifest here has {kind}"));
        assert_eq!(keys(definition(&schemas, file, name)), read, "{kind}");
    }
    assert_eq!(
        known,
        BTreeMap::new(),
        "is read and has no type in codegen/src/language"
    );
    for (file, schema) in &schemas {
        for (name, definition) in schema["definitions"].as_object().into_iter().flatten() {
            let closed = definition["additionalProperties"] == Value::Bool(false);
            let read = KINDS
                .iter()
                .any(|(_, of, kind)| of == file && *kind == Some(name.as_str()));
            // Schemas are in several files, which the next test is about; content and completions are too.
            let several = [
                "Keywords",
                "Image",
                "Audio",
                "Embedded",
                "Link",
                "Completion",
            ];
            assert!(
                !closed || read || several.contains(&name.as_str()),
                "`{name}` of {file} is not read"
            );
        }
    }
}

#[test]
fn the_types_have_the_keywords_and_the_forms_of_templates() {
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    let known: BTreeSet<String> = schema::keywords().into_iter().map(str::to_owned).collect();
    assert_eq!(
        keys(definition(&schemas, "schemas", Some("Keywords"))),
        known
    );
    let forms: BTreeSet<String> = read::FORMS.iter().map(|form| (*form).to_owned()).collect();
    assert_eq!(
        keys(definition(&schemas, "templates", Some("Object"))),
        forms
    );
}

/// The schema of a file, by its path.
fn of_file(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some(("results", _)) => Some("templates"),
        Some((dir @ ("tools" | "data" | "prompts" | "resources" | "schemas"), _)) => Some(dir),
        _ => path
            .strip_suffix(".yaml")
            .filter(|name| ["server", "providers", "functions"].contains(name)),
    }
}

/// What the schemas refuse of a manifest: the file and why.
fn refused(dir: &Path, schemas: &BTreeMap<&str, Value>) -> (usize, Vec<String>) {
    let files = load::load(dir, &mut Report::default()).unwrap();
    let (mut seen, mut refused) = (0, Vec::new());
    for (source, file) in files.sources.iter() {
        let Some(schema) = of_file(&file.path) else {
            continue;
        };
        seen += 1;
        let validator = jsonschema::draft7::new(&schemas[schema]).unwrap();
        let value = files.nodes[&source].to_value();
        refused.extend(
            validator
                .iter_errors(&value)
                .map(|error| format!("{} {}: {error}", file.name, error.instance_path())),
        );
    }
    (seen, refused)
}

#[test]
fn right_manifests_fit() {
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    for dir in MANIFESTS.iter().chain(&["tests/editor"]) {
        let (seen, refused) = refused(Path::new(dir), &schemas);
        assert!(seen > 0, "{dir} has files");
        assert_eq!(refused, Vec::<String>::new());
    }
}

/// What people edit here tells their editor what it is.
#[test]
fn the_files_of_manifests_name_their_schemas() {
    for dir in &MANIFESTS[..2] {
        let files = load::load(Path::new(dir), &mut Report::default()).unwrap();
        for (_, file) in files.sources.iter() {
            let first = file.text.lines().next().unwrap_or_default();
            let schema = first.strip_prefix("# yaml-language-server: $schema=");
            let schema = schema.unwrap_or_else(|| panic!("{} names no schema", file.name));
            let path = Path::new(&file.name).parent().unwrap().join(schema);
            let name = format!("{}.schema.json", of_file(&file.path).unwrap());
            assert_eq!(path.file_name().unwrap().to_str(), Some(name.as_str()));
            assert!(path.exists(), "{}", path.display());
        }
    }
}

/// What is wrong in a single key or word, an editor shows as well.
#[test]
fn wrong_manifests_do_not_fit() {
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    for code in [
        "missing-key",
        "unknown-effect",
        "unknown-key",
        "unknown-keyword",
        "wrong-type",
    ] {
        let (_, refused) = refused(&Path::new("tests/diagnostics").join(code), &schemas);
        assert!(!refused.is_empty(), "{code}");
    }
}
