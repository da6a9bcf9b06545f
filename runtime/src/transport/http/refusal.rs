//! What rmcp refuses in plain text, said as a JSON-RPC error: what is wrong with the request, and what to send.

use axum::{
    body::to_bytes,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
        request,
    },
    response::{IntoResponse as _, Response},
};
use rmcp::{
    ErrorData,
    model::{ProtocolVersion, RequestId},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::reply;

/// The most that is kept of a text of rmcp's, in bytes.
const TEXT: usize = 4 * 1024;

/// What of a request says why it is refused.
pub(super) struct Asked {
    method: Method,
    says_json: bool,
    has_session: bool,
    /// A revision of the protocol that does not exist.
    unknown: Option<HeaderValue>,
}

impl Asked {
    pub(super) fn of(parts: &request::Parts) -> Self {
        Self {
            method: parts.method.clone(),
            says_json: says_json(&parts.headers),
            has_session: parts.headers.contains_key("mcp-session-id"),
            unknown: unknown(&parts.headers),
        }
    }

    /// The same response, or what it says as an error in JSON-RPC. Looking at the request's `body` again only then
    /// keeps what is well-formed from being parsed twice.
    pub(super) async fn in_json_rpc(self, response: Response, body: &[u8]) -> Response {
        let status = response.status();
        if !(status.is_client_error() || status.is_server_error()) || says_json(response.headers())
        {
            return response;
        }
        // rmcp answers a body that it can not read with the status for a wrong content type.
        if self.says_json && status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
            return reply::unreadable(body);
        }
        let (mut parts, text) = response.into_parts();
        let text = to_bytes(text, TEXT).await.unwrap_or_default();
        let error = self.error(status, &String::from_utf8_lossy(&text));
        let (_, said) = reply::respond(status, id(body), error).into_parts();
        parts.headers.remove(CONTENT_LENGTH);
        parts
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        (parts, said).into_response()
    }

    fn error(&self, status: StatusCode, text: &str) -> ErrorData {
        if let (StatusCode::BAD_REQUEST, Some(version)) = (status, &self.unknown) {
            return unsupported(version);
        }
        let message = match status {
            StatusCode::NOT_ACCEPTABLE if self.method == Method::POST => {
                "send the header `Accept: application/json, text/event-stream`: an answer is one or the other"
            }
            StatusCode::NOT_ACCEPTABLE => {
                "send the header `Accept: text/event-stream`: a GET opens a stream of events"
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                "send the message as JSON, with the header `Content-Type: application/json`"
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                "POST a JSON-RPC message here: there is nothing to get or delete"
            }
            StatusCode::NOT_FOUND if self.has_session => {
                "this session is not open, or not any more: begin another one with `initialize`, without \
                 `Mcp-Session-Id`"
            }
            StatusCode::BAD_REQUEST if !self.has_session => {
                "begin a session with `initialize` and send the `Mcp-Session-Id` that it answers with, or speak \
                 protocol 2026-07-28, which needs none"
            }
            _ => text,
        };
        if status.is_server_error() {
            ErrorData::internal_error(message.to_owned(), None)
        } else {
            ErrorData::invalid_request(message.to_owned(), None)
        }
    }
}

/// The revision that a request says it is of, if there is none of the kind.
fn unknown(headers: &HeaderMap) -> Option<HeaderValue> {
    let version = headers.get("mcp-protocol-version")?;
    let is_known = ProtocolVersion::KNOWN_VERSIONS
        .iter()
        .any(|known| known.as_str() == version);
    (!is_known).then(|| version.clone())
}

/// Shaped as the protocol has it since 2026-07-28, in which clients find a revision to go on with.
fn unsupported(version: &HeaderValue) -> ErrorData {
    let requested = String::from_utf8_lossy(version.as_bytes());
    let supported = ProtocolVersion::KNOWN_VERSIONS;
    let names: Vec<&str> = supported.iter().map(ProtocolVersion::as_str).collect();
    let mut error = ErrorData::unsupported_protocol_version(ProtocolVersion::LATEST, supported);
    error.message = format!(
        "`MCP-Protocol-Version: {requested}` is no revision that is served: send one of {}",
        names.join(", ")
    )
    .into();
    error.data = Some(json!({"requested": requested, "supported": supported}));
    error
}

/// The id to answer to, if the body is a message that has one.
fn id(body: &[u8]) -> Option<RequestId> {
    #[derive(Deserialize)]
    struct Message {
        id: Value,
    }
    let message = serde_json::from_slice::<Message>(body).ok()?;
    serde_json::from_value(message.id).ok()
}

fn says_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
