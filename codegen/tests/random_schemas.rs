//! Schemas that nobody wrote: each makes a type, whatever its names and however it is nested. That such types
//! are faithful is tried with the schemas of `golden/shapes`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{fs, path::Path};

use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed},
};
use rft_mcp_codegen::compile;
use serde_json::{Map, Value, json};

/// Names that are hard for Rust, or that types of ours have.
const NAMES: [&str; 16] = [
    "a", "type", "kind", "extra", "fooBar", "foo_bar", "self", "Self", "x-y", "$z", "input",
    "item", "value", "1a", "é", "",
];

fn leaf() -> BoxedStrategy<Value> {
    select(vec![
        json!({}),
        json!({ "type": "string" }),
        json!({ "type": "integer" }),
        json!({ "type": "integer", "minimum": 0, "maximum": 7 }),
        json!({ "type": "null" }),
        json!({ "type": ["string", "null"] }),
        json!({ "type": ["string", "integer"] }),
        json!({ "type": "string", "enum": ["a", "b", "<"] }),
        json!({ "enum": ["a", 1, null] }),
        json!({ "const": "c" }),
        json!({ "const": { "a": 1 } }),
        json!({ "type": "integer", "enum": [1, 2] }),
        json!({ "type": "string", "format": "uuid", "pattern": "^.$", "default": "x" }),
        json!({ "type": ["object", "null"], "additionalProperties": { "type": "string" } }),
    ])
    .boxed()
}

fn object(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    (
        vec((select(NAMES.to_vec()), inner), 0..4),
        any::<bool>(),
        0..4,
    )
        .prop_map(|(members, required, rest)| {
            let properties: Map<_, _> = members
                .into_iter()
                .map(|(name, schema)| (name.to_owned(), schema))
                .collect();
            let required: Vec<_> = properties.keys().filter(|_| required).cloned().collect();
            let mut object =
                json!({ "type": "object", "properties": properties, "required": required });
            match rest {
                0 => {}
                1 => object["additionalProperties"] = json!({ "type": "number" }),
                _ => object["additionalProperties"] = json!(false),
            }
            object
        })
}

fn tagged(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    vec((select(vec!["one", "two", "three-x"]), object(inner)), 1..4).prop_map(|members| {
        let members = members.into_iter().map(|(word, mut object)| {
            object["properties"]["kind"] = json!({ "const": word });
            object["required"] = json!(["kind"]);
            object["additionalProperties"] = json!(false);
            object
        });
        json!({ "anyOf": members.collect::<Vec<_>>() })
    })
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            3 => object(inner.clone()),
            3 => tagged(inner.clone()),
            1 => inner.clone().prop_map(|items| json!({ "type": "array", "items": items })),
            1 => inner.clone().prop_map(|rest| json!({ "type": "object", "additionalProperties": rest })),
            1 => inner.clone().prop_map(|one| json!({ "anyOf": [one, { "type": "null" }] })),
            1 => (inner.clone(), inner).prop_map(|(one, other)| json!({ "oneOf": [one, other] })),
        ]
    })
}

proptest! {
    #![proptest_config(Config { cases: 40, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() })]

    #[test]
    fn make_types(schemas in vec(schema(), 8)) {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random_schemas");
        fs::create_dir_all(dir.join("tools")).unwrap();
        for file in ["server.yaml", "providers.yaml"] {
            fs::copy(Path::new("tests/golden/shapes").join(file), dir.join(file)).unwrap();
        }
        let mut tools = Map::new();
        for (number, schema) in schemas.into_iter().enumerate() {
            tools.insert(format!("tool_{number}"), json!({
                "title": "A tool",
                "description": "Of a random schema.",
                "effect": "read",
                "sets": ["all"],
                "input": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["value"],
                    "properties": { "value": schema },
                },
                "native": format!("run_{number}"),
                "output": { "type": "object", "properties": { "value": schema } },
            }));
        }
        // JSON is YAML.
        fs::write(dir.join("tools/all.yaml"), Value::Object(tools).to_string()).unwrap();
        compile(&dir).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    }
}
