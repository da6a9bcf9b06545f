//! Files that are sent.

use super::{Place, Template, TemplateKind};
use crate::{node::Text, source::Span};

/// Files as the body of a request: a form with fields and files, or one file that is the body.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) span: Span,
    pub(crate) fields: Vec<(Text, Template)>,
    /// Media types of fields, by their names.
    pub(crate) types: Vec<(Text, Text)>,
    pub(crate) files: Vec<File>,
    /// Whether the only file is the body itself.
    pub(crate) raw: bool,
}

/// A file of an [`Upload`], or one for each element of a list.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) span: Span,
    pub(crate) part: Text,
    /// Takes a list.
    pub(crate) each: Option<Template>,
    pub(crate) optional: bool,
    pub(crate) filename: Option<Template>,
    pub(crate) unnamed: String,
    pub(crate) media_type: Option<Text>,
    pub(crate) text: Option<Template>,
    pub(crate) base64: Option<Template>,
    pub(crate) path: Option<Template>,
    pub(crate) max_bytes: u64,
    /// The same where a value of the provider says it.
    pub(crate) most: Option<Template>,
    /// The Rust function that sends a larger one.
    pub(crate) larger: Option<Text>,
}

impl File {
    /// The list for each element of which there is such a file.
    pub(crate) fn list(&self) -> Option<&Place> {
        match &self.each.as_ref()?.kind {
            TemplateKind::Take(place) => Some(place),
            _ => None,
        }
    }

    /// Where its content may come from.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Template> {
        [&self.text, &self.base64, &self.path].into_iter().flatten()
    }
}
