//! Files that are too large for a request, with limits small enough to try, and a provider that fails on demand.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{fs, path::PathBuf};

use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Engine, Outcome, Settings},
    tool::ProviderSpec,
    upstream::Provider,
};
use rft_mcp_sandbox::{
    Config, Sandbox,
    faults::{Dropped, Fault, Rule, StatusFault},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

const BEGIN: &str = "POST /v1/uploads";
const PART: &str = "POST /v1/uploads/{id}/parts";
const COMPLETE: &str = "POST /v1/uploads/{id}/complete";

struct World {
    engine: Engine,
    sandbox: Sandbox,
    folder: PathBuf,
}

impl World {
    /// In front of a provider that takes 1,500 bytes in a request, and `parts` in a part.
    async fn new(test: &str, parts: Option<&'static str>) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join("uploads")
            .join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let sandbox = Sandbox::new(Config {
            speed: 1.0,
            ..Config::default()
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        let spec = TABLE.providers.iter().find(|spec| spec.name == "sandbox");
        let small = ["file_bytes", "upload_bytes", "part_bytes"];
        let values = spec.unwrap().values.iter().copied();
        let mut values: Vec<_> = values.filter(|(name, _)| !small.contains(name)).collect();
        values.extend([("file_bytes", "1500"), ("upload_bytes", "100000")]);
        values.extend(parts.map(|parts| ("part_bytes", parts)));
        let spec: &'static ProviderSpec = Box::leak(Box::new(ProviderSpec {
            values: Vec::leak(values),
            ..*spec.unwrap()
        }));
        let provider = Provider::resolve(spec, Some(&base), &|_| None).unwrap();
        let settings = Settings {
            files_roots: vec![folder.clone()],
            ..Settings::default()
        };
        Self {
            engine: Engine::new(TABLE, provider, &settings).unwrap(),
            sandbox,
            folder,
        }
    }

    /// A file of so many lines, 50 bytes each.
    fn file(&self, name: &str, lines: usize) -> String {
        let line =
            |n: usize| format!("{{\"messages\":[{{\"role\":\"user\",\"content\":\"{n:06}\"}}]}}\n");
        let text: String = (0..lines).map(line).collect();
        fs::write(self.folder.join(name), &text).unwrap();
        text
    }

    async fn outcome(&self, tool: &str, arguments: Value) -> Outcome {
        let Value::Object(arguments) = arguments else {
            panic!("{arguments}")
        };
        self.engine.call(tool, arguments).await.unwrap()
    }

    async fn call(&self, tool: &str, arguments: Value) -> Value {
        match self.outcome(tool, arguments).await {
            Outcome::Done(result) => Value::Object(result),
            other => panic!("{tool}: {other:?}"),
        }
    }

    async fn refused(&self, arguments: Value) -> String {
        match self.outcome("upload_file", arguments).await {
            Outcome::Failed(message) => message,
            other => panic!("{other:?}"),
        }
    }

    /// The only file there is has this content.
    async fn has_only(&self, file: &Value, content: &str) {
        let files = self.call("list_files", json!({})).await["files"].clone();
        let made = |one: &&Value| !one["file_id"].as_str().unwrap().starts_with("file-sandbox");
        let made: Vec<&Value> = files.as_array().unwrap().iter().filter(made).collect();
        assert_eq!(made.len(), 1, "{files}");
        assert_eq!(made[0]["file_id"], file["file_id"]);
        let read = json!({"file_id": file["file_id"]});
        assert_eq!(self.call("download_file", read).await["text"], content);
    }

    fn fault(&self, route: &str, after: u32, count: u32, fault: Fault) {
        let rule = Rule {
            route: route.to_owned(),
            count,
            after,
            fault,
        };
        self.sandbox.faults().add(rule).unwrap();
    }
}

fn status(status: u16) -> Fault {
    Fault::Status(StatusFault {
        status,
        acted: false,
        headers: [("retry-after-ms".to_owned(), "1".to_owned())].into(),
        body: None,
    })
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_arrives_whole() {
    let world = World::new("whole", Some("1000")).await;
    let text = world.file("large.jsonl", 200);
    let arguments = json!({
        "path": "large.jsonl", "filename": "train.jsonl",
        "expires_after": {"anchor": "created_at", "seconds": 7200},
    });
    let file = world.call("upload_file", arguments).await;
    assert_eq!(
        (&file["filename"], &file["bytes"], &file["purpose"]),
        (
            &json!("train.jsonl"),
            &json!(text.len()),
            &json!("fine-tune")
        )
    );
    assert!(
        file["expires_at"].is_u64() && file["status"].is_string(),
        "{file}"
    );
    world.has_only(&file, &text).await;
}

#[tokio::test]
async fn a_small_file_and_a_text_go_in_one_request() {
    let world = World::new("small", Some("1000")).await;
    world.fault(BEGIN, 0, 9, status(500));
    let text = world.file("small.jsonl", 20);
    let file = world
        .call("upload_file", json!({"path": "small.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
    let refused = world.refused(json!({"content": "x".repeat(2_000)})).await;
    assert!(refused.contains("at most 1500 can be sent"), "{refused}");
}

#[tokio::test]
async fn a_part_that_fails_is_sent_again_alone() {
    let world = World::new("again", Some("1000")).await;
    world.fault(PART, 1, 2, status(503));
    world.fault(
        PART,
        4,
        1,
        Fault::Drop {
            drop: Dropped::Before,
        },
    );
    let text = world.file("large.jsonl", 200);
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
}

/// A part that arrived, though that was not known, takes room: the upload is begun anew.
#[tokio::test]
async fn a_part_that_arrived_unseen_does_no_harm() {
    let world = World::new("unseen", Some("1000")).await;
    world.fault(
        PART,
        2,
        1,
        Fault::Drop {
            drop: Dropped::After,
        },
    );
    let text = world.file("large.jsonl", 200);
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
}

#[tokio::test]
async fn a_later_call_sends_what_is_missing() {
    let world = World::new("later", Some("1000")).await;
    let text = world.file("large.jsonl", 200);
    // Refused for good, after some parts arrived.
    world.fault(PART, 5, 1, status(403));
    let arguments = json!({"path": "large.jsonl"});
    let refused = world.refused(arguments.clone()).await;
    assert!(
        refused.contains("did not arrive") && refused.contains("call upload_file again"),
        "{refused}"
    );
    // Nothing is begun anew, and of ten parts no more than five are sent.
    world.sandbox.faults().clear();
    world.fault(BEGIN, 0, 9, status(403));
    world.fault(PART, 5, 9, status(403));
    let file = world.call("upload_file", arguments.clone()).await;
    world.has_only(&file, &text).await;
    // What ended is not gone on with.
    let refused = world.refused(arguments).await;
    assert!(refused.contains("403"), "{refused}");
}

#[tokio::test]
async fn a_file_that_changed_is_sent_anew() {
    let world = World::new("changed", Some("1000")).await;
    world.file("large.jsonl", 200);
    world.fault(PART, 5, 1, status(403));
    world.refused(json!({"path": "large.jsonl"})).await;
    let text = world.file("large.jsonl", 199);
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
}

#[tokio::test]
async fn an_end_whose_answer_is_lost_is_found() {
    let world = World::new("lost", Some("1000")).await;
    world.fault(
        COMPLETE,
        0,
        1,
        Fault::Drop {
            drop: Dropped::After,
        },
    );
    let text = world.file("large.jsonl", 200);
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
}

#[tokio::test]
async fn what_no_provider_takes_is_refused_before_anything_is_sent() {
    let world = World::new("limits", None).await;
    world.file("large.jsonl", 200);
    let refused = world.refused(json!({"path": "large.jsonl"})).await;
    assert!(
        refused.contains("takes none in parts: split it"),
        "{refused}"
    );
    let world = World::new("limits-too", Some("1000")).await;
    world.file("larger.jsonl", 3_000);
    let refused = world.refused(json!({"path": "larger.jsonl"})).await;
    assert!(refused.contains("takes at most 100000"), "{refused}");
    let refused = world.refused(json!({"path": "../later/large.jsonl"})).await;
    assert!(refused.contains("outside of the directories"), "{refused}");
    let files = world.call("list_files", json!({})).await["files"].to_string();
    assert!(!files.contains("larger.jsonl"), "{files}");
}
