//! Whether a call runs as a task.

/// How a call runs as a task: its client does not wait for the answer, and looks for it from time to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskSpec {
    /// Whether a client that takes no tasks is refused; else it waits for the answer.
    pub required: bool,
    /// How many seconds a call may take before it becomes a task. What is done by then is answered at once, and what
    /// is asked by then is asked in rounds.
    pub after_seconds: u64,
    /// How many seconds a task lives, its result included. It counts from the start of a call that only reads, which is
    /// stopped then; and from the end of any other.
    pub ttl_seconds: u64,
    /// How many seconds a client had best wait between two looks.
    pub poll_seconds: u64,
}
