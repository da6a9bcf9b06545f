//! Two processes with one token at the same moment: neither could see what the other was about to start. Each looks once
//! more when it has started something, and the younger one ends what it has just started, and nothing else. Whoever has
//! the oldest sees none that is older, so one always stays. What remains: a list that shows the other one too late
//! leaves both.

use std::{cmp::Ordering, time::Duration};

use serde_json::{Map, Value};

use super::Launch;
use crate::{
    pipeline::{
        request,
        template::{Scope, fill, follow},
    },
    tool::{Action, RequestSpec, ToolSpec, UndoSpec},
    upstream::Terms,
};

/// How long what another process sent at the same moment is waited for.
const WAIT: Duration = Duration::from_secs(1);

/// What another process started with the same token, before this one did.
pub(super) struct Older {
    pub(super) item: Value,
    /// What became of what this process started.
    pub(super) note: String,
}

/// Something that has the token: when it was started, and what it takes to end it.
struct Started {
    item: Value,
    age: f64,
    ended_by: Value,
}

impl Launch<'_> {
    /// Ends what this call has just started when there is an older one with its token, which is then given. A token of
    /// its own nobody else can have.
    pub(super) async fn give_way(&self, own: &Value) -> Option<Older> {
        let undo = self.once.undo.as_ref().filter(|_| self.is_given)?;
        let (tool, request) = self.ender(undo)?;
        let own = self.started(undo, own)?;
        tokio::time::sleep(WAIT).await;
        let mut oldest: Option<Started> = None;
        let walked = self
            .walk(|item| {
                if let Some(one) = self.started(undo, item)
                    && oldest.as_ref().is_none_or(|oldest| one.is_before(oldest))
                {
                    oldest = Some(one);
                }
                false
            })
            .await;
        if let Err(why) = walked {
            // It is started, which is what was asked for.
            tracing::warn!(
                tool = self.call.spec.name,
                why,
                "could not look whether it was started twice"
            );
        }
        let oldest = oldest.filter(|one| one.is_before(&own))?;
        let record = &self.call.context.record;
        record.named(tool.name, &own.ended_by.to_string());
        let ended = self.end(tool, request, &own.ended_by).await;
        let (input, name, what) = (self.once.input, tool.name, &own.ended_by);
        let note = match ended {
            Ok(()) => format!(
                "Another process started this with the same {input} a moment before: that one stays, and what this call \
                 started was ended again by `{name}` with {what}."
            ),
            Err(why) => format!(
                "Another process started this with the same {input} a moment before. What this call started could not \
                 be ended ({why}): end it now, with `{name}` and {what}."
            ),
        };
        Some(Older {
            item: oldest.item,
            note,
        })
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

    fn started(&self, undo: &UndoSpec, item: &Value) -> Option<Started> {
        let scope = Scope {
            replies: std::slice::from_ref(item),
            null_is_absent: true,
            ..self.scope()
        };
        let mut input = Map::new();
        for (name, template) in undo.with {
            input.insert((*name).to_owned(), fill(template, scope).ok()??);
        }
        Some(Started {
            age: follow(item, undo.age.path)?.as_f64()?,
            ended_by: Value::Object(input),
            item: item.clone(),
        })
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

impl Started {
    /// Whether it was started before another; of the same moment, one has to be the first for everybody.
    fn is_before(&self, other: &Self) -> bool {
        let name = |one: &Self| one.ended_by.to_string();
        match self.age.total_cmp(&other.age) {
            Ordering::Equal => name(self) < name(other),
            order => order == Ordering::Less,
        }
    }
}
