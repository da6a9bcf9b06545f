//! `manifest diff`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use rft_mcp_codegen::diff::{self, DiffError};

use super::INVALID;
use crate::cli::{Error, print, say};

/// Compare a manifest's requests with a published OpenAPI document
///
/// Endpoints that are gone; parameters that are new, renamed, of another type or required; values that the document
/// takes and the manifest does not, or the other way round. What import leaves out is no difference. Exits with 3 when there are differences that the file of
/// corrections does not list.
#[derive(Debug, Args)]
pub struct Diff {
    /// The document: OpenAPI 3.0 or 3.1, JSON or YAML
    document: PathBuf,
    /// The manifest's directory
    #[arg(default_value = "manifest")]
    dir: PathBuf,
    /// A YAML list of known differences: `at`, `change` and the `reason` of each
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Show what is listed too, and the corrections that this document does not need
    #[arg(long)]
    verbose: bool,
}

impl Diff {
    pub fn run(self) -> Result<ExitCode, Error> {
        let compared = match diff::diff(&self.document, &self.dir, self.corrections.as_ref()) {
            Ok(compared) => compared,
            Err(DiffError::Invalid(diagnostics)) => {
                say(&diagnostics.to_string());
                return Ok(ExitCode::from(INVALID));
            }
        };
        let (listed, open): (Vec<_>, Vec<_>) = compared
            .differences
            .iter()
            .partition(|difference| difference.reason.is_some());
        let shown = open.iter().chain(listed.iter().filter(|_| self.verbose));
        let mut blocks: Vec<String> = shown.map(|difference| format!("{difference}\n")).collect();
        if self.verbose && !compared.idle.is_empty() {
            blocks.push(format!(
                "corrections that nothing here needs:\n  {}\n",
                compared.idle.join("\n  ")
            ));
        }
        let count = match open.len() {
            1 => "1 difference".to_owned(),
            count => format!("{count} differences"),
        };
        blocks.push(format!("{count}, and {} that are listed", listed.len()));
        print(&blocks.join("\n"))?;
        Ok(if open.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(INVALID)
        })
    }
}
