//! The manifest's shape: what [`crate::read`] makes of the files, and all that the checks and the
//! generator see. Names keep their places, so that every rule can point at what broke it.

mod confirm;
mod content;
mod prompt;
mod resource;
mod task;
mod template;

pub(crate) use self::{
    confirm::{Confirm, Limit, Undo},
    content::{Bit, Block, Body, Complete, Data, FromTool, Said},
    prompt::{Message, Prompt, PromptArgument, Role, Says},
    resource::{Read, Resource, Uri, Variable},
    task::Task,
    template::{Place, Step, Template, TemplateKind},
};
use crate::{
    node::{Node, Text},
    source::Span,
};

/// A manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) server: Server,
    pub(crate) providers: Vec<Provider>,
    pub(crate) functions: Vec<Function>,
    pub(crate) tools: Vec<Tool>,
    /// Whether every file of tools could be read; when not, nothing is said of tools that are missed.
    pub(crate) has_all_names: bool,
    /// Whether their inputs could be read too; when not, nothing is said of features that are missed.
    pub(crate) has_all_tools: bool,
    pub(crate) prompts: Vec<Prompt>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) data: Vec<Constant>,
}

/// `server.yaml`
#[derive(Debug, Default)]
pub(crate) struct Server {
    /// Whether there was a file to read; when not, nothing is said of what is missed in it.
    pub(crate) read: bool,
    /// Where it says its name.
    pub(crate) span: Option<Span>,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) instructions: String,
    pub(crate) sets: Vec<Set>,
    pub(crate) limits: Limits,
    pub(crate) spending: Vec<Limit>,
    pub(crate) client: ClientUse,
    pub(crate) budget: Budget,
    pub(crate) allow: Vec<Allow>,
    pub(crate) types: Types,
}

/// Which tools have a Rust type for their input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Types {
    /// Every one: what its schema accepts goes through the type and back.
    #[default]
    All,
    /// Native ones only; the others are validated and go on as they are. For manifests of hundreds of tools, whose
    /// types would take longer to build than all the rest.
    Native,
}

/// What the server does with its clients besides answering.
#[derive(Debug, Default)]
pub(crate) struct ClientUse {
    /// The names of the runtime's `Ask`.
    pub(crate) asks: Vec<&'static str>,
    pub(crate) logs: bool,
    /// The names of the runtime's `List`.
    pub(crate) announces: Vec<&'static str>,
}

/// What `tools/list` may cost, in estimated tokens.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Where it is set, for all of it.
    pub(crate) span: Option<Span>,
    /// For one tool.
    pub(crate) tool: u64,
    /// For the tools of one set.
    pub(crate) set: u64,
    /// For the tools that are listed when nobody chooses sets.
    pub(crate) total: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            span: None,
            tool: 3_000,
            set: 20_000,
            total: 20_000,
        }
    }
}

/// A warning that is right as it is, in a tool or in all of the manifest. Why is for its readers.
#[derive(Debug)]
pub(crate) struct Allow {
    pub(crate) code: Text,
}

/// A named group of tools.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) name: Text,
    pub(crate) description: String,
    pub(crate) default: bool,
}

/// Limits on what is sent and received.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) connect_seconds: u64,
    pub(crate) request_seconds: u64,
    pub(crate) response_bytes: u64,
    pub(crate) result_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_seconds: 5,
            request_seconds: 600,
            response_bytes: 8 * 1024 * 1024,
            result_bytes: 100_000,
        }
    }
}

/// Who answers the requests.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) name: Text,
    pub(crate) title: String,
    pub(crate) notice: String,
    /// `None` for a provider inside the process.
    pub(crate) base_url: Option<Vec<Piece>>,
    pub(crate) auth: Vec<Auth>,
    /// Keys for requests that name one, such as an administrator's.
    pub(crate) keys: Vec<(Text, Vec<Auth>)>,
    pub(crate) headers: Vec<(Text, Vec<Piece>)>,
    /// What goes to the query of every request.
    pub(crate) query: Vec<(Text, Vec<Piece>)>,
    pub(crate) values: Vec<(Text, Node)>,
    /// Tools, and features that schemas name.
    pub(crate) lacks: Vec<Text>,
}

/// A way to prove who calls.
#[derive(Debug)]
pub(crate) enum Auth {
    Bearer(Vec<Piece>),
    Header(Text, Vec<Piece>),
}

/// A piece of a text with references to the environment.
#[derive(Debug)]
pub(crate) enum Piece {
    Literal(String),
    Env {
        name: String,
        default: Option<String>,
    },
}

/// A Rust function that templates may call.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: Text,
    pub(crate) description: String,
    pub(crate) input: Node,
    pub(crate) output: Node,
}

/// A file of `data/`: what native tools and functions know, as a constant in Rust.
#[derive(Debug)]
pub(crate) struct Constant {
    /// The file's name without its end.
    pub(crate) name: Text,
    pub(crate) description: String,
    pub(crate) schema: Node,
    pub(crate) value: Node,
}

/// A tool.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: Text,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) effect: Effect,
    pub(crate) sets: Vec<Text>,
    pub(crate) input: Node,
    /// Of any object when `content`.
    pub(crate) output: Node,
    /// Whether it gives content and no structured result.
    pub(crate) content: bool,
    pub(crate) bounds: Bounds,
    pub(crate) examples: Vec<Example>,
    pub(crate) action: Action,
    pub(crate) confirm: Option<Confirm>,
    pub(crate) task: Option<Task>,
    /// The inputs whose values an audit log may show.
    pub(crate) audit: Vec<Text>,
    pub(crate) allow: Vec<Allow>,
    /// Where its description stands.
    pub(crate) described: Span,
}

/// A call with what is sent, what is answered and what the agent gets.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) span: Span,
    pub(crate) name: String,
    /// The first provider when it is not said.
    pub(crate) provider: Option<Text>,
    pub(crate) input: Node,
    /// Local files that are there, with their text.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) requests: Vec<ExampleRequest>,
    /// One for each request.
    pub(crate) responses: Vec<ExampleResponse>,
    pub(crate) outcome: ExampleOutcome,
}

/// A request as it must be sent.
#[derive(Debug)]
pub(crate) struct ExampleRequest {
    pub(crate) span: Span,
    /// Its name among several.
    pub(crate) name: Option<Text>,
    pub(crate) method: Method,
    pub(crate) path: Text,
    pub(crate) query: Option<Node>,
    pub(crate) headers: Option<Node>,
    pub(crate) body: Option<Node>,
    pub(crate) form: Option<Node>,
    pub(crate) upload: Option<Node>,
}

/// What the provider answers.
#[derive(Debug)]
pub(crate) struct ExampleResponse {
    pub(crate) status: u64,
    pub(crate) headers: Option<Node>,
    pub(crate) body: Option<Node>,
    pub(crate) text: Option<String>,
}

/// What the agent gets.
#[derive(Debug)]
pub(crate) enum ExampleOutcome {
    Result(Node),
    /// Members that the result has among others.
    Has(Node),
    /// A text that the error has in it.
    Error(String),
    /// Content, or nothing that is looked at.
    Any,
}

/// Where a tool's limits are its own.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    pub(crate) timeout_seconds: Option<u64>,
    pub(crate) retry: Option<Retry>,
    pub(crate) result_bytes: Option<u64>,
}

/// How often a tool's requests are sent again.
#[derive(Debug)]
pub(crate) struct Retry {
    pub(crate) span: Span,
    pub(crate) times: u64,
    pub(crate) ambiguous: bool,
}

/// What a call changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Write,
    Costly,
    Destructive,
    /// Could not be read, which has been reported.
    Broken,
}

/// What a call does.
#[derive(Debug)]
pub(crate) enum Action {
    Http {
        requests: Vec<Request>,
        result: Template,
        page: Option<Box<Page>>,
        once: Option<Box<Once>>,
    },
    /// The method's name in Rust.
    Native(Text),
    /// Says what the manifest says.
    Content(Vec<Block>),
    /// Could not be read, which has been reported.
    Broken,
}

/// A request.
#[derive(Debug)]
pub(crate) struct Request {
    /// What its reply is called in the result.
    pub(crate) name: Text,
    pub(crate) method: Method,
    pub(crate) path: Path,
    pub(crate) query: Vec<(Text, Template)>,
    pub(crate) headers: Vec<(Text, Template)>,
    /// The key of the provider's that it is sent with, instead of the usual one.
    pub(crate) key: Option<Text>,
    pub(crate) body: Option<Template>,
    /// The body as HTML forms spell it, by name; none when it is empty.
    pub(crate) form: Vec<(Text, Template)>,
    /// JSON Schema of what the provider takes: the body, or the query where there is none.
    pub(crate) takes: Option<Node>,
    pub(crate) upload: Option<Upload>,
    pub(crate) download: Option<Download>,
}

/// The input that asks for every page, of tools that have a [`Page`].
pub(crate) const ALL_PAGES: &str = "all_pages";

/// What a result has when it is not all there is, with its type.
pub(crate) const TRUNCATION: [(&str, &str); 2] = [("truncated", "boolean"), ("note", "string")];

/// What a [`Download`] gives in the place of a JSON reply.
pub(crate) const DOWNLOADED: [&str; 7] = [
    "text",
    "base64",
    "path",
    "bytes",
    "media_type",
    "truncated",
    "next",
];

/// How a list goes on after a page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) span: Span,
    /// The input that takes the cursor.
    pub(crate) input: Text,
    pub(crate) after: Place,
    pub(crate) more: Option<Place>,
    /// The list in the reply; that of `after` when it is not said.
    pub(crate) items: Option<Place>,
    pub(crate) max_pages: u64,
    pub(crate) max_items: u64,
}

/// How a launch happens once, however often it is called.
#[derive(Debug)]
pub(crate) struct Once {
    pub(crate) span: Span,
    /// Where the token goes in the request's body, and where it stands in what is found.
    pub(crate) token: Text,
    /// The tool that lists what was launched.
    pub(crate) find: Text,
    /// The inputs of that tool.
    pub(crate) with: Vec<(Text, Template)>,
    pub(crate) undo: Option<Undo>,
}

impl Once {
    /// The way of names that `token` is.
    pub(crate) fn path(&self) -> Vec<&str> {
        self.token.text.split('.').collect()
    }

    /// The input that takes the token, which is what the last name says.
    pub(crate) fn input(&self) -> &str {
        self.token.text.rsplit('.').next().unwrap_or_default()
    }
}

/// Files as the body of a request: a form with fields and files, or one file that is the body.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) span: Span,
    pub(crate) fields: Vec<(Text, Template)>,
    /// Media types of fields, by their names.
    pub(crate) types: Vec<(Text, Text)>,
    pub(crate) files: Vec<File>,
    /// Whether the only file is the body itself.
    pub(crate) raw: bool,
}

/// A file of an [`Upload`], or one for each element of a list.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) span: Span,
    pub(crate) part: Text,
    /// Takes a list.
    pub(crate) each: Option<Template>,
    pub(crate) optional: bool,
    pub(crate) filename: Option<Template>,
    pub(crate) unnamed: String,
    pub(crate) media_type: Option<Text>,
    pub(crate) text: Option<Template>,
    pub(crate) base64: Option<Template>,
    pub(crate) path: Option<Template>,
    pub(crate) max_bytes: u64,
    /// The same where a value of the provider says it.
    pub(crate) most: Option<Template>,
    /// The Rust function that sends a larger one.
    pub(crate) larger: Option<Text>,
}

impl Tool {
    /// The Rust function that sends a file which is too large for a request.
    pub(crate) fn larger(&self) -> Option<&Text> {
        let Action::Http { requests, .. } = &self.action else {
            return None;
        };
        let uploads = requests.iter().filter_map(|one| one.upload.as_ref());
        let mut files = uploads.flat_map(|upload| &upload.files);
        files.find_map(|file| file.larger.as_ref())
    }
}

impl File {
    /// The list for each element of which there is such a file.
    pub(crate) fn list(&self) -> Option<&Place> {
        match &self.each.as_ref()?.kind {
            TemplateKind::Take(place) => Some(place),
            _ => None,
        }
    }

    /// Where its content may come from.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Template> {
        [&self.text, &self.base64, &self.path].into_iter().flatten()
    }
}

/// A reply that is a file.
#[derive(Debug)]
pub(crate) struct Download {
    pub(crate) span: Span,
    pub(crate) path: Option<Template>,
    pub(crate) overwrite: Option<Template>,
    pub(crate) offset: Option<Template>,
    pub(crate) inline_bytes: u64,
    pub(crate) file_bytes: u64,
    pub(crate) base64: bool,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// A path with parameters.
#[derive(Debug)]
pub(crate) struct Path {
    pub(crate) span: Span,
    pub(crate) segments: Vec<Segment>,
}

/// A piece of a path.
#[derive(Debug)]
pub(crate) enum Segment {
    Literal(String),
    Param(String),
}

impl Page {
    /// The list in the reply: as said, or the one whose last item has the cursor.
    pub(crate) fn items(&self) -> Option<Place> {
        let last = self
            .after
            .path
            .iter()
            .position(|step| *step == Step::Index(-1));
        self.items.clone().or_else(|| {
            Some(Place {
                path: self.after.path.get(..last?)?.to_vec(),
                ..self.after.clone()
            })
        })
    }
}
