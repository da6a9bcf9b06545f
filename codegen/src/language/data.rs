//! `data/*.yaml`

use schemars::JsonSchema;
use serde_json::Value;

use super::schema::Schema;

/// What native tools and functions know, as a constant in Rust that has the file's name in capitals.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Data {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// What it says.
    description: String,
    /// JSON Schema that the value has to fit.
    schema: Schema,
    /// The value itself.
    value: Value,
}
