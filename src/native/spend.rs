//! What starting and resuming a job would use up, for the person who is asked and for the limits of `server.yaml`.

use std::{
    ops::ControlFlow,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use rft_mcp_insight::{
    cost::{self, Job, plan, running, timing},
    dataset::Part,
    grader::{Against, lint},
};
use rft_mcp_runtime::{
    engine::Context,
    tool::{Estimate, FunctionError, Use, Used, shown},
};
use serde_json::Value;

use super::{
    closing::{Closing, today},
    cost::{examples, hourly_usd, json},
    list::{Read, pages},
    run::{Run, has_ended},
};
use crate::{
    generated::types::{ResumeJobInput, StartJobInput},
    knowledge,
};

/// Names in `server.yaml`.
const LAUNCH: &str = "launch_usd";
const DAY: &str = "day_usd";
const RUNNING: &str = "running_jobs";
/// Where launches carry their token.
const TOKEN: &str = "/metadata/launch_token";
/// No job runs longer than this.
const LONGEST: Duration = Duration::from_secs(60 * 24 * 60 * 60);
const DAY_SECONDS: u64 = 24 * 60 * 60;
/// Pages of jobs that are read, 100 each.
const MOST_PAGES: usize = 50;
/// Jobs of a day whose cost is found out, each with a look at its events.
const MOST_JOBS: usize = 200;
/// Jobs that are looked at side by side.
const AT_ONCE: usize = 8;

pub(crate) async fn price_launch(
    input: StartJobInput,
    context: Context,
) -> Result<Estimate, FunctionError> {
    let given = json(&input)?;
    let hyperparameters = given.get("hyperparameters").cloned().unwrap_or_default();
    let asks_model = given
        .get("grader")
        .is_some_and(|grader| lint(grader, &Against::default()).asks_model);
    let estimate = planned(&context, &given, hyperparameters, asks_model).await?;
    let usd = estimate.usd.map(|usd| usd.likely);
    let jobs = jobs(&context).await?;
    let mut text = told(&estimate);
    let model = given.get("base_model").or_else(|| context.value("model"));
    if let Some(model) = model.and_then(Value::as_str) {
        text = format!("Model: {}. {text}", shown(model));
    }
    if let Some(limit) = context.value("pauses_at_usd").and_then(Value::as_f64) {
        let provider = context.provider().title;
        text = format!("{text} {provider} pauses the job by itself at ${limit:.0}.");
    }
    // It is not refused here: whether the end was put off only the provider knows, and a refusal costs nothing.
    if let Some(told) = Closing::of(&context, today()).told(context.provider().title) {
        text = format!("{text} {told}.");
    }
    Ok(Estimate {
        text,
        uses: uses(&context, &jobs, usd, usd).await?,
        key: None,
    })
}

pub(crate) async fn price_resume(
    input: ResumeJobInput,
    context: Context,
) -> Result<Estimate, FunctionError> {
    let id = input.job_id.as_str().to_owned();
    let run = Run::read(&context, &id).await?;
    let whole = priced(&context, &run).await?;
    let so_far = whole.usd_so_far.unwrap_or_default();
    let total = whole.usd.map(|usd| usd.likely);
    let rest = total.map(|usd| (usd - so_far).max(0.0));
    // Of a job of today the day has what it costs so far as well.
    let today = created(&run.job).is_some_and(|at| at >= midnight());
    let jobs = jobs(&context).await?;
    let left = match rest {
        Some(rest) => format!(" About ${rest:.2} of it are still to come."),
        None => String::new(),
    };
    Ok(Estimate {
        text: format!("The whole job: {}{left}", told(&whole)),
        uses: uses(&context, &jobs, rest, if today { total } else { rest }).await?,
        key: Some(id),
    })
}

/// The jobs that matter to a limit that holds: those of today, and those that run. Newest first.
async fn jobs(context: &Context) -> Result<Vec<Value>, FunctionError> {
    let mut found = Vec::new();
    let oldest = if context.is_limited(RUNNING) {
        now().saturating_sub(LONGEST.as_secs())
    } else if context.is_limited(DAY) {
        midnight()
    } else {
        return Ok(found);
    };
    let read = pages(context, &["fine_tuning", "jobs"], MOST_PAGES, |jobs| {
        found.extend_from_slice(jobs);
        match jobs.last().and_then(created) {
            Some(at) if at < oldest => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    });
    if read.await? == Read::Broken {
        // What was not seen may run, and cost.
        return Err(FunctionError(
            "the provider's list of jobs is none or does not end, so what runs can not be counted"
                .to_owned(),
        ));
    }
    Ok(found)
}

/// What a call uses of each limit: `launch` dollars for itself, `day` dollars of the day, and one job that runs.
async fn uses(
    context: &Context,
    jobs: &[Value],
    launch: Option<f64>,
    day: Option<f64>,
) -> Result<Vec<Use>, FunctionError> {
    let unknown = match hourly_usd(context) {
        Some(_) => "how long it takes can not be said",
        None => {
            "what an hour costs at this provider is not known: the server can be started with --hourly-usd"
        }
    };
    let mut uses = vec![Use {
        limit: LAUNCH.to_owned(),
        adds: launch,
        used: None,
        counted: launch.map_or(unknown, |_| "the likely cost").to_owned(),
    }];
    if context.is_limited(DAY) {
        let today = jobs
            .iter()
            .filter(|job| created(job).is_some_and(|at| at >= midnight()));
        let today: Vec<&Value> = today.collect();
        if today.len() > MOST_JOBS {
            return Err(FunctionError(format!(
                "there are {} jobs of today, too many to find out what they cost",
                today.len()
            )));
        }
        let costs = today.into_iter().cloned().map(|job| {
            let context = context.clone();
            async move {
                let amount = cost_of(&context, &job).await?;
                let keys = keys(&job);
                Ok::<_, FunctionError>(Used { keys, amount })
            }
        });
        let costs: Vec<_> = costs.collect();
        let others: Vec<Used> = stream::iter(costs).buffered(AT_ONCE).try_collect().await?;
        let counted = format!(
            "{} jobs created since 0:00 UTC, at their likely cost",
            others.len()
        );
        uses.push(Use {
            limit: DAY.to_owned(),
            adds: day,
            counted: if day.is_some() && others.iter().all(|one| one.amount.is_some()) {
                counted
            } else {
                unknown.to_owned()
            },
            used: Some(others),
        });
    }
    if context.is_limited(RUNNING) {
        let running = jobs.iter().filter(|job| runs(job));
        let ids: Vec<&str> = running
            .filter_map(|job| job.get("id")?.as_str())
            .take(10)
            .collect();
        uses.push(Use {
            limit: RUNNING.to_owned(),
            adds: Some(1.0),
            counted: ids.join(", "),
            // Those that do not run too: what this process started is then known to have ended.
            used: Some(
                jobs.iter()
                    .map(|job| Used {
                        keys: keys(job),
                        amount: Some(if runs(job) { 1.0 } else { 0.0 }),
                    })
                    .collect(),
            ),
        });
    }
    Ok(uses)
}

/// The likely cost of a job that is there; `None` where nobody says what an hour costs.
async fn cost_of(context: &Context, job: &Value) -> Result<Option<f64>, FunctionError> {
    let Some(id) = job.get("id").and_then(Value::as_str) else {
        return Ok(None);
    };
    let run = Run::read(context, id).await?;
    Ok(priced(context, &run).await?.usd.map(|usd| usd.likely))
}

/// What a job costs as a whole, by its own timing once it has one.
async fn priced(context: &Context, run: &Run) -> Result<cost::Estimate, FunctionError> {
    let hourly = hourly_usd(context);
    if let Some(timing) = timing(&run.series) {
        let ended = run.ended();
        return Ok(running(&run.series, &timing, ended, hourly, run.spent()));
    }
    if run.ended() && !run.series.steps.is_empty() {
        return Ok(cost::ended(&run.series, run.lasted(), hourly, run.spent()));
    }
    if run.ended() {
        // It ended before its first step.
        let spent = run.spent().unwrap_or_default();
        let span = cost::Span {
            low: spent,
            likely: spent,
            high: spent,
        };
        return Ok(cost::Estimate {
            steps: None,
            steps_done: Some(0),
            hours: None,
            usd: Some(span),
            usd_so_far: Some(spent),
            basis: "it ended before its first step".to_owned(),
            assumptions: Vec::new(),
            savings: Vec::new(),
        });
    }
    planned(context, &run.job, run.hyperparameters(), false).await
}

/// The estimate of a job that has not run, whose files are named in `job`.
async fn planned(
    context: &Context,
    job: &Value,
    hyperparameters: Value,
    asks_model: bool,
) -> Result<cost::Estimate, FunctionError> {
    let file = |name: &str| job.get(name).and_then(Value::as_str);
    let training = file("training_file")
        .ok_or_else(|| FunctionError("it does not name its training file".to_owned()))?;
    let count = async || {
        let validation = match file("validation_file") {
            Some(file) => Some(lines(context, file, Part::Validation).await?),
            None => None,
        };
        let training = lines(context, training, Part::Training).await?;
        Ok::<_, Uncounted>((training, validation))
    };
    let (examples, validation_examples) = match count().await {
        Ok(counted) => counted,
        Err(Uncounted::Missing(error)) => return Err(error),
        Err(Uncounted::Unread(why)) => return Ok(unknown(why)),
    };
    let job = Job {
        examples,
        validation_examples,
        hyperparameters,
        asks_model,
    };
    Ok(plan(&job, knowledge::costs()?, hourly_usd(context), None))
}

/// Why the lines of a file are not counted.
enum Uncounted {
    /// There is no such file, or nobody can say now.
    Missing(FunctionError),
    /// It is there, and not to be read: not every provider gives back what was uploaded.
    Unread(String),
}

async fn lines(context: &Context, file: &str, part: Part) -> Result<u64, Uncounted> {
    let error = match examples(context, file, part).await {
        Ok(count) => return Ok(count),
        Err(error) => error,
    };
    let read = context.stream(&["files", file, "content"], |_| ()).await;
    let refused = read.is_err_and(|error| error.is_refusal());
    if refused && context.read(&["files", file], &[]).await.is_ok() {
        return Err(Uncounted::Unread(format!(
            "the lines of {file} could not be read: {error}"
        )));
    }
    Err(Uncounted::Missing(error))
}

/// An estimate that says nothing but why.
fn unknown(why: String) -> cost::Estimate {
    cost::Estimate {
        steps: None,
        steps_done: None,
        hours: None,
        usd: None,
        usd_so_far: None,
        basis: why,
        assumptions: Vec::new(),
        savings: Vec::new(),
    }
}

/// An estimate in a sentence or two.
fn told(estimate: &cost::Estimate) -> String {
    let hours = estimate
        .hours
        .map(|hours| format!("{:.1} hours", hours.likely));
    let hours = hours.unwrap_or_else(|| "no training".to_owned());
    let basis = if estimate.steps_done.is_some() {
        "by its own steps"
    } else {
        "a rough guess, since none of its steps has run"
    };
    let mut text = match estimate.usd {
        Some(usd) => format!(
            "Estimated cost: ${:.0} (${:.0} to ${:.0}) for {hours}; {basis}.",
            usd.likely, usd.low, usd.high
        ),
        None if estimate.hours.is_none() => {
            format!(
                "Neither its time nor its cost can be estimated, since {}.",
                estimate.basis
            )
        }
        None => format!(
            "Estimated time: {hours}; {basis}. What it costs can not be said: the price of an hour is not known here."
        ),
    };
    let on_top = estimate
        .assumptions
        .iter()
        .find(|one| one.contains("on top"));
    if let Some(on_top) = on_top {
        text.push_str(" And ");
        text.push_str(on_top);
        text.push('.');
    }
    text
}

/// What a job is known by.
fn keys(job: &Value) -> Vec<String> {
    let id = job.get("id").and_then(Value::as_str);
    let token = job.pointer(TOKEN).and_then(Value::as_str);
    id.into_iter().chain(token).map(str::to_owned).collect()
}

/// Whether a job costs now, or will by itself.
fn runs(job: &Value) -> bool {
    let status = job
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or("unknown");
    !has_ended(status) && status != "paused"
}

fn created(job: &Value) -> Option<u64> {
    job.get("created_at")?.as_u64()
}

/// When the day began, in UTC, as providers bill.
fn midnight() -> u64 {
    let now = now();
    now - now % DAY_SECONDS
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
