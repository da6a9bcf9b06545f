//! Replies that are files.

use super::Template;
use crate::source::Span;

/// What a [`Download`] gives in the place of a JSON reply.
pub(crate) const DOWNLOADED: [&str; 7] = [
    "text",
    "base64",
    "path",
    "bytes",
    "media_type",
    "truncated",
    "next",
];

/// A reply that is a file.
#[derive(Debug)]
pub(crate) struct Download {
    pub(crate) span: Span,
    pub(crate) path: Option<Template>,
    pub(crate) overwrite: Option<Template>,
    pub(crate) offset: Option<Template>,
    pub(crate) inline_bytes: u64,
    pub(crate) file_bytes: u64,
    pub(crate) base64: bool,
}
