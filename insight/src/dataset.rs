//! Training and validation files (JSONL), checked line by line while they are read: memory does not grow with the file.

mod example;
mod keys;
mod reader;
mod sizes;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

pub use keys::{Key, Keys};
pub use reader::Check;
pub use sizes::{Sizes, Summary};

use crate::problem::Problem;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To learn from.
    Training,
    /// To judge by.
    Validation,
}

impl Part {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Validation => "validation",
        }
    }
}

/// What a provider takes; `None` where it does not say.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// The provider, for messages.
    pub provider: String,
    /// Fewest examples.
    pub min_examples: Option<u64>,
    /// Most examples.
    pub max_examples: Option<u64>,
    /// Most bytes of the file.
    pub max_bytes: Option<u64>,
    /// Most bytes of a file that goes in one request, where larger ones go in parts.
    pub max_request_bytes: Option<u64>,
}

/// Examples remembered to find them again, in this file and in another.
pub(crate) const MOST_REMEMBERED: usize = 200_000;

/// What is known of a file once it is read.
#[derive(Debug)]
pub struct Dataset {
    /// What is wrong, the worst first.
    pub problems: Vec<Problem>,
    /// Lines that hold an example, valid or not.
    pub examples: u64,
    /// Of those, the ones without an error.
    pub valid: u64,
    /// Lines, blank ones included.
    pub lines: u64,
    /// Bytes.
    pub bytes: u64,
    /// How large the examples are.
    pub sizes: Sizes,
    /// The keys beside `messages` and `tools`.
    pub keys: Keys,
    /// The first line of each conversation, by a digest of it.
    seen: HashMap<u64, u64>,
}

/// Examples that two files have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub lines: Vec<Shared>,
}

/// An example in two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Its line in the training file.
    pub training: u64,
    /// Its line in the validation file.
    pub validation: u64,
}

impl Dataset {
    /// Examples that are in both: the same conversation, whatever keys stand beside it.
    #[must_use]
    pub fn overlap(&self, validation: &Self) -> Overlap {
        let mut shared: Vec<Shared> = validation
            .seen
            .iter()
            .filter_map(|(digest, line)| {
                Some(Shared {
                    training: *self.seen.get(digest)?,
                    validation: *line,
                })
            })
            .collect();
        shared.sort_by_key(|shared| shared.validation);
        Overlap {
            count: shared.len() as u64,
            lines: shared.into_iter().take(10).collect(),
        }
    }

    /// Whether nothing in it is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self
            .problems
            .iter()
            .any(|problem| problem.level == crate::Level::Error)
    }
}

/// The keys of the data that a grader takes, so that lines without them are told.
#[derive(Debug, Clone, Default)]
pub struct Needed {
    /// Paths such as `answer` or `meta.level`, without `item.`.
    paths: Vec<Vec<String>>,
}

impl Needed {
    /// From the paths that templates name, with the keys and indices as text.
    #[must_use]
    pub fn new(paths: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut seen = HashSet::new();
        Self {
            paths: paths
                .into_iter()
                .filter(|path| !path.is_empty() && seen.insert(path.clone()))
                .collect(),
        }
    }

    /// The paths.
    #[must_use]
    pub fn paths(&self) -> &[Vec<String>] {
        &self.paths
    }
}

#[cfg(test)]
mod tests;
