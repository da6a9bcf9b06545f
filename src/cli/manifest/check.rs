//! `manifest check`.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::{Args, ValueEnum};
use rft_mcp_codegen::{Diagnostics, Severity};

use super::{INVALID, watch::Seen};
use crate::cli::{Error, print, say};

/// Checks a manifest and shows every mistake at its line.
///
/// Exits with 3 when there is a mistake. `rft-mcp manifest explain CODE` explains what is said.
#[derive(Debug, Args)]
pub struct Check {
    /// The manifest's directory
    #[arg(default_value = "manifest")]
    dir: PathBuf,
    /// How to show what there is to say; for machines on stdout
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Exit with 3 for warnings too
    #[arg(long)]
    deny_warnings: bool,
    /// Check again whenever a file is saved, made or removed, until interrupted
    #[arg(long)]
    watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Commands of GitHub Actions
    Github,
}

impl Check {
    pub fn run(self) -> Result<ExitCode, Error> {
        if self.watch {
            return self.watch();
        }
        let diagnostics = check(&self.dir);
        self.show(&diagnostics)?;
        let invalid = diagnostics.count(Severity::Error) > 0
            || (self.deny_warnings && diagnostics.count(Severity::Warning) > 0);
        Ok(if invalid {
            ExitCode::from(INVALID)
        } else {
            ExitCode::SUCCESS
        })
    }

    /// Checks for ever.
    fn watch(&self) -> Result<ExitCode, Error> {
        let mut seen = Seen::now(&self.dir);
        loop {
            let start = Instant::now();
            let diagnostics = check(&self.dir);
            let took = start.elapsed().as_millis();
            self.show(&diagnostics)?;
            let said = match diagnostics.summary() {
                said if said.is_empty() => "no mistakes".to_owned(),
                said => said,
            };
            say(&format!(
                "{said} in {took} ms; watching {}",
                self.dir.display()
            ));
            seen = seen.wait(&self.dir);
        }
    }

    fn show(&self, diagnostics: &Diagnostics) -> Result<(), Error> {
        let format = match self.format {
            Format::Human => rft_mcp_codegen::Format::Human,
            Format::Json => rft_mcp_codegen::Format::Json,
            Format::Sarif => rft_mcp_codegen::Format::Sarif,
            Format::Github => rft_mcp_codegen::Format::Github,
        };
        let said = diagnostics.summary();
        if self.format != Format::Human {
            return print(&diagnostics.render(format));
        }
        if !said.is_empty() {
            say(&diagnostics.render(format));
        }
        if diagnostics.count(Severity::Error) == 0 {
            let warnings = if said.is_empty() {
                String::new()
            } else {
                format!(", {said}")
            };
            print(&format!("{}: no mistakes{warnings}", self.dir.display()))?;
        }
        Ok(())
    }
}

fn check(dir: &std::path::Path) -> Diagnostics {
    match rft_mcp_codegen::check(dir) {
        Ok(checked) => checked.warnings,
        Err(diagnostics) => diagnostics,
    }
}
