//! The client of a request, and what becomes of what is asked of it.

use std::{collections::BTreeMap, sync::Arc};

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
    tasks::Task,
};
use crate::{
    client::{Client, Question, Unanswered, Who},
    tool::{Ask, ClientUse},
};

impl Handler {
    /// The client of a request, and the round that the request is. `subject` is what is asked for; it is made only
    /// where the server asks back. `confirms` is whether the person is asked before it is done.
    pub(super) fn client(
        &self,
        context: &RequestContext<RoleServer>,
        task: Option<&Arc<Task>>,
        method: &str,
        confirms: bool,
        subject: impl FnOnce() -> Value,
        (responses, state): (Option<InputResponses>, Option<&str>),
    ) -> Result<(Option<Round>, Client), ErrorData> {
        let ClientUse { asks, logs, .. } = self.table().server.client;
        let asks = confirms || !asks.is_empty();
        let round = if asks && is_modern(context) {
            let rounds = &self.server.shared.rounds;
            Some(rounds.open(method, &subject(), responses, state)?)
        } else {
            None
        };
        let silent =
            task.is_none() && !asks && !logs && context.meta.get_progress_token().is_none();
        let client = if silent {
            Client::default()
        } else {
            let level = self.session.as_ref().map(|session| session.level());
            let link = Box::new(PeerLink::new(context, level, task.cloned()));
            match &round {
                None => Client::new(link),
                Some(Round {
                    answers,
                    kept,
                    name,
                    ..
                }) => Client::in_round(link, answers.clone(), kept.clone(), name.clone()),
            }
        };
        let logged = self.server.shared.engine.audit().is_some();
        Ok((
            round,
            if logged {
                client.called(who(context))
            } else {
                client
            },
        ))
    }

    pub(super) fn ask(
        &self,
        round: Option<Round>,
        client: &Client,
        questions: BTreeMap<String, Question>,
    ) -> Result<InputRequiredResult, ErrorData> {
        let Some(round) = round else {
            return Err(ErrorData::internal_error(
                "a question without a round",
                None,
            ));
        };
        let mut result = self.server.shared.rounds.ask(&round, client, questions)?;
        result.meta = Some(self.server.meta());
        Ok(result)
    }
}

/// What a client says of itself, and its session.
fn who(context: &RequestContext<RoleServer>) -> Who {
    let info = context.client_info();
    let parts = context.extensions.get::<axum::http::request::Parts>();
    let session = parts.and_then(|parts| parts.headers.get("mcp-session-id")?.to_str().ok());
    Who {
        name: info.as_ref().map(|info| info.name.clone()),
        version: info.map(|info| info.version),
        session: session.map(str::to_owned),
        user: None,
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
