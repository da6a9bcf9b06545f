//! Whether a call runs as a task.

use crate::source::Span;

/// How a call runs as a task, for clients that take tasks.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) span: Span,
    /// Whether a client that takes none is refused.
    pub(crate) required: bool,
    /// How many seconds a call may take before it becomes a task.
    pub(crate) after_seconds: u64,
    /// How many seconds a task is kept: from its start where it only reads, else from its end.
    pub(crate) ttl_seconds: u64,
    /// How many seconds a client had best wait between two looks.
    pub(crate) poll_seconds: u64,
}
