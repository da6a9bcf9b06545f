//! `tools/*.yaml`

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Named, content::Content, schema::Schema, template::Template};

/// A tool. It has `request` or `requests` with a `result`, or `native`, or `content`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Tool {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// The name that people see.
    title: String,
    /// What it is for, in words that help a model to choose it.
    description: String,
    /// What a call changes. Annotations, read-only mode and retry follow from it.
    effect: Effect,
    /// The sets of `server.yaml` that it belongs to.
    sets: Vec<String>,
    /// JSON Schema of its arguments, an object with `additionalProperties: false`. Clients see it with every
    /// reference written out.
    input: Schema,
    /// JSON Schema of its result, an object. A `native` tool without it returns content.
    output: Option<Schema>,
    /// The request that it sends. Its reply is `$response` in `result`.
    request: Option<Request>,
    /// Several reads, sent side by side, each with a name; their replies are `$NAME` in `result`.
    requests: Option<Named<Request>>,
    /// Instead of a request: the Rust function that does it.
    native: Option<String>,
    /// Instead of a request: what it says. `{{name}}` takes an input.
    content: Option<Vec<Content>>,
    /// What the agent gets, made of the reply: `id: $response.id`.
    result: Option<Template>,
    /// Warnings that are right as they are in this tool: the code, and why.
    allow: Option<BTreeMap<String, String>>,
}

/// What a call changes.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Effect {
    /// Nothing. Repeated when it fails; kept in read-only mode.
    Read,
    /// Something that can be undone.
    Write,
    /// Spends money. Never sent twice blindly; clients ask a person first.
    Costly,
    /// Ends or deletes something for good. Clients ask a person first.
    Destructive,
}

/// A request: one method with its path, and what it sends.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Request {
    /// Takes the members from another place: `file.yaml#/Name`. What stands beside it takes their place.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// The path of a GET. `{name}` takes an input, always encoded; inputs that no template names go to the query.
    get: Option<String>,
    /// The path of a POST. `{name}` takes an input, always encoded.
    post: Option<String>,
    /// The path of a PUT. `{name}` takes an input, always encoded.
    put: Option<String>,
    /// The path of a PATCH. `{name}` takes an input, always encoded.
    patch: Option<String>,
    /// The path of a DELETE. `{name}` takes an input, always encoded.
    delete: Option<String>,
    /// What goes to the query, by name.
    query: Option<Named<Template>>,
    /// Headers of this request, by name.
    headers: Option<Named<Template>>,
    /// Which of the provider's `keys` proves who calls; its `auth` when absent.
    key: Option<String>,
    /// The body, sent as JSON.
    body: Option<Template>,
    /// JSON Schema of what the provider takes, the body or the query where there is none. What is sent is checked
    /// against it; clients do not see it.
    takes: Option<Schema>,
}
