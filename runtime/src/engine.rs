//! A table, a provider and settings, put together: what every transport and the command line call.

use std::{borrow::Cow, sync::Arc};

use serde_json::{Map, Value};

use crate::tool::{Table, ToolSpec};

/// Serves calls of a table's tools on one provider. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    table: &'static Table,
}

/// What a call gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The result, an object that fits the tool's output schema.
    Done(Map<String, Value>),
    /// What went wrong and what to do next, for the agent to read.
    Failed(String),
}

/// There is no tool of this name in the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct UnknownTool {
    /// Says so, with the nearest name.
    pub message: String,
}

/// What a native tool may use besides its input.
#[derive(Debug, Clone)]
pub struct Context {
    /// The engine that runs it.
    pub engine: Engine,
}

impl Engine {
    /// The table it serves.
    #[must_use]
    pub fn table(&self) -> &'static Table {
        self.inner.table
    }

    /// The tools that are served: in the chosen sets, not lacking at the provider, and reads only when read-only.
    pub fn tools(&self) -> impl Iterator<Item = &'static ToolSpec> {
        self.table().tools.iter()
    }

    /// The server's instructions, with the provider's notice.
    #[must_use]
    pub fn instructions(&self) -> Cow<'static, str> {
        self.table().server.instructions.into()
    }

    /// Calls a tool.
    ///
    /// # Errors
    /// When there is no such tool. Everything else that can go wrong is [`Outcome::Failed`].
    pub async fn call(&self, _tool: &str, _arguments: Map<String, Value>) -> Result<Outcome, UnknownTool> {
        Ok(Outcome::Failed(String::new()))
    }
}
