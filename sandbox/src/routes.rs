use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use serde_json::Value;
use tokio::time::Instant;

use crate::errors::ApiError;
use crate::faults::{self, Faults};
use crate::flavour::Flavour;
use crate::paging::Query;
use crate::world::World;
use crate::{files, gate, grader, inference, jobs, models, page, permissions, uploads};

/// A JSON body is at most this long; a python grader alone may have 256 kB.
const LARGEST_BODY: usize = 2 << 20;

pub(crate) fn router(world: Arc<World>, faults: Faults) -> Router {
    let gate = |api: Router<Arc<World>>| {
        let key = middleware::from_fn_with_state(Arc::clone(&world), gate::key);
        api.route_layer(key)
    };
    let api = match world.flavour() {
        flavour @ (Flavour::OpenAi | Flavour::Bedrock) => {
            Router::new().nest(flavour.base_path(), gate(api(flavour)))
        }
        Flavour::Azure => {
            let undated = api(Flavour::Azure)
                .merge(answers())
                .route_layer(middleware::from_fn(gate::undated));
            let dated = api(Flavour::Azure).route_layer(middleware::from_fn(gate::dated));
            Router::new()
                .nest("/openai/v1", gate(undated))
                .nest("/openai", gate(dated))
        }
    };
    api.fallback(unknown_url)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(
            faults.clone(),
            faults::inject,
        ))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .merge(page::router(faults))
        .layer(middleware::from_fn_with_state(
            Stamp {
                world: Arc::clone(&world),
                calls: Arc::default(),
            },
            stamp,
        ))
        .with_state(world)
}

/// The routes of a flavour; Azure's answers are added where they are, which is the undated API.
fn api(flavour: Flavour) -> Router<Arc<World>> {
    let common = Router::new()
        .route("/files", get(files::index).post(files::create))
        // Uploads have limits of their own, which they keep while they read.
        .layer(DefaultBodyLimit::disable())
        .route("/files/{id}", get(files::retrieve).delete(files::delete))
        .route("/files/{id}/content", get(files::content))
        .route("/fine_tuning/jobs", get(jobs::index).post(jobs::create))
        .route("/fine_tuning/jobs/{id}", get(jobs::retrieve))
        .route("/fine_tuning/jobs/{id}/events", get(jobs::events))
        .route("/fine_tuning/jobs/{id}/checkpoints", get(jobs::checkpoints))
        .route("/fine_tuning/jobs/{id}/cancel", post(jobs::cancel))
        .route("/models", get(models::index));
    if flavour == Flavour::Bedrock {
        return common
            .route("/models/{model}", get(models::retrieve))
            .merge(answers());
    }
    let hosted = common
        .merge(uploads())
        .route("/fine_tuning/jobs/{id}/pause", post(jobs::pause))
        .route("/fine_tuning/jobs/{id}/resume", post(jobs::resume))
        .route("/fine_tuning/alpha/graders/run", post(grader::run))
        .route(
            "/fine_tuning/alpha/graders/validate",
            post(grader::validate),
        )
        .route(
            "/models/{model}",
            get(models::retrieve).delete(models::delete),
        );
    if flavour == Flavour::Azure {
        return hosted;
    }
    hosted
        .merge(answers())
        .route(
            "/fine_tuning/checkpoints/{id}/permissions",
            get(permissions::index).post(permissions::create),
        )
        .route(
            "/fine_tuning/checkpoints/{id}/permissions/{permission}",
            delete(permissions::delete),
        )
}

fn uploads() -> Router<Arc<World>> {
    Router::new()
        .route("/uploads/{id}/parts", post(uploads::part))
        .layer(DefaultBodyLimit::disable())
        .route("/uploads", post(uploads::create))
        .route("/uploads/{id}/complete", post(uploads::complete))
        .route("/uploads/{id}/cancel", post(uploads::cancel))
}

fn answers() -> Router<Arc<World>> {
    Router::new()
        .route("/chat/completions", post(inference::chat))
        .route("/responses", post(inference::respond))
}

async fn unknown_url(State(world): State<Arc<World>>, method: Method, uri: Uri) -> Response {
    if world.flavour() == Flavour::Azure {
        return gate::azure_not_found();
    }
    ApiError {
        status: StatusCode::NOT_FOUND,
        ..ApiError::invalid(
            "unknown_url",
            None,
            format!(
                "Unknown request URL: {method} {}. The sandbox does not simulate this endpoint.",
                uri.path()
            ),
        )
    }
    .into_response()
}

async fn wrong_method(method: Method, uri: Uri) -> ApiError {
    ApiError {
        status: StatusCode::METHOD_NOT_ALLOWED,
        ..ApiError::invalid(
            "method_not_supported",
            None,
            format!("Not allowed to {method} on {}.", uri.path()),
        )
    }
}

#[derive(Debug, Clone)]
struct Stamp {
    world: Arc<World>,
    calls: Arc<AtomicU64>,
}

/// The headers of every reply.
async fn stamp(State(stamp): State<Stamp>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let number = stamp.calls.fetch_add(1, Ordering::Relaxed);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&stamp.world.request_id(number)) {
        headers.insert("x-request-id", id);
    }
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    headers.insert("openai-processing-ms", milliseconds.into());
    headers.insert(
        "openai-organization",
        HeaderValue::from_static("org-simulated"),
    );
    headers.insert("x-simulated", HeaderValue::from_static("true"));
    response
}

/// A JSON body. Its content type is not looked at: curl's default is not JSON's.
pub(crate) struct Body(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| {
                if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    ApiError::too_large(
                        "request_too_large",
                        format!("The request body is longer than {LARGEST_BODY} bytes."),
                    )
                } else {
                    ApiError::invalid(None, None, rejection.body_text())
                }
            })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            ApiError::invalid(
                None,
                None,
                format!("We could not parse the JSON body of your request: {error}."),
            )
        })
    }
}

/// The id in the path.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Path::<String>::from_request_parts(parts, state)
            .await
            .map(|Path(id)| Self(id))
            .map_err(|rejection| ApiError::invalid("invalid_path", None, rejection.body_text()))
    }
}

/// The two ids in the path.
pub(crate) struct Pair(pub(crate) String, pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Pair {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Path::<(String, String)>::from_request_parts(parts, state)
            .await
            .map(|Path((first, second))| Self(first, second))
            .map_err(|rejection| ApiError::invalid("invalid_path", None, rejection.body_text()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(pairs)| Self::new(pairs))
            .map_err(|rejection| ApiError::invalid("invalid_query", None, rejection.body_text()))
    }
}
