//! Requests.

use super::{Download, Template, Upload};
use crate::{
    node::{Node, Text},
    source::Span,
};

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
