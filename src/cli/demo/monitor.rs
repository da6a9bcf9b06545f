//! The second act: a monitor catches a plateau and pauses the job, though the server was restarted meanwhile.

use std::path::Path;

use rft_mcp_agent::Agent;
use rft_mcp_runtime::{
    engine::{Context, Engine, Settings},
    server::Server,
    transport,
};
use rft_mcp_sandbox::{Config, Scenario};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{
    LOOK_EVERY, SPEED, agent, at, engine, ensure, failed, prepare, print, start, step, text,
};
use crate::{cli::Error, watching::Watching};

/// The sets of tools that the agent has.
const SETS: [&str; 3] = ["core", "jobs", "watches"];
/// The server is restarted once its watch has seen this step: the rewards still rise.
const RESTART_AT: u64 = 4;
/// What the agent asks for: four evaluations in a row that gain less than 0.03.
const PATIENCE: u64 = 4;

/// Plays it, on a sandbox of its own.
pub async fn act(seed: u64) -> Result<(), Error> {
    print(
        "\nA job that nobody looks at. Its rewards stop rising early, and a monitor is to notice:\n",
    )?;
    let base = start(Config {
        speed: SPEED,
        seed,
        scenario: Scenario::Plateau,
        ..Config::default()
    })
    .await?;
    let mut arguments = prepare(&base).await?;
    if let Some(hyperparameters) = arguments.get_mut("hyperparameters") {
        *hyperparameters = json!({"n_epochs": 2, "batch_size": 16, "eval_interval": 1});
    }
    // Removed in the end.
    let directory = tempfile::tempdir().map_err(Error::io("make a data directory for the demo"))?;
    let first = Instance::start(&base, directory.path()).await?;
    let job = first.agent.call("start_job", arguments).await?;
    let job_id = text(&job, "/job_id")?;
    let rules = json!({ "early_stop": { "delta": 0.03, "patience": PATIENCE } });
    let new = json!({ "job_id": job_id, "rules": rules, "poll_interval": 60 });
    let watch = first.agent.call("watch_job", new).await?;
    let id = text(&watch, "/watch_id")?;
    step(&format!("launched {job_id}, and handed it to {id}"))?;
    print(&format!(
        "      (a look a minute is asked for; the sandbox's minutes are {SPEED} times shorter, and the server's limit on requests is not)"
    ))?;
    let before = until(&first.agent, &id, |watch| seen(watch) >= RESTART_AT).await?;
    ensure(
        at(&before, "/state") == "watching" && decisions(&before).is_empty(),
        || format!("decided before there was a plateau: {before}"),
    )?;
    first.end().await?;
    step(&format!(
        "the server was ended at step {}: its session, its watcher and all that it had in memory",
        seen(&before)
    ))?;
    let second = Instance::start(&base, directory.path()).await?;
    step("another was started on the same data directory")?;
    let after = until(&second.agent, &id, |watch| {
        at(watch, "/state") != "watching" && at(watch, "/state") != "acting"
    })
    .await?;
    judge(&second.agent, &job_id, &before, &after).await?;
    second.end().await
}

/// The one decision, and what it rests on.
async fn judge(agent: &Agent, job_id: &str, before: &Value, after: &Value) -> Result<(), Error> {
    let [decision] = decisions(after) else {
        return Err(failed(&format!("expected one decision: {after}")));
    };
    let points = decision.get("points").and_then(Value::as_array);
    let points = points.map(Vec::as_slice).unwrap_or_default();
    let newest = points
        .iter()
        .filter_map(|point| number(point, "/step"))
        .max();
    ensure(
        at(after, "/state") == "resting"
            && at(decision, "/rule") == "early_stop"
            && at(decision, "/action") == "pause"
            && at(decision, "/outcome") == "done"
            && points.len() as u64 > PATIENCE
            && newest > Some(seen(before)),
        || format!("not the decision that was expected: {decision}"),
    )?;
    step(&format!(
        "the monitor paused the job: {}",
        text(decision, "/reason")?
    ))?;
    print(&format!(
        "      rule {}; {}",
        at(decision, "/rule"),
        at(decision, "/answer")
    ))?;
    for point in points {
        let value = point.get("value").and_then(Value::as_f64);
        print(&format!(
            "      step {:>3}  {} {:.3}",
            number(point, "/step").unwrap_or_default(),
            at(point, "/metric"),
            value.unwrap_or_default()
        ))?;
    }
    let values = decision.get("values").unwrap_or(&Value::Null);
    print(&format!("      values {values}"))?;
    let paused = loop {
        let status = agent
            .call("get_job_status", json!({ "job_id": job_id }))
            .await?;
        match at(&status, "/status") {
            "pausing" => tokio::time::sleep(LOOK_EVERY).await,
            "paused" => break status,
            _ => return Err(failed(&format!("the job was not paused: {status}"))),
        }
    };
    let progress = |key| number(&paused, key);
    let (done, all) = (
        progress("/progress/step"),
        progress("/progress/total_steps"),
    );
    ensure(done.is_some() && done < all, || {
        format!("nothing was left to save: {paused}")
    })?;
    step(&format!(
        "the provider says paused, at step {} of {}",
        done.unwrap_or_default(),
        all.unwrap_or_default()
    ))
}

/// A server with its watcher and one session, until it is ended.
struct Instance {
    engine: Engine,
    agent: Agent,
    session: JoinHandle<Result<(), transport::Error>>,
}

impl Instance {
    async fn start(base: &str, directory: &Path) -> Result<Self, Error> {
        let settings = Settings {
            sets: Some(SETS.map(str::to_owned).to_vec()),
            ..Settings::default()
        };
        let engine = engine(base, &settings)?;
        let watching = Watching::new(Some(directory.to_owned()), true, CancellationToken::new());
        let watching = watching.hastened(SPEED);
        let begun = watching.begin(&Context::new(engine.clone())).await;
        begun.map_err(|error| failed(&error.to_string()))?;
        engine.keep(watching);
        let server = Server::new(engine.clone(), env!("CARGO_PKG_VERSION"));
        let (agent, session) = agent::serve(server).await?;
        Ok(Self {
            engine,
            agent,
            session,
        })
    }

    async fn end(self) -> Result<(), Error> {
        self.agent.close().await;
        let ended = self.session.await;
        if let Some(watching) = self.engine.kept::<Watching>() {
            watching.end().await;
        }
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(failed(&format!("the session broke off: {error}"))),
            Err(error) => Err(failed(&format!("the session broke off: {error}"))),
        }
    }
}

/// Looks at a watch until something holds.
async fn until(agent: &Agent, id: &str, holds: impl Fn(&Value) -> bool) -> Result<Value, Error> {
    loop {
        let watch = agent.call("get_watch", json!({ "watch_id": id })).await?;
        if holds(&watch) {
            return Ok(watch);
        }
        if at(&watch, "/state") == "ended" {
            return Err(failed(&format!("the watch ended too early: {watch}")));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The newest step that a watch has seen.
fn seen(watch: &Value) -> u64 {
    number(watch, "/step").unwrap_or_default()
}

fn decisions(watch: &Value) -> &[Value] {
    let decisions = watch.get("decisions").and_then(Value::as_array);
    decisions.map(Vec::as_slice).unwrap_or_default()
}

fn number(value: &Value, pointer: &str) -> Option<u64> {
    value.pointer(pointer).and_then(Value::as_u64)
}
