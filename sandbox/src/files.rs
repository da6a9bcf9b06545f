//! Files: uploads, the two that are there from the start, and the results of jobs.

mod dataset;
mod examples;
mod upload;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};

pub(crate) use self::dataset::{Dataset, MOST_VALIDATION};
pub(crate) use self::upload::{
    PURPOSES, broken as broken_form, create, unreadable as unreadable_form,
};
use crate::clock::{Moment, unix};
use crate::errors::ApiError;
use crate::paging::{Query, list_with_ends};
use crate::routes::Id;
use crate::world::World;

/// The API's own limit for one file.
pub(crate) const LARGEST_FILE: u64 = 512 << 20;

#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) created: Moment,
    pub(crate) expires: Option<Moment>,
    pub(crate) content: Bytes,
    /// What the examples are, for files of purpose `fine-tune`.
    pub(crate) dataset: Arc<Dataset>,
}

impl File {
    /// The two files that every sandbox has.
    pub(crate) fn preloaded(examples: Option<(Vec<u8>, Vec<u8>)>, created: Moment) -> [Self; 2] {
        let (train, valid) = examples.unwrap_or_else(examples::built_in);
        [
            (crate::TRAINING_FILE, "sandbox-train.jsonl", train),
            (crate::VALIDATION_FILE, "sandbox-valid.jsonl", valid),
        ]
        .map(|(id, name, content)| {
            let mut reader = dataset::Reader::default();
            reader.push(&content);
            Self {
                id: id.to_owned(),
                name: name.to_owned(),
                purpose: "fine-tune".to_owned(),
                created,
                expires: None,
                content: content.into(),
                dataset: Arc::new(reader.finish()),
            }
        })
    }

    pub(crate) fn is_expired(&self, now: Moment) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    pub(crate) fn view(&self) -> Value {
        let mut view = json!({
            "object": "file",
            "id": self.id,
            "purpose": self.purpose,
            "filename": self.name,
            "bytes": self.content.len(),
            "created_at": unix(self.created),
            "status": "processed",
        });
        if let (Some(view), Some(expires)) = (view.as_object_mut(), self.expires) {
            view.insert("expires_at".to_owned(), unix(expires).into());
        }
        view
    }
}

pub(crate) async fn index(
    State(world): State<Arc<World>>,
    query: Query,
) -> Result<Json<Value>, ApiError> {
    query.deny_unknown(&["purpose", "limit", "order", "after"])?;
    let page = query.page(10_000, 10_000)?;
    let order = query.get("order").unwrap_or("desc");
    crate::check::one_of("order", order, &["asc", "desc"])?;
    let mut files = world.files();
    if let Some(purpose) = query.get("purpose") {
        files.retain(|file| file.purpose == purpose);
    }
    if order == "desc" {
        files.reverse();
    }
    let (files, more) = page.cut(files.into_iter(), |file, id| file.id == id)?;
    let data = files.iter().map(File::view).collect();
    Ok(Json(list_with_ends(data, more, &json!(""))))
}

pub(crate) async fn retrieve(
    State(world): State<Arc<World>>,
    Id(id): Id,
) -> Result<Json<Value>, ApiError> {
    Ok(Json(world.file(&id).ok_or_else(|| unknown(&id))?.view()))
}

pub(crate) async fn content(
    State(world): State<Arc<World>>,
    Id(id): Id,
) -> Result<Response, ApiError> {
    let file = world.file(&id).ok_or_else(|| unknown(&id))?;
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (
            CONTENT_DISPOSITION,
            // A name that fits no header is left out; it is in the file object.
            HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name))
                .unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    Ok((headers, file.content).into_response())
}

pub(crate) async fn delete(
    State(world): State<Arc<World>>,
    Id(id): Id,
) -> Result<Json<Value>, ApiError> {
    if !world.delete_file(&id) {
        return Err(unknown(&id));
    }
    Ok(Json(json!({"object": "file", "id": id, "deleted": true})))
}

fn unknown(id: &str) -> ApiError {
    ApiError::not_found(None, "id", format!("No such File object: {id}"))
}
