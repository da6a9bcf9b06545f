//! `manifest test`.
//!
//! The examples are read from the manifest's directory when they are run, and not compiled in: a server has no use
//! for them, and an author changes them without a build. The tools and the functions they call are the compiled ones.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use rft_mcp_runtime::engine::Engine;
use rft_mcp_testing::{Report, TestError};

use super::{INVALID, is_stale};
use crate::{
    TABLE,
    cli::{Error, print, say, threads},
};

/// Runs the examples of a manifest through the real pipeline, against the answers they give.
///
/// What is sent and what the agent gets must be as they say. Exits with 1 when an example does not hold, with 3 when
/// the manifest has mistakes.
#[derive(Debug, Args)]
pub struct Test {
    /// The manifest's directory
    #[arg(default_value = "manifest")]
    dir: PathBuf,
    /// Only the examples of this tool
    #[arg(long)]
    tool: Option<String>,
}

impl Test {
    pub fn run(self) -> Result<ExitCode, Error> {
        let compiled = match rft_mcp_codegen::compile(&self.dir) {
            Ok(compiled) => compiled,
            Err(diagnostics) => {
                say(&diagnostics.render(rft_mcp_codegen::Format::Human));
                return Ok(ExitCode::from(INVALID));
            }
        };
        if is_stale(&compiled) {
            say(&format!(
                "note: {} is not what this program was compiled from: its examples are run on the tools and functions \
                 as compiled; build again (`cargo build`) to run what it says now",
                self.dir.display()
            ));
        }
        let chosen = |name: &str| self.tool.as_deref().is_none_or(|tool| tool == name);
        if !compiled.tools.iter().any(|tool| chosen(&tool.name)) {
            let names: Vec<_> = compiled
                .tools
                .iter()
                .map(|tool| tool.name.as_str())
                .collect();
            let known = names.join(", ");
            let tool = self.tool.unwrap_or_default();
            return Err(Error::Usage(format!(
                "there is no tool `{tool}`: the tools are {known}"
            )));
        }
        let report = threads()?.block_on(Report::of(&compiled, TABLE, &chosen, &prepare))?;
        let told = report.to_string();
        let (told, sum) = told.rsplit_once('\n').unwrap_or(("", &told));
        if !told.is_empty() {
            say(told);
        }
        print(sum)?;
        Ok(if report.holds() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Puts beside an engine what the functions need.
fn prepare(engine: &Engine) {
    #[cfg(feature = "watches")]
    if let Ok(watching) = crate::watching::Watching::passing() {
        engine.keep(watching);
    }
    #[cfg(not(feature = "watches"))]
    let _ = engine;
}

impl From<TestError> for Error {
    fn from(error: TestError) -> Self {
        match error {
            TestError::Provider(error) => error.into(),
            TestError::Engine(error) => error.into(),
            TestError::Io { what, source } => Self::Io { what, source },
            TestError::Manifest(mistakes) => Self::Usage(mistakes.to_string()),
        }
    }
}
