//! Sessions of Streamable HTTP, which clients of old get that can be asked: bounded, and answered to the end.

use std::time::Duration;

use rft_mcp_runtime::{
    tool::{Bit, ConfirmSpec, Effect, Table, ToolSpec, Unasked},
    transport::http::HttpOptions,
};
use serde_json::{Value, json};

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
    assert!(goodbye.send().await.unwrap().status().is_success());
    assert!(greet().await.headers().contains_key("mcp-session-id"));
}
