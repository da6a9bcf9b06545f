//! Files that are too large for a request, with limits small enough to try, and a provider that fails on demand.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

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
    base: String,
    sandbox: Sandbox,
    folder: PathBuf,
}

/// In front of a provider at this address that takes 1,500 bytes in a request.
fn engine(
    base: &str,
    folder: &Path,
    parts: Option<&'static str>,
    data_dir: Option<PathBuf>,
) -> Engine {
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
    let provider = Provider::resolve(spec, Some(base), &|_| None).unwrap();
    let settings = Settings {
        files_roots: vec![folder.to_owned()],
        data_dir,
        ..Settings::default()
    };
    Engine::new(TABLE, provider, &settings).unwrap()
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
        Self {
            engine: engine(&base, &folder, parts, None),
            base,
            sandbox,
            folder,
        }
    }

    /// The same as another process of the same person sees it, or one that keeps nothing.
    fn again(&mut self, data_dir: Option<PathBuf>) {
        self.engine = engine(&self.base, &self.folder, Some("1000"), data_dir);
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
        later_ms: 0,
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

/// What is known of the uploads in a data directory that did not end.
fn kept(data: &Path) -> Vec<Value> {
    let files = fs::read_dir(data.join("uploads")).into_iter().flatten();
    let read = |path: PathBuf| serde_json::from_slice(&fs::read(path).ok()?).ok();
    files
        .filter_map(|file| read(file.unwrap().path()))
        .collect()
}

/// The process that `what_a_killed_process_sent_is_not_sent_again` kills.
#[tokio::test]
#[ignore = "run by another test"]
async fn killed() {
    let Ok(base) = env::var("RFT_TEST_BASE") else {
        return;
    };
    let folder = PathBuf::from(env::var("RFT_TEST_FOLDER").unwrap());
    let data = Some(folder.join("data"));
    let engine = engine(&base, &folder, Some("1000"), data);
    let Value::Object(arguments) = json!({"path": "large.jsonl"}) else {
        return;
    };
    panic!("{:?}", engine.call("upload_file", arguments).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_sent_is_not_sent_again() {
    let mut world = World::new("killed", Some("1000")).await;
    let text = world.file("large.jsonl", 200);
    let data = world.folder.join("data");
    // Four of ten parts arrive, and the others are on their way when the process ends.
    world.fault(
        PART,
        4,
        99,
        Fault::Latency {
            latency_ms: 600_000,
        },
    );
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["killed", "--exact", "--ignored"])
        .env("RFT_TEST_BASE", &world.base)
        .env("RFT_TEST_FOLDER", &world.folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let arrived = || {
        kept(&data)
            .first()
            .map_or(0, |kept| kept["begun"]["parts"].as_object().unwrap().len())
    };
    let deadline = Instant::now() + Duration::from_secs(180);
    while arrived() < 4 {
        assert!(Instant::now() < deadline, "{:?}", kept(&data));
        assert!(process.try_wait().unwrap().is_none(), "it ended by itself");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    process.kill().unwrap();
    process.wait().unwrap();
    // Nothing is begun anew, and no more than six parts are sent.
    world.sandbox.faults().clear();
    world.fault(BEGIN, 0, 9, status(403));
    world.fault(PART, 6, 9, status(403));
    world.again(Some(data.clone()));
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
    assert_eq!(fs::read_dir(data.join("uploads")).unwrap().count(), 0);
}

/// By size and time it is the same file; by the checksum of the whole it is not.
#[tokio::test]
async fn a_file_that_changed_unseen_is_sent_anew() {
    let mut world = World::new("unseen-change", Some("1000")).await;
    let data = world.folder.join("data");
    world.again(Some(data.clone()));
    world.file("large.jsonl", 200);
    let path = world.folder.join("large.jsonl");
    let changed = fs::metadata(&path).unwrap().modified().unwrap();
    world.fault(PART, 5, 1, status(403));
    world.refused(json!({"path": "large.jsonl"})).await;
    assert_eq!(kept(&data).len(), 1);
    let text = world.file("large.jsonl", 200).replace("user", "tool");
    fs::write(&path, &text).unwrap();
    let file = fs::File::options().append(true).open(&path).unwrap();
    file.set_modified(changed).unwrap();
    world.sandbox.faults().clear();
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
}

#[tokio::test]
async fn what_is_kept_is_for_its_owner_alone_and_goes_when_nothing_was_begun() {
    let mut world = World::new("owner", Some("1000")).await;
    let data = world.folder.join("data");
    world.again(Some(data.clone()));
    world.file("large.jsonl", 200);
    world.fault(BEGIN, 0, 1, status(403));
    world.refused(json!({"path": "large.jsonl"})).await;
    assert_eq!(fs::read_dir(data.join("uploads")).unwrap().count(), 0);
    world.fault(PART, 5, 1, status(403));
    world.refused(json!({"path": "large.jsonl"})).await;
    let text = kept(&data)[0].to_string();
    assert!(!text.contains("messages"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = data.join("uploads");
        let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
        assert_eq!((mode(&folder), mode(&file.path())), (0o700, 0o600));
    }
}

/// Two that send the same file at once do not take each other's parts.
#[tokio::test]
async fn two_at_once_have_an_upload_each() {
    let mut world = World::new("two", Some("1000")).await;
    world.again(Some(world.folder.join("data")));
    world.file("large.jsonl", 200);
    world.fault(PART, 2, 99, status(403));
    world.refused(json!({"path": "large.jsonl"})).await;
    // One goes on with what was begun, the other begins: nobody more than that.
    world.sandbox.faults().clear();
    world.fault(BEGIN, 1, 9, status(403));
    let one = || world.call("upload_file", json!({"path": "large.jsonl"}));
    let (one, other) = tokio::join!(one(), one());
    assert_ne!(one["file_id"], other["file_id"]);
}

/// Where nothing can be written, the process remembers.
#[tokio::test]
async fn without_a_data_directory_the_process_goes_on() {
    let mut world = World::new("unwritable", Some("1000")).await;
    fs::write(world.folder.join("data"), "no directory").unwrap();
    world.again(Some(world.folder.join("data")));
    let text = world.file("large.jsonl", 200);
    world.fault(PART, 5, 1, status(403));
    world.refused(json!({"path": "large.jsonl"})).await;
    world.sandbox.faults().clear();
    world.fault(BEGIN, 0, 9, status(403));
    let file = world
        .call("upload_file", json!({"path": "large.jsonl"}))
        .await;
    world.has_only(&file, &text).await;
}
