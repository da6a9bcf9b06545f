//! `providers.yaml`

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

/// Who answers the requests. The first of the file is the default. Texts here may take from the environment:
/// `${NAME}`, or `${NAME:-default}`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Provider {
    /// The name that people know it by.
    title: String,
    /// What to know about it, shown when it is chosen.
    notice: Option<String>,
    /// Whether it runs inside the process; it has no `base_url` then.
    embedded: Option<bool>,
    /// Where its API begins, without a slash at the end: `https://api.example.com/v1`.
    base_url: Option<String>,
    /// How to prove who calls; of several ways the first whose environment is set.
    auth: Option<Auths>,
    /// Other keys by name, such as an administrator's; a request asks for one with `key: name`.
    keys: Option<BTreeMap<String, Auths>>,
    /// Headers sent with every request.
    headers: Option<BTreeMap<String, String>>,
    /// What goes to the query of every request.
    query: Option<BTreeMap<String, String>>,
    /// Values that templates take as `$provider.NAME`.
    values: Option<BTreeMap<String, Value>>,
    /// Tools that it can not serve, and features (`x-feature`) of inputs that it does not take.
    lacks: Option<Vec<String>>,
}

/// One way to prove who calls, or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Auths {
    One(Auth),
    Several(Vec<Auth>),
}

/// A way to prove who calls: `{ bearer: "${KEY}" }`, or `{ header: api-key, value: "${KEY}" }`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Auth {
    /// The token of `Authorization: Bearer`, from the environment: `${NAME}`.
    bearer: Option<String>,
    /// The name of a header that holds the key.
    header: Option<String>,
    /// What the header holds, from the environment: `${NAME}`.
    value: Option<String>,
}
