//! The template of a body beside the schema of the document.

use super::{
    Change, Comparison,
    shape::{self, Theirs},
};
use crate::{
    model::{Request, Step, Template, TemplateKind, Tool},
    names::nearest,
    node::{Node, Text},
    openapi::{Media, Operation},
    schema::{Known, Unnamed},
    source::Span,
};

/// What HTML forms are sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// Compares the body of a request.
pub(super) fn compare<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    request: &'d Request,
    operation: &Operation<'d>,
) {
    let body = operation.body(comparison.document).ok().flatten();
    let media = body.map_or_else(Vec::new, |(_, media)| media);
    let of = |wanted: &dyn Fn(&Media<'d>) -> bool| {
        let media = media.iter().find(|media| wanted(media));
        media.map(|media| media.schema)
    };
    let ours = if let Some(ours) = &request.body {
        if let Some(schema) = of(&Media::is_json) {
            if let Some(schema) = schema {
                template(comparison, tool, ours, schema, "body");
            }
            return;
        }
        (ours.span, "JSON body")
    } else if let Some((first, _)) = request.form.first() {
        if let Some(schema) = of(&|media| media.essence() == FORM) {
            if let Some(schema) = schema {
                let whole = (request.path.span, schema);
                members(comparison, tool, &request.form, &[], whole, "form");
            }
            return;
        }
        (first.span, "such form")
    } else if let Some(upload) = request.upload.as_ref().filter(|upload| !upload.raw) {
        if let Some(schema) = of(&|media| media.essence() == "multipart/form-data") {
            if let Some(schema) = schema {
                let files: Vec<&Text> = upload.files.iter().map(|file| &file.part).collect();
                let whole = (upload.span, schema);
                members(comparison, tool, &upload.fields, &files, whole, "form");
            }
            return;
        }
        (upload.span, "such form")
    } else {
        let schema = of(&Media::is_json).flatten();
        if let (Some(schema), None) = (schema, &request.upload) {
            let message = "the document takes a body, and none is sent";
            let theirs = Some(schema.span);
            comparison.add(Change::New, "body", message, request.path.span, theirs);
        }
        return;
    };
    let message = format!("the document takes no {} there", ours.1);
    let theirs = Some(operation.key.span);
    comparison.add(Change::Gone, "body", &message, ours.0, theirs);
}

/// Compares what a template makes with a schema.
pub(super) fn template<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    ours: &'d Template,
    schema: &'d Node,
    at: &str,
) {
    let theirs = Theirs::of(comparison.document, schema);
    match &ours.kind {
        TemplateKind::Object(own) => {
            if theirs.properties().is_none() {
                if theirs.is_known() && !theirs.takes("object") {
                    retyped(comparison, ours, &theirs, "an object", at);
                }
                return;
            }
            members(comparison, tool, own, &[], (ours.span, schema), at);
        }
        TemplateKind::Json(inner) => template(comparison, tool, inner, schema, at),
        TemplateKind::Take(place) => {
            if let Some(schemas) = taken(tool, &place.name, &place.path) {
                for ours in schemas {
                    shape::compare(comparison, ours, &theirs, at, 0);
                }
            }
        }
        TemplateKind::First(choices) => {
            // An empty object stands last for a body that must be there.
            let is_empty = |one: &&Template| matches!(&one.kind, TemplateKind::Object(members) if members.is_empty());
            for choice in choices.iter().filter(|choice| !is_empty(choice)) {
                template(comparison, tool, choice, schema, at);
            }
        }
        TemplateKind::Text(text) => {
            if let Some(words) = theirs.words()
                && !words.contains(&text.as_str())
            {
                let message = format!("the document does not take `{text}` there");
                comparison.add(Change::Narrowed, at, &message, ours.span, Some(schema.span));
            } else if theirs.is_known() && !theirs.takes("string") {
                retyped(comparison, ours, &theirs, "a text", at);
            }
        }
        TemplateKind::Bool(_) if theirs.is_known() && !theirs.takes("boolean") => {
            retyped(comparison, ours, &theirs, "true or false", at);
        }
        TemplateKind::Number(_)
            if theirs.is_known() && !theirs.takes("number") && !theirs.takes("integer") =>
        {
            retyped(comparison, ours, &theirs, "a number", at);
        }
        TemplateKind::List(_) | TemplateKind::Each { .. }
            if theirs.is_known() && !theirs.takes("array") =>
        {
            retyped(comparison, ours, &theirs, "a list", at);
        }
        // What a function makes is its own affair.
        _ => {}
    }
}

/// Compares members of an object or fields of a form; `files` are parts of it as well. `whole` is where they stand, and
/// the schema.
fn members<'d>(
    comparison: &mut Comparison<'d>,
    tool: &'d Tool,
    own: &'d [(Text, Template)],
    files: &[&Text],
    whole: (Span, &'d Node),
    at: &str,
) {
    let (span, schema) = whole;
    let theirs = Theirs::of(comparison.document, schema);
    let Some(properties) = theirs.properties() else {
        return;
    };
    // A list is a field of its name with brackets, which documents leave out.
    let plain = |name: &'d str| {
        if properties.iter().any(|(key, _)| key.text == name) {
            name
        } else {
            name.strip_suffix("[]").unwrap_or(name)
        }
    };
    let mut names: Vec<&str> = own.iter().map(|(key, _)| plain(&key.text)).collect();
    let file_names = files
        .iter()
        .map(|part| part.text.trim_end_matches("[]").to_owned());
    let file_names: Vec<String> = file_names.collect();
    let free: Vec<&str> = properties
        .iter()
        .map(|(key, _)| key.text.as_str())
        .filter(|name| {
            let file = files.iter().any(|part| part.text == *name);
            !names.contains(name) && !file && file_names.iter().all(|file| file != name)
        })
        .collect();
    for part in files {
        let bare = part.text.trim_end_matches("[]");
        if !properties
            .iter()
            .any(|(name, _)| name.text == part.text || name.text == bare)
            && !theirs.is_open()
        {
            let at = format!("{at}.{}", part.text);
            comparison.missing(&part.text, &at, part.span, &free, schema.span);
        }
    }
    for (key, member) in own {
        let name = plain(&key.text);
        let at = format!("{at}.{name}");
        match properties.iter().find(|(other, _)| other.text == name) {
            Some((_, schema)) => template(comparison, tool, member, schema, &at),
            None if theirs.is_open() => {}
            None => comparison.missing(name, &at, key.span, &free, schema.span),
        }
        if theirs.requires(name) && !is_always_there(tool, member) {
            let message = format!("the document requires `{name}`, which may be absent here");
            comparison.add(Change::Required, &at, &message, key.span, Some(schema.span));
        }
    }
    names.retain(|name| properties.iter().all(|(key, _)| key.text != *name));
    for (key, _) in properties
        .iter()
        .filter(|(key, _)| free.contains(&key.text.as_str()))
    {
        // What is told as renamed is not new as well.
        let renamed = |name: &&str| nearest(name, &[key.text.as_str()]).is_some();
        if names.iter().any(renamed) {
            continue;
        }
        let at = format!("{at}.{}", key.text);
        let (what, required) = (format!("`{}`", key.text), theirs.requires(&key.text));
        comparison.unsent(required, &what, &at, span, Some(key.span));
    }
}

fn retyped(
    comparison: &mut Comparison<'_>,
    ours: &Template,
    theirs: &Theirs<'_>,
    what: &str,
    at: &str,
) {
    let message = format!("this is {what}, and the document takes {}", theirs.told());
    comparison.add(
        Change::Retyped,
        at,
        &message,
        ours.span,
        Some(theirs.span()),
    );
}

/// The schema of an input.
pub(super) fn input<'d>(tool: &'d Tool, name: &str) -> Option<&'d Node> {
    tool.input.get("properties")?.get(name)
}

/// The schemas of a place in the input, alternatives one by one.
fn taken<'d>(tool: &'d Tool, name: &str, path: &[Step]) -> Option<Vec<&'d Node>> {
    let schema = input(tool, name)?;
    if path.is_empty() {
        return Some(vec![schema]);
    }
    let mut known = Known::of(schema);
    for step in path {
        known = known.step(step, Unnamed::Open).ok()?;
    }
    known.typed()
}

/// Whether an input must be given.
pub(super) fn is_required(tool: &Tool, name: &str) -> bool {
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    required.iter().any(|one| one.text() == Some(name))
}

/// Whether a template always makes something.
pub(super) fn is_always_there(tool: &Tool, template: &Template) -> bool {
    match &template.kind {
        TemplateKind::Take(place) => match place.name.as_str() {
            "provider" => true,
            name => place.path.is_empty() && is_required(tool, name),
        },
        TemplateKind::First(choices) => choices.iter().any(|one| is_always_there(tool, one)),
        TemplateKind::Object(members) => {
            members.is_empty() || members.iter().any(|(_, one)| is_always_there(tool, one))
        }
        TemplateKind::Each { list, .. } | TemplateKind::Join { list, .. } => {
            list.path.is_empty() && is_required(tool, &list.name)
        }
        TemplateKind::Json(inner) => is_always_there(tool, inner),
        TemplateKind::Call { arguments, .. } => {
            arguments.iter().any(|(_, one)| is_always_there(tool, one))
        }
        TemplateKind::Broken => false,
        _ => true,
    }
}
