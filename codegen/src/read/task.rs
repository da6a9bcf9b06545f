//! `task:`

use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, text},
    model::Task,
    node::{Kind, Node},
};

/// Which clients get a task.
const SUPPORT: [&str; 2] = ["optional", "required"];

/// Seconds that a task lives where nobody says.
const TTL: u64 = 3600;
/// Seconds between looks where nobody says.
const POLL: u64 = 1;

/// How a call runs as a task: a word alone, or with more.
pub(super) fn read(node: &Node, report: &mut Report) -> Task {
    if matches!(node.kind, Kind::Text(_)) {
        return Task {
            span: node.span,
            required: required(node, report),
            after_seconds: 0,
            ttl_seconds: TTL,
            poll_seconds: POLL,
        };
    }
    let mut fields = Fields::of(node, node.span, "`task`", report);
    let support = fields.required("support", "say `optional` or `required`");
    let required = support.is_some_and(|node| required(node, fields.report));
    let task = Task {
        span: node.span,
        required,
        after_seconds: fields.number("after", 0).unwrap_or_default(),
        ttl_seconds: fields.number("ttl", 1).unwrap_or(TTL),
        poll_seconds: fields.number("poll", 1).unwrap_or(POLL),
    };
    fields.finish();
    task
}

fn required(node: &Node, report: &mut Report) -> bool {
    let Some(word) = text(node, "task", report) else {
        return false;
    };
    if !SUPPORT.contains(&word.text.as_str()) {
        let message = format!("there is no `task: {}`", word.text);
        let mistake = Mistake::new("task", word.span, message);
        let mistake = mistake.nearest(&word.text, SUPPORT);
        report.add(mistake.help_if_none("write `optional` or `required`"));
    }
    word.text == "required"
}
