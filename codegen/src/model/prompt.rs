//! A prompt: a conversation that a person starts by its name.

use super::content::{Block, Complete};
use crate::node::{Node, Text};

/// A prompt.
#[derive(Debug)]
pub(crate) struct Prompt {
    pub(crate) name: Text,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) arguments: Vec<PromptArgument>,
    pub(crate) says: Says,
    /// The schema of its arguments, for the type that a Rust function takes.
    pub(crate) schema: Node,
}

/// An argument of a prompt, always a text.
#[derive(Debug)]
pub(crate) struct PromptArgument {
    pub(crate) name: Text,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) required: bool,
    /// What stands in a text when it is not given.
    pub(crate) default: Option<String>,
    pub(crate) complete: Option<Complete>,
}

/// What a prompt says.
#[derive(Debug)]
pub(crate) enum Says {
    Messages(Vec<Message>),
    /// The method's name in Rust.
    Native(Text),
    /// Could not be read, which has been reported.
    Broken,
}

/// A message of a prompt.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) role: Role,
    pub(crate) content: Block,
    /// The argument without which it is left out.
    pub(crate) when: Option<Text>,
    /// The tool that must be served for it.
    pub(crate) tool: Option<Text>,
    /// The tool that must not be served for it.
    pub(crate) without: Option<Text>,
}

/// Whose message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    User,
    Assistant,
}
