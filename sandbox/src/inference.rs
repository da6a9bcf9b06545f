//! Answers of models. No model is asked: every answer says that it is simulated and for whom, and follows from the
//! seed and the request alone. Where a schema is asked for, it is an instance of that schema.

mod answer;
mod chat;
mod responses;

pub(crate) use self::chat::create as chat;
pub(crate) use self::responses::create as respond;

use axum::response::{IntoResponse, Response};

use crate::errors::ApiError;
use crate::gate::azure_refusal;
use axum::http::StatusCode;

/// Why there is no answer.
pub(crate) enum NoAnswer {
    Api(ApiError),
    /// Azure answers through deployments only.
    NotDeployed,
}

impl From<ApiError> for NoAnswer {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl IntoResponse for NoAnswer {
    fn into_response(self) -> Response {
        match self {
            Self::Api(error) => error.into_response(),
            Self::NotDeployed => azure_refusal(
                StatusCode::NOT_FOUND,
                "DeploymentNotFound",
                "The API deployment for this resource does not exist. If you created the deployment within the last 5 \
                 minutes, please wait a moment and try again.",
            ),
        }
    }
}
