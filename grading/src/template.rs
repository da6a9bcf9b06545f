//! Texts with `{{ item.x.y }}` and `{{ sample.output_text }}` in them.

use std::fmt;

use serde_json::Value;
use thiserror::Error;

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// Braces without an end.
    #[error("a '{{{{' is not closed by '}}}}'")]
    Open,
    /// Not a path.
    #[error("'{0}' is not a path such as item.answer or sample.output_json.answers[0]")]
    Path(String),
    /// Neither `item` nor `sample`.
    #[error("'{0}' is in an unknown namespace: the namespaces are item and sample")]
    Namespace(String),
    /// A part that a sample does not have.
    #[error(
        "'{0}' is not part of a sample: use sample.output_text, sample.output_json or sample.output_tools"
    )]
    Sample(String),
}

/// A parsed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(Variable),
}

/// A path into the example (`item`) or the answer (`sample`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// As it was written, without the braces.
    text: String,
    /// What the path starts from.
    pub source: Source,
    segments: Vec<Segment>,
}

/// What a path starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The example.
    Item,
    /// The answer's text.
    OutputText,
    /// The answer read as JSON.
    OutputJson,
    /// The answer's tool calls.
    OutputTools,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    /// At the first variable that can have no value.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (inner, tail) = after.split_once("}}").ok_or(TemplateError::Open)?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Variable(Variable::parse(inner.trim())?));
            rest = tail;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// Its variables, in order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.0.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Variable(variable) => Some(variable),
        })
    }

    /// The text with its variables filled in, or the first variable that has no value.
    ///
    /// # Errors
    /// That variable.
    pub fn render<'a>(&'a self, scope: &Scope<'_>) -> Result<String, &'a Variable> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Variable(variable) => match scope.value(variable).ok_or(variable)? {
                    Value::String(value) => text.push_str(value),
                    value => text.push_str(&value.to_string()),
                },
            }
        }
        Ok(text)
    }
}

impl Variable {
    fn parse(text: &str) -> Result<Self, TemplateError> {
        let bad = || TemplateError::Path(text.to_owned());
        let mut segments = Vec::new();
        for step in text.split('.') {
            let (key, indices) = match step.find('[') {
                None => (step, ""),
                Some(at) => step.split_at_checked(at).ok_or_else(bad)?,
            };
            let key = key.trim();
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            if key.is_empty() || !key.chars().all(plain) {
                return Err(bad());
            }
            segments.push(Segment::Key(key.to_owned()));
            for index in indices.split_inclusive(']') {
                let number = index
                    .strip_prefix('[')
                    .and_then(|index| index.strip_suffix(']'))
                    .and_then(|index| index.trim().parse().ok())
                    .ok_or_else(bad)?;
                segments.push(Segment::Index(number));
            }
        }
        let mut rest = segments.into_iter();
        let source = match rest.next() {
            Some(Segment::Key(name)) if name == "item" => Source::Item,
            Some(Segment::Key(name)) if name == "sample" => match rest.next() {
                Some(Segment::Key(name)) if name == "output_text" => Source::OutputText,
                Some(Segment::Key(name)) if name == "output_json" => Source::OutputJson,
                Some(Segment::Key(name)) if name == "output_tools" => Source::OutputTools,
                _ => return Err(TemplateError::Sample(text.to_owned())),
            },
            _ => return Err(TemplateError::Namespace(text.to_owned())),
        };
        let segments: Vec<Segment> = rest.collect();
        let fits = match source {
            // An example is an object: a path into it starts with a key.
            Source::Item => matches!(segments.first(), Some(Segment::Key(_))),
            Source::OutputText => segments.is_empty(),
            Source::OutputJson | Source::OutputTools => true,
        };
        if !fits {
            return Err(bad());
        }
        Ok(Self {
            text: text.to_owned(),
            source,
            segments,
        })
    }

    /// The key of the example that the path starts with.
    #[must_use]
    pub fn item_key(&self) -> Option<&str> {
        match (self.source, self.segments.first()) {
            (Source::Item, Some(Segment::Key(key))) => Some(key),
            _ => None,
        }
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What the variables of a template refer to.
#[derive(Debug)]
pub struct Scope<'a> {
    item: &'a Value,
    output_text: Value,
    output_json: Option<Value>,
}

impl<'a> Scope<'a> {
    /// `output_json` is there when the answer is JSON.
    #[must_use]
    pub fn new(item: &'a Value, answer: &str) -> Self {
        Self {
            item,
            output_json: serde_json::from_str(answer).ok(),
            output_text: Value::String(answer.to_owned()),
        }
    }

    /// Whether the answer is JSON.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        self.output_json.is_some()
    }

    fn value(&self, variable: &Variable) -> Option<&Value> {
        let root = match variable.source {
            Source::Item => self.item,
            Source::OutputText => &self.output_text,
            Source::OutputJson => self.output_json.as_ref()?,
            // An answer given as a text has no tool calls.
            Source::OutputTools => return None,
        };
        variable
            .segments
            .iter()
            .try_fold(root, |value, segment| match segment {
                Segment::Key(key) => value.get(key),
                Segment::Index(index) => value.get(index),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fills_in_paths_of_both_namespaces() {
        let item = json!({"x": {"y": 3}, "who": "Ann"});
        let scope = Scope::new(&item, r#"{"a": ["p", {"q": true}]}"#);
        let text =
            "{{item.who}}: {{ item.x.y }} {{ sample.output_json.a[1].q }}/{{sample.output_json.a}}";
        assert_eq!(
            Template::parse(text).unwrap().render(&scope).unwrap(),
            r#"Ann: 3 true/["p",{"q":true}]"#
        );
        let text = Template::parse("{{ item.z }}").unwrap();
        assert_eq!(text.render(&scope).unwrap_err().to_string(), "item.z");
    }

    #[test]
    fn refuses_what_is_not_a_path_of_the_two_namespaces() {
        let refused = |text: &str| Template::parse(text).unwrap_err();
        assert_eq!(refused("{{ item.x"), TemplateError::Open);
        assert!(matches!(
            refused("{{ reference.x }}"),
            TemplateError::Namespace(_)
        ));
        assert!(matches!(
            refused("{{ sample.text }}"),
            TemplateError::Sample(_)
        ));
        for text in [
            "{{}}",
            "{{ item }}",
            "{{ item. }}",
            "{{ item[0] }}",
            "{{ item.a[x] }}",
            "{{ item.a b }}",
        ] {
            assert!(
                matches!(
                    refused(text),
                    TemplateError::Path(_) | TemplateError::Namespace(_)
                ),
                "{text}"
            );
        }
        assert!(matches!(
            refused("{{ sample.output_text.x }}"),
            TemplateError::Path(_)
        ));
    }
}
