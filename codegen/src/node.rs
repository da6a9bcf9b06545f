//! A YAML value with the place of everything in it.

use serde_json::{Map, Number, Value};

use crate::source::Span;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// The last name of the reference it was inlined from, `Grader` of `grader.yaml#/Grader`.
    pub(crate) origin: Option<String>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Text, Node)>),
    /// Could not be read, which has been reported: whatever it is, nothing more is said of it.
    Broken,
}

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Node {
    pub(crate) fn new(span: Span, kind: Kind) -> Self {
        Self {
            span,
            kind,
            origin: None,
        }
    }

    /// What stands in for something that could not be read.
    pub(crate) fn broken(span: Span) -> Self {
        Self::new(span, Kind::Broken)
    }

    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.kind, Kind::Broken)
    }

    /// The members of an object; none for anything else.
    pub(crate) fn members(&self) -> &[(Text, Node)] {
        match &self.kind {
            Kind::Map(members) => members,
            _ => &[],
        }
    }

    /// The elements of a list; none for anything else.
    pub(crate) fn elements(&self) -> &[Node] {
        match &self.kind {
            Kind::List(elements) => elements,
            _ => &[],
        }
    }

    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.members()
            .iter()
            .find(|(key, _)| key.text == name)
            .map(|(_, value)| value)
    }

    /// The name of a member of an object, with its place.
    pub(crate) fn key(&self, name: &str) -> Option<&Text> {
        self.members()
            .iter()
            .find(|(key, _)| key.text == name)
            .map(|(key, _)| key)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(bool) => Some(bool),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "an object",
            Kind::Broken => "unreadable",
        }
    }

    /// The value without its places.
    pub(crate) fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null | Kind::Broken => Value::Null,
            Kind::Bool(bool) => Value::Bool(*bool),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(elements) => elements.iter().map(Node::to_value).collect(),
            Kind::Map(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| (key.text.clone(), value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}
