//! `confirm:` of a tool.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::json;

/// What a person is asked before a call: a text, or an object with more.
pub(super) struct Confirm;

impl JsonSchema for Confirm {
    fn schema_name() -> Cow<'static, str> {
        "Confirm".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let object = generator.subschema_for::<Asked>();
        let schema = json!({ "anyOf": [{ "type": "string" }, object] });
        Schema::try_from(schema).unwrap_or_default()
    }
}

/// What a person is asked before a call, and what else is told.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Asked {
    /// The question. `{{name}}` takes an input that is required; the provider and the estimate are told beside it.
    ask: String,
    /// The Rust function that says how much the call would use: it is told, and held against `spending` of
    /// `server.yaml`. It gets the tool's input.
    estimate: Option<String>,
    /// What becomes of a call whose client can not be asked, unless `--confirm` says it (default `allow`).
    unasked: Option<Unasked>,
}

/// What becomes of a call whose client can not be asked.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Unasked {
    /// It is made: such a client asks its person before tools that spend or destroy.
    Allow,
    /// It is refused until it says `confirm: true`, an input that is then added.
    Refuse,
}
