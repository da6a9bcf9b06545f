//! The server whose start is measured.

mod manifest;

use rft_mcp_runtime::transport::stdio::{self, StdioOptions};

#[tokio::main]
async fn main() {
    let server = manifest::server("http://127.0.0.1:9", Vec::new());
    let never = tokio_util::sync::CancellationToken::new();
    stdio::run(server, tokio::io::stdin(), tokio::io::stdout(), StdioOptions::default(), never).await.unwrap();
}
