//! Serves a sandbox until Ctrl-C: `cargo run -p rft-mcp-sandbox --example sandbox -- [PORT] [SPEED] [SCENARIO]`.
#![expect(clippy::print_stdout, reason = "an example says where it listens")]

use std::error::Error;

use rft_mcp_sandbox::{Config, Sandbox};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().map_or(Ok(0), |port| port.parse())?;
    let speed: f64 = arguments.next().map_or(Ok(1.0), |speed| speed.parse())?;
    let scenario = arguments.next().as_deref().unwrap_or("healthy").parse()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}/v1 (simulated)", listener.local_addr()?);
    let sandbox = Sandbox::new(Config {
        speed,
        scenario,
        ..Config::default()
    });
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            println!("no signal to wait for: {error}");
        }
    };
    sandbox.serve(listener, interrupted).await?;
    Ok(())
}
