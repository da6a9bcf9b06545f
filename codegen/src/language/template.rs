//! The one template language, for requests and results.

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// A JSON value with places to fill. `$name.path` takes an input, with its type; in a result `$response.path`
/// takes from the reply. Everything else is a constant; `$$` is a dollar. What is absent drops its key.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Template {
    Object(Box<Object>),
    List(Vec<Template>),
    Text(String),
    Number(f64),
    Bool(bool),
    Null(()),
}

// An object of templates, or one of the forms that begin with a dollar.
#[derive(JsonSchema)]
pub(super) struct Object {
    /// Takes a template from another place: `file.yaml#/Name`. What stands beside it takes the place of its members.
    #[schemars(rename = "$ref")]
    reference: Option<String>,
    /// Calls a function of `functions.yaml`; its arguments stand beside it.
    #[schemars(rename = "$call")]
    call: Option<String>,
    /// Makes a list: for each element of this one an object of what stands beside it, where `$item` is the element.
    #[schemars(rename = "$each")]
    each: Option<String>,
    /// The first of these that is there.
    #[schemars(rename = "$first", length(min = 1))]
    first: Option<Vec<Template>>,
    /// Makes one text of a list, with commas between its elements.
    #[schemars(rename = "$join")]
    join: Option<String>,
    /// Makes a text of a value: its JSON; a text stays as it is.
    #[schemars(rename = "$json")]
    json: Option<Template>,
    /// Beside `$join`: what stands between the elements instead.
    #[schemars(rename = "$separator")]
    separator: Option<String>,
    /// Beside `$each`: what an element becomes, when it is no object.
    #[schemars(rename = "$value")]
    value: Option<Template>,
    #[schemars(flatten)]
    members: BTreeMap<String, Template>,
}
