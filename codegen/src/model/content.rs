//! Content: what prompts, resources and tools say, piece by piece.

use super::Template;
use crate::node::Text;

/// A text with places for arguments.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) bits: Vec<Bit>,
}

/// A piece of a [`Said`].
#[derive(Debug)]
pub(crate) enum Bit {
    Literal(String),
    /// `{{name}}`, and where the text that holds it stands.
    Argument(Text),
}

/// A piece of content.
#[derive(Debug)]
pub(crate) enum Block {
    Text(Said),
    Image(Data),
    Audio(Data),
    Resource {
        uri: Said,
        mime_type: String,
        body: Body,
    },
    Link {
        uri: Said,
        name: String,
        title: String,
        description: String,
        mime_type: String,
    },
}

/// Bytes and what they are.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) base64: String,
    pub(crate) mime_type: String,
}

/// What a resource holds.
#[derive(Debug)]
pub(crate) enum Body {
    Text(Said),
    /// Bytes in base64.
    Blob(String),
}

/// How an argument is completed.
#[derive(Debug)]
pub(crate) enum Complete {
    Values(Vec<String>),
    Tool(Box<FromTool>),
    /// The method's name in Rust.
    Native(Text),
}

/// Values out of a tool's result.
#[derive(Debug)]
pub(crate) struct FromTool {
    pub(crate) tool: Text,
    pub(crate) input: Template,
    /// Of the result, as `$result`.
    pub(crate) values: Template,
}

impl Said {
    /// The arguments that it takes.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Text> {
        self.bits.iter().filter_map(|bit| match bit {
            Bit::Argument(name) => Some(name),
            Bit::Literal(_) => None,
        })
    }

    /// A text without places.
    pub(crate) fn literal(text: &str) -> Self {
        Self {
            bits: vec![Bit::Literal(text.to_owned())],
        }
    }
}

impl Block {
    /// The texts in it that may take arguments.
    pub(crate) fn said(&self) -> Vec<&Said> {
        match self {
            Self::Text(text) => vec![text],
            Self::Image(_) | Self::Audio(_) => Vec::new(),
            Self::Resource { uri, body, .. } => match body {
                Body::Text(text) => vec![uri, text],
                Body::Blob(_) => vec![uri],
            },
            Self::Link { uri, .. } => vec![uri],
        }
    }
}
