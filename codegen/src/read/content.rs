//! Content: a text, an image, audio, a resource or a link to one.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::said;
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, mistyped, text},
    load::Files,
    model::{Block, Body, Data, Said},
    node::{Kind, Node},
    source::Span,
};

/// The kinds of content, as keys.
const KINDS: [&str; 5] = ["text", "image", "audio", "resource", "link"];

const HELP: &str = "write a text, or one of `text`, `image`, `audio`, `resource` and `link`";

/// What files of an ending are.
const TYPES: [(&str, &str); 16] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("svg", "image/svg+xml"),
    ("wav", "audio/wav"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("md", "text/markdown"),
    ("txt", "text/plain"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("json", "application/json"),
    ("yaml", "application/yaml"),
    ("pdf", "application/pdf"),
];

/// More bytes than belong into a program's text.
const LARGEST: u64 = 1 << 20;

/// Reads a list of contents.
pub(super) fn list(node: &Node, name: &str, files: &Files, report: &mut Report) -> Vec<Block> {
    if !matches!(node.kind, Kind::List(_)) || node.elements().is_empty() {
        mistyped(node, name, "a list of contents", report);
    }
    node.elements()
        .iter()
        .filter_map(|element| block(element, files, report))
        .collect()
}

/// Reads a content; reported when it is none.
pub(super) fn block(node: &Node, files: &Files, report: &mut Report) -> Option<Block> {
    match &node.kind {
        Kind::Text(_) => return Some(Block::Text(said::read(node, "content", report))),
        Kind::Broken => return None,
        _ => {}
    }
    let [(kind, inside)] = node.members() else {
        let mistake = Mistake::new("content", node.span, "this is no content");
        report.add(mistake.help(HELP));
        return None;
    };
    match kind.text.as_str() {
        "text" => Some(Block::Text(said::read(inside, "text", report))),
        "image" => data(inside, kind.span, "an image", files, report).map(Block::Image),
        "audio" => data(inside, kind.span, "audio", files, report).map(Block::Audio),
        "resource" => resource(inside, kind.span, files, report),
        "link" => Some(link(inside, kind.span, report)),
        other => {
            let mistake = Mistake::new(
                "content",
                kind.span,
                format!("there is no content `{other}`"),
            );
            report.add(mistake.nearest(other, KINDS));
            None
        }
    }
}

fn data(node: &Node, at: Span, what: &str, files: &Files, report: &mut Report) -> Option<Data> {
    let mut fields = Fields::of(node, at, what, report);
    let body = body(&mut fields, false, at, what, files);
    let mime_type = mime_type(&mut fields, body.as_ref(), at, what);
    fields.finish();
    match body?.0 {
        Body::Blob(base64) => Some(Data { base64, mime_type }),
        Body::Text(_) => None,
    }
}

fn resource(node: &Node, at: Span, files: &Files, report: &mut Report) -> Option<Block> {
    let what = "an embedded resource";
    let mut fields = Fields::of(node, at, what, report);
    let uri = fields.required("uri", "say where it is, as `docs://guide`");
    let uri = uri.map(|node| said::read(node, "uri", fields.report));
    let body = body(&mut fields, true, at, what, files);
    let mime_type = mime_type(&mut fields, body.as_ref(), at, what);
    fields.finish();
    Some(Block::Resource {
        uri: uri?,
        mime_type,
        body: body?.0,
    })
}

fn link(node: &Node, at: Span, report: &mut Report) -> Block {
    let mut fields = Fields::of(node, at, "a link", report);
    let uri = fields.required("uri", "say where it leads, as `docs://guide`");
    let uri = uri.map(|node| said::read(node, "uri", fields.report));
    let link = Block::Link {
        uri: uri.unwrap_or_else(|| Said::literal("")),
        name: fields.required_text("name", "give the name that clients show"),
        title: fields.text("title").unwrap_or_default(),
        description: fields.text("description").unwrap_or_default(),
        mime_type: fields.text("mime_type").unwrap_or_default(),
    };
    fields.finish();
    link
}

/// What stands under `text`, `file` or `data`, and the type that a file's ending tells. A file is text where
/// texts are taken and its type is of texts.
pub(super) fn body(
    fields: &mut Fields<'_, '_>,
    texts: bool,
    at: Span,
    what: &str,
    files: &Files,
) -> Option<(Body, Option<&'static str>)> {
    let said = if texts { fields.optional("text") } else { None };
    let (file, data) = (fields.optional("file"), fields.optional("data"));
    match (said, file, data) {
        (Some(said), None, None) => {
            let said = said::read(said, "text", fields.report);
            Some((Body::Text(said), texts.then_some("text/plain")))
        }
        (None, Some(node), None) => file_of(node, texts, files, fields.report),
        (None, None, Some(node)) => {
            let text = text(node, "data", fields.report)?;
            let base64: String = text.text.split_whitespace().collect();
            if let Err(error) = STANDARD.decode(&base64) {
                let message = format!("this is no base64: {error}");
                let mistake = Mistake::new("base64", node.span, message);
                let help = "encode the bytes as `base64` does, or name their file under `file`";
                fields.report.add(mistake.help(help));
            }
            Some((Body::Blob(base64), None))
        }
        _ => {
            let kinds = if texts {
                "`text`, `file` and `data`"
            } else {
                "`file` and `data`"
            };
            let mistake = Mistake::new("content", at, format!("{what} needs one of {kinds}"));
            let help = "`file` names a file of the manifest, `data` holds bytes in base64";
            fields.report.add(mistake.help(help));
            None
        }
    }
}

/// The type of a content: what is said, else what its file's ending tells.
pub(super) fn mime_type(
    fields: &mut Fields<'_, '_>,
    body: Option<&(Body, Option<&'static str>)>,
    at: Span,
    what: &str,
) -> String {
    let said = fields.text("mime_type");
    let Some((_, told)) = body else {
        return said.unwrap_or_default();
    };
    said.or_else(|| told.map(str::to_owned)).unwrap_or_else(|| {
        let mistake = Mistake::new("missing-key", at, format!("{what} has no `mime_type`"));
        let help = "say what it is, as `mime_type: image/png`";
        fields.report.add(mistake.help(help));
        String::new()
    })
}

fn file_of(
    node: &Node,
    texts: bool,
    files: &Files,
    report: &mut Report,
) -> Option<(Body, Option<&'static str>)> {
    let path = text(node, "file", report)?.text;
    let mut wrong = |message: String, help: &str| {
        report.add(Mistake::new("content-file", node.span, message).help(help));
        None
    };
    let Some(found) = files.beside(&path, node.span) else {
        let help = "name a file inside of the manifest's directory, from the file that names it";
        return wrong(format!("`{path}` leads out of the manifest"), help);
    };
    let bytes = match std::fs::metadata(&found) {
        Ok(about) if about.len() > LARGEST => {
            let message = format!("`{path}` is larger than {LARGEST} bytes");
            return wrong(
                message,
                "files become part of the program; make it smaller, or link to it",
            );
        }
        Ok(_) => std::fs::read(&found),
        Err(error) => Err(error),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            let help = "paths begin at the file that names them";
            return wrong(format!("`{path}` can not be read: {error}"), help);
        }
    };
    let ending = Path::new(&path)
        .extension()
        .and_then(|ending| ending.to_str());
    let kind = TYPES
        .iter()
        .find(|(known, _)| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(known)))
        .map(|(_, kind)| *kind);
    let is_text = kind.is_some_and(|kind| {
        kind.starts_with("text/") || matches!(kind, "application/json" | "application/yaml")
    });
    if texts && is_text {
        return match String::from_utf8(bytes) {
            // A file says what it says: `{{` in it is no place.
            Ok(text) => Some((Body::Text(Said::literal(&text)), kind)),
            Err(_) => wrong(format!("`{path}` is not UTF-8"), "save it as UTF-8 text"),
        };
    }
    Some((Body::Blob(STANDARD.encode(bytes)), kind))
}
