//! What is wrong with a file or a grader, and what to do about it.

use indexmap::IndexMap;
use serde::Serialize;

/// Lines named for one kind of problem; the others are counted.
const LINES: usize = 10;
/// Kinds of problems told apart; more are counted with the last.
const KINDS: usize = 100;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A provider refuses it, or it can not work.
    Error,
    /// It works, but hardly as meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A mistake: what, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A word for programs, such as `last-message`.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What is wrong, of the first place where it is.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// JSON Pointer, in a grader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The first lines that have it, counted from 1, in a file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u64>,
    /// How often it occurs.
    pub count: u64,
}

impl Problem {
    /// A problem of something that has no lines.
    #[must_use]
    pub fn new(
        level: Level,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            help: help.into(),
            at: None,
            lines: Vec::new(),
            count: 1,
        }
    }

    /// The same at a place inside a JSON value.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.at = Some(pointer.into());
        self
    }
}

/// Problems of lines, those of one kind together: bounded, however long the file is.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    kinds: IndexMap<(&'static str, String), Problem>,
}

impl Problems {
    /// Counts a problem of a line. Problems with the same code and `kind` are told together, in the words of the
    /// first.
    pub fn add(&mut self, line: u64, kind: &str, problem: impl FnOnce() -> Problem) {
        // The code is only known once the problem is made, which is too costly for a million lines: `kind` holds it.
        let found = self.kinds.iter_mut().find(|((_, known), _)| known == kind);
        if let Some((_, known)) = found {
            known.count += 1;
            if known.lines.len() < LINES {
                known.lines.push(line);
            }
            return;
        }
        let mut problem = problem();
        problem.lines.push(line);
        if self.kinds.len() < KINDS {
            self.kinds.insert((problem.code, kind.to_owned()), problem);
        } else if let Some((_, last)) = self.kinds.last_mut() {
            last.count += 1;
        }
    }

    /// Adds a problem of the whole.
    pub fn push(&mut self, problem: Problem) {
        let kind = format!("{} {}", problem.code, problem.message);
        self.kinds.insert((problem.code, kind), problem);
    }

    /// All of them, the worst first.
    #[must_use]
    pub fn into_sorted(self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.kinds.into_values().collect();
        problems.sort_by_key(|problem| problem.level);
        problems
    }
}
