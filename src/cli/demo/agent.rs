//! The demo's agent, beside the server in one process.

use rft_mcp_agent::Agent;
use rft_mcp_runtime::{
    server::Server,
    transport::{
        self,
        stdio::{self, StdioOptions},
    },
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::failed;
use crate::cli::Error;

/// As many bytes as may wait between client and server.
const PIPE: usize = 64 * 1024;

/// Connects to a server in this process as to one on stdio.
pub async fn connect(server: Server) -> Result<Agent, Error> {
    Ok(serve(server).await?.0)
}

/// The same, and the session of the server, which ends after the agent's.
pub async fn serve(
    server: Server,
) -> Result<(Agent, JoinHandle<Result<(), transport::Error>>), Error> {
    let (ours, theirs) = tokio::io::duplex(PIPE);
    let (reader, writer) = tokio::io::split(theirs);
    let session = tokio::spawn(stdio::run(
        server,
        reader,
        writer,
        StdioOptions::default(),
        CancellationToken::new(),
    ));
    Ok((Agent::connect(ours).await?, session))
}

impl From<rft_mcp_agent::Error> for Error {
    fn from(error: rft_mcp_agent::Error) -> Self {
        failed(&error.to_string())
    }
}
