//! A difference while two sides are compared.

use super::{Change, Difference};
use crate::source::{Sources, Span};

/// A difference, before it is told.
pub(super) struct Found<'d> {
    pub(super) tool: &'d str,
    /// The request, as the manifest spells it.
    pub(super) endpoint: String,
    /// The operation it is compared with, as the document does.
    pub(super) operation: String,
    /// Where in it.
    pub(super) at: String,
    pub(super) change: Change,
    pub(super) message: String,
    pub(super) ours: Span,
    pub(super) theirs: Span,
}

impl Found<'_> {
    /// What is the same for another tool that is compared with the operation: where it is, and what is there. Which name
    /// stands near one that is gone depends on the tool's others.
    pub(super) fn key(&self) -> (String, String, Change, String) {
        let (change, message) = match self.change {
            Change::Gone | Change::Renamed => (Change::Gone, String::new()),
            change => (change, self.message.clone()),
        };
        (self.operation.clone(), self.at.clone(), change, message)
    }

    pub(super) fn told(self, ours: &Sources, theirs: &Sources) -> Difference {
        Difference {
            at: format!("{} {}", self.endpoint, self.at)
                .trim_end()
                .to_owned(),
            change: self.change,
            message: format!("`{}`: {}", self.tool, self.message),
            ours: told(ours, self.ours),
            theirs: told(theirs, self.theirs),
            reason: None,
        }
    }
}

fn told(sources: &Sources, span: Span) -> String {
    let name = sources.name(span.source);
    match span.line {
        0 => name.to_owned(),
        line => format!("{name}:{line}:{}", span.column),
    }
}
