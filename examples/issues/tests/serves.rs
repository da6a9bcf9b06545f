//! The second manifest, served over MCP in front of a small fake of the API it speaks.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use axum::{
    Json, Router,
    extract::{Path, RawQuery},
    http::HeaderMap,
    routing::get,
};
use issues_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Engine, Settings},
    server::Server,
    transport::http::{self, HttpOptions},
    upstream::{Provider, client_builder},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The API: echoes what it was sent, so that the test sees it.
async fn fake() -> String {
    let list = async |Path((owner, repo)): Path<(String, String)>,
                      RawQuery(query): RawQuery,
                      headers: HeaderMap| {
        assert_eq!(headers["authorization"], "Bearer token");
        assert_eq!(headers["x-github-api-version"], "2022-11-28");
        let title = format!("{owner}|{repo}|{}", query.unwrap_or_default());
        Json(
            json!([{"number": 1, "title": title, "state": "open", "labels": [{"name": "bug"}], "assignee": null}]),
        )
    };
    let create =
        async |Json(body): Json<Value>| Json(json!({"number": 2, "html_url": body.to_string()}));
    let app = Router::new().route("/repos/{owner}/{repo}/issues", get(list).post(create));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    base
}

/// The server in front of it; where it listens.
async fn server() -> String {
    let env = |name: &str| (name == "GITHUB_TOKEN").then(|| "token".to_owned());
    let provider = Provider::resolve(&TABLE.providers[0], Some(&fake().await), &env).unwrap();
    let server = Server::new(
        Engine::new(TABLE, provider, &Settings::default()).unwrap(),
        "0.0.0",
    );
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(http::run(
        listener,
        server,
        HttpOptions::default(),
        CancellationToken::new(),
    ));
    url
}

async fn rpc(url: &str, method: &str, params: Value) -> Value {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string();
    let client = client_builder(false).build().unwrap();
    let request = client.post(url).header("content-type", "application/json");
    let request = request
        .header("accept", "application/json, text/event-stream")
        .body(body);
    let text = request.send().await.unwrap().text().await.unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["result"].clone()
}

async fn call(url: &str, name: &str, arguments: Value) -> Value {
    rpc(
        url,
        "tools/call",
        json!({"name": name, "arguments": arguments}),
    )
    .await
}

#[tokio::test]
async fn an_unrelated_manifest_is_served_by_the_same_runtime() {
    let url = server().await;
    let listed = rpc(&url, "tools/list", json!({})).await;
    let names: Vec<&str> = listed["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["list_issues", "create_issue", "count_words"]);

    let result = call(
        &url,
        "list_issues",
        json!({"owner": "a/b", "repo": "c d", "state": "all", "per_page": 5}),
    )
    .await;
    assert_eq!(
        result["structuredContent"],
        json!({"issues": [{"number": 1, "title": "a/b|c d|state=all&per_page=5", "state": "open", "labels": ["bug"]}]})
    );

    let arguments = json!({"owner": "a", "repo": "b", "title": "t", "labels": "[\"x\"]"});
    let result = call(&url, "create_issue", arguments).await;
    assert_eq!(
        result["structuredContent"]["url"],
        r#"{"title":"t","labels":["x"]}"#
    );

    let result = call(&url, "count_words", json!({"text": "one two  three"})).await;
    assert_eq!(result["structuredContent"], json!({"words": 3}));

    let result = call(&url, "create_issue", json!({"owner": "a", "title": ""})).await;
    assert_eq!(result["isError"], true);
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("`/repo` is missing") && text.contains("`/title`"),
        "{text}"
    );
}
