//! Hands a job that is launched to a watch: promised before the launch, and kept after it, by whoever hears of it.

use rft_mcp_runtime::{
    engine::Context,
    tool::{Along, FunctionError, Moment},
};
use rft_mcp_watches::{Kept, Patience, Promise, State, Store, StoreError, Watch};
use serde_json::{Map, Value, json};

use super::{
    run::has_ended,
    watches::{after, ask, pace, rules},
};
use crate::watching::{Watching, announce, scope};

/// The options that make a watch.
const ANY: &str = "early_stop_delta, max_steps, budget_usd or budget_hours";

pub(crate) async fn guard_launch(
    given: Map<String, Value>,
    along: Along,
    context: Context,
) -> Result<Map<String, Value>, FunctionError> {
    let asked = !given.is_empty();
    match along.moment {
        Moment::Asked if asked => {
            promise(&given, along.token, &context)?;
            // Whether there is a place for it, which is opened now.
            ask(&context, |_| Ok(()))
                .await
                .map_err(|error| unguarded(&error))?;
        }
        Moment::Begins if asked => {
            let promise = promise(&given, along.token, &context)?;
            let made = ask(&context, move |store| {
                store.promise(&promise, Patience::USUAL)
            });
            made.await.map_err(|error| unguarded(&error))?;
        }
        Moment::Started(job) if asked || along.is_given => {
            let kept = started(&given, along.token, job, &context).await;
            return kept.map_err(|error| {
                FunctionError(format!(
                    "The job was started, and it is not sure that a watch guards it: {error}. The server goes on trying \
                     for a day; get_watch with the job's id says whether it has, and watch_job makes one"
                ))
            });
        }
        Moment::Nothing if asked => {
            let (scope, token) = (scope(&context), along.token);
            ask(&context, move |store| store.take_back(&scope, &token)).await?;
        }
        Moment::Asked | Moment::Begins | Moment::Started(_) | Moment::Nothing => {}
    }
    Ok(Map::new())
}

/// Makes the watch that was promised, and says which it is.
async fn started(
    given: &Map<String, Value>,
    token: String,
    job: Value,
    context: &Context,
) -> Result<Map<String, Value>, FunctionError> {
    let told = |key: &str| job.get(key).and_then(Value::as_str).unwrap_or_default();
    let (id, status) = (told("id").to_owned(), told("status").to_owned());
    // Nobody can have promised anything where there is nothing yet.
    if given.is_empty() {
        match context.engine.kept::<Watching>() {
            Some(watching) if watching.is_there() => {}
            _ => return Ok(Map::new()),
        }
    }
    // The call that started it may not have asked for a watch, or elsewhere.
    let late = if given.is_empty() || has_ended(&status) {
        None
    } else {
        Some(promise(given, token.clone(), context)?)
    };
    let scope = scope(context);
    let kept = ask(context, move |store| {
        keep(store, &scope, &token, &id, late.as_ref())
    })
    .await?;
    let Some(Kept { watch, is_new }) = kept else {
        if given.is_empty() {
            return Ok(Map::new());
        }
        let note = format!("It has ended ({status}), so there is nothing left to watch.");
        return Ok(Map::from_iter([("note".to_owned(), note.into())]));
    };
    if is_new {
        announce(&context.engine, &watch);
    }
    let members = [
        ("watch_id".to_owned(), json!(watch.id)),
        ("note".to_owned(), says(&watch).into()),
    ];
    Ok(Map::from_iter(members))
}

fn keep(
    store: &dyn Store,
    scope: &str,
    token: &str,
    job: &str,
    late: Option<&Promise>,
) -> Result<Option<Kept>, StoreError> {
    match (store.keep(scope, token, job)?, late) {
        (None, Some(late)) => {
            store.promise(late, Patience::USUAL)?;
            store.keep(scope, token, job)
        }
        (kept, _) => Ok(kept),
    }
}

/// What is told of the watch of a job.
fn says(watch: &Watch) -> String {
    let id = &watch.id;
    if watch.state == State::Ended {
        let reason = watch.reason.as_deref().unwrap_or("nobody says why");
        return format!("Its watch {id} has ended: {reason}.");
    }
    let rules = serde_json::to_value(&watch.rules).unwrap_or_default();
    let names: Vec<&str> = rules
        .as_object()
        .map(|rules| rules.keys().map(String::as_str).collect())
        .unwrap_or_default();
    format!(
        "The server guards it by {}: rft://watches/{id} and get_watch show how that stands.",
        names.join(", ")
    )
}

/// What is to be promised.
///
/// # Errors
/// When it can not be watched so.
fn promise(
    given: &Map<String, Value>,
    token: String,
    context: &Context,
) -> Result<Promise, FunctionError> {
    let wrong = |what: &str| FunctionError(format!("`/advanced`: {what}"));
    let asked = given
        .get("rules")
        .ok_or_else(|| wrong(&format!("give {ANY} too, or nothing is watched")))?;
    if let Some(budget) = asked.get("budget") {
        if budget.get("usd").is_none() && budget.get("hours").is_none() {
            return Err(wrong(
                "hourly_usd is the price for budget_usd: give that too",
            ));
        }
        let rules = rules(Some(asked), context)?;
        if rules
            .budget
            .is_some_and(|budget| budget.usd.is_some() && budget.hourly_usd.is_none())
        {
            return Err(wrong(&format!(
                "what an hour costs at {} is not known, so budget_usd would never be reached: give hourly_usd too, or \
                 budget_hours instead",
                context.provider().title
            )));
        }
    }
    Ok(Promise {
        scope: scope(context),
        token,
        rules: rules(Some(asked), context)?,
        pace: pace(given.get("poll_interval").and_then(Value::as_f64), context)?,
        after_resume: after(given.get("after_resume"))?.unwrap_or_default(),
    })
}

fn unguarded(error: &FunctionError) -> FunctionError {
    FunctionError(format!(
        "`/advanced` asks for a watch, and this server can keep none: {error}. Mend that and call again, or leave all but \
         reward_clip out and look after the job yourself, with wait_for_job"
    ))
}
