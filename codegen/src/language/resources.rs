//! `resources/*.yaml`

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Named, content::Complete, template::Template};

/// A resource: what is read at a URI. It has one of `text`, `file`, `data`, `json`, `tool` and `native`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Resource {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// The name that people see.
    title: String,
    /// What it is for.
    description: String,
    /// Where it is read: `docs://guide`, or `docs://{page}` for a template with a variable.
    uri: String,
    /// What it is. Told by the ending of a file; a text is `text/plain`, a tool's result JSON.
    mime_type: Option<String>,
    /// The variables of the URI that are completed.
    variables: Option<Named<Variable>>,
    /// Whether clients may ask to be told when it changes; `false` when absent.
    subscribe: Option<bool>,
    /// What it says. `{{name}}` takes a variable.
    text: Option<String>,
    /// A file of the manifest, from the file that names it.
    file: Option<String>,
    /// The bytes in base64.
    data: Option<String>,
    /// A JSON value. `$name` takes a variable.
    json: Option<Template>,
    /// The tool whose result it is. It reads.
    tool: Option<String>,
    /// What the tool is called with. `$name` takes a variable.
    with: Option<BTreeMap<String, Template>>,
    /// The Rust function that reads it.
    native: Option<String>,
}

/// A variable of a resource's URI.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Variable {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// How it is completed while it is typed.
    complete: Option<Complete>,
}
