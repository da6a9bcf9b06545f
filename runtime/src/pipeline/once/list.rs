//! Looks in the provider's list for what has the token of a launch.

use std::{cmp::Ordering, time::Duration};

use serde_json::{Map, Value};

use crate::{
    engine::Engine,
    pipeline::{
        request, scope,
        template::{Scope, fill, follow},
    },
    tool::{Action, Bounds, Effect, OnceSpec, PageSpec, RequestSpec, ToolSpec, UndoSpec},
    upstream::{Terms, UpstreamError},
};

/// How often what a lost answer may have started is looked for, since lists lag.
const LOOKS: u32 = 5;
/// The wait before the second look; it doubles from look to look.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// A list that takes longer does not help.
const LOOK_SECONDS: u64 = 30;

/// The provider's list of what a tool starts, looked through for a token.
pub(super) struct List<'c> {
    pub(super) engine: &'c Engine,
    pub(super) once: &'static OnceSpec,
    /// Of the call, with the token.
    pub(super) input: &'c Value,
    pub(super) token: &'c str,
}

/// Why it is not known whether a list has something.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unlisted {
    /// The provider could not be asked, or did not answer as it should.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// Its answer is no whole list.
    #[error("{0}")]
    Broken(String),
}

/// When something that has the token was started, and what it takes to end it.
pub(super) struct Started {
    age: f64,
    pub(super) ended_by: Value,
}

impl List<'_> {
    /// Looks for what was started until it is there, or the list has had the time to show it.
    pub(super) async fn search(&self) -> Result<Vec<Value>, Unlisted> {
        let (mut wait, mut found) = (FIRST_WAIT, self.look().await);
        for _ in 1..LOOKS {
            if found.as_ref().is_ok_and(|found| !found.is_empty()) {
                break;
            }
            tokio::time::sleep(wait).await;
            wait *= 2;
            found = self.look().await;
        }
        found
    }

    /// What has the token, newest first. An answer that is no whole list proves nothing, and is an error.
    pub(super) async fn look(&self) -> Result<Vec<Value>, Unlisted> {
        let (found, walked) = self.walk().await;
        if found.is_empty() {
            walked?;
        }
        Ok(found)
    }

    /// What has the token, and whether the list came to its end. What was started at the same moment is side by side in
    /// it, so a page without any after one with some is the end too.
    pub(super) async fn walk(&self) -> (Vec<Value>, Result<(), Unlisted>) {
        let mut found = Vec::new();
        let walked = self.pages(&mut found).await;
        (found, walked)
    }

    async fn pages(&self, found: &mut Vec<Value>) -> Result<(), Unlisted> {
        let upstream = self.engine.upstream();
        let (tool, spec, page) = self.tool()?;
        let mut input = self.list_input(tool)?;
        let terms = Terms {
            effect: Effect::Read,
            bounds: Bounds {
                timeout_seconds: Some(LOOK_SECONDS),
                ..tool.bounds
            },
            is_list: true,
        };
        let mut seen: Option<Value> = None;
        for _ in 0..page.max_pages {
            let request = request::request(
                spec,
                Scope {
                    input: &input,
                    ..self.scope()
                },
            );
            let request = request.map_err(|error| Unlisted::Broken(error.to_string()))?;
            let mut reply = upstream.send(&request, terms).await?;
            let Some(items) = page.items(&mut reply.body) else {
                return Err(broken("its answer has no list"));
            };
            let before = found.len();
            found.extend(items.iter().filter(|item| self.has_token(item)).cloned());
            if before > 0 && found.len() == before {
                return Ok(());
            }
            let (body, more) = (&reply.body, page.says_more(&reply.body));
            let cursor = if reply.is_cut && page.is_by_item() {
                follow(body, page.after.path).cloned()
            } else {
                page.cursor(body)
            };
            let Some(cursor) = cursor else {
                if reply.is_cut || more {
                    return Err(broken("its answer ends early"));
                }
                return Ok(());
            };
            if seen.as_ref() == Some(&cursor) {
                return Err(broken("it gave the same page twice"));
            }
            if let Value::Object(input) = &mut input {
                input.insert(page.input.to_owned(), cursor.clone());
            }
            seen = Some(cursor);
        }
        Err(Unlisted::Broken(format!(
            "it has more than the {} pages that are walked, and none of them shows it",
            page.max_pages
        )))
    }

    fn has_token(&self, item: &Value) -> bool {
        let found = self
            .once
            .path
            .iter()
            .try_fold(item, |value, name| value.get(*name));
        found.and_then(Value::as_str) == Some(self.token)
    }

    /// The tool that lists what was started.
    fn tool(
        &self,
    ) -> Result<(&'static ToolSpec, &'static RequestSpec, &'static PageSpec), Unlisted> {
        let engine = self.engine;
        let mut tools = engine.table().tools.iter();
        let tool = tools.find(|tool| tool.name == self.once.find);
        let lacks = engine.upstream().provider().spec.lacks;
        match tool {
            Some(tool) if !lacks.contains(&tool.name) => match &tool.action {
                Action::Http {
                    requests: [request],
                    page: Some(page),
                    ..
                } => Ok((tool, request, page)),
                _ => Err(broken("it lists nothing")),
            },
            _ => Err(broken("the provider does not have it")),
        }
    }

    /// The inputs of that tool, but for those that the provider lacks.
    fn list_input(&self, tool: &ToolSpec) -> Result<Value, Unlisted> {
        let lacks = self.engine.upstream().provider().spec.lacks;
        let lacked = |name: &str| {
            let mut features = tool.features.iter();
            features.any(|feature| {
                feature.at.strip_prefix("/properties/") == Some(name)
                    && lacks.contains(&feature.name)
            })
        };
        let mut input = Map::new();
        for (name, template) in self.once.with {
            if lacked(name) {
                continue;
            }
            let filled = fill(template, self.scope());
            if let Some(value) = filled.map_err(|error| Unlisted::Broken(error.to_string()))? {
                input.insert((*name).to_owned(), value);
            }
        }
        Ok(Value::Object(input))
    }

    /// The oldest of what has the token, which is the one that stays, and the others.
    pub(super) fn oldest(&self, mut found: Vec<Value>) -> Option<(Value, Vec<Value>)> {
        // The list has it last.
        let mut oldest = found.pop()?;
        let undo = self.once.undo.as_ref();
        let started = |item: &Value| undo.and_then(|undo| self.started(undo, item));
        let mut others: Vec<Value> = Vec::new();
        for item in found {
            match (started(&item), started(&oldest)) {
                (Some(one), Some(other)) if one.is_before(&other) => {
                    others.push(std::mem::replace(&mut oldest, item));
                }
                _ => others.push(item),
            }
        }
        let mut younger: Vec<Value> = Vec::new();
        for item in others {
            let mut known = std::iter::once(&oldest).chain(&younger);
            if !known.any(|known| self.is_same(known, &item)) {
                younger.push(item);
            }
        }
        Some((oldest, younger))
    }

    /// Whether two are one, whatever became of it between two looks.
    pub(super) fn is_same(&self, one: &Value, other: &Value) -> bool {
        let undo = self.once.undo.as_ref();
        let name = |item| undo.and_then(|undo| self.started(undo, item));
        match (name(one), name(other)) {
            (Some(one), Some(other)) => one.ended_by == other.ended_by,
            _ => one == other,
        }
    }

    pub(super) fn started(&self, undo: &UndoSpec, item: &Value) -> Option<Started> {
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
        })
    }

    fn scope(&self) -> Scope<'_> {
        scope(self.input, self.engine.upstream())
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

fn broken(why: &str) -> Unlisted {
    Unlisted::Broken(why.to_owned())
}
