//! JSON-RPC errors as HTTP responses, where rmcp is not reached or answers with plain text.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use rmcp::{
    ErrorData,
    model::{JsonRpcError, RequestId},
};
use serde_json::Value;

/// An error that belongs to no request that could be read.
pub(super) fn refused(status: StatusCode, error: ErrorData) -> Response {
    respond(status, None, error)
}

/// Why a body that is no JSON-RPC message is none: 400 with -32700 or -32600.
pub(super) fn unreadable(body: &[u8]) -> Response {
    let (id, error) = match serde_json::from_slice::<Value>(body) {
        Err(error) => (
            None,
            ErrorData::parse_error(format!("the body is not JSON: {error}"), None),
        ),
        Ok(Value::Array(_)) => {
            let message =
                "JSON-RPC batches are not supported: send each message in a request of its own";
            (None, ErrorData::invalid_request(message, None))
        }
        Ok(value) => {
            let message = "the body is not a JSON-RPC 2.0 message: it needs `jsonrpc`: \"2.0\", and `method` for a \
                 request or notification with `params` of the shape that the method takes";
            let id = value
                .get("id")
                .and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok());
            (id, ErrorData::invalid_request(message, None))
        }
    };
    respond(StatusCode::BAD_REQUEST, id, error)
}

/// A body of more than `limit` bytes.
pub(super) fn too_large(limit: usize) -> Response {
    let message = format!("the body is larger than {limit} bytes");
    refused(
        StatusCode::PAYLOAD_TOO_LARGE,
        ErrorData::invalid_request(message, None),
    )
}

fn respond(status: StatusCode, id: Option<RequestId>, error: ErrorData) -> Response {
    (status, Json(JsonRpcError::new(id, error))).into_response()
}
