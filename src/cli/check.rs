//! What `data check` and `grader check` have in common: how findings are told, and what they exit with.

use std::{fmt::Write as _, process::ExitCode};

use clap::ValueEnum;
use rft_mcp_insight::{Level, Problem};
use rft_mcp_runtime::tool::ProviderSpec;

use super::Error;
use crate::TABLE;

/// Exits so when something is wrong; 1 says that nothing could be checked.
const MISTAKES: u8 = 3;

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON object
    Json,
}

pub fn code(valid: bool) -> ExitCode {
    if valid {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(MISTAKES)
    }
}

/// A provider by name; the first of the manifest when none is named. It needs no key: only its rules are looked at.
pub fn provider(name: Option<&str>) -> Result<&'static ProviderSpec, Error> {
    let known = || TABLE.providers.iter();
    let found = match name {
        None => known().next(),
        Some(name) => known().find(|spec| spec.name == name),
    };
    found.ok_or_else(|| {
        let names: Vec<&str> = known().map(|spec| spec.name).collect();
        Error::Usage(format!(
            "there is no provider `{}`: the providers are {}",
            name.unwrap_or_default(),
            names.join(", ")
        ))
    })
}

/// Findings as text, the worst first.
pub fn told(file: &str, problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        let level = match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        let place = match (problem.lines.as_slice(), &problem.at) {
            ([first, rest @ ..], _) => {
                let others: Vec<String> = rest.iter().map(u64::to_string).collect();
                let named = 1 + rest.len() as u64;
                let more = match (others.as_slice(), problem.count.saturating_sub(named)) {
                    ([], 0) => String::new(),
                    ([], more) => format!(" ({more} more)"),
                    (_, 0) => format!(" (also {})", others.join(", ")),
                    (_, more) => format!(" (also {}, and {more} more)", others.join(", ")),
                };
                format!("{file}:{first}{more}")
            }
            ([], Some(at)) if !at.is_empty() => format!("{file} at {at}"),
            _ => file.to_owned(),
        };
        // Writing to a string can not fail.
        let _ = write!(
            text,
            "{level}[{}]: {}\n  --> {place}\n   = help: {}\n\n",
            problem.code, problem.message, problem.help
        );
    }
    text
}

/// How many mistakes and warnings, in words.
pub fn summary(problems: &[&Problem]) -> String {
    let count = |level: Level| {
        problems
            .iter()
            .filter(|problem| problem.level == level)
            .map(|problem| problem.count)
            .sum::<u64>()
    };
    let words = |count: u64, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        count => Some(format!("{count} {word}s")),
    };
    let parts: Vec<String> = [
        words(count(Level::Error), "mistake"),
        words(count(Level::Warning), "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "nothing wrong".to_owned()
    } else {
        parts.join(", ")
    }
}
