//! The demo's agent: an MCP client that knows nothing but what the server tells it.

use rft_mcp_runtime::{
    server::Server,
    transport::stdio::{self, StdioOptions},
};
use rmcp::{
    RoleClient, ServiceExt as _,
    model::{CallToolRequestParams, CallToolResult},
    service::RunningService,
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::failed;
use crate::cli::Error;

/// As many bytes as may wait between client and server.
const PIPE: usize = 64 * 1024;

pub struct Agent {
    client: RunningService<RoleClient, ()>,
}

impl Agent {
    /// Connects to a server in this process as to one on stdio.
    pub async fn connect(server: Server) -> Result<Self, Error> {
        let (ours, theirs) = tokio::io::duplex(PIPE);
        let (reader, writer) = tokio::io::split(theirs);
        tokio::spawn(stdio::run(
            server,
            reader,
            writer,
            StdioOptions::default(),
            CancellationToken::new(),
        ));
        let connected = ().serve(ours).await;
        let client = connected.map_err(|error| failed(&format!("no MCP connection: {error}")))?;
        Ok(Self { client })
    }

    /// The names of the tools.
    pub async fn tools(&self) -> Result<Vec<String>, Error> {
        let listed = self.client.list_all_tools().await;
        let tools = listed.map_err(|error| failed(&format!("tools/list: {error}")))?;
        Ok(tools
            .into_iter()
            .map(|tool| tool.name.into_owned())
            .collect())
    }

    /// The result of a call that should succeed.
    pub async fn call(&self, tool: &'static str, arguments: Value) -> Result<Value, Error> {
        let result = self.send(tool, arguments).await?;
        match result.structured_content {
            Some(value) if result.is_error != Some(true) => Ok(value),
            _ => Err(failed(&format!("{tool}: {}", text(&result)))),
        }
    }

    /// What the server says to a call that it should refuse.
    pub async fn refused(&self, tool: &'static str, arguments: Value) -> Result<String, Error> {
        let result = self.send(tool, arguments).await?;
        if result.is_error == Some(true) && result.structured_content.is_none() {
            Ok(text(&result))
        } else {
            Err(failed(&format!(
                "{tool} was not refused: {}",
                text(&result)
            )))
        }
    }

    pub async fn close(self) {
        // The demo is over either way.
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
            .map_err(|error| failed(&format!("{tool}: {error}")))
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
