//! `task`: what runs as a task takes time, and lives longer than it is waited for.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Effect, Manifest},
};

/// A week: what is kept longer belongs into a database, and not into a process.
const MOST: u64 = 7 * 24 * 3600;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Some(task) = &tool.task else {
            continue;
        };
        let mut wrong = |message: String, help: &str| {
            let mistake = Mistake::new("task", task.span, message).tool(&tool.name.text);
            report.add(mistake.help(help));
        };
        if matches!(tool.action, Action::Content(_)) {
            let message = format!("tool `{}` is answered at once", tool.name.text);
            wrong(message, "remove `task`: content takes no time");
        }
        let ttl = task.ttl_seconds;
        if ttl > MOST {
            let message = format!("a task is kept {MOST} seconds at most");
            wrong(
                message,
                "say less with `ttl`: a task is lost when the process ends",
            );
        }
        if task.poll_seconds >= ttl {
            let message = format!("a task that is kept {ttl} seconds is looked at too seldom");
            wrong(message, "let `poll` be less than `ttl`");
        }
        // Whatever changes something runs to its end, however late it becomes a task.
        if tool.effect == Effect::Read && task.after_seconds >= ttl {
            let message =
                format!("a call that is stopped after {ttl} seconds never becomes a task");
            wrong(
                message,
                "let `after` be less than `ttl`, which counts from the start of a call that only reads",
            );
        }
    }
}
