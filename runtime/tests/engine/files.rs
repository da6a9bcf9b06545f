//! Uploads and downloads.

use std::{fs, path::PathBuf};

use rft_mcp_runtime::{
    engine::{Outcome, Settings},
    tool::{
        Action, DownloadSpec, Effect, FileSpec, Method, Place as Way, RequestSpec, Root, Step,
        Template, ToolSpec, UploadSpec,
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
                types: &[],
                files: &[FileSpec {
                    part: "file",
                    each: None,
                    optional: false,
                    filename: Some(input(&[Step::Key("name")])),
                    unnamed: "data.jsonl",
                    media_type: Some("application/jsonl"),
                    text: Some(input(&[Step::Key("text")])),
                    base64: None,
                    path: Some(input(&[Step::Key("path")])),
                    max_bytes: 3_000_000,
                    most: None,
                    larger: None,
                }],
                raw: false,
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

#[tokio::test]
async fn a_name_of_a_file_adds_no_header_to_its_part() {
    let fake = Fake::start([ok(json!({"id": "f"}))]).await;
    let arguments = json!({"id": "1", "text": "a", "name": "a\r\nX-Evil: 1\n\"b\".jsonl"});
    done(fake.call("put", arguments).await);
    let (head, _) = parts(&fake, 0).pop().unwrap();
    assert!(
        !head.lines().any(|line| line.starts_with("X-Evil")),
        "{head}"
    );
    assert_eq!(head.lines().count(), 2, "{head}");
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
    let text = failed(call(&fake, vec![], "get", to("c", false)).await);
    assert!(text.contains("leave the path out"), "{text}");
    let part = json!({"id": "1", "path": "part", "offset": 3});
    let text = failed(call(&fake, roots(), "get", part).await);
    assert!(text.contains("leave the offset out"), "{text}");
    assert!(!place.root().join("part").exists());
    let whole = json!({"id": "1", "path": "c", "offset": 0});
    done(call(&fake, roots(), "get", whole).await);
    let read_only = Settings {
        sets: Some(vec!["own".into()]),
        files_roots: roots(),
        read_only: true,
        ..Settings::default()
    };
    let engine = fake.engine(&read_only);
    let outcome = engine.call("get", object(to("d", false)));
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

pub const MANY: ToolSpec = ToolSpec {
    sets: &["own"],
    input: r#"{"type":"object"}"#,
    output: Some(OUT),
    action: Action::Http {
        requests: &[RequestSpec {
            method: Method::Post,
            path: ONE,
            upload: Some(UploadSpec {
                fields: &[
                    ("look", Template::Json(&input(&[Step::Key("look")]))),
                    ("tag", input(&[Step::Key("tags")])),
                ],
                types: &[("look", "application/json")],
                files: &[
                    FileSpec {
                        part: "page[]",
                        each: Some(Way {
                            root: Root::Input,
                            path: &[Step::Key("pages")],
                        }),
                        filename: Some(item(&[Step::Key("name")])),
                        base64: Some(item(&[Step::Key("base64")])),
                        path: Some(item(&[Step::Key("path")])),
                        ..FILE
                    },
                    FileSpec {
                        part: "map",
                        optional: true,
                        text: Some(input(&[Step::Key("map")])),
                        ..FILE
                    },
                ],
                raw: false,
            }),
            ..RequestSpec::PLAIN
        }],
        result: Template::Object(&[("id", reply(0, &[Step::Key("id")]))]),
        page: None,
        once: None,
    },
    ..tool("many", Effect::Write, &[post()], RESULT)
};

pub const RAW: ToolSpec = ToolSpec {
    sets: &["own"],
    input: r#"{"type":"object"}"#,
    output: Some(OUT),
    action: Action::Http {
        requests: &[RequestSpec {
            method: Method::Put,
            path: ONE,
            upload: Some(UploadSpec {
                fields: &[],
                types: &[],
                files: &[FileSpec {
                    optional: true,
                    base64: Some(input(&[Step::Key("base64")])),
                    path: Some(input(&[Step::Key("path")])),
                    media_type: Some("image/png"),
                    ..FILE
                }],
                raw: true,
            }),
            ..RequestSpec::PLAIN
        }],
        result: Template::Object(&[("id", reply(0, &[Step::Key("id")]))]),
        page: None,
        once: None,
    },
    ..tool("raw", Effect::Write, &[post()], RESULT)
};

pub const FORM: ToolSpec = ToolSpec {
    sets: &["own"],
    input: r#"{"type":"object"}"#,
    output: Some(OUT),
    action: Action::Http {
        requests: &[RequestSpec {
            method: Method::Post,
            path: ONE,
            headers: &[("Accept", Template::Text("audio/wav"))],
            form: &[
                ("a b", input(&[Step::Key("text")])),
                ("deep", input(&[Step::Key("deep")])),
            ],
            download: Some(DownloadSpec {
                path: Some(input(&[Step::Key("path")])),
                overwrite: None,
                offset: None,
                inline_bytes: 64,
                file_bytes: 4,
                base64: false,
            }),
            ..RequestSpec::PLAIN
        }],
        result: reply(0, &[]),
        page: None,
        once: None,
    },
    ..tool("form", Effect::Costly, &[post()], RESULT)
};

const FILE: FileSpec = FileSpec {
    part: "file",
    each: None,
    optional: false,
    filename: None,
    unnamed: "upload.txt",
    media_type: None,
    text: None,
    base64: None,
    path: None,
    max_bytes: 100,
    most: None,
    larger: None,
};

const fn item(path: &'static [Step]) -> Template {
    Template::Take(Way {
        root: Root::Item,
        path,
    })
}

#[tokio::test]
async fn several_files_are_sent_each_with_its_name_and_type() {
    let place = Place::new("many");
    fs::write(place.root().join("b.txt"), "two").unwrap();
    let fake = Fake::start([ok(json!({"id": "f"})), ok(json!({"id": "g"}))]).await;
    let arguments = json!({
        "id": "1",
        "pages": [{"base64": "/wA=\n", "name": "a.png"}, {"path": "b.txt"}],
        "look": {"paper": "fine"},
        "tags": ["x", "y"],
    });
    done(call(&fake, vec![place.root()], "many", arguments).await);
    let whole: Vec<_> = parts(&fake, 0)
        .into_iter()
        .map(|(head, body)| (head.replace("Content-Disposition: form-data; ", ""), body))
        .collect();
    let expected: Vec<(String, Vec<u8>)> = [
        (
            "name=\"look\"\r\nContent-Type: application/json",
            &b"{\"paper\":\"fine\"}"[..],
        ),
        ("name=\"tag\"", b"x"),
        ("name=\"tag\"", b"y"),
        (
            "name=\"page[]\"; filename=\"a.png\"\r\nContent-Type: image/png",
            b"\xff\0",
        ),
        (
            "name=\"page[]\"; filename=\"b.txt\"\r\nContent-Type: text/plain",
            b"two",
        ),
    ]
    .map(|(head, body)| (head.to_owned(), body.to_vec()))
    .into();
    assert_eq!(whole, expected);
    // What is optional may be left out, all of it too.
    done(fake.call("many", json!({"id": "1", "map": "m"})).await);
    let map = parts(&fake, 1);
    assert_eq!(map.len(), 1);
    assert!(map[0].0.contains("filename=\"upload.txt\""), "{map:?}");
    let text = failed(
        fake.call("many", json!({"id": "1", "pages": [{"base64": "?"}]}))
            .await,
    );
    assert!(
        text.contains("no base64") && text.contains("encode its bytes"),
        "{text}"
    );
    let text = failed(fake.call("many", json!({"id": "1", "pages": [{}]})).await);
    assert!(text.contains("give the file to send"), "{text}");
    assert_eq!(fake.seen().len(), 2);
}

#[tokio::test]
async fn a_file_alone_is_the_body() {
    let place = Place::new("raw");
    fs::write(place.root().join("a.png"), [0xff, 0]).unwrap();
    let fake = Fake::start([ok(json!({})), ok(json!({})), ok(json!({}))]).await;
    let roots = || vec![place.root()];
    done(call(&fake, roots(), "raw", json!({"id": "1", "path": "a.png"})).await);
    done(call(&fake, roots(), "raw", json!({"id": "1", "base64": "/wA="})).await);
    for seen in fake.seen() {
        assert_eq!(seen.headers["content-type"], "image/png");
        assert_eq!(seen.headers["content-length"], "2");
        assert_eq!(seen.body, [0xff, 0]);
    }
    done(call(&fake, roots(), "raw", json!({"id": "1"})).await);
    assert!(fake.seen()[2].body.is_empty());
}

#[tokio::test]
async fn a_form_is_spelled_as_a_query_is() {
    let fake = Fake::start([file("text")]).await;
    let arguments = json!({"id": "1", "text": "c&d é", "deep": {"a": {"b": [1, 2]}}});
    let result = done(fake.call("form", arguments).await);
    assert_eq!(result["text"], "text");
    let seen = fake.seen().remove(0);
    assert_eq!(
        seen.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    let accept: Vec<_> = seen.headers.get_all("accept").iter().collect();
    assert_eq!(accept, ["audio/wav"], "its own, and no other");
    assert_eq!(
        String::from_utf8(seen.body.clone()).unwrap(),
        "a%20b=c%26d%20%C3%A9&deep%5Ba%5D%5Bb%5D=1&deep%5Ba%5D%5Bb%5D=2"
    );
}

#[tokio::test]
async fn what_was_paid_for_and_can_not_be_taken_is_not_asked_for_again() {
    let place = Place::new("paid");
    let fake = Fake::start([file(vec![0xff]), file("12345")]).await;
    let text = failed(fake.call("form", json!({"id": "1", "text": "a"})).await);
    assert!(
        text.contains("not known whether") && text.contains("do not repeat"),
        "{text}"
    );
    let arguments = json!({"id": "1", "text": "a", "path": "a.wav"});
    let text = failed(call(&fake, vec![place.root()], "form", arguments).await);
    assert!(
        text.contains("larger than 4 bytes") && text.contains("do not repeat"),
        "{text}"
    );
    assert_eq!(fake.seen().len(), 2);
}
