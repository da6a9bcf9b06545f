//! Faults on request: what a client must survive, at the route and as often as asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use crate::connection::Handle;
use crate::errors::ApiError;

/// Most rules held at once.
const MOST_RULES: usize = 1_000;

/// How long after the loss of its connection a request is acted on.
const DELAY: Duration = Duration::from_millis(300);
/// The largest body of such a request.
const LARGEST_DELAYED: usize = 2 << 20;

/// Where, when and how often something goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Method and path, for example `POST /v1/fine_tuning/jobs/{id}/pause`. A segment in braces stands for any one
    /// segment, the method `*` for any method.
    pub route: String,
    /// How many calls it hits.
    #[serde(default = "once")]
    pub count: u32,
    /// How many matching calls it lets pass before the first that it hits.
    #[serde(default)]
    pub after: u32,
    /// What happens to them.
    pub fault: Fault,
}

const fn once() -> u32 {
    1
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "a fault is {status, acted, later_ms, headers, body}, {latency_ms}, {drop: before|during|after} or \
                 {malformed: true}, one of them a rule: to make a call slow and wrong as well, add a rule with \
                 latency_ms before the other"
)]
pub enum Fault {
    /// The provider answers with this, and has not acted, unless that is said.
    Status(StatusFault),
    /// The answer takes longer. A rule of another kind may hit the same call.
    Latency {
        /// Real milliseconds: the sandbox's speed does not shorten them.
        latency_ms: u64,
    },
    /// The connection is cut and no answer comes.
    Drop {
        /// Whether the provider acted on the request.
        drop: Dropped,
    },
    /// The provider acts, and half of its answer's body comes, with a length that fits.
    Malformed {
        /// Always true.
        malformed: True,
    },
}

/// An answer that the provider did not mean to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFault {
    /// 100 is too low and 600 too high.
    pub status: u16,
    /// Whether the provider acted all the same, as when a gateway in front of it gives up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acted: bool,
    /// With `acted`: how long after this answer it does so, in real milliseconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub later_ms: u64,
    /// Headers such as `retry-after`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The body; an error object of the API's shape when absent. A string is sent as it is, anything else as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Which side of the provider's action a connection is cut on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dropped {
    /// The request is lost: nothing happened.
    Before,
    /// The connection is lost on the way: it happens, but only after the client has seen that.
    During,
    /// The answer is lost: it did happen.
    After,
}

/// The literal `true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "bool", into = "bool")]
pub struct True;

impl From<True> for bool {
    fn from(_: True) -> Self {
        true
    }
}

impl TryFrom<bool> for True {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        value.then_some(Self).ok_or("only `true` is possible")
    }
}

/// Why a rule was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleError {
    /// The route has no method or no path.
    #[error("`{0}` is not a route: write a method, a space and a path that starts with `/`")]
    Route(String),
    /// The route has a query, which is not looked at.
    #[error(
        "`{0}` has a query, and calls are told apart by method and path: leave `?` and what follows it out"
    )]
    Query(String),
    /// It would hit no call.
    #[error("a rule with `count: 0` hits nothing: say how many calls it hits, from 1")]
    Count,
    /// The status is not one of HTTP's.
    #[error("`{0}` is not a status: use one from 200 to 599")]
    Status(u16),
    /// It acts later, and does not act.
    #[error("`later_ms` says when the provider acts: add `acted: true`")]
    Later,
    /// A header has an impossible name or value.
    #[error("`{0}` is not a header that can be sent")]
    Header(String),
    /// There are too many rules.
    #[error("there are {MOST_RULES} rules already: clear them first")]
    Full,
}

/// The rules that are active. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Active>>>);

#[derive(Debug, Clone)]
struct Active {
    rule: Rule,
    /// Matching calls that were let pass.
    passed: u32,
    /// Calls that were hit.
    hit: u32,
}

impl Faults {
    /// Adds a rule behind those there are; of rules that match one call the oldest is used.
    ///
    /// # Errors
    /// If the rule could never be carried out, or there are too many.
    pub fn add(&self, rule: Rule) -> Result<(), RuleError> {
        rule.check()?;
        let mut rules = self.rules();
        if rules.len() >= MOST_RULES {
            return Err(RuleError::Full);
        }
        rules.push(Active {
            rule,
            passed: 0,
            hit: 0,
        });
        Ok(())
    }

    /// Removes every rule.
    pub fn clear(&self) {
        self.rules().clear();
    }

    /// The rules with how often each was passed and hit, as `GET /sandbox/faults` shows them.
    #[must_use]
    pub fn list(&self) -> Value {
        let rules: Vec<Value> = self
            .rules()
            .iter()
            .map(|active| {
                let mut view = json!(active.rule);
                if let Some(view) = view.as_object_mut() {
                    view.insert("passed".to_owned(), active.passed.into());
                    view.insert("hit".to_owned(), active.hit.into());
                }
                view
            })
            .collect();
        json!({"object": "list", "simulated": true, "data": rules})
    }

    /// What befalls a call: how long it waits and what else goes wrong.
    fn befall(&self, method: &str, path: &str) -> (Duration, Option<Fault>) {
        let mut wait = Duration::ZERO;
        for active in self.rules().iter_mut() {
            if active.hit >= active.rule.count || !active.rule.matches(method, path) {
                continue;
            }
            if active.passed < active.rule.after {
                active.passed += 1;
                continue;
            }
            active.hit += 1;
            match &active.rule.fault {
                Fault::Latency { latency_ms } => wait += Duration::from_millis(*latency_ms),
                fault => return (wait, Some(fault.clone())),
            }
        }
        (wait, None)
    }

    fn rules(&self) -> MutexGuard<'_, Vec<Active>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    fn check(&self) -> Result<(), RuleError> {
        match self.route.split_once(' ') {
            Some((method, path)) if !method.is_empty() && path.starts_with('/') => {}
            _ => return Err(RuleError::Route(self.route.clone())),
        }
        if self.route.contains('?') {
            return Err(RuleError::Query(self.route.clone()));
        }
        if self.count == 0 {
            return Err(RuleError::Count);
        }
        let Fault::Status(fault) = &self.fault else {
            return Ok(());
        };
        if fault.later_ms > 0 && !fault.acted {
            return Err(RuleError::Later);
        }
        if !(200..600).contains(&fault.status) {
            return Err(RuleError::Status(fault.status));
        }
        let bad = fault.headers.iter().find(|(name, value)| {
            HeaderName::try_from(name.as_str()).is_err() || HeaderValue::from_str(value).is_err()
        });
        match bad {
            Some((name, _)) => Err(RuleError::Header(name.clone())),
            None => Ok(()),
        }
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let Some((wanted, pattern)) = self.route.split_once(' ') else {
            return false;
        };
        if wanted != "*" && !wanted.eq_ignore_ascii_case(method) {
            return false;
        }
        let (pattern, path) = (pattern.split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(pattern, segment)| {
                pattern == segment
                    || (pattern.starts_with('{') && pattern.ends_with('}') && !segment.is_empty())
            })
    }
}

/// Lets the rules have their way with a call.
pub(crate) async fn inject(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let (wait, fault) = faults.befall(request.method().as_str(), request.uri().path());
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    let connection = request
        .extensions()
        .get::<ConnectInfo<Handle>>()
        .map(|ConnectInfo(handle)| handle.clone());
    match fault {
        None | Some(Fault::Latency { .. }) => next.run(request).await,
        Some(Fault::Status(fault)) => {
            match (fault.acted, fault.later_ms) {
                (false, _) => {}
                (true, 0) => drop(next.run(request).await),
                (true, later) => act_after(Duration::from_millis(later), request, next).await,
            }
            fault.answer()
        }
        Some(Fault::Drop {
            drop: Dropped::Before,
        }) => cut(connection.as_ref()),
        Some(Fault::Drop {
            drop: Dropped::During,
        }) => {
            act_after(DELAY, request, next).await;
            cut(connection.as_ref())
        }
        Some(Fault::Drop {
            drop: Dropped::After,
        }) => {
            let lost = next.run(request).await;
            drop(lost);
            cut(connection.as_ref())
        }
        Some(Fault::Malformed { .. }) => halve(next.run(request).await).await,
    }
}

/// Lets a request act a while after its answer. The whole of it is here before its connection goes.
async fn act_after(delay: Duration, request: Request, next: Next) {
    let (parts, body) = request.into_parts();
    if let Ok(body) = axum::body::to_bytes(body, LARGEST_DELAYED).await {
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            drop(next.run(Request::from_parts(parts, Body::from(body))).await);
        });
    }
}

impl StatusFault {
    fn answer(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = self.body.unwrap_or_else(|| {
            ApiError {
                status,
                message: format!("Simulated fault: status {}.", status.as_u16()),
                kind: match status.as_u16() {
                    429 => "requests",
                    500.. => "server_error",
                    _ => "invalid_request_error",
                },
                param: None,
                code: match status.as_u16() {
                    401 => Some("invalid_api_key"),
                    429 => Some("rate_limit_exceeded"),
                    503 => Some("server_is_overloaded"),
                    _ => None,
                },
            }
            .body()
        });
        let mut response = match body {
            Value::String(text) => (status, text).into_response(),
            json => (status, axum::Json(json)).into_response(),
        };
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Cuts the connection. Where there is none, as in a test that calls the router, the body ends with an error.
fn cut(connection: Option<&Handle>) -> Response {
    if let Some(connection) = connection {
        connection.cut();
    }
    let broken = stream::once(async {
        Err::<bytes::Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    });
    Response::new(Body::from_stream(broken))
}

/// The same reply with the first half of its body.
async fn halve(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(CONTENT_LENGTH);
    parts
        .headers
        .entry(CONTENT_TYPE)
        .or_insert(HeaderValue::from_static("application/json"));
    let half = whole.slice(..whole.len() / 2);
    Response::from_parts(parts, Body::from(half))
}
