//! Replies that are files: given inline as far as they fit, or written to the disk as they come.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::{
    Response,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use serde_json::{Map, Value};
use tokio::io::AsyncWriteExt as _;

use super::{Terms, Upstream, UpstreamError};
use crate::files::{FileError, Roots, Writing};

/// How a reply is taken that is a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The local file to write; inline when there is none.
    pub path: Option<String>,
    /// Whether a file that is there may be written over.
    pub overwrite: bool,
    /// How many bytes to leave out at the start of an inline content.
    pub offset: u64,
    /// The most bytes of an inline content.
    pub inline_bytes: usize,
    /// The most bytes of a local file.
    pub file_bytes: u64,
    /// Whether what is no text is given as base64.
    pub base64: bool,
}

impl Download {
    /// Makes the local file, so that what can not be written is not asked for.
    pub(super) async fn prepare(&self, roots: &Roots) -> Result<Option<Writing>, UpstreamError> {
        let Some(path) = self.path.clone() else {
            return Ok(None);
        };
        let (roots, overwrite) = (roots.clone(), self.overwrite);
        let make = tokio::task::spawn_blocking(move || roots.write(&path, overwrite));
        let writing = make
            .await
            .map_err(|_| UpstreamError::Local(FileError::NoRoots))??;
        Ok(Some(writing))
    }

    /// Takes the file out of a reply; see [`crate::tool::DownloadSpec`] for what it gives.
    pub(super) async fn receive(
        &self,
        upstream: &Upstream,
        terms: &Terms,
        mut response: Response,
        writing: Option<Writing>,
    ) -> Result<Value, UpstreamError> {
        let header = |name| response.headers().get(name)?.to_str().ok();
        let media_type = header(CONTENT_TYPE).map(str::to_owned);
        let length: Option<u64> = header(CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let mut file = match writing {
            Some(writing) => self.save(upstream, terms, &mut response, writing).await?,
            None => self.inline(upstream, terms, &mut response, length).await?,
        };
        if let Some(media_type) = media_type {
            file.insert("media_type".to_owned(), media_type.into());
        }
        Ok(Value::Object(file))
    }

    async fn save(
        &self,
        upstream: &Upstream,
        terms: &Terms,
        response: &mut Response,
        mut writing: Writing,
    ) -> Result<Map<String, Value>, UpstreamError> {
        let unsaved = |error| UpstreamError::Unsaved {
            provider: upstream.provider().spec.title,
            error,
        };
        let unfit = |error: std::io::Error| {
            unsaved(FileError::Io {
                path: self.path.clone().unwrap_or_default(),
                reason: error.to_string(),
            })
        };
        let mut bytes = 0;
        if let Some(file) = writing.take() {
            let mut file = tokio::fs::File::from_std(file);
            while let Some(chunk) = upstream.chunk(response, terms).await? {
                bytes += chunk.len() as u64;
                if bytes > self.file_bytes {
                    return Err(upstream.too_large(self.file_bytes));
                }
                file.write_all(&chunk).await.map_err(unfit)?;
            }
            file.sync_all().await.map_err(unfit)?;
        }
        let path = writing.finish().map_err(unsaved)?.display().to_string();
        Ok([
            ("bytes".to_owned(), bytes.into()),
            ("path".to_owned(), path.into()),
        ]
        .into_iter()
        .collect())
    }

    async fn inline(
        &self,
        upstream: &Upstream,
        terms: &Terms,
        response: &mut Response,
        length: Option<u64>,
    ) -> Result<Map<String, Value>, UpstreamError> {
        let (mut skip, mut content, mut cut) = (self.offset, Vec::new(), false);
        while let Some(chunk) = upstream.chunk(response, terms).await? {
            let left_out = usize::try_from(skip).unwrap_or(usize::MAX).min(chunk.len());
            skip -= left_out as u64;
            let rest = chunk.get(left_out..).unwrap_or_default();
            let room = self.inline_bytes - content.len();
            content.extend_from_slice(rest.get(..room).unwrap_or(rest));
            if rest.len() > room {
                cut = true;
                break;
            }
        }
        if cut {
            whole_lines(&mut content);
        }
        let end = self.offset - skip + content.len() as u64;
        let mut file = Map::new();
        // Without a length only a reply that was read to its end has a known one.
        if let Some(bytes) = length.or((!cut).then_some(end)) {
            file.insert("bytes".to_owned(), bytes.into());
        }
        match String::from_utf8(content) {
            Ok(text) if !text.contains('\0') => {
                file.insert("text".to_owned(), upstream.provider().redact(text).into());
            }
            other => {
                let content =
                    other.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
                if !self.base64 {
                    return Err(UpstreamError::Binary {
                        provider: upstream.provider().spec.title,
                    });
                }
                file.insert("base64".to_owned(), BASE64_STANDARD.encode(content).into());
            }
        }
        if cut {
            file.insert("truncated".to_owned(), true.into());
            file.insert("next".to_owned(), end.into());
        }
        Ok(file)
    }
}

/// Cuts a content that goes on after its last whole line, or else character.
fn whole_lines(content: &mut Vec<u8>) {
    let end = match std::str::from_utf8(content) {
        Ok(text) => text.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        // No text at all: the bytes stay as they are.
        Err(_) => return,
    };
    let line = content.iter().take(end).rposition(|byte| *byte == b'\n');
    content.truncate(line.map_or(end, |line| line + 1));
}
