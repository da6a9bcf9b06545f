//! `data check`.

use std::{fs::File, io::Read as _, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use rft_mcp_insight::{
    Level, Problem,
    dataset::{Check, Dataset, Needed, Part},
    grader::{Against, lint},
};
use rft_mcp_runtime::tool::ProviderSpec;
use serde_json::{Value, json};

use super::{
    Error,
    check::{Format, code, provider, summary, told},
    grader::read_json,
    marked, print,
};
use crate::native::{judge, limits};

/// Bytes read at once.
const CHUNK: usize = 1 << 18;

/// Looks after files of examples.
#[derive(Debug, Subcommand)]
pub enum Data {
    /// Check files of examples by every rule of fine-tuning; exits with 3 when something is wrong
    Check(DataCheck),
}

/// Checks JSONL files line by line, with a line number and a mend for every mistake. Nothing is sent anywhere.
#[derive(Debug, Args)]
pub struct DataCheck {
    /// Training files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A validation file, checked too; no example may be in both
    #[arg(long, value_name = "FILE")]
    validation: Option<PathBuf>,
    /// A grader (JSON); every line must have the keys that its templates take
    #[arg(long, value_name = "FILE")]
    grader: Option<PathBuf>,
    /// Whose rules
    #[arg(long, env = "RFT_MCP_PROVIDER")]
    provider: Option<String>,
    /// How findings are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

impl Data {
    pub fn run(self) -> Result<ExitCode, Error> {
        let Self::Check(check) = self;
        check.run()
    }
}

impl DataCheck {
    fn run(self) -> Result<ExitCode, Error> {
        let provider = provider(self.provider.as_deref())?;
        let needed = match &self.grader {
            Some(path) => {
                let grader = read_json(path)?.map_err(|problem| {
                    Error::Usage(format!("`{}`: {}", path.display(), problem.message))
                })?;
                lint(&grader, &Against::default()).needed
            }
            None => Needed::default(),
        };
        let validation = match &self.validation {
            Some(path) => Some(read(path, Part::Validation, provider, &needed)?),
            None => None,
        };
        let mut reports = Vec::new();
        let mut valid = true;
        for path in &self.files {
            let training = read(path, Part::Training, provider, &needed)?;
            let report = judge(Some(&training), validation.as_ref());
            valid &= report.get("valid") == Some(&Value::Bool(true));
            if self.format == Format::Human {
                let overlap = overlap(&training, validation.as_ref());
                print(&marked(&human(
                    &path.display().to_string(),
                    &training,
                    overlap,
                )))?;
            }
            reports.push(json!({ "file": path.display().to_string(), "report": report }));
        }
        match (self.format, &self.validation, &validation) {
            (Format::Human, Some(path), Some(validation)) => {
                print(&marked(&human(
                    &path.display().to_string(),
                    validation,
                    None,
                )))?;
            }
            (Format::Json, ..) => {
                let whole = json!({ "valid": valid, "provider": provider.name, "files": reports });
                print(&format!("{whole:#}"))?;
            }
            _ => {}
        }
        Ok(code(valid))
    }
}

fn read(
    path: &PathBuf,
    part: Part,
    provider: &ProviderSpec,
    needed: &Needed,
) -> Result<Dataset, Error> {
    let what = || format!("read `{}`", path.display());
    let mut file = File::open(path).map_err(Error::io(what()))?;
    let mut check = Check::new(part, limits(provider, part), needed.clone());
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = file.read(&mut chunk).map_err(Error::io(what()))?;
        if count == 0 {
            return Ok(check.finish());
        }
        check.push(chunk.get(..count).unwrap_or_default());
    }
}

/// What two files share, as a mistake.
fn overlap(training: &Dataset, validation: Option<&Dataset>) -> Option<Problem> {
    let shared = training.overlap(validation?);
    if shared.count == 0 {
        return None;
    }
    let mut problem = Problem::new(
        Level::Error,
        "overlap",
        "the same example is in the validation file",
        "take it out here: a model that has seen the questions can not be judged by them",
    );
    problem.lines = shared.lines.iter().map(|line| line.training).collect();
    problem.count = shared.count;
    Some(problem)
}

fn human(file: &str, dataset: &Dataset, overlap: Option<Problem>) -> String {
    let mut problems: Vec<Problem> = dataset.problems.clone();
    problems.extend(overlap);
    problems.sort_by_key(|problem| problem.level);
    let tokens = dataset.sizes.tokens().map_or_else(String::new, |tokens| {
        format!(
            ", prompts of about {} tokens (half above {}, the longest {})",
            tokens.mean, tokens.median, tokens.max
        )
    });
    let all: Vec<&Problem> = problems.iter().collect();
    format!(
        "{}{file}: {} examples{tokens}: {}",
        told(file, &problems),
        dataset.examples,
        summary(&all)
    )
}
