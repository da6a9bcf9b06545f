//! Watches as agents make them, and as servers look after them.
#![cfg(feature = "watches")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::{path::PathBuf, time::Duration};

use rft_mcp::{TABLE, watching::Watching};
use rft_mcp_runtime::{
    engine::{Engine, Outcome, Settings},
    upstream::Provider,
};
use rft_mcp_sandbox::{Config, Flavour, Sandbox, TRAINING_FILE, VALIDATION_FILE};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[cfg(feature = "postgres")]
#[expect(dead_code, reason = "only one with a socket is started here")]
#[path = "../watches/tests/watches/cluster.rs"]
mod cluster;
#[cfg(feature = "postgres")]
#[path = "watches/database.rs"]
mod database;
#[path = "watches/guards.rs"]
mod guards;
#[path = "watches/listens.rs"]
mod listens;
mod program;
#[path = "watches/waits.rs"]
mod waits;

use program::Server;

/// A sandbox, a directory, and an engine that makes watches there.
struct Bench {
    base: String,
    directory: PathBuf,
    engine: Engine,
    shutdown: CancellationToken,
}

impl Bench {
    /// Whether the engine looks after the watches, or leaves that to others.
    async fn start(looks_after: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Config {
            speed: 5_000.0,
            ..Config::default()
        });
        tokio::spawn(sandbox.serve(listener, std::future::pending()));
        Self::at(base, looks_after)
    }

    /// The same with a sandbox that runs already.
    fn at(base: String, looks_after: bool) -> Self {
        let name = base.replace(|c: char| !c.is_ascii_digit(), "");
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("watches-{name}"));
        std::fs::remove_dir_all(&directory).ok();
        let shutdown = CancellationToken::new();
        let engine = engine("sandbox", &base);
        engine.keep(Watching::new(
            Some(directory.clone()),
            looks_after,
            shutdown.clone(),
        ));
        Self {
            base,
            directory,
            engine,
            shutdown,
        }
    }

    async fn call(&self, tool: &str, arguments: Value) -> Value {
        done(&self.engine, tool, arguments).await
    }

    async fn refused(&self, tool: &str, arguments: Value) -> String {
        match call(&self.engine, tool, arguments).await {
            Outcome::Failed(message) => message,
            other => panic!("{tool} was not refused: {other:?}"),
        }
    }

    /// A job that runs for longer than the test, with two evaluations at least.
    async fn job(&self) -> String {
        let grader = json!({
            "type": "string_check", "name": "right", "input": "{{sample.output_text}}",
            "reference": "{{item.answer}}", "operation": "eq",
        });
        let arguments = json!({
            "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE, "grader": grader,
            "hyperparameters": {"n_epochs": 50, "batch_size": 1, "eval_interval": 1},
        });
        let job = self.call("start_job", arguments).await["job_id"].clone();
        self.until("get_job_status", json!({ "job_id": job }), |status| {
            status["metrics"]["valid_step"].as_u64() >= Some(2)
        })
        .await;
        job.as_str().unwrap().to_owned()
    }

    /// Calls until the result is as wanted.
    async fn until(&self, tool: &str, arguments: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        until(&self.engine, tool, arguments, wanted).await
    }

    /// How often the job was asked to pause, by its own messages.
    async fn pauses(&self, job: &str) -> usize {
        let events = self
            .call("list_job_events", json!({ "job_id": job, "limit": 100 }))
            .await;
        let events = events["events"].as_array().unwrap();
        let told = |event: &&Value| event["message"].as_str().unwrap().contains("job pausing");
        events.iter().filter(told).count()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.shutdown.cancel();
        std::fs::remove_dir_all(&self.directory).ok();
    }
}

fn engine(provider: &str, base: &str) -> Engine {
    let spec = TABLE.providers.iter().find(|spec| spec.name == provider);
    let is_key = |name: &str| name.contains("TOKEN") || name.contains("KEY");
    let key = |name: &str| is_key(name).then(|| "key-of-tests".to_owned());
    let provider = Provider::resolve(spec.unwrap(), Some(base), &key).unwrap();
    let settings = Settings {
        sets: Some(["core", "jobs", "watches"].map(str::to_owned).to_vec()),
        ..Settings::default()
    };
    Engine::new(TABLE, provider, &settings).unwrap()
}

async fn call(engine: &Engine, tool: &str, arguments: Value) -> Outcome {
    let Value::Object(arguments) = arguments else {
        panic!("{arguments}")
    };
    engine.call(tool, arguments).await.unwrap()
}

async fn done(engine: &Engine, tool: &str, arguments: Value) -> Value {
    match call(engine, tool, arguments).await {
        Outcome::Done(result) => Value::Object(result),
        other => panic!("{tool}: {other:?}"),
    }
}

async fn until(
    engine: &Engine,
    tool: &str,
    arguments: Value,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    for _ in 0..1_200 {
        let result = done(engine, tool, arguments.clone()).await;
        if wanted(&result) {
            return result;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!(
        "{tool} does not get there: {}",
        done(engine, tool, arguments).await
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_paused_by_its_watch_and_the_record_says_why() {
    let bench = Bench::start(true).await;
    let job = bench.job().await;
    let rules = json!({ "early_stop": { "delta": 1, "patience": 1, "warmup": 0 }, "budget": { "usd": 1e6 } });
    let watch = bench
        .call(
            "watch_job",
            json!({ "job_id": job, "rules": rules, "poll_interval": 5 }),
        )
        .await;
    assert_eq!(watch["state"], "watching");
    assert_eq!(watch["rules"]["early_stop"]["metric"], "valid_reward");
    let id = json!({ "watch_id": watch["watch_id"] });
    let rests = |watch: &Value| watch["state"] == "resting";
    let watch = bench.until("get_watch", id.clone(), rests).await;
    let decision = &watch["decisions"][0];
    assert_eq!(decision["rule"], "early_stop");
    assert_eq!(decision["action"], "pause");
    assert_eq!(decision["outcome"], "done");
    assert_eq!(decision["answer"], "the provider answered: pausing");
    assert_eq!(decision["points"][0]["metric"], "valid_reward");
    assert!(decision["points"].as_array().unwrap().len() >= 2);
    assert_eq!(bench.pauses(&job).await, 1);
    let standing = &watch["standings"][0];
    assert_eq!(standing["rule"], "budget");
    assert!(
        standing["says"]
            .as_str()
            .unwrap()
            .ends_with("of $1000000.00"),
        "{standing}"
    );
    // By its job, in the list, and as a resource.
    assert_eq!(
        bench.call("get_watch", json!({ "watch_id": job })).await["watch_id"],
        watch["watch_id"]
    );
    let list = bench.call("list_watches", json!({})).await;
    assert_eq!(list["watches"][0]["state"], "resting");
    let uri = format!("rft://watches/{job}");
    let (spec, variables) = bench.engine.find_resource(&uri).unwrap();
    let read = bench.engine.read(spec, variables).await.unwrap();
    assert!(
        format!("{read:?}").contains("evaluations without a gain"),
        "{read:?}"
    );
}

#[tokio::test]
async fn watches_are_changed_and_ended_and_say_what_can_not_be() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    let new = json!({ "job_id": job });
    let watch = bench.call("watch_job", new.clone()).await;
    assert_eq!(watch["poll_interval"], 60.0);
    assert!(watch["rules"]["collapse"].is_object() && watch["rules"]["budget"].is_null());
    let again = bench.refused("watch_job", new.clone()).await;
    assert!(
        again.contains("is watched already") && again.contains("update_watch"),
        "{again}"
    );
    let change = json!({
        "watch_id": job, "rules": { "max_steps": { "steps": 900 } }, "poll_interval": 30, "after_resume": "end",
    });
    let changed = bench.call("update_watch", change).await;
    assert_eq!(
        changed["rules"],
        json!({ "max_steps": { "action": "pause", "steps": 900 } })
    );
    assert_eq!(
        (&changed["poll_interval"], &changed["after_resume"]),
        (&json!(30.0), &json!("end"))
    );
    let ended = bench.call("stop_watch", json!({ "watch_id": job })).await;
    assert_eq!(
        (&ended["state"], &ended["reason"]),
        (&json!("ended"), &json!("stopped by stop_watch"))
    );
    assert_eq!(
        bench.call("list_watches", json!({})).await["watches"],
        json!([])
    );
    let all = bench.call("list_watches", json!({ "ended": true })).await;
    assert_eq!(all["watches"].as_array().unwrap().len(), 1);

    for (rules, says) in [
        (
            json!({ "budget": { "hourly_usd": 3 } }),
            "give usd, hours, or both",
        ),
        (json!({ "max_steps": {} }), "missing field `steps`"),
        (
            json!({ "early_stop": { "metric": "valid" } }),
            "there is no metric `valid`",
        ),
        (
            json!({ "early_stop": { "patience": 0 } }),
            "/rules/early_stop/patience",
        ),
        (json!({ "early": {} }), "early"),
    ] {
        let refused = bench
            .refused("watch_job", json!({ "job_id": job, "rules": rules }))
            .await;
        assert!(refused.contains(says), "{says} in {refused}");
    }
    let instead = bench
        .refused(
            "watch_job",
            json!({ "job_id": job, "early_stop_delta": 0.1 }),
        )
        .await;
    assert!(instead.contains("use rules"), "{instead}");
    let unknown = bench
        .refused("get_watch", json!({ "watch_id": "watch-no" }))
        .await;
    assert!(unknown.contains("list_watches"), "{unknown}");
    let missing = bench
        .refused("watch_job", json!({ "job_id": "ftjob-no" }))
        .await;
    assert!(missing.contains("Check the id"), "{missing}");
}

#[tokio::test]
async fn a_job_that_has_ended_is_not_watched() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    bench.call("cancel_job", json!({ "job_id": job })).await;
    let refused = bench.refused("watch_job", json!({ "job_id": job })).await;
    assert!(refused.contains("has ended (cancelled)"), "{refused}");
}

/// The provider is not asked for a pause that it has not.
#[tokio::test]
async fn where_nothing_can_be_paused_the_usual_rules_only_tell() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!(
        "http://{}{}",
        listener.local_addr().unwrap(),
        Flavour::Bedrock.base_path()
    );
    let sandbox = Sandbox::new(Config {
        flavour: Flavour::Bedrock,
        ..Config::default()
    });
    tokio::spawn(sandbox.serve(listener, std::future::pending()));
    let engine = engine("bedrock", &base);
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("watches-bedrock");
    engine.keep(Watching::new(
        Some(directory),
        false,
        CancellationToken::new(),
    ));
    let rules = json!({ "collapse": { "action": "pause" } });
    let refused = call(
        &engine,
        "watch_job",
        json!({ "job_id": "ftjob-1", "rules": rules }),
    )
    .await;
    let Outcome::Failed(refused) = refused else {
        panic!("{refused:?}")
    };
    assert!(refused.contains("has no `pause_job`"), "{refused}");
    assert!(refused.contains("/rules/collapse/action"), "{refused}");
    // Without an action of their own the rules are taken, and the job is asked for.
    let rules = json!({ "collapse": {} });
    let missing = call(
        &engine,
        "watch_job",
        json!({ "job_id": "ftjob-1", "rules": rules }),
    )
    .await;
    let Outcome::Failed(missing) = missing else {
        panic!("{missing:?}")
    };
    assert!(missing.contains("Check the id"), "{missing}");
}

/// The agent that asked is gone, and so is the server that it asked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_server_goes_on_with_what_one_that_was_killed_looked_after() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    let status = bench.call("get_job_status", json!({ "job_id": job })).await;
    // Far enough for the first server to be gone.
    let steps = status["progress"]["step"].as_u64().unwrap() + 60;
    let rules = json!({ "max_steps": { "steps": steps } });
    let id = json!({ "watch_id": job });
    bench
        .call(
            "watch_job",
            json!({ "job_id": job, "rules": rules, "poll_interval": 5 }),
        )
        .await;
    let directory = bench.directory.display().to_string();
    let serve = || {
        let arguments = [
            "serve",
            "--transport",
            "http",
            "--port",
            "0",
            "--provider",
            "sandbox",
            "--base-url",
            &bench.base,
            "--data-dir",
            &directory,
        ];
        tokio::task::block_in_place(|| Server::start(&arguments, "/mcp"))
    };
    let first = serve();
    bench
        .until("get_watch", id.clone(), |watch| watch["looked_at"].is_u64())
        .await;
    // With SIGKILL.
    drop(first);
    let _second = serve();
    let rests = |watch: &Value| watch["state"] == "resting";
    let watch = bench.until("get_watch", id, rests).await;
    assert_eq!(watch["decisions"][0]["rule"], "max_steps");
    assert_eq!(watch["decisions"].as_array().unwrap().len(), 1);
    assert_eq!(bench.pauses(&job).await, 1);
}

#[tokio::test]
async fn a_directory_that_can_not_be_used_is_told_and_other_tools_work() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    std::fs::create_dir_all(bench.directory.join("watches.sqlite")).unwrap();
    let refused = bench.refused("watch_job", json!({ "job_id": job })).await;
    assert!(refused.contains("--data-dir"), "{refused}");
    bench.call("get_job_status", json!({ "job_id": job })).await;
}

/// A disk that is full when a server starts, say: nobody has to call anything for watches to go on later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_starts_without_its_database_begins_when_it_is_back() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    let directory = bench.directory.display().to_string();
    let place = [
        "--provider",
        "sandbox",
        "--base-url",
        &bench.base,
        "--data-dir",
        &directory,
    ];
    let rules = json!({ "max_steps": { "steps": 1 } }).to_string();
    tokio::task::block_in_place(|| {
        let mut command = program::command(program::binary());
        command.arg("call").args(place);
        command.args(["watch_job", "--job_id", &job, "--rules", &rules]);
        program::finish(command)
    });
    let file = bench.directory.join("watches.sqlite");
    let away = bench.directory.join("away");
    std::fs::rename(&file, &away).unwrap();
    std::fs::write(&file, "this is no database").unwrap();
    let mut words = vec!["serve", "--transport", "http", "--port", "0"];
    words.extend(place);
    let _server = tokio::task::block_in_place(|| Server::start(&words, "/mcp"));
    assert_eq!(bench.pauses(&job).await, 0);
    std::fs::rename(&away, &file).unwrap();
    let paused = |status: &Value| status["status"].as_str().unwrap().starts_with("paus");
    bench
        .until("get_job_status", json!({ "job_id": job }), paused)
        .await;
    assert_eq!(bench.pauses(&job).await, 1);
}

#[tokio::test]
async fn without_a_server_there_is_nobody_to_look_after_a_job() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    let refused = call(
        &engine("sandbox", &bench.base),
        "watch_job",
        json!({ "job_id": job }),
    )
    .await;
    let Outcome::Failed(refused) = refused else {
        panic!("{refused:?}")
    };
    assert!(refused.contains("rft-mcp serve"), "{refused}");
}

/// Two machines, as it were: they share a database, and no directory.
#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_of_several_machines_share_a_database() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    let cluster = cluster::Cluster::shared();
    let url = cluster.url(&cluster.database());
    let directory = bench.directory.display().to_string();
    let place = [
        "--provider",
        "sandbox",
        "--base-url",
        &bench.base,
        "--database-url",
        &url,
        "--data-dir",
        &directory,
    ];
    let cli = |words: &[&str]| -> Value {
        let mut command = program::command(program::binary());
        command.arg("call").args(place).args(words);
        serde_json::from_str(&program::finish(command)).unwrap()
    };
    let rules = json!({ "max_steps": { "steps": 1 } }).to_string();
    let made = tokio::task::block_in_place(|| {
        cli(&[
            "watch_job",
            "--job_id",
            &job,
            "--rules",
            &rules,
            "--poll_interval",
            "5",
        ])
    });
    assert_eq!(made["state"], "watching");
    let serve = || {
        let mut words = vec!["serve", "--transport", "http", "--port", "0"];
        words.extend(place);
        tokio::task::block_in_place(|| Server::start(&words, "/mcp"))
    };
    let _servers = [serve(), serve()];
    let id = made["watch_id"].as_str().unwrap();
    for _ in 0..1_200 {
        let watch = tokio::task::block_in_place(|| cli(&["get_watch", "--watch_id", id]));
        if watch["state"] == "resting" {
            assert_eq!(watch["decisions"].as_array().unwrap().len(), 1);
            assert_eq!(bench.pauses(&job).await, 1);
            assert!(!bench.directory.join("watches.sqlite").exists());
            return;
        }
    }
    panic!("no server looks after {id}");
}

/// A command line is seen by others, so the address of a database can be given in two other ways.
#[cfg(feature = "postgres")]
#[test]
fn the_address_of_a_database_is_in_a_variable_or_a_file() {
    let cluster = cluster::Cluster::shared();
    let name = std::process::id().to_string() + ".url";
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let lists = |variable: &str, value: &std::ffi::OsStr| {
        let mut command = program::command(program::binary());
        command.args(["call", "list_watches", "--provider", "sandbox"]);
        command.env(variable, value).output().unwrap()
    };
    for variable in ["RFT_MCP_DATABASE_URL", "RFT_MCP_DATABASE_URL_FILE"] {
        let by_file = variable.ends_with("_FILE");
        let given = |url: &str| {
            std::fs::write(&file, format!("{url}\n")).unwrap();
            let value = if by_file {
                file.as_os_str()
            } else {
                url.as_ref()
            };
            lists(variable, value)
        };
        let database = cluster.database();
        let output = given(&cluster.url(&database));
        assert!(output.status.success(), "{output:?}");
        let made = cluster.sql(
            &database,
            "SELECT to_regclass('rft_mcp.watches') IS NOT NULL",
        );
        assert_eq!(made, "t", "{variable}");
        let output = given("postgres://me:Pa55word@/watches");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains(variable) && said.contains("it names no host"),
            "{said}"
        );
        assert!(!said.contains("Pa55word"), "{said}");
    }
    std::fs::remove_file(&file).unwrap();
    let output = lists("RFT_MCP_DATABASE_URL_FILE", file.as_os_str());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("the file that RFT_MCP_DATABASE_URL_FILE names"),
        "{said}"
    );
}
