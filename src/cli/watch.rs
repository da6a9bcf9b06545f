//! `watch`: a job's progress, curve and alarms until it ends.

use std::{collections::HashSet, io::IsTerminal as _, process::ExitCode, time::Duration};

use clap::Args;
use rft_mcp_insight::{
    cost::timing,
    curve::{Alarm, Judgement, judge},
    metrics::Step,
    picture,
};
use rft_mcp_runtime::engine::{Context, Settings};
use serde_json::{Value, json};

use super::{
    Error,
    curve::{Curve, To},
    print,
    provider::Choice,
    threads,
};
use crate::native::Run;

/// Looks that may fail one after another: a provider may be away for a while.
const PATIENCE: u32 = 5;
/// Said of a sandbox.
const SIMULATED: &str = "The provider is a simulator: nothing is trained and nothing is billed.";
/// The width of the bar of steps.
const WIDTH: u64 = 24;

/// Watches a job until it ends: progress, rewards and alarms. Exits with 0 when it succeeded, 3 when it failed, 4 when
/// it was cancelled.
#[derive(Debug, Args)]
pub struct Watch {
    /// The job's id (ftjob-…)
    job: String,
    #[command(flatten)]
    provider: Choice,
    /// Print JSON lines on stdout, for scripts
    #[arg(long)]
    json: bool,
    /// Seconds between looks
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    every: u64,
}

impl Watch {
    pub fn run(self) -> Result<ExitCode, Error> {
        threads()?.block_on(self.watch())
    }

    async fn watch(self) -> Result<ExitCode, Error> {
        let engine = self.provider.engine(&Settings::default()).await?;
        let context = Context::new(engine);
        let live = std::io::stderr().is_terminal();
        let mut screen = Screen {
            curve: Curve::new(live, To::Stderr),
            json: self.json,
            status: String::new(),
            step: 0,
            alarms: HashSet::new(),
            simulated: false,
        };
        let mut failed = 0;
        loop {
            match Run::read(&context, &self.job).await {
                Ok(run) => {
                    failed = 0;
                    screen.simulated(context.engine.upstream().is_simulated())?;
                    let judgement = judge(&run.series, &run.view());
                    screen.show(&run, &judgement)?;
                    if run.ended() {
                        return screen.end(&run, &judgement);
                    }
                }
                Err(error) if failed + 1 < PATIENCE && screen.step_or_status() => {
                    failed += 1;
                    screen.say(&format!("{error}; looking again"))?;
                }
                Err(error) => return Err(Error::Watch(error.to_string())),
            }
            tokio::time::sleep(Duration::from_secs(self.every)).await;
        }
    }
}

/// What was shown.
struct Screen {
    curve: Curve,
    json: bool,
    status: String,
    step: u64,
    alarms: HashSet<&'static str>,
    /// Whether it was said that the provider is a simulator.
    simulated: bool,
}

impl Screen {
    fn show(&mut self, run: &Run, judgement: &Judgement) -> Result<(), Error> {
        self.curve.within(run.view().range);
        for step in &run.series.steps {
            if step.step > self.step {
                self.step = step.step;
                self.step(step)?;
            }
        }
        for alarm in &judgement.alarms {
            if self.alarms.insert(alarm.code) {
                self.alarm(alarm)?;
            }
        }
        if self.status != run.status() {
            run.status().clone_into(&mut self.status);
            if self.json {
                print(&json!({"event": "status", "status": self.status}).to_string())?;
            }
        }
        if self.json {
            return Ok(());
        }
        self.curve.now(&progress(run))
    }

    /// Says once that nothing of this is real, whatever the provider is called.
    fn simulated(&mut self, simulated: bool) -> Result<(), Error> {
        if !simulated || self.simulated {
            return Ok(());
        }
        self.simulated = true;
        if self.json {
            return print(&json!({"event": "simulated", "message": SIMULATED}).to_string());
        }
        self.curve.line(SIMULATED)
    }

    fn step(&mut self, step: &Step) -> Result<(), Error> {
        let (train, valid) = (step.get("train_reward"), step.get("valid_reward"));
        if self.json {
            let line = json!({"event": "step", "step": step.step, "train_reward": train, "valid_reward": valid});
            return print(&line.to_string());
        }
        self.curve.step(step.step, train, valid)
    }

    fn alarm(&mut self, alarm: &Alarm) -> Result<(), Error> {
        if self.json {
            let mut line = json!({"event": "alarm"});
            if let (Some(line), Ok(Value::Object(alarm))) =
                (line.as_object_mut(), serde_json::to_value(alarm))
            {
                line.extend(alarm);
            }
            return print(&line.to_string());
        }
        self.curve
            .line(&format!("    ! {}: {}", alarm.message, alarm.help))
    }

    fn say(&mut self, text: &str) -> Result<(), Error> {
        self.curve.line(&format!("    {text}"))
    }

    /// Whether anything was seen of the job: an id that never answered is wrong.
    fn step_or_status(&self) -> bool {
        !self.status.is_empty()
    }

    fn end(mut self, run: &Run, judgement: &Judgement) -> Result<ExitCode, Error> {
        self.curve.rest()?;
        let error = run
            .job
            .pointer("/error/message")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if self.json {
            let line = json!({
                "event": "end", "status": run.status(), "judgement": judgement, "error": error,
                "fine_tuned_model": run.job.get("fine_tuned_model"),
            });
            print(&line.to_string())?;
        } else {
            self.curve.line(&picture::text(&run.series))?;
            self.curve.line(&judgement.verdict)?;
            self.curve.line(&match run.status() {
                "succeeded" => format!(
                    "succeeded: {}",
                    run.job
                        .get("fine_tuned_model")
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                ),
                status => format!("{status}: {error}"),
            })?;
        }
        Ok(match run.status() {
            "succeeded" => ExitCode::SUCCESS,
            "cancelled" => ExitCode::from(4),
            _ => ExitCode::from(3),
        })
    }
}

/// The line that says where the job is: a bar of steps, the status, and how long it may take.
fn progress(run: &Run) -> String {
    let done = run.series.steps.last().map_or(0, |step| step.step);
    let Some(total) = run.series.total_steps.filter(|total| *total > 0) else {
        return run.status().to_owned();
    };
    let filled = usize::try_from(done.min(total) * WIDTH / total).unwrap_or(0);
    let empty = usize::try_from(WIDTH).unwrap_or(filled) - filled;
    let left = timing(&run.series).map_or_else(String::new, |timing| {
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let hours = total.saturating_sub(done) as f64 * timing.step / 3_600.0;
        if hours < 0.05 {
            String::new()
        } else {
            format!(", about {hours:.1} h to go")
        }
    });
    format!(
        "[{}{}] step {done} of {total}, {}{left}",
        "█".repeat(filled),
        "·".repeat(empty),
        run.status()
    )
}
