//! `upload:` and `download:`

use super::{request::named, template};
use crate::{
    diagnostics::Report,
    fields::{Fields, entries, mistyped, text},
    model::{Download, File, Template, Upload},
    node::{Kind, Node, Text},
    source::Span,
};

/// What most providers take of one file.
const LARGEST: u64 = 512 << 20;
/// What an agent can read at a time.
const INLINE: u64 = 64 << 10;

/// `upload: { fields: …, file: … }`, with several `files`, or `{ raw: … }`
pub(super) fn upload(node: &Node, report: &mut Report) -> Upload {
    let mut fields = Fields::of(node, node.span, "`upload`", report);
    let named = fields
        .optional("fields")
        .map(|node| named(node, "fields", fields.report));
    let types = fields.optional("types");
    let types = types.map_or(&[][..], |node| entries(node, "types", fields.report));
    let types = types.iter().filter_map(|(name, node)| {
        let kind = text(node, &name.text, fields.report)?;
        Some((name.clone(), kind))
    });
    let types = types.collect();
    let (one, several) = (fields.optional("file"), fields.optional("files"));
    if let Some(several) = several
        && !matches!(several.kind, Kind::List(_))
    {
        mistyped(several, "files", "a list", fields.report);
    }
    let raw = fields.optional("raw");
    let several = several.map_or(&[][..], Node::elements);
    let files = raw.into_iter().chain(one).chain(several);
    let files = files.map(|node| file(node, fields.report)).collect();
    fields.finish();
    Upload {
        span: node.span,
        fields: named.unwrap_or_default(),
        types,
        files,
        raw: raw.is_some(),
    }
}

fn file(node: &Node, report: &mut Report) -> File {
    let mut fields = Fields::of(node, node.span, "`file`", report);
    let is_value = |node: &&Node| matches!(node.kind, Kind::Text(_));
    let most = fields.optional("max_bytes").filter(is_value);
    let most = most.map(|node| template::read(node, fields.report));
    let file = File {
        span: node.span,
        part: part(&mut fields, node.span),
        each: optional(&mut fields, "each"),
        optional: fields.bool("optional", false),
        filename: optional(&mut fields, "filename"),
        unnamed: fields
            .text("unnamed")
            .unwrap_or_else(|| "upload.txt".to_owned()),
        media_type: fields
            .optional("media_type")
            .and_then(|node| text(node, "media_type", fields.report)),
        text: optional(&mut fields, "text"),
        base64: optional(&mut fields, "base64"),
        path: optional(&mut fields, "path"),
        max_bytes: match most {
            Some(_) => LARGEST,
            None => fields.count("max_bytes", LARGEST),
        },
        most,
        larger: fields
            .optional("larger")
            .and_then(|node| text(node, "larger", fields.report)),
    };
    fields.finish();
    file
}

fn part(fields: &mut Fields<'_, '_>, span: Span) -> Text {
    let given = fields.optional("part");
    given
        .and_then(|node| text(node, "part", fields.report))
        .unwrap_or_else(|| Text {
            text: "file".to_owned(),
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
