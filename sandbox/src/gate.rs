//! What stands before the API: who may call, and in which version.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header::AUTHORIZATION};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::errors::{ApiError, simulated};
use crate::flavour::Flavour;
use crate::paging::Query;
use crate::world::World;

/// How the keys of administrators begin.
const ADMIN: &str = "sk-admin-";

/// A refusal of Azure's gateway, which has two fields only.
pub(crate) fn azure_refusal(status: StatusCode, code: &str, message: &str) -> Response {
    (
        status,
        Json(json!({"error": {"code": code, "message": simulated(message.to_owned())}})),
    )
        .into_response()
}

pub(crate) fn azure_not_found() -> Response {
    azure_refusal(StatusCode::NOT_FOUND, "404", "Resource not found")
}

/// Lets pass who sends a key, whichever it is; the first flavour asks for one only where it is told to.
pub(crate) async fn key(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    match world.flavour() {
        Flavour::Azure if bearer(headers).is_none() && !headers.contains_key("api-key") => {
            azure_refusal(
                StatusCode::UNAUTHORIZED,
                "401",
                "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid \
                 key for an active subscription and use a correct regional API endpoint for your resource.",
            )
        }
        Flavour::OpenAi if world.requires_key() && bearer(headers).is_none() => ApiError::invalid(
            None,
            None,
            "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer \
             auth (i.e. Authorization: Bearer YOUR_KEY).",
        )
        .with_status(StatusCode::UNAUTHORIZED)
        .into_response(),
        Flavour::Bedrock if bearer(headers).is_none() => ApiError::invalid(
            "invalid_api_key",
            None,
            "You didn't provide an API key. Send it as a bearer token.",
        )
        .with_status(StatusCode::UNAUTHORIZED)
        .into_response(),
        _ => next.run(request).await,
    }
}

/// Azure's undated API takes no dated version.
pub(crate) async fn undated(query: Query, request: Request, next: Next) -> Response {
    match query.get("api-version") {
        None | Some("v1" | "preview") => next.run(request).await,
        Some(_) => azure_refusal(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            "api-version query parameter is not allowed when using /v1 path",
        ),
    }
}

/// Azure's dated API is not there without its version.
pub(crate) async fn dated(query: Query, request: Request, next: Next) -> Response {
    match query.get("api-version") {
        Some(version) if is_date(version) => next.run(request).await,
        _ => azure_not_found(),
    }
}

/// `2025-04-01`, or with `-preview`.
fn is_date(version: &str) -> bool {
    let date = version.strip_suffix("-preview").unwrap_or(version);
    date.len() == 10
        && date.split('-').map(str::len).eq([4, 2, 2])
        && date
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// Who calls is an administrator, as far as a sandbox asks.
pub(crate) struct Admin;

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match bearer(&parts.headers) {
            Some(key) if !key.starts_with(ADMIN) => Err(ApiError::invalid(
                "insufficient_permissions",
                None,
                format!(
                    "You have insufficient permissions for this operation. It needs an admin API key; in this \
                     sandbox that is any key that begins with '{ADMIN}'."
                ),
            )
            .with_status(StatusCode::FORBIDDEN)),
            _ => Ok(Self),
        }
    }
}
