//! The deprecated HTTP+SSE: sessions that open, are bounded, idle and end.

use std::time::Duration;

use axum::{Router, body::Body, http::Request};
use futures::{Stream, StreamExt as _, pin_mut};
use rft_mcp_runtime::transport::http::{HttpOptions, SseOptions, router};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::fixture::{Http, call, gate, initialize, legacy, modern, notification, reply, server};

fn options(change: impl FnOnce(&mut SseOptions)) -> HttpOptions {
    let mut sse = SseOptions::default();
    change(&mut sse);
    let mut options = HttpOptions::default();
    options.sse = Some(sse);
    options
}

/// A client over a socket.
struct Session<'a> {
    http: &'a Http,
    response: reqwest::Response,
    read: String,
    endpoint: String,
}

impl<'a> Session<'a> {
    async fn open(http: &'a Http) -> Self {
        let response = http.request("GET", "/sse").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut session = Self {
            http,
            response,
            read: String::new(),
            endpoint: String::new(),
        };
        let (event, endpoint) = session.event().await.unwrap();
        assert_eq!(event, "endpoint");
        session.endpoint = endpoint;
        session
    }

    /// The next event's name and data; `None` at the end of the stream.
    async fn event(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
                let event = field("event: ").map(|event| {
                    (
                        event.to_owned(),
                        field("data: ").unwrap_or_default().to_owned(),
                    )
                });
                self.read = String::from(rest);
                if event.is_some() {
                    return event;
                }
            } else {
                let chunk = self.response.chunk().await.unwrap()?;
                self.read.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        }
    }

    async fn message(&mut self) -> Value {
        let (event, data) = self.event().await.expect("the stream ended");
        assert_eq!(event, "message");
        serde_json::from_str(&data).unwrap()
    }

    async fn say(&self, message: &Value) -> u16 {
        let request = self
            .http
            .request("POST", &self.endpoint)
            .header("content-type", "application/json");
        reply(request.body(message.to_string())).await.status
    }

    async fn ask(&mut self, message: &Value) -> Value {
        assert_eq!(self.say(message).await, 202);
        self.message().await
    }

    async fn shake_hands(&mut self) {
        let opened = self.ask(&initialize("2024-11-05")).await;
        assert_eq!(opened["result"]["protocolVersion"], "2024-11-05");
        assert_eq!(
            self.say(&notification("notifications/initialized", json!({})))
                .await,
            202
        );
    }
}

#[tokio::test]
async fn a_client_opens_a_session_lists_and_calls() {
    let http = Http::start(options(|_| ())).await;
    let mut session = Session::open(&http).await;
    session.shake_hands().await;
    let listed = session.ask(&legacy(1, "tools/list", json!({}))).await;
    assert_eq!(listed["result"]["tools"].as_array().unwrap().len(), 4);
    let called = session
        .ask(&legacy(
            2,
            "tools/call",
            call("echo", json!({"text": "hi"})),
        ))
        .await;
    assert_eq!(called["id"], 2);
    assert_eq!(called["result"]["structuredContent"]["text"], "hi");
    drop(session);
    http.stop().await;
}

#[tokio::test]
async fn a_client_without_a_handshake_is_served_too() {
    let http = Http::start(options(|_| ())).await;
    let mut session = Session::open(&http).await;
    let called = session
        .ask(&modern(
            1,
            "tools/call",
            call("echo", json!({"text": "hi"})),
        ))
        .await;
    assert_eq!(called["result"]["structuredContent"]["text"], "hi");
    assert_eq!(called["result"]["resultType"], "complete");
    http.stop().await;
}

#[tokio::test]
async fn sessions_do_not_hear_each_other() {
    let http = Http::start(options(|_| ())).await;
    let mut one = Session::open(&http).await;
    let mut other = Session::open(&http).await;
    assert_ne!(one.endpoint, other.endpoint);
    one.shake_hands().await;
    other.shake_hands().await;
    assert_eq!(one.ask(&legacy(11, "ping", json!({}))).await["id"], 11);
    assert_eq!(other.ask(&legacy(12, "ping", json!({}))).await["id"], 12);
    http.stop().await;
}

#[tokio::test]
async fn messages_that_go_nowhere_or_mean_nothing_are_refused() {
    let http = Http::start(options(|_| ())).await;
    let post = |path: &str, body: &str| reply(http.request("POST", path).body(body.to_owned()));
    assert_eq!(
        post("/messages?sessionId=nobody", "{}").await.error(),
        (404, -32600)
    );
    assert_eq!(post("/messages", "{}").await.status, 400);
    let session = Session::open(&http).await;
    assert_eq!(post(&session.endpoint, "{").await.error(), (400, -32700));
    assert_eq!(post(&session.endpoint, "[]").await.error(), (400, -32600));
    assert_eq!(
        post(&session.endpoint, r#"{"id": 1}"#).await.error(),
        (400, -32600)
    );
    http.stop().await;
}

#[tokio::test]
async fn one_session_too_many_is_refused_until_another_ends() {
    let http = Http::start(options(|sse| sse.sessions = 2)).await;
    let first = Session::open(&http).await;
    let _second = Session::open(&http).await;
    let refused = reply(http.request("GET", "/sse")).await;
    assert_eq!(refused.status, 503);
    assert!(
        refused
            .text
            .starts_with("2 sessions are open, which is the limit"),
        "{}",
        refused.text
    );
    drop(first);
    // The server frees the place when it sees the connection close.
    while reply_status(&http).await == 503 {
        tokio::task::yield_now().await;
    }
    http.stop().await;
}

async fn reply_status(http: &Http) -> u16 {
    http.request("GET", "/sse")
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn a_call_is_dropped_when_the_client_cancels_it_or_hangs_up() {
    let http = Http::start(options(|_| ())).await;
    let mut session = Session::open(&http).await;
    session.shake_hands().await;

    let cancelled = gate("sse, cancel");
    session
        .say(&legacy(
            1,
            "tools/call",
            call("slow", json!({"gate": "sse, cancel"})),
        ))
        .await;
    cancelled.started().await;
    session
        .say(&notification(
            "notifications/cancelled",
            json!({"requestId": 1}),
        ))
        .await;
    cancelled.ended().await;
    assert_eq!(
        session.ask(&legacy(2, "ping", json!({}))).await["id"],
        2,
        "the session goes on, without an answer to 1"
    );

    let gone = gate("sse, hang up");
    session
        .say(&legacy(
            3,
            "tools/call",
            call("slow", json!({"gate": "sse, hang up"})),
        ))
        .await;
    gone.started().await;
    drop(session);
    gone.ended().await;
    http.stop().await;
}

#[tokio::test]
async fn shutdown_lets_a_running_call_finish_and_closes_the_streams() {
    let http = Http::start(options(|_| ())).await;
    let mut idle = Session::open(&http).await;
    let mut session = Session::open(&http).await;
    session.shake_hands().await;
    let gate = gate("sse, drain");
    session
        .say(&legacy(
            1,
            "tools/call",
            call("slow", json!({"gate": "sse, drain"})),
        ))
        .await;
    gate.started().await;
    http.shutdown.cancel();
    assert_eq!(idle.event().await, None);
    assert!(!http.running.is_finished());
    gate.open();
    assert_eq!(
        session.message().await["result"]["structuredContent"]["gate"],
        "sse, drain"
    );
    assert_eq!(session.event().await, None);
    http.running.await.unwrap().unwrap();
}

/// A client in memory, for tests with paused time: nothing but timers can wake them.
struct InMemory {
    app: Router,
}

impl InMemory {
    fn new(idle: Duration) -> Self {
        let options = options(|sse| sse.idle = idle);
        Self {
            app: router(
                server(),
                "127.0.0.1:1".parse().unwrap(),
                options,
                CancellationToken::new(),
            ),
        }
    }

    async fn open(&self) -> (String, impl Stream<Item = String>) {
        let request = Request::get("/sse")
            .header("host", "localhost")
            .body(Body::empty())
            .unwrap();
        let body = self.app.clone().oneshot(request).await.unwrap().into_body();
        // Comments keep the connection alive and are no activity of the client.
        let mut events = Box::pin(
            body.into_data_stream()
                .map(|chunk| String::from_utf8(chunk.unwrap().to_vec()).unwrap())
                .filter(|text| std::future::ready(!text.starts_with(':'))),
        );
        let first = events.next().await.unwrap();
        let endpoint = first
            .lines()
            .find_map(|line| line.strip_prefix("data: "))
            .unwrap()
            .to_owned();
        (endpoint, events)
    }

    async fn say(&self, endpoint: &str, message: &Value) -> u16 {
        let request = Request::post(endpoint)
            .header("host", "localhost")
            .body(Body::from(message.to_string()));
        self.app
            .clone()
            .oneshot(request.unwrap())
            .await
            .unwrap()
            .status()
            .as_u16()
    }
}

#[tokio::test(start_paused = true)]
async fn an_idle_session_is_closed() {
    let client = InMemory::new(Duration::from_secs(600));
    let start = tokio::time::Instant::now();
    let (endpoint, events) = client.open().await;
    pin_mut!(events);
    assert_eq!(client.say(&endpoint, &initialize("2024-11-05")).await, 202);
    assert!(events.next().await.is_some());
    tokio::time::advance(Duration::from_secs(500)).await;
    assert_eq!(
        client.say(&endpoint, &legacy(1, "ping", json!({}))).await,
        202
    );
    assert!(events.next().await.is_some());
    assert_eq!(events.next().await, None);
    assert_eq!(
        start.elapsed().as_secs(),
        1100,
        "600 s after the last message"
    );
    assert_eq!(
        client.say(&endpoint, &legacy(2, "ping", json!({}))).await,
        404
    );
}

#[tokio::test(start_paused = true)]
async fn a_session_with_a_running_call_is_not_idle() {
    let client = InMemory::new(Duration::from_secs(600));
    let start = tokio::time::Instant::now();
    let (endpoint, events) = client.open().await;
    pin_mut!(events);
    client.say(&endpoint, &initialize("2024-11-05")).await;
    assert!(events.next().await.is_some());
    let gate = gate("sse, not idle");
    client
        .say(
            &endpoint,
            &legacy(
                1,
                "tools/call",
                call("slow", json!({"gate": "sse, not idle"})),
            ),
        )
        .await;
    gate.started().await;
    tokio::time::sleep(Duration::from_secs(2000)).await;
    gate.open();
    assert!(events.next().await.unwrap().contains("sse, not idle"));
    assert_eq!(events.next().await, None);
    assert_eq!(start.elapsed().as_secs(), 2600, "600 s after the call");
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_is_refused_until_it_does() {
    let client = InMemory::new(Duration::from_secs(600));
    let (endpoint, events) = client.open().await;
    pin_mut!(events);
    assert_eq!(client.say(&endpoint, &initialize("2024-11-05")).await, 202);
    assert!(events.next().await.is_some());
    let ping = |id| legacy(id, "ping", json!({}));
    let mut taken = 0;
    while client.say(&endpoint, &ping(taken)).await == 202 {
        taken += 1;
        assert!(taken < 1000, "it is taken whatever is not read");
    }
    assert!(taken >= 256, "{taken}");
    // Who listens may still be told what it asked to be told, and tell what it takes back.
    let cancelled = notification("notifications/cancelled", json!({"requestId": 1}));
    assert_eq!(client.say(&endpoint, &cancelled).await, 202);
    for _ in 0..taken {
        assert!(events.next().await.is_some());
    }
    assert_eq!(client.say(&endpoint, &ping(taken)).await, 202);
    assert!(events.next().await.is_some());
}
