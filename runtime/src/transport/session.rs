//! A connection with state, stdio or HTTP+SSE: how it begins and how it ends.

use std::{borrow::Cow, time::Duration};

use rmcp::{
    RoleServer,
    model::{ClientJsonRpcMessage, ServerJsonRpcMessage},
    transport::Transport,
};
use tokio_util::sync::CancellationToken;

use crate::server::Calls;

/// A transport that rmcp reads from, and what it needs beside rmcp to begin and to end well.
pub(super) struct Session<T> {
    inner: T,
    calls: Calls,
    ending: Ending,
    /// Whether a request came. Until then rmcp takes any other message for a broken handshake and ends.
    opened: bool,
    /// Whether the shutdown was noticed. A field, because rmcp drops and polls again the future of `receive` whenever
    /// it has something to send.
    stopped: bool,
    /// Cancelled when the input has ended.
    over: CancellationToken,
}

/// When a session ends, and what becomes of the calls that run then.
#[derive(Debug, Clone)]
pub(super) struct Ending {
    /// The caller's signal to end.
    pub shutdown: CancellationToken,
    /// How long calls may run on after the signal.
    pub drain: Duration,
    /// How long calls may run on after the input ended.
    pub grace: Duration,
}

impl<T> Session<T> {
    pub(super) fn new(inner: T, calls: Calls, ending: Ending) -> Self {
        Self {
            inner,
            calls,
            ending,
            opened: false,
            stopped: false,
            over: CancellationToken::new(),
        }
    }

    /// Cancelled when the input has ended, and calls have [`Ending::grace`] left at most.
    pub(super) fn over(&self) -> CancellationToken {
        self.over.clone()
    }

    /// Whether rmcp may see the message.
    fn admits(&mut self, message: &ClientJsonRpcMessage) -> bool {
        self.opened |= matches!(message, ClientJsonRpcMessage::Request(_));
        self.opened
    }
}

impl<T: Transport<RoleServer>> Transport<RoleServer> for Session<T> {
    type Error = T::Error;

    fn name() -> Cow<'static, str> {
        T::name()
    }

    fn send(
        &mut self,
        item: ServerJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.inner.send(item)
    }

    /// The next message, or `None` at the end. rmcp then waits up to 5 s for running calls to be answered, so
    /// calls are bound to end sooner: at the end of input after the grace, and at shutdown before it is told.
    ///
    /// Until then a server that shuts down goes on reading: a running call may wait for what its client answers, and
    /// the input may end. Calls that begin are refused by [`Calls`].
    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            tokio::select! {
                message = self.inner.receive() => match message {
                    Some(message) if self.admits(&message) => return Some(message),
                    Some(_) => tracing::debug!("ignored a message before the first request"),
                    None => {
                        self.calls.abort_after(self.ending.grace);
                        self.over.cancel();
                        return None;
                    }
                },
                () = self.ending.shutdown.cancelled(), if !self.stopped => {
                    self.calls.abort_after(self.ending.drain);
                    self.stopped = true;
                }
                () = self.calls.idle(), if self.stopped => return None,
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.inner.close().await
    }
}
