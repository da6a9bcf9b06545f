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

use crate::transport::unreadable;

/// An error that belongs to no request that could be read.
pub(super) fn refused(status: StatusCode, error: ErrorData) -> Response {
    respond(status, None, error)
}

/// Why a body that is no JSON-RPC message is none: 400 with -32700 or -32600.
pub(super) fn unreadable(body: &[u8]) -> Response {
    let (id, error) = unreadable::explain("body", body);
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

/// One session more than `most`.
pub(super) fn full(most: usize) -> Response {
    let message = format!(
        "{most} sessions are open, which is the limit: end one with DELETE, come again when idle ones have ended, \
         or speak protocol 2026-07-28, which needs none"
    );
    refused(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorData::internal_error(message, None),
    )
}

fn respond(status: StatusCode, id: Option<RequestId>, error: ErrorData) -> Response {
    (status, Json(JsonRpcError::new(id, error))).into_response()
}
