//! Streamable HTTP on `/mcp`, for clients of every revision: rmcp's service, with errors in JSON-RPC.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header::ACCEPT, request::Parts},
    response::Response,
};
use rmcp::transport::{
    StreamableHttpServerConfig, StreamableHttpService,
    streamable_http_server::session::{local::LocalSessionManager, never::NeverSessionManager},
};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::{Answer, Arrival, refusal::Asked, reply};
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

/// Clients that keep state here, and no more than `most` of them.
#[derive(Clone)]
struct Sessions {
    service: Arc<StreamableHttpService<Handler, LocalSessionManager>>,
    open: Arc<LocalSessionManager>,
    most: usize,
    calls: Calls,
    /// Held while one is begun, so that those who come at once are counted too.
    begins: Arc<Mutex<()>>,
}

impl Sessions {
    async fn handle(&self, body: &[u8], request: Request) -> Response {
        if has_session(request.headers()) || greeting(body).is_none() {
            // rmcp ends a session without writing what it was about to answer, and a call is done before its answer
            // was written: a POST counts as a call until its answer was taken. A GET's stream never ends.
            let answering = (request.method() == Method::POST).then(|| self.calls.hold());
            let response = self.service.handle(request).await;
            return response.map(|body| Body::new(Answer::new(Body::new(body), answering)));
        }
        let _begins = self.begins.lock().await;
        if self.open.sessions.read().await.len() >= self.most {
            return reply::full(self.most);
        }
        self.service.handle(request).await.map(Body::new)
    }
}

impl Streamable {
    pub(super) fn new(
        server: &Server,
        calls: &Calls,
        arrival: Arrival,
        most: usize,
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
        let sessions = || {
            // Clients before 2026-07-28 are asked and told something in a session of theirs, and no other way.
            let config = config.clone();
            let ended = CancellationToken::new();
            tokio::spawn(end(shutdown.clone(), calls.clone(), ended.clone()));
            let config = config
                .with_legacy_session_mode(true)
                .with_cancellation_token(ended);
            let (server, running) = (server.clone(), calls.clone());
            let handler = move || Ok(server.handler(running.clone()));
            let open = Arc::<LocalSessionManager>::default();
            let service = StreamableHttpService::new(handler, Arc::clone(&open), config);
            Sessions {
                service: Arc::new(service),
                open,
                most,
                calls: calls.clone(),
                begins: Arc::default(),
            }
        };
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

/// Ends the sessions once no call runs after the signal and no answer is to be taken; a server that drains too long ends anyway.
async fn end(shutdown: CancellationToken, calls: Calls, ended: CancellationToken) {
    shutdown.cancelled().await;
    calls.idle().await;
    ended.cancel();
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

fn has_session(headers: &HeaderMap) -> bool {
    headers.contains_key("mcp-session-id")
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
