//! Streamable HTTP on `/mcp`, for clients of every revision: rmcp's service, with errors in JSON-RPC.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use rmcp::transport::{
    StreamableHttpServerConfig, StreamableHttpService,
    streamable_http_server::session::never::NeverSessionManager,
};

use super::reply;
use crate::server::Handler;

/// The endpoint's state. Cheap to clone.
#[derive(Clone)]
pub(super) struct Streamable {
    service: Arc<StreamableHttpService<Handler, NeverSessionManager>>,
    body_bytes: usize,
}

impl Streamable {
    pub(super) fn new(handler: Handler, body_bytes: usize) -> Self {
        let config = StreamableHttpServerConfig::default()
            // Sessions exist for messages that a server sends by itself, and we send none: without them any
            // replica answers any request, nothing is left behind by clients that do not say goodbye, and a call
            // costs half as much. What is lost: a client before 2026-07-28 can take a call back only by closing
            // the connection, since `notifications/cancelled` names a request but, without a session, no client.
            .with_legacy_session_mode(false)
            // A result is one JSON document; rmcp turns to an event stream by itself when a call sends
            // notifications before its result.
            .with_json_response(true)
            .with_max_request_body_bytes(body_bytes)
            // One guard covers every endpoint: `guard::check`.
            .disable_allowed_hosts()
            .disable_allowed_origins();
        let service =
            StreamableHttpService::new(move || Ok(handler.clone()), Arc::default(), config);
        Self {
            service: Arc::new(service),
            body_bytes,
        }
    }
}

pub(super) async fn serve(State(endpoint): State<Streamable>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // What can fail here is the limit, or the connection; then nobody reads the answer.
    let Ok(body) = to_bytes(body, endpoint.body_bytes).await else {
        return reply::too_large(endpoint.body_bytes);
    };
    let says_json = says_json(&parts.headers);
    let kept = body.clone();
    let response = endpoint
        .service
        .handle(Request::from_parts(parts, Body::from(body)))
        .await;
    // rmcp answers a body that it can not read with this status and plain text. Looking at the body again only
    // then keeps what is well-formed from being parsed twice.
    if says_json && response.status() == StatusCode::UNSUPPORTED_MEDIA_TYPE {
        return reply::unreadable(&kept);
    }
    response.map(Body::new)
}

/// Whether the same status can not be meant for the content type.
fn says_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
