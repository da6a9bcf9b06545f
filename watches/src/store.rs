//! What keeps watches. Calls block, and are made where that is no harm.

use std::{fmt::Debug, sync::Arc};

use rft_mcp_monitors::{Decision, Since};

use crate::{
    outbox::Outbox,
    promise::Promises,
    trail::Trail,
    wake::Wake,
    watch::{Change, Memory, New, Outcome, Record, State, Watch},
};

/// Why a store could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database.
    #[error("the database of watches can not be used: {0}")]
    Database(#[from] rusqlite::Error),
    /// The server of the database.
    #[cfg(feature = "postgres")]
    #[error("the database of watches can not be used: {0}")]
    Server(#[from] crate::postgres::ServerError),
    /// Its file or directory.
    #[error("the database of watches can not be used: {0}")]
    File(#[from] std::io::Error),
    /// Something in it that is not what was written there.
    #[error("the database of watches holds something that can not be read: {0}")]
    Content(#[from] serde_json::Error),
    /// It was written by a newer version of the program.
    #[error(
        "the database of watches has version {found}, and this program knows {known}: use the newer program, or another \
         data directory"
    )]
    Newer {
        /// Of the database.
        found: i64,
        /// Of the program.
        known: i64,
    },
    /// The claim is no longer held: its lease ran out, or the watch was changed or stopped.
    #[error("somebody else looks after this watch now")]
    Lost,
    /// The job has a watch.
    #[error(
        "job {job} is watched already, by {watch}: change it with update_watch, or end it with stop_watch"
    )]
    Watched {
        /// The job.
        job: String,
        /// The watch there is.
        watch: String,
    },
    /// The thread that asked was ended.
    #[error("the call to the database of watches was given up")]
    GivenUp,
}

/// Asks a store where that may block.
///
/// # Errors
/// What it says, and when the thread that asked was ended.
pub async fn ask<T: Send + 'static>(
    store: &Arc<dyn Store>,
    ask: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = Arc::clone(store);
    tokio::task::spawn_blocking(move || ask(store.as_ref()))
        .await
        .unwrap_or(Err(StoreError::GivenUp))
}

/// How often the provider of a scope may be asked, by all processes together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Looks a second.
    pub per_second: f64,
    /// Looks at once after a while without any.
    pub burst: u32,
}

/// A watch that a process looks after, until its lease ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// As it was when it was claimed.
    pub watch: Watch,
    /// Grows with every claim and change of the watch.
    pub fence: i64,
    /// The decision that is not settled.
    pub open: Option<Record>,
    /// Whether whoever had it before did not give it back: it may still be sending.
    pub taken_over: bool,
    /// Where the look before ended, as far as that can be gone on from.
    pub trail: Option<Trail>,
    /// When it was claimed.
    pub now: f64,
}

/// Watches that were claimed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claimed {
    /// The one that waited longest first.
    pub claims: Vec<Claim>,
    /// Seconds until the rate allows another look, where it kept some from being claimed.
    pub wait: Option<f64>,
}

/// What a watch is given back as.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// See there.
    pub state: State,
    /// Why it ends.
    pub reason: Option<String>,
    /// See there.
    pub arming: i64,
    /// See there.
    pub since: Since,
    /// See there.
    pub memory: Memory,
    /// Where this look ended.
    pub trail: Option<Trail>,
    /// Whether something new was seen.
    pub progress: bool,
    /// Whether the job was read.
    pub looked: bool,
    /// Seconds until it is due.
    pub wait: f64,
}

/// Keeps watches and decisions. Every method is one transaction, and safe among any number of processes.
pub trait Store: Promises + Outbox + Wake + Debug + Send + Sync + 'static {
    /// Adds a watch that is due at once.
    fn add(&self, new: &New) -> Result<Watch, StoreError>;

    /// A watch by its id, or the newest one of a job.
    fn find(&self, scope: &str, id: &str) -> Result<Option<Watch>, StoreError>;

    /// The watches of a scope after one of this id, the newest first; ended ones where they are asked for.
    fn list(
        &self,
        scope: &str,
        ended: bool,
        after: Option<&str>,
        most: u32,
    ) -> Result<Vec<Watch>, StoreError>;

    /// The newest decisions of a watch, the newest first.
    fn decisions(&self, watch: &str, most: u32) -> Result<Vec<Record>, StoreError>;

    /// Changes a watch that has not ended; it is due at once, and whoever looks after it loses it.
    fn change(&self, scope: &str, id: &str, change: &Change) -> Result<Option<Watch>, StoreError>;

    /// Ends a watch; whoever looks after it loses it, and a decision that is open becomes moot.
    fn stop(&self, scope: &str, id: &str, reason: &str) -> Result<Option<Watch>, StoreError>;

    /// Claims watches that are due, the one that waits longest first, for so many seconds.
    fn claim(
        &self,
        scope: &str,
        owner: &str,
        most: u32,
        lease: f64,
        rate: Rate,
    ) -> Result<Claimed, StoreError>;

    /// Writes down a decision to act before it is acted on, and counts the first attempt.
    ///
    /// # Errors
    /// [`StoreError::Lost`] also when this arming of the watch has one.
    fn intend(
        &self,
        claim: &Claim,
        decision: &Decision,
        seen: &[String],
        lease: f64,
    ) -> Result<Record, StoreError>;

    /// Counts another attempt at a decision, and holds the watch for so many seconds more.
    fn attempt(&self, claim: &Claim, record: i64, lease: f64) -> Result<(), StoreError>;

    /// Writes down a decision that only tells something, once for each rule and arming. Whether it is new.
    fn notice(&self, claim: &Claim, decision: &Decision) -> Result<bool, StoreError>;

    /// Writes down what became of a decision, or what was answered so far.
    fn settle(
        &self,
        claim: &Claim,
        record: i64,
        outcome: Outcome,
        answer: &str,
    ) -> Result<(), StoreError>;

    /// Gives a watch back.
    fn release(&self, claim: &Claim, next: &Next) -> Result<(), StoreError>;

    /// Lets nobody ask the provider of a scope for so many seconds.
    fn quiet(&self, scope: &str, seconds: f64) -> Result<(), StoreError>;

    /// Forgets watches that ended longer than so many seconds ago, the first that ended first, with their decisions.
    /// How many those were, `most` at most. One of which it is not known when it ended, ends now.
    fn forget(&self, scope: &str, seconds: f64, most: u32) -> Result<u32, StoreError>;
}
