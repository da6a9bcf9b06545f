//! Sessions of Streamable HTTP, which clients of old get that can be asked: bounded, and answered to the end.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
    response::Response,
};
use rft_mcp_runtime::{
    tool::{Bit, ConfirmSpec, Effect, Table, ToolSpec, Unasked},
    transport::http::{HttpOptions, router},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::{
    confirm::{greeting, next},
    fixture::{
        GATE_INPUT, GATE_OUTPUT, Http, PROVIDERS, SERVER, call, gate, initialize, legacy,
        notification, reply, server_of, slow, tool,
    },
};

/// Where no tool asks, there are no sessions.
static TABLE: Table = Table {
    server: SERVER,
    providers: PROVIDERS,
    tools: &[
        tool("slow", Effect::Read, GATE_INPUT, GATE_OUTPUT, slow),
        ToolSpec {
            confirm: Some(&ConfirmSpec {
                ask: &[Bit::Literal("Really?")],
                estimate: None,
                unasked: Unasked::Refuse,
            }),
            ..tool("asks", Effect::Destructive, GATE_INPUT, GATE_OUTPUT, slow)
        },
    ],
    prompts: &[],
    resources: &[],
};

const VERSION: &str = "2025-11-25";

/// A session that was greeted.
struct Session<'h> {
    http: &'h Http,
    id: String,
}

impl<'h> Session<'h> {
    async fn begin(http: &'h Http) -> Self {
        let greeted = http
            .post(greeting(VERSION).to_string())
            .send()
            .await
            .unwrap();
        let id = greeted.headers()["mcp-session-id"]
            .to_str()
            .unwrap()
            .to_owned();
        let session = Self { http, id };
        let initialized = notification("notifications/initialized", json!({}));
        let taken = session.post(&initialized).send().await.unwrap();
        assert_eq!(taken.status(), 202);
        session
    }

    fn of(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request
            .header("mcp-protocol-version", VERSION)
            .header("mcp-session-id", &self.id)
    }

    fn post(&self, body: &Value) -> reqwest::RequestBuilder {
        self.of(self.http.post(body.to_string()))
    }

    /// A call that waits at a gate. What is told in answer is read later.
    async fn call_slow(&self, name: &str) -> reqwest::Response {
        let calling = legacy(1, "tools/call", call("slow", json!({"gate": name})));
        let answer = self.post(&calling).send().await.unwrap();
        gate(name).started().await;
        answer
    }
}

async fn told(mut answer: reqwest::Response) -> Value {
    next(&mut answer, &mut String::new()).await
}

#[tokio::test]
async fn shutdown_lets_a_call_of_a_session_finish_and_tells_what_came_of_it() {
    let http = Http::serve(server_of(&TABLE), HttpOptions::default()).await;
    let session = Session::begin(&http).await;
    // It is open until the session ends, and no reason to wait.
    let listening = http
        .request("GET", "/mcp")
        .header("accept", "text/event-stream");
    let _listening = session.of(listening).send().await.unwrap();
    let answer = session.call_slow("session").await;
    http.shutdown.cancel();
    gate("session").open();
    gate("session").ended().await;
    assert_eq!(
        told(answer).await["result"]["structuredContent"]["gate"],
        "session"
    );
    http.running.await.unwrap().unwrap();
}

/// A client that has lost the connection may come back for the answer, and what spends is not cut short.
#[tokio::test]
async fn shutdown_lets_a_call_finish_whose_client_hung_up() {
    let http = Http::serve(server_of(&TABLE), HttpOptions::default()).await;
    let session = Session::begin(&http).await;
    drop(session.call_slow("hung up").await);
    http.shutdown.cancel();
    for _ in 0..3 {
        assert_eq!(reply(http.request("GET", "/readyz")).await.status, 503);
    }
    assert!(!http.running.is_finished());
    gate("hung up").open();
    http.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn shutdown_tells_a_session_of_a_call_that_did_not_finish_in_time() {
    let mut options = HttpOptions::default();
    options.drain = Duration::ZERO;
    let http = Http::serve(server_of(&TABLE), options).await;
    let session = Session::begin(&http).await;
    let answer = session.call_slow("session no longer").await;
    http.shutdown.cancel();
    let told = told(answer).await.to_string();
    assert!(told.contains("look before you call it again"), "{told}");
    http.running.await.unwrap().unwrap();
}

/// Clients that do not say goodbye can not fill the server; who needs no session is served all the same.
#[tokio::test]
async fn sessions_are_bounded() {
    let mut options = HttpOptions::default();
    options.sessions = 2;
    let http = Http::serve(server_of(&TABLE), options).await;
    let greet = || async {
        let greeting = greeting("2025-11-25").to_string();
        http.post(greeting).send().await.unwrap()
    };
    // At once, so that none is begun between counting and beginning.
    let greeted = futures::future::join_all((0..6).map(|_| greet())).await;
    let (begun, refused): (Vec<_>, Vec<_>) = greeted
        .into_iter()
        .partition(|reply| reply.headers().contains_key("mcp-session-id"));
    assert_eq!((begun.len(), refused.len()), (2, 4));
    for reply in refused {
        assert_eq!(reply.status(), 503);
        let told = reply.text().await.unwrap();
        assert!(
            told.contains("2 sessions are open, which is the limit"),
            "{told}"
        );
    }
    let dumb = reply(http.post(initialize("2025-11-25").to_string())).await;
    assert_eq!(dumb.status, 200);

    let session = &begun[0].headers()["mcp-session-id"];
    let goodbye = http
        .request("DELETE", "/mcp")
        .header("mcp-protocol-version", "2025-11-25")
        .header("mcp-session-id", session);
    assert_eq!(goodbye.send().await.unwrap().status(), 204);
    assert!(greet().await.headers().contains_key("mcp-session-id"));
}

/// A session in memory, for tests with paused time: nothing but timers can wake it.
struct InMemory {
    app: Router,
    id: String,
}

impl InMemory {
    async fn begin(idle: Duration) -> Self {
        let mut options = HttpOptions::default();
        options.idle = idle;
        let bound = "127.0.0.1:1".parse().unwrap();
        let app = router(server_of(&TABLE), bound, options, CancellationToken::new());
        let mut session = Self {
            app,
            id: String::new(),
        };
        let greeted = session.send("POST", greeting(VERSION).to_string()).await;
        session.id = greeted.headers()["mcp-session-id"]
            .to_str()
            .unwrap()
            .to_owned();
        let initialized = notification("notifications/initialized", json!({}));
        let taken = session.send("POST", initialized.to_string()).await;
        assert_eq!(taken.status(), 202);
        session
    }

    async fn send(&self, method: &str, body: String) -> Response {
        let mut request = Request::builder()
            .method(method)
            .uri("/mcp")
            .header("host", "localhost")
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream");
        if !self.id.is_empty() {
            request = request
                .header("mcp-protocol-version", VERSION)
                .header("mcp-session-id", &self.id);
        }
        let request = request.body(Body::from(body)).unwrap();
        self.app.clone().oneshot(request).await.unwrap()
    }

    /// The status of a request that is answered where the session is open.
    async fn ping(&self) -> u16 {
        let ping = legacy(2, "ping", json!({})).to_string();
        let answer = self.send("POST", ping).await;
        let status = answer.status().as_u16();
        to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        status
    }
}

const IDLE: Duration = Duration::from_secs(600);
const ALMOST: Duration = Duration::from_secs(599);
const MORE: Duration = Duration::from_secs(601);

#[tokio::test(start_paused = true)]
async fn an_idle_session_ends_and_one_that_is_used_does_not() {
    let session = InMemory::begin(IDLE).await;
    for _ in 0..5 {
        tokio::time::sleep(ALMOST).await;
        assert_eq!(session.ping().await, 200);
    }
    tokio::time::sleep(MORE).await;
    assert_eq!(session.ping().await, 404);
}

#[tokio::test(start_paused = true)]
async fn a_session_with_a_running_call_is_not_idle() {
    let session = InMemory::begin(IDLE).await;
    let name = "longer than a session may idle";
    let calling = legacy(1, "tools/call", call("slow", json!({"gate": name})));
    let answer = session.send("POST", calling.to_string()).await;
    gate(name).started().await;
    tokio::time::sleep(IDLE * 3).await;
    gate(name).open();
    let told = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let told = String::from_utf8(told.to_vec()).unwrap();
    assert!(told.contains("structuredContent"), "{told}");
    assert_eq!(session.ping().await, 200);
}

#[tokio::test(start_paused = true)]
async fn a_session_whose_client_listens_is_not_idle() {
    let session = InMemory::begin(IDLE).await;
    let listening = session.send("GET", String::new()).await;
    assert_eq!(listening.status(), 200);
    tokio::time::sleep(IDLE * 3).await;
    assert_eq!(session.ping().await, 200);
    drop(listening);
    tokio::time::sleep(IDLE * 2).await;
    assert_eq!(session.ping().await, 404);
}
