//! What a training file must be, checked line by line while the file arrives.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;
use thiserror::Error;

use crate::random::digest;

/// More examples than this no provider takes for training.
const MOST_TRAINING: usize = 50_000;
/// More examples than this are refused for validation.
pub(crate) const MOST_VALIDATION: usize = 1_000;
/// Names of item keys that are counted; a file with more has keys that are data.
const MOST_KEYS: usize = 256;
/// A longer line is not looked at any further.
const LONGEST_LINE: usize = 4 << 20;

/// The first thing wrong with a file and its line, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Problem {
    #[error("the file holds no examples")]
    Empty,
    #[error("line {0} is not valid JSON")]
    Json(usize),
    #[error("line {0} is longer than 4 MB")]
    Long(usize),
    #[error("line {0} is not a JSON object")]
    NotAnObject(usize),
    #[error("line {0} has no `messages` array with at least one message")]
    NoMessages(usize),
    #[error("line {0}: message {1} has no `role` of developer, user, assistant or tool")]
    Role(usize, usize),
    #[error("line {0}: message {1} has content that is not text")]
    Content(usize, usize),
    #[error("line {0}: the last message must come from the user")]
    LastMessage(usize),
}

/// What is known of a file's examples. Memory is bounded: 8 bytes an example, and examples above the limit are
/// counted, not remembered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dataset {
    pub(crate) examples: usize,
    pub(crate) bytes: u64,
    pub(crate) problem: Option<Problem>,
    /// In how many examples each top-level key occurs.
    pub(crate) keys: BTreeMap<String, usize>,
    digests: HashSet<u64>,
}

impl Dataset {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut reader = Reader::default();
        reader.push(bytes);
        reader.finish()
    }

    /// The first problem, an empty file being one.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.problem
            .clone()
            .or_else(|| (self.examples == 0).then_some(Problem::Empty))
    }

    /// How many examples of this file the other one holds too.
    pub(crate) fn shared_with(&self, other: &Self) -> usize {
        self.digests.intersection(&other.digests).count()
    }

    fn example(&mut self, number: usize, line: &[u8]) -> Result<(), Problem> {
        let value: Value = serde_json::from_slice(line).map_err(|_| Problem::Json(number))?;
        let example = value.as_object().ok_or(Problem::NotAnObject(number))?;
        let messages = example
            .get("messages")
            .and_then(Value::as_array)
            .filter(|messages| !messages.is_empty())
            .ok_or(Problem::NoMessages(number))?;
        let mut last = None;
        for (index, message) in messages.iter().enumerate() {
            let role = message.get("role").and_then(Value::as_str);
            if !matches!(role, Some("developer" | "user" | "assistant" | "tool")) {
                return Err(Problem::Role(number, index + 1));
            }
            let calls = message.get("tool_calls").is_some_and(Value::is_array);
            if !calls && !message.get("content").is_some_and(is_text) {
                return Err(Problem::Content(number, index + 1));
            }
            last = role;
        }
        if last != Some("user") {
            return Err(Problem::LastMessage(number));
        }
        self.examples += 1;
        if self.examples <= MOST_TRAINING {
            // The same conversation is the same example, whatever keys the graders get with it.
            let conversation = serde_json::to_vec(messages).map_err(|_| Problem::Json(number))?;
            self.digests.insert(digest(&conversation));
        }
        for key in example.keys() {
            if let Some(count) = self.keys.get_mut(key) {
                *count += 1;
            } else if self.keys.len() < MOST_KEYS {
                self.keys.insert(key.clone(), 1);
            }
        }
        Ok(())
    }
}

/// Text, or an array of text parts.
fn is_text(content: &Value) -> bool {
    match content {
        Value::String(_) => true,
        Value::Array(parts) => {
            !parts.is_empty()
                && parts
                    .iter()
                    .all(|part| part.get("text").is_some_and(Value::is_string))
        }
        _ => false,
    }
}

/// Reads a file chunk by chunk; only the line under way is held.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    dataset: Dataset,
    line: Vec<u8>,
    number: usize,
}

impl Reader {
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.dataset.bytes += chunk.len() as u64;
        let mut rest = chunk;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (head, tail) = rest.split_at(end);
            self.extend(head);
            self.end_line();
            rest = tail.get(1..).unwrap_or_default();
        }
        self.extend(rest);
    }

    pub(crate) fn finish(mut self) -> Dataset {
        self.end_line();
        self.dataset
    }

    fn extend(&mut self, part: &[u8]) {
        // One byte more than allowed is kept, so that the end of the line sees that it was too long.
        let room = (LONGEST_LINE + 1).saturating_sub(self.line.len());
        self.line
            .extend_from_slice(part.get(..room).unwrap_or(part));
    }

    fn end_line(&mut self) {
        self.number += 1;
        let line = std::mem::take(&mut self.line);
        if self.dataset.problem.is_some() || line.trim_ascii().is_empty() {
            return;
        }
        let read = if line.len() > LONGEST_LINE {
            Err(Problem::Long(self.number))
        } else {
            self.dataset.example(self.number, &line)
        };
        self.dataset.problem = read.err();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"messages":[{"role":"user","content":"hi"}],"answer":"4"}"#;

    #[test]
    fn counts_examples_and_keys_over_any_chunking() {
        let text = format!("{GOOD}\n\n{}\n{GOOD}", GOOD.replace("hi", "ho"));
        let whole = Dataset::read(text.as_bytes());
        let mut reader = Reader::default();
        for byte in text.as_bytes() {
            reader.push(&[*byte]);
        }
        let dribbled = reader.finish();
        for dataset in [whole, dribbled] {
            assert_eq!((dataset.examples, dataset.problem()), (3, None));
            assert_eq!(dataset.keys.get("answer"), Some(&3));
            assert_eq!(dataset.shared_with(&Dataset::read(GOOD.as_bytes())), 1);
        }
    }

    #[test]
    fn names_the_line_of_the_first_problem() {
        let case =
            |line: &str| Dataset::read(format!("{GOOD}\n{line}\nnonsense").as_bytes()).problem();
        assert_eq!(case("{"), Some(Problem::Json(2)));
        assert_eq!(case("[]"), Some(Problem::NotAnObject(2)));
        assert_eq!(case(r#"{"messages":[]}"#), Some(Problem::NoMessages(2)));
        assert_eq!(
            case(r#"{"messages":[{"role":"robot","content":"x"}]}"#),
            Some(Problem::Role(2, 1))
        );
        assert_eq!(
            case(r#"{"messages":[{"role":"user","content":[{"type":"image_url"}]}]}"#),
            Some(Problem::Content(2, 1))
        );
        assert_eq!(
            case(
                r#"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#
            ),
            Some(Problem::LastMessage(2))
        );
        assert_eq!(Dataset::read(b"\n \n").problem(), Some(Problem::Empty));
    }
}
