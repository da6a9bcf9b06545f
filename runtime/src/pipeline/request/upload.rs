//! Makes bodies of files from an input.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::{RequestError, flatten, text};
use crate::{
    pipeline::template::{Scope, fill, take},
    tool::{FileSpec, Template, UploadSpec},
    upstream::upload::{Content, File, Upload},
};

/// A body of files; `None` when all of them are left out and nothing stands beside them.
///
/// # Errors
/// When a file that is needed has no content, or two.
pub(super) fn upload(spec: &UploadSpec, scope: Scope<'_>) -> Result<Option<Upload>, RequestError> {
    let mut fields = Vec::new();
    for (name, template) in spec.fields {
        let mut types = spec.types.iter();
        let media_type = types.find_map(|(of, kind)| (of == name).then_some(*kind));
        if let Some(value) = fill(template, scope)? {
            flatten((*name).to_owned(), &value, &mut |name, value| {
                fields.push((name, value.to_owned(), media_type));
            });
        }
    }
    let mut files = Vec::new();
    for spec in spec.files {
        let Some(each) = &spec.each else {
            files.extend(file(spec, scope)?);
            continue;
        };
        let Some(Value::Array(items)) = take(each, scope) else {
            continue;
        };
        for item in items {
            let scope = Scope {
                item: Some(item),
                ..scope
            };
            files.extend(file(spec, scope)?);
        }
    }
    // A form of nothing is a form all the same.
    let nothing = spec.raw && files.is_empty();
    Ok((!nothing).then_some(Upload {
        fields,
        files,
        raw: spec.raw,
    }))
}

fn file(spec: &FileSpec, scope: Scope<'_>) -> Result<Option<File>, RequestError> {
    let given = |template: &Option<Template>| match template {
        Some(template) => Ok(fill(template, scope)?.map(|value| text(&value))),
        None => Ok::<_, RequestError>(None),
    };
    let content = match (given(&spec.text)?, given(&spec.base64)?, given(&spec.path)?) {
        (Some(text), None, None) => Content::Text(text),
        (None, Some(text), None) => Content::Bytes(decoded(&text)?),
        (None, None, Some(path)) => Content::Path(path),
        (None, None, None) if spec.optional => return Ok(None),
        (None, None, None) => return Err(RequestError::Upload("to send")),
        _ => return Err(RequestError::Upload("once")),
    };
    let most = match &spec.most {
        Some(template) => fill(template, scope)?.and_then(|value| value.as_u64()),
        None => None,
    };
    Ok(Some(File {
        part: spec.part,
        filename: given(&spec.filename)?,
        unnamed: spec.unnamed,
        media_type: spec.media_type,
        content,
        max_bytes: most.unwrap_or(spec.max_bytes),
    }))
}

/// The bytes of a base64 text, line ends aside.
fn decoded(text: &str) -> Result<Vec<u8>, RequestError> {
    let text: String = text.split_ascii_whitespace().collect();
    BASE64_STANDARD
        .decode(text)
        .map_err(|error| RequestError::Base64(error.to_string().to_lowercase()))
}
