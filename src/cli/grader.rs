//! `grader check`.

use std::{fs, path::Path, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use rft_mcp_insight::{
    Level, Problem,
    dataset::{Check, Limits, Needed, Part},
};
use serde_json::{Value, json};

use super::{
    Error,
    check::{Format, code, provider, summary, told},
    marked, print,
};
use crate::native::{held_against, lint_report};

/// Looks after graders.
#[derive(Debug, Subcommand)]
pub enum Grader {
    /// Check a grader before a provider sees it; exits with 3 when something is wrong
    Check(GraderCheck),
}

/// Checks a grader: structure, templates, formula, what silently scores 0, and what the provider takes. Nothing is
/// sent anywhere.
#[derive(Debug, Args)]
pub struct GraderCheck {
    /// The grader (JSON)
    file: PathBuf,
    /// A file of examples (JSONL) that must have the keys the templates take
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The schema of the answers (JSON Schema), for templates that take `sample.output_json`
    #[arg(long, value_name = "FILE")]
    response_schema: Option<PathBuf>,
    /// Whose rules
    #[arg(long, env = "RFT_MCP_PROVIDER")]
    provider: Option<String>,
    /// How findings are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

impl Grader {
    pub fn run(self) -> Result<ExitCode, Error> {
        let Self::Check(check) = self;
        check.run()
    }
}

impl GraderCheck {
    fn run(self) -> Result<ExitCode, Error> {
        let provider = provider(self.provider.as_deref())?;
        let data = match &self.data {
            Some(path) => {
                let bytes =
                    fs::read(path).map_err(Error::io(format!("read `{}`", path.display())))?;
                let mut check = Check::new(Part::Training, Limits::default(), Needed::default());
                check.push(&bytes);
                Some(check.finish())
            }
            None => None,
        };
        let schema = match &self.response_schema {
            Some(path) => Some(read_json(path)?.map_err(|problem| {
                Error::Usage(format!("`{}`: {}", path.display(), problem.message))
            })?),
            None => None,
        };
        let file = self.file.display().to_string();
        let (report, problems) = match read_json(&self.file)? {
            Ok(grader) => {
                let lint = held_against(&grader, provider, data.as_ref(), schema.as_ref());
                (lint_report(&lint), lint.problems)
            }
            Err(problem) => {
                let problems = vec![problem];
                (json!({ "valid": false, "problems": problems }), problems)
            }
        };
        let valid = report.get("valid") == Some(&Value::Bool(true));
        match self.format {
            Format::Json => print(&format!("{report:#}"))?,
            Format::Human => {
                let all: Vec<&Problem> = problems.iter().collect();
                print(&marked(&format!(
                    "{}{file}: {}",
                    told(&file, &problems),
                    summary(&all)
                )))?;
            }
        }
        Ok(code(valid))
    }
}

/// A JSON file; where it is none, what is wrong with it.
pub fn read_json(path: &Path) -> Result<Result<Value, Problem>, Error> {
    let bytes = fs::read(path).map_err(Error::io(format!("read `{}`", path.display())))?;
    Ok(serde_json::from_slice(&bytes).map_err(|error| {
        let mut problem = Problem::new(
            Level::Error,
            "json",
            format!("not valid JSON: {error}"),
            "mend the JSON there",
        );
        problem.lines = vec![error.line() as u64];
        problem
    }))
}
