//! The client of a request, and what becomes of what is asked of it.

use std::collections::BTreeMap;

use rmcp::{
    ErrorData, RoleServer,
    model::{InputRequiredResult, InputResponses},
    service::RequestContext,
};
use serde_json::Value;

use super::{
    Handler, is_modern,
    link::{self, PeerLink},
    rounds::Round,
};
use crate::{
    client::{Client, Question, Unanswered},
    tool::{Ask, ClientUse},
};

impl Handler {
    /// The client of a request, and the round that the request is. `subject` is what is asked for; it is made only
    /// where the server asks back.
    pub(super) fn client(
        &self,
        context: &RequestContext<RoleServer>,
        method: &str,
        subject: impl FnOnce() -> Value,
        responses: Option<InputResponses>,
        state: Option<&str>,
    ) -> Result<(Option<Round>, Client), ErrorData> {
        let ClientUse { asks, logs, .. } = self.table().server.client;
        let round = if !asks.is_empty() && is_modern(context) {
            let rounds = &self.server.shared.rounds;
            Some(rounds.open(method, &subject(), responses, state)?)
        } else {
            None
        };
        if round.is_none()
            && asks.is_empty()
            && !logs
            && context.meta.get_progress_token().is_none()
        {
            return Ok((None, Client::default()));
        }
        let answers = round.as_ref().map(|round| round.answers.clone());
        let level = self.session.as_ref().map(|session| session.level());
        let link = PeerLink::new(context, level);
        Ok((
            round,
            Client::new(Box::new(link), answers.unwrap_or_default()),
        ))
    }

    pub(super) fn ask(
        &self,
        round: Option<Round>,
        questions: BTreeMap<String, Question>,
    ) -> Result<InputRequiredResult, ErrorData> {
        let Some(round) = round else {
            return Err(ErrorData::internal_error(
                "a question without a round",
                None,
            ));
        };
        let mut result = self.server.shared.rounds.ask(&round, questions)?;
        result.meta = Some(self.server.meta());
        Ok(result)
    }
}

/// Why a prompt or a resource was not given.
pub(super) fn unanswered_error(
    unanswered: Unanswered,
    context: &RequestContext<RoleServer>,
    data: Option<Value>,
) -> ErrorData {
    match unanswered {
        Unanswered::Lacks(asks, _) if is_modern(context) => lacks(&asks),
        Unanswered::Failed(message) | Unanswered::Lacks(_, message) => {
            ErrorData::internal_error(message, data)
        }
        Unanswered::Asks(_) => ErrorData::internal_error("a question was not asked", data),
    }
}

pub(super) fn lacks(asks: &[Ask]) -> ErrorData {
    ErrorData::missing_required_client_capability(link::required(asks))
}
