//! What `tools/list` costs a model to read, estimated.

use crate::{
    model::{Manifest, Tool},
    schema,
};

/// The estimated cost of a manifest's tools, in tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// In the manifest's order.
    pub tools: Vec<ToolTokens>,
    /// In the manifest's order.
    pub sets: Vec<SetTokens>,
    /// Of the tools that are listed when nobody chooses sets.
    pub listed: u64,
    /// Of all tools.
    pub total: u64,
}

/// The estimated cost of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolTokens {
    /// The tool's name.
    pub name: String,
    /// Of its name, title and description.
    pub text: u64,
    /// Of its input schema.
    pub input: u64,
    /// Of its output schema, which only some clients give to the model.
    pub output: u64,
}

/// The estimated cost of the tools of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTokens {
    /// The set's name.
    pub name: String,
    /// Whether it is listed when nobody chooses.
    pub default: bool,
    /// Of its tools together.
    pub tokens: u64,
}

impl ToolTokens {
    /// Of all that is listed of the tool.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.text + self.input + self.output
    }
}

impl Tokens {
    /// The set for a tool of which nothing else is known: of those that are listed by default the one that costs least, for
    /// the first is most often full.
    #[must_use]
    pub fn roomiest(&self) -> Option<&SetTokens> {
        let least = |default: bool| {
            let sets = self.sets.iter().filter(|set| set.default == default);
            sets.min_by_key(|set| set.tokens)
        };
        least(true).or_else(|| least(false))
    }

    pub(crate) fn of(manifest: &Manifest) -> Self {
        let tools: Vec<_> = manifest.tools.iter().map(cost).collect();
        let sum = |wanted: &dyn Fn(&Tool) -> bool| -> u64 {
            let all = manifest.tools.iter().zip(&tools);
            all.filter(|(tool, _)| wanted(tool))
                .map(|(_, cost)| cost.total())
                .sum()
        };
        let is_in = |tool: &Tool, name: &str| tool.sets.iter().any(|set| set.text == name);
        let sets = &manifest.server.sets;
        let default = || sets.iter().filter(|set| set.default);
        Self {
            sets: sets
                .iter()
                .map(|set| SetTokens {
                    name: set.name.text.clone(),
                    default: set.default,
                    tokens: sum(&|tool| is_in(tool, &set.name.text)),
                })
                .collect(),
            listed: sum(&|tool| default().any(|set| is_in(tool, &set.name.text))),
            total: sum(&|_| true),
            tools,
        }
    }
}

fn cost(tool: &Tool) -> ToolTokens {
    let name = &tool.name.text;
    ToolTokens {
        name: name.clone(),
        text: estimate(&format!("{name} {} {}", tool.title, tool.description)),
        input: estimate(&schema::shown(&tool.input).to_string()),
        output: estimate(&schema::shown(&tool.output).to_string()),
    }
}

/// What kind a character is, for the way that tokenizers split texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Blank,
    Mark,
    /// Of a script without blanks between words, or a sign that few texts have.
    Other,
}

/// About how many tokens a text is: words and runs of marks, as byte pair encodings split them, each of as
/// many tokens as its length usually makes. No model's vocabulary is asked; on tools it is within a tenth of
/// what `o200k_base` and `cl100k_base` make, rather above than below.
fn estimate(text: &str) -> u64 {
    let mut tokens = 0;
    let mut run: Option<(Class, u64)> = None;
    let mut lower = false;
    for c in text.chars() {
        let class = class(c);
        // `minLength` is two words.
        let same = run.is_some_and(|(of, _)| of == class) && !(lower && c.is_uppercase());
        run = match run {
            Some((_, length)) if same => Some((class, length + 1)),
            _ => {
                tokens += run.map_or(0, cost_of);
                Some((class, 1))
            }
        };
        lower = c.is_lowercase();
    }
    tokens + run.map_or(0, cost_of)
}

fn class(c: char) -> Class {
    match c {
        c if c.is_ascii_digit() => Class::Digit,
        c if c.is_whitespace() => Class::Blank,
        c if c.is_ascii_alphabetic() || ('\u{c0}'..'\u{250}').contains(&c) => Class::Letter,
        c if c.is_ascii() => Class::Mark,
        _ => Class::Other,
    }
}

fn cost_of((class, length): (Class, u64)) -> u64 {
    match class {
        // A single blank belongs to the word after it.
        Class::Blank => length / 2,
        Class::Letter => length.div_ceil(8),
        Class::Digit => length.div_ceil(3),
        Class::Mark => length.div_ceil(4),
        Class::Other => length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `gpt-tokenizer` counts with the encodings `o200k_base` and `cl100k_base`.
    #[test]
    fn estimates_are_near_what_tokenizers_count() {
        let texts = [
            (
                "Launches a paid RFT job (about $100 an hour) from two uploaded JSONL files and a grader, and \
                 returns its job_id. Everything else is optional. Never repeat it after a failure before \
                 list_jobs shows that no job was created.",
                51,
                52,
            ),
            (
                r#"{"type":"object","additionalProperties":false,"required":["job_id"],"properties":{"job_id":{"type":"string","minLength":1,"description":"Id of the job (ftjob-…)."},"limit":{"type":"integer","minimum":1,"maximum":100,"description":"Most items to return."},"after":{"type":"string","minLength":1,"description":"Cursor; the `next` of the page before."}}}"#,
                91,
                89,
            ),
            (
                r#"{"type":"object","required":["job_id","status"],"properties":{"job_id":{"type":"string"},"status":{"type":"string","description":"validating_files, queued, running, pausing, paused, succeeded, failed or cancelled; any other means not ended."},"model":{"type":"string"},"created_at":{"type":"integer","description":"Unix seconds."}}}"#,
                78,
                74,
            ),
        ];
        for (text, new, old) in texts {
            let estimated = estimate(text);
            let (least, most) = (new.min(old) * 9 / 10, new.max(old) * 12 / 10);
            assert!(
                (least..=most).contains(&estimated),
                "{estimated}, not {new}: {text}"
            );
        }
    }
}
