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
mod log;
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
mod stderr;
mod terminal;
mod tools;
mod watch;
#[cfg(feature = "watches")]
mod webhooks;

use std::{io::Write as _, process::ExitCode};

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use rft_mcp_runtime::tool::is_unseen;

use self::log::{LogFormat, complain, say};

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
    log::begin(cli.log_format);
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
    let code = outcome.unwrap_or_else(|error| {
        complain(&error.to_string());
        error.code()
    });
    log::end();
    code
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

/// Prints on stdout; that nobody reads any more is no error.
fn print(text: &str) -> Result<(), Error> {
    let mut stdout = std::io::stdout().lock();
    match writeln!(stdout, "{}", text.trim_end_matches('\n')).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Error::io("write to stdout")),
    }
}

/// A text for a person, on its lines: what is not seen, or does something to a terminal, is shown as a mark, since data and
/// providers may say it.
fn marked(text: &str) -> String {
    let mark = |c| {
        if is_unseen(c) && !matches!(c, '\n' | '\t') {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(mark).collect()
}

/// The threads of a command.
fn threads() -> Result<tokio::runtime::Runtime, Error> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .enable_all()
        .build()
        .map_err(Error::io("start threads"))
}
