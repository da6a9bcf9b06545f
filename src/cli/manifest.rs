//! `manifest`.

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;

use super::{Error, print, say};

/// The exit code for a manifest with mistakes.
const INVALID: u8 = 3;

#[derive(Debug, Subcommand)]
pub enum Manifest {
    /// Check a manifest and show every mistake at its line; exits with 3 when there are any
    Check {
        /// The manifest's directory
        #[arg(default_value = "manifest")]
        dir: PathBuf,
    },
}

impl Manifest {
    pub fn run(self) -> Result<ExitCode, Error> {
        let Self::Check { dir } = self;
        match rft_mcp_codegen::compile(&dir) {
            Ok(_) => {
                print(&format!("{}: no mistakes", dir.display()))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(diagnostics) => {
                say(&diagnostics.to_string());
                Ok(ExitCode::from(INVALID))
            }
        }
    }
}
