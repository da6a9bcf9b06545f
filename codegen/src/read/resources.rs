//! `resources/*.yaml`

use super::{complete, content, native_name, template, texts_schema};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, text},
    load::Files,
    model::{Body, Read, Resource, Segment, Template, TemplateKind, Uri, Variable},
    node::{Kind, Node, Text},
    refs::inline,
    source::Span,
};

/// The resources of a file.
pub(crate) fn read(file: &Node, files: &Files, report: &mut Report) -> Vec<Resource> {
    let entries = match file.kind {
        Kind::Broken | Kind::Null => &[],
        _ => entries(file, "a file of resources", report),
    };
    entries
        .iter()
        .map(|(name, node)| resource(name, &inline(node, files, report), files, report))
        .collect()
}

fn resource(name: &Text, node: &Node, files: &Files, report: &mut Report) -> Resource {
    let what = format!("resource `{}`", name.text);
    let mut fields = Fields::of(node, name.span, what.clone(), report);
    let title = fields.required_text("title", "give the name that people see");
    let description = fields.description();
    let uri = fields.required(
        "uri",
        "say where it is read, as `docs://guide` or `docs://{page}`",
    );
    let uri = match uri.and_then(|node| text(node, "uri", fields.report)) {
        Some(uri) => uri_of(&uri, fields.report),
        None => Uri {
            span: name.span,
            text: String::new(),
            segments: Vec::new(),
        },
    };
    let variables = fields.optional("variables");
    let mut variables = variables
        .map(|node| read_variables(node, fields.report))
        .unwrap_or_default();
    let subscribe = fields.bool("subscribe", false);
    let (read, mime_type) = source(&mut fields, node, name.span, &what, files);
    fields.finish();
    for variable in uri.variables() {
        // One that is not described is a variable all the same.
        if variables.iter().all(|known| known.name.text != variable) {
            variables.push(Variable {
                name: Text {
                    text: variable.to_owned(),
                    span: uri.span,
                },
                complete: None,
            });
        }
    }
    let schema = texts_schema(
        name.span,
        variables.iter().map(|variable| (&variable.name, true)),
    );
    Resource {
        name: name.clone(),
        title,
        description,
        uri,
        mime_type,
        variables,
        read,
        subscribe,
        schema,
    }
}

fn read_variables(node: &Node, report: &mut Report) -> Vec<Variable> {
    let mut variables = Vec::new();
    for (name, node) in entries(node, "variables", report) {
        let what = format!("variable `{}`", name.text);
        let mut fields = Fields::of(node, name.span, what, report);
        variables.push(Variable {
            name: name.clone(),
            complete: fields
                .optional("complete")
                .and_then(|node| complete::read(node, fields.report)),
        });
        fields.finish();
    }
    variables
}

/// One of `text`, `file`, `data`, `json`, `tool` and `native`; and the type of what it gives.
fn source(
    fields: &mut Fields<'_, '_>,
    node: &Node,
    at: Span,
    what: &str,
    files: &Files,
) -> (Read, String) {
    let made = ["json", "tool", "native"].map(|kind| Some((kind, fields.optional(kind)?)));
    let made: Vec<_> = made.into_iter().flatten().collect();
    let with = fields.optional("with");
    let held = ["text", "file", "data"].map(|kind| node.get(kind).is_some());
    let several = made.len() + held.into_iter().filter(|held| *held).count() > 1;
    if let (Some(with), None) = (with, node.get("tool")) {
        let mistake = Mistake::new("action", with.span, "`with` stands without `tool`");
        fields
            .report
            .add(mistake.help("`with` is what the tool is called with; remove it"));
    }
    match made.as_slice() {
        _ if node.is_broken() => (Read::Broken, String::new()),
        [(kind, inside)] if !several => {
            let mime_type = fields.text("mime_type");
            let mime_type = mime_type.unwrap_or_else(|| match *kind {
                "native" => "text/plain".to_owned(),
                _ => "application/json".to_owned(),
            });
            (made_of(kind, inside, with, fields), mime_type)
        }
        [] => {
            let body = content::body(fields, true, at, what, files);
            let mime_type = content::mime_type(fields, body.as_ref(), at, what);
            let read = match body {
                Some((Body::Text(said), _)) => Read::Text(said),
                Some((Body::Blob(base64), _)) => Read::Blob(base64),
                None => Read::Broken,
            };
            (read, mime_type)
        }
        _ => {
            let _ = (
                fields.optional("text"),
                fields.optional("file"),
                fields.optional("data"),
            );
            let mime_type = fields.text("mime_type").unwrap_or_default();
            let message =
                format!("{what} needs one of `text`, `file`, `data`, `json`, `tool` and `native`");
            let once = "what is read comes from one place";
            fields
                .report
                .add(Mistake::new("action", at, message).help(once));
            (Read::Broken, mime_type)
        }
    }
}

fn made_of(kind: &str, node: &Node, with: Option<&Node>, fields: &mut Fields<'_, '_>) -> Read {
    match kind {
        "json" => Read::Json(template::read(node, fields.report)),
        "native" => native_name(node, fields.report).map_or(Read::Broken, Read::Native),
        _ => {
            let input = match with {
                Some(with) => template::read(with, fields.report),
                None => Template {
                    span: node.span,
                    kind: TemplateKind::Object(Vec::new()),
                },
            };
            text(node, "tool", fields.report)
                .map_or(Read::Broken, |tool| Read::Tool { tool, input })
        }
    }
}

/// A URI, or a template of them with `{variable}` for a step or a part of one.
fn uri_of(text: &Text, report: &mut Report) -> Uri {
    let mut uri = Uri {
        span: text.span,
        text: text.text.clone(),
        segments: Vec::new(),
    };
    let mut wrong = |message: &str| {
        let mistake = Mistake::new("resource-uri", text.span, message.to_owned());
        report.add(mistake.help("write it as `docs://guide` or `docs://{page}/notes`"));
    };
    let scheme = text.text.split_once(':').map_or("", |(scheme, _)| scheme);
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        || !scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    {
        wrong("a URI begins with a scheme and a colon");
    }
    if text
        .text
        .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"^`|\\".contains(c))
    {
        wrong("a URI has no blanks, quotes or backslashes");
    }
    let mut rest = text.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            wrong("a `}` without its `{`");
        }
        if before.is_empty() && !uri.segments.is_empty() {
            wrong("nothing stands between two variables, so it is not said where one ends");
        }
        uri.segments.push(Segment::Literal(before.to_owned()));
        let Some((name, after)) = after.split_once('}') else {
            wrong("a `{` without its `}`");
            return uri;
        };
        if !super::said::is_name(name) {
            wrong("a variable is a name of letters, digits and `_`");
        }
        if uri.variables().any(|other| other == name) {
            wrong("a variable stands in it twice");
        }
        uri.segments.push(Segment::Param(name.to_owned()));
        rest = after;
    }
    if rest.contains('}') {
        wrong("a `}` without its `{`");
    }
    uri.segments.push(Segment::Literal(rest.to_owned()));
    uri.segments
        .retain(|segment| !matches!(segment, Segment::Literal(text) if text.is_empty()));
    uri
}
