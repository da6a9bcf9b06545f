//! `watch_job`, `get_watch`, `list_watches`, `update_watch` and `stop_watch`.

use rft_mcp_monitors::{Phase, Rules, schedule::Pace};
use rft_mcp_runtime::{engine::Context, tool::FunctionError};
use rft_mcp_watches::{AfterResume, Change, New, Record, Store, StoreError, Watch, unix};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{cost::hourly_usd, output};
use crate::{
    generated::types::{
        GetWatchInput, GetWatchOutput, ListWatchesInput, ListWatchesOutput, StopWatchInput,
        StopWatchOutput, UpdateWatchInput, UpdateWatchOutput, WatchJobInput, WatchJobOutput,
    },
    knowledge,
    watching::{Watching, announce, scope, told},
};

/// Watches of a page where nobody says.
const PAGE: i64 = 20;
/// Decisions that are shown.
const DECISIONS: u32 = 20;

pub(crate) async fn watch_job(
    input: WatchJobInput,
    context: Context,
) -> Result<WatchJobOutput, FunctionError> {
    let settings = knowledge::monitors()?;
    let rules = rules(input.rules.as_ref(), &context)?;
    let path = ["fine_tuning", "jobs", &input.job_id];
    let job = context.read(&path, &[]).await?;
    let status = job
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or("unknown");
    if settings.statuses.phase(status) == Phase::Ended {
        return Err(FunctionError(format!(
            "job {} has ended ({status}): there is nothing left to watch. Choose a checkpoint with rank_checkpoints, or \
             ask explain_failure",
            input.job_id
        )));
    }
    let pace = pace(seconds(input.poll_interval.as_ref()), &context)?;
    let new = New {
        scope: scope(&context),
        job: input.job_id,
        rules,
        pace,
        after_resume: after(input.after_resume.as_ref())?.unwrap_or_default(),
    };
    let watch = ask(&context, move |store| store.add(&new)).await?;
    announce(&context.engine, &watch);
    output(whole(&watch, &[]))
}

pub(crate) async fn get_watch(
    input: GetWatchInput,
    context: Context,
) -> Result<GetWatchOutput, FunctionError> {
    let found = one(&context, &input.watch_id, |store, scope, id| {
        store.find(scope, id)
    });
    let (watch, records) = found.await?;
    output(whole(&watch, &records))
}

pub(crate) async fn list_watches(
    input: ListWatchesInput,
    context: Context,
) -> Result<ListWatchesOutput, FunctionError> {
    let most = u32::try_from(input.limit.map_or(PAGE, |limit| limit.0)).unwrap_or(1);
    let (scope, ended) = (scope(&context), input.ended.unwrap_or_default());
    let after = input.after.map(|after| after.as_str().to_owned());
    let cursor = after.clone();
    let found = ask(&context, move |store| {
        if let Some(after) = after.as_deref() {
            let there = store.find(&scope, after)?;
            // A job's id finds a watch too, and is no cursor.
            if there.is_none_or(|watch| watch.id != after) {
                return Ok(None);
            }
        }
        let found = store.list(&scope, ended, after.as_deref(), most + 1)?;
        Ok(Some(found))
    });
    let mut found = found.await?.ok_or_else(|| {
        FunctionError(format!(
            "`/after`: there is no watch `{}`: give the `next` of the page before, or leave `after` out to begin with \
             the newest",
            cursor.unwrap_or_default()
        ))
    })?;
    let has_more = found.len() > most as usize;
    found.truncate(most as usize);
    output(json!({
        "watches": found.iter().map(brief).collect::<Vec<_>>(),
        "has_more": has_more,
        "next": found.last().map(|watch| &watch.id),
    }))
}

pub(crate) async fn update_watch(
    input: UpdateWatchInput,
    context: Context,
) -> Result<UpdateWatchOutput, FunctionError> {
    let change = Change {
        rules: match &input.rules {
            Some(given) => Some(rules(Some(given), &context)?),
            None => None,
        },
        interval: seconds(input.poll_interval.as_ref()),
        after_resume: after(input.after_resume.as_ref())?,
    };
    let changed = one(&context, &input.watch_id, move |store, scope, id| {
        store.change(scope, id, &change)
    });
    let (watch, records) = changed.await?;
    announce(&context.engine, &watch);
    output(whole(&watch, &records))
}

pub(crate) async fn stop_watch(
    input: StopWatchInput,
    context: Context,
) -> Result<StopWatchOutput, FunctionError> {
    let stopped = one(&context, &input.watch_id, |store, scope, id| {
        store.stop(scope, id, "stopped by stop_watch")
    });
    let (watch, records) = stopped.await?;
    announce(&context.engine, &watch);
    output(whole(&watch, &records))
}

/// The rules that were given, or the usual ones. Where the provider can not pause, the usual ones only tell.
pub(super) fn rules(
    given: Option<&impl Serialize>,
    context: &Context,
) -> Result<Rules, FunctionError> {
    let settings = knowledge::monitors()?;
    let unfit = |error: serde_json::Error| FunctionError(error.to_string());
    let given = given.map(serde_json::to_value).transpose().map_err(unfit)?;
    let usual = || {
        settings
            .usual
            .iter()
            .map(|name| (name.word().to_owned(), json!({})))
    };
    let mut given: Map<String, Value> = match given {
        Some(Value::Object(given)) => given,
        _ => usual().collect(),
    };
    let provider = context.provider();
    for (name, parameters) in &mut given {
        let Some(parameters) = parameters.as_object_mut().filter(|_| name != "ended") else {
            continue;
        };
        let action = parameters
            .get("action")
            .and_then(Value::as_str)
            .map(str::to_owned);
        match action.as_deref() {
            Some(action @ ("pause" | "cancel")) => {
                let tool = format!("{action}_job");
                if provider.lacks.contains(&tool.as_str()) {
                    return Err(FunctionError(format!(
                        "`/rules/{name}/action`: {} has no `{tool}`: use another action, such as notify",
                        provider.title
                    )));
                }
            }
            None if provider.lacks.contains(&"pause_job") => {
                parameters.insert("action".to_owned(), json!("notify"));
            }
            _ => {}
        }
        // What the provider publishes, or the command line says.
        if name == "budget"
            && parameters.contains_key("usd")
            && !parameters.contains_key("hourly_usd")
            && let Some(price) = hourly_usd(context)
        {
            parameters.insert("hourly_usd".to_owned(), json!(price));
        }
        let metric = parameters.get("metric").and_then(Value::as_str);
        let known = &knowledge::metrics()?.metrics;
        if let Some(metric) = metric.filter(|metric| !known.contains_key(*metric)) {
            let known: Vec<&str> = known.keys().map(String::as_str).collect();
            return Err(FunctionError(format!(
                "`/rules/{name}/metric`: there is no metric `{metric}`: the metrics are {}",
                known.join(", ")
            )));
        }
    }
    let refused = |error| FunctionError(format!("`/rules`: {error}"));
    settings.rules(Some(&given)).map_err(refused)
}

/// How often a job is looked at, where that is not said as often as this server does.
pub(super) fn pace(interval: Option<f64>, context: &Context) -> Result<Pace, FunctionError> {
    let settings = knowledge::monitors()?;
    let watching = context.engine.kept::<Watching>();
    let usual = watching.map_or(settings.pace.interval, |one| one.interval(settings));
    Ok(Pace {
        interval: interval.unwrap_or(usual),
        ..settings.pace
    })
}

fn seconds(given: Option<&serde_json::Number>) -> Option<f64> {
    given?.as_f64()
}

pub(super) fn after(given: Option<&impl Serialize>) -> Result<Option<AfterResume>, FunctionError> {
    let read = |given| serde_json::from_value(serde_json::to_value(given)?);
    given
        .map(read)
        .transpose()
        .map_err(|error: serde_json::Error| FunctionError(error.to_string()))
}

/// Does something with one watch; it, and its newest decisions.
pub(super) async fn one(
    context: &Context,
    id: &str,
    act: impl FnOnce(&dyn Store, &str, &str) -> Result<Option<Watch>, StoreError> + Send + 'static,
) -> Result<(Watch, Vec<Record>), FunctionError> {
    let (scope, own) = (scope(context), id.to_owned());
    let found = ask(context, move |store| {
        let Some(watch) = act(store, &scope, &own)? else {
            return Ok(None);
        };
        let records = store.decisions(&watch.id, DECISIONS)?;
        Ok(Some((watch, records)))
    });
    found.await?.ok_or_else(|| {
        FunctionError(format!(
            "there is no watch `{id}`, and none of a job of this id: list_watches says which there are"
        ))
    })
}

/// Asks the database where that may block.
pub(super) async fn ask<T: Send + 'static>(
    context: &Context,
    ask: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, FunctionError> {
    if context.is_rehearsed() {
        return Err(FunctionError("nothing was looked up".to_owned()));
    }
    let unserved = || {
        FunctionError(
            "watches are looked after by a server only, `rft-mcp serve`: here use `rft-mcp watch`, or wait_for_job, or \
             say with --data-dir or --database-url where that server keeps them"
                .to_owned(),
        )
    };
    let watching = context.engine.kept::<Watching>().ok_or_else(unserved)?;
    let store = watching.store(context).await?;
    rft_mcp_watches::ask(&store, ask)
        .await
        .map_err(|error| told(&error))
}

fn brief(watch: &Watch) -> Value {
    json!({
        "watch_id": watch.id,
        "job_id": watch.job,
        "state": watch.state,
        "reason": watch.reason,
        "job_status": watch.memory.status,
        "step": watch.memory.step,
        "trouble": watch.memory.trouble,
        "looked_at": watch.looked_at.map(unix),
        "next_look_at": unix(watch.due_at),
    })
}

/// A watch with its decisions, the newest first.
pub(super) fn whole(watch: &Watch, records: &[Record]) -> Value {
    let mut view = brief(watch);
    let more = json!({
        "created_at": unix(watch.created_at),
        "poll_interval": watch.pace.interval,
        "after_resume": watch.after_resume,
        "arming": watch.arming,
        "armed_at_step": watch.since.step,
        "rules": watch.rules,
        "standings": watch.memory.standings,
        "decisions": records.iter().map(rft_mcp_watches::view).collect::<Vec<_>>(),
    });
    if let (Some(view), Value::Object(more)) = (view.as_object_mut(), more) {
        view.extend(more);
    }
    view
}
