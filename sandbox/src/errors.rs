use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal as the API writes it: `{"error": {message, type, param, code}}` with a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    pub(crate) kind: &'static str,
    pub(crate) param: Option<String>,
    pub(crate) code: Option<&'static str>,
}

impl ApiError {
    /// 400 about one parameter of the request, or about none.
    pub(crate) fn invalid(
        code: impl Into<Option<&'static str>>,
        param: impl Into<Option<String>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            message: message.into(),
            kind: "invalid_request_error",
            param: param.into(),
            code: code.into(),
        }
    }

    /// 404 about one thing that does not exist.
    pub(crate) fn not_found(
        code: impl Into<Option<&'static str>>,
        param: &str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid(code, param.to_owned(), message)
        }
    }

    /// 413 about a file, a body or the whole store.
    pub(crate) fn too_large(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            ..Self::invalid(code, None, message)
        }
    }

    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn body(&self) -> Value {
        json!({
            "error": {
                "message": simulated(self.message.clone()),
                "type": self.kind,
                "param": self.param,
                "code": self.code,
            }
        })
    }
}

/// A text that a person may read, with the word that says where it is from.
pub(crate) fn simulated(mut text: String) -> String {
    if !text.contains("(simulated)") && !text.contains("Simulated") {
        text.push_str(" (simulated)");
    }
    text
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.body())).into_response()
    }
}
