//! What generated code is made of.
//!
//! A manifest compiles to one constant [`Table`]: data of the types below, and one-line calls of
//! [`typed`] or [`untyped`], [`function`], [`native`] and the like. Nothing here knows HTTP, MCP or what the tools are for.

mod client;
mod confirm;
mod content;
mod file;
mod prompt;
mod resource;
mod task;

use std::{future::Future, pin::Pin};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Map, Value};

pub use self::{
    client::{Ask, ClientUse, List},
    confirm::{ConfirmSpec, Estimate, LimitSpec, NativeEstimate, Unasked, Use, Used, estimate},
    content::{Bit, Block, BlockSpec, Body, BodySpec, Message, Role, Said, fill},
    file::{DownloadSpec, FileSpec, UploadSpec},
    prompt::{
        Answer, ArgumentSpec, Complete, MessageSpec, NativeCompletion, NativePrompt, Partial,
        PromptSpec, Says, complete, prompt,
    },
    resource::{NativeResource, Read, ResourceSpec, VariableSpec, resource},
    task::TaskSpec,
};
use crate::engine::Context;

/// A whole manifest, as the generated code holds it.
#[derive(Debug)]
pub struct Table {
    /// From `server.yaml`.
    pub server: ServerSpec,
    /// From `providers.yaml`, in its order; the first is the default.
    pub providers: &'static [ProviderSpec],
    /// Every tool, in the order of `tools/*.yaml`; this is the order of `tools/list`.
    pub tools: &'static [ToolSpec],
    /// Every prompt, in the order of `prompts/*.yaml`.
    pub prompts: &'static [PromptSpec],
    /// Every resource, in the order of `resources/*.yaml`.
    pub resources: &'static [ResourceSpec],
}

/// `server.yaml`: what the server says of itself, and its limits.
#[derive(Debug)]
pub struct ServerSpec {
    /// The name in `serverInfo`.
    pub name: &'static str,
    /// The title for people in `serverInfo`.
    pub title: &'static str,
    /// What a client shows its model about the server as a whole.
    pub instructions: &'static str,
    /// Every tool set a tool may name, in the manifest's order.
    pub sets: &'static [SetSpec],
    /// What it does with its clients besides answering.
    pub client: ClientUse,
    /// Limits on what is sent and received.
    pub limits: Limits,
    /// Limits on what calls use up.
    pub spending: &'static [LimitSpec],
}

/// A named group of tools.
#[derive(Debug)]
pub struct SetSpec {
    /// The name that `--sets` takes.
    pub name: &'static str,
    /// One line for people.
    pub description: &'static str,
    /// Whether the set is served when `--sets` is not given.
    pub default: bool,
}

/// Limits that a manifest sets and the command line may override.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds to wait for a connection.
    pub connect_seconds: u64,
    /// Seconds for one request as a whole, its reply included.
    pub request_seconds: u64,
    /// The most bytes of a reply that are read.
    pub response_bytes: usize,
    /// The most bytes of a result, as JSON text; a larger one is cut and says so.
    pub result_bytes: usize,
}

/// A provider: where requests go and what it can not do.
#[derive(Debug)]
pub struct ProviderSpec {
    /// The name that `--provider` takes.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What a user must know before using it, or empty. Told at start and in the server's instructions.
    pub notice: &'static str,
    /// Where its API begins, without a slash at the end; `None` for a provider inside this process.
    pub base_url: Option<Text>,
    /// Ways to prove who calls, the first whose variables are set is used; empty for none.
    pub auth: &'static [Auth],
    /// Other keys by name, for requests that need one; see [`RequestSpec::key`].
    pub keys: &'static [(&'static str, &'static [Auth])],
    /// Headers sent with every request; one whose text comes out empty is left out.
    pub headers: &'static [(&'static str, Text)],
    /// What goes to the query of every request; a text that comes out empty is left out.
    pub query: &'static [(&'static str, Text)],
    /// What templates take as `$provider.NAME`: each a JSON text.
    pub values: &'static [(&'static str, &'static str)],
    /// Names of the tools and the [`Feature`]s that it does not have.
    pub lacks: &'static [&'static str],
}

impl ProviderSpec {
    /// Whether it is inside this process: a simulator.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.base_url.is_none()
    }
}

/// A way to prove who calls.
#[derive(Debug, Clone, Copy)]
pub enum Auth {
    /// `Authorization: Bearer …`.
    Bearer(Text),
    /// A header of the provider's own, such as `api-key`.
    Header(&'static str, Text),
}

/// Text with references to the environment, only in providers.
pub type Text = &'static [Piece];

/// A piece of [`Text`].
#[derive(Debug, Clone, Copy)]
pub enum Piece {
    /// As it stands.
    Literal(&'static str),
    /// `${NAME}` or `${NAME:-default}`. A variable that is unset or empty takes its default.
    Env {
        /// The variable's name; `NAME_FILE` may name a file that holds the value instead.
        name: &'static str,
        /// What stands in when the variable is unset or empty; `None` when it is required.
        default: Option<&'static str>,
    },
}

/// A tool, as data.
#[derive(Debug)]
pub struct ToolSpec {
    /// The name clients call, `[a-z0-9_]+`.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// What a model reads to choose the tool.
    pub description: &'static str,
    /// What a call changes; annotations, read-only mode and retry follow from it.
    pub effect: Effect,
    /// The sets it belongs to.
    pub sets: &'static [&'static str],
    /// The input's JSON Schema (2020-12) as compact JSON text, references inlined, exactly as clients see it.
    pub input: &'static str,
    /// The result's JSON Schema as compact JSON text, references inlined; `None` when it gives content alone.
    pub output: Option<&'static str>,
    /// Properties that do not exist, and what to use instead.
    pub instead: &'static [Instead],
    /// Parts of the input that some providers lack.
    pub features: &'static [Feature],
    /// Where its limits are not those of the server.
    pub bounds: Bounds,
    /// Parts of both schemas that clients see without their inside.
    pub brief: Brief,
    /// What a person is asked before a call.
    pub confirm: Option<&'static ConfirmSpec>,
    /// The inputs whose values an audit log may show.
    pub audit: &'static [&'static str],
    /// How a call runs as a task, for clients that take tasks.
    pub task: Option<&'static TaskSpec>,
    /// Takes an input through its Rust type and back; see [`typed`].
    pub typed: Typed,
    /// What a call does.
    pub action: Action,
}

/// Where a tool's limits are not those that hold for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Seconds for one request as a whole, its reply included.
    pub timeout_seconds: Option<u64>,
    /// How often a request is sent again.
    pub retry: Option<Retry>,
    /// The most bytes of a result, as JSON text.
    pub result_bytes: Option<usize>,
}

impl Bounds {
    /// The limits that hold for all.
    pub const NONE: Self = Self {
        timeout_seconds: None,
        retry: None,
        result_bytes: None,
    };
}

/// How often a tool's requests are sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often at most.
    pub times: u32,
    /// Whether also after a failure that does not say whether the provider acted. Never so for
    /// [`Effect::Costly`], whatever stands here.
    pub ambiguous: bool,
}

/// What to say of a property that people expect and the input does not have.
#[derive(Debug)]
pub struct Instead {
    /// JSON Pointer of the object, in an input, that would hold it: `""` or `/hyperparameters`.
    pub within: &'static str,
    /// The property's name.
    pub name: &'static str,
    /// What to do instead, as a sentence without a full stop.
    pub help: &'static str,
}

/// Places of the parts that are shown by type and description alone, as JSON Pointers.
#[derive(Debug)]
pub struct Brief {
    /// In [`ToolSpec::input`].
    pub input: &'static [&'static str],
    /// In [`ToolSpec::output`].
    pub output: &'static [&'static str],
}

/// A part of an input that a provider may lack: it is then not shown, and refused when it is given.
#[derive(Debug)]
pub struct Feature {
    /// The name that [`ProviderSpec::lacks`] may hold.
    pub name: &'static str,
    /// JSON Pointer of the part in [`ToolSpec::input`]: an optional property, or a branch of a union.
    pub at: &'static str,
}

/// What a call changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing. May be repeated freely.
    Read,
    /// Something that can be changed back.
    Write,
    /// Spends money.
    Costly,
    /// Something that can not be changed back.
    Destructive,
}

/// What a call does.
#[derive(Debug)]
pub enum Action {
    /// Sends requests and shapes the replies.
    Http {
        /// One request, or several reads that are sent side by side.
        requests: &'static [RequestSpec],
        /// What the agent gets. `null` counts as absent here.
        result: Template,
        /// How the reply to the only request goes on, when it is one page of a list.
        page: Option<PageSpec>,
        /// How the only request starts something once, however often the tool is called.
        once: Option<&'static OnceSpec>,
    },
    /// Runs a Rust function; see [`native`].
    Native(Native),
    /// Runs a Rust function that returns content; see [`content`].
    NativeContent(NativeContent),
    /// Says this, with inputs put in.
    Content(&'static [BlockSpec]),
}

impl ToolSpec {
    /// Whether a call with these arguments changes something: at the provider, or a local file that it writes.
    #[must_use]
    pub fn changes(&self, arguments: &Map<String, Value>) -> bool {
        let writes = |request: &RequestSpec| {
            let path = request.download.as_ref().and_then(|one| one.path.as_ref());
            path.is_some_and(|path| match path {
                Template::Take(Place {
                    root: Root::Input,
                    path: [Step::Key(input), ..],
                }) => arguments.get(*input).is_some_and(|path| !path.is_null()),
                _ => true,
            })
        };
        match &self.action {
            _ if self.effect != Effect::Read => true,
            Action::Http { requests, .. } => requests.iter().any(writes),
            Action::Native(_) | Action::NativeContent(_) | Action::Content(_) => false,
        }
    }
}

/// A request, as data.
#[derive(Debug)]
pub struct RequestSpec {
    /// The name its reply has in the result template; `response` when there is only one.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path under the provider's base URL, beginning with a slash.
    pub path: &'static [Segment],
    /// Query parameters. An object becomes `name[key]=value` pairs, also one inside of it; a list repeats the name.
    pub query: &'static [(&'static str, Template)],
    /// Headers of this request.
    pub headers: &'static [(&'static str, Template)],
    /// The name of the key that it is sent with instead of the usual one, where the provider has one of that name.
    pub key: Option<&'static str>,
    /// The JSON body.
    pub body: Option<Template>,
    /// The body as `application/x-www-form-urlencoded`, instead of JSON: fields by name, spelled as a query is.
    pub form: &'static [(&'static str, Template)],
    /// Files as the body, instead of JSON.
    pub upload: Option<UploadSpec>,
    /// How a reply is taken that is a file and no JSON.
    pub download: Option<DownloadSpec>,
    /// The names of the reply's headers that the result takes, in lower case.
    pub reply_headers: &'static [&'static str],
}

impl RequestSpec {
    /// A request without anything optional.
    pub const PLAIN: Self = Self {
        name: "response",
        method: Method::Get,
        path: &[],
        query: &[],
        headers: &[],
        key: None,
        body: None,
        form: &[],
        upload: None,
        download: None,
        reply_headers: &[],
    };
}

/// How a list goes on after a page. The input `all_pages` asks for every page.
#[derive(Debug)]
pub struct PageSpec {
    /// The input that takes the cursor.
    pub input: &'static str,
    /// The list in a reply.
    pub items: Place,
    /// The cursor in a reply: what the input takes for the page after.
    pub after: Place,
    /// Whether there is more, when the reply says so; else there is as long as it has a cursor.
    pub more: Option<Place>,
    /// The most pages that are walked in one call.
    pub max_pages: usize,
    /// The most items that are given in one call.
    pub max_items: usize,
}

/// How a request starts something once: it carries a token, by which is found what it started.
#[derive(Debug)]
pub struct OnceSpec {
    /// The input that takes the token, and the member of the result that says it.
    pub input: &'static str,
    /// Where the token stands in the body, and in what is found. Its last name is that of the input.
    pub path: &'static [&'static str],
    /// The most members of the object that holds the token, when the provider says so.
    pub most: Option<usize>,
    /// The tool that lists what was started, newest first; it has one request and pages.
    pub find: &'static str,
    /// The inputs of that tool, made of this call's; the token is among those.
    pub with: &'static [(&'static str, Template)],
    /// How what this call started is ended again, when another process started the same at the same moment.
    pub undo: Option<UndoSpec>,
}

/// How what was started twice with one token is ended: the older stays.
#[derive(Debug)]
pub struct UndoSpec {
    /// The tool that ends it; it has one request.
    pub tool: &'static str,
    /// The inputs of that tool, made of what was started. Two of the list are the same when these are.
    pub with: &'static [(&'static str, Template)],
    /// When it was started, as a number that grows.
    pub age: Place,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

/// A piece of a request's path.
#[derive(Debug)]
pub enum Segment {
    /// As it stands, slashes included.
    Literal(&'static str),
    /// An input, always percent-encoded.
    Param(&'static str),
}

/// A JSON value with places to fill; the same language makes a request from an input and a result
/// from replies. A place with nothing in it drops its key, and an object that is empty because all
/// of its keys were dropped goes too.
#[derive(Debug)]
pub enum Template {
    /// `null`
    Null,
    /// A constant.
    Bool(bool),
    /// A constant.
    Integer(i64),
    /// A constant.
    Number(f64),
    /// A constant.
    Text(&'static str),
    /// A list; absent elements are left out.
    List(&'static [Template]),
    /// An object; absent members are left out.
    Object(&'static [(&'static str, Template)]),
    /// `$name.path`
    Take(Place),
    /// `{$first: […]}`: the first that is present.
    First(&'static [Template]),
    /// `{$call: name, …}`
    Call(&'static CallSpec),
    /// `{$each: $list, …}`: a list of the same length. Absent when the list is.
    Each {
        /// The list.
        list: Place,
        /// What becomes of each element, which is [`Root::Item`] inside.
        item: &'static Template,
    },
    /// `{$join: $list}`: the elements as one text; what is no list is its text. Absent when the list is absent or
    /// empty.
    Join {
        /// The list.
        list: Place,
        /// What stands between the elements.
        separator: &'static str,
    },
    /// `{$json: …}`: a value as JSON text; a text stays as it is. Absent when the value is.
    Json(&'static Template),
}

/// A place in what a template draws on.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Where the path begins.
    pub root: Root,
    /// The way from there; empty for the whole.
    pub path: &'static [Step],
}

/// What a template draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// The call's input, an object.
    Input,
    /// The reply to the request at this index of [`Action::Http`], in result templates only.
    Reply(usize),
    /// The headers of the reply to the request at this index that [`RequestSpec::reply_headers`] names, in
    /// result templates only.
    ReplyHeaders(usize),
    /// [`ProviderSpec::values`], as an object.
    Provider,
    /// The element at hand of the innermost [`Template::Each`].
    Item,
}

/// A step on a way into a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Key(&'static str),
    /// An element of a list; negative counts from the end.
    Index(i64),
}

/// A call of a Rust function in a template.
#[derive(Debug)]
pub struct CallSpec {
    /// The function's name in `functions.yaml`, for messages.
    pub name: &'static str,
    /// The function; see [`function`].
    pub function: Function,
    /// Its arguments by name.
    pub arguments: &'static [(&'static str, Template)],
    /// Arguments without which the call is not made: its place is then absent.
    pub required: &'static [&'static str],
}

/// Takes an input through its Rust type and back: the canonical input, or where it does not fit.
pub type Typed = fn(Value) -> Result<Value, serde_json::Error>;

/// A function for templates, its arguments as one object. `null` counts as absent.
pub type Function = fn(Map<String, Value>) -> Result<Value, FunctionError>;

/// A tool in Rust, its input and result as JSON.
pub type Native = fn(Value, Context) -> NativeFuture;

/// What a [`Native`] tool gives back.
pub type NativeFuture = Pin<Box<dyn Future<Output = Result<Value, FunctionError>> + Send>>;

/// A tool in Rust that returns content, its input as JSON.
pub type NativeContent = fn(Value, Context) -> Answer<Vec<Block>>;

/// Why a function or a native tool could not answer: a sentence that says what to do, for the agent to read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct FunctionError(pub String);

/// An integer of an input. JSON Schema counts `5.0` among them, which `i64` alone would refuse; it is
/// written back as `5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Integer(pub i64);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        // Above 2^53 a float names no integer in particular, but any that it could name is near it.
        let whole = number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && float.abs() < 9.0e18);
        #[expect(clippy::cast_possible_truncation, reason = "whole and within range")]
        let integer = number.as_i64().or(whole.map(|float| float as i64));
        integer
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("`{number}` is not an integer of 64 bits")))
    }
}

/// [`ToolSpec::typed`] for the input type `T`.
///
/// # Errors
/// Where the value does not fit `T`. The round-trip tests keep schema and type in step, so this is
/// not expected after validation.
pub fn typed<T: DeserializeOwned + Serialize>(input: Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(input)?)
}

/// [`ToolSpec::typed`] for a tool whose input has no Rust type: it was validated, and goes on as it is.
///
/// # Errors
/// None.
pub fn untyped(input: Value) -> Result<Value, serde_json::Error> {
    Ok(input)
}

/// [`CallSpec::function`] for a typed Rust function.
///
/// # Errors
/// What the function says, or that its arguments do not fit their types.
pub fn function<A, R>(
    arguments: Map<String, Value>,
    function: impl FnOnce(A) -> Result<R, FunctionError>,
) -> Result<Value, FunctionError>
where
    A: DeserializeOwned,
    R: Serialize,
{
    let unfit = |error: serde_json::Error| FunctionError(error.to_string());
    let arguments = serde_json::from_value(Value::Object(arguments)).map_err(unfit)?;
    serde_json::to_value(function(arguments)?).map_err(unfit)
}

/// [`Action::Native`] for a typed Rust function.
pub fn native<I, O, F>(
    input: Value,
    context: Context,
    function: impl FnOnce(I, Context) -> F + Send + 'static,
) -> NativeFuture
where
    I: DeserializeOwned + Send + 'static,
    O: Serialize,
    F: Future<Output = Result<O, FunctionError>> + Send,
{
    Box::pin(async move {
        let unfit = |error: serde_json::Error| FunctionError(error.to_string());
        let input = serde_json::from_value(input).map_err(unfit)?;
        serde_json::to_value(function(input, context).await?).map_err(unfit)
    })
}

/// [`Action::NativeContent`] for a typed Rust function.
pub fn content<I, F>(
    input: Value,
    context: Context,
    function: impl FnOnce(I, Context) -> F + Send + 'static,
) -> Answer<Vec<Block>>
where
    I: DeserializeOwned + Send + 'static,
    F: Future<Output = Result<Vec<Block>, FunctionError>> + Send,
{
    Box::pin(async move {
        let unfit = |error: serde_json::Error| FunctionError(error.to_string());
        function(serde_json::from_value(input).map_err(unfit)?, context).await
    })
}
