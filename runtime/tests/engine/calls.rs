//! From arguments to a request, and from a reply to a result.

use rft_mcp_runtime::engine::Settings;
use serde_json::{Value, json};

use crate::fake::{Answer, Fake, KEY, done, failed, object, ok};

#[tokio::test]
async fn a_call_becomes_a_request_and_a_reply_a_result() {
    let fake = Fake::start([ok(json!({"id": "x", "at": 7, "noise": true}))]).await;
    let result = done(
        fake.call(
            "launch",
            json!({"id": "a/b", "tag": "{\"k\": 1}", "rate": 2, "limit": null}),
        )
        .await,
    );
    assert_eq!(result, json!({"id": "x", "at": 7}));
    let seen = &fake.seen()[0];
    assert_eq!(
        (seen.method.as_str(), seen.uri.path()),
        ("POST", "/v1/things/a%2Fb")
    );
    assert_eq!(seen.body, br#"{"tag":{"k":1},"model":"m-1"}"#);
    assert_eq!(seen.headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(
        (
            seen.headers["x-rate"].to_str().unwrap(),
            seen.headers["content-type"].to_str().unwrap()
        ),
        ("2", "application/json")
    );
}

#[tokio::test]
async fn reads_of_one_tool_are_joined() {
    let fake = Fake::start([
        ok(json!({"id": "x", "at": 7})),
        ok(json!({"id": "x", "at": 7})),
    ])
    .await;
    assert_eq!(
        done(fake.call("both", json!({"id": "1", "limit": 5.0})).await),
        json!({"id": "x", "at": 7})
    );
    let mut paths: Vec<String> = fake
        .seen()
        .iter()
        .map(|seen| seen.uri.to_string())
        .collect();
    paths.sort();
    assert_eq!(paths, ["/v1/others/1?limit=5", "/v1/things/1?limit=5"]);
}

#[tokio::test]
async fn mistakes_are_told_at_once_and_nothing_is_sent() {
    let fake = Fake::start([]).await;
    let text = failed(
        fake.call("launch", json!({"speed": 1, "limt": 2, "limit": 0}))
            .await,
    );
    for part in [
        "nothing was sent",
        "4 mistakes",
        "`/id` is missing",
        "`/speed` does not exist: use rate",
        "did you mean `limit`",
        "`/limit`: expected an integer from 1, got 0",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(failed(fake.call("read", json!({"id": ".."})).await).contains("nothing was sent"));
    // Thousands are counted, and not all told.
    let many: serde_json::Map<_, _> = (0..5_000).map(|n| (format!("n{n}"), json!(n))).collect();
    let text = failed(fake.call("read", Value::Object(many)).await);
    assert!(text.contains("5001 mistakes") && text.contains("- and 4951 more"));
    assert_eq!(text.lines().count(), 52);
    assert!(fake.seen().is_empty());
}

#[tokio::test]
async fn an_answer_that_drifted_loses_only_what_does_not_fit() {
    let fake = Fake::start([ok(json!({"id": "x", "at": "noon"})), ok(json!({"id": 7}))]).await;
    assert_eq!(
        done(fake.call("read", json!({"id": "1"})).await),
        json!({"id": "x"})
    );
    let text = failed(fake.call("launch", json!({"id": "1"})).await);
    for part in ["do not repeat it", "HTTP 200", "req-7", r#"{"id":7}"#] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[tokio::test]
async fn a_refusal_keeps_what_the_provider_said_but_no_key() {
    let body = json!({"error": {"message": format!("bad key {KEY}"), "type": "auth", "code": "invalid_api_key", "param": null}});
    let fake = Fake::start([
        Answer::Json(401, vec![], body),
        ok(json!({"id": format!("echo {KEY}")})),
    ])
    .await;
    let text = failed(fake.call("read", json!({"id": "1"})).await);
    assert_eq!(
        text,
        "Acme answered HTTP 401, code `invalid_api_key`, type `auth`: bad key [redacted] (request id req-7). The server's \
         key is wrong or expired: tell the person who runs it; repeating does not help"
    );
    assert_eq!(
        done(fake.call("read", json!({"id": "1"})).await),
        json!({"id": "echo [redacted]"})
    );
    assert!(!format!("{:?}", fake.engine(&Settings::default())).contains(KEY));
}

#[tokio::test]
async fn a_key_in_a_header_of_the_answer_is_taken_out() {
    let echo = || vec![("x-request-id", format!("Bearer {KEY}"))];
    for answer in [
        Answer::Json(400, echo(), json!({})),
        Answer::Json(200, echo(), json!({"id": 7})),
    ] {
        let fake = Fake::start([answer]).await;
        let text = failed(fake.call("launch", json!({"id": "1"})).await);
        assert!(
            text.contains("request id Bearer [redacted]") && !text.contains(KEY),
            "{text}"
        );
    }
}

#[tokio::test]
async fn one_refusal_of_two_reads_is_told_once() {
    let gone = || Answer::Json(404, vec![], json!({"error": {"message": "gone"}}));
    let fake = Fake::start([gone(), gone()]).await;
    let text = failed(fake.call("both", json!({"id": "1"})).await);
    assert_eq!(text.matches("gone").count(), 1, "{text}");
}

#[tokio::test]
async fn an_unknown_tool_is_told_with_the_nearest() {
    let engine = Fake::start([]).await.engine(&Settings::default());
    let unknown = engine.call("reed", object(json!({}))).await.unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "there is no tool `reed`: did you mean `read`?"
    );
}

#[tokio::test]
async fn what_a_simulator_says_is_called_simulated_whatever_the_provider_is_called() {
    let simulated = vec![("x-simulated", "true".to_owned())];
    let fake = Fake::start([
        Answer::Json(200, simulated.clone(), json!({"id": "x", "at": 7})),
        Answer::Json(200, simulated.clone(), json!({"id": "x", "at": 7})),
        Answer::Json(
            404,
            simulated.clone(),
            json!({"error": {"message": "there is none"}}),
        ),
        Answer::Json(
            404,
            simulated,
            json!({"error": {"message": "there is none"}}),
        ),
    ])
    .await;
    let result = done(fake.call("both", json!({"id": "1"})).await);
    assert_eq!(result["simulated"], "the provider is a simulator");
    let told = failed(fake.call("both", json!({"id": "2"})).await);
    assert!(told.ends_with("(The provider is a simulator.)"), "{told}");
}

/// However a provider writes it: a key that comes back with escapes is the same key once they are undone.
#[tokio::test]
async fn a_key_is_taken_out_however_it_is_written() {
    let escaped = KEY.replace('-', "\\u002D");
    let body = format!(r#"{{"id": "{escaped}", "at": 7}}"#);
    let refusal = format!(r#"{{"error": {{"message": "no {escaped}", "code": "{escaped}"}}}}"#);
    let fake = Fake::start([
        Answer::Text(200, body.clone()),
        Answer::Text(200, body),
        Answer::Text(401, refusal.clone()),
        Answer::Text(401, refusal),
    ])
    .await;
    let result = done(fake.call("both", json!({"id": "1"})).await);
    assert_eq!(result["id"], "[redacted]");
    let told = failed(fake.call("both", json!({"id": "2"})).await);
    assert!(
        !told.contains("very-secret") && told.contains("no [redacted]"),
        "{told}"
    );
}
