//! What is started once.

use super::{Template, Undo};
use crate::{node::Text, source::Span};

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
    pub(crate) beside: Option<Beside>,
}

/// A Rust function that is told of each step of a launch.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) native: Text,
    /// What it is given, made of the tool's input.
    pub(crate) with: Vec<(Text, Template)>,
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
