//! Rows of the tables.

use rusqlite::Row;

use crate::{
    rows::{content, decision, memory, word},
    store::StoreError,
    watch::{Record, Watch},
};

/// A watch from its columns.
pub fn watch(row: &Row<'_>) -> Result<Watch, StoreError> {
    let text = |column| row.get::<_, String>(column);
    Ok(Watch {
        id: row.get("id")?,
        scope: row.get("scope")?,
        job: row.get("job")?,
        state: word(text("state")?)?,
        reason: row.get("reason")?,
        rules: content(&text("rules")?)?,
        pace: content(&text("pace")?)?,
        after_resume: content(&text("after_resume")?)?,
        arming: row.get("arming")?,
        since: content(&text("since")?)?,
        memory: memory(&text("memory")?),
        progress_at: row.get("progress_at")?,
        created_at: row.get("created_at")?,
        looked_at: row.get("looked_at")?,
        due_at: row.get("due_at")?,
    })
}

/// A decision from its columns.
pub fn record(row: &Row<'_>) -> Result<Record, StoreError> {
    let text = |column| row.get::<_, String>(column);
    Ok(Record {
        id: row.get("id")?,
        arming: row.get("arming")?,
        decision: decision(text("rule")?, &text("action")?, &text("decision")?)?,
        seen: content(&text("seen")?)?,
        outcome: word(text("outcome")?)?,
        attempts: row.get("attempts")?,
        answer: row.get("answer")?,
        decided_at: row.get("decided_at")?,
        settled_at: row.get("settled_at")?,
    })
}
