//! Bodies that are files: `multipart/form-data` with fields and then files, or one file alone. Local ones are
//! streamed from the disk.

use std::{io::SeekFrom, path::Path};

use reqwest::{
    Body, RequestBuilder,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
    multipart::{Form, Part},
};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::UpstreamError;
use crate::files::{FileError, Roots};

/// A body of files, ready to be made anew for every attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The fields before the files: the name, the text, and its media type when it has one.
    pub fields: Vec<(String, String, Option<&'static str>)>,
    /// The files.
    pub files: Vec<File>,
    /// Whether the only file is the body itself.
    pub raw: bool,
}

/// A file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The name of its part.
    pub part: &'static str,
    /// Its name, when one was given.
    pub filename: Option<String>,
    /// What it is called when neither a name nor a path says so.
    pub unnamed: &'static str,
    /// Its media type, when one was given.
    pub media_type: Option<&'static str>,
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
    /// From the call, where it was base64.
    Bytes(Vec<u8>),
    /// From a local file.
    Path(String),
    /// From a part of a local file.
    Piece {
        /// Where it is.
        path: String,
        /// Bytes before the part.
        offset: u64,
        /// Bytes of the part.
        length: u64,
    },
}

impl Upload {
    /// A request with this as its body. A local file is opened anew, and not read before it is sent.
    pub(super) async fn put(
        &self,
        builder: RequestBuilder,
        roots: &Roots,
    ) -> Result<RequestBuilder, UpstreamError> {
        if self.raw {
            let Some(file) = self.files.first() else {
                return Ok(builder);
            };
            let (body, length) = file.open(roots).await?;
            return Ok(builder
                .header(CONTENT_TYPE, file.media_type())
                .header(CONTENT_LENGTH, length)
                .body(body));
        }
        let mut form = Form::new();
        for (name, value, media_type) in &self.fields {
            let mut part = Part::text(value.clone());
            if let Some(media_type) = media_type {
                part = typed(part, media_type)?;
            }
            form = form.part(name.clone(), part);
        }
        for file in &self.files {
            let (body, length) = file.open(roots).await?;
            let part = Part::stream_with_length(body, length).file_name(file.filename());
            form = form.part(file.part, typed(part, &file.media_type())?);
        }
        Ok(builder.multipart(form))
    }
}

impl File {
    /// Its name as it is sent: without line ends and the like, which could be read as more headers of its part.
    #[must_use]
    pub fn filename(&self) -> String {
        let own = match &self.content {
            Content::Path(path) | Content::Piece { path, .. } => Path::new(path).file_name(),
            Content::Text(_) | Content::Bytes(_) => None,
        };
        let own = || own.map(|name| name.to_string_lossy().into_owned());
        let given = self.filename.clone().or_else(own);
        let name = given.unwrap_or_else(|| self.unnamed.to_owned());
        name.replace(char::is_control, "_")
    }

    /// Its media type as it is sent: as said, or else what files of its name are.
    #[must_use]
    pub fn media_type(&self) -> String {
        self.media_type.map_or_else(
            || {
                let guessed = mime_guess::from_path(self.filename());
                guessed.first_or_octet_stream().to_string()
            },
            str::to_owned,
        )
    }

    /// Whether a local file is larger than may be sent. One that can not be read is not: sending it says why.
    pub(crate) async fn is_too_large(&self, roots: &Roots) -> bool {
        match &self.content {
            Content::Path(path) => {
                let found = read(path, roots).await;
                found.is_ok_and(|(_, length)| length > self.max_bytes)
            }
            _ => false,
        }
    }

    /// Its bytes, and how many there are.
    async fn open(&self, roots: &Roots) -> Result<(Body, u64), UpstreamError> {
        let (body, length) = match &self.content {
            Content::Text(text) => (Body::from(text.clone()), text.len() as u64),
            Content::Bytes(bytes) => (Body::from(bytes.clone()), bytes.len() as u64),
            Content::Piece {
                path,
                offset,
                length,
            } => {
                let (file, whole) = read(path, roots).await?;
                if whole < offset.saturating_add(*length) {
                    return Err(UpstreamError::Request(format!(
                        "`{path}` became shorter while it was sent: send it anew"
                    )));
                }
                let mut file = tokio::fs::File::from_std(file);
                let sought = file.seek(SeekFrom::Start(*offset)).await;
                sought.map_err(|error| {
                    UpstreamError::Local(FileError::Io {
                        path: path.clone(),
                        reason: error.to_string(),
                    })
                })?;
                let bytes = Body::wrap_stream(ReaderStream::new(file.take(*length)));
                (bytes, *length)
            }
            Content::Path(path) => {
                let (file, length) = read(path, roots).await?;
                // What is appended meanwhile does not belong to the length that is told.
                let bytes = tokio::fs::File::from_std(file).take(length);
                (Body::wrap_stream(ReaderStream::new(bytes)), length)
            }
        };
        if length > self.max_bytes {
            let message = format!(
                "the file has {length} bytes, and at most {} can be sent: split it or leave something out",
                self.max_bytes
            );
            return Err(UpstreamError::Request(message));
        }
        Ok((body, length))
    }
}

/// A local file, open, and its size.
async fn read(path: &str, roots: &Roots) -> Result<(std::fs::File, u64), UpstreamError> {
    let (roots, path) = (roots.clone(), path.to_owned());
    let open = tokio::task::spawn_blocking(move || roots.read(&path));
    Ok(open
        .await
        .map_err(|_| UpstreamError::Local(FileError::NoRoots))??)
}

fn typed(part: Part, media_type: &str) -> Result<Part, UpstreamError> {
    let unfit = |_| UpstreamError::Request(format!("`{media_type}` is no media type"));
    part.mime_str(media_type).map_err(unfit)
}
