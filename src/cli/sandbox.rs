//! `sandbox`.

use std::{process::ExitCode, time::Duration};

use clap::Args;
use rft_mcp_sandbox::{Config, Flavour, Scenario};
use tokio::net::TcpListener;

use rft_mcp_runtime::transport::on_signal;

use super::{Error, say, threads};

/// How many times faster than life jobs run where nobody says: an hour in a minute.
pub const SPEED: f64 = 60.0;

/// How long requests may be answered after the signal to end.
const DRAIN: Duration = Duration::from_secs(5);

/// What it is, for `--help`.
pub const ABOUT: &str = r#"Run the simulated provider

Everything it answers is simulated: no model is trained and nothing is billed.

It fails where it is asked to: POST /sandbox/faults takes rules such as
  {"route": "POST /v1/fine_tuning/jobs", "count": 2, "fault": {"status": 503}}
with the faults {"status": N}, {"latency_ms": N}, {"drop": "before" | "during" | "after"} and {"malformed": true}; GET
shows them, DELETE takes them away. /sandbox in a browser shows what goes on."#;

/// Runs the simulated provider.
#[derive(Debug, Args)]
pub struct Sandbox {
    /// The port to bind on 127.0.0.1; 0 for any that is free
    #[arg(long, default_value_t = 8765)]
    port: u16,
    /// The provider whose differences it shows: openai, azure or bedrock
    #[arg(long, default_value = "openai")]
    flavour: Flavour,
    /// Refuse requests without a key, as real providers do; azure and bedrock always do, and any key will do
    #[arg(long)]
    require_key: bool,
    /// How many times faster than life jobs run
    #[arg(long, default_value_t = SPEED, allow_negative_numbers = true)]
    speed: f64,
    /// What becomes of jobs: healthy, plateau, collapse, reward-hacking, parse-errors, failure or slow-queue
    #[arg(long, default_value = "healthy")]
    scenario: Scenario,
    /// How many jobs it holds
    #[arg(long, value_name = "NUMBER", default_value_t = Config::default().job_limit)]
    jobs: usize,
    /// The seed of everything that looks like chance
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

impl Sandbox {
    pub fn run(self) -> Result<ExitCode, Error> {
        if !(self.speed.is_finite() && self.speed > 0.0) {
            return Err(Error::Usage(
                "--speed: expected a number above 0".to_owned(),
            ));
        }
        threads()?.block_on(async {
            let what = format!("listen on 127.0.0.1:{}", self.port);
            let listener = TcpListener::bind(("127.0.0.1", self.port))
                .await
                .map_err(Error::io(what))?;
            let address = listener
                .local_addr()
                .map_err(Error::io("read the address"))?;
            let sandbox = rft_mcp_sandbox::Sandbox::new(Config {
                flavour: self.flavour,
                requires_key: self.require_key,
                speed: self.speed,
                scenario: self.scenario,
                seed: self.seed,
                job_limit: self.jobs,
                examples: Some(crate::examples()),
                ..Config::default()
            });
            say(&format!(
                "sandbox listening on http://{address}{} (simulated)",
                self.flavour.base_path()
            ));
            if self.flavour == Flavour::Azure {
                say(&format!(
                    "and, with a dated api-version, on http://{address}/openai"
                ));
            }
            say("files to train on: file-sandbox-train, file-sandbox-valid");
            let shutdown = on_signal();
            let served = sandbox.serve(listener, shutdown.clone().cancelled_owned());
            let drained = async {
                shutdown.cancelled().await;
                tokio::time::sleep(DRAIN).await;
            };
            tokio::select! {
                served = served => served.map_err(Error::io("serve the sandbox"))?,
                () = drained => say("requests that were still answered are dropped"),
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

/// Starts a sandbox inside this process, on a free port and for as long as the process lives; its base URL.
pub async fn start(config: Config) -> Result<String, Error> {
    let what = "open a port for the sandbox";
    let listener = TcpListener::bind(("127.0.0.1", 0))
        .await
        .map_err(Error::io(what))?;
    let address = listener.local_addr().map_err(Error::io(what))?;
    let base = config.flavour.base_path();
    let sandbox = rft_mcp_sandbox::Sandbox::new(config);
    tokio::spawn(async move {
        if let Err(error) = sandbox.serve(listener, std::future::pending()).await {
            tracing::error!(%error, "the sandbox ended");
        }
    });
    Ok(format!("http://{address}{base}"))
}
