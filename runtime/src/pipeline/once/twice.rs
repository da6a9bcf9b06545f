//! What was started twice with one token. Two processes at the same moment could not see what the other was about to
//! start; and a request that was sent again, since the list did not show what the lost one had started, has started it
//! twice when the list was late. Whoever started something in such a case looks once more, and ends the younger of what
//! it may have started itself. Whoever has the oldest sees none that is older, so one always stays. What remains: a list
//! that shows the other one too late leaves both, and a later call with the token tells of both.

use std::time::Duration;

use serde_json::Value;

use super::{Launch, list::Started};
use crate::{
    pipeline::{request, template::Scope},
    tool::{Action, RequestSpec, ToolSpec, UndoSpec},
    upstream::Terms,
};

/// How long what another process sent at the same moment is waited for.
const WAIT: Duration = Duration::from_secs(1);

/// How long what a request that was lost started is waited for, when it was sent again.
const LATE: Duration = Duration::from_secs(8);

/// What stays of what has the token.
pub(super) struct Stays {
    pub(super) item: Value,
    /// How it came to be, and what became of the others.
    pub(super) note: String,
}

impl Launch<'_> {
    /// Ends what this call has just started when there is an older one with its token, which is then given; and what it
    /// started before, in an attempt that was lost. A token of its own, sent once, nobody else can have.
    pub(super) async fn give_way(&self, own: &Value, lost: Option<&str>) -> Option<Stays> {
        let undo = self.once.undo.as_ref()?;
        if !self.is_given && lost.is_none() {
            return None;
        }
        self.ender(undo)?;
        self.list().started(undo, own)?;
        tokio::time::sleep(lost.map_or(WAIT, |_| LATE)).await;
        let (mut found, walked) = self.list().walk().await;
        if let Err(why) = walked {
            // It is started, which is what was asked for.
            tracing::warn!(
                tool = self.call.spec.name,
                %why,
                "could not look whether it was started twice"
            );
        }
        // The list may not show it yet.
        found.push(own.clone());
        let (item, younger) = self.list().oldest(found)?;
        let input = self.once.input;
        match lost {
            None if self.list().is_same(&item, own) => None,
            None => {
                let ended = self.end_all(undo, std::slice::from_ref(own)).await;
                let note = format!(
                    "Another process started this with the same {input} a moment before: that one stays. {ended}"
                );
                Some(Stays { item, note })
            }
            Some(_) if younger.is_empty() => None,
            Some(lost) => {
                let ended = self.end_all(undo, &younger).await;
                let note = format!(
                    "It was sent again after an attempt that the list did not show ({lost}), and that attempt had \
                     started it too: the oldest stays. {ended}"
                );
                Some(Stays { item, note })
            }
        }
    }

    /// What stays of what was found when the answer was lost, and before it perhaps another one.
    pub(super) async fn settle(
        &self,
        found: Vec<Value>,
        failure: &str,
        lost: Option<&str>,
    ) -> Option<Stays> {
        let (item, younger) = self.list().oldest(found)?;
        let input = self.once.input;
        let rest = match (lost, &self.once.undo) {
            // All of them may be this call's.
            (Some(_), Some(undo)) if !younger.is_empty() => {
                let ended = self.end_all(undo, &younger).await;
                format!(" An attempt before it had started it too: the oldest stays. {ended}")
            }
            _ => self.told(&younger),
        };
        let note = format!(
            "The answer was lost ({failure}); it was started once, and found by its {input}.{rest}"
        );
        Some(Stays { item, note })
    }

    /// What is said of others that have the token, which a call that started none of them does not end.
    pub(super) fn told(&self, others: &[Value]) -> String {
        let Some(undo) = self.once.undo.as_ref().filter(|_| !others.is_empty()) else {
            return String::new();
        };
        let named = others
            .iter()
            .filter_map(|item| self.list().started(undo, item));
        let named: Vec<String> = named.map(|one| one.ended_by.to_string()).collect();
        format!(
            " It was started more than once, and the oldest is given. Look whether the others have ended, and end each \
             that has not with `{}`: {}.",
            undo.tool,
            named.join(", ")
        )
    }

    /// Ends what this call started, one after the other; and what is to be said of it.
    async fn end_all(&self, undo: &UndoSpec, items: &[Value]) -> String {
        let mut said: Vec<String> = Vec::new();
        for item in items {
            let Some(Started { ended_by, .. }) = self.list().started(undo, item) else {
                continue;
            };
            let ended = match self.ender(undo) {
                Some((tool, request)) => {
                    let record = &self.call.context.record;
                    record.named(tool.name, &ended_by.to_string());
                    self.end(tool, request, &ended_by).await
                }
                None => Err("the provider has no such tool".to_owned()),
            };
            let name = undo.tool;
            said.push(match ended {
                Ok(()) => {
                    format!("What this call started was ended again by `{name}` with {ended_by}.")
                }
                Err(why) => format!(
                    "What this call started could not be ended ({why}): end it now, with `{name}` and {ended_by}."
                ),
            });
        }
        said.join(" ")
    }

    /// The tool that ends what was started, where the provider has it.
    fn ender(&self, undo: &UndoSpec) -> Option<(&'static ToolSpec, &'static RequestSpec)> {
        let engine = &self.call.context.engine;
        let mut tools = engine.table().tools.iter();
        let tool = tools.find(|tool| tool.name == undo.tool)?;
        if engine.lacked(tool).is_some() {
            return None;
        }
        match &tool.action {
            Action::Http {
                requests: [request],
                ..
            } => Some((tool, request)),
            _ => None,
        }
    }

    async fn end(
        &self,
        tool: &ToolSpec,
        request: &'static RequestSpec,
        input: &Value,
    ) -> Result<(), String> {
        let scope = Scope {
            input,
            ..self.scope()
        };
        let request = request::request(request, scope).map_err(|error| error.to_string())?;
        let terms = Terms {
            effect: tool.effect,
            bounds: tool.bounds,
            is_list: false,
        };
        let upstream = self.call.context.engine.upstream();
        let sent = upstream.send(&request, terms).await;
        sent.map(|_| ()).map_err(|error| error.to_string())
    }
}
