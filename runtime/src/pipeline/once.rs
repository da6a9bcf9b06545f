//! Starts something once, however often the call is repeated and whatever becomes of the answers: the request
//! carries a token, and what it started is looked up by it before anything is sent again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Map, Value};
use tokio::{
    sync::{Mutex as Turn, OwnedMutexGuard},
    time::Instant,
};

mod beside;
mod list;
mod twice;

use self::list::List;
pub use self::list::Unlisted;

use super::{Http, confirm, cut, refused, request::Request, scope, template::Scope};
use crate::{
    audit::Why,
    engine::{Engine, Outcome},
    tool::{Action, OnceSpec, ToolSpec},
    upstream::{Reply, Terms, UpstreamError},
};

/// How often a request is sent at most.
const SENDS: u32 = 3;
/// Nothing is sent again by itself later than this: whoever called has given up by then. What the provider may still be
/// at work on is not sent again before.
const LONGEST: Duration = Duration::from_secs(120);
/// How long it is remembered what a token started.
const REMEMBERED: Duration = Duration::from_secs(15 * 60);

/// What tokens started, and are starting, in this process. Its calls with one token take turns.
#[derive(Debug, Default)]
pub(crate) struct Launches(Mutex<HashMap<(&'static str, String), Entry>>);

#[derive(Debug)]
struct Entry {
    used: Instant,
    known: Arc<Turn<Known>>,
}

/// What is known of a token besides what the list says, which may lag.
#[derive(Debug, Default)]
enum Known {
    #[default]
    Nothing,
    /// Something was sent, and it is not known what became of it: nothing is sent again before this moment.
    Doubt(Instant),
    /// The provider answered with this.
    Started(Value),
}

impl Launches {
    /// Waits until no other call has the token.
    async fn turn(&self, tool: &'static str, token: &str) -> OwnedMutexGuard<Known> {
        let known = {
            let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            entries.retain(|_, entry| {
                Arc::strong_count(&entry.known) > 1 || now.duration_since(entry.used) < REMEMBERED
            });
            let entry = entries
                .entry((tool, token.to_owned()))
                .or_insert_with(|| Entry {
                    used: now,
                    known: Arc::default(),
                });
            entry.used = now;
            Arc::clone(&entry.known)
        };
        known.lock_owned().await
    }
}

/// Runs a call of a tool whose request starts something once.
pub(super) async fn run(
    call: &Http<'_>,
    once: &'static OnceSpec,
    input: &Value,
    said: bool,
) -> Outcome {
    let upstream = call.context.engine.upstream();
    let made = super::made(call.requests, scope(input, upstream));
    let mut made = match made {
        Ok(made) => made,
        Err(error) => return refused(call.spec, &[error.to_string()]),
    };
    let Some(request) = made.first_mut() else {
        return Outcome::Failed(format!("`{}` sends nothing", call.spec.name));
    };
    let record = &call.context.record;
    let given = input.get(once.input).and_then(Value::as_str);
    // What the person was asked about in an earlier round keeps its token: were their answer sent twice, the second
    // call would find what the first one started.
    let asked = call.context.client.confirmed_token();
    let (token, is_given) = match once.put(request, given, asked) {
        Ok(put) => put,
        Err(violation) => {
            record.refused(Why::Arguments);
            return refused(call.spec, &[violation]);
        }
    };
    record.named(once.input, &token);
    let mut input = input.clone();
    if let Value::Object(input) = &mut input {
        input.insert(once.input.to_owned(), token.clone().into());
    }
    let launch = Launch {
        call,
        once,
        input: &input,
        token: &token,
        is_given,
    };
    if let Err(refused) = launch.can_begin().await {
        return refused;
    }
    let launches = call.context.engine.launches();
    let mut known = launches.turn(call.spec.name, &token).await;
    if is_given && let Some(outcome) = launch.earlier(&mut known).await {
        return match &*known {
            Known::Started(_) => launch.ended(&known, outcome).await,
            // It could not be looked for.
            Known::Nothing | Known::Doubt(_) => outcome,
        };
    }
    let gate = confirm::gate(call.spec, call.context, launch.input, said, Some(&token));
    let begun = match Box::pin(gate).await {
        Ok(pass) => launch.begins(pass).await,
        Err(refused) => Err(refused),
    };
    let pass = match begun {
        Ok(pass) => pass,
        Err(refused) => return refused,
    };
    let outcome = launch.start(request, &mut known).await;
    let outcome = launch.ended(&known, outcome).await;
    if matches!(*known, Known::Nothing) {
        pass.started_nothing();
    }
    outcome
}

impl OnceSpec {
    /// Puts the token into a request; and whether the caller gave it, as an input or in its place in the body.
    pub(super) fn put(
        &self,
        request: &mut Request,
        given: Option<&str>,
        asked: Option<String>,
    ) -> Result<(String, bool), String> {
        let place = self.path.join(".");
        let (mut at, mut pointer) = (request.body.get_or_insert_with(empty), String::new());
        let (name, way) = self.path.split_last().unwrap_or((&self.input, &[]));
        for step in way {
            pointer.push('/');
            pointer.push_str(step);
            let Value::Object(members) = at else { break };
            at = members.entry(*step).or_insert_with(empty);
        }
        let Value::Object(members) = at else {
            return Err(format!(
                "`{pointer}` is no object: the launch goes with a token in `{place}`"
            ));
        };
        let token = match (members.get(*name), given) {
            (None, given) => given.map(str::to_owned),
            (Some(Value::String(own)), None) if !own.is_empty() => Some(own.clone()),
            (Some(Value::String(own)), Some(given)) if own == given => Some(own.clone()),
            (Some(own), Some(_)) => {
                return Err(format!(
                    "`/{}` and `{pointer}/{name}` differ ({own}): give the token once",
                    self.input
                ));
            }
            (Some(own), None) => {
                return Err(format!(
                    "`{pointer}/{name}` is the token that makes the launch happen once: expected a text, got {own}"
                ));
            }
        };
        let token = token.or(asked);
        let is_given = token.is_some();
        // Made anew and not derived from the arguments: two launches that are alike may both be meant.
        let token = token.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
        members.insert((*name).to_owned(), token.clone().into());
        match self.most {
            Some(most) if members.len() > most => Err(format!(
                "`{pointer}` has {} members with the launch token, which takes one of the {most} that the provider \
                 takes: leave one out",
                members.len()
            )),
            _ => Ok((token, is_given)),
        }
    }
}

fn empty() -> Value {
    Value::Object(Map::new())
}

/// What a tool started with a token, the oldest of several; `None` when the list has none.
pub(crate) async fn started(
    engine: &Engine,
    tool: &ToolSpec,
    token: &str,
) -> Result<Option<Value>, Unlisted> {
    let Action::Http {
        once: Some(once), ..
    } = tool.action
    else {
        return Err(Unlisted::Broken(format!(
            "`{}` starts nothing that has a token",
            tool.name
        )));
    };
    let input = serde_json::json!({ once.input: token });
    let list = List {
        engine,
        once,
        input: &input,
        token,
    };
    let found = list.look().await?;
    Ok(list.oldest(found).map(|(oldest, _)| oldest))
}

/// A call with its token.
struct Launch<'c> {
    call: &'c Http<'c>,
    once: &'static OnceSpec,
    /// With the token.
    input: &'c Value,
    token: &'c str,
    /// Whether others may have the token too.
    is_given: bool,
}

impl Launch<'_> {
    /// What an earlier call with this token started, or that it can not be known; `None` when it started nothing.
    async fn earlier(&self, known: &mut Known) -> Option<Outcome> {
        let found = match known {
            Known::Doubt(_) => self.list().search().await,
            Known::Nothing | Known::Started(_) => self.list().look().await,
        };
        let found = found.map(|found| self.list().oldest(found));
        let (item, others) = match (found, &*known) {
            (Ok(Some(found)), _) => found,
            // The list lags or fails, and the answer is at hand.
            (_, Known::Started(answer)) => (answer.clone(), Vec::new()),
            (Ok(None), Known::Doubt(until)) if seconds_until(*until) > 0 => {
                let wait = seconds_until(*until);
                return Some(Outcome::Failed(format!(
                    "nothing was sent. It is not known whether an earlier call of `{}` with the {} {:?} took effect: \
                     the provider may still be at work on it, and `{}` does not show it yet. Call again with the same \
                     {} in {wait} s: that gives what was started, or starts it once",
                    self.call.spec.name,
                    self.once.input,
                    self.token,
                    self.once.find,
                    self.once.input
                )));
            }
            (Ok(None), _) => return None,
            (Err(why), _) => {
                return Some(Outcome::Failed(format!(
                    "nothing was sent. It is not known whether an earlier call of `{}` with the {} {:?} took effect: \
                     `{}` could not be asked ({why}). Call again with the same {} when that is mended",
                    self.call.spec.name,
                    self.once.input,
                    self.token,
                    self.once.find,
                    self.once.input
                )));
            }
        };
        *known = Known::Started(item.clone());
        let note = format!(
            "Nothing was sent: an earlier call with this {} started it, with the arguments of that call.{}",
            self.once.input,
            self.told(&others)
        );
        Some(self.shape(item, &note))
    }

    /// Sends the request until it is known what became of it, or can not be known.
    async fn start(&self, request: &Request, known: &mut Known) -> Outcome {
        let spec = self.call.spec;
        let upstream = self.call.context.engine.upstream();
        let terms = Terms {
            effect: spec.effect,
            bounds: spec.bounds,
            is_list: false,
        };
        let began = Instant::now();
        let mut doubt: Option<String> = None;
        let mut is_late = false;
        for sent in 1..=SENDS {
            let reply = upstream.send(request, terms).await;
            let (failure, done) = match self.call.context.noted(reply) {
                Ok(reply) => {
                    let body = reply.body.clone();
                    match self.call.shape(self.scope(), vec![reply], None) {
                        Outcome::Failed(message) => (message, true),
                        outcome => {
                            if let Some(older) =
                                Box::pin(self.give_way(&body, doubt.as_deref())).await
                            {
                                *known = Known::Started(older.item.clone());
                                return self.shape(older.item, &older.note);
                            }
                            *known = Known::Started(body);
                            return self.said(outcome, &again(doubt.as_deref()));
                        }
                    }
                }
                Err(error) if error.is_ambiguous() => {
                    is_late |= error.may_still_act();
                    (error.to_string(), has_accepted(&error))
                }
                Err(error) => {
                    return Outcome::Failed(match doubt {
                        None => error.advise(spec.effect),
                        Some(before) => {
                            self.unknown(&format!("{before}; then {error}"), None, began)
                        }
                    });
                }
            };
            let until = if is_late { began + LONGEST } else { began };
            *known = Known::Doubt(until);
            match self.list().search().await {
                Ok(found) => {
                    let settled = Box::pin(self.settle(found, &failure, doubt.as_deref()));
                    if let Some(found) = settled.await {
                        *known = Known::Started(found.item.clone());
                        return self.shape(found.item, &found.note);
                    }
                    if done || is_late || sent == SENDS || began.elapsed() >= LONGEST {
                        return Outcome::Failed(self.unknown(&failure, None, until));
                    }
                    tracing::info!(tool = spec.name, "not found, sending again");
                    doubt = Some(failure);
                }
                Err(why) => {
                    return Outcome::Failed(self.unknown(&failure, Some(&why.to_string()), until));
                }
            }
        }
        // The last turn of the loop returns in every case.
        Outcome::Failed(self.unknown(doubt.as_deref().unwrap_or_default(), None, began))
    }

    /// What the agent is told when a launch may or may not have happened, and nothing is sent again before a moment.
    fn unknown(&self, failure: &str, why: Option<&str>, until: Instant) -> String {
        let (tool, input, find) = (self.call.spec.name, self.once.input, self.once.find);
        let looked = match why {
            Some(why) => format!("`{find}` could not be asked whether it did ({why})"),
            None => format!("`{find}` does not show it yet"),
        };
        let wait = match seconds_until(until) {
            0 => String::new(),
            seconds => format!(", after {seconds} s"),
        };
        format!(
            "{failure}. It is not known whether `{tool}` took effect: {looked}. Call `{tool}` again with the same \
             arguments and {input} {:?}{wait}: that gives what was started, or starts it once",
            self.token
        )
    }

    /// What the agent gets of something that was found.
    fn shape(&self, found: Value, note: &str) -> Outcome {
        let reply = Reply {
            status: 200,
            request_id: None,
            body: found,
            headers: empty(),
            bytes: 0,
            is_cut: false,
        };
        self.said(self.call.shape(self.scope(), vec![reply], None), note)
    }

    /// A result with its token, and what there is to say of the way to it.
    fn said(&self, outcome: Outcome, note: &str) -> Outcome {
        match outcome {
            Outcome::Done(mut result) => {
                result.insert(self.once.input.to_owned(), self.token.into());
                if !note.is_empty() {
                    cut::note(&mut result, note);
                }
                Outcome::Done(result)
            }
            Outcome::Failed(message) => {
                let input = self.once.input;
                Outcome::Failed(format!("{message}\nIts {input} is {:?}.", self.token))
            }
            Outcome::Shown(..) | Outcome::Content(_) | Outcome::Asks(_) | Outcome::Lacks(..) => {
                outcome
            }
        }
    }

    fn list(&self) -> List<'_> {
        List {
            engine: &self.call.context.engine,
            once: self.once,
            input: self.input,
            token: self.token,
        }
    }

    fn scope(&self) -> Scope<'_> {
        scope(self.input, self.call.context.engine.upstream())
    }
}

/// Whole seconds until a moment has passed; 0 when it has.
fn seconds_until(moment: Instant) -> u64 {
    let left = moment.saturating_duration_since(Instant::now());
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

/// Whether the provider said that it had acted, although the answer can not be used.
fn has_accepted(error: &UpstreamError) -> bool {
    matches!(
        error,
        UpstreamError::Malformed { .. } | UpstreamError::TooLarge { .. }
    )
}

/// What is said of a launch that took more than one attempt.
fn again(doubt: Option<&str>) -> String {
    match doubt {
        Some(failure) => {
            format!("It was sent again after an attempt that the list did not show ({failure}).")
        }
        None => String::new(),
    }
}
