//! A launch that hands its job to a watch in the same call.

use std::path::PathBuf;

use rft_mcp::watching::Watching;
use rft_mcp_runtime::engine::{Engine, Outcome};
use rft_mcp_sandbox::{
    Config, Sandbox, TRAINING_FILE, VALIDATION_FILE,
    faults::{Fault, Rule, StatusFault},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{call, engine};

const TOKEN: &str = "token-of-a-launch";
const LAUNCH: &str = "POST /v1/fine_tuning/jobs";
const LIST: &str = "GET /v1/fine_tuning/jobs";

/// A sandbox with faults, and a directory for watches.
struct Bench {
    base: String,
    sandbox: Sandbox,
    directory: PathBuf,
}

impl Bench {
    async fn start(name: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Config {
            speed: 5_000.0,
            ..Config::default()
        });
        tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("guards-{name}"));
        std::fs::remove_dir_all(&directory).ok();
        Self {
            base,
            sandbox,
            directory,
        }
    }

    /// A server as it starts, which looks after watches until it is dropped.
    async fn server(&self) -> Server {
        let engine = engine("sandbox", &self.base);
        let shutdown = CancellationToken::new();
        let watching = Watching::new(Some(self.directory.clone()), true, shutdown.clone());
        let watching = watching.hastened(5_000.0);
        let context = rft_mcp_runtime::engine::Context::new(engine.clone());
        watching.begin(&context).await.unwrap();
        engine.keep(watching);
        Server { engine, shutdown }
    }

    fn fault(&self, route: &str, fault: Fault, count: u32) {
        let rule = Rule {
            route: route.to_owned(),
            count,
            after: 0,
            fault,
        };
        self.sandbox.faults().add(rule).unwrap();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.directory).ok();
    }
}

struct Server {
    engine: Engine,
    shutdown: CancellationToken,
}

impl Server {
    async fn done(&self, tool: &str, arguments: Value) -> Value {
        match call(&self.engine, tool, arguments).await {
            Outcome::Done(result) => Value::Object(result),
            other => panic!("{tool}: {other:?}"),
        }
    }

    async fn until(&self, tool: &str, arguments: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..1_200 {
            if let Outcome::Done(result) = call(&self.engine, tool, arguments.clone()).await {
                let result = Value::Object(result);
                if wanted(&result) {
                    return result;
                }
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{tool} does not get there");
    }

    async fn watches(&self) -> Vec<Value> {
        let list = self.done("list_watches", json!({ "ended": true })).await;
        list["watches"].as_array().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

fn status(status: u16, acted: bool) -> Fault {
    Fault::Status(StatusFault {
        status,
        acted,
        later_ms: 0,
        headers: [("retry-after-ms".to_owned(), "1".to_owned())].into(),
        body: None,
    })
}

fn launch(advanced: &Value) -> Value {
    json!({
        "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE,
        "grader": { "type": "string_check", "name": "right", "input": "{{sample.output_text}}",
            "reference": "{{item.answer}}", "operation": "eq" },
        "hyperparameters": { "n_epochs": 50, "batch_size": 1, "eval_interval": 1 },
        "launch_token": TOKEN, "advanced": advanced,
    })
}

fn failed(outcome: Outcome) -> String {
    match outcome {
        Outcome::Failed(message) => message,
        other => panic!("{other:?}"),
    }
}

async fn refused(engine: &Engine, advanced: Value) -> String {
    failed(call(engine, "start_job", launch(&advanced)).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_is_watched_in_the_same_call_and_paused() {
    let bench = Bench::start("paused").await;
    let server = bench.server().await;
    let advanced =
        json!({ "max_steps": 2, "budget_usd": 1e6, "early_stop_delta": 0, "poll_interval": 5 });
    let started = server.done("start_job", launch(&advanced)).await;
    let id = started["watch_id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("watch-"), "{started}");
    let note = started["note"].as_str().unwrap();
    assert!(
        note.contains(&format!("rft://watches/{id}")) && note.contains("max_steps"),
        "{note}"
    );
    // The same again: the same job, the same watch.
    let again = server.done("start_job", launch(&advanced)).await;
    assert_eq!(
        (&again["job_id"], &again["watch_id"]),
        (&started["job_id"], &started["watch_id"])
    );
    assert_eq!(server.watches().await.len(), 1);
    let watch = server
        .until("get_watch", json!({ "watch_id": id }), |watch| {
            watch["state"] == "resting"
        })
        .await;
    assert_eq!(watch["job_id"], started["job_id"]);
    assert_eq!(watch["decisions"][0]["rule"], "max_steps");
    // The price of an hour that the provider publishes.
    assert_eq!(watch["rules"]["budget"]["hourly_usd"], 100.0);
    assert!(watch["rules"]["collapse"].is_null(), "{watch}");
    // Whoever ended the watch is not overruled by the call that comes again.
    server.done("stop_watch", json!({ "watch_id": id })).await;
    let again = server
        .done("start_job", launch(&json!({ "max_steps": 2 })))
        .await;
    assert_eq!(again["watch_id"], started["watch_id"]);
    assert!(
        again["note"]
            .as_str()
            .unwrap()
            .contains("stopped by stop_watch"),
        "{again}"
    );
    assert_eq!(server.watches().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_is_refused_leaves_no_watch() {
    let bench = Bench::start("refused").await;
    let server = bench.server().await;
    let advanced = json!({ "budget_hours": 10 });
    bench.fault(LAUNCH, status(400, false), 1);
    refused(&server.engine, advanced.clone()).await;
    drop(server);
    // Nor does whoever starts after it make one, or finds anything to look for.
    let server = bench.server().await;
    let jobs = server.done("list_jobs", json!({})).await;
    assert_eq!(jobs["jobs"], json!([]));
    assert!(server.watches().await.is_empty());
    // The token is free.
    let started = server.done("start_job", launch(&advanced)).await;
    assert!(started["watch_id"].is_string(), "{started}");
}

/// Whoever launched does not hear of it, and dies: the job runs, and nobody but the promise knows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_was_not_heard_of_is_watched_by_whoever_starts_next() {
    let bench = Bench::start("unheard").await;
    let dying = engine("sandbox", &bench.base);
    // It looks after nothing, and so does not find it by itself.
    dying.keep(Watching::new(
        Some(bench.directory.clone()),
        false,
        CancellationToken::new(),
    ));
    bench.fault(LAUNCH, status(500, true), 1);
    bench.fault(LIST, status(500, false), 1_000);
    let arguments = launch(&json!({ "max_steps": 3, "after_resume": "end" }));
    let unknown = {
        let mut arguments = arguments.clone();
        arguments.as_object_mut().unwrap().remove("launch_token");
        failed(call(&dying, "start_job", arguments).await)
    };
    assert!(
        unknown.contains("It is not known whether `start_job` took effect"),
        "{unknown}"
    );
    let token = unknown
        .rsplit("launch_token \"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    drop(dying);
    bench.sandbox.faults().clear();
    let server = bench.server().await;
    let found = server
        .until("list_watches", json!({ "ended": true }), |list| {
            list["watches"] != json!([])
        })
        .await;
    let jobs = server.done("list_jobs", json!({})).await;
    assert_eq!(
        jobs["jobs"].as_array().unwrap().len(),
        1,
        "it was launched once"
    );
    assert_eq!(found["watches"][0]["job_id"], jobs["jobs"][0]["job_id"]);
    // The same call, told again with its token, names the same watch.
    let mut arguments = arguments;
    arguments["launch_token"] = token.into();
    let again = server.done("start_job", arguments).await;
    assert_eq!(again["watch_id"], found["watches"][0]["watch_id"]);
    assert_eq!(server.watches().await.len(), 1);
    let watch = server
        .done("get_watch", json!({ "watch_id": again["watch_id"] }))
        .await;
    assert_eq!(watch["after_resume"], "end");
}

/// The database is lost between the launch and the watch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_can_not_be_made_after_the_launch_is_told_and_made_later() {
    let bench = Bench::start("lost").await;
    let server = bench.server().await;
    let file = bench.directory.join("watches.sqlite");
    // The first promise makes the file.
    server.done("list_watches", json!({})).await;
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER no BEFORE INSERT ON watches BEGIN SELECT RAISE(FAIL, 'disk full'); END",
    )
    .unwrap();
    let started = server
        .done("start_job", launch(&json!({ "max_steps": 300 })))
        .await;
    assert!(
        started["job_id"].is_string() && started.get("watch_id").is_none(),
        "{started}"
    );
    let note = started["note"].as_str().unwrap();
    assert!(
        note.contains("not sure that a watch guards it") && note.contains("disk full"),
        "{note}"
    );
    raw.execute_batch("DROP TRIGGER no").unwrap();
    let found = server
        .until("list_watches", json!({}), |list| {
            list["watches"] != json!([])
        })
        .await;
    assert_eq!(found["watches"][0]["job_id"], started["job_id"]);
}

#[tokio::test]
async fn a_server_that_can_keep_no_watch_refuses_before_it_launches() {
    let bench = Bench::start("none").await;
    let none = engine("sandbox", &bench.base);
    none.keep(Watching::new(None, true, CancellationToken::new()));
    let unkept = engine("sandbox", &bench.base);
    let file = bench.directory.join("a-file");
    std::fs::create_dir_all(&bench.directory).unwrap();
    std::fs::write(&file, "").unwrap();
    let broken = engine("sandbox", &bench.base);
    broken.keep(Watching::new(Some(file), true, CancellationToken::new()));
    for (engine, mend) in [
        (&none, "--data-dir"),
        (&unkept, "--data-dir"),
        (&broken, "--data-dir"),
    ] {
        let refused = refused(engine, json!({ "max_steps": 3 })).await;
        assert!(
            refused.starts_with("nothing was sent: `/advanced` asks for a watch"),
            "{refused}"
        );
        assert!(refused.contains(mend), "{refused}");
        // Without a watch it can be launched.
    }
    let jobs = call(&none, "list_jobs", json!({})).await;
    let Outcome::Done(jobs) = jobs else {
        panic!("{jobs:?}")
    };
    assert_eq!(jobs["jobs"], json!([]));
    let Outcome::Done(started) = call(&none, "start_job", launch(&json!({}))).await else {
        panic!("a launch without a watch")
    };
    assert!(!started.contains_key("watch_id"));
}

#[tokio::test]
async fn what_can_not_be_watched_is_refused_with_its_place() {
    let bench = Bench::start("places").await;
    let server = bench.server().await;
    for (advanced, says) in [
        (
            json!({ "poll_interval": 5 }),
            "give early_stop_delta, max_steps, budget_usd or budget_hours too",
        ),
        (json!({ "hourly_usd": 5 }), "give that too"),
        (
            json!({ "early_stop_delta": 2 }),
            "/advanced/early_stop_delta",
        ),
        (json!({ "max_steps": 0 }), "/advanced/max_steps"),
        (
            json!({ "poll_interval": 1, "max_steps": 4 }),
            "/advanced/poll_interval",
        ),
        (json!({ "patience": 4 }), "use early_stop_patience"),
        (
            json!({ "early_stop": { "delta": 1 } }),
            "use early_stop_delta",
        ),
    ] {
        let refused = refused(&server.engine, advanced).await;
        assert!(
            refused.contains("nothing was sent") && refused.contains(says),
            "{says} in {refused}"
        );
    }
    // What an hour costs is not known there.
    let azure = engine("azure", &bench.base);
    azure.keep(Watching::new(
        Some(bench.directory.clone()),
        true,
        CancellationToken::new(),
    ));
    let message = refused(&azure, json!({ "budget_usd": 300 })).await;
    assert!(message.contains("give hourly_usd too"), "{message}");
    assert!(server.watches().await.is_empty());
}
