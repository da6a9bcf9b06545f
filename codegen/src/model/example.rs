//! Examples of calls.

use super::Method;
use crate::{
    node::{Node, Text},
    source::Span,
};

/// A call with what is sent, what is answered and what the agent gets.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) span: Span,
    pub(crate) name: String,
    /// The first provider when it is not said.
    pub(crate) provider: Option<Text>,
    pub(crate) input: Node,
    /// Local files that are there, with their text.
    pub(crate) files: Vec<(Text, String)>,
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
    pub(crate) status: (u64, Span),
    pub(crate) headers: Option<Node>,
    pub(crate) body: Option<Node>,
    pub(crate) text: Option<Text>,
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
