//! Calls in several rounds: what a client answered travels with it, sealed, for no session keeps it.

use std::{collections::BTreeMap, time::Duration};

use rmcp::{
    ErrorData,
    model::{InputRequests, InputRequiredResult, InputResponses, RequestStateCodec, SealOptions},
};
use serde_json::Value;

use super::link::input_request;
use crate::client::Question;

/// How long a person may take to answer.
const PATIENCE: Duration = Duration::from_secs(24 * 60 * 60);

/// Seals and opens what travels.
#[derive(Debug)]
pub(super) struct Rounds {
    codec: RequestStateCodec,
}

/// A call that may take several rounds: what it is, and what was answered.
#[derive(Debug)]
pub(super) struct Round {
    subject: Vec<u8>,
    pub(super) answers: BTreeMap<String, Value>,
}

impl Rounds {
    /// With a key that nobody has, so that what another process sealed is refused.
    pub(super) fn new() -> Self {
        let mut key = [0; RequestStateCodec::MIN_KEY_LENGTH];
        if let Err(error) = getrandom::fill(&mut key) {
            // Of sources that are there from the first moment on. What is sealed with a key that may be guessed is
            // what the client said itself.
            tracing::error!(%error, "there is no randomness for a key");
        }
        Self {
            codec: RequestStateCodec::new_unchecked(key),
        }
    }

    /// The round that a request begins, or goes on with. `subject` is what is called, with what.
    pub(super) fn open(
        &self,
        method: &str,
        subject: &Value,
        responses: Option<InputResponses>,
        state: Option<&str>,
    ) -> Result<Round, ErrorData> {
        let mut subject = sorted(subject).to_string().into_bytes();
        subject.extend_from_slice(method.as_bytes());
        let mut answers = match state {
            None => BTreeMap::new(),
            Some(state) => {
                let opened = self.codec.open_json_with(state, &subject);
                opened.map_err(|error| {
                    let message = format!(
                        "`requestState` is not what this server gave for this request ({error}): \
                         call again without it"
                    );
                    ErrorData::invalid_params(message, None)
                })?
            }
        };
        answers.extend(responses.unwrap_or_default());
        Ok(Round { subject, answers })
    }

    /// The answer that says what the client has to answer.
    pub(super) fn ask(
        &self,
        round: &Round,
        questions: BTreeMap<String, Question>,
    ) -> Result<InputRequiredResult, ErrorData> {
        let internal = |message: String| ErrorData::internal_error(message, None);
        let requests = questions
            .into_iter()
            .map(|(key, question)| Ok((key, input_request(question)?)));
        let requests = requests.collect::<Result<InputRequests, String>>();
        let options = SealOptions::new()
            .associated_data(&round.subject)
            .ttl(PATIENCE);
        let state = self.codec.seal_json_with(&round.answers, &options);
        let state = state.map_err(|error| internal(error.to_string()))?;
        Ok(InputRequiredResult::new(
            Some(requests.map_err(internal)?),
            Some(state),
        ))
    }
}

/// The same value with its keys in order: a client may send them in another.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            let members = members
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)));
            Value::Object(members.collect())
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
