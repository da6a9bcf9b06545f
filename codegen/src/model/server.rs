//! `server.yaml`

use super::{Allow, Limit};
use crate::{node::Text, source::Span};

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
