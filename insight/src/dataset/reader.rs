//! Bytes into lines into findings.

use std::collections::{HashMap, hash_map::Entry};

use serde_json::Value;

use super::{
    Dataset, Keys, Limits, MOST_REMEMBERED, Needed, Part, Sizes,
    example::{self, Example},
};
use crate::problem::{Level, Problem, Problems};

/// A longer line is counted and not looked into: it is held whole while it is read.
const LONGEST_LINE: usize = 16 << 20;

/// Reads a file piece by piece.
#[derive(Debug)]
pub struct Check {
    part: Part,
    limits: Limits,
    needed: Needed,
    problems: Problems,
    examples: u64,
    valid: u64,
    bytes: u64,
    sizes: Sizes,
    keys: Keys,
    seen: HashMap<u64, u64>,
    line: Vec<u8>,
    length: usize,
    number: u64,
    blank: Option<u64>,
}

impl Check {
    /// Of a file for this, by what this provider takes and this grader needs.
    #[must_use]
    pub fn new(part: Part, limits: Limits, needed: Needed) -> Self {
        Self {
            part,
            limits,
            needed,
            problems: Problems::default(),
            examples: 0,
            valid: 0,
            bytes: 0,
            sizes: Sizes::default(),
            keys: Keys::default(),
            seen: HashMap::new(),
            line: Vec::new(),
            length: 0,
            number: 0,
            blank: None,
        }
    }

    /// Takes the next bytes, cut anywhere.
    pub fn push(&mut self, chunk: &[u8]) {
        self.bytes += chunk.len() as u64;
        let mut rest = chunk;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (head, tail) = rest.split_at(end);
            // A line that came in one piece need not be copied.
            if self.length == 0 {
                self.number += 1;
                self.look(head, head.len());
            } else {
                self.extend(head);
                self.end_line();
            }
            rest = tail.get(1..).unwrap_or_default();
        }
        self.extend(rest);
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self) -> Dataset {
        if self.length > 0 {
            self.end_line();
        }
        self.whole();
        Dataset {
            problems: self.problems.into_sorted(),
            examples: self.examples,
            valid: self.valid,
            lines: self.number,
            bytes: self.bytes,
            sizes: self.sizes,
            keys: self.keys,
            seen: self.seen,
        }
    }

    /// Bytes held of the line under way.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.line.capacity()
    }

    fn extend(&mut self, part: &[u8]) {
        self.length += part.len();
        let room = LONGEST_LINE.saturating_sub(self.line.len());
        self.line
            .extend_from_slice(part.get(..room).unwrap_or(part));
    }

    fn end_line(&mut self) {
        self.number += 1;
        let line = std::mem::take(&mut self.line);
        let length = std::mem::take(&mut self.length);
        self.look(&line, length);
        // The space of the line is used again, unless it was a huge one.
        if line.capacity() <= 1 << 20 {
            self.line = line;
            self.line.clear();
        }
    }

    fn look(&mut self, line: &[u8], length: usize) {
        let mut line = line;
        if self.number == 1
            && let Some(rest) = line.strip_prefix(b"\xEF\xBB\xBF")
        {
            self.problems.add(1, "bom", || {
                Problem::new(
                    Level::Error,
                    "byte-order-mark",
                    "the file begins with a byte order mark",
                    "save it as UTF-8 without one",
                )
            });
            line = rest;
        }
        if line.iter().all(u8::is_ascii_whitespace) && length <= LONGEST_LINE {
            self.blank.get_or_insert(self.number);
            return;
        }
        self.examples += 1;
        if length > LONGEST_LINE {
            self.problems.add(self.number, "long", || {
                Problem::new(
                    Level::Error,
                    "long-line",
                    format!("a line of {} MB", length >> 20),
                    "an example fits into a model's context: shorten it; lines above 16 MB are not looked into",
                )
            });
            return;
        }
        if let Some(example) = example::read(line, self.number, &mut self.problems) {
            self.take(&example, length);
        }
    }

    fn take(&mut self, example: &Example, length: usize) {
        let mut fits = example.valid;
        for path in self.needed.paths() {
            if !has(&example.value, path) {
                fits = false;
                let path = path.join(".");
                self.problems.add(self.number, &format!("needs {path}"), || {
                    Problem::new(
                        Level::Error,
                        "missing-key",
                        format!("there is no `{path}`, which the grader takes as {{{{ item.{path} }}}}"),
                        format!("add `{path}` beside `messages` on every line, or change the grader"),
                    )
                });
            }
        }
        self.valid += u64::from(fits);
        self.sizes.add(length, example.characters);
        self.keys.add(&example.value, self.number);
        if self.seen.len() >= MOST_REMEMBERED {
            return;
        }
        match self.seen.entry(example.digest) {
            Entry::Vacant(entry) => {
                entry.insert(self.number);
            }
            Entry::Occupied(first) => {
                let first = *first.get();
                self.problems.add(self.number, "duplicate", || {
                    Problem::new(
                        Level::Warning,
                        "duplicate",
                        format!(
                            "a conversation a second time: line {} has that of line {first}",
                            self.number
                        ),
                        "repeat examples with n_epochs, not in the file",
                    )
                });
            }
        }
    }

    /// What is to be said of the file as a whole.
    fn whole(&mut self) {
        let (part, provider) = (self.part.word(), self.limits.provider.clone());
        let examples = self.examples;
        if examples == 0 {
            self.problems.push(Problem::new(
                Level::Error,
                "empty",
                "the file holds no examples",
                "write one JSON object a line",
            ));
            return;
        }
        if let Some(most) = self.limits.max_examples.filter(|most| examples > *most) {
            self.problems.push(Problem::new(
                Level::Error,
                "too-many",
                format!("{examples} {part} examples: {provider} takes at most {most}"),
                format!("keep {most} of them, drawn at random"),
            ));
        }
        if let Some(least) = self.limits.min_examples.filter(|least| examples < *least) {
            self.problems.push(Problem::new(
                Level::Error,
                "too-few",
                format!("{examples} {part} examples: {provider} wants at least {least}"),
                "add examples",
            ));
        }
        let beyond = |most: Option<u64>| most.filter(|most| self.bytes > *most);
        let (megabytes, limits) = (self.bytes >> 20, &self.limits);
        if let Some(most) = beyond(limits.max_bytes) {
            self.problems.push(Problem::new(
                Level::Error,
                "too-large",
                format!(
                    "{megabytes} MB: {provider} takes files of at most {} MB",
                    most >> 20
                ),
                "shorten the examples, or keep fewer of them",
            ));
        } else if let Some(most) = beyond(limits.max_request_bytes) {
            self.problems.push(Problem::new(
                Level::Note,
                "in-parts",
                format!(
                    "{megabytes} MB: {provider} takes at most {} MB in one request",
                    most >> 20
                ),
                "nothing has to be done: upload_file sends a local file of this size in parts",
            ));
        }
        if let Some(line) = self.blank {
            let mut problem = Problem::new(
                Level::Note,
                "blank-line",
                "a blank line",
                "leave it out: not every provider passes over it",
            );
            problem.lines.push(line);
            self.problems.push(problem);
        }
        for problem in self.keys.problems(examples, &self.needed) {
            self.problems.push(problem);
        }
    }
}

fn has(example: &Value, path: &[String]) -> bool {
    path.iter()
        .try_fold(example, |value, step| match value {
            Value::Array(elements) => elements.get(step.parse::<usize>().ok()?),
            other => other.get(step),
        })
        .is_some_and(|value| !value.is_null())
}
