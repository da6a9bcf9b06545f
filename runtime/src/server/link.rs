//! The client of a call, as MCP reaches it.
#![expect(
    deprecated,
    reason = "sampling, roots and logging are deprecated, and there are clients and servers with them"
)]

use std::sync::Arc;

use futures::future::BoxFuture;
use rmcp::{
    RoleServer,
    model::{
        ClientCapabilities, CreateMessageRequest, CreateMessageRequestParams, ElicitRequest,
        ElicitRequestParams, ElicitationCapability, InputRequest, ListRootsRequest, LoggingLevel,
        LoggingMessageNotificationParam, ProgressNotificationParam, ProgressToken,
        RootsCapabilities, SamplingCapability, SamplingMessage,
    },
    service::{Peer, RequestContext},
};
use serde_json::Value;

use super::{is_modern, tasks::Task};
use crate::{
    client::{Level, Link, Question},
    tool::Ask,
};

/// The way to the client of one request.
#[derive(Debug)]
pub(super) struct PeerLink {
    peer: Peer<RoleServer>,
    /// Whether it answers with its next call rather than at once.
    modern: bool,
    capabilities: ClientCapabilities,
    progress: Option<ProgressToken>,
    /// The least that it wants to be told; `None` for nothing.
    level: Option<LoggingLevel>,
    /// What the call is or may become.
    task: Option<Arc<Task>>,
}

impl PeerLink {
    /// The link of a request. `level` is that of its session, `None` where there is no session.
    pub(super) fn new(
        context: &RequestContext<RoleServer>,
        level: Option<LoggingLevel>,
        task: Option<Arc<Task>>,
    ) -> Self {
        let modern = is_modern(context);
        let capabilities = context.client_capabilities().unwrap_or_default();
        Self {
            peer: context.peer.clone(),
            modern,
            // Nothing reaches a client of old without a session.
            capabilities: if modern || level.is_some() {
                capabilities
            } else {
                ClientCapabilities::default()
            },
            progress: context.meta.get_progress_token(),
            level: if modern {
                context.meta.log_level()
            } else {
                level
            },
            task,
        }
    }

    /// The task that the call runs as by now.
    fn task(&self) -> Option<&Task> {
        self.task.as_deref().filter(|task| task.waits())
    }
}

impl Link for PeerLink {
    fn can(&self, ask: Ask) -> bool {
        match ask {
            // One that names what it can do can do no more; one that names nothing shows forms.
            Ask::Elicitation => {
                let asked = self.capabilities.elicitation.as_ref();
                asked.is_some_and(|can| can.form.is_some() || can.url.is_none())
            }
            Ask::Sampling => self.capabilities.sampling.is_some(),
            Ask::Roots => self.capabilities.roots.is_some(),
        }
    }

    fn answers_later(&self) -> bool {
        self.modern && self.task().is_none()
    }

    fn progress(
        &self,
        done: f64,
        total: Option<f64>,
        message: Option<String>,
    ) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if let (Some(task), Some(message)) = (&self.task, &message) {
                task.tell(message.clone());
            }
            let Some(token) = self.progress.clone().filter(|_| self.task().is_none()) else {
                return;
            };
            let mut progress = ProgressNotificationParam::new(token, done);
            progress.total = total;
            progress.message = message;
            // A client that is gone need not know.
            let _ = self.peer.notify_progress(progress).await;
        })
    }

    fn log(&self, level: Level, data: Value) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let level = logging(level);
            if self
                .level
                .is_some_and(|least| weight(level) >= weight(least))
            {
                let message = LoggingMessageNotificationParam::new(level, data);
                let _ = self.peer.notify_logging_message(message).await;
            }
        })
    }

    fn ask(&self, key: &str, question: Question) -> Option<BoxFuture<'_, Result<Value, String>>> {
        if let Some(task) = self.task() {
            let key = key.to_owned();
            return Some(Box::pin(async move { task.ask(&key, question).await }));
        }
        if self.modern {
            return None;
        }
        Some(Box::pin(async move {
            let failed = |error: String| format!("the client could not be asked: {error}");
            let answer = match question {
                Question::Elicit { message, form } => {
                    let asked = elicit(message, form)?;
                    let answer = self.peer.create_elicitation(asked).await;
                    answer.map(serde_json::to_value)
                }
                Question::Sample { prompt, max_tokens } => {
                    let answer = self.peer.create_message(sample(&prompt, max_tokens)).await;
                    answer.map(serde_json::to_value)
                }
                Question::Roots => self.peer.list_roots().await.map(serde_json::to_value),
            };
            let answer = answer.map_err(|error| failed(error.to_string()))?;
            answer.map_err(|error| failed(error.to_string()))
        }))
    }
}

/// A question inside of an answer.
pub(super) fn input_request(question: Question) -> Result<InputRequest, String> {
    Ok(match question {
        Question::Elicit { message, form } => {
            InputRequest::Elicitation(ElicitRequest::new(elicit(message, form)?))
        }
        Question::Sample { prompt, max_tokens } => {
            InputRequest::CreateMessage(CreateMessageRequest::new(sample(&prompt, max_tokens)))
        }
        Question::Roots => InputRequest::ListRoots(ListRootsRequest::default()),
    })
}

/// The capabilities that a client must declare to be asked.
pub(super) fn required(asks: &[Ask]) -> ClientCapabilities {
    let mut capabilities = ClientCapabilities::default();
    for ask in asks {
        match ask {
            Ask::Elicitation => capabilities.elicitation = Some(ElicitationCapability::default()),
            Ask::Sampling => capabilities.sampling = Some(SamplingCapability::default()),
            Ask::Roots => capabilities.roots = Some(RootsCapabilities::default()),
        }
    }
    capabilities
}

fn elicit(message: String, form: Value) -> Result<ElicitRequestParams, String> {
    let form = serde_json::from_value(form).map_err(|error| {
        format!("the form that was to be asked is none that clients take: {error}")
    })?;
    Ok(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message,
        requested_schema: form,
    })
}

fn sample(prompt: &str, max_tokens: u32) -> CreateMessageRequestParams {
    CreateMessageRequestParams::new(vec![SamplingMessage::user_text(prompt)], max_tokens)
}

fn logging(level: Level) -> LoggingLevel {
    match level {
        Level::Debug => LoggingLevel::Debug,
        Level::Info => LoggingLevel::Info,
        Level::Notice => LoggingLevel::Notice,
        Level::Warning => LoggingLevel::Warning,
        Level::Error => LoggingLevel::Error,
        Level::Critical => LoggingLevel::Critical,
        Level::Alert => LoggingLevel::Alert,
        Level::Emergency => LoggingLevel::Emergency,
    }
}

fn weight(level: LoggingLevel) -> u8 {
    match level {
        LoggingLevel::Debug => 0,
        LoggingLevel::Info => 1,
        LoggingLevel::Notice => 2,
        LoggingLevel::Warning => 3,
        LoggingLevel::Error => 4,
        LoggingLevel::Critical => 5,
        LoggingLevel::Alert => 6,
        LoggingLevel::Emergency => 7,
    }
}
