//! Rows of the tables.

use tokio_postgres::{Row, types::FromSql};

use super::ServerError;
use crate::{
    rows::{content, decision, memory, word},
    store::StoreError,
    watch::{Record, Watch},
};

/// A watch from its columns.
pub fn watch(row: &Row) -> Result<Watch, StoreError> {
    let text = |column| get::<&str>(row, column);
    Ok(Watch {
        id: get(row, "id")?,
        scope: get(row, "scope")?,
        job: get(row, "job")?,
        state: word(get(row, "state")?)?,
        reason: get(row, "reason")?,
        rules: content(text("rules")?)?,
        pace: content(text("pace")?)?,
        after_resume: content(text("after_resume")?)?,
        arming: get(row, "arming")?,
        since: content(text("since")?)?,
        memory: memory(text("memory")?),
        progress_at: get(row, "progress_at")?,
        created_at: get(row, "created_at")?,
        looked_at: get(row, "looked_at")?,
        due_at: get(row, "due_at")?,
    })
}

/// A decision from its columns.
pub fn record(row: &Row) -> Result<Record, StoreError> {
    let text = |column| get::<&str>(row, column);
    Ok(Record {
        id: get(row, "id")?,
        arming: get(row, "arming")?,
        decision: decision(get(row, "rule")?, text("action")?, text("decision")?)?,
        seen: content(text("seen")?)?,
        outcome: word(get(row, "outcome")?)?,
        attempts: u32::try_from(get::<i64>(row, "attempts")?).unwrap_or(u32::MAX),
        answer: get(row, "answer")?,
        decided_at: get(row, "decided_at")?,
        settled_at: get(row, "settled_at")?,
    })
}

/// What a column has.
pub fn get<'a, T: FromSql<'a>>(row: &'a Row, column: &str) -> Result<T, ServerError> {
    Ok(row.try_get(column)?)
}
