//! `request:` and `requests:`

use super::{file, template};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, text},
    model::{Method, Path, Request, Segment, Template, TemplateKind},
    names::leads_up,
    node::{Kind, Node, Text},
};

pub(crate) const METHODS: [(&str, Method); 5] = [
    ("get", Method::Get),
    ("post", Method::Post),
    ("put", Method::Put),
    ("patch", Method::Patch),
    ("delete", Method::Delete),
];

/// A request, whose reply has this name.
pub(super) fn request(name: &Text, node: &Node, report: &mut Report) -> Request {
    let mut fields = Fields::of(node, node.span, "a request", report);
    let methods: Vec<_> = METHODS
        .iter()
        .filter_map(|(name, m)| Some((*m, fields.optional(name)?)))
        .collect();
    let (method, path) = if let [(method, path)] = methods.as_slice() {
        (*method, path_of(path, fields.report))
    } else {
        if matches!(node.kind, Kind::Map(_)) {
            let mistake =
                Mistake::new("action", node.span, "a request has one method and its path");
            fields.report.add(mistake.help(
                "write one of `get`, `post`, `put`, `patch` and `delete`, as `get: /jobs/{job_id}`",
            ));
        }
        (
            Method::Get,
            Path {
                span: node.span,
                segments: Vec::new(),
            },
        )
    };
    let query = fields
        .optional("query")
        .map(|node| named(node, "query", fields.report))
        .unwrap_or_default();
    let headers = fields
        .optional("headers")
        .map(|node| named(node, "headers", fields.report))
        .unwrap_or_default();
    let key = fields
        .optional("key")
        .and_then(|node| text(node, "key", fields.report));
    let body = fields
        .optional("body")
        .map(|node| template::read(node, fields.report));
    let form = fields
        .optional("form")
        .map(|node| named(node, "form", fields.report))
        .unwrap_or_default();
    let takes = fields.optional("takes").cloned();
    if let (Method::Get, Some(body)) = (method, &body) {
        let mistake = Mistake::new("action", body.span, "a `get` has no `body`");
        fields
            .report
            .add(mistake.help("use `query`; inputs that no template names go there by themselves"));
    }
    let upload = fields
        .optional("upload")
        .map(|node| file::upload(node, fields.report));
    let download = fields
        .optional("download")
        .map(|node| file::download(node, fields.report));
    fields.finish();
    Request {
        name: name.clone(),
        method,
        path,
        query,
        headers,
        key,
        body,
        form,
        takes,
        upload,
        download,
    }
}

/// Templates by name.
pub(super) fn named(node: &Node, what: &str, report: &mut Report) -> Vec<(Text, Template)> {
    let template = template::read(node, report);
    match template.kind {
        TemplateKind::Object(members) => members,
        TemplateKind::Broken => Vec::new(),
        _ => {
            let mistake = Mistake::new(
                "wrong-type",
                template.span,
                format!("`{what}` must be an object of names"),
            );
            report.add(mistake.help("write `{ name: $input }`"));
            Vec::new()
        }
    }
}

fn path_of(node: &Node, report: &mut Report) -> Path {
    let mut path = Path {
        span: node.span,
        segments: Vec::new(),
    };
    let Some(text) = text(node, "path", report) else {
        return path;
    };
    let mut wrong = |message: &str| {
        let mistake = Mistake::new("path", node.span, message.to_owned());
        report.add(mistake.help("write it as `/jobs/{job_id}/events`; parameters go to `query`"));
    };
    if !text.text.starts_with('/') {
        wrong("a path begins with a slash");
    }
    let odd = |c: char| matches!(c, '?' | '#' | '$' | '\\') || c.is_whitespace() || c.is_control();
    if text.text.contains(odd) || text.text.split('/').any(leads_up) {
        wrong("a path has no query, fragment, blank, `$`, `\\`, `.` or `..`");
    }
    let mut rest = text.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        path.segments.push(Segment::Literal(before.to_owned()));
        let Some((name, after)) = after.split_once('}') else {
            wrong("a `{` without its `}`");
            return path;
        };
        path.segments.push(Segment::Param(name.to_owned()));
        rest = after;
    }
    if rest.contains('}') {
        wrong("a `}` without its `{`");
    }
    path.segments.push(Segment::Literal(rest.to_owned()));
    path.segments
        .retain(|segment| !matches!(segment, Segment::Literal(text) if text.is_empty()));
    path
}
