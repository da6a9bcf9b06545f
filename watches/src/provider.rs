//! What a watch needs of the provider of its job.

use futures::future::BoxFuture;
use rft_mcp_insight::{curve::View, metrics::Series};
use rft_mcp_monitors::Action;

use crate::trail::Trail;

/// Where jobs run. An implementation keeps no state of a job.
pub trait Provider: Send + Sync + 'static {
    /// Reads a job and all of its events; or, on from where a look before ended, those that are newer and some more, in
    /// case any came late.
    fn look<'a>(
        &'a self,
        job: &'a str,
        from: Option<&'a Trail>,
    ) -> BoxFuture<'a, Result<Look, Trouble>>;

    /// Pauses or cancels a job for the watch of this id, and gives the status that the provider answers with. It is sent
    /// once: what failed is repeated only by whoever has looked first.
    fn act<'a>(
        &'a self,
        watch: &'a str,
        job: &'a str,
        action: Action,
    ) -> BoxFuture<'a, Result<String, Trouble>>;
}

/// A job as it was read.
#[derive(Debug, Clone)]
pub struct Look {
    /// As the provider names it.
    pub status: String,
    /// Its metrics.
    pub series: Series,
    /// Whether every page of events was read to the end, or to where the look before ended.
    pub complete: bool,
    /// Whether nothing was taken over from a look before.
    pub whole: bool,
    /// The id of the newest event, where the next look can go on from here.
    pub newest: Option<String>,
    /// How rewards are to be seen.
    pub view: View,
    /// Dollars so far, where the provider says.
    pub spent: Option<f64>,
    /// Of the events that were read, the newest messages, the newest first.
    pub messages: Vec<Message>,
}

/// An event that is no metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The provider's id of it.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// Why the provider gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// There is no such job.
    #[error("{0}")]
    Gone(String),
    /// It was asked too often, and did nothing.
    #[error("{says}")]
    Busy {
        /// What it said.
        says: String,
        /// Seconds that it asked to wait.
        retry_after: Option<f64>,
    },
    /// It refused, and did nothing.
    #[error("{0}")]
    Refused(String),
    /// It is not known whether it did anything.
    #[error("{0}")]
    Unknown(String),
}
