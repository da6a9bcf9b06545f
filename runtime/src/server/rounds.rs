//! Calls in several rounds: what a client was asked and answered travels with it, sealed, for no session keeps it.

use std::{collections::BTreeMap, fmt, time::Duration};

use rmcp::{
    ErrorData,
    model::{
        InputRequests, InputRequiredResult, InputResponses, RequestStateCodec, RequestStateError,
        SealOptions,
    },
};
use secrecy::{ExposeSecret as _, SecretSlice};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::link::input_request;
use crate::{
    client::{Client, Question},
    sorted::sorted,
};

/// How long a person may take to answer.
const PATIENCE: Duration = Duration::from_secs(24 * 60 * 60);
/// How long whether to make a call: what it costs, and what else was started, is another matter tomorrow.
const CONFIRM_PATIENCE: Duration = Duration::from_secs(30 * 60);

/// How what travels is sealed.
#[derive(Debug, Clone, Default)]
pub struct Sealing {
    /// A key that other processes have too, so that each opens what another sealed. One of its own when `None`.
    pub key: Option<SealingKey>,
    /// How long a person may take to say whether a call is to be made; half an hour when `None`.
    pub patience: Option<Duration>,
}

/// A key to seal with. It does not print.
#[derive(Debug, Clone)]
pub struct SealingKey(SecretSlice<u8>);

/// A key that is too short to seal with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the key has {length} bytes and needs {} or more: make one with `openssl rand -hex 32`",
    RequestStateCodec::MIN_KEY_LENGTH
)]
pub struct SealingKeyError {
    /// How long it is, in bytes.
    pub length: usize,
}

impl SealingKey {
    /// A key of these bytes, which nobody may guess.
    ///
    /// # Errors
    /// When they are too few.
    pub fn new(key: Vec<u8>) -> Result<Self, SealingKeyError> {
        let length = key.len();
        if length < RequestStateCodec::MIN_KEY_LENGTH {
            return Err(SealingKeyError { length });
        }
        Ok(Self(key.into()))
    }
}

/// Seals and opens what travels.
pub(super) struct Rounds {
    codec: RequestStateCodec,
    patience: Duration,
    /// Who answers: what was agreed to at one provider is not at another.
    place: String,
}

impl fmt::Debug for Rounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rounds").finish_non_exhaustive()
    }
}

/// A call that may take several rounds: what it is, and what was answered.
#[derive(Debug)]
pub(super) struct Round {
    subject: Vec<u8>,
    pub(super) answers: BTreeMap<String, Value>,
    /// What the call kept in earlier rounds.
    pub(super) kept: Map<String, Value>,
    /// The name of what was sealed; `None` in the first round.
    pub(super) name: Option<String>,
}

/// What travels.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    /// Its own name, so that it can be told whether it served before.
    name: String,
    answers: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    kept: Map<String, Value>,
}

impl Rounds {
    /// With the key that was given, or one that nobody has, so that what another process sealed is refused.
    pub(super) fn new(sealing: &Sealing, place: String) -> Self {
        let codec = if let Some(SealingKey(key)) = &sealing.key {
            RequestStateCodec::new_unchecked(key.expose_secret())
        } else {
            let mut key = [0; RequestStateCodec::MIN_KEY_LENGTH];
            if let Err(error) = getrandom::fill(&mut key) {
                // Of sources that are there from the first moment on. What is sealed with a key that may be guessed is
                // what the client said itself.
                tracing::error!(%error, "there is no randomness for a key");
            }
            RequestStateCodec::new_unchecked(key)
        };
        Self {
            codec,
            patience: sealing.patience.unwrap_or(CONFIRM_PATIENCE),
            place,
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
        let subject = json!([method, self.place, sorted(subject)]);
        let subject = subject.to_string().into_bytes();
        let (mut answers, kept, name) = match state {
            None => (BTreeMap::new(), Map::new(), None),
            Some(state) => {
                let opened = self.codec.open_json_with::<State>(state, &subject);
                let state = opened.map_err(|error| refused(&error))?;
                (state.answers, state.kept, Some(state.name))
            }
        };
        answers.extend(responses.unwrap_or_default());
        Ok(Round {
            subject,
            answers,
            kept,
            name,
        })
    }

    /// The answer that says what the client has to answer.
    pub(super) fn ask(
        &self,
        round: &Round,
        client: &Client,
        questions: BTreeMap<String, Question>,
    ) -> Result<InputRequiredResult, ErrorData> {
        let internal = |message: String| ErrorData::internal_error(message, None);
        let requests = questions
            .into_iter()
            .map(|(key, question)| Ok((key, input_request(question)?)));
        let requests = requests.collect::<Result<InputRequests, String>>();
        let (kept, answers) = client.carry(&round.answers);
        let patience = if kept.is_empty() {
            PATIENCE
        } else {
            self.patience
        };
        let options = SealOptions::new()
            .associated_data(&round.subject)
            .ttl(patience);
        let state = State {
            name: uuid::Uuid::new_v4().to_string(),
            answers,
            kept,
        };
        let state = self.codec.seal_json_with(&state, &options);
        let state = state.map_err(|error| internal(error.to_string()))?;
        Ok(InputRequiredResult::new(
            Some(requests.map_err(internal)?),
            Some(state),
        ))
    }
}

fn refused(error: &RequestStateError) -> ErrorData {
    let message = match error {
        RequestStateError::Expired => {
            "the answer came too late, and nothing was sent: call again without `requestState` and \
             `inputResponses`, to be asked anew"
                .to_owned()
        }
        other => format!(
            "`requestState` is not what this server gave for this request ({other}): it serves only the same tool \
             with the same arguments at the same provider. Nothing was sent: call again without `requestState` and \
             `inputResponses`, to be asked anew"
        ),
    };
    ErrorData::invalid_params(message, None)
}
