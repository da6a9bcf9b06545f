//! Bodies of `multipart/form-data`: fields, then one file that is streamed from the disk.

use std::path::Path;

use reqwest::{
    Body,
    multipart::{Form, Part},
};
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

use super::UpstreamError;
use crate::files::{FileError, Roots};

/// What is sent as a form, ready to be made anew for every attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The fields before the file, by name.
    pub fields: Vec<(String, String)>,
    /// The name of the part that is the file.
    pub part: &'static str,
    /// The file's name, when one was given.
    pub filename: Option<String>,
    /// What it is called when neither a name nor a path says so.
    pub unnamed: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub content: Content,
    /// The largest file that is sent.
    pub max_bytes: u64,
}

/// Where the bytes of a file come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// From the call.
    Text(String),
    /// From a local file.
    Path(String),
}

impl Upload {
    /// The name of the file as it is sent.
    #[must_use]
    pub fn filename(&self) -> String {
        let own = match &self.content {
            Content::Path(path) => Path::new(path).file_name(),
            Content::Text(_) => None,
        };
        let own = || own.map(|name| name.to_string_lossy().into_owned());
        let given = self.filename.clone().or_else(own);
        given.unwrap_or_else(|| self.unnamed.to_owned())
    }

    /// The form. A local file is opened anew, and not read before it is sent.
    pub(super) async fn form(&self, roots: &Roots) -> Result<Form, UpstreamError> {
        let mut form = Form::new();
        for (name, value) in &self.fields {
            form = form.text(name.clone(), value.clone());
        }
        let part = match &self.content {
            Content::Text(text) => {
                self.fits(text.len() as u64)?;
                Part::text(text.clone())
            }
            Content::Path(path) => {
                let (roots, path) = (roots.clone(), path.clone());
                let open = tokio::task::spawn_blocking(move || roots.read(&path));
                let (file, length) = open
                    .await
                    .map_err(|_| UpstreamError::Local(FileError::NoRoots))??;
                self.fits(length)?;
                // What is appended meanwhile does not belong to the length that is told.
                let bytes = tokio::fs::File::from_std(file).take(length);
                Part::stream_with_length(Body::wrap_stream(ReaderStream::new(bytes)), length)
            }
        };
        let part = part.file_name(self.filename()).mime_str(self.media_type);
        let unfit = |_| UpstreamError::Request(format!("`{}` is no media type", self.media_type));
        Ok(form.part(self.part, part.map_err(unfit)?))
    }

    fn fits(&self, length: u64) -> Result<(), UpstreamError> {
        if length <= self.max_bytes {
            return Ok(());
        }
        let message = format!(
            "the file has {length} bytes, and at most {} can be sent: split it or leave something out",
            self.max_bytes
        );
        Err(UpstreamError::Request(message))
    }
}
