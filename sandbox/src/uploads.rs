//! Uploads: files that come in parts.

mod routes;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use indexmap::IndexMap;
use md5::{Digest, Md5};
use serde_json::{Value, json};

pub(crate) use self::routes::{cancel, complete, create, part};
use crate::clock::{Moment, unix};
use crate::errors::ApiError;
use crate::ids::Ids;

/// The API's own limit for one part.
const LARGEST_PART: u64 = 64 << 20;
/// The API's own limit for an upload.
const LARGEST: i64 = 8 << 30;
/// Seconds that an upload may take.
const PATIENCE: f64 = 3_600.0;

/// What was asked for when an upload began.
#[derive(Debug, Clone)]
pub(crate) struct Announced {
    pub(crate) filename: String,
    pub(crate) purpose: String,
    pub(crate) bytes: u64,
    /// Seconds until the file expires, if it does.
    pub(crate) lifetime: Option<f64>,
}

#[derive(Debug)]
struct Upload {
    announced: Announced,
    created: Moment,
    /// In the order they came, which says nothing.
    parts: IndexMap<String, Bytes>,
    ending: Option<Ending>,
}

#[derive(Debug)]
enum Ending {
    Cancelled,
    /// The file object as it was then.
    Completed(Value),
}

/// Every upload of a sandbox.
#[derive(Debug, Default)]
pub(crate) struct Uploads(IndexMap<String, Upload>);

impl Upload {
    fn status(&self, now: Moment) -> &'static str {
        match self.ending {
            Some(Ending::Completed(_)) => "completed",
            Some(Ending::Cancelled) => "cancelled",
            None if now >= self.created + PATIENCE => "expired",
            None => "pending",
        }
    }

    fn arrived(&self) -> u64 {
        self.parts.values().map(|part| part.len() as u64).sum()
    }

    fn view(&self, id: &str, now: Moment) -> Value {
        let mut view = json!({
            "id": id,
            "object": "upload",
            "bytes": self.announced.bytes,
            "created_at": unix(self.created),
            "filename": self.announced.filename,
            "purpose": self.announced.purpose,
            "status": self.status(now),
            "expires_at": unix(self.created + PATIENCE),
        });
        if let (Some(view), Some(Ending::Completed(file))) = (view.as_object_mut(), &self.ending) {
            view.insert("file".to_owned(), file.clone());
        }
        view
    }
}

impl Uploads {
    /// Bytes of the parts that are held.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.values().map(Upload::arrived).sum()
    }

    /// Lets go of the parts of uploads that took too long.
    pub(crate) fn expire(&mut self, now: Moment) {
        for upload in self.0.values_mut() {
            if upload.status(now) == "expired" {
                upload.parts.clear();
            }
        }
    }

    fn create(&mut self, announced: Announced, mut ids: Ids<'_>, now: Moment) -> Value {
        let (_, id) = ids.next("upload_", 32);
        let upload = Upload {
            announced,
            created: now,
            parts: IndexMap::new(),
            ending: None,
        };
        let view = upload.view(&id, now);
        self.0.insert(id, upload);
        view
    }

    fn add_part(
        &mut self,
        id: &str,
        content: Bytes,
        mut ids: Ids<'_>,
        now: Moment,
    ) -> Result<Value, ApiError> {
        let upload = self.pending(id, now)?;
        let whole = upload.arrived() + content.len() as u64;
        if whole > upload.announced.bytes {
            return Err(ApiError::invalid(
                "invalid_upload_size",
                "data".to_owned(),
                format!(
                    "The parts hold {whole} bytes, more than the {} bytes that the upload was created for.",
                    upload.announced.bytes
                ),
            ));
        }
        let (_, part) = ids.next("part_", 32);
        upload.parts.insert(part.clone(), content);
        Ok(json!({
            "id": part,
            "object": "upload.part",
            "created_at": unix(now),
            "upload_id": id,
        }))
    }

    /// The parts in the order given and what they are for, once they are all there.
    fn assemble(
        &mut self,
        id: &str,
        part_ids: &[&str],
        now: Moment,
    ) -> Result<(Announced, Vec<Bytes>), ApiError> {
        let upload = self.pending(id, now)?;
        let mut parts = Vec::new();
        for (index, part) in part_ids.iter().enumerate() {
            let again = part_ids.iter().take(index).any(|before| before == part);
            let content = upload.parts.get(*part).filter(|_| !again);
            let content = content.ok_or_else(|| {
                let why = if again {
                    "occurs twice"
                } else {
                    "does not exist"
                };
                ApiError::invalid(
                    "invalid_part",
                    "part_ids".to_owned(),
                    format!("Invalid 'part_ids': part '{part}' {why} in upload '{id}'."),
                )
            })?;
            parts.push(content.clone());
        }
        let whole: u64 = parts.iter().map(|part| part.len() as u64).sum();
        if whole != upload.announced.bytes {
            return Err(ApiError::invalid(
                "invalid_upload_size",
                "part_ids".to_owned(),
                format!(
                    "The parts hold {whole} bytes, but the upload was created for {}.",
                    upload.announced.bytes
                ),
            ));
        }
        Ok((upload.announced.clone(), parts))
    }

    /// Ends an upload: its parts are the file's now.
    pub(crate) fn complete(
        &mut self,
        id: &str,
        file: Value,
        now: Moment,
    ) -> Result<Value, ApiError> {
        let upload = self.pending(id, now)?;
        upload.parts.clear();
        upload.ending = Some(Ending::Completed(file));
        Ok(upload.view(id, now))
    }

    fn cancel(&mut self, id: &str, now: Moment) -> Result<Value, ApiError> {
        let upload = self.pending(id, now)?;
        upload.parts.clear();
        upload.ending = Some(Ending::Cancelled);
        Ok(upload.view(id, now))
    }

    fn pending(&mut self, id: &str, now: Moment) -> Result<&mut Upload, ApiError> {
        let upload = self.0.get_mut(id).ok_or_else(|| {
            ApiError::not_found(None, "upload_id", format!("No such Upload object: {id}"))
        })?;
        match upload.status(now) {
            "pending" => Ok(upload),
            status => Err(ApiError::invalid(
                "invalid_upload_state",
                None,
                format!("Upload '{id}' is {status}: only a pending upload takes parts and ends."),
            )),
        }
    }
}

/// Checks the parts against the hash that the client says they have.
fn verify(parts: &[Bytes], wanted: Option<&str>) -> Result<(), ApiError> {
    let Some(wanted) = wanted else {
        return Ok(());
    };
    let mut hash = Md5::new();
    for part in parts {
        hash.update(part);
    }
    let found = HEXLOWER.encode(&hash.finalize());
    if found.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(ApiError::invalid(
        "invalid_md5",
        "md5".to_owned(),
        format!("Invalid 'md5': the parts have the checksum {found}."),
    ))
}
