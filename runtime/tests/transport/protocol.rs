//! The protocol, as it is the same on every transport; here on `/mcp`.

use rft_mcp_runtime::transport::http::HttpOptions;
use serde_json::{Value, json};

use crate::fixture::{Http, call, initialize, legacy, modern, reply};

async fn http() -> Http {
    Http::start(HttpOptions::default()).await
}

#[tokio::test]
async fn a_legacy_client_shakes_hands_lists_and_calls() {
    let http = http().await;
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let opened = reply(http.post(initialize(version).to_string())).await;
        let expected = json!({
            "protocolVersion": version,
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "fixture", "title": "A fixture", "version": "1.2.3"},
            "instructions": "Call echo.",
        });
        assert_eq!(opened.json["result"], expected);

        let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        assert_eq!(reply(http.post(initialized.to_string())).await.status, 202);

        let request = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
        let listed = reply(
            http.post(request.to_string())
                .header("mcp-protocol-version", version),
        )
        .await;
        assert_eq!(listed.json["result"]["tools"].as_array().unwrap().len(), 4);
        assert_eq!(
            listed.result().keys().collect::<Vec<_>>(),
            ["tools"],
            "nothing that the revision lacks"
        );

        let request = json!({"jsonrpc": "2.0", "id": "two", "method": "tools/call", "params": call("echo", json!({"text": "hi"}))});
        let called = reply(
            http.post(request.to_string())
                .header("mcp-protocol-version", version),
        )
        .await;
        let expected = json!({
            "content": [{"type": "text", "text": r#"{"text":"hi","again":"hi"}"#}],
            "structuredContent": {"text": "hi", "again": "hi"},
            "isError": false,
        });
        assert_eq!(
            called.json,
            json!({"jsonrpc": "2.0", "id": "two", "result": expected})
        );
    }
    http.stop().await;
}

#[tokio::test]
async fn a_handshake_with_an_unknown_revision_settles_on_the_newest_that_has_one() {
    let http = http().await;
    for version in ["2026-07-28", "2099-01-01"] {
        let opened = reply(http.post(initialize(version).to_string())).await;
        assert_eq!(opened.json["result"]["protocolVersion"], "2025-11-25");
    }
    http.stop().await;
}

#[tokio::test]
async fn a_modern_client_discovers_lists_and_calls() {
    let http = http().await;
    let who = json!({"io.modelcontextprotocol/serverInfo": {"name": "fixture", "title": "A fixture", "version": "1.2.3"}});

    let discovered = http.modern("server/discover", json!({})).await;
    let expected = json!({
        "resultType": "complete",
        "supportedVersions": ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"],
        "capabilities": {"tools": {}},
        "instructions": "Call echo.",
        "ttlMs": 300_000,
        "cacheScope": "public",
        "_meta": who,
    });
    assert_eq!(discovered.json["result"], expected);

    let listed = http.modern("tools/list", json!({})).await;
    let names: Vec<_> = listed.json["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| &tool["name"])
        .collect();
    assert_eq!(
        names,
        ["slow", "echo", "fail", "panic"],
        "the table's order"
    );
    assert_eq!(listed.json["result"]["ttlMs"], 300_000);
    assert_eq!(listed.json["result"]["cacheScope"], "public");
    assert_eq!(listed.json["result"]["resultType"], "complete");

    let called = http
        .modern("tools/call", call("echo", json!({"text": "hi"})))
        .await;
    assert_eq!(called.headers["content-type"], "application/json");
    let expected = json!({
        "resultType": "complete",
        "content": [{"type": "text", "text": r#"{"text":"hi","again":"hi"}"#}],
        "structuredContent": {"text": "hi", "again": "hi"},
        "isError": false,
        "_meta": who,
    });
    assert_eq!(called.json["result"], expected);
    http.stop().await;
}

#[tokio::test]
async fn a_tool_is_listed_with_title_schemas_and_annotations() {
    let http = http().await;
    let listed = http.modern("tools/list", json!({})).await;
    let expected = json!({
        "name": "slow",
        "title": "A tool",
        "description": "Does as it is named.",
        "inputSchema": {"type": "object", "additionalProperties": false, "required": ["gate"], "properties": {"gate": {"type": "string"}}},
        "outputSchema": {"type": "object", "properties": {"gate": {"type": "string"}}},
        "annotations": {"readOnlyHint": false, "destructiveHint": true, "idempotentHint": false, "openWorldHint": true},
    });
    assert_eq!(listed.json["result"]["tools"][0], expected);
    http.stop().await;
}

#[tokio::test]
async fn the_list_is_the_same_every_time_and_for_everyone() {
    let http = http().await;
    let first = http.modern("tools/list", json!({})).await;
    let second = http.modern("tools/list", json!({})).await;
    let old = http.legacy("tools/list", json!({})).await;
    assert_eq!(first.text, second.text);
    let tools = |text: &str| text[text.find("\"tools\"").unwrap()..].to_owned();
    assert_eq!(tools(&first.text), tools(&old.text));
    http.stop().await;
}

#[tokio::test]
async fn a_cursor_that_nobody_gave_is_refused() {
    let http = http().await;
    assert_eq!(
        http.modern("tools/list", json!({"cursor": "2"}))
            .await
            .error(),
        (200, -32602)
    );
    http.stop().await;
}

#[tokio::test]
async fn an_unknown_tool_is_a_protocol_error_with_the_nearest_name() {
    let http = http().await;
    let refused = http.modern("tools/call", call("slo", json!({}))).await;
    assert_eq!(refused.error(), (200, -32602));
    let message = refused.json["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("`slo`") && message.contains("`slow`"),
        "{message}"
    );
    assert_eq!(
        http.legacy("tools/call", call("slo", json!({})))
            .await
            .error(),
        (200, -32602)
    );
    http.stop().await;
}

#[tokio::test]
async fn a_failed_tool_says_why_and_has_no_structured_content() {
    let http = http().await;
    let failed = http.legacy("tools/call", call("fail", json!({}))).await;
    let result = failed.result();
    assert_eq!(result["isError"], true);
    assert!(!result.contains_key("structuredContent"));
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("the provider is on holiday: try again in May"),
        "{text}"
    );
    http.stop().await;
}

#[tokio::test]
async fn a_tool_that_panics_is_answered() {
    let http = http().await;
    let failed = http.modern("tools/call", call("panic", json!({}))).await;
    assert_eq!(failed.error(), (200, -32603));
    let message = failed.json["error"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("`panic` failed inside the server"),
        "{message}"
    );
    http.stop().await;
}

#[tokio::test]
async fn headers_that_contradict_the_body_are_refused() {
    let http = http().await;
    let body = modern(
        1,
        "tools/call",
        call("echo", json!({"text": "hi", "region": "eu"})),
    )
    .to_string();
    let request = |version: &str, method: &str, name: &str, region: Option<&str>| {
        let request = http
            .post(body.clone())
            .header("mcp-protocol-version", version)
            .header("mcp-method", method)
            .header("mcp-name", name);
        match region {
            Some(region) => request.header("mcp-param-region", region),
            None => request,
        }
    };
    let mismatch = (400, -32020);
    assert_eq!(
        reply(request("2025-11-25", "tools/call", "echo", Some("eu")))
            .await
            .error(),
        mismatch
    );
    assert_eq!(
        reply(request("2026-07-28", "tools/list", "echo", Some("eu")))
            .await
            .error(),
        mismatch
    );
    assert_eq!(
        reply(request("2026-07-28", "tools/call", "fail", Some("eu")))
            .await
            .error(),
        mismatch
    );
    // These two need `get_tool`, without which rmcp does not look.
    assert_eq!(
        reply(request("2026-07-28", "tools/call", "echo", Some("us")))
            .await
            .error(),
        mismatch
    );
    assert_eq!(
        reply(request("2026-07-28", "tools/call", "echo", None))
            .await
            .error(),
        mismatch
    );
    let agreeing = reply(request("2026-07-28", "tools/call", "echo", Some("eu"))).await;
    assert_eq!(agreeing.json["result"]["structuredContent"]["text"], "hi");

    let headless = reply(http.post(body.clone())).await;
    assert_eq!(headless.error(), mismatch);
    http.stop().await;
}

#[tokio::test]
async fn revisions_and_methods_that_do_not_exist_are_refused() {
    let http = http().await;
    let mut body = modern(1, "tools/list", json!({}));
    body["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = Value::from("2099-01-01");
    let request = http
        .post(body.to_string())
        .header("mcp-protocol-version", "2099-01-01")
        .header("mcp-method", "tools/list");
    assert_eq!(reply(request).await.error(), (400, -32022));

    for (refused, error) in [
        (http.modern("tools/dance", json!({})).await, (404, -32601)),
        (http.legacy("tools/dance", json!({})).await, (200, -32601)),
        (
            http.legacy("logging/setLevel", json!({"level": "info"}))
                .await,
            (200, -32601),
        ),
    ] {
        assert_eq!(refused.error(), error);
        let message = refused.json["error"]["message"].as_str().unwrap();
        assert!(
            message.contains("` is not served here: the capabilities"),
            "{message}"
        );
    }

    let without_meta = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}});
    let request = http
        .post(without_meta.to_string())
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/list");
    assert_eq!(reply(request).await.error(), (400, -32602));
    http.stop().await;
}

/// rmcp takes such requests for ones of a method that it does not know.
#[tokio::test]
async fn params_of_another_shape_are_told() {
    let http = http().await;
    for (method, params, says) in [
        (
            "tools/call",
            call("echo", json!("text=hi")),
            "`arguments` must be an object with the tool's inputs by name, not text",
        ),
        (
            "tools/call",
            call("echo", json!(["hi"])),
            "`arguments` must be an object with the tool's inputs by name, not a list",
        ),
        ("tools/call", json!({"arguments": {}}), "`name` is missing"),
        ("tools/call", json!({"name": 7}), "`name` must be text"),
        (
            "initialize",
            json!({"protocolVersion": 7}),
            "the params of `initialize` do not have the shape",
        ),
    ] {
        let refused = http.legacy(method, params.clone()).await;
        assert_eq!(refused.error(), (200, -32602), "{method} {params}");
        let message = refused.json["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(says), "{message}");
    }
    let whole = legacy(1, "tools/call", json!("echo")).to_string();
    assert_eq!(reply(http.post(whole)).await.error(), (400, -32600));
    let modern = http.modern("tools/call", call("echo", json!("hi"))).await;
    assert_eq!(modern.json["error"]["code"], -32602, "{}", modern.text);
    http.stop().await;
}
