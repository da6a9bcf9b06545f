//! MCP over HTTP: Streamable HTTP on `/mcp`, and on demand the deprecated HTTP+SSE on `/sse` and `/messages`.

mod arrival;
mod connections;
mod guard;
mod refusal;
mod reply;
mod sse;
mod streamable;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    middleware,
    routing::{any, get, post},
    serve::{Listener, ListenerExt as _},
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

pub use self::guard::{AllowedHost, AllowedOrigin, ParseHostError, ParseOriginError};
use self::{
    arrival::Arrival,
    connections::{Connections, LINGER},
    guard::Guard,
    sse::Sessions,
    streamable::Streamable,
};
use super::Error;
use crate::server::{Calls, Server};

/// Who may ask, how much, and how it ends.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HttpOptions {
    /// `Host` headers to accept besides the names of this machine. See [`AllowedHost`].
    pub allowed_hosts: Vec<AllowedHost>,
    /// `Origin` headers to accept; browsers send them. Pages served from this machine are accepted without
    /// being listed when the server is bound to loopback. See [`AllowedOrigin`].
    pub allowed_origins: Vec<AllowedOrigin>,
    /// The most bytes of one request's body; 4 MiB.
    pub body_bytes: usize,
    /// The most sessions at a time at `/mcp`, where clients before 2026-07-28 get some; 1,000. One more is answered
    /// with 503. A session ends after five minutes without a message.
    pub sessions: usize,
    /// How long a request may take to arrive, its headers and its body each, and a connection may idle; 60 s.
    pub receive: Duration,
    /// How long running calls may take to finish after the shutdown signal; 10 s.
    pub drain: Duration,
    /// Whether to serve HTTP+SSE too, which the protocol deprecated; off.
    pub sse: Option<SseOptions>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            allowed_hosts: Vec::new(),
            allowed_origins: Vec::new(),
            body_bytes: 4 << 20,
            sessions: 1_000,
            receive: Duration::from_secs(60),
            drain: Duration::from_secs(10),
            sse: None,
        }
    }
}

/// Bounds of HTTP+SSE, where every client holds a stream open and state in the server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SseOptions {
    /// The most sessions at a time; 100. One more is answered with 503.
    pub sessions: usize,
    /// How long a session lives without a message from its client and without a running call; 30 min.
    pub idle: Duration,
}

impl Default for SseOptions {
    fn default() -> Self {
        Self {
            sessions: 100,
            idle: Duration::from_secs(30 * 60),
        }
    }
}

/// Serves clients of every supported revision until `shutdown`; then accepts no more, and lets running calls
/// finish within [`HttpOptions::drain`].
///
/// # Errors
/// When the listener has no address.
pub async fn run(
    listener: TcpListener,
    server: Server,
    options: HttpOptions,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let bound = listener.local_addr().map_err(Error::Listener)?;
    let calls = Calls::until(shutdown.clone());
    let drain = options.drain;
    let connections = Connections::new(options.receive, shutdown.clone());
    let app = routes(server, bound, options, &calls, shutdown);
    connections.accept(undelayed(listener), &app).await;
    tokio::select! {
        () = connections.closed() => return Ok(()),
        () = tokio::time::sleep(drain) => {}
    }
    let answers = connections.answers();
    if answers > 0 {
        tracing::warn!(
            ?drain,
            answers,
            "calls that did not finish in time are dropped"
        );
    }
    calls.abort();
    // What still does not take its answer is closed.
    let _ = tokio::time::timeout(LINGER, connections.closed()).await;
    Ok(())
}

/// The same listener, its connections with `TCP_NODELAY`. Without it, Nagle's algorithm and delayed
/// acknowledgements add 40 ms to a call.
fn undelayed(listener: TcpListener) -> impl Listener<Io = TcpStream, Addr = SocketAddr> {
    listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "could not set TCP_NODELAY");
        }
    })
}

/// Everything that [`run`] serves, for an application that has a listener and a server of its own: the caller
/// drains calls when `shutdown` is cancelled. `bound` is the address that clients connect to.
pub fn router(
    server: Server,
    bound: SocketAddr,
    options: HttpOptions,
    shutdown: CancellationToken,
) -> Router {
    let calls = Calls::until(shutdown.clone());
    routes(server, bound, options, &calls, shutdown)
}

fn routes(
    server: Server,
    bound: SocketAddr,
    options: HttpOptions,
    calls: &Calls,
    shutdown: CancellationToken,
) -> Router {
    let HttpOptions {
        allowed_hosts,
        allowed_origins,
        body_bytes,
        sessions,
        receive,
        drain,
        sse,
    } = options;
    let arrival = Arrival::new(body_bytes, receive, shutdown.clone());
    let streamable = Streamable::new(&server, calls, arrival.clone(), sessions, &shutdown);
    let mut mcp = Router::new().route("/mcp", any(streamable::serve).with_state(streamable));
    if let Some(options) = sse {
        let sessions = Arc::new(Sessions::new(
            server,
            options,
            arrival,
            drain,
            shutdown.clone(),
        ));
        mcp = mcp
            .route("/sse", get(sse::open).with_state(Arc::clone(&sessions)))
            .route("/messages", post(sse::message).with_state(sessions));
    }
    let guard = Arc::new(Guard::new(bound.ip(), allowed_hosts, allowed_origins));
    // A layer covers the routes that were added before it: all that speak MCP, and not the probes, which an
    // orchestrator sends to whatever name it likes and which tell nothing.
    mcp.layer(middleware::from_fn_with_state(guard, guard::check))
        .route("/healthz", get(async || "alive"))
        .route("/readyz", get(ready).with_state(shutdown))
        .fallback(async || {
            (
                StatusCode::NOT_FOUND,
                "nothing is here: MCP is served at /mcp\n",
            )
        })
}

async fn ready(State(shutdown): State<CancellationToken>) -> (StatusCode, &'static str) {
    if shutdown.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "shutting down")
    } else {
        (StatusCode::OK, "ready")
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[tokio::test]
    async fn pitfall_6_connections_are_not_delayed() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut listener = undelayed(listener);
        let (_client, (stream, _)) = tokio::join!(TcpStream::connect(address), listener.accept());
        assert!(stream.nodelay().unwrap());
    }
}
