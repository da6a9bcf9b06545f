//! The manifest's examples, for those who read what the tools do. A text in the program, parsed where it is shown: a
//! server never looks at it.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What the build script wrote.
const EXAMPLES: &str = include_str!(concat!(env!("OUT_DIR"), "/manifest.examples.json"));
/// The longest line that a value is shown on.
const WIDTH: usize = 100;

/// A call of a tool.
#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    pub tool: String,
    pub name: String,
    /// The provider, where it is not the first.
    pub provider: Option<String>,
    pub input: Value,
    /// What is sent.
    #[serde(default)]
    pub requests: Vec<Sent>,
    /// What the agent gets.
    pub result: Option<Value>,
    /// A part of it.
    pub result_has: Option<Value>,
    /// A part of the error's text.
    pub error: Option<String>,
}

/// A request.
#[derive(Debug, Clone, Deserialize)]
pub struct Sent {
    pub method: String,
    pub path: String,
    #[serde(default)]
    query: Map<String, Value>,
    body: Option<Value>,
    form: Option<Value>,
    upload: Option<Value>,
}

impl Example {
    /// The examples of a tool, in the manifest's order.
    pub fn of(tool: &str) -> Vec<Self> {
        // The build script wrote it from the same members.
        let all: Vec<Self> = serde_json::from_str(EXAMPLES).unwrap_or_default();
        all.into_iter().filter(|one| one.tool == tool).collect()
    }

    /// How it is called where several are shown.
    pub fn title(&self) -> String {
        match &self.provider {
            Some(provider) => format!("{}, on {provider}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Sent {
    /// What goes with it: a body, a form, or a form with files.
    pub fn parts(&self) -> impl Iterator<Item = &Value> {
        [&self.body, &self.form, &self.upload].into_iter().flatten()
    }

    /// `GET /jobs?limit=2`, as people read it: nothing is encoded.
    pub fn line(&self) -> String {
        let mut line = format!("{} {}", self.method, self.path);
        let mut sign = '?';
        for (name, value) in &self.query {
            let pairs: Vec<(String, &Value)> = match value {
                Value::Object(members) => members
                    .iter()
                    .map(|(key, value)| (format!("{name}[{key}]"), value))
                    .collect(),
                Value::Array(elements) => elements.iter().map(|one| (name.clone(), one)).collect(),
                one => vec![(name.clone(), one)],
            };
            for (name, value) in pairs {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let _ = write!(line, "{sign}{name}={value}");
                sign = '&';
            }
        }
        line
    }
}

/// A value as JSON, with what fits on one line.
pub fn fitted(value: &Value) -> String {
    let mut text = String::new();
    fit(value, 0, 0, &mut text);
    text
}

/// Writes a value that has `before` characters before it on its line, inside of `indent` spaces.
fn fit(value: &Value, indent: usize, before: usize, text: &mut String) {
    let flat = flat(value);
    let fits = indent + before + flat.chars().count() <= WIDTH;
    let members: Vec<(String, &Value)> = match value {
        _ if fits => Vec::new(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (format!("{}: ", Value::from(name.as_str())), member))
            .collect(),
        Value::Array(elements) => elements.iter().map(|one| (String::new(), one)).collect(),
        _ => Vec::new(),
    };
    if members.is_empty() {
        text.push_str(&flat);
        return;
    }
    let (open, close) = if value.is_object() {
        ('{', '}')
    } else {
        ('[', ']')
    };
    text.push(open);
    let count = members.len();
    for (index, (name, member)) in members.into_iter().enumerate() {
        let _ = write!(text, "\n{:1$}{name}", "", indent + 2);
        fit(member, indent + 2, name.chars().count() + 1, text);
        if index + 1 < count {
            text.push(',');
        }
    }
    let _ = write!(text, "\n{:indent$}{close}", "");
}

/// A value on one line.
fn flat(value: &Value) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let members = members.iter();
            let members = members
                .map(|(name, member)| format!("{}: {}", Value::from(name.as_str()), flat(member)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(flat).collect();
            format!("[{}]", elements.join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;
    use crate::TABLE;

    #[test]
    fn every_example_is_read_and_none_is_of_another_program() {
        let all: Vec<Example> = serde_json::from_str(EXAMPLES).unwrap();
        for tool in TABLE.tools {
            assert!(all.iter().any(|one| one.tool == tool.name), "{}", tool.name);
        }
        for one in &all {
            assert!(TABLE.tools.iter().any(|tool| tool.name == one.tool));
        }
    }

    #[test]
    fn a_value_is_broken_where_it_is_too_long_and_is_still_the_same() {
        let long = "x".repeat(90);
        let value = json!({"a": [1, {"b": null}], "long": [long, {"c\"": {}}], "d": []});
        let text = fitted(&value);
        assert_eq!(
            text,
            format!(
                "{{\n  \"a\": [1, {{ \"b\": null }}],\n  \"long\": [\n    \"{long}\",\n    {{ \"c\\\"\": {{}} }}\n  ],\n  \
                 \"d\": []\n}}"
            )
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn a_request_is_a_line() {
        let sent: Sent = serde_json::from_value(json!({
            "method": "GET", "path": "/jobs", "query": {"limit": 2, "metadata": {"a": "b c"}, "tag": ["x", "y"]}
        }))
        .unwrap();
        assert_eq!(sent.line(), "GET /jobs?limit=2&metadata[a]=b c&tag=x&tag=y");
    }
}
