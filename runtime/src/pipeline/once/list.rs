//! Looks in the provider's list for what has the token of a launch.

use std::time::Duration;

use serde_json::{Map, Value};

use super::Launch;
use crate::{
    pipeline::{
        request,
        template::{Scope, fill, follow},
    },
    tool::{Action, Bounds, Effect, PageSpec, RequestSpec, ToolSpec},
    upstream::Terms,
};

/// How often what a lost answer may have started is looked for, since lists lag.
const LOOKS: u32 = 5;
/// The wait before the second look; it doubles from look to look.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// A list that takes longer does not help.
const LOOK_SECONDS: u64 = 30;

impl Launch<'_> {
    /// Looks for what was started until it is there, or the list has had the time to show it.
    pub(super) async fn search(&self) -> Result<Vec<Value>, String> {
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
    pub(super) async fn look(&self) -> Result<Vec<Value>, String> {
        let (found, walked) = self.walk().await;
        if found.is_empty() {
            walked?;
        }
        Ok(found)
    }

    /// What has the token, and whether the list came to its end. What was started at the same moment is side by side in
    /// it, so a page without any after one with some is the end too.
    pub(super) async fn walk(&self) -> (Vec<Value>, Result<(), String>) {
        let mut found = Vec::new();
        let walked = self.pages(&mut found).await;
        (found, walked)
    }

    async fn pages(&self, found: &mut Vec<Value>) -> Result<(), String> {
        let upstream = self.call.context.engine.upstream();
        let (tool, spec, page) = self.list()?;
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
            let request = request.map_err(|error| error.to_string())?;
            let reply = upstream.send(&request, terms).await;
            let mut reply = reply.map_err(|error| error.to_string())?;
            let Some(items) = page.items(&mut reply.body) else {
                return Err("its answer has no list".to_owned());
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
                    return Err("its answer ends early".to_owned());
                }
                return Ok(());
            };
            if seen.as_ref() == Some(&cursor) {
                return Err("it gave the same page twice".to_owned());
            }
            if let Value::Object(input) = &mut input {
                input.insert(page.input.to_owned(), cursor.clone());
            }
            seen = Some(cursor);
        }
        Err(format!(
            "it has more than the {} pages that are walked, and none of them shows it",
            page.max_pages
        ))
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
    fn list(&self) -> Result<(&'static ToolSpec, &'static RequestSpec, &'static PageSpec), String> {
        let engine = &self.call.context.engine;
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
                _ => Err("it lists nothing".to_owned()),
            },
            _ => Err("the provider does not have it".to_owned()),
        }
    }

    /// The inputs of that tool, but for those that the provider lacks.
    fn list_input(&self, tool: &ToolSpec) -> Result<Value, String> {
        let lacks = self.call.context.engine.upstream().provider().spec.lacks;
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
            if let Some(value) = fill(template, self.scope()).map_err(|error| error.to_string())? {
                input.insert((*name).to_owned(), value);
            }
        }
        Ok(Value::Object(input))
    }
}
