//! JSON Schemas inside a manifest.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use super::Named;

/// A JSON Schema (2020-12).
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Schema {
    /// `true` fits anything, `false` nothing.
    Bool(bool),
    Object(Box<Keywords>),
}

// Not described: an editor would show it in the place of what a schema is for.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Keywords {
    /// Takes a schema from another place: `file.yaml#/Name`. What stands beside it takes the place of its members.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// What a value is; several in a list.
    #[schemars(rename = "type")]
    kind: Option<Types>,
    /// The values that fit.
    #[schemars(rename = "enum")]
    values: Option<Vec<Value>>,
    /// The only value that fits.
    #[schemars(rename = "const")]
    constant: Option<Value>,
    /// A name for people.
    title: Option<String>,
    /// What goes there; a model reads it.
    description: Option<String>,
    /// What is taken when it is absent. It fits this schema.
    default: Option<Value>,
    /// Values that fit this schema.
    examples: Option<Vec<Value>>,
    /// Whether it should not be used any more.
    deprecated: Option<bool>,
    /// Whether it is only ever received.
    #[schemars(rename = "readOnly")]
    read_only: Option<bool>,
    /// Whether it is only ever sent.
    #[schemars(rename = "writeOnly")]
    write_only: Option<bool>,
    /// The number is a multiple of this.
    #[schemars(rename = "multipleOf")]
    multiple_of: Option<f64>,
    /// The largest number.
    maximum: Option<f64>,
    /// The number is below this.
    #[schemars(rename = "exclusiveMaximum")]
    exclusive_maximum: Option<f64>,
    /// The smallest number.
    minimum: Option<f64>,
    /// The number is above this.
    #[schemars(rename = "exclusiveMinimum")]
    exclusive_minimum: Option<f64>,
    /// The most characters.
    #[schemars(rename = "maxLength")]
    max_length: Option<u64>,
    /// The fewest characters.
    #[schemars(rename = "minLength")]
    min_length: Option<u64>,
    /// A regular expression that the text matches somewhere.
    pattern: Option<String>,
    /// What the text or number is, such as `date-time`, `uri` or `int64`.
    format: Option<String>,
    /// How the text is encoded, such as `base64`.
    #[schemars(rename = "contentEncoding")]
    content_encoding: Option<String>,
    /// What the text holds.
    #[schemars(rename = "contentMediaType")]
    content_media_type: Option<String>,
    /// The most elements.
    #[schemars(rename = "maxItems")]
    max_items: Option<u64>,
    /// The fewest elements.
    #[schemars(rename = "minItems")]
    min_items: Option<u64>,
    /// Whether all elements differ.
    #[schemars(rename = "uniqueItems")]
    unique_items: Option<bool>,
    /// How many elements fit `contains` at most.
    #[schemars(rename = "maxContains")]
    max_contains: Option<u64>,
    /// How many elements fit `contains` at least.
    #[schemars(rename = "minContains")]
    min_contains: Option<u64>,
    /// The most members.
    #[schemars(rename = "maxProperties")]
    max_properties: Option<u64>,
    /// The fewest members.
    #[schemars(rename = "minProperties")]
    min_properties: Option<u64>,
    /// The members that must be there.
    required: Option<Vec<String>>,
    /// What each element is.
    items: Option<Schema>,
    /// What members are that `properties` does not name; `false` when there are none.
    #[schemars(rename = "additionalProperties")]
    additional_properties: Option<Schema>,
    /// What some element is.
    contains: Option<Schema>,
    /// What the names of members are.
    #[schemars(rename = "propertyNames")]
    property_names: Option<Schema>,
    /// What elements are that nothing else describes.
    #[schemars(rename = "unevaluatedItems")]
    unevaluated_items: Option<Schema>,
    /// What members are that nothing else describes.
    #[schemars(rename = "unevaluatedProperties")]
    unevaluated_properties: Option<Schema>,
    /// What does not fit.
    not: Option<Schema>,
    /// When this fits, `then` must, else `else`.
    #[schemars(rename = "if")]
    condition: Option<Schema>,
    /// What must fit when `if` does.
    then: Option<Schema>,
    /// What must fit when `if` does not.
    #[schemars(rename = "else")]
    otherwise: Option<Schema>,
    /// All of these fit.
    #[schemars(rename = "allOf")]
    all_of: Option<Vec<Schema>>,
    /// Any of these fits.
    #[schemars(rename = "anyOf")]
    any_of: Option<Vec<Schema>>,
    /// Exactly one of these fits; clients prefer `anyOf`.
    #[schemars(rename = "oneOf")]
    one_of: Option<Vec<Schema>>,
    /// What the first elements are, one by one.
    #[schemars(rename = "prefixItems")]
    prefix_items: Option<Vec<Schema>>,
    /// The members by name.
    properties: Option<Named<Schema>>,
    /// Members by a regular expression over their names.
    #[schemars(rename = "patternProperties")]
    pattern_properties: Option<Named<Schema>>,
    /// What must fit when a member is there.
    #[schemars(rename = "dependentSchemas")]
    dependent_schemas: Option<Named<Schema>>,
    /// Members that must be there when another is.
    #[schemars(rename = "dependentRequired")]
    dependent_required: Option<BTreeMap<String, Vec<String>>>,
    /// A note for readers of the manifest.
    #[schemars(rename = "$comment")]
    comment: Option<String>,
    /// The name of an optional part that some providers lack: they name it under `lacks`. There it is not shown.
    #[schemars(rename = "x-feature")]
    feature: Option<String>,
    /// Clients see of this part its type and its description only. What they send is checked by all of it.
    #[schemars(rename = "x-brief")]
    brief: Option<bool>,
    /// Warnings about this part, or about what is in it, that are right as they are: the code, and why. Clients do not
    /// see it.
    #[schemars(rename = "x-allow")]
    allow: Option<BTreeMap<String, String>>,
    /// Names that people try, and what to use instead. Told when they are used; clients do not see it.
    #[schemars(rename = "x-instead")]
    instead: Option<BTreeMap<String, String>>,
    /// The dialect, `https://json-schema.org/draft/2020-12/schema`.
    #[schemars(rename = "$schema")]
    dialect: Option<String>,
    /// A name by which other schemas refer to this one.
    #[schemars(rename = "$anchor")]
    anchor: Option<String>,
    /// Schemas by name, which `$ref: "#/$defs/NAME"` takes inside of this one.
    #[schemars(rename = "$defs")]
    definitions: Option<Named<Schema>>,
    /// The header `Mcp-Param-NAME` in which clients repeat this input over HTTP, for whoever routes requests.
    #[schemars(rename = "x-mcp-header")]
    header: Option<String>,
}

/// One type, or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Types {
    One(Type),
    Several(Vec<Type>),
}

/// What a value is.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Type {
    Array,
    Boolean,
    Integer,
    Null,
    Number,
    Object,
    String,
}
