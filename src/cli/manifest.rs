//! `manifest`.

mod check;
mod diff;
mod editor;
mod explain;
mod import;
mod list;
mod new;
mod show;
mod test;
mod tokens;
mod watch;

use std::process::ExitCode;

use clap::Subcommand;
use rft_mcp_codegen::Compiled;

use super::Error;

/// The exit code for a manifest with mistakes.
const INVALID: u8 = 3;

/// What this program was compiled from.
const COMPILED: &str = include_str!(concat!(env!("OUT_DIR"), "/manifest.rs"));

/// Whether a manifest is another one than this program was compiled from.
fn is_stale(compiled: &Compiled) -> bool {
    compiled.rust != COMPILED
}

#[derive(Debug, Subcommand)]
pub enum Manifest {
    /// Check a manifest and show every mistake at its line; exits with 3 when there are any
    Check(check::Check),
    /// Explain a code of `manifest check`, or list them all
    Explain(explain::Explain),
    /// List the tools of a manifest: effect, sets, what each sends
    List(list::List),
    /// Write a new tool to begin with
    #[command(subcommand)]
    New(new::New),
    /// Show what a tool sends for an input, without sending it
    Show(show::Show),
    /// Run the examples of a manifest through the real pipeline; exits with 1 when one does not hold
    Test(test::Test),
    /// Show about how many tokens each tool costs a model to read
    Tokens(tokens::Tokens),
    Editor(editor::Editor),
    Import(import::Import),
    Diff(diff::Diff),
}

impl Manifest {
    pub fn run(self) -> Result<ExitCode, Error> {
        match self {
            Self::Check(check) => check.run(),
            Self::Explain(explain) => explain.run(),
            Self::List(list) => list.run(),
            Self::New(new) => new.run(),
            Self::Show(show) => show.run(),
            Self::Test(test) => test.run(),
            Self::Tokens(tokens) => tokens.run(),
            Self::Editor(editor) => editor.run(),
            Self::Import(import) => import.run(),
            Self::Diff(diff) => diff.run(),
        }
    }
}
