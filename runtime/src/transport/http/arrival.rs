//! How much a request may bring, and how long it may take for it.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    response::Response,
};
use tokio_util::sync::CancellationToken;

use super::{connections::LINGER, reply};

/// The bounds of a listener.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    bytes: usize,
    within: Duration,
    ending: CancellationToken,
}

impl Arrival {
    /// At most `bytes`, `within` this time; at the signal `ending` there is no more than a moment left.
    pub(super) fn new(bytes: usize, within: Duration, ending: CancellationToken) -> Self {
        Self {
            bytes,
            within,
            ending,
        }
    }

    /// The most bytes of a body.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The body, or why it is refused.
    pub(super) async fn whole(&self, body: Body) -> Result<Bytes, Response> {
        let ended = async {
            self.ending.cancelled().await;
            tokio::time::sleep(LINGER).await;
        };
        tokio::select! {
            biased;
            // What can fail here is the limit, or the connection; then nobody reads the answer.
            body = to_bytes(body, self.bytes) => body.map_err(|_| reply::too_large(self.bytes)),
            () = tokio::time::sleep(self.within) => Err(reply::late(self.within)),
            () = ended => Err(reply::ending()),
        }
    }
}
