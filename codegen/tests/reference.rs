//! The page about the language: its blocks are a manifest without a mistake, and it names every key.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use rft_mcp_codegen::{EDITOR_SCHEMAS, compile};
use serde_json::Value;

const PAGE: &str = include_str!("../../docs/manifest.md");

/// The blocks under a heading.
fn block(heading: &str) -> &'static str {
    let (_, after) = PAGE.split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, block) = after.split_once("```yaml\n").unwrap();
    block.split_once("```").unwrap().0
}

#[test]
fn the_blocks_are_a_manifest_without_a_mistake() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("tools")).unwrap();
    for (heading, file) in [
        ("server.yaml", "server.yaml"),
        ("providers.yaml", "providers.yaml"),
        ("functions.yaml", "functions.yaml"),
        ("Tools", "tools/books.yaml"),
        ("Shared parts", "shared.yaml"),
    ] {
        fs::write(dir.join(file), block(heading)).unwrap();
    }
    let compiled = compile(&dir).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert_eq!(compiled.examples.len(), 9);
}

/// Keys of tools and what is in them; prompts and resources have pages of their own.
#[test]
fn every_key_of_tools_is_there() {
    for name in ["server", "providers", "functions", "tools"] {
        let file = format!("{name}.schema.json");
        let (_, schema) = EDITOR_SCHEMAS.iter().find(|(one, _)| *one == file).unwrap();
        let mut keys = Vec::new();
        collect(&serde_json::from_str(schema).unwrap(), &mut keys);
        for key in keys {
            let said = PAGE.contains(&format!("{key}:")) || PAGE.contains(&format!("`{key}`"));
            assert!(said, "`{key}` of {name} is not on the page");
        }
    }
}

fn collect(schema: &Value, keys: &mut Vec<String>) {
    // Content has a page of its own.
    const CONTENT: [&str; 5] = ["Image", "Audio", "Embedded", "Link", "Keywords"];
    let definitions = schema.get("definitions").and_then(Value::as_object);
    let inside = definitions.into_iter().flatten();
    let inside = inside.filter(|(name, _)| !CONTENT.contains(&name.as_str()));
    let inside = inside.map(|(_, schema)| schema);
    for schema in inside.chain([schema]) {
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        let properties = schema.get("properties").and_then(Value::as_object);
        if let (true, Some(properties)) = (closed, properties) {
            keys.extend(properties.keys().cloned());
        }
    }
}
