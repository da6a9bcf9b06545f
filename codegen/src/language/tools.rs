//! `tools/*.yaml`

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use super::{
    Named, confirm::Confirm, content::Content, schema::Schema, task::Task, template::Template,
};

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
    /// How a list goes on after a page. Adds the input `all_pages`; a result that ends early says so and has the
    /// cursor.
    page: Option<Page>,
    /// How the request starts something once, however often it is called. Adds the input that takes a token, and
    /// says the token in the result.
    once: Option<Once>,
    /// What a person is asked before a call, where the client can ask one: a text, or an object with more.
    confirm: Option<Confirm>,
    /// The inputs whose values an audit log may show; it has the names of the others, and a hash of all.
    audit: Option<Vec<String>>,
    /// How a call runs as a task, for clients that take tasks: they look for its result from time to time. A word, or
    /// an object with times.
    task: Option<Task>,
    /// Seconds for one request; `request_seconds` of `server.yaml` when absent.
    #[schemars(range(min = 1))]
    timeout: Option<u64>,
    /// How often a request is sent again, where that follows not well from the effect.
    retry: Option<Retry>,
    /// The largest result that an agent gets; `result_bytes` of `server.yaml` when absent.
    #[schemars(range(min = 1))]
    result_bytes: Option<u64>,
    /// Calls with what is sent, what is answered and what the agent gets: checked here, and run by
    /// `rft-mcp manifest test`.
    examples: Option<Vec<Example>>,
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
    /// The body as HTML forms spell it (`application/x-www-form-urlencoded`), by name. An object becomes `name[key]`,
    /// a list repeats the name.
    form: Option<Named<Template>>,
    /// JSON Schema of what the provider takes, the body or the query where there is none. What is sent is checked
    /// against it; clients do not see it.
    takes: Option<Schema>,
    /// Files as the body.
    upload: Option<Upload>,
    /// Takes the reply as a file. `$response` has then `text` or `path`, `bytes`, `media_type`, `truncated`, `next`.
    download: Option<Download>,
}

/// A call, what is sent for it, what is answered, and what the agent gets.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Example {
    /// What it shows, in a word or two.
    name: String,
    /// The provider it is sent to; the first one when absent.
    provider: Option<String>,
    /// The arguments of the call.
    input: Value,
    /// Local files that are there, by their path, with their text.
    files: Option<BTreeMap<String, String>>,
    /// What must be sent.
    request: Option<ExampleRequest>,
    /// What must be sent, when it is more: by name, or in order.
    requests: Option<Value>,
    /// What the provider answers.
    response: Option<ExampleResponse>,
    /// What the provider answers to each of `requests`.
    responses: Option<Value>,
    /// What the agent gets.
    result: Option<Value>,
    /// Instead of all that the agent gets, members that it has among others.
    result_has: Option<Value>,
    /// A part of the error that the agent gets instead.
    error: Option<String>,
}

/// A request as it must be sent, with its inputs filled in.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ExampleRequest {
    /// The path of a GET.
    get: Option<String>,
    /// The path of a POST.
    post: Option<String>,
    /// The path of a PUT.
    put: Option<String>,
    /// The path of a PATCH.
    patch: Option<String>,
    /// The path of a DELETE.
    delete: Option<String>,
    /// The whole query, by name.
    query: Option<BTreeMap<String, Value>>,
    /// Headers that it has among others.
    headers: Option<BTreeMap<String, String>>,
    /// The whole JSON body.
    body: Option<Value>,
    /// The whole form, by name.
    form: Option<BTreeMap<String, Value>>,
    /// The form with a file: its `fields`, and the file's `filename` and `text`; of several files, a list `files` with
    /// these and `part`.
    upload: Option<BTreeMap<String, Value>>,
}

/// What a provider answers.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ExampleResponse {
    /// The HTTP status (default 200).
    #[schemars(range(min = 200, max = 599))]
    status: Option<u64>,
    /// Headers.
    headers: Option<BTreeMap<String, String>>,
    /// The body, sent as JSON.
    body: Option<Value>,
    /// The body as it is, when it is no JSON.
    text: Option<String>,
}

/// How often a request is sent again.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Retry {
    /// How often at most; 0 for never.
    #[schemars(range(max = 10))]
    times: u64,
    /// Whether also when it is not known whether the provider acted. Never for what costs money.
    ambiguous: Option<bool>,
}

/// How a list goes on after a page.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Page {
    /// The cursor in the reply: `$response.data[-1].id`.
    after: String,
    /// Whether there is more: `$response.has_more`. When absent there is as long as there is a cursor.
    more: Option<String>,
    /// The list in the reply; the one that `after` takes the last item of when absent.
    items: Option<String>,
    /// The input that takes the cursor (default `after`).
    input: Option<String>,
    /// The most pages that one call walks (default 20).
    #[schemars(range(min = 1))]
    max_pages: Option<u64>,
    /// The most items that one call gives (default 1000).
    #[schemars(range(min = 1))]
    max_items: Option<u64>,
}

/// How a request starts something once: it carries a token, by which is found what it started when its answer is
/// lost, or when the call is repeated.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Once {
    /// Where the token goes in the body, and where it stands in what is found: `metadata.launch_token`. The last name
    /// is that of the input.
    token: String,
    /// The tool that lists what was started, newest first. It has `page`. An item of its reply is what the request
    /// would have answered.
    find: String,
    /// The inputs of that tool, to find the token with: `metadata: { launch_token: $launch_token }`. Those that a
    /// provider lacks are left out: items are compared in any case.
    with: Option<Named<Template>>,
    /// How what a call started is ended again when another process started the same with one token at the same moment:
    /// the older stays. Without it both stay.
    undo: Option<Undo>,
    /// A Rust function that is told of each step of what the call starts, and may refuse it before anything is sent.
    beside: Option<Beside>,
}

/// A Rust function beside a call that starts something.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Beside {
    /// Its name.
    native: String,
    /// What it is given, by name, made of the input: `limits: $limits`. What is absent is left out.
    with: Named<Template>,
}

/// How what was started twice is ended.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Undo {
    /// The tool that ends it. It has one request.
    tool: String,
    /// Its inputs, made of what was started: `job_id: $response.id`.
    with: Named<Template>,
    /// When it was started, a number: `$response.created_at`.
    age: String,
}

/// Files as the body: in a form (`multipart/form-data`) after its fields, or one alone.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Upload {
    /// What goes before the files, by name. An object becomes `name[key]`, a list repeats the name.
    fields: Option<Named<Template>>,
    /// Media types of fields that need one: `settings: application/json`, where the field is a `$json`.
    types: Option<BTreeMap<String, String>>,
    /// The file.
    file: Option<UploadFile>,
    /// Several files.
    files: Option<Vec<UploadFile>>,
    /// A file that is the body itself, without a form.
    raw: Option<UploadFile>,
}

/// A file to send: from a text, from base64, or streamed from a local path.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct UploadFile {
    /// The name of its part (default `file`).
    part: Option<String>,
    /// A list, for each element of which there is such a file; the element is `$item`.
    each: Option<String>,
    /// Whether it may be left out.
    optional: Option<bool>,
    /// Its name; when absent or left out, that of the path.
    filename: Option<Template>,
    /// Its name when there is no other (default `upload.txt`).
    unnamed: Option<String>,
    /// Its media type; when absent, the one that files of its name have.
    media_type: Option<String>,
    /// The content as text.
    text: Option<Template>,
    /// The content as base64.
    base64: Option<Template>,
    /// The path of a local file, under a files root.
    path: Option<Template>,
    /// The largest file that is sent (default 536870912), or a value of the provider that says it.
    max_bytes: Option<Largest>,
    /// The Rust function that sends a larger one, in some other way: it takes the tool's input and gives its output.
    larger: Option<String>,
}

/// A number of bytes, or a value of the provider such as `$provider.file_bytes`.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Largest {
    Bytes(#[schemars(range(min = 1))] u64),
    Value(#[schemars(regex(pattern = r"^\$"))] String),
}

/// A reply that is a file.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Download {
    /// The path of a local file to make, under a files root; the content is given inline when left out.
    path: Option<Template>,
    /// Whether a local file that is there may be written over; never when absent.
    overwrite: Option<Template>,
    /// How many bytes to leave out at the start of an inline content; of a `get` only.
    offset: Option<Template>,
    /// The most bytes of an inline content (default 65536). It is cut after a line.
    #[schemars(range(min = 64))]
    inline_bytes: Option<u64>,
    /// The largest local file that is made (default 4294967296).
    #[schemars(range(min = 1))]
    file_bytes: Option<u64>,
    /// Whether what is no text is given inline as base64; it is refused when absent.
    base64: Option<bool>,
}
