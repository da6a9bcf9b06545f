//! MCP over HTTP: Streamable HTTP on `/mcp`, and on demand the deprecated HTTP+SSE on `/sse` and `/messages`.

mod answer;
mod arrival;
mod connections;
mod guard;
mod idle;
mod refusal;
mod reply;
mod sse;
mod streamable;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::Response,
    routing::{any, get, post},
};
use futures::future::join;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use self::guard::{AllowedHost, AllowedOrigin, ParseHostError, ParseOriginError};
use self::{
    answer::Answer,
    arrival::Arrival,
    connections::{Connections, LINGER},
    guard::Guard,
    sse::Sessions,
    streamable::{Bounds, Streamable},
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
    /// with 503.
    pub sessions: usize,
    /// How long one of them lives without a message from its client, without a running call and without a stream that its
    /// client keeps open; 30 min.
    pub idle: Duration,
    /// How long a request may take to arrive, its headers and its body each, and a connection may idle; 60 s.
    pub receive: Duration,
    /// How long running calls may take to finish after the shutdown signal; 10 s.
    pub drain: Duration,
    /// Whether to serve HTTP+SSE too, which the protocol deprecated; off.
    pub sse: Option<SseOptions>,
    /// What the application serves beside MCP, at addresses of its own. Nothing here asks who calls there, nor bounds
    /// what comes.
    pub beside: Router,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            allowed_hosts: Vec::new(),
            allowed_origins: Vec::new(),
            body_bytes: 4 << 20,
            sessions: 1_000,
            idle: Duration::from_secs(30 * 60),
            receive: Duration::from_secs(60),
            drain: Duration::from_secs(10),
            sse: None,
            beside: Router::new(),
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

/// Serves clients of every supported revision until `shutdown`; then refuses what comes, and lets running calls finish
/// within [`HttpOptions::drain`]. Until they have, `/healthz` and `/readyz` are answered.
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
    let app = routes(server, bound, options, &calls, shutdown.clone());
    let drained = async {
        shutdown.cancelled().await;
        tokio::select! {
            // A call of a session goes on when its client has lost the connection, and may look again.
            _ = join(connections.closed(), calls.idle()) => true,
            () = tokio::time::sleep(drain) => false,
        }
    };
    // Probes are answered until the end, so that nobody takes a server that drains for one that is dead.
    let drained = tokio::select! {
        drained = drained => drained,
        never = connections.accept(&listener, &app) => match never {},
    };
    drop(listener);
    if drained {
        return Ok(());
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
        idle,
        receive,
        drain,
        sse,
        beside,
    } = options;
    let arrival = Arrival::new(body_bytes, receive, shutdown.clone());
    let bounds = Bounds { sessions, idle };
    let streamable = Streamable::new(&server, calls, arrival.clone(), bounds, &shutdown);
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
    mcp = mcp.layer(middleware::from_fn_with_state(shutdown.clone(), refuse_new));
    let guard = Arc::new(Guard::new(bound.ip(), allowed_hosts, allowed_origins));
    // A layer covers the routes that were added before it: all that speak MCP, and not the probes, which an
    // orchestrator sends to whatever name it likes and which tell nothing.
    mcp.layer(middleware::from_fn_with_state(guard, guard::check))
        .route("/healthz", get(async || "alive"))
        .route("/readyz", get(ready).with_state(shutdown))
        .merge(beside)
        .fallback(async || {
            (
                StatusCode::NOT_FOUND,
                "nothing is here: MCP is served at /mcp\n",
            )
        })
}

/// At the end refuses what belongs to no session. What does may be what a running call waits for; calls that begin in one
/// are refused by [`Calls`].
async fn refuse_new(
    State(shutdown): State<CancellationToken>,
    request: Request,
    next: Next,
) -> Response {
    let in_session =
        request.uri().path() == "/messages" || request.headers().contains_key("mcp-session-id");
    if shutdown.is_cancelled() && !in_session {
        return reply::ending();
    }
    next.run(request).await
}

async fn ready(State(shutdown): State<CancellationToken>) -> (StatusCode, &'static str) {
    if shutdown.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "shutting down")
    } else {
        (StatusCode::OK, "ready")
    }
}
