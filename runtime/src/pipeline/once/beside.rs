//! Tells the function beside a launch of each step, and the result what it answers.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Known, Launch};
use crate::{
    audit::Why,
    engine::Outcome,
    pipeline::{checked, confirm::Pass, cut, template::fill},
    tool::{Along, FunctionError, Moment},
};

impl Launch<'_> {
    /// Asks whether what is given can be done, before anybody is asked and anything is looked for.
    pub(super) async fn can_begin(&self) -> Result<(), Outcome> {
        let told = self.tell(Moment::Asked).await;
        told.map(drop).map_err(|error| self.refused(&error))
    }

    /// Says that the request is about to be sent, which it is only then.
    pub(super) async fn begins(&self, pass: Pass) -> Result<Pass, Outcome> {
        match self.tell(Moment::Begins).await {
            Ok(_) => Ok(pass),
            Err(error) => {
                pass.started_nothing();
                Err(self.refused(&error))
            }
        }
    }

    /// Says what became of it.
    pub(super) async fn ended(&self, known: &Known, outcome: Outcome) -> Outcome {
        match known {
            Known::Started(item) => match self.tell(Moment::Started(item.clone())).await {
                Ok(members) => self.with(outcome, members),
                Err(error) => noted(outcome, &error.to_string()),
            },
            Known::Nothing => {
                // What is left behind is found to belong to nothing.
                if let Err(error) = self.tell(Moment::Nothing).await {
                    tracing::warn!(tool = self.call.spec.name, %error, "could not take back what was kept for a call");
                }
                outcome
            }
            Known::Doubt(_) => outcome,
        }
    }

    async fn tell(&self, moment: Moment) -> Result<Map<String, Value>, FunctionError> {
        let Some(beside) = &self.once.beside else {
            return Ok(Map::new());
        };
        let mut given = Map::new();
        for (name, template) in beside.with {
            if let Some(value) = fill(template, self.scope())? {
                given.insert((*name).to_owned(), value);
            }
        }
        let along = Along {
            token: self.token.to_owned(),
            is_given: self.is_given,
            moment,
        };
        (beside.native)(given, along, self.call.context.clone()).await
    }

    /// An outcome with more members. What failed after it was started says them too.
    fn with(&self, mut outcome: Outcome, members: Map<String, Value>) -> Outcome {
        for (name, value) in members {
            match (&mut outcome, value) {
                (_, Value::String(note)) if name == "note" => outcome = noted(outcome, &note),
                (Outcome::Done(result), value) => {
                    result.insert(name, value);
                }
                (Outcome::Failed(message), value) => {
                    // Writing to a text does not fail.
                    let _ = write!(message, "\nIts {name} is {value}.");
                }
                _ => {}
            }
        }
        match outcome {
            Outcome::Done(result) => checked(
                self.call.spec,
                self.call.prepared,
                Value::Object(result),
                &[],
            ),
            other => other,
        }
    }

    fn refused(&self, error: &FunctionError) -> Outcome {
        self.call.context.record.refused(Why::Check);
        Outcome::Failed(format!("nothing was sent: {error}"))
    }
}

fn noted(mut outcome: Outcome, note: &str) -> Outcome {
    match &mut outcome {
        Outcome::Done(result) => cut::note(result, note),
        Outcome::Failed(message) => {
            message.push('\n');
            message.push_str(note);
        }
        Outcome::Shown(..) | Outcome::Content(_) | Outcome::Asks(_) | Outcome::Lacks(..) => {}
    }
    outcome
}
