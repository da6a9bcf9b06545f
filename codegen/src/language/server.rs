//! `server.yaml`

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// What the server says of itself, its sets of tools and its limits.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Server {
    /// The name that clients show beside the tools.
    name: String,
    /// The name that people see.
    title: Option<String>,
    /// What a model reads before it uses any tool.
    instructions: Option<String>,
    /// Named groups of tools; `--sets` chooses among them.
    sets: Option<BTreeMap<String, Set>>,
    /// Limits on what is sent and received.
    limits: Option<Limits>,
    /// Limits on what calls use up, by name. Tools with `confirm: { estimate }` are held against them.
    spending: Option<BTreeMap<String, Limit>>,
    /// What it does with its clients besides answering. Clients before 2026-07-28 then get a session.
    client: Option<Client>,
    /// What `tools/list` may cost a model to read, in estimated tokens. `rft-mcp manifest tokens` shows what it does.
    budget: Option<Budget>,
    /// Warnings that are right as they are in all of the manifest: the code, and why.
    allow: Option<BTreeMap<String, String>>,
    /// Which tools have Rust types for their inputs: `all` (the default), or `native`, which keeps builds of hundreds
    /// of tools short.
    types: Option<Types>,
}

/// Which tools have Rust types for their inputs.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Types {
    /// Every one.
    All,
    /// Native ones; the inputs of the others are validated and go on as they are.
    Native,
}

/// What the server does with its clients besides answering.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Client {
    /// What Rust functions may ask for while they run.
    asks: Option<Vec<Ask>>,
    /// Whether they send log messages; `false` when absent.
    logs: Option<bool>,
    /// The lists that change while the server runs.
    announces: Option<Vec<List>>,
}

/// What a client may be asked for.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Ask {
    /// An answer of the person.
    Elicitation,
    /// An answer of the client's model.
    Sampling,
    /// The directories that the client works in.
    Roots,
}

/// A list that clients may keep.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum List {
    /// The tools.
    Tools,
    /// The prompts.
    Prompts,
    /// The resources.
    Resources,
}

/// A named group of tools.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Set {
    /// What the tools in it are for.
    description: String,
    /// Whether it is listed when nobody chooses sets.
    default: Option<bool>,
}

/// Limits on what is sent and received.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Limits {
    /// How long to wait for a connection (default 5).
    #[schemars(range(min = 1))]
    connect_seconds: Option<u64>,
    /// How long to wait for a reply, repetitions included (default 600).
    #[schemars(range(min = 1))]
    request_seconds: Option<u64>,
    /// The largest reply that is read (default 8388608).
    #[schemars(range(min = 1))]
    response_bytes: Option<u64>,
    /// The largest result that an agent gets; a larger one is cut and says so (default 100000).
    #[schemars(range(min = 1))]
    result_bytes: Option<u64>,
}

/// A limit on what calls use up. `--spending NAME=NUMBER` sets another.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Limit {
    /// What is counted, to be read after a number: `dollars for one launch`.
    description: String,
    /// The most; no limit when absent, unless the command line sets one.
    #[schemars(range(min = 0))]
    most: Option<f64>,
}

/// What `tools/list` may cost a model to read, in estimated tokens.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Budget {
    /// For one tool (default 3000).
    #[schemars(range(min = 1))]
    tool: Option<u64>,
    /// For the tools of one set (default 20000).
    #[schemars(range(min = 1))]
    set: Option<u64>,
    /// For the tools that are listed when nobody chooses sets (default 20000).
    #[schemars(range(min = 1))]
    total: Option<u64>,
}
