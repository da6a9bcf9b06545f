//! `upload:` and `download:`

use super::{request::named, template};
use crate::{
    diagnostics::Report,
    fields::{Fields, text},
    model::{Download, Template, Upload},
    node::{Node, Text},
};

/// What most providers take of one file.
const LARGEST: u64 = 512 << 20;
/// What an agent can read at a time.
const INLINE: u64 = 64 << 10;

/// `upload: { fields: …, file: … }`
pub(super) fn upload(node: &Node, report: &mut Report) -> Upload {
    let mut fields = Fields::of(node, node.span, "`upload`", report);
    let named = fields
        .optional("fields")
        .map(|node| named(node, "fields", fields.report));
    let file = fields.required(
        "file",
        "say where its content comes from: `file: { text: $content }`",
    );
    fields.finish();
    let file = file.cloned().unwrap_or_else(|| Node::broken(node.span));
    let mut fields = Fields::of(&file, file.span, "`file`", report);
    let upload = Upload {
        span: file.span,
        fields: named.unwrap_or_default(),
        part: fields.text("part").unwrap_or_else(|| "file".to_owned()),
        filename: optional(&mut fields, "filename"),
        unnamed: fields
            .text("unnamed")
            .unwrap_or_else(|| "upload.txt".to_owned()),
        media_type: media_type(&mut fields, file.span),
        text: optional(&mut fields, "text"),
        path: optional(&mut fields, "path"),
        max_bytes: fields.count("max_bytes", LARGEST),
    };
    fields.finish();
    upload
}

fn media_type(fields: &mut Fields<'_, '_>, span: crate::source::Span) -> Text {
    let given = fields.optional("media_type");
    given
        .and_then(|node| text(node, "media_type", fields.report))
        .unwrap_or_else(|| Text {
            text: "application/octet-stream".to_owned(),
            span,
        })
}

/// `download: { path: …, … }`
pub(super) fn download(node: &Node, report: &mut Report) -> Download {
    let mut fields = Fields::of(node, node.span, "`download`", report);
    let download = Download {
        span: node.span,
        path: optional(&mut fields, "path"),
        overwrite: optional(&mut fields, "overwrite"),
        offset: optional(&mut fields, "offset"),
        inline_bytes: fields.number("inline_bytes", 64).unwrap_or(INLINE),
        file_bytes: fields.count("file_bytes", 8 * LARGEST),
        base64: fields.bool("base64", false),
    };
    fields.finish();
    download
}

fn optional(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<Template> {
    let node = fields.optional(name)?;
    Some(template::read(node, fields.report))
}
