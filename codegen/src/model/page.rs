//! Lists that come in pages.

use super::{Place, Step};
use crate::{node::Text, source::Span};

/// The input that asks for every page, of tools that have a [`Page`].
pub(crate) const ALL_PAGES: &str = "all_pages";

/// What a result has when it is not all there is, with its type.
pub(crate) const TRUNCATION: [(&str, &str); 2] = [("truncated", "boolean"), ("note", "string")];

/// How a list goes on after a page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) span: Span,
    /// The input that takes the cursor.
    pub(crate) input: Text,
    pub(crate) after: Place,
    pub(crate) more: Option<Place>,
    /// The list in the reply; that of `after` when it is not said.
    pub(crate) items: Option<Place>,
    pub(crate) max_pages: u64,
    pub(crate) max_items: u64,
}

impl Page {
    /// The list in the reply: as said, or the one whose last item has the cursor.
    pub(crate) fn items(&self) -> Option<Place> {
        let last = self
            .after
            .path
            .iter()
            .position(|step| *step == Step::Index(-1));
        self.items.clone().or_else(|| {
            Some(Place {
                path: self.after.path.get(..last?)?.to_vec(),
                ..self.after.clone()
            })
        })
    }
}
