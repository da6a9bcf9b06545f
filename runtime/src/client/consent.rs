//! Asking whether a call may be made. A client that answers with its next call carries along, sealed, what it was asked:
//! an answer to a question that was not asked, or was asked otherwise, counts for nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Asked, Client, Elicited, Question, lock};
use crate::tool::{Ask, FunctionError};

/// The question's key among those of a call.
const KEY: &str = "confirm_call";
const MESSAGE: &str = "message";
const TOKEN: &str = "token";

/// What a person answered.
#[derive(Debug)]
pub(crate) struct Consent {
    pub(crate) elicited: Elicited,
    /// The round that the answer came with; `None` where it was waited for.
    pub(crate) round: Option<String>,
}

/// What a call in several rounds remembers, as it travels.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Memory {
    /// By name, for whoever kept it.
    pub(crate) kept: Map<String, Value>,
    /// The keys of answers that count no more.
    pub(crate) forgotten: BTreeSet<String>,
}

impl Asked {
    /// The answer to what was asked in an earlier round. When that was something else, what is asked `now` is kept.
    fn answer_to(&self, question: &Question, now: Value) -> Option<Value> {
        let answer = self.answers.get(KEY);
        let mut memory = lock(&self.memory);
        if memory.kept.get(KEY) == Some(&now) {
            return answer
                .filter(|answer| question.is_answered_by(answer))
                .cloned();
        }
        memory.forgotten.insert(KEY.to_owned());
        memory.kept.insert(KEY.to_owned(), now);
        None
    }
}

impl Client {
    /// Whether the person can be asked.
    pub(crate) fn can_confirm(&self) -> bool {
        self.link().is_some_and(|link| link.can(Ask::Elicitation))
    }

    /// The token that an earlier round of this call was asked about.
    pub(crate) fn confirmed_token(&self) -> Option<String> {
        let asked = self.asked.as_ref()?;
        let memory = lock(&asked.memory);
        let token = memory.kept.get(KEY)?.get(TOKEN)?.as_str()?;
        Some(token.to_owned())
    }

    /// Asks the person whether to go on. `token` is what the call is known by in its next round.
    pub(crate) async fn confirm(
        &self,
        message: &str,
        token: Option<&str>,
    ) -> Result<Consent, FunctionError> {
        let question = Question::Elicit {
            message: message.to_owned(),
            form: json!({ "type": "object", "properties": {} }),
        };
        let Some(asked) = &self.asked else {
            return Err(FunctionError("nobody is there to be asked".to_owned()));
        };
        if asked.link.answers_later() {
            let now = json!({ MESSAGE: message, TOKEN: token });
            if let Some(answer) = asked.answer_to(&question, now) {
                return Ok(Consent {
                    elicited: Elicited::of(&answer),
                    round: asked.round.clone(),
                });
            }
            lock(&asked.wanted).insert(KEY.to_owned(), question);
            asked.wake.notify_one();
            // `drive` ends this call.
            return std::future::pending().await;
        }
        let Some(answer) = asked.link.ask(KEY, question.clone()) else {
            return Err(FunctionError("the client takes no question".to_owned()));
        };
        let answer = answer.await.map_err(FunctionError)?;
        if !question.is_answered_by(&answer) {
            let message = "the client's answer is none to the question";
            return Err(FunctionError(message.to_owned()));
        }
        Ok(Consent {
            elicited: Elicited::of(&answer),
            round: None,
        })
    }

    /// What is to travel to the next round besides the question, and the answers that still count.
    pub(crate) fn carry(
        &self,
        answers: &BTreeMap<String, Value>,
    ) -> (Map<String, Value>, BTreeMap<String, Value>) {
        let mut answers = answers.clone();
        let Some(asked) = &self.asked else {
            return (Map::new(), answers);
        };
        let memory = lock(&asked.memory);
        answers.retain(|key, _| !memory.forgotten.contains(key));
        (memory.kept.clone(), answers)
    }
}
