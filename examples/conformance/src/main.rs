//! `conformance-mcp http [PORT]` or `conformance-mcp stdio`.

use std::{
    env,
    error::Error,
    io::{self, Write as _},
    process::ExitCode,
};

use conformance_mcp::server;
use rft_mcp_runtime::transport::{
    http::{self, HttpOptions},
    on_signal,
    stdio::{self, StdioOptions},
};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let served = match arguments.next().as_deref() {
        Some("http") => serve_http(arguments.next()).await,
        Some("stdio") => serve_stdio().await,
        _ => {
            say("usage: conformance-mcp http [PORT] | stdio");
            return ExitCode::from(2);
        }
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn serve_http(port: Option<String>) -> Result<(), Box<dyn Error + Send + Sync>> {
    let port = port.as_deref().unwrap_or("8000").parse::<u16>()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    say(&format!(
        "listening on http://{}/mcp",
        listener.local_addr()?
    ));
    http::run(listener, server()?, HttpOptions::default(), on_signal()).await?;
    Ok(())
}

async fn serve_stdio() -> Result<(), Box<dyn Error + Send + Sync>> {
    let (input, output) = (tokio::io::stdin(), tokio::io::stdout());
    stdio::run(
        server()?,
        input,
        output,
        StdioOptions::default(),
        on_signal(),
    )
    .await?;
    Ok(())
}

/// On stderr: stdout belongs to the protocol.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
