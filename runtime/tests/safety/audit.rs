//! The log of calls that change something.

use std::{fs, path::PathBuf};

use rft_mcp_runtime::engine::{Asking, EngineError, Settings};
use serde_json::{Value, json};

use crate::desk::{Desk, Fault, KEY, call, limited, object};

/// A log of this test's own.
fn file(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("audit");
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    let _ = fs::remove_file(&path);
    path
}

fn logged(path: &std::path::Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn settings(path: &std::path::Path) -> Settings {
    Settings {
        asking: Asking::Never,
        audit_log: Some(path.to_owned()),
        ..Settings::default()
    }
}

/// How each call ended: its tool, its outcome and why.
fn ends(path: &std::path::Path) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let ends = logged(path)
        .into_iter()
        .filter(|line| line["event"] == "end");
    ends.map(|line| {
        (
            text(&line["tool"]),
            text(&line["outcome"]),
            text(&line["why"]),
        )
    })
    .collect()
}

#[tokio::test]
async fn a_call_is_logged_before_and_after_with_its_ids_and_nothing_else() {
    let desk = Desk::open().await;
    let path = file("ids");
    let engine = desk.engine(&settings(&path));
    let secret = "the text of a book";
    let arguments = json!({"book": "b-1", "coins": 2, "token": "token-one", "labels": {"note": secret, "key": KEY}});
    call(&engine, "lend", arguments).await.unwrap();
    call(&engine, "list", json!({})).await.unwrap();
    let lines = logged(&path);
    let [begin, end] = lines.as_slice() else {
        panic!("{lines:?}")
    };
    let known = json!({
        "time": begin["time"], "call": begin["call"], "tool": "lend", "effect": "costly", "provider": "desk",
        "event": "begin",
        "arguments": {
            "names": ["book", "coins", "labels", "token"],
            "sha256": begin["arguments"]["sha256"],
            "values": {"book": "b-1"},
        },
    });
    assert_eq!(*begin, known);
    assert_eq!(begin["arguments"]["sha256"].as_str().unwrap().len(), 64);
    let known = json!({
        "time": end["time"], "call": begin["call"], "tool": "lend", "effect": "costly", "provider": "desk",
        "event": "end", "outcome": "ok", "ids": {"token": "token-one", "loan_id": "loan-1"},
        "request_ids": ["req-17"],
    });
    assert_eq!(*end, known);
    let time = end["time"].as_str().unwrap();
    assert!(
        time.starts_with("20") && time.ends_with('Z') && time.len() == 24,
        "{time}"
    );
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        !text.contains(KEY) && !text.contains(secret) && !text.contains("note"),
        "{text}"
    );
}

#[tokio::test]
async fn a_key_is_taken_out_of_what_may_be_shown() {
    let desk = Desk::open().await;
    let path = file("key");
    let engine = desk.engine(&settings(&path));
    call(&engine, "buy", json!({ "book": KEY })).await.unwrap();
    let lines = logged(&path);
    assert_eq!(
        lines[0]["arguments"]["values"],
        json!({"book": "[redacted]"})
    );
    assert!(!fs::read_to_string(&path).unwrap().contains(KEY));
}

#[tokio::test]
async fn the_hash_is_of_the_arguments_whatever_their_order() {
    let desk = Desk::open().await;
    let path = file("hash");
    let engine = desk.engine(&settings(&path));
    for arguments in [
        r#"{"book":"b","coins":1}"#,
        r#"{"coins":1,"book":"b"}"#,
        r#"{"book":"b","coins":2}"#,
    ] {
        let arguments = serde_json::from_str(arguments).unwrap();
        call(&engine, "buy", arguments).await.unwrap();
    }
    let lines = logged(&path);
    let hash = |at: usize| lines[at]["arguments"]["sha256"].clone();
    assert_eq!(hash(0), hash(2));
    assert_ne!(hash(0), hash(4));
}

#[tokio::test(start_paused = true)]
async fn every_way_to_end_is_told_apart() {
    let desk = Desk::open().await;
    let path = file("ends");
    let engine = desk.engine(&Settings {
        audit_log: Some(path.clone()),
        ..limited(&[("coins", 5.0)])
    });
    let failed =
        async |tool: &str, arguments: Value| call(&engine, tool, arguments).await.unwrap_err();
    failed("buy", json!({"book": "b", "coins": 9})).await;
    failed("buy", json!({"book": "priceless"})).await;
    failed("buy", json!({"book": 7})).await;
    failed("buy", json!({"book": "unknown"})).await;
    desk.fault(Fault::Refuse(400));
    failed("buy", json!({"book": "b"})).await;
    desk.fault(Fault::Lend(500));
    failed("buy", json!({"book": "b"})).await;
    desk.fault(Fault::Garble);
    failed("buy", json!({"book": "b"})).await;
    // Found again, it is started.
    desk.fault(Fault::Lend(500));
    call(&engine, "lend", json!({"book": "b"})).await.unwrap();
    let expected = [
        ("buy", "refused", "limit"),
        ("buy", "refused", "not confirmed"),
        ("buy", "refused", "arguments"),
        ("buy", "refused", "limits not known"),
        ("buy", "error", ""),
        ("buy", "ambiguous", ""),
        ("buy", "ambiguous", ""),
        ("lend", "ok", ""),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(ends(&path), expected);
    let lines = logged(&path);
    assert_eq!(lines[1]["limits"], json!(["coins"]));
    // The id for the provider's support is there when the call failed too.
    assert_eq!(lines[9]["request_ids"], json!(["req-17"]));
    // And the token, by which is found what may have been started.
    assert!(lines[15]["ids"]["token"].is_string(), "{}", lines[15]);
}

#[tokio::test]
async fn a_call_to_a_server_that_only_reads_is_logged_too() {
    let desk = Desk::open().await;
    let path = file("read-only");
    let engine = desk.engine(&Settings {
        read_only: true,
        ..settings(&path)
    });
    let refused = call(&engine, "buy", json!({"book": "b", "confirm": true}))
        .await
        .unwrap_err();
    assert!(refused.contains("this server is read-only"), "{refused}");
    assert_eq!(
        ends(&path),
        [(
            "buy".to_owned(),
            "refused".to_owned(),
            "not served".to_owned()
        )]
    );
    assert_eq!(desk.seen(), [] as [&str; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_broken_off_is_logged_as_such() {
    let desk = Desk::open().await;
    let path = file("dropped");
    let engine = desk.engine(&settings(&path));
    let call = engine.call("wait", object(json!({})));
    assert!(
        tokio::time::timeout(std::time::Duration::from_secs(5), call)
            .await
            .is_err()
    );
    assert_eq!(
        ends(&path),
        [("wait".to_owned(), "ambiguous".to_owned(), String::new())]
    );
}

#[tokio::test]
async fn a_log_is_appended_to_and_a_line_is_whole() {
    let desk = Desk::open().await;
    let path = file("appended");
    for _ in 0..2 {
        let engine = desk.engine(&settings(&path));
        let calls = (0..10).map(|_| call(&engine, "buy", json!({"book": "b"})));
        futures::future::join_all(calls).await;
    }
    let lines = logged(&path);
    assert_eq!(lines.len(), 40);
    for line in &lines {
        let twice = lines
            .iter()
            .filter(|one| one["call"] == line["call"])
            .count();
        assert_eq!(twice, 2, "{line}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_log_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::open().await;
    let path = file("owner");
    desk.engine(&settings(&path));
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_log_that_can_not_be_opened_is_told_at_the_start() {
    use rft_mcp_runtime::{engine::Engine, upstream::Provider};
    let path = file("none").join("no-directory");
    let table = &crate::desk::TABLE;
    let env = |_: &str| Some("key".to_owned());
    let provider =
        Provider::resolve(&table.providers[0], Some("http://127.0.0.1:1"), &env).unwrap();
    let error = Engine::new(table, provider, &settings(&path)).unwrap_err();
    assert!(matches!(error, EngineError::Audit(_)));
    let text = error.to_string();
    assert!(
        text.contains("no-directory` can not be written") && text.contains("Give a file"),
        "{text}"
    );
}

/// A full disk: calls that change something are refused, reads are not.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn nothing_is_changed_unlogged() {
    let desk = Desk::open().await;
    let engine = desk.engine(&settings(std::path::Path::new("/dev/full")));
    let refused = call(&engine, "buy", json!({"book": "b"}))
        .await
        .unwrap_err();
    assert!(
        refused.starts_with("nothing was sent: the server's audit log can not be written"),
        "{refused}"
    );
    assert!(
        refused.contains("`buy` is not called unlogged"),
        "{refused}"
    );
    assert_eq!(desk.posts(), 0);
    call(&engine, "list", json!({})).await.unwrap();
}
