//! The calls that run on a connection or a listener, and how they end before they are done.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt as _;
use rmcp::ErrorData;
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// Counts running calls and can stop them all. Clones count the same calls.
#[derive(Debug, Clone)]
pub(crate) struct Calls {
    running: TaskTracker,
    abort: CancellationToken,
    /// The signal to end, for what does not end by itself.
    ending: CancellationToken,
}

/// Why a call was dropped before it was done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stopped {
    /// The client took it back or went away.
    Cancelled,
    /// The server ends, and the call did not finish within the limit.
    Aborted,
    /// The server ended already when the call came.
    Refused,
    /// A mistake of ours, which must not leave the client waiting.
    Panicked,
}

impl Default for Calls {
    fn default() -> Self {
        let running = TaskTracker::new();
        // Only a closed tracker can be waited for; it still counts what comes.
        running.close();
        Self {
            running,
            abort: CancellationToken::new(),
            ending: CancellationToken::new(),
        }
    }
}

impl Calls {
    /// Calls that are to end at a signal.
    pub(crate) fn until(ending: CancellationToken) -> Self {
        Self {
            ending,
            ..Self::default()
        }
    }

    /// Waits for the signal to end.
    pub(crate) async fn ending(&self) {
        tokio::select! {
            () = self.ending.cancelled() => {}
            () = self.abort.cancelled() => {}
        }
    }

    /// Runs `call` to its end, unless it is `cancelled` or all calls are aborted; then it is dropped. What comes after
    /// the signal to end does not begin.
    pub(crate) async fn run<T>(
        &self,
        cancelled: &CancellationToken,
        call: impl Future<Output = T>,
    ) -> Result<T, Stopped> {
        if self.ending.is_cancelled() {
            return Err(Stopped::Refused);
        }
        self.go_on(cancelled, call).await
    }

    /// Does so with a call that has begun already.
    pub(crate) async fn go_on<T>(
        &self,
        cancelled: &CancellationToken,
        call: impl Future<Output = T>,
    ) -> Result<T, Stopped> {
        let _running = self.running.token();
        if self.abort.is_cancelled() {
            return Err(Stopped::Aborted);
        }
        let call = AssertUnwindSafe(call).catch_unwind();
        tokio::select! {
            biased;
            output = call => output.map_err(|_| Stopped::Panicked),
            () = cancelled.cancelled() => Err(Stopped::Cancelled),
            () = self.abort.cancelled() => Err(Stopped::Aborted),
        }
    }

    /// Counts as a running call while it lives.
    pub(crate) fn hold(&self) -> TaskTrackerToken {
        self.running.token()
    }

    /// How many calls run now.
    pub(crate) fn count(&self) -> usize {
        self.running.len()
    }

    /// Whether no call runs now.
    pub(crate) fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// Waits until no call runs.
    pub(crate) async fn idle(&self) {
        self.running.wait().await;
    }

    /// Drops every call that runs and refuses those to come.
    pub(crate) fn abort(&self) {
        self.abort.cancel();
    }

    /// Does so after `limit`, without waiting here.
    pub(crate) fn abort_after(&self, limit: Duration) {
        let abort = self.abort.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = tokio::time::sleep(limit) => abort.cancel(),
                () = abort.cancelled() => {}
            }
        });
    }
}

impl Stopped {
    /// What the client is told, if it still listens.
    pub(crate) fn into_error(self, tool: &str) -> ErrorData {
        let message = match self {
            Self::Cancelled => format!("the call of `{tool}` was cancelled"),
            Self::Aborted => format!(
                "the server is shutting down and dropped the call of `{tool}`: it may have taken effect, \
                 look before you call it again"
            ),
            Self::Refused => format!(
                "the server is shutting down and did not begin the call of `{tool}`: nothing was done, call it again \
                 when the server is back"
            ),
            Self::Panicked => format!(
                "`{tool}` failed inside the server, which is a mistake in the server: it may have taken effect, \
                 look before you call it again"
            ),
        };
        ErrorData::internal_error(message, None)
    }
}
