//! JSON-RPC errors as HTTP responses, where rmcp is not reached or answers with plain text.

use std::time::Duration;

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

/// A body that did not come whole `within` this time.
pub(super) fn late(within: Duration) -> Response {
    let message = format!(
        "the body did not arrive within {} s: send it whole, on a new connection",
        within.as_secs_f64()
    );
    refused(
        StatusCode::REQUEST_TIMEOUT,
        ErrorData::invalid_request(message, None),
    )
}

/// A request that was not there when the server ended.
pub(super) fn ending() -> Response {
    let message = "the server is shutting down, and the request had not arrived: nothing was done, send it again \
                   when it is back";
    refused(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorData::internal_error(message, None),
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

pub(super) fn respond(status: StatusCode, id: Option<RequestId>, error: ErrorData) -> Response {
    (status, Json(JsonRpcError::new(id, error))).into_response()
}
