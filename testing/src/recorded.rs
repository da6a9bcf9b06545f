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
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{TestError, difference::differences};

/// The provider of one example. It ends when it is dropped.
pub(crate) struct Recorded {
    pub(crate) base: String,
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
    pub(crate) async fn start(sent: &[(Sent, Answer)]) -> Result<Self, TestError> {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .map_err(TestError::io("listen on 127.0.0.1"))?;
        let address = listener
            .local_addr()
            .map_err(TestError::io("read the address"))?;
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
    pub(crate) fn differences(&self, own: &[&str], token: &[&str]) -> Vec<String> {
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
    let seen = Seen { uri, headers, body };
    // Of those with the same path, the one that is most like it: what is sent at once comes in any order.
    let alike = asked.expected.iter().enumerate();
    let alike = alike.filter(|(_, (sent, _, before))| {
        before.is_none() && sent.method == method.as_str() && sent.path == seen.uri.path()
    });
    let next = alike.min_by_key(|(_, (sent, ..))| {
        let mut found = Vec::new();
        compare("", sent, &seen, &[], &[], &mut found);
        found.len()
    });
    let next = next.map(|(index, _)| index);
    let Some((_, answer, taken)) = next.and_then(|index| asked.expected.get_mut(index)) else {
        asked.unexpected.push(format!("{method} {}", seen.uri));
        return respond(
            404,
            &Map::new(),
            "{\"error\": {\"message\": \"the example has no answer to this\"}}",
        );
    };
    *taken = Some(seen);
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
    let expected = pairs(&members(sent.query.as_ref()));
    let mut got = pairs_of(seen.uri.query().unwrap_or_default());
    got.retain(|(name, _)| {
        !own.contains(&name.as_str()) || expected.iter().any(|(one, _)| one == name)
    });
    compare_pairs(&format!("{at}: the query"), expected, got, found);
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
    if kind == "application/x-www-form-urlencoded" {
        let got = pairs_of(&String::from_utf8_lossy(&seen.body));
        let expected = pairs(&members(sent.form.as_ref()));
        compare_pairs(&format!("{at}: the form"), expected, got, found);
        return;
    }
    if let Some(form) = &sent.form {
        differences(Some(form), None, &format!("{at} form"), found);
    }
    if let Some(upload) = &sent.upload {
        let got = json!({ "text": String::from_utf8_lossy(&seen.body) });
        differences(Some(upload), Some(&got), &format!("{at} upload"), found);
        return;
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
pub(crate) fn forget(token: &[&str], expected: Option<&Value>, got: &mut Value) {
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

/// `what` is the query or the form, for messages.
fn compare_pairs(
    what: &str,
    mut expected: Vec<(String, String)>,
    mut got: Vec<(String, String)>,
    found: &mut Vec<String>,
) {
    expected.sort();
    got.sort();
    for (name, value) in expected.iter().filter(|pair| !got.contains(pair)) {
        found.push(format!("{what} has no {name}={value}"));
    }
    for (name, value) in got.iter().filter(|pair| !expected.contains(pair)) {
        found.push(format!(
            "{what} has {name}={value}, which is not in the example"
        ));
    }
}

/// The pairs of a query or a form as it is sent.
fn pairs_of(encoded: &str) -> Vec<(String, String)> {
    let url = Url::parse(&format!("http://example/?{encoded}"));
    let pairs = url.iter().flat_map(Url::query_pairs);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The pairs that a query or a form of these members is spelled by.
fn pairs(members: &Map<String, Value>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        match value {
            Value::Object(inner) => {
                let inner = inner.iter();
                let inner = inner.map(|(key, value)| (format!("{name}[{key}]"), value.clone()));
                pairs.extend(self::pairs(&inner.collect()));
            }
            Value::Array(items) => {
                pairs.extend(items.iter().map(|item| (name.clone(), text(item))));
            }
            one => pairs.push((name.clone(), text(one))),
        }
    }
    pairs
}

/// A form as examples write it: `fields`, and the file's `filename` and `text`; of several files a list of these, each
/// with its `part`. A field of several values is a list.
fn form(body: &str, boundary: &str) -> Value {
    let (mut fields, mut files) = (Map::new(), Vec::new());
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
        let name = quoted("; name").unwrap_or_default();
        if let Some(filename) = quoted("; filename") {
            files.push((name, filename, content));
            continue;
        }
        match fields.get_mut(&name) {
            Some(Value::Array(several)) => several.push(content.into()),
            Some(one) => *one = json!([one.take(), content]),
            None => {
                fields.insert(name, content.into());
            }
        }
    }
    let mut form = Map::new();
    if !fields.is_empty() {
        form.insert("fields".to_owned(), fields.into());
    }
    match files.as_slice() {
        [] => {}
        [(_, filename, text)] => {
            form.insert("filename".to_owned(), filename.as_str().into());
            form.insert("text".to_owned(), (*text).into());
        }
        several => {
            let several = several.iter().map(
                |(part, filename, text)| json!({ "part": part, "filename": filename, "text": text }),
            );
            form.insert("files".to_owned(), several.collect());
        }
    }
    Value::Object(form)
}

/// Members by name; none for anything else.
fn members(value: Option<&Value>) -> Map<String, Value> {
    value
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a request is told to differ in from what the example says is sent.
    fn told(kind: &'static str, body: &'static str, sent: &Value) -> Vec<String> {
        let part = |name: &str| sent.get(name).cloned();
        let sent = Sent {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            query: None,
            headers: None,
            body: part("body"),
            form: part("form"),
            upload: part("upload"),
        };
        let mut headers = HeaderMap::new();
        headers.insert("content-type", axum::http::HeaderValue::from_static(kind));
        let seen = Seen {
            uri: Uri::from_static("/"),
            headers,
            body: Bytes::from_static(body.as_bytes()),
        };
        let mut found = Vec::new();
        compare("it", &sent, &seen, &[], &[], &mut found);
        found
    }

    #[test]
    fn forms_are_compared_by_their_pairs() {
        const KIND: &str = "application/x-www-form-urlencoded";
        let sent = json!({"form": {"a": 1, "b": {"c": {"d": "x y"}}, "e": [1, 2]}});
        let body = "a=1&b%5Bc%5D%5Bd%5D=x%20y&e=1&e=2";
        assert_eq!(told(KIND, body, &sent), Vec::<String>::new());
        assert_eq!(
            told(KIND, "a=2&b%5Bc%5D%5Bd%5D=x%20y&e=1&e=2", &sent),
            [
                "it: the form has no a=1",
                "it: the form has a=2, which is not in the example"
            ]
        );
        assert_eq!(told("application/json", "{}", &sent).len(), 2);
    }

    #[test]
    fn files_are_compared_one_by_one() {
        const KIND: &str = "multipart/form-data; boundary=x";
        const HEAD: &str = "Content-Disposition: form-data; name=";
        let body = format!(
            "--x\r\n{HEAD}\"t\"\r\n\r\n1\r\n--x\r\n{HEAD}\"t\"\r\n\r\n2\r\n\
             --x\r\n{HEAD}\"p\"; filename=\"a\"\r\n\r\none\r\n--x\r\n{HEAD}\"q\"; filename=\"b\"\r\n\r\ntwo\r\n--x--\r\n"
        );
        let body: &'static str = body.leak();
        let files = |second: &str| {
            json!({"upload": {"fields": {"t": ["1", "2"]}, "files": [
                {"part": "p", "filename": "a", "text": "one"}, {"part": "q", "filename": "b", "text": second}]}})
        };
        assert_eq!(told(KIND, body, &files("two")), Vec::<String>::new());
        let wrong = told(KIND, body, &files("three"));
        assert!(
            wrong.len() == 1 && wrong[0].contains("files/1/text"),
            "{wrong:?}"
        );
        let raw = json!({"upload": {"text": "a"}});
        assert_eq!(told("text/plain", "a", &raw), Vec::<String>::new());
        assert_eq!(told("text/plain", "b", &raw).len(), 1);
    }
}
