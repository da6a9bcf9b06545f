//! What a person is asked before a call, what calls may use up, and how a launch is taken back.

use serde_json::Number;

use super::{Place, Said, Template};
use crate::{node::Text, source::Span};

/// What a person is asked before a call.
#[derive(Debug)]
pub(crate) struct Confirm {
    pub(crate) span: Span,
    pub(crate) ask: Said,
    /// The method's name in Rust.
    pub(crate) estimate: Option<Text>,
    /// Whether a call is refused whose client can not be asked, when the command line leaves it open.
    pub(crate) refuse: bool,
}

/// A limit on what calls use up.
#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) name: Text,
    pub(crate) description: String,
    pub(crate) most: Option<Number>,
}

/// How what was started twice is ended.
#[derive(Debug)]
pub(crate) struct Undo {
    pub(crate) tool: Text,
    /// The inputs of that tool.
    pub(crate) with: Vec<(Text, Template)>,
    pub(crate) age: Place,
}
