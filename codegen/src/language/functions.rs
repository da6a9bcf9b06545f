//! `functions.yaml`

use schemars::JsonSchema;

use super::schema::Schema;

/// A Rust function that templates call with `$call`. The compiler asks for it by this name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Function {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// What it does.
    description: String,
    /// JSON Schema of its arguments, an object with `additionalProperties: false`.
    input: Schema,
    /// JSON Schema of what it returns.
    output: Schema,
}
