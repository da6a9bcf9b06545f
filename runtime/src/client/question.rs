//! Questions to a client, and what it may answer.

use serde_json::{Map, Value};

use super::object;
use crate::tool::Ask;

/// A question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Question {
    /// To the person.
    Elicit {
        /// What is asked.
        message: String,
        /// The JSON Schema of the answer.
        form: Value,
    },
    /// To the client's model.
    Sample {
        /// What it is told.
        prompt: String,
        /// How much it may answer.
        max_tokens: u32,
    },
    /// For the directories that the client works in.
    Roots,
}

/// What a person did with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Elicited {
    /// Answered it; what was said fits the form.
    Accepted(Map<String, Value>),
    /// Refused to answer.
    Declined,
    /// Closed it.
    Cancelled,
}

/// A directory that a client works in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// A `file://` URI.
    pub uri: String,
    /// The name that people see.
    pub name: Option<String>,
}

impl Question {
    /// What the client must be able to do.
    #[must_use]
    pub fn kind(&self) -> Ask {
        match self {
            Self::Elicit { .. } => Ask::Elicitation,
            Self::Sample { .. } => Ask::Sampling,
            Self::Roots => Ask::Roots,
        }
    }

    /// Whether a value has the form of an answer: anything may come from a client.
    pub(crate) fn is_answered_by(&self, answer: &Value) -> bool {
        match self {
            Self::Elicit { form, .. } => match answer.get("action").and_then(Value::as_str) {
                Some("accept") => {
                    let content = answer.get("content").cloned();
                    let content = content.unwrap_or_else(|| Value::Object(Map::new()));
                    jsonschema::validator_for(form).is_ok_and(|form| form.is_valid(&content))
                }
                Some("decline" | "cancel") => true,
                _ => false,
            },
            Self::Sample { .. } => answer
                .get("content")
                .is_some_and(|content| !content.is_null()),
            Self::Roots => answer.get("roots").is_some_and(Value::is_array),
        }
    }
}

impl Elicited {
    pub(super) fn of(answer: &Value) -> Self {
        match answer.get("action").and_then(Value::as_str) {
            Some("accept") => Self::Accepted(answer.get("content").map(object).unwrap_or_default()),
            Some("decline") => Self::Declined,
            _ => Self::Cancelled,
        }
    }
}

/// The text of a model's answer, which is one content or several.
pub(super) fn sampled(answer: &Value) -> String {
    let text = |content: &Value| {
        content
            .get("text")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    match answer.get("content") {
        Some(Value::Array(blocks)) => blocks.iter().filter_map(text).collect(),
        Some(block) => text(block).unwrap_or_default(),
        None => String::new(),
    }
}

pub(super) fn roots(answer: &Value) -> Vec<Root> {
    let text = |root: &Value, key: &str| root.get(key).and_then(Value::as_str).map(str::to_owned);
    let roots = answer
        .get("roots")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let roots = roots.filter_map(|root| {
        Some(Root {
            uri: text(root, "uri")?,
            name: text(root, "name"),
        })
    });
    roots.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_fits_answers_a_form() {
        let form =
            json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}});
        let question = Question::Elicit {
            message: String::new(),
            form,
        };
        for answer in [
            json!({"action": "accept", "content": {"n": 1}}),
            json!({"action": "decline"}),
        ] {
            assert!(question.is_answered_by(&answer), "{answer}");
        }
        for answer in [
            json!(12345),
            json!(null),
            json!({"action": "accept"}),
            json!({"action": "accept", "content": {"n": "1"}}),
            json!({"action": "perhaps"}),
        ] {
            assert!(!question.is_answered_by(&answer), "{answer}");
        }
    }

    #[test]
    fn a_model_answers_with_one_content_or_several() {
        let block = |text: &str| json!({"type": "text", "text": text});
        assert_eq!(sampled(&json!({"content": block("a")})), "a");
        assert_eq!(
            sampled(&json!({"content": [block("a"), {"type": "image"}, block("b")]})),
            "ab"
        );
    }
}
