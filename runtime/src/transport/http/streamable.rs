//! Streamable HTTP on `/mcp`, for clients of every revision: rmcp's service, with errors in JSON-RPC.

mod sessions;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header::ACCEPT, request::Parts},
    response::Response,
};
use rmcp::transport::{
    StreamableHttpServerConfig, StreamableHttpService,
    streamable_http_server::session::never::NeverSessionManager,
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

pub(super) use self::sessions::Bounds;
use self::sessions::{Sessions, has_session};
use super::{Arrival, refusal::Asked};
use crate::server::{Calls, Handler, Server};

/// The largest greeting that a session is begun for, in bytes.
const GREETING: usize = 64 * 1024;

/// The endpoint's state. Cheap to clone.
#[derive(Clone)]
pub(super) struct Streamable {
    service: Service,
    arrival: Arrival,
}

#[derive(Clone)]
enum Service {
    Stateless(Arc<StreamableHttpService<Handler, NeverSessionManager>>),
    Sessions(Sessions),
    /// Sessions for clients that can be asked something, for that alone.
    Both(
        Arc<StreamableHttpService<Handler, NeverSessionManager>>,
        Sessions,
    ),
}

impl Streamable {
    pub(super) fn new(
        server: &Server,
        calls: &Calls,
        arrival: Arrival,
        bounds: Bounds,
        shutdown: &CancellationToken,
    ) -> Self {
        let config = StreamableHttpServerConfig::default()
            // A result is one JSON document; rmcp turns to an event stream by itself when a call sends
            // notifications before its result.
            .with_json_response(true)
            .with_max_request_body_bytes(arrival.bytes())
            // One guard covers every endpoint: `guard::check`.
            .disable_allowed_hosts()
            .disable_allowed_origins();
        // Clients before 2026-07-28 are asked and told something in a session of theirs, and no other way.
        let sessions = || Sessions::new(server, calls, bounds, config.clone(), shutdown);
        let stateless = || {
            // Sessions exist for messages that a server sends by itself, and this one sends none: without them any
            // replica answers any request, nothing is left behind by clients that do not say goodbye, and a call
            // costs half as much. What is lost: a client before 2026-07-28 can take a call back only by closing
            // the connection, since `notifications/cancelled` names a request but, without a session, no client.
            let config = config.clone().with_legacy_session_mode(false);
            let handler = server.stateless_handler(calls.clone());
            let handler = move || Ok(handler.clone());
            Arc::new(StreamableHttpService::new(handler, Arc::default(), config))
        };
        let service = if server.needs_sessions() {
            Service::Sessions(sessions())
        } else if server.confirms() {
            Service::Both(stateless(), sessions())
        } else {
            Service::Stateless(stateless())
        };
        Self { service, arrival }
    }
}

pub(super) async fn serve(State(endpoint): State<Streamable>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    accept_what_is_sent(&mut parts);
    let body = match endpoint.arrival.whole(body).await {
        Ok(body) => body,
        Err(refused) => return refused,
    };
    let asked = Asked::of(&parts);
    let kept = body.clone();
    let request = Request::from_parts(parts, Body::from(body));
    let response = match &endpoint.service {
        Service::Stateless(service) => service.handle(request).await.map(Body::new),
        Service::Sessions(sessions) => sessions.handle(&kept, request).await,
        Service::Both(_, sessions) if has_session(request.headers()) || can_be_asked(&kept) => {
            sessions.handle(&kept, request).await
        }
        Service::Both(stateless, _) => stateless.handle(request).await.map(Body::new),
    };
    asked.in_json_rpc(response, &kept).await
}

/// Takes `*/*` for what it says, that any type will do; rmcp looks for the names of those that it sends.
fn accept_what_is_sent(parts: &mut Parts) {
    let accepts = parts.headers.get_all(ACCEPT);
    let types = accepts.iter().filter_map(|value| value.to_str().ok());
    let any = types.flat_map(|value| value.split(',')).any(|one| {
        one.split(';')
            .next()
            .is_some_and(|essence| essence.trim() == "*/*")
    });
    if any {
        let both = HeaderValue::from_static("application/json, text/event-stream");
        parts.headers.insert(ACCEPT, both);
    }
}

/// Whether a body begins a session of a client that can be asked something.
fn can_be_asked(body: &[u8]) -> bool {
    greeting(body).is_some_and(|greeting| {
        greeting
            .pointer("/params/capabilities/elicitation")
            .is_some_and(Value::is_object)
    })
}

/// The message that begins a session. Only a body that has the word is looked into; what is larger is no greeting.
fn greeting(body: &[u8]) -> Option<Value> {
    let word = b"\"initialize\"";
    if body.len() > GREETING || !body.windows(word.len()).any(|window| window == word) {
        return None;
    }
    let message = serde_json::from_slice::<Value>(body).ok()?;
    (message.get("method").and_then(Value::as_str) == Some("initialize")).then_some(message)
}
