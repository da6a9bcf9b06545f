//! A small MCP client: what the demo plays the agent with.
//!
//! A crate of its own, because a client's half of the protocol is a quarter of what the program would have to compile,
//! and speed is of no use here.

use rmcp::{
    RoleClient, ServiceExt as _,
    model::{CallToolRequestParams, CallToolResult},
    service::RunningService,
};
use serde_json::Value;
use tokio::io::DuplexStream;

/// What went wrong, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

/// A session of a client that knows nothing but what the server tells it.
pub struct Agent {
    client: RunningService<RoleClient, ()>,
}

impl Agent {
    /// Connects to a server at the other end of a pipe, as to one on stdio.
    ///
    /// # Errors
    /// When the handshake fails.
    pub async fn connect(pipe: DuplexStream) -> Result<Self, Error> {
        let connected = ().serve(pipe).await;
        let client = connected.map_err(|error| Error(format!("no MCP connection: {error}")))?;
        Ok(Self { client })
    }

    /// The names of the tools.
    ///
    /// # Errors
    /// When the server answers with an error, as for the rest.
    pub async fn tools(&self) -> Result<Vec<String>, Error> {
        let listed = self.client.list_all_tools().await;
        let tools = listed.map_err(|error| Error(format!("tools/list: {error}")))?;
        Ok(tools
            .into_iter()
            .map(|tool| tool.name.into_owned())
            .collect())
    }

    /// The result of a call that should succeed.
    ///
    /// # Errors
    /// With what the server said, when it does not.
    pub async fn call(&self, tool: &'static str, arguments: Value) -> Result<Value, Error> {
        let result = self.send(tool, arguments).await?;
        match result.structured_content {
            Some(value) if result.is_error != Some(true) => Ok(value),
            _ => Err(Error(format!("{tool}: {}", text(&result)))),
        }
    }

    /// What the server says to a call that it should refuse.
    ///
    /// # Errors
    /// When it does not.
    pub async fn refused(&self, tool: &'static str, arguments: Value) -> Result<String, Error> {
        let result = self.send(tool, arguments).await?;
        if result.is_error == Some(true) && result.structured_content.is_none() {
            Ok(text(&result))
        } else {
            Err(Error(format!("{tool} was not refused: {}", text(&result))))
        }
    }

    /// Ends the session.
    pub async fn close(self) {
        // It is over either way.
        let _ = self.client.cancel().await;
    }

    async fn send(&self, tool: &'static str, arguments: Value) -> Result<CallToolResult, Error> {
        let arguments = match arguments {
            Value::Object(arguments) => arguments,
            _ => serde_json::Map::new(),
        };
        let params = CallToolRequestParams::new(tool).with_arguments(arguments);
        self.client
            .call_tool(params)
            .await
            .map_err(|error| Error(format!("{tool}: {error}")))
    }
}

fn text(result: &CallToolResult) -> String {
    result
        .content
        .iter()
        .filter_map(|block| Some(block.as_text()?.text.as_str()))
        .collect::<Vec<_>>()
        .join("\n")
}
