//! What columns of text hold.

use serde::{Serialize, de::DeserializeOwned};

use crate::store::StoreError;

/// The columns of a watch.
pub const WATCH: &str = "id, scope, job, state, reason, rules, pace, after_resume, arming, since, memory, progress_at, \
     created_at, looked_at, due_at";
/// The columns of a decision.
pub const DECISION: &str =
    "id, arming, decision, seen, outcome, attempts, answer, decided_at, settled_at";

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
