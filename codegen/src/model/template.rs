//! Templates: a request or a result with places to fill.

use serde_json::Number;

use crate::{node::Text, source::Span};

/// A JSON value with places to fill.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) span: Span,
    pub(crate) kind: TemplateKind,
}

/// What a template is.
#[derive(Debug)]
pub(crate) enum TemplateKind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Template>),
    Object(Vec<(Text, Template)>),
    Take(Place),
    First(Vec<Template>),
    Call {
        function: Text,
        arguments: Vec<(Text, Template)>,
    },
    Each {
        list: Place,
        item: Box<Template>,
    },
    /// A list as one text.
    Join {
        list: Place,
        separator: String,
    },
    /// A value as JSON text; a text stays as it is.
    Json(Box<Template>),
    /// Could not be read, which has been reported.
    Broken,
}

impl Template {
    /// The templates inside.
    pub(crate) fn parts(&self) -> Vec<&Template> {
        match &self.kind {
            TemplateKind::List(elements) | TemplateKind::First(elements) => {
                elements.iter().collect()
            }
            TemplateKind::Object(members)
            | TemplateKind::Call {
                arguments: members, ..
            } => members.iter().map(|(_, member)| member).collect(),
            TemplateKind::Each { item, .. } | TemplateKind::Json(item) => vec![item],
            _ => Vec::new(),
        }
    }
}

/// `$name.path`
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) span: Span,
    /// An input, a request, `response`, `provider` or `item`.
    pub(crate) name: String,
    pub(crate) path: Vec<Step>,
}

/// A step on a way into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(i64),
}
