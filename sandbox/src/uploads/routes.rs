use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use bytes::{Bytes, BytesMut};
use serde_json::Value;

use super::{Announced, LARGEST, LARGEST_PART, verify};
use crate::check::{self, Fields};
use crate::errors::ApiError;
use crate::files::{PURPOSES, broken_form, unreadable_form};
use crate::routes::{Body, Id};
use crate::world::{Room, World};

type Reply = Result<Json<Value>, ApiError>;

/// `POST /v1/uploads`.
pub(crate) async fn create(State(world): State<Arc<World>>, Body(body): Body) -> Reply {
    let fields = Fields::body(&body)?;
    fields.deny_unknown(&["filename", "purpose", "bytes", "mime_type", "expires_after"])?;
    let filename = fields.text("filename")?.to_owned();
    let purpose = fields.word("purpose", &PURPOSES)?.to_owned();
    let bytes = check::integer("bytes", fields.require("bytes")?, 1, LARGEST)?;
    fields.text("mime_type")?;
    let lifetime = match fields.optional_object("expires_after")? {
        None => None,
        Some(expiry) => {
            expiry.deny_unknown(&["anchor", "seconds"])?;
            expiry.word("anchor", &["created_at"])?;
            let seconds = expiry.require("seconds")?;
            check::integer("expires_after.seconds", seconds, 3_600, 2_592_000)?;
            check::number(seconds)
        }
    };
    let announced = Announced {
        filename,
        purpose,
        bytes: bytes.unsigned_abs(),
        lifetime,
    };
    Ok(Json(world.with_uploads(|uploads, ids, now| {
        uploads.create(announced, ids, now)
    })))
}

/// `POST /v1/uploads/{id}/parts`.
pub(crate) async fn part(
    State(world): State<Arc<World>>,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> Reply {
    let form = form.map_err(|rejection| unreadable_form(&rejection))?;
    let mut room = world.room();
    let content = read(form, &mut room).await?;
    let part = world.with_uploads(|uploads, ids, now| uploads.add_part(&id, content, ids, now))?;
    // The upload counts the bytes from here on.
    drop(room);
    Ok(Json(part))
}

async fn read(mut form: Multipart, room: &mut Room<'_>) -> Result<Bytes, ApiError> {
    let mut data = None;
    while let Some(mut field) = form
        .next_field()
        .await
        .map_err(|error| broken_form(&error))?
    {
        let key = field.name().unwrap_or_default().to_owned();
        if key != "data" {
            let message = format!("Unknown parameter: '{key}'.");
            return Err(ApiError::invalid("unknown_parameter", key, message));
        }
        let mut content = BytesMut::new();
        while let Some(chunk) = field.chunk().await.map_err(|error| broken_form(&error))? {
            if content.len() as u64 + chunk.len() as u64 > LARGEST_PART {
                return Err(ApiError::too_large(
                    "part_too_large",
                    "Parts can be at most 64 MB.",
                ));
            }
            room.grow(chunk.len() as u64)?;
            content.extend_from_slice(&chunk);
        }
        data = Some(content.freeze());
    }
    data.ok_or_else(|| check::missing("data"))
}

/// `POST /v1/uploads/{id}/complete`.
pub(crate) async fn complete(
    State(world): State<Arc<World>>,
    Id(id): Id,
    Body(body): Body,
) -> Reply {
    let fields = Fields::body(&body)?;
    fields.deny_unknown(&["part_ids", "md5"])?;
    let mut ids = Vec::new();
    for part in fields.array("part_ids")? {
        let text = part.as_str();
        ids.push(text.ok_or_else(|| check::invalid_type("part_ids", "strings", part))?);
    }
    let md5 = fields.optional_text("md5")?;
    let (announced, parts) =
        world.with_uploads(|uploads, _, now| uploads.assemble(&id, &ids, now))?;
    verify(&parts, md5)?;
    world.complete_upload(&id, announced, &parts).map(Json)
}

/// `POST /v1/uploads/{id}/cancel`.
pub(crate) async fn cancel(State(world): State<Arc<World>>, Id(id): Id) -> Reply {
    world
        .with_uploads(|uploads, _, now| uploads.cancel(&id, now))
        .map(Json)
}
