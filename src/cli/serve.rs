//! `serve`.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use axum::Router;
use clap::{
    Args, ValueEnum,
    builder::{StringValueParser, TypedValueParser as _},
};
use rft_mcp_runtime::{
    engine::Settings,
    server::Server,
    transport::{
        http::{self, AllowedHost, AllowedOrigin, HttpOptions, SseOptions},
        on_signal,
        stdio::{self, StdioOptions},
    },
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::data_dir::own;
#[cfg(feature = "watches")]
use crate::watching::{Watching, heard};
#[cfg(feature = "watches")]
use rft_mcp_runtime::engine::Context;

use super::{
    Error,
    provider::Choice,
    roots::or_here,
    safety::{Safety, sealing},
    say, threads,
};
#[cfg(feature = "watches")]
use super::{
    database::Database,
    looks::Looks,
    webhooks::{self, Webhooks},
};

/// Serves the tools over MCP.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    provider: Choice,
    /// What to serve on: stdio for a client that starts this process, http for Streamable HTTP on /mcp, sse for
    /// that and the deprecated HTTP+SSE on /sse
    #[arg(long, value_enum, default_value_t = Transport::Stdio)]
    transport: Transport,
    /// The address to bind; beyond this machine only behind something that asks who calls
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port to bind; 0 for any that is free
    #[arg(long, default_value_t = 8000)]
    port: u16,
    #[command(flatten)]
    safety: Safety,
    /// A file with a key of 32 bytes or more, the same for every replica: an answer of a person that one server asked
    /// for then counts at the others, and after a restart. Or the key itself in the variable `RFT_MCP_STATE_KEY`
    #[arg(long, value_name = "FILE")]
    state_key_file: Option<PathBuf>,
    /// Serve only tools that change nothing
    #[arg(long)]
    read_only: bool,
    /// The tool sets to serve, with commas between them
    #[arg(long, value_delimiter = ',', value_parser = StringValueParser::new().map(|name| name.trim().to_owned()))]
    sets: Option<Vec<String>>,
    /// A directory whose files may be uploaded and written to. Over stdio the working directory when none is given,
    /// unless that is your home or the whole disk; over HTTP none
    #[arg(long, value_name = "DIR")]
    files_root: Vec<PathBuf>,
    /// The directory to keep watches of jobs and unfinished uploads in; $XDG_DATA_HOME/rft-mcp, or else
    /// ~/.local/share/rft-mcp, once there are any. Servers of one machine share it
    #[arg(long, value_name = "DIR", env = "RFT_MCP_DATA_DIR")]
    data_dir: Option<PathBuf>,
    #[cfg(feature = "watches")]
    #[command(flatten)]
    database: Database,
    #[cfg(feature = "watches")]
    #[command(flatten)]
    webhooks: Webhooks,
    #[cfg(feature = "watches")]
    #[command(flatten)]
    looks: Looks,
    /// A Host header to accept besides this machine's names, for a proxy
    #[arg(long, value_name = "HOST")]
    allowed_host: Vec<AllowedHost>,
    /// An Origin to accept besides pages of this machine
    #[arg(long, value_name = "ORIGIN")]
    allowed_origin: Vec<AllowedOrigin>,
    /// Seconds to wait for a connection to the provider
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    connect_timeout: Option<u64>,
    /// Seconds for one request to the provider
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    request_timeout: Option<u64>,
    /// Seconds that running calls may take once the server is asked to end
    #[arg(long, default_value_t = 10)]
    drain: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Transport {
    Stdio,
    Http,
    Sse,
}

impl Serve {
    pub fn run(self) -> Result<ExitCode, Error> {
        let threads = threads()?;
        let outcome = threads.block_on(self.serve());
        // A read of stdin that waits for a line can not be taken back, and must not hold the process.
        threads.shutdown_background();
        outcome.map(|()| ExitCode::SUCCESS)
    }

    async fn serve(self) -> Result<(), Error> {
        let mut limits = crate::TABLE.server.limits;
        limits.connect_seconds = self.connect_timeout.unwrap_or(limits.connect_seconds);
        limits.request_seconds = self.request_timeout.unwrap_or(limits.request_seconds);
        let sealing = sealing(self.state_key_file.clone())?;
        let mut settings = Settings {
            sets: self.sets.clone(),
            read_only: self.read_only,
            limits: Some(limits),
            files_roots: match self.transport {
                Transport::Stdio => or_here(self.files_root.clone()),
                Transport::Http | Transport::Sse => self.files_root.clone(),
            },
            data_dir: self.data_dir.clone().or_else(own),
            ..Settings::default()
        };
        self.safety.clone().apply(&mut settings);
        let engine = self.provider.clone().engine(&settings).await?;
        let server = Server::sealing(engine.clone(), env!("CARGO_PKG_VERSION"), &sealing);
        let shutdown = on_signal();
        #[cfg_attr(
            not(feature = "watches"),
            expect(unused_mut, reason = "nothing comes beside MCP")
        )]
        let mut beside = Router::new();
        #[cfg(feature = "watches")]
        {
            // Who may change nothing pauses nothing.
            let looks_after = !settings.read_only;
            let database = self.database.clone();
            let directory = settings.data_dir.clone();
            // They come over HTTP only.
            let secret = match self.transport {
                Transport::Stdio => None,
                Transport::Http | Transport::Sse => webhooks::heard()?,
            };
            let watching = database
                .watching(directory, looks_after, shutdown.child_token())?
                .rationed(self.looks.ration())
                .telling(self.webhooks.hook()?)
                .hearing(secret.is_some());
            let context = Context::new(engine.clone());
            let begun = watching.begin(&context).await;
            engine.keep(watching);
            if let Err(error) = begun {
                say(&format!("watches are not looked after: {error}"));
                Watching::retry(context);
            }
            if let Some(secret) = secret {
                beside = heard::ear(engine.clone(), secret);
            }
        }
        let outcome = self.over(server, beside, shutdown).await;
        #[cfg(feature = "watches")]
        if let Some(watching) = engine.kept::<Watching>() {
            watching.end().await;
        }
        outcome
    }

    /// Serves over the transport that was chosen, until it ends.
    async fn over(
        self,
        server: Server,
        beside: Router,
        shutdown: CancellationToken,
    ) -> Result<(), Error> {
        let drain = Duration::from_secs(self.drain);
        if self.transport == Transport::Stdio {
            let mut options = StdioOptions::default();
            options.drain = drain;
            stdio::run(
                server,
                tokio::io::stdin(),
                tokio::io::stdout(),
                options,
                shutdown,
            )
            .await?;
            return Ok(());
        }
        let what = format!("listen on {}:{}", self.host, self.port);
        let bound = TcpListener::bind((self.host.as_str(), self.port))
            .await
            .map_err(Error::io(what))?;
        let address: SocketAddr = bound.local_addr().map_err(Error::io("read the address"))?;
        let mut options = HttpOptions::default();
        options.allowed_hosts = self.allowed_host;
        options.allowed_origins = self.allowed_origin;
        options.drain = drain;
        options.beside = beside;
        options.sse = (self.transport == Transport::Sse).then(SseOptions::default);
        say(&format!("listening on http://{address}/mcp"));
        if options.sse.is_some() {
            say(&format!(
                "listening on http://{address}/sse (deprecated by the protocol: prefer /mcp)"
            ));
        }
        http::run(bound, server, options, shutdown).await?;
        Ok(())
    }
}
