//! What goes wrong with rmcp as it comes, each with the test that it does not go wrong here.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use rft_mcp_runtime::transport::{
    http::{HttpOptions, SseOptions},
    may_log,
};
use serde_json::{Value, json};
use tokio::time::Instant;
use tracing_subscriber::{EnvFilter, filter::filter_fn, layer::SubscriberExt as _};

use crate::{
    fixture::{ECHO_INPUT, Http, call, gate, initialize, legacy, modern, notification, reply},
    stdio::Pipe,
};

/// Origin is not validated unless asked for, and nothing guards routes beside rmcp's own.
#[tokio::test]
async fn pitfall_1_strange_hosts_and_origins_are_refused_on_every_endpoint() {
    let mut options = HttpOptions::default();
    options.sse = Some(SseOptions::default());
    let http = Http::start(options).await;
    for (method, path) in [
        ("POST", "/mcp"),
        ("GET", "/mcp"),
        ("GET", "/sse"),
        ("POST", "/messages?sessionId=1"),
    ] {
        for (header, value, says) in [
            (
                "origin",
                "http://evil.example",
                "`--allowed-origin http://evil.example`",
            ),
            ("origin", "null", "`--allowed-origin null`"),
            (
                "host",
                "evil.example:8000",
                "`--allowed-host evil.example:8000`",
            ),
        ] {
            let refused = reply(http.request(method, path).header(header, value)).await;
            assert_eq!(refused.error(), (403, -32600), "{method} {path} {header}");
            let message = refused.json["error"]["message"].as_str().unwrap();
            assert!(message.contains(says), "{message}");
            assert!(!refused.headers.contains_key("access-control-allow-origin"));
        }
    }
    http.stop().await;
}

/// A body that is no message is answered with 415 and plain text.
#[tokio::test]
async fn pitfall_2_an_unreadable_body_is_a_json_rpc_error() {
    let http = Http::start(HttpOptions::default()).await;
    let body = |body: &'static [u8]| reply(http.post(body));
    assert_eq!(body(b"{\"jsonrpc\": ").await.error(), (400, -32700));
    assert_eq!(body(b"").await.error(), (400, -32700));
    assert_eq!(
        body(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}")
            .await
            .error(),
        (400, -32700)
    );

    let batch = reply(http.post(json!([initialize("2025-03-26")]).to_string())).await;
    assert_eq!(batch.error(), (400, -32600));
    assert!(
        batch.json["error"]["message"]
            .as_str()
            .unwrap()
            .starts_with("JSON-RPC batches are not supported")
    );

    let misshapen = body(br#"{"id": 9, "method": "tools/list"}"#).await;
    assert_eq!(misshapen.error(), (400, -32600));
    assert_eq!(misshapen.json["id"], 9);

    http.stop().await;
}

/// So are a revision that does not exist, and media types.
#[tokio::test]
async fn pitfall_2_every_refusal_is_a_json_rpc_error_that_says_what_to_send() {
    let http = Http::start(HttpOptions::default()).await;
    let body = legacy(9, "tools/list", json!({})).to_string();
    let send = async |method: &str, version: &str, content_type: &str, accept: &str| {
        let request = http
            .request(method, "/mcp")
            .header("mcp-protocol-version", version)
            .header("content-type", content_type)
            .header("accept", accept);
        let refused = reply(request.body(body.clone())).await;
        assert_eq!(refused.headers["content-type"], "application/json");
        assert_eq!(refused.json["jsonrpc"], "2.0");
        assert_eq!(refused.json["id"], 9);
        refused
    };
    let (json, both) = ("application/json", "application/json, text/event-stream");

    let unknown = send("POST", "2031-01-01", json, both).await;
    assert_eq!(unknown.error(), (400, -32022));
    assert_eq!(
        unknown.json["error"]["data"],
        json!({
            "requested": "2031-01-01",
            "supported": ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"],
        })
    );
    for (refused, status, says) in [
        (unknown, 400, "send one of 2024-11-05, 2025-03-26"),
        (
            send("POST", "2025-11-25", "text/plain", both).await,
            415,
            "`Content-Type: application/json`",
        ),
        (
            send("POST", "2025-11-25", json, json).await,
            406,
            "`Accept: application/json, text/event-stream`",
        ),
        (send("DELETE", "2025-11-25", json, both).await, 405, "POST"),
    ] {
        assert_eq!(refused.error().0, status);
        let message = refused.json["error"]["message"].as_str().unwrap();
        assert!(message.contains(says), "{message}");
    }
    // Whoever takes any type takes these.
    for any in ["*/*", "text/html, */*;q=0.8"] {
        let request = http.request("POST", "/mcp");
        let request = request.header("content-type", json).header("accept", any);
        let taken = reply(request.body(body.clone())).await;
        assert_eq!(taken.result()["tools"].as_array().unwrap().len(), 4);
    }
    http.stop().await;
}

/// Only `server/discover` says who answers.
#[tokio::test]
async fn pitfall_3_every_modern_result_says_who_answers() {
    let http = Http::start(HttpOptions::default()).await;
    for (method, params) in [
        ("server/discover", json!({})),
        ("tools/list", json!({})),
        ("tools/call", call("echo", json!({"text": "hi"}))),
        ("tools/call", call("fail", json!({}))),
    ] {
        let answer = http.modern(method, params).await;
        let who = &answer.json["result"]["_meta"]["io.modelcontextprotocol/serverInfo"];
        assert_eq!(
            who,
            &json!({"name": "fixture", "title": "A fixture", "version": "1.2.3"}),
            "{method}"
        );
    }
    http.stop().await;
}

/// The end of input waits 5 s for an open call, and before the handshake it is an error.
#[tokio::test(start_paused = true)]
async fn pitfall_4_the_end_of_input_ends_the_server_in_under_a_second() {
    for (name, message) in [
        (
            "end of input, legacy",
            legacy as fn(i64, &str, Value) -> Value,
        ),
        (
            "end of input, modern",
            modern as fn(i64, &str, Value) -> Value,
        ),
    ] {
        let mut pipe = Pipe::start();
        if name.ends_with("legacy") {
            pipe.shake_hands().await;
        }
        let gate = gate(name);
        pipe.say(&message(
            1,
            "tools/call",
            call("slow", json!({"gate": name})),
        ))
        .await;
        gate.started().await;
        let start = Instant::now();
        pipe.close().await;
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "{:?}",
            start.elapsed()
        );
        gate.ended().await;
    }
    // `close` unwraps what the server ended with.
    assert_eq!(Pipe::start().close().await, [] as [Value; 0]);
}

/// A notification before the first request ends the server.
#[tokio::test]
async fn pitfall_5_stray_messages_before_the_first_request_are_ignored() {
    let mut pipe = Pipe::start();
    pipe.say(&notification("notifications/initialized", json!({})))
        .await;
    pipe.say(&notification(
        "notifications/cancelled",
        json!({"requestId": 1}),
    ))
    .await;
    pipe.say(&json!({"jsonrpc": "2.0", "id": 1, "result": {}}))
        .await;
    pipe.say(&json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": ""}}))
        .await;
    pipe.shake_hands().await;
    assert_eq!(pipe.ask(&legacy(1, "ping", json!({}))).await["id"], 1);
    pipe.close().await;
}

// Pitfall 6, Nagle's algorithm, is tested where the listener is made: `src/transport/http.rs`.

/// Clients raise when a result does not fit the output schema, and old ones lose a schema whose root is no object.
#[tokio::test]
async fn pitfall_7_output_schemas_are_objects_that_results_fit() {
    let http = Http::start(HttpOptions::default()).await;
    for listed in [
        http.legacy("tools/list", json!({})).await,
        http.modern("tools/list", json!({})).await,
    ] {
        for tool in listed.json["result"]["tools"].as_array().unwrap() {
            assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
            assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
            assert!(
                tool["outputSchema"].get("additionalProperties").is_none(),
                "{tool}"
            );
        }
        let schema = &listed.json["result"]["tools"][1]["outputSchema"];
        let called = http
            .legacy("tools/call", call("echo", json!({"text": "hi"})))
            .await;
        assert!(jsonschema::is_valid(
            schema,
            &called.json["result"]["structuredContent"]
        ));
    }
    http.stop().await;
}

/// Without `serde_json/preserve_order`, keys come out in the alphabet's order.
#[tokio::test]
async fn pitfall_8_schema_keys_keep_their_order() {
    let http = Http::start(HttpOptions::default()).await;
    let listed = http.modern("tools/list", json!({})).await;
    assert!(
        listed
            .text
            .contains(&format!(r#""inputSchema":{ECHO_INPUT}"#)),
        "{}",
        listed.text
    );
    let called = http
        .modern("tools/call", call("echo", json!({"text": "hi"})))
        .await;
    assert!(
        called
            .text
            .contains(r#""structuredContent":{"text":"hi","again":"hi"}"#),
        "{}",
        called.text
    );
    http.stop().await;
}

/// rmcp logs whole requests and results at `debug`, and says so to a filter that names its modules.
#[tokio::test]
async fn pitfall_9_logs_hold_no_request() {
    let logged = async |filter: &str, capped: bool| {
        let log = Log::default();
        let subscriber = tracing_subscriber::registry()
            .with(EnvFilter::new(filter))
            .with(filter_fn(move |metadata| !capped || may_log(metadata)))
            .with(tracing_subscriber::fmt::layer().with_writer(log.clone()));
        let capturing = tracing::subscriber::set_default(subscriber);
        let http = Http::start(HttpOptions::default()).await;
        http.modern("tools/call", call("echo", json!({"text": "a secret"})))
            .await;
        http.stop().await;
        let mut pipe = Pipe::start();
        pipe.shake_hands().await;
        pipe.ask(&legacy(
            1,
            "tools/call",
            call("echo", json!({"text": "a secret"})),
        ))
        .await;
        pipe.ask(&legacy(2, "tools/call", call("a secret", json!({}))))
            .await;
        pipe.write("a secret\n").await;
        pipe.close().await;
        drop(capturing);
        log.text()
    };
    for filter in ["trace", "debug,rmcp::service=trace", "rmcp=trace"] {
        let capped = logged(filter, true).await;
        assert!(!capped.contains("a secret"), "{filter}: {capped}");
        let uncapped = logged(filter, false).await;
        assert!(
            uncapped.contains("a secret"),
            "{filter}: the cap has become needless, or the test blind"
        );
    }
}

/// What a subscriber wrote.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl tracing_subscriber::fmt::MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// A capability that is advertised and fails breaks older clients.
#[tokio::test]
async fn pitfall_10_what_is_advertised_works_and_the_rest_is_refused() {
    let http = Http::start(HttpOptions::default()).await;
    let opened = reply(http.post(initialize("2025-11-25").to_string())).await;
    assert_eq!(opened.json["result"]["capabilities"], json!({"tools": {}}));
    assert_eq!(http.legacy("tools/list", json!({})).await.status, 200);
    for (method, params) in [
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("resources/read", json!({"uri": "a://b"})),
        ("resources/subscribe", json!({"uri": "a://b"})),
        ("prompts/list", json!({})),
        ("prompts/get", json!({"name": "a"})),
        (
            "completion/complete",
            json!({"ref": {"type": "ref/prompt", "name": "a"}, "argument": {"name": "a", "value": ""}}),
        ),
        ("logging/setLevel", json!({"level": "info"})),
        ("tasks/get", json!({"taskId": "1"})),
    ] {
        assert_eq!(
            http.legacy(method, params.clone()).await.error(),
            (200, -32601),
            "{method}"
        );
        assert_eq!(
            http.modern(method, params).await.error(),
            (404, -32601),
            "{method}"
        );
    }
    assert_eq!(
        http.modern("subscriptions/listen", json!({"notifications": {}}))
            .await
            .error(),
        (404, -32601)
    );
    http.stop().await;
}
