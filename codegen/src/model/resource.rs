//! A resource: something to read at a URI, or at each of a template's.

use super::{
    Template,
    content::{Complete, Said},
};
use crate::{
    node::{Node, Text},
    source::Span,
};

/// A resource or a resource template.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) name: Text,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) uri: Uri,
    pub(crate) mime_type: String,
    pub(crate) variables: Vec<Variable>,
    pub(crate) read: Read,
    pub(crate) subscribe: bool,
    /// The schema of its variables, for the type that a Rust function takes.
    pub(crate) schema: Node,
}

/// A URI, with variables when it is a template.
#[derive(Debug)]
pub(crate) struct Uri {
    pub(crate) span: Span,
    pub(crate) text: String,
    pub(crate) segments: Vec<super::Segment>,
}

/// A variable of a URI, always a text.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: Text,
    pub(crate) complete: Option<Complete>,
}

/// Where a resource's content comes from.
#[derive(Debug)]
pub(crate) enum Read {
    Text(Said),
    /// Bytes in base64.
    Blob(String),
    /// A JSON value that takes the variables.
    Json(Template),
    /// The result of a tool that reads.
    Tool {
        tool: Text,
        input: Template,
    },
    /// The method's name in Rust.
    Native(Text),
    /// Could not be read, which has been reported.
    Broken,
}

impl Uri {
    /// The names of its variables.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            super::Segment::Param(name) => Some(name.as_str()),
            super::Segment::Literal(_) => None,
        })
    }
}
