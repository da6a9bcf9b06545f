//! How clients reach a [`Server`](crate::server::Server): [`stdio`] and [`http`].
//!
//! The caller owns what is listened on and the signal to end, so everything runs in a test as it does in a
//! process.

pub mod http;
mod session;
mod signal;
pub mod stdio;
mod unreadable;

use std::io;

use rmcp::service::ServerInitializeError;

pub use self::signal::on_signal;

/// Whether something may be logged, whatever a user's filter says: below `error`, rmcp logs whole requests and
/// results, which hold training data, prompts and names, and what it refused. To be a filter of its own beside the user's, since the
/// more exact directive of two wins within one.
#[must_use]
pub fn may_log(metadata: &tracing::Metadata<'_>) -> bool {
    let target = metadata.target();
    *metadata.level() <= tracing::Level::ERROR
        || !(target == "rmcp" || target.starts_with("rmcp::"))
}

/// Why serving ended otherwise than by its signal or the end of input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The listener has no address, or failed.
    #[error("the listener failed")]
    Listener(#[source] io::Error),
    /// No session came about, because the writer failed or the client could not be agreed with.
    #[error("the handshake failed")]
    Handshake(#[source] Box<ServerInitializeError>),
    /// The task that serves the session broke off.
    #[error("the session broke off")]
    Session(#[source] tokio::task::JoinError),
}
