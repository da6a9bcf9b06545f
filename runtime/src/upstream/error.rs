//! What a provider or the way to it can answer instead of a result, and what to do then.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::retry::{asked, passes};
use crate::{files::FileError, tool::Effect};

/// The most characters of a provider's body that a message repeats.
const SHOWN: usize = 2_000;

/// Headers that providers put a request's id in.
const REQUEST_IDS: [&str; 3] = ["x-request-id", "apim-request-id", "x-amzn-requestid"];

/// Why a request has no reply that can be used. Text from the provider is redacted and bounded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpstreamError {
    /// No connection; nothing was sent.
    #[error("could not connect to {provider}: check its base URL and the network")]
    Connect {
        /// The provider's title.
        provider: &'static str,
    },
    /// No whole reply within the time allowed.
    #[error("{provider} did not answer within {seconds} s")]
    Timeout {
        /// The provider's title.
        provider: &'static str,
        /// The time allowed.
        seconds: u64,
    },
    /// The connection broke after the request was on its way.
    #[error("the connection to {provider} broke before its answer was whole")]
    Broken {
        /// The provider's title.
        provider: &'static str,
    },
    /// An answer with an error status.
    #[error("{0}")]
    Status(Box<StatusError>),
    /// A redirect to another host, which would get the credentials.
    #[error(
        "{provider} redirected (HTTP {status}) where nothing is sent after it: only what reads is, five times and within one \
         address, so that no key goes elsewhere. Check the base URL"
    )]
    Redirect {
        /// The provider's title.
        provider: &'static str,
        /// The status.
        status: u16,
    },
    /// More bytes than are read.
    #[error(
        "the answer of {provider} is larger than {limit} bytes: ask for less, with a smaller `limit` or a narrower question \
         if the tool takes one; whoever runs the server can raise its limit `response_bytes`"
    )]
    TooLarge {
        /// The provider's title.
        provider: &'static str,
        /// The cap.
        limit: u64,
    },
    /// A file that is no text and can not be given as one.
    #[error(
        "the file that {provider} sent is no text: save it to a local file, where the tool takes a path"
    )]
    Binary {
        /// The provider's title.
        provider: &'static str,
    },
    /// A local file that can not be read or made; nothing was sent.
    #[error("{0}")]
    Local(#[from] FileError),
    /// A reply that came and could not be saved.
    #[error("the answer of {provider} could not be saved: {error}")]
    Unsaved {
        /// The provider's title.
        provider: &'static str,
        /// Why.
        error: FileError,
    },
    /// A success whose body is not JSON.
    #[error("{provider} answered HTTP {status} with a body that is not JSON: {excerpt}")]
    Malformed {
        /// The provider's title.
        provider: &'static str,
        /// The status.
        status: u16,
        /// The start of the body.
        excerpt: String,
    },
    /// The key that this request needs is not set.
    #[error(
        "this needs a key of {provider}'s that is not set: the server has to be started with {names}"
    )]
    Key {
        /// The provider's title.
        provider: &'static str,
        /// The variables to set.
        names: String,
    },
    /// A request that can not be made.
    #[error("the request could not be made: {0}")]
    Request(String),
    /// A request that was to be shown only.
    #[error("nothing was sent: what would be is shown only")]
    Rehearsed,
}

/// An answer with an error status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusError {
    /// The provider's title.
    pub provider: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The provider's error code.
    pub code: Option<String>,
    /// The provider's error type.
    pub kind: Option<String>,
    /// The parameter it is about.
    pub param: Option<String>,
    /// The provider's message, or the start of a body that is not an error object.
    pub message: String,
    /// The id to give to the provider's support.
    pub request_id: Option<String>,
    /// How long it asked to wait before another request.
    pub retry_after: Option<Duration>,
}

impl UpstreamError {
    /// Whether the provider may have acted although there is no usable answer.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        match self {
            Self::Timeout { .. }
            | Self::Broken { .. }
            | Self::TooLarge { .. }
            | Self::Binary { .. }
            | Self::Unsaved { .. }
            | Self::Malformed { .. } => true,
            Self::Status(error) => error.status >= 500 || error.status == 408,
            Self::Connect { .. }
            | Self::Redirect { .. }
            | Self::Key { .. }
            | Self::Local(_)
            | Self::Rehearsed
            | Self::Request(_) => false,
        }
    }

    /// Whether waiting for an answer was given up, here or by a gateway of the provider: it may act later still.
    #[must_use]
    pub fn may_still_act(&self) -> bool {
        match self {
            Self::Timeout { .. } => true,
            // What gateways say of a server behind them that takes too long; 524 is not HTTP's own, and common.
            Self::Status(error) => matches!(error.status, 504 | 524),
            _ => false,
        }
    }

    /// Whether the provider said no, rather than not now.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Status(error) => error.status >= 400 && !passes(error.status),
            _ => false,
        }
    }

    /// The provider's id of the request, when it said one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Status(error) => error.request_id.as_deref(),
            _ => None,
        }
    }

    /// The message for the agent: what happened, and what to do next after a call of this effect.
    #[must_use]
    pub fn advise(&self, effect: Effect) -> String {
        if effect != Effect::Read && self.is_ambiguous() {
            return format!(
                "{self}. It is not known whether {} acted: do not repeat the call before you have looked, with a tool \
                 that lists or reads, whether it took effect",
                self.provider()
            );
        }
        match self.next() {
            Some(next) => format!("{self}. {next}"),
            None => self.to_string(),
        }
    }

    /// Whether another error differs in the request's id at most.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Status(one), Self::Status(other)) => {
                let mut one = one.clone();
                one.request_id.clone_from(&other.request_id);
                one == *other
            }
            _ => self == other,
        }
    }

    fn provider(&self) -> &'static str {
        match self {
            Self::Connect { provider }
            | Self::Timeout { provider, .. }
            | Self::Broken { provider }
            | Self::Redirect { provider, .. }
            | Self::TooLarge { provider, .. }
            | Self::Binary { provider }
            | Self::Unsaved { provider, .. }
            | Self::Malformed { provider, .. }
            | Self::Key { provider, .. } => provider,
            Self::Status(error) => error.provider,
            Self::Local(_) | Self::Rehearsed | Self::Request(_) => "the provider",
        }
    }

    /// What a log may hold: what the provider says may repeat what it was sent.
    pub(super) fn in_short(&self) -> String {
        match self {
            Self::Status(error) => format!("HTTP {}", error.status),
            other => other.to_string(),
        }
    }

    fn next(&self) -> Option<&'static str> {
        match self {
            Self::Timeout { .. } | Self::Broken { .. } => Some("Try again"),
            Self::Status(error) => Some(match (error.status, error.code.as_deref()) {
                (401, _) => {
                    "The server's key is wrong or expired: tell the person who runs it; repeating does not help"
                }
                (403, _) => {
                    "The server's key may not do this: tell the person who runs it; repeating does not help"
                }
                // What OpenAI and others say of a path that leads nowhere, whatever the ids in it.
                (404 | 405, Some(code)) if code.contains("url") || code.contains("method_not") => {
                    "It has no such endpoint, whatever the id: tell the person who runs the server; another tool may do"
                }
                // Azure's gateway says this of paths and of ids.
                (404, Some("404")) => {
                    "Check the id: list what there is and take it from there. Where it is right, the endpoint is not there: \
                     tell the person who runs the server"
                }
                (404, _) => "Check the id: list what there is and take it from there",
                (409, _) => "It conflicts with what is there: look at the present state first",
                (429, Some(code))
                    if code.contains("quota")
                        || code.contains("limit_exceeded") && code != "rate_limit_exceeded"
                        || code.contains("credit") =>
                {
                    "A budget is used up: tell the person who pays; repeating does not help"
                }
                (429, _) => "Wait a minute, then try again",
                (400 | 413 | 422, _) => "Mend the arguments as it says, then call again",
                (500.., _) => "The provider has a problem: try again in a minute",
                _ => "Read what it says before you call again",
            }),
            _ => None,
        }
    }
}

impl StatusError {
    /// Reads an error body, whatever its form: `{error: {…}}`, `{message}`, or text.
    #[must_use]
    pub fn read(provider: &'static str, status: u16, headers: &HeaderMap, body: &str) -> Self {
        let json: Value = serde_json::from_str(body).unwrap_or_default();
        let object = json
            .get("error")
            .filter(|error| error.is_object())
            .unwrap_or(&json);
        let field = |names: &[&str]| {
            let value = names
                .iter()
                .find_map(|name| object.get(name).filter(|value| !value.is_null()))?;
            Some(
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            )
        };
        let message = field(&["message", "Message", "error", "detail"]);
        Self {
            provider,
            status,
            code: field(&["code", "__type"]),
            kind: field(&["type"]),
            param: field(&["param"]),
            message: excerpt(message.as_deref().unwrap_or(body)),
            request_id: request_id(headers),
            retry_after: asked(headers, SystemTime::now()),
        }
    }
}

/// The provider's id of a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = REQUEST_IDS.iter().find_map(|name| headers.get(*name))?;
    Some(excerpt(id.to_str().ok()?))
}

/// The start of a text.
pub(crate) fn excerpt(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!(
            "{}… ({} bytes in all)",
            text.get(..end).unwrap_or_default(),
            text.len()
        ),
        None => text.to_owned(),
    }
}

impl std::fmt::Display for StatusError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} answered HTTP {}", self.provider, self.status)?;
        for (name, value) in [
            ("code", &self.code),
            ("type", &self.kind),
            ("param", &self.param),
        ] {
            if let Some(value) = value {
                write!(f, ", {name} `{value}`")?;
            }
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message.trim_end_matches('.'))?;
        }
        match &self.request_id {
            Some(id) => write!(f, " (request id {id})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> StatusError {
        StatusError::read("Acme", status, &HeaderMap::new(), body)
    }

    #[test]
    fn every_form_of_error_body_is_read() {
        let own = read(
            400,
            r#"{"error":{"message":"No.","type":"t","param":"p","code":null}}"#,
        );
        assert_eq!(
            own.to_string(),
            "Acme answered HTTP 400, type `t`, param `p`: No"
        );
        assert_eq!(read(403, r#"{"message":"denied"}"#).message, "denied");
        assert_eq!(read(404, r#"{"error":"gone"}"#).message, "gone");
        assert_eq!(
            read(502, "<html>bad gateway</html>").message,
            "<html>bad gateway</html>"
        );
        assert_eq!(read(500, "").to_string(), "Acme answered HTTP 500");
        assert!(read(500, &"é".repeat(9_000)).message.len() < 4_100);
    }

    #[test]
    fn an_unknown_outcome_is_never_called_a_failure_to_repeat() {
        for status in [408, 500, 503] {
            let error = UpstreamError::Status(Box::new(read(status, "")));
            assert!(
                error
                    .advise(Effect::Costly)
                    .contains("not known whether Acme acted")
            );
            assert!(
                error.advise(Effect::Read).contains("gain"),
                "{}",
                error.advise(Effect::Read)
            );
        }
        for (code, told, not) in [
            ("unknown_url", "no such endpoint", "Check the id"),
            ("404", "Check the id", "no such endpoint"),
            ("job_not_found", "Check the id", "endpoint"),
        ] {
            let body = format!(r#"{{"error":{{"code":"{code}"}}}}"#);
            let advice = UpstreamError::Status(Box::new(read(404, &body))).advise(Effect::Read);
            assert!(advice.contains(told) && !advice.contains(not), "{advice}");
        }
        let refused = UpstreamError::Status(Box::new(read(400, "{}")));
        assert!(
            refused
                .advise(Effect::Costly)
                .contains("Mend the arguments")
        );
        let spent = read(429, r#"{"error":{"code":"insufficient_quota"}}"#);
        assert!(
            UpstreamError::Status(Box::new(spent))
                .advise(Effect::Read)
                .contains("who pays")
        );
    }
}
