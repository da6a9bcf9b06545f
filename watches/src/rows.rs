//! What columns of text hold.

use std::collections::BTreeMap;

use rft_mcp_monitors::Decision;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    store::StoreError,
    watch::{Memory, Record},
};

/// The columns of a watch.
pub const WATCH: &str = "id, scope, job, state, reason, rules, pace, after_resume, arming, since, memory, progress_at, \
     created_at, looked_at, due_at";
/// The columns of a decision.
pub const DECISION: &str =
    "id, arming, rule, action, decision, seen, outcome, attempts, answer, decided_at, settled_at";

/// What a column of JSON takes.
pub fn json(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)?)
}

/// What is in a column of JSON.
pub fn content<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}

/// What a column of words has.
pub fn word<T: DeserializeOwned>(word: String) -> Result<T, StoreError> {
    Ok(serde_json::from_value(word.into())?)
}

/// What is remembered of the look before. What can not be read is found again by the next one.
pub fn memory(text: &str) -> Memory {
    content(text).unwrap_or_default()
}

/// What was decided. Where it can not be read, it is still known what was to be done, and by which rule.
pub fn decision(rule: String, action: &str, text: &str) -> Result<Decision, StoreError> {
    match serde_json::from_str(text) {
        Ok(decision) => Ok(decision),
        Err(error) => Ok(Decision {
            rule: word(rule)?,
            action: content(action)?,
            reason: format!("what it was decided on can not be read: {error}"),
            points: Vec::new(),
            values: BTreeMap::new(),
        }),
    }
}

/// The records that can be read: a rule of a newer program is none, and hides no other.
pub fn readable(
    records: impl Iterator<Item = Result<Record, StoreError>>,
) -> Result<Vec<Record>, StoreError> {
    let mut readable = Vec::new();
    for record in records {
        match record {
            Ok(record) => readable.push(record),
            Err(StoreError::Content(error)) => {
                tracing::error!(%error, "a decision can not be read, and is not shown");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(readable)
}

/// A watch that was claimed, where it can be read. One that can not be is left until its lease ends, and holds up no
/// other.
pub fn looked_after<T>(id: &str, read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(StoreError::Content(error)) => {
            tracing::error!(watch = id, %error, "a watch can not be read, and is not looked after");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
