//! A server of the manifest beside it, over stdio, with the first provider of its `providers.yaml`.

use std::{env, error::Error, process::ExitCode};

use rft_mcp_runtime::{
    engine::{Engine, Settings},
    server::Server,
    transport::{
        on_signal,
        stdio::{self, StdioOptions},
    },
    upstream::Provider,
};

/// What `manifest/` was compiled to.
#[allow(
    dead_code,
    reason = "the trait has no use before the manifest names a function"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/manifest.rs"));
}

/// The functions that the manifest names with `native` and `$call`, none so far: the compiler says which are missing.
struct Functions;

impl generated::Handlers for Functions {}

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // On stderr: stdout belongs to the protocol.
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error + Send + Sync>> {
    let table = generated::Manifest::<Functions>::TABLE;
    let provider = match table.providers.first() {
        Some(spec) => Provider::resolve(spec, None, &|name| env::var(name).ok())?,
        None => Provider::none()?,
    };
    let engine = Engine::new(table, provider, &Settings::default())?;
    let server = Server::new(engine, env!("CARGO_PKG_VERSION"));
    let (input, output) = (tokio::io::stdin(), tokio::io::stdout());
    stdio::run(server, input, output, StdioOptions::default(), on_signal()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Functions, generated};

    /// Calls each tool as the examples in `manifest/` do, before a provider that answers as they say.
    #[tokio::test]
    async fn the_examples_of_the_manifest_hold() {
        let table = generated::Manifest::<Functions>::TABLE;
        let report = rft_mcp_testing::examples("manifest", table).await.unwrap();
        println!("{report}");
        assert!(report.holds(), "{report}");
    }
}
