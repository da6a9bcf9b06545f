//! Processes that are killed at any moment, on one file or database, against the simulated provider.

use std::{
    collections::HashMap,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{extract::Request, middleware::Next, response::Response};
use futures::future::BoxFuture;
use rft_mcp_insight::{
    curve::View,
    metrics::{Collector, Table},
};
use rft_mcp_monitors::{Action, schedule::Pace};
use rft_mcp_sandbox::{Config, Sandbox, TRAINING_FILE, VALIDATION_FILE};
use rft_mcp_watches::{
    Change, Look, Message, New, Options, Outcome, Provider, State, Store, Trail, Trouble, Watch,
    Watcher,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_util::sync::CancellationToken;

use crate::{
    Place,
    fake::{settings, watched},
    on_both, open,
};

/// Processes that are killed.
const KILLS: u32 = 200;
/// What a process is told by.
const CHILD: &str = "RFT_MCP_WATCHES_CHILD";

/// Jobs that are not settled at a time.
const UNDER_WAY: usize = 12;

/// Requests to pause that arrived, by job.
type Pauses = Arc<Mutex<HashMap<String, u32>>>;

on_both!(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async each_job_is_paused_once_and_no_watch_is_lost_though_processes_are_killed_at_any_moment);
async fn each_job_is_paused_once_and_no_watch_is_lost_though_processes_are_killed_at_any_moment(
    place: Place,
) {
    let pauses = Pauses::default();
    let requests = watch::Sender::new(0);
    let address = sandbox(&pauses, &requests).await;
    let store = place.open();
    let kills = Arc::new(AtomicU32::new(0));
    let lives = [1, 2].map(|seed| {
        let (kills, file, address) = (Arc::clone(&kills), place.address(), address.clone());
        let mut requests = requests.subscribe();
        tokio::spawn(async move {
            let mut random = Random(seed);
            while kills.load(Ordering::SeqCst) < KILLS {
                let mut child = start(&address, &file);
                // After some requests and a while, so that something is done on a machine of any speed.
                let until = *requests.borrow() + random.below(40);
                requests.wait_for(|count| *count >= until).await.unwrap();
                tokio::time::sleep(Duration::from_millis(random.below(30))).await;
                child.kill().unwrap();
                child.wait().unwrap();
                kills.fetch_add(1, Ordering::SeqCst);
            }
        })
    });
    // There is always something to do when one is killed.
    let (mut jobs, mut under_way) = (Vec::new(), Vec::<String>::new());
    while kills.load(Ordering::SeqCst) < KILLS {
        under_way.retain(|job| !is_settled(&store, &address, job));
        if under_way.len() < UNDER_WAY {
            let job = launch(&address).await;
            store.add(&new(&address, &job)).unwrap();
            under_way.push(job.clone());
            jobs.push(job);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for life in lives {
        life.await.unwrap();
    }
    // Whoever is left finishes what they began.
    let mut last = start(&address, &place.address());
    while !under_way.is_empty() {
        under_way.retain(|job| !is_settled(&store, &address, job));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    last.kill().unwrap();
    last.wait().unwrap();
    let pauses = pauses.lock().unwrap();
    for job in &jobs {
        assert_eq!(pauses.get(job), Some(&1), "{job}");
        let watch = store.find(&address, job).unwrap().unwrap();
        let records = store.decisions(&watch.id, 10).unwrap();
        assert_eq!(records.len(), 1, "{job}");
        assert_eq!(records[0].outcome, Outcome::Done);
    }
    let found = jobs.iter().filter(|job| {
        let watch = store.find(&address, job).unwrap().unwrap();
        let answer = store.decisions(&watch.id, 1).unwrap()[0].answer.clone();
        answer.is_some_and(|answer| answer.starts_with("found"))
    });
    eprintln!(
        "{} jobs, {KILLS} processes killed, {} pauses whose answer died with one",
        jobs.len(),
        found.count()
    );
}

/// Whether a job was paused. Its watch then hardly looks any more.
fn is_settled(store: &Arc<dyn Store>, address: &str, job: &str) -> bool {
    let watch = store.find(address, job).unwrap().unwrap();
    assert_ne!(watch.state, State::Ended, "{:?}", watch.reason);
    if watch.state == State::Resting {
        let seldom = Change {
            interval: Some(3_600.0),
            ..Change::default()
        };
        store.change(address, job, &seldom).unwrap();
    }
    watch.state == State::Resting
}

/// A process of its own, when the test above starts it.
#[tokio::test]
#[ignore = "a process that the other test starts"]
async fn child() {
    let told = std::env::var(CHILD).unwrap();
    let (address, file) = told.split_once(' ').unwrap();
    let text = include_str!("../../../manifest/data/metrics.yaml");
    let mut metrics: Value = yaml_serde::from_str(text).unwrap();
    let table = serde_json::from_value(metrics["value"].take()).unwrap();
    let options = Options {
        look: Duration::from_secs(1),
        act: Duration::from_millis(500),
        settle: Duration::from_millis(10),
        idle: Duration::from_millis(10),
        slack: Duration::ZERO,
        ..Options::of(address.to_owned())
    };
    let watcher = Watcher::new(
        open(file, 0.0).unwrap(),
        Arc::new(Wire(address.to_owned(), table)),
        Arc::new(settings()),
        options,
        Arc::new(|_: &Watch| {}),
    );
    watcher.run(CancellationToken::new()).await;
}

fn start(address: &str, file: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "kills::child"])
        .env(CHILD, format!("{address} {file}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A provider whose jobs run for longer than the test; requests to pause are counted as they arrive.
async fn sandbox(pauses: &Pauses, requests: &watch::Sender<u64>) -> String {
    let sandbox = Sandbox::new(Config {
        speed: 2_000.0,
        ..Config::default()
    });
    let (pauses, requests) = (Arc::clone(pauses), requests.clone());
    let count = axum::middleware::from_fn(move |request: Request, next: Next| {
        let path = request.uri().path().to_owned();
        requests.send_modify(|count| *count += 1);
        if let Some(job) = path
            .strip_suffix("/pause")
            .and_then(|path| path.rsplit('/').next())
        {
            *pauses.lock().unwrap().entry(job.to_owned()).or_default() += 1;
        }
        async move { Ok::<Response, std::convert::Infallible>(next.run(request).await) }
    });
    let router = sandbox.router().layer(count);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn launch(address: &str) -> String {
    let body = json!({
        "model": "o4-mini-2025-04-16", "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE,
        "method": {"type": "reinforcement", "reinforcement": {
            "grader": {"type": "string_check", "name": "right", "input": "{{sample.output_text}}",
                "reference": "{{item.answer}}", "operation": "eq"},
            "hyperparameters": {"n_epochs": 50, "batch_size": 1, "eval_interval": 10},
        }},
    });
    let (status, job) = send(address, "POST", "/v1/fine_tuning/jobs", &body.to_string())
        .await
        .unwrap();
    assert_eq!(status, 200, "{job}");
    job["id"].as_str().unwrap().to_owned()
}

fn new(address: &str, job: &str) -> New {
    let rules = json!({ "max_steps": { "steps": 1 } });
    New {
        scope: address.to_owned(),
        rules: settings().rules(rules.as_object()).unwrap(),
        pace: Pace {
            interval: 0.05,
            least: 0.01,
            most: 1.0,
            jitter: 0.5,
        },
        ..watched(job)
    }
}

/// The provider over the network, without a retry of any kind.
struct Wire(String, Table);

impl Provider for Wire {
    fn look<'a>(
        &'a self,
        job: &'a str,
        _: Option<&'a Trail>,
    ) -> BoxFuture<'a, Result<Look, Trouble>> {
        Box::pin(async move {
            let path = format!("/v1/fine_tuning/jobs/{job}");
            let view = read(&self.0, &path).await?;
            let mut collector = Collector::new(&self.1);
            let mut messages = Vec::new();
            let (mut after, mut more) = (String::new(), true);
            while more {
                let page = read(&self.0, &format!("{path}/events?limit=100{after}")).await?;
                for event in page["data"].as_array().unwrap() {
                    collector.event(event);
                    if event["type"] == "message" {
                        messages.push(Message {
                            id: event["id"].as_str().unwrap().to_owned(),
                            text: event["message"].as_str().unwrap().to_owned(),
                        });
                    }
                    after = format!("&after={}", event["id"].as_str().unwrap());
                }
                more = page["has_more"] == true;
            }
            Ok(Look {
                status: view["status"].as_str().unwrap().to_owned(),
                series: collector.finish(),
                complete: true,
                whole: true,
                newest: None,
                view: View::default(),
                spent: None,
                messages,
            })
        })
    }

    fn act<'a>(
        &'a self,
        _: &'a str,
        job: &'a str,
        action: Action,
    ) -> BoxFuture<'a, Result<String, Trouble>> {
        assert_eq!(action, Action::Pause);
        Box::pin(async move {
            let path = format!("/v1/fine_tuning/jobs/{job}/pause");
            let (status, reply) = send(&self.0, "POST", &path, "")
                .await
                .map_err(|error| Trouble::Unknown(error.to_string()))?;
            match status {
                200 => Ok(reply["status"].as_str().unwrap().to_owned()),
                400..500 => Err(Trouble::Refused(reply.to_string())),
                _ => Err(Trouble::Unknown(reply.to_string())),
            }
        })
    }
}

async fn read(address: &str, path: &str) -> Result<Value, Trouble> {
    match send(address, "GET", path, "").await {
        Ok((200, reply)) => Ok(reply),
        Ok((404, reply)) => Err(Trouble::Gone(reply.to_string())),
        Ok((_, reply)) => Err(Trouble::Unknown(reply.to_string())),
        Err(error) => Err(Trouble::Unknown(error.to_string())),
    }
}

/// One request by HTTP/1.0, whose answer ends with the connection.
async fn send(
    address: &str,
    method: &str,
    path: &str,
    body: &str,
) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "{method} {path} HTTP/1.0\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await?;
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = reply.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let body = serde_json::from_str(body).map_err(|_| broken())?;
    Ok((status.ok_or_else(broken)?, body))
}

/// Moments to kill at (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
