//! The demo's agent, beside the server in one process.

use rft_mcp_agent::Agent;
use rft_mcp_runtime::{
    server::Server,
    transport::stdio::{self, StdioOptions},
};
use tokio_util::sync::CancellationToken;

use super::failed;
use crate::cli::Error;

/// As many bytes as may wait between client and server.
const PIPE: usize = 64 * 1024;

/// Connects to a server in this process as to one on stdio.
pub async fn connect(server: Server) -> Result<Agent, Error> {
    let (ours, theirs) = tokio::io::duplex(PIPE);
    let (reader, writer) = tokio::io::split(theirs);
    tokio::spawn(stdio::run(
        server,
        reader,
        writer,
        StdioOptions::default(),
        CancellationToken::new(),
    ));
    Ok(Agent::connect(ours).await?)
}

impl From<rft_mcp_agent::Error> for Error {
    fn from(error: rft_mcp_agent::Error) -> Self {
        failed(&error.to_string())
    }
}
