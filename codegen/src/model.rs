//! The manifest's shape: what [`crate::read`] makes of the files, and all that the checks and the
//! generator see. Names keep their places, so that every rule can point at what broke it.

mod confirm;
mod content;
mod download;
mod example;
mod once;
mod page;
mod prompt;
mod provider;
mod request;
mod resource;
mod server;
mod task;
mod template;
mod upload;

pub(crate) use self::{
    confirm::{Confirm, Limit, Undo},
    content::{Bit, Block, Body, Complete, Data, FromTool, Said},
    download::{DOWNLOADED, Download},
    example::{Example, ExampleOutcome, ExampleRequest, ExampleResponse},
    once::{Beside, Once},
    page::{ALL_PAGES, Page, TRUNCATION},
    prompt::{Message, Prompt, PromptArgument, Role, Says},
    provider::{Auth, Piece, Provider},
    request::{Method, Path, Request, Segment},
    resource::{Read, Resource, Uri, Variable},
    server::{Budget, ClientUse, Limits, Server, Set, Types},
    task::Task,
    template::{Place, Step, Template, TemplateKind},
    upload::{File, Upload},
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
    pub(crate) has_all_inputs: bool,
    /// Whether the providers could be read; when not, nothing is said of what they miss.
    pub(crate) has_all_providers: bool,
    pub(crate) prompts: Vec<Prompt>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) data: Vec<Constant>,
    /// The files that are not read for their names, and from which nothing is taken.
    pub(crate) unused_files: Vec<Span>,
}

/// A warning that is right as it is, in a tool or in all of the manifest. Why is for its readers.
#[derive(Debug)]
pub(crate) struct Allow {
    pub(crate) code: Text,
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

    /// The Rust function that is told of what a call starts.
    pub(crate) fn beside(&self) -> Option<&Beside> {
        match &self.action {
            Action::Http { once, .. } => once.as_ref()?.beside.as_ref(),
            _ => None,
        }
    }
}
