//! Content and completions, wherever they stand.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::template::Template;

/// What is said: a text, or one of `text`, `image`, `audio`, `resource` and `link`.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Content {
    /// A text. `{{name}}` takes an argument; a `{{` that is meant is written `\{{`.
    Said(String),
    Block(Box<Block>),
}

/// A content of one kind.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum Block {
    /// A text. `{{name}}` takes an argument; a `{{` that is meant is written `\{{`.
    Text(String),
    /// An image.
    Image(Image),
    /// Audio.
    Audio(Audio),
    /// A resource with what it holds.
    Resource(Embedded),
    /// A link to a resource.
    Link(Link),
}

/// An image, from a file of the manifest or as bytes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Image {
    /// A file of the manifest, from the file that names it.
    file: Option<String>,
    /// The bytes in base64.
    data: Option<String>,
    /// Such as `image/png`. Told by the ending of a file.
    mime_type: Option<String>,
}

/// Audio, from a file of the manifest or as bytes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Audio {
    /// A file of the manifest, from the file that names it.
    file: Option<String>,
    /// The bytes in base64.
    data: Option<String>,
    /// Such as `audio/wav`. Told by the ending of a file.
    mime_type: Option<String>,
}

/// A resource with what it holds.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Embedded {
    /// Where it is. `{{name}}` takes an argument.
    uri: String,
    /// What it says. `{{name}}` takes an argument.
    text: Option<String>,
    /// A file of the manifest, from the file that names it.
    file: Option<String>,
    /// The bytes in base64.
    data: Option<String>,
    /// What it is. Told by the ending of a file; a text is `text/plain`.
    mime_type: Option<String>,
}

/// A link to a resource.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Link {
    /// Where it leads. `{{name}}` takes an argument.
    uri: String,
    /// The name that clients show.
    name: String,
    /// The name that people see.
    title: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// What it is.
    mime_type: Option<String>,
}

/// How an argument is completed: a list of values, or where they come from.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Complete {
    Values(Vec<Value>),
    From(Completion),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Value {
    Text(String),
    Number(f64),
}

/// Where values come from: the result of a tool that reads, or a Rust function.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Completion {
    /// The tool that is called. It reads.
    tool: Option<String>,
    /// What it is called with. `$value` is what was typed so far, `$name` another argument.
    with: Option<BTreeMap<String, Template>>,
    /// The values in its result: `{ $each: $result.jobs, $value: $item.id }`.
    values: Option<Template>,
    /// Instead of a tool: the Rust function that says them.
    native: Option<String>,
}
