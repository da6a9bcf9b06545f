//! `upload`: a request has one body, of a method that takes one; a file has a content, and types are of fields that
//! there are.

use super::places::Scope;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, File, Manifest, Method, Request, Step, Tool, Upload},
    node::Text,
    schema::Unnamed,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http { requests, .. } = &tool.action else {
            continue;
        };
        for request in requests {
            one_body(request, report);
            if let Some(upload) = &request.upload {
                parts(upload, request, report);
                for one in &upload.files {
                    file(one, tool, report);
                }
                types(upload, report);
            }
        }
    }
}

fn one_body(request: &Request, report: &mut Report) {
    let form = request.form.first().map(|(name, _)| name.span);
    let form = form.map(|span| ("a `form`", span));
    let upload = request.upload.as_ref();
    let upload = upload.map(|upload| ("an `upload`", upload.span));
    let body = request.body.as_ref().map(|body| ("a `body`", body.span));
    let bodies: Vec<_> = upload.into_iter().chain(form).chain(body).collect();
    if let [(one, _), (other, span), ..] = bodies.as_slice() {
        let mistake = Mistake::new("upload", *span, format!("a request has {other} or {one}"));
        report.add(mistake.help("put what goes beside a file into the `fields` of `upload`"));
    }
    if let (Method::Get, Some((_, span))) = (request.method, form) {
        let mistake = Mistake::new("upload", span, "a `get` has no `form`");
        report.add(mistake.help("use `query`, or `post`"));
    }
}

fn parts(upload: &Upload, request: &Request, report: &mut Report) {
    let wrong = |message: &str| Mistake::new("upload", upload.span, message);
    if matches!(request.method, Method::Get | Method::Delete) {
        report.add(wrong("this method takes no file").help("use `post`, `put` or `patch`"));
    }
    if upload.files.is_empty() && upload.fields.is_empty() {
        report.add(
            wrong("there is nothing in this form")
                .help("say where its file comes from: `file: { text: $content }`"),
        );
    }
    if let ([_, _, ..], Some(larger)) = (
        upload.files.as_slice(),
        upload.files.iter().find_map(|file| file.larger.as_ref()),
    ) {
        let message = "`larger` sends one file, and there are several";
        let mistake = Mistake::new("upload", larger.span, message);
        report.add(mistake.help("remove it, or send one file in a request"));
    }
    let alone = upload.files.len() == 1 && upload.fields.is_empty();
    let repeated = upload.files.first().is_some_and(|file| file.each.is_some());
    if upload.raw && (!alone || repeated) {
        report.add(
            wrong("a `raw` file is all of the body")
                .help("leave the rest out, or make it a form with `fields` and `files`"),
        );
    }
}

fn file(file: &File, tool: &Tool, report: &mut Report) {
    let wrong = |message: &str| Mistake::new("upload", file.span, message);
    if file.sources().next().is_none() {
        report.add(
            wrong("it is not said where the file's content comes from")
                .help("add `text: $content`, `path: $path` or both"),
        );
    }
    if let Some(media_type) = &file.media_type {
        is_media_type(media_type, report);
    }
    let Some(each) = &file.each else { return };
    let scope = Scope {
        tool,
        result: false,
        item: None,
    };
    let known = file.list().map(|list| scope.resolve(list));
    let is_list = match &known {
        Some(Ok(known)) => known.step(&Step::Index(0), Unnamed::Open).is_ok(),
        // Where it leads to nothing, another rule says so.
        Some(Err(_)) => true,
        None => matches!(each.kind, crate::model::TemplateKind::Broken),
    };
    if !is_list {
        let mistake = Mistake::new("upload", each.span, "`each` takes a list");
        report.add(mistake.help("write `each: $files`, an input of type `array`"));
    }
}

fn types(upload: &Upload, report: &mut Report) {
    let names = || upload.fields.iter().map(|(name, _)| name.text.as_str());
    for (name, media_type) in &upload.types {
        is_media_type(media_type, report);
        if names().all(|field| field != name.text) {
            let message = format!("the form has no field `{}`", name.text);
            let mistake = Mistake::new("upload", name.span, message);
            report.add(
                mistake
                    .nearest(&name.text, names())
                    .help_if_none("`types` are of `fields`; a file has its own `media_type`"),
            );
        }
    }
}

fn is_media_type(media_type: &Text, report: &mut Report) {
    let token = |text: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
        !text.is_empty() && text.chars().all(fits)
    };
    let fits = media_type.text.split_once('/');
    if !fits.is_some_and(|(kind, name)| token(kind) && token(name)) {
        let message = format!("`{}` is no media type", media_type.text);
        let mistake = Mistake::new("upload", media_type.span, message);
        report.add(mistake.help("write it as `application/jsonl`"));
    }
}
