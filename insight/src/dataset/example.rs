//! One line.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

use crate::problem::{Level, Problem, Problems};

const ROLES: [&str; 4] = ["developer", "user", "assistant", "tool"];

/// A line that holds an object.
pub(super) struct Example {
    pub(super) value: Value,
    /// Whether nothing in it is an error.
    pub(super) valid: bool,
    /// Of all its messages and tools.
    pub(super) characters: usize,
    /// Of its conversation.
    pub(super) digest: u64,
}

/// A line's example; `None` where it is no JSON object, which is told like everything else that is wrong.
pub(super) fn read(line: &[u8], number: u64, problems: &mut Problems) -> Option<Example> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            problems.add(number, "utf-8", || {
                Problem::new(
                    Level::Error,
                    "utf-8",
                    format!("the byte at column {} is no UTF-8", error.valid_up_to() + 1),
                    "save the file as UTF-8",
                )
            });
            return None;
        }
    };
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            problems.add(number, "json", || broken(text, &error));
            return None;
        }
    };
    if !value.is_object() {
        problems.add(number, "object", || {
            Problem::new(
                Level::Error,
                "object",
                format!("{}, not a JSON object", kind(&value)),
                "write one object a line: {\"messages\": […], \"answer\": …}",
            )
        });
        return None;
    }
    let mut look = Look {
        number,
        problems,
        valid: true,
        characters: 0,
    };
    look.messages(&value);
    look.tools(&value);
    let (valid, characters) = (look.valid, look.characters);
    let mut hasher = DefaultHasher::new();
    digest(value.get("messages").unwrap_or(&Value::Null), &mut hasher);
    Some(Example {
        valid,
        characters,
        digest: hasher.finish(),
        value,
    })
}

fn broken(text: &str, error: &serde_json::Error) -> Problem {
    let rest = text
        .get(error.column().saturating_sub(2)..)
        .unwrap_or_default();
    let begins = |word: &str| rest.get(..word.len() + 2).unwrap_or(rest).contains(word);
    let help = if begins("NaN") || begins("Infinity") || begins("N") || begins("I") {
        "JSON has no NaN and no Infinity: write null, or leave the key out"
    } else if text.trim_start().starts_with('[') || text.trim() == "{" {
        "JSONL holds one whole object a line: not an array, and not spread over lines"
    } else if text.contains('\'') && !text.contains('"') {
        "JSON wants double quotes"
    } else {
        "write one JSON object a line, with a JSON library"
    };
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Problem::new(
        Level::Error,
        "json",
        format!("not valid JSON: {what} at column {}", error.column()),
        help,
    )
}

/// A role by which problems are told apart; there are as many others as anybody likes.
fn known(role: &str) -> &str {
    match role {
        "system" | "nobody" => role,
        role if ROLES.contains(&role) => role,
        _ => "another",
    }
}

struct Look<'a> {
    number: u64,
    problems: &'a mut Problems,
    valid: bool,
    characters: usize,
}

impl Look<'_> {
    fn error(&mut self, kind: &str, problem: impl FnOnce() -> Problem) {
        self.valid = false;
        self.problems.add(self.number, kind, problem);
    }

    fn messages(&mut self, example: &Value) {
        let messages = match example.get("messages") {
            Some(Value::Array(messages)) if !messages.is_empty() => messages,
            found => {
                let what = match found {
                    None => "there is no `messages`".to_owned(),
                    Some(Value::Array(_)) => "`messages` is empty".to_owned(),
                    Some(other) => format!("`messages` is {}, not a list", kind(other)),
                };
                let help = match ["prompt", "input", "conversations"]
                    .iter()
                    .find(|name| example.get(**name).is_some())
                {
                    Some(name) => format!(
                        "`{name}` is not looked at: put it into `messages`: [{{\"role\": \"user\", \"content\": …}}]"
                    ),
                    None => "give the conversation as `messages`: [{\"role\": \"user\", \"content\": …}]".to_owned(),
                };
                let kind = format!("{what}, {help}");
                self.error(&kind, || Problem::new(Level::Error, "messages", what, help));
                return;
            }
        };
        for (index, message) in messages.iter().enumerate() {
            self.message(index + 1, message);
        }
        let last = messages.last().and_then(|last| last.get("role"));
        if last.and_then(Value::as_str) != Some("user") {
            let role = last.and_then(Value::as_str).unwrap_or("nobody");
            self.error(&format!("last-message {}", known(role)), || {
                let help = if role == "assistant" {
                    "the model writes the answer itself: leave the assistant's out, or keep it under a key of its own \
                     for the grader, such as `reference`"
                } else {
                    "end the conversation with what the user asks"
                };
                Problem::new(
                    Level::Error,
                    "last-message",
                    format!("the last message comes from {role}, not from the user"),
                    help,
                )
            });
        }
    }

    fn message(&mut self, place: usize, message: &Value) {
        if !message.is_object() {
            self.error("message", || {
                Problem::new(
                    Level::Error,
                    "message",
                    format!("message {place} is {}, not an object", kind(message)),
                    "write it as {\"role\": \"user\", \"content\": \"…\"}",
                )
            });
            return;
        }
        let role = message.get("role").and_then(Value::as_str);
        if !role.is_some_and(|role| ROLES.contains(&role)) {
            let key = match role {
                Some("system") => "system",
                Some(_) => "role",
                None => "no role",
            };
            self.error(key, || {
                let what = match role {
                    Some(role) => format!("message {place} has the role `{role}`"),
                    None => format!("message {place} has no role"),
                };
                let help = match role {
                    Some("system") => "reasoning models take `developer` instead".to_owned(),
                    _ => format!("the roles are {}", ROLES.join(", ")),
                };
                Problem::new(Level::Error, "role", what, help)
            });
        }
        self.content(place, role, message);
    }

    fn content(&mut self, place: usize, role: Option<&str>, message: &Value) {
        let calls = role == Some("assistant")
            && message
                .get("tool_calls")
                .and_then(Value::as_array)
                .is_some_and(|calls| !calls.is_empty());
        let found = message.get("content").unwrap_or(&Value::Null);
        match found {
            Value::String(text) => {
                self.characters += text.chars().count();
                if text.trim().is_empty() && !calls {
                    self.problems.add(self.number, "empty-content", || {
                        Problem::new(
                            Level::Warning,
                            "empty-content",
                            format!("message {place} says nothing"),
                            "leave the message out, or say something",
                        )
                    });
                }
            }
            Value::Null if calls => {}
            Value::Array(parts) if !parts.is_empty() => {
                for part in parts {
                    self.part(place, part);
                }
            }
            other => {
                let what = match other {
                    Value::Null => "no content".to_owned(),
                    Value::Array(_) => "an empty list for content".to_owned(),
                    other => format!("{} for content", kind(other)),
                };
                self.error(&what, || {
                    Problem::new(
                        Level::Error,
                        "content",
                        format!("message {place} has {what}"),
                        "content is a text, or a list of {\"type\": \"text\", \"text\": …}",
                    )
                });
            }
        }
    }

    fn part(&mut self, place: usize, part: &Value) {
        if let Some(text) = part.get("text").and_then(Value::as_str) {
            self.characters += text.chars().count();
            return;
        }
        let named = part.get("type").and_then(Value::as_str).unwrap_or("part");
        let key = if named.contains("image") {
            "image"
        } else {
            "part"
        };
        self.error(key, || {
            Problem::new(
                Level::Error,
                "content",
                format!("message {place} holds `{named}`, which is no text"),
                "only text can be learnt from: describe it in words, or leave the example out",
            )
        });
    }

    fn tools(&mut self, example: &Value) {
        let Some(tools) = example.get("tools") else {
            return;
        };
        let Some(tools) = tools.as_array() else {
            self.error("tools", || {
                Problem::new(
                    Level::Error,
                    "tools",
                    format!("`tools` is {}, not a list", kind(tools)),
                    "give the tools as in a chat request, or leave the key out",
                )
            });
            return;
        };
        for (index, tool) in tools.iter().enumerate() {
            self.characters += tool.to_string().len();
            let named = tool.get("type").and_then(Value::as_str) == Some("function")
                && tool.pointer("/function/name").is_some_and(Value::is_string);
            if !named {
                self.error("tool", || {
                    Problem::new(
                        Level::Error,
                        "tools",
                        format!("tool {} is no function with a name", index + 1),
                        "write it as {\"type\": \"function\", \"function\": {\"name\": …, \"parameters\": …}}",
                    )
                });
            }
        }
    }
}

/// The same for the same value, in whatever order its keys are.
fn digest(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Bool(value) => (1_u8, value).hash(hasher),
        Value::Number(number) => (2_u8, number.to_string()).hash(hasher),
        Value::String(text) => (3_u8, text).hash(hasher),
        Value::Array(elements) => {
            (4_u8, elements.len()).hash(hasher);
            for element in elements {
                digest(element, hasher);
            }
        }
        Value::Object(members) => {
            (5_u8, members.len()).hash(hasher);
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_unstable();
            for name in names {
                name.hash(hasher);
                digest(members.get(name).unwrap_or(&Value::Null), hasher);
            }
        }
    }
}

/// What a value is, for messages.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
