//! Requests and replies that are files.

use super::{Native, Place, Template};

/// Files as the body of a request: parts of a `multipart/form-data` after its fields, or one file that is the body.
#[derive(Debug)]
pub struct UploadSpec {
    /// Fields by name, spelled as a query is.
    pub fields: &'static [(&'static str, Template)],
    /// Media types of fields that have one, by the field's name.
    pub types: &'static [(&'static str, &'static str)],
    /// The files.
    pub files: &'static [FileSpec],
    /// Whether the only file is the body itself, and there is no form.
    pub raw: bool,
}

/// A file of an [`UploadSpec`], or one for each element of a list.
#[derive(Debug)]
pub struct FileSpec {
    /// The name of its part.
    pub part: &'static str,
    /// A list, for each element of which there is such a file; the element is [`Root::Item`](super::Root::Item).
    pub each: Option<Place>,
    /// Whether it may be left out.
    pub optional: bool,
    /// The file's name; when absent, that of the path.
    pub filename: Option<Template>,
    /// What a file is called that has neither.
    pub unnamed: &'static str,
    /// The media type; when absent, the one that files of its name have.
    pub media_type: Option<&'static str>,
    /// The content as text.
    pub text: Option<Template>,
    /// The content as base64.
    pub base64: Option<Template>,
    /// The path of a local file with the content.
    pub path: Option<Template>,
    /// The largest file that is sent, in bytes.
    pub max_bytes: u64,
    /// The same, where a value of the provider says it.
    pub most: Option<Template>,
    /// Sends a larger one in some other way; see [`native`](super::native). Of the only file of a request.
    pub larger: Option<Native>,
}

/// A reply that is a file. The result takes it as an object: `bytes` (of all of it), `media_type`, and `path`
/// where it was saved, or else its content as `text` (or `base64` where it is none and that is allowed),
/// with `truncated` and `next` (the offset to go on at) when it was cut.
#[derive(Debug)]
pub struct DownloadSpec {
    /// The path of a local file to write.
    pub path: Option<Template>,
    /// Whether a file that is there may be written over.
    pub overwrite: Option<Template>,
    /// How many bytes to leave out at the start of an inline content; what is saved is saved whole.
    pub offset: Option<Template>,
    /// The most bytes of an inline content.
    pub inline_bytes: usize,
    /// The most bytes of a local file.
    pub file_bytes: u64,
    /// Whether what is no text is given as base64; it is refused otherwise.
    pub base64: bool,
}
