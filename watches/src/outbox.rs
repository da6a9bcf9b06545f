//! What is told by webhook: a decision, and the end of a watch. It is written down with what it tells of, in one
//! transaction, and sent until it is taken.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use crate::{
    store::StoreError,
    watch::{Record, Watch},
};

/// Seconds that a decision is held back for what becomes of it; it is told as open then.
pub const HELD: f64 = 60.0;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// The same however often it is sent.
    pub id: String,
    /// JSON, the same too.
    pub body: String,
    /// Which attempt this is, from 1.
    pub attempt: i64,
}

/// What is to be sent, in the database.
pub trait Outbox {
    /// Takes letters that are due, the one that waits longest first; nobody else gets them for so many seconds.
    fn outgoing(&self, scope: &str, most: u32, lease: f64) -> Result<Vec<Letter>, StoreError>;

    /// A letter was taken.
    fn delivered(&self, letter: &Letter) -> Result<(), StoreError>;

    /// A letter was not taken, and why. It is sent again in so many seconds, or never.
    fn undelivered(&self, letter: &Letter, why: &str, again: Option<f64>)
    -> Result<(), StoreError>;
}

/// What a letter says.
pub fn body(watch: &Watch, record: Option<&Record>, at: f64) -> String {
    let (kind, mut data) = match record {
        Some(record) => ("watch.decided", json!({ "decision": view(record) })),
        None => ("watch.ended", json!({ "reason": watch.reason })),
    };
    let more = json!({
        "watch_id": watch.id,
        "job_id": watch.job,
        "provider": watch.scope.split(' ').next(),
        "state": watch.state,
        "job_status": watch.memory.status,
        "step": watch.memory.step,
    });
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
    }
    json!({ "type": kind, "timestamp": utc(at), "data": data }).to_string()
}

/// A decision and what became of it, as agents see it.
#[must_use]
pub fn view(record: &Record) -> Value {
    json!({
        "rule": record.decision.rule,
        "action": record.decision.action,
        "reason": record.decision.reason,
        "points": record.decision.points,
        "values": record.decision.values,
        "outcome": record.outcome,
        "answer": record.answer,
        "attempts": record.attempts,
        "decided_at": unix(record.decided_at),
        "settled_at": record.settled_at.map(unix),
    })
}

/// Whole Unix seconds.
#[expect(clippy::cast_possible_truncation, reason = "unix seconds")]
#[must_use]
pub fn unix(seconds: f64) -> i64 {
    seconds.floor() as i64
}

fn utc(seconds: f64) -> String {
    let at = DateTime::from_timestamp(unix(seconds), 0).unwrap_or_default();
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Why a letter is given up whose decision can not be read.
pub fn unreadable(letter: &str, error: &serde_json::Error) -> String {
    let why = format!("what it was to tell can not be read: {error}");
    tracing::error!(letter, why, "a webhook is given up");
    why
}

/// A new id of a letter.
pub fn id() -> String {
    format!("msg_{}", uuid::Uuid::new_v4().simple())
}
