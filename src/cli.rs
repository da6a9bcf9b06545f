//! The command line.

mod call;
mod check;
mod curve;
mod data;
#[cfg(feature = "watches")]
mod database;
mod demo;
mod example;
mod grader;
#[cfg(feature = "watches")]
mod looks;
#[cfg(feature = "authors")]
mod manifest;
mod preview;
mod provider;
mod roots;
mod safety;
mod sandbox;
mod schema;
mod secret;
mod serve;
mod terminal;
mod tools;
mod watch;
#[cfg(feature = "watches")]
mod webhooks;

use std::{io::Write as _, process::ExitCode, sync::OnceLock};

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use rft_mcp_runtime::transport::may_log;
use tracing_subscriber::{
    EnvFilter, filter::filter_fn, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// An MCP server for reinforcement fine-tuning (RFT), compiled from a YAML manifest.
///
/// Agents launch, watch, pause, resume and judge jobs on OpenAI, Azure and Bedrock. Try it without a key:
/// `rft-mcp demo`.
#[derive(Debug, Parser)]
#[command(name = "rft-mcp", version, arg_required_else_help = true)]
struct Cli {
    /// How log lines on stderr look; `RUST_LOG` says which there are (`debug`, say), but never the arguments of calls
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Human)]
    log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the tools over MCP
    Serve(serve::Serve),
    /// Call one tool and print its result as JSON
    Call(call::Call),
    /// List the tools
    Tools(tools::Tools),
    /// Print the tools' schemas
    Schema(schema::Schema),
    /// Check a manifest
    #[cfg(feature = "authors")]
    #[command(subcommand)]
    Manifest(manifest::Manifest),
    /// Watch a job until it ends
    Watch(watch::Watch),
    /// Check files of examples
    #[command(subcommand)]
    Data(data::Data),
    /// Check a grader
    #[command(subcommand)]
    Grader(grader::Grader),
    /// Run the simulated provider
    #[command(long_about = sandbox::ABOUT)]
    Sandbox(sandbox::Sandbox),
    /// Watch a whole job on the simulated provider, checked at every step
    Demo(demo::Demo),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What completes this command line in a shell.
fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "rft-mcp", &mut script);
    let script = String::from_utf8_lossy(&script);
    match shell {
        // clap_complete takes the hyphen of the program's name for a space where it names what a subcommand is
        // completed with, and not where it looks for that.
        Shell::Bash => script.replace("rft__subcmd__mcp", "rft__mcp"),
        _ => script.into_owned(),
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    log(cli.log_format);
    let outcome = match cli.command {
        Command::Serve(serve) => serve.run(),
        Command::Call(call) => call.run(),
        Command::Tools(tools) => tools.run(),
        Command::Schema(schema) => schema.run(),
        #[cfg(feature = "authors")]
        Command::Manifest(manifest) => manifest.run(),
        Command::Watch(watch) => watch.run(),
        Command::Data(data) => data.run(),
        Command::Grader(grader) => grader.run(),
        Command::Sandbox(sandbox) => sandbox.run(),
        Command::Demo(demo) => demo.run(),
        Command::Completions { shell } => print(&completions(shell)).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|error| {
        complain(&error.to_string());
        error.code()
    })
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Provider(#[from] rft_mcp_runtime::upstream::ProviderError),
    #[error(transparent)]
    Engine(#[from] rft_mcp_runtime::engine::EngineError),
    #[error(transparent)]
    Transport(#[from] rft_mcp_runtime::transport::Error),
    #[error("could not {what}: {source}")]
    Io {
        what: String,
        source: std::io::Error,
    },
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Demo(String),
    #[error("{0}")]
    Watch(String),
}

impl Error {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        |source| Self::Io {
            what: what.into(),
            source,
        }
    }

    /// 2 where the command line is to be mended, 1 otherwise.
    fn code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::Engine(_) => ExitCode::from(2),
            Self::Provider(_)
            | Self::Transport(_)
            | Self::Io { .. }
            | Self::Demo(_)
            | Self::Watch(_) => ExitCode::FAILURE,
        }
    }
}

/// The format that was chosen.
static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// The target of what is said to people where all lines are of one form; no filter takes it away.
const SAID: &str = "rft_mcp::said";

fn log(format: LogFormat) {
    let _ = FORMAT.set(format);
    let wanted = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_default();
    let filter = match wanted.trim() {
        "" => Ok(EnvFilter::new("info")),
        wanted => wanted.parse::<EnvFilter>(),
    };
    let (filter, unread) = match filter {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let filter = match format!("{SAID}=info").parse() {
        Ok(said) => filter.add_directive(said),
        Err(_) => filter,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let filtered = tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(may_log));
    match format {
        LogFormat::Human => {
            let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
            filtered.with(lines.with_ansi(colours)).init();
        }
        LogFormat::Json => filtered.with(lines.json()).init(),
    }
    if let Some(error) = unread {
        say(&format!(
            "RUST_LOG is not understood ({error}), so `info` is logged: write a level such as `debug`, or \
             `target=level` with commas between"
        ));
    }
}

/// Prints on stdout; that nobody reads any more is no error.
fn print(text: &str) -> Result<(), Error> {
    let mut stdout = std::io::stdout().lock();
    match writeln!(stdout, "{}", text.trim_end_matches('\n')).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Error::io("write to stdout")),
    }
}

/// Says something to the person on stderr, whatever is logged; where log lines are JSON, as one of them.
fn say(text: &str) {
    match FORMAT.get() {
        Some(LogFormat::Json) => tracing::info!(target: SAID, "{text}"),
        // Where stderr is gone there is nobody to tell.
        _ => drop(writeln!(std::io::stderr(), "{text}")),
    }
}

/// Says so why a command could not do its work.
fn complain(text: &str) {
    match FORMAT.get() {
        Some(LogFormat::Json) => tracing::error!(target: SAID, "{text}"),
        _ => say(&format!("error: {text}")),
    }
}

/// The threads of a command.
fn threads() -> Result<tokio::runtime::Runtime, Error> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .enable_all()
        .build()
        .map_err(Error::io("start threads"))
}
