//! What is HTTP's own: probes, limits, browsers, connections that close, and the end.

use std::time::Duration;

use reqwest::header::HeaderMap;
use rft_mcp_runtime::{
    server::Server,
    transport::http::{HttpOptions, SseOptions},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::fixture::{Http, call, gate, reply};

fn with_sse() -> HttpOptions {
    let mut options = HttpOptions::default();
    options.sse = Some(SseOptions::default());
    options
}

#[tokio::test]
async fn probes_answer_whoever_asks() {
    let http = Http::start(HttpOptions::default()).await;
    for (path, says) in [("/healthz", "alive"), ("/readyz", "ready")] {
        let probe = reply(
            http.request("GET", path)
                .header("host", "10.1.2.3:80")
                .header("origin", "http://evil.example"),
        )
        .await;
        assert_eq!((probe.status, probe.text.as_str()), (200, says));
        assert!(!probe.headers.contains_key("access-control-allow-origin"));
    }
    let lost = reply(http.request("GET", "/")).await;
    assert_eq!(
        (lost.status, lost.text.as_str()),
        (404, "nothing is here: MCP is served at /mcp\n")
    );
    http.stop().await;
}

#[tokio::test]
async fn sse_is_off_unless_chosen() {
    let http = Http::start(HttpOptions::default()).await;
    assert_eq!(reply(http.request("GET", "/sse")).await.status, 404);
    assert_eq!(
        reply(http.request("POST", "/messages?sessionId=1"))
            .await
            .status,
        404
    );
    http.stop().await;
}

#[tokio::test]
async fn there_is_no_stream_to_get_and_no_session_to_delete() {
    let http = Http::start(HttpOptions::default()).await;
    for method in ["GET", "DELETE"] {
        let refused = reply(
            http.request(method, "/mcp")
                .header("accept", "text/event-stream"),
        )
        .await;
        assert_eq!(refused.status, 405);
        assert_eq!(refused.headers["allow"], "POST");
    }
    http.stop().await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let mut options = with_sse();
    options.body_bytes = 300;
    let http = Http::start(options).await;
    let fits = http
        .legacy("tools/call", call("echo", json!({"text": "x".repeat(50)})))
        .await;
    assert_eq!(fits.status, 200);
    let refused = http
        .legacy("tools/call", call("echo", json!({"text": "x".repeat(300)})))
        .await;
    assert_eq!(refused.error(), (413, -32600));
    assert_eq!(
        refused.json["error"]["message"],
        "the body is larger than 300 bytes"
    );
    let refused = reply(
        http.request("POST", "/messages?sessionId=1")
            .body("x".repeat(301)),
    )
    .await;
    assert_eq!(refused.status, 413);
    http.stop().await;
}

#[tokio::test]
async fn a_large_result_arrives_whole() {
    let http = Http::start(HttpOptions::default()).await;
    let large = http
        .modern(
            "tools/call",
            call("echo", json!({"text": "", "bytes": 3_000_000})),
        )
        .await;
    assert_eq!(
        large.json["result"]["structuredContent"]["text"]
            .as_str()
            .unwrap()
            .len(),
        3_000_000
    );
    http.stop().await;
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_can_use_the_server() {
    let mut options = HttpOptions::default();
    options.allowed_origins = vec!["https://app.example".parse().unwrap()];
    let http = Http::start(options).await;
    for origin in ["https://app.example", "http://localhost:6274"] {
        let asked = http
            .request("OPTIONS", "/mcp")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,mcp-method");
        let allowed = reply(asked).await;
        assert_eq!(allowed.status, 204);
        assert_eq!(allowed.headers["access-control-allow-origin"], origin);
        assert_eq!(
            allowed.headers["access-control-allow-methods"],
            "GET, POST, DELETE"
        );
        assert_eq!(
            allowed.headers["access-control-allow-headers"],
            "content-type,mcp-method"
        );

        let called = reply(
            http.modern_request("tools/list", json!({}))
                .header("origin", origin),
        )
        .await;
        assert_eq!(called.status, 200);
        assert_eq!(called.headers["access-control-allow-origin"], origin);
        assert_eq!(
            called.headers["access-control-expose-headers"],
            "mcp-session-id"
        );
        assert_eq!(called.headers["vary"], "origin");
    }
    let refused = http
        .request("OPTIONS", "/mcp")
        .header("origin", "https://evil.example");
    let refused = reply(refused.header("access-control-request-method", "POST")).await;
    assert_eq!(refused.status, 403);
    assert_eq!(cors(&refused.headers), 0);
    http.stop().await;
}

fn cors(headers: &HeaderMap) -> usize {
    headers
        .keys()
        .filter(|name| name.as_str().starts_with("access-control"))
        .count()
}

#[tokio::test]
async fn a_call_is_dropped_when_its_client_hangs_up() {
    let http = Http::start(HttpOptions::default()).await;
    for (name, request) in [
        (
            "hang up, modern",
            http.modern_request(
                "tools/call",
                call("slow", json!({"gate": "hang up, modern"})),
            ),
        ),
        (
            "hang up, legacy",
            http.post(
                crate::fixture::legacy(
                    1,
                    "tools/call",
                    call("slow", json!({"gate": "hang up, legacy"})),
                )
                .to_string(),
            ),
        ),
    ] {
        let gate = gate(name);
        let calling = tokio::spawn(request.send());
        gate.started().await;
        calling.abort();
        gate.ended().await;
    }
    http.stop().await;
}

#[tokio::test]
async fn shutdown_begins_no_more_answers_probes_and_lets_running_calls_finish() {
    let http = Http::start(HttpOptions::default()).await;
    let gate = gate("drain");
    let calling = tokio::spawn(reply(
        http.modern_request("tools/call", call("slow", json!({"gate": "drain"}))),
    ));
    gate.started().await;
    http.shutdown.cancel();
    let probe = reply(http.request("GET", "/readyz")).await;
    assert_eq!((probe.status, probe.text.as_str()), (503, "shutting down"));
    assert_eq!(reply(http.request("GET", "/healthz")).await.status, 200);
    for method in ["tools/call", "tools/list"] {
        let late = http.modern_request(method, call("echo", json!({"text": "late"})));
        let late = reply(late).await;
        assert_eq!(late.error(), (503, -32603));
        let message = late.json["error"]["message"].as_str().unwrap();
        assert!(message.contains("nothing was done, send it again"));
    }
    gate.open();
    assert_eq!(
        calling.await.unwrap().json["result"]["structuredContent"]["gate"],
        "drain"
    );
    http.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn shutdown_drops_calls_that_do_not_finish_in_time_and_says_so() {
    let mut options = HttpOptions::default();
    options.drain = Duration::ZERO;
    let http = Http::start(options).await;
    let gate = gate("drain no longer");
    let request = http.modern_request(
        "tools/call",
        call("slow", json!({"gate": "drain no longer"})),
    );
    let calling = tokio::spawn(reply(request));
    gate.started().await;
    http.shutdown.cancel();
    let dropped = calling.await.unwrap();
    assert_eq!(dropped.error(), (200, -32603));
    let message = dropped.json["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("look before you call it again"),
        "{message}"
    );
    gate.ended().await;
    http.running.await.unwrap().unwrap();
}

/// A connection that says so much and then nothing.
async fn half_sent(http: &Http, says: &str) -> TcpStream {
    let mut connection = TcpStream::connect(http.address).await.unwrap();
    connection.write_all(says.as_bytes()).await.unwrap();
    connection
}

const HALF_A_HEAD: &str = "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-";
const HALF_A_BODY: &str = "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";

/// What is said until the connection is closed.
async fn rest(mut connection: TcpStream) -> String {
    let mut text = Vec::new();
    connection.read_to_end(&mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn shutdown_does_not_wait_for_what_was_half_sent() {
    let mut options = with_sse();
    options.drain = Duration::MAX;
    let http = Http::start(options).await;
    let head = half_sent(&http, HALF_A_HEAD).await;
    let body = half_sent(&http, HALF_A_BODY).await;
    let message = half_sent(&http, &HALF_A_BODY.replace("/mcp", "/messages?sessionId=1")).await;
    let silent = half_sent(&http, "").await;
    // Accepted in order, so those before are too.
    assert_eq!(reply(http.request("GET", "/readyz")).await.status, 200);
    http.shutdown.cancel();
    http.running.await.unwrap().unwrap();
    assert_eq!(rest(head).await, "");
    assert_eq!(rest(silent).await, "");
    for refused in [rest(body).await, rest(message).await] {
        assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
        assert!(
            refused.contains("nothing was done, send it again"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn what_is_half_sent_is_not_waited_for_ever() {
    let mut options = HttpOptions::default();
    options.receive = Duration::from_millis(20);
    let http = Http::start(options).await;
    assert_eq!(rest(half_sent(&http, HALF_A_HEAD).await).await, "");
    let late = rest(half_sent(&http, HALF_A_BODY).await).await;
    assert!(late.starts_with("HTTP/1.1 408 "), "{late}");
    assert!(late.contains("did not arrive within 0.02 s"), "{late}");
    http.stop().await;
}

#[test]
fn a_server_can_be_shared() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Server>();
}
