//! The keys beside the conversation, which graders take as `item.…`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Needed, example::kind};
use crate::problem::{Level, Problem};

/// Keys told apart; a file with more has keys that are data.
const MOST_KEYS: usize = 256;

/// The keys of a file.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    keys: IndexMap<String, Key>,
    more: bool,
}

/// One key.
#[derive(Debug, Clone, Default)]
pub struct Key {
    /// On how many lines it stands.
    pub count: u64,
    /// How often each kind of value occurs: a text, a number, …
    pub kinds: BTreeMap<&'static str, u64>,
    /// The first line whose value is of another kind than the first.
    pub other: Option<u64>,
    first: Option<&'static str>,
}

impl Keys {
    /// Every key, in the order of their first use.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Key)> {
        self.keys.iter().map(|(name, key)| (name.as_str(), key))
    }

    /// A key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Key> {
        self.keys.get(name)
    }

    pub(super) fn add(&mut self, example: &Value, line: u64) {
        for (name, value) in example.as_object().into_iter().flatten() {
            if matches!(name.as_str(), "messages" | "tools") {
                continue;
            }
            if !self.keys.contains_key(name) {
                if self.keys.len() >= MOST_KEYS {
                    self.more = true;
                    continue;
                }
                self.keys.insert(name.clone(), Key::default());
            }
            let Some(key) = self.keys.get_mut(name) else {
                continue;
            };
            let kind = kind(value);
            key.count += 1;
            *key.kinds.entry(kind).or_default() += 1;
            if *key.first.get_or_insert(kind) != kind {
                key.other.get_or_insert(line);
            }
        }
    }

    /// What is odd about the keys of so many examples.
    pub(super) fn problems(&self, examples: u64, needed: &Needed) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.more {
            problems.push(Problem::new(
                Level::Warning,
                "many-keys",
                format!("more than {MOST_KEYS} different keys"),
                "keys should be the same on every line, and data their values",
            ));
        }
        for (name, key) in &self.keys {
            // A key that the grader takes is told line by line where it is missing.
            let taken = needed
                .paths()
                .iter()
                .any(|path| path.first().is_some_and(|first| first == name));
            if key.count < examples && !taken {
                problems.push(Problem::new(
                    Level::Note,
                    "uneven-key",
                    format!("`{name}` stands on {} of {examples} lines", key.count),
                    "graders that take it fail on the others",
                ));
            }
            if let Some(line) = key.other {
                let kinds: Vec<String> = key
                    .kinds
                    .iter()
                    .map(|(kind, count)| format!("{kind} {count} times"))
                    .collect();
                let mut problem = Problem::new(
                    Level::Warning,
                    "mixed-key",
                    format!("`{name}` is {}", kinds.join(", ")),
                    "give it the same type on every line",
                );
                problem.lines.push(line);
                problems.push(problem);
            }
        }
        problems
    }
}
