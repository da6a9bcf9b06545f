//! What a process says on stderr: to people, and for those who look later.

use std::{sync::OnceLock, time::Duration};

use clap::ValueEnum;
use rft_mcp_runtime::transport::may_log;
use tracing_subscriber::{
    EnvFilter, filter::filter_fn, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use super::{marked, stderr::Stderr};

/// How long the last lines may take to be written.
const LINGER: Duration = Duration::from_millis(200);

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LogFormat {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}

/// The format that was chosen, and where lines go.
static LOG: OnceLock<(LogFormat, Stderr)> = OnceLock::new();

/// The target of what is said to people where all lines are of one form; no filter takes it away.
const SAID: &str = "rft_mcp::said";

/// Logs from now on.
pub(super) fn begin(format: LogFormat) {
    let (_, stderr) = LOG.get_or_init(|| (format, Stderr::default()));
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
    let lines = tracing_subscriber::fmt::layer().with_writer(|| stderr.clone());
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

/// Writes what was said, unless nobody reads it.
pub(super) fn end() {
    if let Some((_, stderr)) = LOG.get() {
        stderr.flush(LINGER);
    }
}

/// Says something to the person on stderr, whatever is logged; where log lines are JSON, as one of them.
pub(super) fn say(text: &str) {
    match LOG.get() {
        Some((LogFormat::Json, _)) => tracing::info!(target: SAID, "{text}"),
        Some((LogFormat::Human, stderr)) => stderr.say(format!("{}\n", marked(text))),
        None => {}
    }
}

/// Says so why a command could not do its work.
pub(super) fn complain(text: &str) {
    match LOG.get() {
        Some((LogFormat::Json, _)) => tracing::error!(target: SAID, "{text}"),
        _ => say(&format!("error: {text}")),
    }
}
