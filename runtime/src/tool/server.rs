//! `server.yaml`, as data.

use super::{ClientUse, LimitSpec};

/// `server.yaml`: what the server says of itself, and its limits.
#[derive(Debug)]
pub struct ServerSpec {
    /// The name in `serverInfo`.
    pub name: &'static str,
    /// The title for people in `serverInfo`.
    pub title: &'static str,
    /// What a client shows its model about the server as a whole.
    pub instructions: &'static str,
    /// Every tool set a tool may name, in the manifest's order.
    pub sets: &'static [SetSpec],
    /// What it does with its clients besides answering.
    pub client: ClientUse,
    /// Limits on what is sent and received.
    pub limits: Limits,
    /// Limits on what calls use up.
    pub spending: &'static [LimitSpec],
}

/// A named group of tools.
#[derive(Debug)]
pub struct SetSpec {
    /// The name that `--sets` takes.
    pub name: &'static str,
    /// One line for people.
    pub description: &'static str,
    /// Whether the set is served when `--sets` is not given.
    pub default: bool,
}

/// Limits that a manifest sets and the command line may override.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds to wait for a connection.
    pub connect_seconds: u64,
    /// Seconds for one request as a whole, its reply included.
    pub request_seconds: u64,
    /// The most bytes of a reply that are read.
    pub response_bytes: usize,
    /// The most bytes of a result, as JSON text; a larger one is cut and says so.
    pub result_bytes: usize,
}
