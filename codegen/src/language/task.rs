//! `task` in `tools/*.yaml`

use schemars::JsonSchema;

/// How a call runs as a task.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Task {
    /// Which clients get a task, with the usual times.
    Support(Support),
    /// The same, with times.
    With(TaskTimes),
}

/// Which clients get a task.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(super) enum Support {
    /// Those that take tasks; others wait for the answer.
    Optional,
    /// Those that take tasks; others are refused.
    Required,
}

/// How a call runs as a task, with times.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TaskTimes {
    /// Which clients get a task.
    support: Support,
    /// How many seconds a call may take before it becomes a task (default 0: it is one from the start). What is done
    /// by then is answered at once, and what is asked by then is asked in rounds.
    #[schemars(range(min = 0))]
    after: Option<u64>,
    /// How many seconds a task is kept (default 3600). Where `effect` is `read` from the start of the call, which is stopped
    /// then; where it is another one from the end, for such a call takes as long as it has to.
    #[schemars(range(min = 1, max = 604_800))]
    ttl: Option<u64>,
    /// How many seconds a client had best wait between two looks (default 1).
    #[schemars(range(min = 1))]
    poll: Option<u64>,
}
