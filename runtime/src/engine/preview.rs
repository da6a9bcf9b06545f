//! What calls would send, for whoever wants to see it first.

use serde_json::{Map, Value};

use super::{Context, Engine, Outcome, Request};
use crate::{
    client::Client,
    pipeline::{self, Prepared},
    tool::ToolSpec,
};

impl Engine {
    /// What a call would send first, without sending it; nothing for a tool without requests of its own, for which
    /// there is [`Engine::rehearse`].
    ///
    /// # Errors
    /// What the call would fail with.
    pub fn plan(&self, tool: &str, arguments: Map<String, Value>) -> Result<Vec<Request>, String> {
        let (spec, prepared, context) = self.planned(tool)?;
        let planned = pipeline::plan::plan(spec, prepared, &context, arguments);
        planned.map_err(unplanned)
    }

    /// What a tool in Rust would send first, found by running it where nothing is sent; nothing for one that sends
    /// nothing. The engine sends nothing from then on: make one for this alone.
    ///
    /// # Errors
    /// What the call would fail with before it sends anything.
    pub async fn rehearse(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
    ) -> Result<Vec<Request>, String> {
        let (spec, prepared, context) = self.planned(tool)?;
        let planned = pipeline::plan::rehearse(spec, prepared, &context, arguments).await;
        planned.map_err(unplanned)
    }

    /// A tool that is served.
    fn planned(&self, tool: &str) -> Result<(&'static ToolSpec, &Prepared, Context), String> {
        let (spec, slot) = self.find(tool).map_err(|unknown| unknown.message)?;
        if let Some(reason) = self.why_not(spec) {
            return Err(reason);
        }
        let prepared = slot.prepared.get_or_init(|| Prepared::new(spec));
        let prepared = prepared.as_ref().map_err(Clone::clone)?;
        Ok((spec, prepared, self.context(Client::default())))
    }
}

/// Why there is no plan, for whoever asked for it.
fn unplanned(outcome: Outcome) -> String {
    match outcome {
        Outcome::Failed(message) | Outcome::Lacks(_, message) => message,
        other => format!("{other:?}"),
    }
}
