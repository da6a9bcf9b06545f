//! MCP over a pair of byte streams, one message a line: what a client that starts the server as a process speaks.

mod lines;

use std::time::Duration;

use rmcp::service::{QuitReason, ServerInitializeError, serve_server};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::sync::CancellationToken;

use self::lines::Lines;
use super::{
    Error,
    session::{Ending, Session},
};
use crate::server::{Calls, Server};

/// How long the last answers may take to be read.
const LINGER: Duration = Duration::from_millis(250);

/// How a session over byte streams ends.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StdioOptions {
    /// How long running calls may take to finish after the shutdown signal; 10 s.
    pub drain: Duration,
    /// How long running calls may take to finish after the end of input; 0.5 s, for a client that closes our
    /// input wants us gone, and a shell that pipes requests in still gets quick answers.
    pub grace: Duration,
}

impl Default for StdioOptions {
    fn default() -> Self {
        Self {
            drain: Duration::from_secs(10),
            grace: Duration::from_millis(500),
        }
    }
}

/// Serves one session until the end of `reader` or `shutdown`, whichever comes first. Writes nothing but the
/// protocol to `writer`. A line that is no message is answered with an error, and the session goes on.
///
/// After a shutdown a read of the process's standard input may still block a thread of the runtime: end it with
/// [`Runtime::shutdown_background`](tokio::runtime::Runtime::shutdown_background) or by exiting.
///
/// # Errors
/// When the handshake fails or the session breaks off; not when the input ends, however early.
pub async fn run<R, W>(
    server: Server,
    reader: R,
    writer: W,
    options: StdioOptions,
    shutdown: CancellationToken,
) -> Result<(), Error>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let calls = Calls::until(shutdown.clone());
    let ending = Ending {
        shutdown: shutdown.clone(),
        drain: options.drain,
        grace: options.grace,
    };
    let transport = Session::new(Lines::new(reader, writer), calls.clone(), ending);
    let over = transport.over();
    let handler = server.handler(calls.clone());
    let session = async {
        match serve_server(handler, transport).await {
            Ok(session) => match session.waiting().await {
                Ok(QuitReason::JoinError(error)) | Err(error) => Err(Error::Session(error)),
                Ok(_) => Ok(()),
            },
            // Nothing was asked of us, such as when a client only looks whether the program starts.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(Error::Handshake(Box::new(error))),
        }
    };
    let unread = async {
        let limit = tokio::select! {
            () = over.cancelled() => options.grace,
            // A client that reads late has as long as a call that takes long.
            () = shutdown.cancelled() => tokio::select! {
                () = over.cancelled() => options.grace,
                () = tokio::time::sleep(options.drain) => Duration::ZERO,
            },
        };
        tokio::time::sleep(limit.saturating_add(LINGER)).await;
    };
    let outcome = tokio::select! {
        outcome = session => outcome,
        () = unread => {
            tracing::warn!("the client did not take its answers, which are dropped");
            Ok(())
        }
    };
    calls.abort();
    outcome
}
