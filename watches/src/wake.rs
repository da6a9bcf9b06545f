//! What the provider says by itself, which wakes a watch: nothing is decided on it, the job is read.

use crate::store::StoreError;

/// Wakes watches.
pub trait Wake {
    /// Makes the watches of a job due now, for a message of this id, once. How many those are; `None` where the message
    /// was heard before. A look that is under way is followed by another.
    fn wake(&self, scope: &str, job: &str, message: &str) -> Result<Option<u32>, StoreError>;
}

/// Seconds that ids of messages are remembered: longer than a timestamp may be old or ahead.
pub const REMEMBERED: f64 = 3_600.0;
