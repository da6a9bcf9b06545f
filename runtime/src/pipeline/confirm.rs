//! Whether a call may be made that spends or destroys: limits are kept, and the person is asked.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{
    alone::Alone,
    spending::{Reservation, Weighed},
};
use crate::{
    audit::Why,
    client::{Consent, Elicited, Unanswered},
    engine::{Asking, Context, Engine, Outcome},
    tool::{ConfirmSpec, Estimate, ToolSpec, bounded, fill, one_line, shown},
};

/// The argument that says that the person was asked, for clients that can not ask.
pub(crate) const ARGUMENT: &str = "confirm";

/// That a call may be made; until it ends no other process looks at limits.
#[derive(Debug, Default)]
pub(super) struct Pass {
    reservation: Option<Reservation>,
    _alone: Option<Alone>,
}

impl Pass {
    /// Says what the call started, so that it is not counted twice once it is listed: the ids in its result.
    pub(super) fn started(&self, outcome: &Outcome) {
        if let (Some(reservation), Outcome::Done(result)) = (&self.reservation, outcome) {
            for id in ids(result) {
                reservation.known_by(id);
            }
        }
    }

    /// Says that the call started nothing, so that it does not count.
    pub(super) fn started_nothing(self) {
        if let Some(reservation) = self.reservation {
            reservation.release();
        }
    }
}

/// The ids in a result.
pub(crate) fn ids(result: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let ids = result
        .iter()
        .filter(|(name, _)| is_id(name))
        .map(|(_, id)| id);
    ids.filter_map(Value::as_str)
}

/// Whether a member of a result is an id, by its name.
pub(crate) fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id")
}

/// Takes the argument that says that the person was asked. No schema has it.
///
/// # Errors
/// When it is neither true nor false.
pub(super) fn take(spec: &ToolSpec, arguments: &mut Map<String, Value>) -> Result<bool, String> {
    if spec.confirm.is_none() {
        return Ok(false);
    }
    // The order of the others is of no weight here.
    match arguments.swap_remove(ARGUMENT) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(said)) => Ok(said),
        // As with every other argument: some clients send texts for everything.
        Some(Value::String(text)) if text == "true" || text == "false" => Ok(text == "true"),
        Some(_) => Err(format!("`/{ARGUMENT}`: expected true or false")),
    }
}

/// Whether a call may have to say that the person was asked.
pub(crate) fn demands(confirm: &ConfirmSpec, engine: &Engine) -> bool {
    engine.is_strict(confirm) || engine.spending().is_limited() && confirm.estimate.is_some()
}

/// Asks for all that has to agree before a call is made. `said` is that the person was asked, `token` what will be
/// known of what the call starts.
///
/// # Errors
/// What the client gets instead.
pub(super) async fn gate(
    spec: &'static ToolSpec,
    context: &Context,
    input: &Value,
    said: bool,
    token: Option<&str>,
) -> Result<Pass, Outcome> {
    let Some(confirm) = spec.confirm else {
        return Ok(Pass::default());
    };
    let gate = Gate {
        spec,
        confirm,
        context,
        input,
        token,
    };
    let asking = context.engine.asking();
    let asks = asking != Asking::Never && context.client.can_confirm();
    if !asks && !demands(confirm, &context.engine) {
        return Ok(Pass::default());
    }
    // A person is not waited for with the right to launch in hand.
    let mut alone = if asks { None } else { gate.alone().await? };
    let mut estimate = gate.estimate().await?;
    let weighed = gate.weigh(&estimate)?;
    let question = gate.question(&estimate, &weighed);
    if asks {
        let waited = gate.ask(&question).await?;
        alone = gate.alone().await?;
        if waited || alone.is_some() {
            // Much may have been started while the person thought.
            estimate = gate.estimate().await?;
        }
    } else if !said && gate.refuses(&weighed) {
        context.record.refused(Why::Unconfirmed);
        return Err(Outcome::Failed(format!(
            "nothing was sent: `{}` has to be confirmed by the person, and this client can not be asked. Ask them \
             this, and when they agree call again with the same arguments and `{ARGUMENT}: true`:\n{question}",
            spec.name
        )));
    }
    let reservation = gate.reserve(&estimate)?;
    Ok(Pass {
        reservation,
        _alone: alone,
    })
}

struct Gate<'c> {
    spec: &'static ToolSpec,
    confirm: &'static ConfirmSpec,
    context: &'c Context,
    input: &'c Value,
    token: Option<&'c str>,
}

impl Gate<'_> {
    /// What the call would use. A failure of whatever has to be read for it is one of the call.
    async fn estimate(&self) -> Result<Estimate, Outcome> {
        let Some(estimate) = self.confirm.estimate else {
            return Ok(Estimate::default());
        };
        let client = &self.context.client;
        let made = client
            .drive(estimate(self.input.clone(), self.context.clone()))
            .await;
        made.map_err(|unanswered| match unanswered {
            Unanswered::Failed(why) => {
                self.context.record.refused(Why::Check);
                Outcome::Failed(format!(
                    "nothing was sent: what `{}` would use could not be found out: {why}. Call again when that is \
                     mended",
                    self.spec.name
                ))
            }
            other => other.into(),
        })
    }

    /// How the estimate stands beside the limits, none of which is exceeded.
    fn weigh(&self, estimate: &Estimate) -> Result<Weighed, Outcome> {
        if self.confirm.estimate.is_none() {
            return Ok(Weighed::default());
        }
        let weighed = self.context.engine.spending().weigh(estimate, self.token);
        if weighed.over.is_empty() {
            Ok(weighed)
        } else {
            Err(self.exceeded(&weighed))
        }
    }

    fn reserve(&self, estimate: &Estimate) -> Result<Option<Reservation>, Outcome> {
        if self.confirm.estimate.is_none() {
            return Ok(None);
        }
        let spending = self.context.engine.spending();
        let reserved = spending.reserve(estimate, self.token);
        let reservation = reserved.map_err(|weighed| self.exceeded(&weighed))?;
        Ok(Some(reservation))
    }

    /// Where limits hold, the right to look at them while no other process does.
    async fn alone(&self) -> Result<Option<Alone>, Outcome> {
        let is_limited = self.context.engine.spending().is_limited();
        match self.context.data_dir() {
            Some(directory) if is_limited && self.confirm.estimate.is_some() => {
                Alone::wait(directory).await.map_err(|told| {
                    self.context.record.refused(Why::Check);
                    Outcome::Failed(told)
                })
            }
            _ => Ok(None),
        }
    }

    fn exceeded(&self, weighed: &Weighed) -> Outcome {
        let names: Vec<&str> = weighed.over.iter().map(|(name, _)| *name).collect();
        let told: Vec<&str> = weighed.over.iter().map(|(_, told)| told.as_str()).collect();
        let settings: Vec<String> = names
            .iter()
            .map(|name| format!("--spending {name}=NUMBER"))
            .collect();
        self.context.record.refused(Why::Limit(names));
        Outcome::Failed(format!(
            "nothing was sent: `{}` would go beyond what this server may spend. {} Do less, or tell the person who \
             runs the server, who can raise it: it is started with `{}`, or has it in its manifest under `spending`",
            self.spec.name,
            told.join(" "),
            settings.join(" ")
        ))
    }

    /// Whether a call is refused of which nobody was asked.
    fn refuses(&self, weighed: &Weighed) -> bool {
        self.context.engine.is_strict(self.confirm) || !weighed.unknown.is_empty()
    }

    /// What the person is asked.
    fn question(&self, estimate: &Estimate, weighed: &Weighed) -> String {
        let mut input = self.input.as_object().cloned().unwrap_or_default();
        input.values_mut().for_each(shorten);
        let mut question = fill(self.confirm.ask, &input);
        let provider = self.context.engine.upstream().provider().spec.title;
        let _ = write!(question, "\nProvider: {provider}.");
        if !estimate.text.is_empty() {
            let _ = write!(question, " {}", one_line(&estimate.text));
        }
        for told in weighed.told.iter().chain(&weighed.unknown) {
            question.push('\n');
            question.push_str(&one_line(told));
        }
        question
    }

    /// Asks the person; and whether they were waited for.
    async fn ask(&self, question: &str) -> Result<bool, Outcome> {
        let record = &self.context.record;
        let client = &self.context.client;
        let asked = client.drive(client.confirm(question, self.token)).await;
        let Consent { elicited, round } = asked.map_err(|unanswered| {
            record.refused(Why::Unconfirmed);
            match unanswered {
                Unanswered::Failed(why) => Outcome::Failed(format!(
                    "nothing was sent: the person could not be asked ({why}). Call again to ask anew"
                )),
                other => other.into(),
            }
        })?;
        match elicited {
            Elicited::Accepted(_) => {}
            Elicited::Declined => {
                record.refused(Why::Declined);
                return Err(Outcome::Failed(format!(
                    "nothing was sent: the person declined `{}`. Do not call it again with these arguments; ask them \
                     what they want changed",
                    self.spec.name
                )));
            }
            Elicited::Cancelled => {
                record.refused(Why::Declined);
                return Err(Outcome::Failed(format!(
                    "nothing was sent: the person closed the question about `{}` without an answer. Ask them, and \
                     call again if they want it",
                    self.spec.name
                )));
            }
        }
        // An answer serves one call, though it be sent twice.
        if let Some(round) = &round
            && !self.context.engine.use_up(round)
        {
            record.refused(Why::Unconfirmed);
            return Err(Outcome::Failed(format!(
                "nothing was sent: this answer of the person served an earlier call of `{}`. Call again without \
                 `requestState` to ask them anew",
                self.spec.name
            )));
        }
        Ok(round.is_none())
    }
}

/// Makes of an input what may stand in a question.
fn shorten(value: &mut Value) {
    *value = match value {
        Value::String(text) => shown(text).into(),
        // Its texts are in quotes already.
        Value::Array(_) | Value::Object(_) => bounded(&value.to_string()).into(),
        Value::Null | Value::Bool(_) | Value::Number(_) => return,
    };
}
