//! A provider that gives the answers of an example, and keeps what it was asked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, Method, Response, StatusCode, Uri},
};
use reqwest::Url;
use rft_mcp_codegen::{Answer, Sent};
use serde_json::{Map, Value};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{difference::differences, members};
use crate::cli::Error;

/// The provider of one example. It ends when it is dropped.
pub struct Recorded {
    pub base: String,
    state: Arc<Mutex<Asked>>,
    server: JoinHandle<()>,
}

/// What there is to be asked, each with what came.
#[derive(Default)]
struct Asked {
    expected: Vec<(Sent, Answer, Option<Seen>)>,
    unexpected: Vec<String>,
}

/// A request that came.
struct Seen {
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Recorded {
    pub async fn start(sent: &[(Sent, Answer)]) -> Result<Self, Error> {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .map_err(Error::io("listen on 127.0.0.1"))?;
        let address = listener
            .local_addr()
            .map_err(Error::io("read the address"))?;
        let expected = sent.iter();
        let expected = expected.map(|(sent, answer)| (sent.clone(), answer.clone(), None));
        let state = Arc::new(Mutex::new(Asked {
            expected: expected.collect(),
            unexpected: Vec::new(),
        }));
        let app = Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&state));
        let server = tokio::spawn(async move {
            // It ends with the task.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self {
            base: format!("http://{address}"),
            state,
            server,
        })
    }

    /// Where what came is not what was expected. `own` are the names that the provider adds to every query, `token` is
    /// where a body has a token that is new each time.
    pub fn differences(&self, own: &[&str], token: &[&str]) -> Vec<String> {
        let asked = lock(&self.state);
        let mut found = Vec::new();
        for (sent, _, seen) in &asked.expected {
            let at = format!("{} {}", sent.method, sent.path);
            match seen {
                None => found.push(format!("{at}: was not sent")),
                Some(seen) => compare(&at, sent, seen, own, token, &mut found),
            }
        }
        let unexpected = asked.unexpected.iter();
        found.extend(unexpected.map(|line| format!("{line}: is sent, and not in the example")));
        found
    }
}

impl Drop for Recorded {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock(state: &Mutex<Asked>) -> MutexGuard<'_, Asked> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    State(state): State<Arc<Mutex<Asked>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let mut asked = lock(&state);
    let next = asked.expected.iter_mut().find(|(sent, _, seen)| {
        seen.is_none() && sent.method == method.as_str() && sent.path == uri.path()
    });
    let Some((_, answer, seen)) = next else {
        asked.unexpected.push(format!("{method} {uri}"));
        return respond(
            404,
            &Map::new(),
            "{\"error\": {\"message\": \"the example has no answer to this\"}}",
        );
    };
    *seen = Some(Seen { uri, headers, body });
    respond(
        answer.status,
        &members(answer.headers.as_ref()),
        &answer.body,
    )
}

fn respond(status: u16, headers: &Map<String, Value>, body: &str) -> Response<Body> {
    // Nobody waits for a second answer to the same.
    let mut builder = Response::builder()
        .status(status)
        .header("x-should-retry", "false");
    for (name, value) in headers {
        builder = builder.header(name, text(value));
    }
    let response = builder.body(Body::from(body.to_owned()));
    response.unwrap_or_else(|_| {
        let mut response = Response::new(Body::from("the example's headers or status are none"));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

fn compare(
    at: &str,
    sent: &Sent,
    seen: &Seen,
    own: &[&str],
    token: &[&str],
    found: &mut Vec<String>,
) {
    let mut expected = pairs(&members(sent.query.as_ref()));
    let mut got = query(&seen.uri);
    got.retain(|(name, _)| {
        !own.contains(&name.as_str()) || expected.iter().any(|(one, _)| one == name)
    });
    expected.sort();
    got.sort();
    for (name, value) in expected.iter().filter(|pair| !got.contains(pair)) {
        found.push(format!("{at}: the query has no {name}={value}"));
    }
    for (name, value) in got.iter().filter(|pair| !expected.contains(pair)) {
        found.push(format!(
            "{at}: the query has {name}={value}, which is not in the example"
        ));
    }
    for (name, value) in members(sent.headers.as_ref()) {
        let value = text(&value);
        let got = seen.headers.get(&name).and_then(|got| got.to_str().ok());
        if got != Some(value.as_str()) {
            let got = got.unwrap_or("nothing");
            found.push(format!("{at}: header {name}: expected {value}, got {got}"));
        }
    }
    let kind = seen.headers.get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if let Some(boundary) = kind.strip_prefix("multipart/form-data; boundary=") {
        let got = form(&String::from_utf8_lossy(&seen.body), boundary);
        let at = format!("{at} form");
        differences(sent.upload.as_ref(), Some(&got), &at, found);
        return;
    }
    if let Some(upload) = &sent.upload {
        differences(Some(upload), None, &format!("{at} form"), found);
    }
    let got = (!seen.body.is_empty()).then(|| {
        let text = String::from_utf8_lossy(&seen.body).into_owned();
        let mut body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        forget(token, sent.body.as_ref(), &mut body);
        body
    });
    differences(
        sent.body.as_ref(),
        got.as_ref(),
        &format!("{at} body"),
        found,
    );
}

/// Takes a token out of what came, and objects that held nothing else, unless the example says what it is.
pub(super) fn forget(token: &[&str], expected: Option<&Value>, got: &mut Value) {
    let Some((name, inside)) = token.split_first() else {
        return;
    };
    let expected = expected.and_then(|expected| expected.get(*name));
    if inside.is_empty() && expected.is_some() {
        return;
    }
    let Value::Object(members) = got else { return };
    let Some(member) = members.get_mut(*name) else {
        return;
    };
    forget(inside, expected, member);
    let emptied = expected.is_none() && member.as_object().is_some_and(Map::is_empty);
    if inside.is_empty() || emptied {
        members.shift_remove(*name);
    }
}

/// The pairs of a query as it is sent.
fn query(uri: &Uri) -> Vec<(String, String)> {
    let url = Url::parse(&format!("http://example{uri}"));
    let pairs = url.iter().flat_map(Url::query_pairs);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The pairs that a query of these members is spelled by.
fn pairs(members: &Map<String, Value>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        match value {
            Value::Object(inner) => {
                let inner = inner.iter();
                pairs.extend(inner.map(|(key, value)| (format!("{name}[{key}]"), text(value))));
            }
            Value::Array(items) => {
                pairs.extend(items.iter().map(|item| (name.clone(), text(item))));
            }
            one => pairs.push((name.clone(), text(one))),
        }
    }
    pairs
}

/// A form as examples write it: `fields`, and the file's `filename` and `text`.
fn form(body: &str, boundary: &str) -> Value {
    let (mut fields, mut form) = (Map::new(), Map::new());
    let between = format!("--{boundary}");
    for part in body.split(&between) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else {
            continue;
        };
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let quoted = |name: &str| {
            let (_, after) = head.split_once(&format!("{name}=\""))?;
            Some(after.split_once('"')?.0.to_owned())
        };
        match quoted("; filename") {
            Some(filename) => {
                form.insert("filename".to_owned(), filename.into());
                form.insert("text".to_owned(), content.into());
            }
            None => {
                fields.insert(quoted("; name").unwrap_or_default(), content.into());
            }
        }
    }
    if !fields.is_empty() {
        form.insert("fields".to_owned(), fields.into());
    }
    Value::Object(form)
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
