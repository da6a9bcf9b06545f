//! `demo`: an agent's whole job on the simulated provider, every step checked.

mod agent;
#[cfg(feature = "watches")]
mod monitor;
mod upload;

use std::{io::IsTerminal as _, process::ExitCode, time::Duration};

use clap::Args;
use rft_mcp_agent::Agent;
use rft_mcp_runtime::{
    engine::{Engine, Settings},
    server::Server,
    upstream::Provider,
};
use rft_mcp_sandbox::Config;
use serde_json::{Value, json};
use tokio::time::Instant;

use self::upload::upload;
use super::{
    Error,
    curve::{Curve, To},
    print,
    sandbox::start,
    threads,
};
use crate::TABLE;

/// How much faster than life the demo's job runs: hours in seconds.
const SPEED: f64 = 2_000.0;
/// How often the agent looks.
const LOOK_EVERY: Duration = Duration::from_millis(150);
/// The demo gives up after this.
const LIMIT: Duration = Duration::from_secs(90);
/// Half of the way: the agent pauses the job there.
const PAUSE_AT: f64 = 0.5;

/// Runs a whole job on the simulated provider: uploads data, validates a grader, launches, watches, pauses,
/// resumes and compares checkpoints, through MCP as an agent does. Then a monitor catches a plateau and pauses the job,
/// after the server was restarted. Fails when a step does not do what it should.
#[derive(Debug, Args)]
pub struct Demo {
    /// The seed of everything that looks like chance
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

impl Demo {
    pub fn run(self) -> Result<ExitCode, Error> {
        let outcome =
            threads()?.block_on(async { tokio::time::timeout(LIMIT, demo(self.seed)).await });
        match outcome {
            Ok(outcome) => outcome.map(|()| ExitCode::SUCCESS),
            Err(_) => Err(failed(&format!("not done after {} s", LIMIT.as_secs()))),
        }
    }
}

async fn demo(seed: u64) -> Result<(), Error> {
    let started = Instant::now();
    print(
        "A reinforcement fine-tuning job from launch to checkpoints. The provider is a sandbox inside this process:",
    )?;
    print("everything below that a provider says (rewards, money, time) is simulated.\n")?;
    let base = start(Config {
        speed: SPEED,
        seed,
        ..Config::default()
    })
    .await?;
    let arguments = prepare(&base).await?;
    let agent = connect(&base).await?;
    refuse(&agent, &arguments).await?;
    let job = agent.call("start_job", arguments).await?;
    let job_id = text(&job, "/job_id")?;
    step(&format!("launched {job_id}"))?;
    let mut curve = Curve::new(std::io::stdout().is_terminal(), To::Stdout);
    train(&agent, &job_id, &mut curve).await?;
    judge(&agent, &job_id).await?;
    agent.close().await;
    let (first, last) = curve
        .ends()
        .ok_or_else(|| failed("no reward was ever reported"))?;
    print(&format!(
        "  Validation reward {first:.3} → {last:.3}, simulated."
    ))?;
    #[cfg(feature = "watches")]
    monitor::act(seed).await?;
    #[cfg(not(feature = "watches"))]
    print("\nThis program was built without watches, so no monitor is shown.")?;
    print(&format!(
        "\nDone in {:.1} s (simulated time runs {SPEED} times faster).",
        started.elapsed().as_secs_f64()
    ))?;
    print(
        "Next: `rft-mcp serve --provider sandbox` in an MCP client, or `rft-mcp sandbox`, which keeps jobs between commands.",
    )
}

/// Uploads the data and has the grader validated; the arguments of the launch.
async fn prepare(base: &str) -> Result<Value, Error> {
    let (training, validation) = crate::examples();
    let training_file = upload(base, "train.jsonl", training).await?;
    let validation_file = upload(base, "valid.jsonl", validation).await?;
    step(&format!(
        "uploaded {training_file} (training) and {validation_file} (validation)"
    ))?;
    let grader = crate::grader();
    upload::validate_grader(base, &grader).await?;
    step("the provider finds the grader valid")?;
    Ok(json!({
        "training_file": training_file,
        "validation_file": validation_file,
        "grader": grader,
        "response_schema": crate::response_schema(),
        "suffix": "demo",
        "seed": 7,
        "hyperparameters": {"n_epochs": 1, "batch_size": 16, "eval_interval": 2},
    }))
}

/// An MCP client on a server that lists every tool of the sets that are served by default.
async fn connect(base: &str) -> Result<Agent, Error> {
    let agent = agent::connect(server(base)?).await?;
    let tools = agent.tools().await?;
    let served = |name: &&str| {
        let set = TABLE.server.sets.iter().find(|set| set.name == *name);
        set.is_some_and(|set| set.default)
    };
    let missing: Vec<&str> = TABLE
        .tools
        .iter()
        .filter(|spec| spec.sets.iter().any(served))
        .map(|spec| spec.name)
        .filter(|name| !tools.iter().any(|tool| tool == name))
        .collect();
    ensure(missing.is_empty(), || {
        format!("the server does not list {}", missing.join(", "))
    })?;
    step(&format!("connected over MCP: {} tools", tools.len()))?;
    Ok(agent)
}

/// The commonest mistake, which must be told with its mend.
async fn refuse(agent: &Agent, arguments: &Value) -> Result<(), Error> {
    let mut wrong = arguments.clone();
    if let Some(hyperparameters) = wrong.get_mut("hyperparameters") {
        *hyperparameters = json!({"learning_rate": 1e-5});
    }
    let refusal = agent.refused("start_job", wrong).await?;
    ensure(refusal.contains("learning_rate_multiplier"), || {
        format!("an unhelpful refusal: {refusal}")
    })?;
    step("a wrong argument is refused before anything is sent:")?;
    print(
        &refusal
            .lines()
            .map(|line| format!("      {line}"))
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

/// Watches the job, pauses it half-way, resumes it, and watches it to its end.
async fn train(agent: &Agent, job_id: &str, curve: &mut Curve) -> Result<(), Error> {
    follow(agent, job_id, curve, |status| fraction(status) >= PAUSE_AT).await?;
    agent.call("pause_job", json!({"job_id": job_id})).await?;
    let paused = follow(agent, job_id, curve, |status| {
        at(status, "/status") == "paused"
    })
    .await?;
    step(&format!(
        "paused at step {}",
        paused.pointer("/progress/step").unwrap_or(&Value::Null)
    ))?;
    agent.call("resume_job", json!({"job_id": job_id})).await?;
    step("resumed")?;
    let done = follow(agent, job_id, curve, |status| {
        at(status, "/status") == "succeeded"
    })
    .await?;
    step(&format!("succeeded: {}", text(&done, "/fine_tuned_model")?))?;
    ensure(fraction(&done) >= 1.0, || {
        format!("succeeded before the last step: {done}")
    })
}

/// Looks at what the job left.
async fn judge(agent: &Agent, job_id: &str) -> Result<(), Error> {
    let listed = agent
        .call("list_checkpoints", json!({"job_id": job_id}))
        .await?;
    let checkpoints = listed
        .get("checkpoints")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    ensure((1..=3).contains(&checkpoints.len()), || {
        format!("expected the three best checkpoints: {listed}")
    })?;
    step(&format!("{} checkpoints kept:", checkpoints.len()))?;
    for checkpoint in &checkpoints {
        let taken = checkpoint.get("step").unwrap_or(&Value::Null);
        print(&format!(
            "      step {taken:>3}  {}",
            at(checkpoint, "/model")
        ))?;
    }
    let jobs = agent.call("list_jobs", json!({"limit": 5})).await?;
    let count = jobs
        .get("jobs")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    ensure(count == 1, || format!("expected exactly one job: {jobs}"))
}

/// Looks at a job until something holds, and draws its rewards meanwhile.
async fn follow(
    agent: &Agent,
    job_id: &str,
    curve: &mut Curve,
    reached: impl Fn(&Value) -> bool,
) -> Result<Value, Error> {
    loop {
        let status = agent
            .call("get_job_status", json!({"job_id": job_id}))
            .await?;
        curve.show(&status)?;
        if reached(&status) {
            curve.rest()?;
            return Ok(status);
        }
        if matches!(at(&status, "/status"), "failed" | "cancelled" | "succeeded") {
            return Err(failed(&format!("the job ended too early: {status}")));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn server(base: &str) -> Result<Server, Error> {
    let engine = engine(base, &Settings::default())?;
    Ok(Server::new(engine, env!("CARGO_PKG_VERSION")))
}

fn engine(base: &str, settings: &Settings) -> Result<Engine, Error> {
    let spec = TABLE.providers.iter().find(|spec| spec.is_embedded());
    let spec = spec.ok_or_else(|| failed("the manifest has no embedded provider"))?;
    let provider = Provider::resolve(spec, Some(base), &|_| None)?;
    Ok(Engine::new(TABLE, provider, settings)?)
}

fn step(text: &str) -> Result<(), Error> {
    print(&format!("  ✓ {text}"))
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(failed(&otherwise()))
    }
}

fn failed(what: &str) -> Error {
    Error::Demo(format!("the demo failed: {what}"))
}

fn at<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn text(value: &Value, pointer: &str) -> Result<String, Error> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found
        .map(str::to_owned)
        .ok_or_else(|| failed(&format!("no {pointer} in {value}")))
}

fn fraction(status: &Value) -> f64 {
    status
        .pointer("/progress/fraction")
        .and_then(Value::as_f64)
        .unwrap_or_default()
}
