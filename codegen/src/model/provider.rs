//! `providers.yaml`

use crate::node::{Node, Text};

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
