//! Retry, redirects, time-outs and caps, with time standing still until all wait for it.

use rft_mcp_runtime::tool::{
    Action, Bounds, Effect, Place, RequestSpec, Retry, Root, Step, Template, ToolSpec,
};
use serde_json::json;

use crate::fake::{Answer, Fake, KEY, ONE, RESULT, done, failed, ok, post, reply, tool};

fn status(status: u16) -> Answer {
    Answer::Json(status, vec![], json!({"error": {"message": "no"}}))
}

#[tokio::test(start_paused = true)]
async fn a_read_is_sent_again_and_a_launch_is_not() {
    let script = || [status(503), status(429), ok(json!({"id": "x"}))];
    let fake = Fake::start(script()).await;
    assert_eq!(
        done(fake.call("read", json!({"id": "1"})).await),
        json!({"id": "x"})
    );
    assert_eq!(fake.seen().len(), 3);
    for tool in ["write", "launch", "delete"] {
        let fake = Fake::start(script()).await;
        let text = failed(fake.call(tool, json!({"id": "1"})).await);
        assert!(
            text.contains("not known whether Acme acted")
                && text.contains("before you have looked"),
            "{text}"
        );
        assert_eq!(fake.seen().len(), 1, "{tool}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_launch_is_sent_again_only_after_a_refusal() {
    let fake = Fake::start([status(429), ok(json!({"id": "x"}))]).await;
    assert_eq!(
        done(fake.call("launch", json!({"id": "1"})).await),
        json!({"id": "x"})
    );
    let quota = Answer::Json(
        429,
        vec![],
        json!({"error": {"code": "insufficient_quota", "message": "spent"}}),
    );
    let fake = Fake::start([quota, ok(json!({"id": "x"}))]).await;
    assert!(failed(fake.call("read", json!({"id": "1"})).await).contains("who pays"));
    assert_eq!(fake.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_launch_whose_answer_breaks_off_or_never_comes_is_sent_once() {
    for answer in [Answer::Break, Answer::Hang] {
        let fake = Fake::start([answer.clone(), ok(json!({"id": "x"}))]).await;
        assert!(
            failed(fake.call("launch", json!({"id": "1"})).await)
                .contains("not known whether Acme acted")
        );
        assert_eq!(fake.seen().len(), 1);
        let fake = Fake::start([answer, ok(json!({"id": "x"}))]).await;
        assert_eq!(
            done(fake.call("read", json!({"id": "1"})).await),
            json!({"id": "x"})
        );
    }
}

#[tokio::test(start_paused = true)]
async fn no_connection_is_no_doubt() {
    let mut fake = Fake::start([]).await;
    fake.base = "http://127.0.0.1:1/v1".to_owned();
    let text = failed(fake.call("launch", json!({"id": "1"})).await);
    assert_eq!(
        text,
        "could not connect to Acme: check its base URL and the network"
    );
}

#[tokio::test]
async fn a_redirect_never_takes_the_key_to_another_address() {
    let thief = Fake::start([ok(json!({"id": "stolen"}))]).await;
    let there = Answer::Json(307, vec![("location", thief.base.clone())], json!({}));
    let fake = Fake::start([there.clone(), there]).await;
    for tool in ["read", "launch"] {
        let text = failed(fake.call(tool, json!({"id": "1"})).await);
        assert!(text.contains("redirected") && !text.contains(KEY), "{text}");
    }
    assert!(thief.seen().is_empty());
}

#[tokio::test]
async fn a_read_follows_a_redirect_on_the_same_address_and_a_launch_does_not() {
    let here = Answer::Json(302, vec![("location", "/v1/moved".to_owned())], json!({}));
    let fake = Fake::start([
        here.clone(),
        ok(json!({"id": "x"})),
        here,
        ok(json!({"id": "x"})),
    ])
    .await;
    assert_eq!(
        done(fake.call("read", json!({"id": "1"})).await),
        json!({"id": "x"})
    );
    assert_eq!(fake.seen()[1].uri.path(), "/v1/moved");
    assert!(failed(fake.call("launch", json!({"id": "1"})).await).contains("redirected"));
    assert_eq!(fake.seen().len(), 3);
}

#[tokio::test]
async fn a_redirect_in_a_circle_ends() {
    let here = Answer::Json(302, vec![("location", "/v1/circle".to_owned())], json!({}));
    let fake = Fake::start(vec![here; 7]).await;
    let text = failed(fake.call("read", json!({"id": "1"})).await);
    assert!(
        text.contains("redirected (HTTP 302)") && text.contains("five times"),
        "{text}"
    );
    assert_eq!(fake.seen().len(), 6);
}

#[tokio::test]
async fn a_reply_that_is_compressed_unasked_is_told() {
    let coded = Answer::Json(
        200,
        vec![("content-encoding", "gzip".to_owned())],
        json!({}),
    );
    let fake = Fake::start([coded]).await;
    let text = failed(fake.call("read", json!({"id": "1"})).await);
    assert!(text.contains("it is compressed (gzip)"), "{text}");
    assert_eq!(fake.seen()[0].headers["accept-encoding"], "identity");
}

#[tokio::test]
async fn a_reply_over_the_cap_and_one_that_is_not_json_are_told() {
    let big = || ok(json!({"id": "x".repeat(2000)}));
    let fake = Fake::start([
        big(),
        big(),
        Answer::Text(200, "<html>".into()),
        Answer::Text(200, String::new()),
    ])
    .await;
    assert!(
        failed(fake.call("read", json!({"id": "1"})).await)
            .contains("larger than 1000 bytes: ask for less")
    );
    assert!(
        failed(fake.call("launch", json!({"id": "1"})).await)
            .contains("not known whether Acme acted")
    );
    assert!(failed(fake.call("read", json!({"id": "1"})).await).contains("not JSON: <html>"));
    assert!(failed(fake.call("read", json!({"id": "1"})).await).contains("answered: null"));
}

/// A read with limits of its own, which also takes a header of the reply.
pub const PATIENT: ToolSpec = ToolSpec {
    output: Some(
        r#"{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"left":{"type":"string"}}}"#,
    ),
    sets: &["own"],
    bounds: Bounds {
        timeout_seconds: Some(7),
        retry: Some(Retry {
            times: 4,
            ambiguous: true,
        }),
        result_bytes: None,
    },
    action: Action::Http {
        requests: &[RequestSpec {
            path: ONE,
            reply_headers: &["x-left"],
            ..RequestSpec::PLAIN
        }],
        result: Template::Object(&[
            ("id", reply(0, &[Step::Key("id")])),
            (
                "left",
                Template::Take(Place {
                    root: Root::ReplyHeaders(0),
                    path: &[Step::Key("x-left")],
                }),
            ),
        ]),
        page: None,
        once: None,
    },
    ..tool("patient", Effect::Read, &[], RESULT)
};

const AMBIGUOUS: Bounds = Bounds {
    retry: Some(Retry {
        times: 1,
        ambiguous: true,
    }),
    ..Bounds::NONE
};

/// A write that may be repeated, since it makes the same of the same.
pub const INSISTENT: ToolSpec = ToolSpec {
    sets: &["own"],
    bounds: AMBIGUOUS,
    ..tool("insistent", Effect::Write, &[post()], RESULT)
};

/// A launch whose author asks for what is never done.
pub const ONCE: ToolSpec = ToolSpec {
    sets: &["own"],
    bounds: AMBIGUOUS,
    ..tool("once", Effect::Costly, &[post()], RESULT)
};

#[tokio::test(start_paused = true)]
async fn a_tool_may_have_its_own_retries_and_time() {
    let script = || (0..4).map(|_| status(503)).chain([ok(json!({"id": "x"}))]);
    let fake = Fake::start(script()).await;
    assert_eq!(
        done(fake.call("patient", json!({"id": "1"})).await)["id"],
        "x"
    );
    let fake = Fake::start([Answer::Hang, ok(json!({"id": "x"}))]).await;
    done(fake.call("insistent", json!({"id": "1"})).await);
    assert_eq!(fake.seen().len(), 2);
    let fake = Fake::start([status(503), status(503), ok(json!({"id": "x"}))]).await;
    assert!(failed(fake.call("insistent", json!({"id": "1"})).await).contains("before you have"));
    assert_eq!(fake.seen().len(), 2);
    let fake = Fake::start((0..5).map(|_| Answer::Hang)).await;
    let text = failed(fake.call("patient", json!({"id": "1"})).await);
    assert!(text.contains("did not answer within 7 s"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn no_manifest_makes_a_launch_repeat() {
    for answer in [Answer::Break, Answer::Hang, status(500)] {
        let fake = Fake::start([answer, ok(json!({"id": "x"}))]).await;
        let text = failed(fake.call("once", json!({"id": "1"})).await);
        assert!(text.contains("not known whether Acme acted"), "{text}");
        assert_eq!(fake.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_header_of_the_reply_is_taken_without_keys() {
    let header = |value: &str| {
        let headers = vec![("x-left", value.to_owned())];
        Answer::Json(200, headers, json!({"id": "x"}))
    };
    let fake = Fake::start([header("17"), header(KEY), ok(json!({"id": "x"}))]).await;
    let left = async || done(fake.call("patient", json!({"id": "1"})).await)["left"].clone();
    assert_eq!(left().await, "17");
    assert_eq!(left().await, "[redacted]");
    assert_eq!(left().await, json!(null));
}
