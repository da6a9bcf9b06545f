//! Servers that share a database: one of them is killed, or the database is away for a while.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use rft_mcp::watching::Watching;
use rft_mcp_runtime::engine::{Engine, Outcome};
use rft_mcp_sandbox::{Config, Sandbox};
use rft_mcp_watches::Address;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch};
use tokio_util::sync::CancellationToken;

use super::{Bench, call, cluster::Cluster, done, engine, program::Server, until};

/// Servers, of which one is killed.
const SERVERS: usize = 3;
/// Jobs whose watches decide at once, and as many that decide when it is dead.
const JOBS: usize = 4;

/// Requests to pause as they arrive at a provider, which never answers the first one.
#[derive(Debug, Clone)]
struct Pauses {
    by_job: Arc<Mutex<BTreeMap<String, u32>>>,
    /// The job of the first one, and the key of who asked.
    first: watch::Sender<Option<(String, String)>>,
}

async fn count(State(pauses): State<Pauses>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let key = request.headers().get("authorization");
    let key = key.map_or_else(String::new, |key| key.to_str().unwrap().to_owned());
    let response = next.run(request).await;
    if let Some(job) = path.strip_suffix("/pause") {
        let job = job.rsplit('/').next().unwrap().to_owned();
        *pauses
            .by_job
            .lock()
            .unwrap()
            .entry(job.clone())
            .or_default() += 1;
        let is_first = pauses.first.send_if_modified(|first| {
            let is_first = first.is_none();
            if is_first {
                *first = Some((job, key));
            }
            is_first
        });
        if is_first {
            // It was done, and whoever asked does not live to hear of it.
            std::future::pending::<()>().await;
        }
    }
    response
}

/// Whoever makes watches in a database; they are looked after here, or left to servers.
fn sharing(provider: &str, base: &str, url: &str, looks_after: bool) -> Engine {
    let engine = engine(provider, base);
    let address = Address::parse(&url.into()).unwrap();
    let shutdown = CancellationToken::new();
    engine.keep(Watching::shared(address, looks_after, shutdown));
    engine
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_servers_one_is_killed_while_it_pauses_and_each_job_is_paused_once() {
    let pauses = Pauses {
        by_job: Arc::default(),
        first: watch::Sender::new(None),
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    let sandbox = Sandbox::new(Config {
        speed: 5_000.0,
        ..Config::default()
    });
    let router = sandbox.router();
    let router = router.layer(from_fn_with_state(pauses.clone(), count));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let bench = Bench::at(base, false);
    let cluster = Cluster::shared();
    let name = cluster.database();
    let url = cluster.url(&name);
    // By their keys it is known which of them asks. Keys are no part of what watches are shared by.
    let mut servers: Vec<Option<Server>> = (0..SERVERS)
        .map(|number| {
            let words = [
                "serve",
                "--transport",
                "http",
                "--port",
                "0",
                "--provider",
                "openai",
                "--base-url",
                &bench.base,
                "--database-url",
                &url,
                "--looks-per-second",
                "100",
            ];
            let key = [("OPENAI_API_KEY", format!("key-{number}"))];
            Some(tokio::task::block_in_place(|| {
                Server::with(&words, &key, "/mcp")
            }))
        })
        .collect();
    let agent = sharing("openai", &bench.base, &url, false);
    let mut jobs = Vec::new();
    for number in 0..2 * JOBS {
        let job = bench.job().await;
        let status = bench.call("get_job_status", json!({ "job_id": job })).await;
        let step = status["progress"]["step"].as_u64().unwrap();
        let steps = if number < JOBS { 1 } else { step + 100 };
        let rules = json!({ "max_steps": { "steps": steps } });
        let new = json!({ "job_id": job, "rules": rules, "poll_interval": 5 });
        done(&agent, "watch_job", new).await;
        jobs.push(job);
    }
    let mut first = pauses.first.subscribe();
    let first = first.wait_for(Option::is_some).await.unwrap().clone();
    let (orphan, key) = first.unwrap();
    let dead = key.strip_prefix("Bearer key-").unwrap();
    // With SIGKILL.
    drop(servers[dead.parse::<usize>().unwrap()].take());
    // As they do within two minutes: leases end, those of whoever lives too.
    cluster.sql(
        &name,
        "UPDATE rft_mcp.watches SET lease_until = 1 WHERE lease_until IS NOT NULL",
    );
    for job in &jobs {
        let rests = |watch: &Value| watch["state"] == "resting";
        let watch = until(&agent, "get_watch", json!({ "watch_id": job }), rests).await;
        let [decision] = &watch["decisions"].as_array().unwrap()[..] else {
            panic!("{watch}")
        };
        assert_eq!(decision["outcome"], "done", "{watch}");
        let answer = decision["answer"].as_str().unwrap();
        let found = *job == orphan;
        assert_eq!(answer.starts_with("found paus"), found, "{watch}");
    }
    let once: BTreeMap<String, u32> = jobs.into_iter().map(|job| (job, 1)).collect();
    assert_eq!(*pauses.by_job.lock().unwrap(), once);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_other_calls_are_served_and_watches_go_on_when_it_is_back() {
    let cluster = Cluster::listening();
    let name = cluster.database();
    let mut bench = Bench::start(false).await;
    bench.engine = sharing("sandbox", &bench.base, &cluster.url(&name), true);
    let job = bench.job().await;
    let status = bench.call("get_job_status", json!({ "job_id": job })).await;
    let steps = status["progress"]["step"].as_u64().unwrap() + 60;
    let rules = json!({ "max_steps": { "steps": steps } });
    let new = json!({ "job_id": job, "rules": rules, "poll_interval": 5 });
    bench.call("watch_job", new.clone()).await;
    let id = json!({ "watch_id": job });
    bench
        .until("get_watch", id.clone(), |watch| watch["looked_at"].is_u64())
        .await;

    cluster.crash();
    let advanced = json!({
        "training_file": "file-sandbox-train", "validation_file": "file-sandbox-valid", "advanced": { "max_steps": 9 },
        "grader": {
            "type": "string_check", "name": "right", "input": "{{sample.output_text}}",
            "reference": "{{item.answer}}", "operation": "eq",
        },
    });
    let launches = ["watch_job", "start_job"].into_iter().zip([new, advanced]);
    let others = ["get_watch", "stop_watch"].map(|tool| (tool, id.clone()));
    let change = json!({ "watch_id": job, "poll_interval": 30 });
    let more = [("list_watches", json!({})), ("update_watch", change)];
    for (tool, arguments) in launches.chain(others).chain(more) {
        let refused = bench.refused(tool, arguments).await;
        for says in ["PostgreSQL", "Tell the person who runs the server"] {
            assert!(refused.contains(says), "{tool}: {refused}");
        }
    }
    // Nothing was launched that nobody would watch, and the rest works.
    let jobs = bench.call("list_jobs", json!({})).await;
    assert_eq!(jobs["jobs"].as_array().unwrap().len(), 1, "{jobs}");
    bench
        .until("get_job_status", json!({ "job_id": job }), |status| {
            status["progress"]["step"].as_u64() > Some(steps + 10)
        })
        .await;
    assert_eq!(bench.pauses(&job).await, 0, "nothing is sent unwritten");

    cluster.resume();
    // What was connected before may be told once more.
    while let Outcome::Failed(why) = call(&bench.engine, "get_watch", id.clone()).await {
        assert!(why.contains("PostgreSQL"), "{why}");
    }
    let rests = |watch: &Value| watch["state"] == "resting";
    let watch = bench.until("get_watch", id.clone(), rests).await;
    assert_eq!(watch["decisions"].as_array().unwrap().len(), 1, "{watch}");
    assert_eq!(bench.pauses(&job).await, 1);

    // A number that is none, and a text that is none, hide nothing else of the record.
    for (decision, reason) in [
        (
            r#"jsonb_set(decision::jsonb, '{points}', '[{"step": 1, "metric": "valid_reward", "value": null}]')::text"#,
            watch["decisions"][0]["reason"].as_str().unwrap(),
        ),
        ("'{'", "can not be read"),
    ] {
        cluster.sql(
            &name,
            &format!("UPDATE rft_mcp.decisions SET decision = {decision}"),
        );
        let shown = bench.call("get_watch", id.clone()).await["decisions"][0].clone();
        assert!(
            shown["reason"].as_str().unwrap().contains(reason),
            "{shown}"
        );
        assert_eq!(
            (&shown["rule"], &shown["action"], &shown["outcome"]),
            (&json!("max_steps"), &json!("pause"), &json!("done"))
        );
        assert_eq!(shown["points"], json!([]));
        let uri = format!("rft://watches/{job}");
        let (spec, variables) = bench.engine.find_resource(&uri).unwrap();
        let read = bench.engine.read(spec, variables).await.unwrap();
        assert!(format!("{read:?}").contains("max_steps"), "{read:?}");
    }
}
