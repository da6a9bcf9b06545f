//! What generated code is made of.
//!
//! A manifest compiles to one constant [`Table`]: data of the types below, and one-line calls of
//! [`typed`] or [`untyped`], [`function`], [`native`] and the like. Nothing here knows HTTP, MCP or what the tools are for.

mod beside;
mod client;
mod confirm;
mod content;
mod file;
mod prompt;
mod provider;
mod request;
mod resource;
mod server;
mod task;
mod template;
mod typed;

use serde_json::{Map, Value};

pub(crate) use self::confirm::{bounded, one_line};
pub use self::{
    beside::{Along, BesideSpec, Moment, NativeBeside},
    client::{Ask, ClientUse, List},
    confirm::{
        ConfirmSpec, Estimate, LimitSpec, NativeEstimate, Unasked, Use, Used, estimate, is_unseen,
        shown,
    },
    content::{Bit, Block, BlockSpec, Body, BodySpec, Message, Role, Said, fill},
    file::{DownloadSpec, FileSpec, UploadSpec},
    prompt::{
        Answer, ArgumentSpec, Complete, MessageSpec, NativeCompletion, NativePrompt, Partial,
        PromptSpec, Says, complete, prompt,
    },
    provider::{Auth, Piece, ProviderSpec, Text},
    request::{Method, OnceSpec, PageSpec, RequestSpec, Segment, UndoSpec},
    resource::{NativeResource, Read, ResourceSpec, VariableSpec, resource},
    server::{Limits, ServerSpec, SetSpec},
    task::TaskSpec,
    template::{CallSpec, Place, Root, Step, Template},
    typed::{
        Function, FunctionError, Integer, Native, NativeContent, NativeFuture, Typed, content,
        function, native, typed, untyped,
    },
};

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
    /// A tool without anything optional, which takes nothing and does nothing.
    pub const PLAIN: Self = Self {
        name: "",
        title: "",
        description: "",
        effect: Effect::Read,
        sets: &[],
        input: "{}",
        output: None,
        instead: &[],
        features: &[],
        bounds: Bounds::NONE,
        brief: Brief {
            input: &[],
            output: &[],
        },
        confirm: None,
        audit: &[],
        task: None,
        typed: untyped,
        action: Action::Content(&[]),
    };

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
