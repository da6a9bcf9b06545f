//! Calls that may become tasks, and how any call is answered.

use std::{borrow::Cow, sync::Arc};

use futures::future::BoxFuture;
use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolResponse, CallToolResult, ConstString, ContentBlock, CreateTaskResult, JsonObject,
        MetaObject,
    },
    service::RequestContext,
};
use serde_json::{Map, Value};

use super::{
    Handler,
    calls::{Calls, Stopped},
    content,
    exchange::lacks,
    is_modern, misshapen,
    rounds::Round,
    tasks::{self, End, Owner, Task},
};
use crate::{
    client::Client,
    engine::{Outcome, UnknownTool},
};

/// How a call begins.
pub(super) enum Begun {
    /// As one that may become a task, or not.
    Call(Option<Arc<Task>>),
    /// Not at all; the text says why.
    Full(String),
}

/// What a call comes to.
type Called = Result<Outcome, UnknownTool>;

impl Handler {
    /// The task that a call may become: its tool runs as one, and the client takes tasks.
    pub(super) fn begin_task(
        &self,
        tool: &str,
        context: &RequestContext<RoleServer>,
    ) -> Result<Begun, ErrorData> {
        let engine = &self.server.shared.engine;
        let mut runs = self.table().tools.iter().filter(|spec| spec.task.is_some());
        let Some((spec, effect)) = runs
            .find(|spec| spec.name == tool)
            .filter(|spec| engine.why_not(spec).is_none())
            .and_then(|served| Some((served.task?, served.effect)))
        else {
            return Ok(Begun::Call(None));
        };
        let takes = is_modern(context)
            && context
                .client_capabilities()
                .is_some_and(|can| can.supports_tasks());
        if !takes {
            return if spec.required {
                Err(tasks::required(tool))
            } else {
                Ok(Begun::Call(None))
            };
        }
        let tasks = &self.server.shared.tasks;
        let begun = tasks.begin(spec, effect, Owner::of(context));
        Ok(match begun {
            None if spec.required => Begun::Full(tasks::full(tool)),
            begun => Begun::Call(begun),
        })
    }

    /// Calls a tool within its request for as long as its manifest says, and then as a task.
    pub(super) async fn call_as_task(
        &self,
        task: Arc<Task>,
        context: RequestContext<RoleServer>,
        round: Option<Round>,
        client: Client,
        name: Cow<'static, str>,
        arguments: Map<String, Value>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut call: BoxFuture<'static, Called> = {
            let (server, client, name) = (self.server.clone(), client.clone(), name.clone());
            Box::pin(async move {
                let engine = &server.shared.engine;
                engine.call_for(client, &name, arguments).await
            })
        };
        // Held from before the request ends until the task does: at no moment does the call seem to be done.
        let held = self.calls.hold();
        let early = tokio::time::timeout(task.after(), &mut call);
        match self.calls.run(&context.ct, early).await {
            Err(stopped) => Err(stopped.into_error(&name)),
            Ok(Ok(outcome)) => self.answer(outcome.map_err(unknown)?, round, &client, true),
            Ok(Err(_)) => {
                task.hand_over();
                self.server.shared.tasks.keep(&task);
                let shown = task.shown();
                let (meta, calls) = (self.server.meta(), self.calls.clone());
                tokio::spawn(async move {
                    let _held = held;
                    run(meta, &calls, &task, call, &name).await;
                });
                let result = CreateTaskResult::new(shown).with_meta(self.server.meta());
                Ok(CallToolResponse::Task(result))
            }
        }
    }

    /// The task that a request is about.
    pub(super) fn find_task<M: ConstString>(
        &self,
        id: &str,
        context: &RequestContext<RoleServer>,
    ) -> Result<Arc<Task>, ErrorData> {
        // Where no tool runs as a task the SDK refuses, for the extension is not advertised.
        if !is_modern(context) {
            return Err(misshapen::not_served::<M>());
        }
        let tasks = &self.server.shared.tasks;
        tasks.find(id, &Owner::of(context))
    }

    /// What the client of a call is told.
    pub(super) fn answer(
        &self,
        outcome: Outcome,
        round: Option<Round>,
        client: &Client,
        modern: bool,
    ) -> Result<CallToolResponse, ErrorData> {
        if let Outcome::Asks(questions) = outcome {
            return Ok(self.ask(round, client, questions)?.into());
        }
        let mut result = result(outcome, modern)?;
        if modern {
            result.meta = Some(self.server.meta());
        }
        Ok(result.into())
    }

    /// The result of a call that was not made.
    pub(super) fn failed(
        &self,
        message: String,
        context: &RequestContext<RoleServer>,
    ) -> CallToolResult {
        let mut result = CallToolResult::error(vec![ContentBlock::text(message)]);
        if is_modern(context) {
            result.meta = Some(self.server.meta());
        }
        result
    }
}

pub(super) fn unknown(unknown: UnknownTool) -> ErrorData {
    ErrorData::invalid_params(unknown.message, None)
}

/// Runs a call to its end, or until it is stopped; one that only reads no longer than its task lives.
async fn run(
    meta: MetaObject,
    calls: &Calls,
    task: &Task,
    call: BoxFuture<'static, Called>,
    tool: &str,
) {
    let call = calls.go_on(task.stop(), call);
    let ended = match task.stops() {
        None => call.await,
        Some(stops) => {
            let Ok(ended) = tokio::time::timeout_at(stops, call).await else {
                tracing::warn!(tool, "a task was stopped at the end of its life");
                return task.end(End::Cancelled);
            };
            ended
        }
    };
    task.end(match ended {
        Err(Stopped::Cancelled) => End::Cancelled,
        Err(stopped) => End::Failed(stopped.into_error(tool)),
        Ok(Err(error)) => End::Failed(unknown(error)),
        Ok(Ok(outcome)) => match complete(meta, outcome) {
            Ok(result) => End::Completed(result),
            Err(error) => End::Failed(error),
        },
    });
}

fn complete(meta: MetaObject, outcome: Outcome) -> Result<JsonObject, ErrorData> {
    let mut result = result(outcome, true)?;
    result.meta = Some(meta);
    match serde_json::to_value(result) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(ErrorData::internal_error("the result is no object", None)),
    }
}

fn result(outcome: Outcome, modern: bool) -> Result<CallToolResult, ErrorData> {
    Ok(match outcome {
        Outcome::Done(object) => CallToolResult::structured(Value::Object(object)),
        Outcome::Shown(object, blocks) => {
            let mut result = CallToolResult::structured(Value::Object(object));
            result
                .content
                .extend(blocks.into_iter().map(content::block));
            result
        }
        Outcome::Content(blocks) => {
            CallToolResult::success(blocks.into_iter().map(content::block).collect())
        }
        Outcome::Asks(_) => {
            let message = "a question was not asked: call the tool again";
            return Err(ErrorData::internal_error(message, None));
        }
        Outcome::Lacks(asks, _) if modern => return Err(lacks(&asks)),
        // Never structured: what is structured is a promise to fit the output schema.
        Outcome::Failed(message) | Outcome::Lacks(_, message) => {
            CallToolResult::error(vec![ContentBlock::text(message)])
        }
    })
}

#[cfg(test)]
mod tests;
