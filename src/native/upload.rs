//! `upload_file` of a file that is too large for a request: in parts, side by side, each streamed from the disk.
//!
//! What arrived is remembered as long as the provider keeps it, so that the same call sends only what is missing, in
//! another process too.

mod unfinished;

use std::{collections::BTreeMap, time::SystemTime};

use data_encoding::HEXLOWER;
use md5::{Digest as _, Md5};
use rft_mcp_runtime::{
    engine::Context,
    tool::{Bounds, Effect, FunctionError, Retry},
    upstream::{Content, File, UpstreamError},
};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use self::unfinished::{Begun, Key, Running};
use super::output;
use crate::generated::types::{UploadFileInput, UploadFileOutput};

/// Parts under way at once.
const AT_ONCE: usize = 4;
/// A part is sent again by itself, also when it is not known whether it arrived.
const BOUNDS: Bounds = Bounds {
    timeout_seconds: Some(1_800),
    retry: Some(Retry {
        times: 3,
        ambiguous: true,
    }),
    result_bytes: None,
};
/// Why an upload did not end.
enum Stopped {
    /// The provider does not take what is missing any more: from the beginning, then.
    Stale(FunctionError),
    /// What arrived is kept.
    Failed(FunctionError),
}

pub(crate) async fn upload_in_parts(
    input: UploadFileInput,
    context: Context,
) -> Result<UploadFileOutput, FunctionError> {
    let path = input.path.as_deref().ok_or_else(|| {
        FunctionError(
            "a text of this size is not sent: write it to a file and give its path".to_owned(),
        )
    })?;
    let (bytes, changed) = context.stat(path).await?;
    let title = context.provider().title;
    let number = |name: &str| context.value(name).and_then(Value::as_u64);
    let Some(part_bytes) = number("part_bytes").filter(|bytes| *bytes > 0) else {
        return Err(FunctionError(format!(
            "the file has {bytes} bytes, and {title} takes none in parts: split it, or leave something out"
        )));
    };
    if let Some(most) = number("upload_bytes").filter(|most| bytes > *most) {
        return Err(FunctionError(format!(
            "the file has {bytes} bytes, and {title} takes at most {most}: split it, or leave something out"
        )));
    }
    let own = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut request = json!({
        "filename": input.filename.as_deref().unwrap_or(own),
        "purpose": input.purpose.as_deref().unwrap_or("fine-tune"),
        "bytes": bytes,
        "mime_type": "application/jsonl",
    });
    if let (Some(expires), Some(request)) = (&input.expires_after, request.as_object_mut()) {
        request.insert("expires_after".to_owned(), super::cost::json(expires)?);
    }
    let key = Key {
        provider: context.engine.upstream().provider().to_string(),
        path: path.to_owned(),
        bytes,
        changed,
        request,
    };
    let first = whole(&key, part_bytes, &context).await;
    let file = match first {
        Ok(file) => file,
        // A part that arrived unseen takes the room of what is missing.
        Err(Stopped::Stale(_)) => match whole(&key, part_bytes, &context).await {
            Ok(file) => file,
            Err(Stopped::Stale(error) | Stopped::Failed(error)) => return Err(error),
        },
        Err(Stopped::Failed(error)) => return Err(error),
    };
    let member = |name: &str| file.get(name).cloned().unwrap_or_default();
    let told = [
        ("file_id", member("id")),
        ("filename", member("filename")),
        ("bytes", member("bytes")),
        ("purpose", member("purpose")),
        ("status", member("status")),
        ("created_at", member("created_at")),
        ("expires_at", member("expires_at")),
    ];
    let told = told.into_iter().filter(|(_, value)| !value.is_null());
    let told: Map<String, Value> = told.map(|(name, value)| (name.to_owned(), value)).collect();
    output(told)
}

/// Begins or goes on, and ends; the file as the provider has it then.
async fn whole(key: &Key, part_bytes: u64, context: &Context) -> Result<Value, Stopped> {
    let plain = |error: UpstreamError| Stopped::Failed(FunctionError(error.advise(Effect::Write)));
    let mut running = Running::of(key.clone(), context.data_dir());
    if running.begun().is_none() {
        running.begin(begin(key, context).await.map_err(plain)?);
    }
    let sums = async { sum(key, context).await.map_err(plain) };
    // Both read the file, which the system keeps in memory where there is room for it.
    let (sent, sum) = tokio::join!(parts(&mut running, part_bytes, context), sums);
    let stale = match sent {
        Ok(()) => None,
        Err(Stopped::Stale(error)) => Some(error),
        Err(failed) => return Err(failed),
    };
    let (sum, Some(begun)) = (sum?, running.begun().cloned()) else {
        return Err(Stopped::Failed(FunctionError(
            "the upload was lost: call again".to_owned(),
        )));
    };
    if let Some(error) = stale {
        let end = ["uploads", begun.id.as_str(), "cancel"];
        // One that can not be cancelled is forgotten by the provider within the hour.
        let _ = context.post(&end, json!({}), Effect::Write).await;
        running.end();
        return Err(Stopped::Stale(error));
    }
    let ids: Vec<&String> = begun.parts.values().collect();
    let body = json!({ "part_ids": ids, "md5": sum });
    let ended = context
        .post(&["uploads", &begun.id, "complete"], body, Effect::Write)
        .await;
    let file = match ended {
        Ok(upload) => upload.get("file").cloned(),
        // The answer may be lost, and the file there.
        Err(error) => match listed(key, begun.created_at, context).await {
            Some(file) => Some(file),
            None if error.is_refusal() => {
                // What another call sent may not fit what the file is by now.
                let resumed = running.resumed();
                running.end();
                let told = FunctionError(error.advise(Effect::Write));
                return Err(if resumed {
                    Stopped::Stale(told)
                } else {
                    Stopped::Failed(told)
                });
            }
            None => return Err(plain(error)),
        },
    };
    running.end();
    file.ok_or_else(|| {
        let told = "the upload ended, and the provider did not say what became of it: look with list_files";
        Stopped::Failed(FunctionError(told.to_owned()))
    })
}

async fn begin(key: &Key, context: &Context) -> Result<Begun, UpstreamError> {
    let upload = context
        .post(&["uploads"], key.request.clone(), Effect::Write)
        .await?;
    let text = upload.get("id").and_then(Value::as_str);
    Ok(Begun {
        id: text.unwrap_or_default().to_owned(),
        at: SystemTime::now(),
        created_at: upload
            .get("created_at")
            .and_then(Value::as_i64)
            .unwrap_or(0),
        parts: BTreeMap::new(),
    })
}

/// Sends what did not arrive yet, a few parts at once. When one fails, those under way still end.
async fn parts(running: &mut Running, part_bytes: u64, context: &Context) -> Result<(), Stopped> {
    let (bytes, path) = (running.key().bytes, running.key().path.clone());
    let count = bytes.div_ceil(part_bytes);
    let Some(begun) = running.begun() else {
        return Ok(());
    };
    let (id, done) = (begun.id.clone(), begun.parts.clone());
    let mut arrived = done.len() as u64;
    let mut missing = (0..count).filter(|part| !done.contains_key(part));
    let mut under_way = JoinSet::new();
    let mut failed: Option<(u64, UpstreamError)> = None;
    loop {
        while failed.is_none()
            && under_way.len() < AT_ONCE
            && let Some(part) = missing.next()
        {
            let offset = part * part_bytes;
            let file = File {
                part: "data",
                filename: None,
                unnamed: "part",
                media_type: Some("application/octet-stream"),
                content: Content::Piece {
                    path: path.clone(),
                    offset,
                    length: part_bytes.min(bytes - offset),
                },
                max_bytes: part_bytes,
            };
            let (context, id) = (context.clone(), id.clone());
            under_way.spawn(async move {
                let path = ["uploads", id.as_str(), "parts"];
                (part, context.post_file(&path, file, BOUNDS).await)
            });
        }
        let Some(ended) = under_way.join_next().await else {
            break;
        };
        match ended {
            Ok((part, Ok(reply))) => {
                let id = reply.get("id").and_then(Value::as_str).unwrap_or_default();
                running.arrived(part, id.to_owned());
                arrived += 1;
                let sent = arrived.saturating_mul(part_bytes).min(bytes);
                let told = format!("part {arrived} of {count}");
                #[expect(clippy::cast_precision_loss, reason = "files are far below 2^52 bytes")]
                context.progress(sent as f64, bytes as f64, &told).await;
            }
            Ok((part, Err(error))) => drop(failed.get_or_insert((part, error))),
            // It would have panicked, which is a fault of ours; the count below tells it.
            Err(_) => break,
        }
    }
    match failed {
        None if arrived == count => Ok(()),
        None => Err(Stopped::Failed(FunctionError(
            "a part was lost on the way: call upload_file again with the same arguments".to_owned(),
        ))),
        Some((part, error)) => {
            let told = FunctionError(format!(
                "part {} of {count} did not arrive: {error}. {arrived} parts are kept: call upload_file again with the \
                 same arguments within the hour, and only the others are sent",
                part + 1
            ));
            Err(match error {
                UpstreamError::Status(refused) if matches!(refused.status, 400 | 404) => {
                    Stopped::Stale(told)
                }
                _ => Stopped::Failed(told),
            })
        }
    }
}

/// The file's MD5 in hexadecimal digits, by which the provider sees that it is whole.
async fn sum(key: &Key, context: &Context) -> Result<String, UpstreamError> {
    let mut sum = Md5::new();
    context.file(&key.path, |chunk| sum.update(chunk)).await?;
    Ok(HEXLOWER.encode(&sum.finalize()))
}

/// The file that this upload became, if it did.
async fn listed(key: &Key, created_at: i64, context: &Context) -> Option<Value> {
    let purpose = key.request.get("purpose")?.as_str()?;
    let query = [("purpose", purpose), ("limit", "100"), ("order", "desc")];
    let page = context.read(&["files"], &query).await.ok()?;
    let files = page.get("data")?.as_array()?;
    let same = |file: &&Value| {
        let made = file.get("created_at").and_then(Value::as_i64);
        file.get("filename") == key.request.get("filename")
            && file.get("bytes").and_then(Value::as_u64) == Some(key.bytes)
            && made.is_some_and(|made| made >= created_at)
    };
    files.iter().find(same).cloned()
}
