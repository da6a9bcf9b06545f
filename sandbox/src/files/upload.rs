use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use bytes::{Bytes, BytesMut};
use serde_json::Value;

use super::dataset::Reader;
use super::{Dataset, File, LARGEST_FILE};
use crate::check;
use crate::errors::ApiError;
use crate::world::{Room, World};

/// What files are for.
pub(crate) const PURPOSES: [&str; 6] = [
    "assistants",
    "batch",
    "fine-tune",
    "vision",
    "user_data",
    "evals",
];
/// The parts that are not the file are short.
const LONGEST_TEXT: usize = 1_024;

/// `POST /v1/files`.
pub(crate) async fn create(
    State(world): State<Arc<World>>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<Value>, ApiError> {
    let form = form.map_err(|rejection| unreadable(&rejection))?;
    let mut room = world.room();
    let form = Form::read(form, &mut room).await?;
    let (name, content, dataset) = form.file.ok_or_else(|| check::missing("file"))?;
    let purpose = form
        .texts
        .get("purpose")
        .ok_or_else(|| check::missing("purpose"))?;
    check::one_of("purpose", purpose, &PURPOSES)?;
    let lifetime = lifetime(&form.texts)?;
    let file = world.add_file(room, |id, now| File {
        id,
        name,
        purpose: purpose.clone(),
        created: now,
        expires: lifetime.map(|seconds| now + seconds),
        content,
        dataset: Arc::new(dataset),
    });
    Ok(Json(file.view()))
}

/// The parts of an upload, in whatever order they came.
#[derive(Default)]
struct Form {
    file: Option<(String, Bytes, Dataset)>,
    texts: HashMap<String, String>,
}

impl Form {
    async fn read(mut parts: Multipart, room: &mut Room<'_>) -> Result<Self, ApiError> {
        let mut form = Self::default();
        while let Some(mut part) = parts.next_field().await.map_err(|error| broken(&error))? {
            let key = part.name().unwrap_or_default().to_owned();
            if key == "file" {
                let name = part.file_name().unwrap_or("upload").to_owned();
                let (content, dataset) = read_file(&mut part, room).await?;
                form.file = Some((name, content, dataset));
            } else if matches!(
                key.as_str(),
                "purpose" | "expires_after[anchor]" | "expires_after[seconds]"
            ) {
                let text = read_text(&key, &mut part).await?;
                form.texts.insert(key, text);
            } else {
                let message = format!("Unknown parameter: '{key}'.");
                return Err(ApiError::invalid("unknown_parameter", key, message));
            }
        }
        Ok(form)
    }
}

/// Looks at the lines while they arrive, and stops reading at the limit rather than after it.
async fn read_file(
    part: &mut Field<'_>,
    room: &mut Room<'_>,
) -> Result<(Bytes, Dataset), ApiError> {
    let mut content = BytesMut::new();
    let mut reader = Reader::default();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        let size = content.len() as u64 + chunk.len() as u64;
        if size > LARGEST_FILE {
            return Err(ApiError::too_large(
                "file_too_large",
                "Files can be at most 512 MB.",
            ));
        }
        room.grow(chunk.len() as u64)?;
        reader.push(&chunk);
        content.extend_from_slice(&chunk);
    }
    Ok((content.freeze(), reader.finish()))
}

async fn read_text(key: &str, part: &mut Field<'_>) -> Result<String, ApiError> {
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        text.extend_from_slice(&chunk);
        if text.len() > LONGEST_TEXT {
            let message = format!("Invalid '{key}': string too long.");
            return Err(ApiError::invalid(
                "string_above_max_length",
                key.to_owned(),
                message,
            ));
        }
    }
    String::from_utf8(text).map_err(|_| {
        ApiError::invalid(
            "invalid_value",
            key.to_owned(),
            format!("Invalid '{key}': not UTF-8."),
        )
    })
}

/// Seconds until the file expires, if it does.
fn lifetime(texts: &HashMap<String, String>) -> Result<Option<f64>, ApiError> {
    let (anchor, seconds) = ("expires_after[anchor]", "expires_after[seconds]");
    match (texts.get(anchor), texts.get(seconds)) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(check::missing("expires_after.anchor")),
        (Some(_), None) => Err(check::missing("expires_after.seconds")),
        (Some(anchor), Some(seconds)) => {
            check::one_of("expires_after.anchor", anchor, &["created_at"])?;
            let seconds = seconds
                .parse::<i64>()
                .map_or_else(|_| Value::from(seconds.as_str()), Value::from);
            check::integer("expires_after.seconds", &seconds, 3_600, 2_592_000)?;
            Ok(check::number(&seconds))
        }
    }
}

/// What is not a form.
pub(crate) fn unreadable(rejection: &MultipartRejection) -> ApiError {
    ApiError::invalid(
        None,
        None,
        format!("Could not parse multipart form: {rejection}."),
    )
}

/// A form that can not be read to its end.
pub(crate) fn broken(error: &MultipartError) -> ApiError {
    ApiError::invalid(
        None,
        None,
        format!("Could not parse multipart form: {}.", error.body_text()),
    )
}
