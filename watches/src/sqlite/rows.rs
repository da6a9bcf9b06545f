//! Rows of the tables.

use rusqlite::Row;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    store::StoreError,
    watch::{Record, Watch},
};

/// The columns of a watch.
pub const WATCH: &str = "id, scope, job, state, reason, rules, pace, after_resume, arming, since, memory, progress_at, \
     created_at, looked_at, due_at";
/// How many those are.
pub const COLUMNS: usize = 15;
/// The columns of a decision.
pub const DECISION: &str =
    "id, arming, decision, seen, outcome, attempts, answer, decided_at, settled_at";

/// A watch from [`WATCH`].
pub fn watch(row: &Row<'_>) -> Result<Watch, StoreError> {
    Ok(Watch {
        id: row.get("id")?,
        scope: row.get("scope")?,
        job: row.get("job")?,
        state: word(row, "state")?,
        reason: row.get("reason")?,
        rules: content(row, "rules")?,
        pace: content(row, "pace")?,
        after_resume: content(row, "after_resume")?,
        arming: row.get("arming")?,
        since: content(row, "since")?,
        memory: content(row, "memory")?,
        progress_at: row.get("progress_at")?,
        created_at: row.get("created_at")?,
        looked_at: row.get("looked_at")?,
        due_at: row.get("due_at")?,
    })
}

/// A decision from [`DECISION`].
pub fn record(row: &Row<'_>) -> Result<Record, StoreError> {
    Ok(Record {
        id: row.get("id")?,
        arming: row.get("arming")?,
        decision: content(row, "decision")?,
        seen: content(row, "seen")?,
        outcome: word(row, "outcome")?,
        attempts: row.get("attempts")?,
        answer: row.get("answer")?,
        decided_at: row.get("decided_at")?,
        settled_at: row.get("settled_at")?,
    })
}

/// What a column of JSON takes.
pub fn json(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)?)
}

fn content<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(&row.get::<_, String>(column)?)?)
}

fn word<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    let word: String = row.get(column)?;
    Ok(serde_json::from_value(word.into())?)
}
