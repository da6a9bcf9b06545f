//! Uploads and downloads.

use std::{fs, path::PathBuf};

use rft_mcp_runtime::{
    engine::{Outcome, Settings},
    tool::{
        Action, DownloadSpec, Effect, Method, RequestSpec, Step, Template, ToolSpec, UploadSpec,
    },
};
use serde_json::{Value, json};

use crate::{
    fake::{Answer, Fake, KEY, ONE, RESULT, done, failed, input, object, ok, post, reply, tool},
    roots::Place,
};

const IN: &str = r#"{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"text":{"type":"string"},"path":{"type":"string"},"name":{"type":"string"},"expires":{"type":"object"},"offset":{"type":"integer"},"overwrite":{"type":"boolean"}}}"#;
const OUT: &str = r#"{"type":"object"}"#;

pub const PUT: ToolSpec = ToolSpec {
    sets: &["own"],
    input: IN,
    output: Some(OUT),
    action: Action::Http {
        requests: &[RequestSpec {
            method: Method::Post,
            path: ONE,
            upload: Some(UploadSpec {
                fields: &[
                    ("purpose", Template::Text("fine-tune")),
                    ("expires_after", input(&[Step::Key("expires")])),
                ],
                part: "file",
                filename: Some(input(&[Step::Key("name")])),
                unnamed: "data.jsonl",
                media_type: "application/jsonl",
                text: Some(input(&[Step::Key("text")])),
                path: Some(input(&[Step::Key("path")])),
                max_bytes: 3_000_000,
            }),
            ..RequestSpec::PLAIN
        }],
        result: Template::Object(&[("id", reply(0, &[Step::Key("id")]))]),
        page: None,
        once: None,
    },
    ..tool("put", Effect::Write, &[post()], RESULT)
};

pub const GET: ToolSpec = ToolSpec {
    sets: &["own"],
    input: IN,
    output: Some(OUT),
    action: Action::Http {
        requests: &[RequestSpec {
            path: ONE,
            download: Some(DownloadSpec {
                path: Some(input(&[Step::Key("path")])),
                overwrite: Some(input(&[Step::Key("overwrite")])),
                offset: Some(input(&[Step::Key("offset")])),
                inline_bytes: 64,
                file_bytes: 3_000_000,
                base64: false,
            }),
            ..RequestSpec::PLAIN
        }],
        result: reply(0, &[]),
        page: None,
        once: None,
    },
    ..tool("get", Effect::Read, &[post()], RESULT)
};

async fn call(fake: &Fake, roots: Vec<PathBuf>, tool: &str, arguments: Value) -> Outcome {
    let settings = Settings {
        sets: Some(vec!["own".into()]),
        files_roots: roots,
        ..Settings::default()
    };
    let engine = fake.engine(&settings);
    engine.call(tool, object(arguments)).await.unwrap()
}

fn file(bytes: impl Into<Vec<u8>>) -> Answer {
    Answer::File(
        vec![("content-type", "application/jsonl".to_owned())],
        bytes.into(),
    )
}

/// The parts of a form: their headers, and their bytes.
fn parts(fake: &Fake, request: usize) -> Vec<(String, Vec<u8>)> {
    let seen = fake.seen().swap_remove(request);
    let kind = seen.headers["content-type"].to_str().unwrap().to_owned();
    let boundary = kind
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap()
        .to_owned();
    let length: usize = seen.headers["content-length"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(length, seen.body.len());
    // Latin-1, so that every byte is a character.
    let text: String = seen.body.iter().map(|byte| char::from(*byte)).collect();
    let whole = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let between = format!("--{boundary}\r\n");
    let parts = whole.split(&between).skip(1);
    parts
        .map(|part| {
            let (head, body) = part.split_once("\r\n\r\n").unwrap();
            let body = body.strip_suffix("\r\n").unwrap();
            (
                head.to_owned(),
                body.chars().map(|c| u8::try_from(c).unwrap()).collect(),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_text_is_sent_as_a_file_after_the_fields() {
    let fake = Fake::start([ok(json!({"id": "f"}))]).await;
    let arguments =
        json!({"id": "1", "text": "{\"é\":1}\n", "expires": {"anchor": "now", "seconds": 60}});
    assert_eq!(done(fake.call("put", arguments).await), json!({"id": "f"}));
    let parts = parts(&fake, 0);
    let names: Vec<&str> = parts.iter().map(|(head, _)| head.as_str()).collect();
    assert_eq!(
        names,
        [
            "Content-Disposition: form-data; name=\"purpose\"",
            "Content-Disposition: form-data; name=\"expires_after[anchor]\"",
            "Content-Disposition: form-data; name=\"expires_after[seconds]\"",
            "Content-Disposition: form-data; name=\"file\"; filename=\"data.jsonl\"\r\nContent-Type: application/jsonl",
        ]
    );
    assert_eq!(parts[2].1, b"60");
    assert_eq!(parts[3].1, "{\"é\":1}\n".as_bytes());
}

#[tokio::test(start_paused = true)]
async fn a_local_file_is_streamed_and_opened_anew_for_each_attempt() {
    let place = Place::new("upload");
    let content: Vec<u8> = (0..2_500_000_u32)
        .map(|at| u8::try_from(at % 251).unwrap())
        .collect();
    fs::write(place.root().join("big.jsonl"), &content).unwrap();
    let busy = Answer::Json(429, vec![], json!({"error": {"message": "slow down"}}));
    let fake = Fake::start([busy, ok(json!({"id": "f"}))]).await;
    let arguments = json!({"id": "1", "path": "big.jsonl"});
    let outcome = call(&fake, vec![place.root()], "put", arguments).await;
    assert_eq!(done(outcome), json!({"id": "f"}));
    for request in 0..2 {
        let (head, body) = parts(&fake, request).pop().unwrap();
        assert!(head.contains("filename=\"big.jsonl\""), "{head}");
        assert!(body == content, "{} bytes", body.len());
    }
}

#[tokio::test]
async fn what_can_not_be_uploaded_is_told_before_anything_is_sent() {
    let place = Place::new("upload-refused");
    fs::write(place.root().join("huge"), vec![b'x'; 3_000_001]).unwrap();
    let fake = Fake::start([]).await;
    for (arguments, roots, told) in [
        (json!({}), vec![], "give the file to send"),
        (
            json!({"text": "a", "path": "a.txt"}),
            vec![],
            "give the file once",
        ),
        (json!({"path": "a.txt"}), vec![], "--files-root"),
        (
            json!({"path": "../out/secret.txt"}),
            vec![place.root()],
            "outside",
        ),
        (
            json!({"path": "none"}),
            vec![place.root()],
            "no file `none`",
        ),
        (json!({"path": "sub"}), vec![place.root()], "a directory"),
        (
            json!({"path": "huge"}),
            vec![place.root()],
            "at most 3000000",
        ),
    ] {
        let mut arguments = object(arguments);
        arguments.insert("id".to_owned(), "1".into());
        let text = failed(call(&fake, roots, "put", Value::Object(arguments)).await);
        assert!(text.contains(told) && !text.contains("secret\""), "{text}");
    }
    assert!(fake.seen().is_empty());
}

#[tokio::test]
async fn a_text_is_given_inline_and_cut_after_a_line() {
    let line = "{\"a\":\"éé\"}\n";
    let text = line.repeat(10);
    let fake = Fake::start((0..20).map(|_| file(text.clone()))).await;
    let (mut whole, mut offset) = (String::new(), 0);
    loop {
        let result = done(fake.call("get", json!({"id": "1", "offset": offset})).await);
        assert_eq!(result["bytes"], text.len());
        assert_eq!(result["media_type"], "application/jsonl");
        let piece = result["text"].as_str().unwrap();
        assert!(piece.ends_with('\n') && piece.len() <= 64, "{piece:?}");
        whole.push_str(piece);
        let Some(next) = result["next"].as_u64() else {
            assert_eq!(result.get("truncated"), None);
            break;
        };
        assert_eq!(result["truncated"], true);
        offset = next;
    }
    assert_eq!(whole, text);
    assert_eq!(fake.seen()[0].headers["accept"], "*/*");
}

#[tokio::test]
async fn a_line_without_end_is_cut_after_a_character_and_keys_are_taken_out() {
    let fake = Fake::start([file("é".repeat(100)), file(format!("key {KEY}"))]).await;
    let result = done(fake.call("get", json!({"id": "1"})).await);
    assert_eq!(
        (&result["text"], &result["next"]),
        (&json!("é".repeat(32)), &json!(64))
    );
    let result = done(fake.call("get", json!({"id": "1"})).await);
    assert_eq!(result["text"], "key [redacted]");
}

#[tokio::test]
async fn what_is_no_text_is_refused_inline() {
    for bytes in [vec![0xff, 0xfe], b"a\0b".to_vec()] {
        let fake = Fake::start([file(bytes)]).await;
        let text = failed(fake.call("get", json!({"id": "1"})).await);
        assert!(text.contains("no text: save it to a local file"), "{text}");
    }
}

#[tokio::test]
async fn a_file_is_saved_whole_and_never_over_another_unasked() {
    let place = Place::new("download");
    let content: Vec<u8> = (0..2_000_000_u32)
        .map(|at| u8::try_from(at % 253).unwrap())
        .collect();
    let fake = Fake::start([file(content.clone()), file("new"), file("cut")]).await;
    let roots = || vec![place.root()];
    let to = |path: &str, overwrite: bool| json!({"id": "1", "path": path, "overwrite": overwrite});
    let result = done(call(&fake, roots(), "get", to("sub/b.bin", false)).await);
    let path = place.root().join("sub/b.bin");
    assert_eq!(
        (&result["bytes"], &result["path"]),
        (&json!(2_000_000), &json!(path.to_str().unwrap()))
    );
    assert!(fs::read(&path).unwrap() == content);
    let text = failed(call(&fake, roots(), "get", to("a.txt", false)).await);
    assert!(text.contains("not written over"), "{text}");
    assert_eq!(fake.seen().len(), 1, "nothing is asked for in vain");
    done(call(&fake, roots(), "get", to("a.txt", true)).await);
    assert_eq!(
        fs::read_to_string(place.root().join("a.txt")).unwrap(),
        "new"
    );
    for (outside, told) in [("../out/x", "outside"), ("no/x", "directory")] {
        let text = failed(call(&fake, roots(), "get", to(outside, true)).await);
        assert!(text.contains(told), "{text}");
    }
    let read_only = Settings {
        sets: Some(vec!["own".into()]),
        files_roots: roots(),
        read_only: true,
        ..Settings::default()
    };
    let engine = fake.engine(&read_only);
    let outcome = engine.call("get", object(to("c", false)));
    assert!(failed(outcome.await.unwrap()).contains("read-only"));
}

#[tokio::test(start_paused = true)]
async fn a_download_that_fails_leaves_nothing_behind() {
    let place = Place::new("download-fails");
    let big = file(vec![b'x'; 3_000_001]);
    let gone = Answer::Text(404, "gone".to_owned());
    let fake = Fake::start([gone, big, Answer::Break, Answer::Break, Answer::Break]).await;
    for told in ["404", "larger than 3000000 bytes", "broke before"] {
        let arguments = json!({"id": "1", "path": "b.bin"});
        let text = failed(call(&fake, vec![place.root()], "get", arguments).await);
        assert!(text.contains(told), "{text}");
        assert!(!place.root().join("b.bin").exists());
    }
}
