//! `examples:` of a tool.

use super::request::METHODS;
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, mistyped, text},
    model::{Example, ExampleOutcome, ExampleRequest, ExampleResponse, Method},
    node::{Kind, Node, Text},
};

/// The examples of a tool.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Example> {
    let Some(node) = fields.optional("examples") else {
        return Vec::new();
    };
    if !matches!(node.kind, Kind::List(_)) {
        mistyped(node, "examples", "a list", fields.report);
    }
    let examples = node.elements().iter();
    examples.map(|node| example(node, fields.report)).collect()
}

fn example(node: &Node, report: &mut Report) -> Example {
    let mut fields = Fields::of(node, node.span, "an example", report);
    let name = fields.required_text("name", "say in a word or two what it shows");
    let input = fields.required("input", "give the arguments of the call; `{}` for none");
    let provider = fields.optional("provider");
    let provider = provider.and_then(|node| text(node, "provider", fields.report));
    let files = fields.optional("files");
    let files = files.map_or_else(Vec::new, |node| texts_by_name(node, fields.report));
    let request = fields.optional("request");
    let requests = fields.optional("requests");
    let response = fields.optional("response");
    let responses = fields.optional("responses");
    let requests: Vec<_> = several(request, requests)
        .into_iter()
        .map(|(name, node)| expected(name, node, fields.report))
        .collect();
    let responses: Vec<_> = several(response, responses)
        .into_iter()
        .map(|(_, node)| answer(node, fields.report))
        .collect();
    if requests.len() != responses.len() {
        let message = format!(
            "an example has a response for each request, and this has {} for {}",
            responses.len(),
            requests.len()
        );
        let mistake = Mistake::new("example-request", node.span, message);
        fields.report.add(mistake.help(
            "write `request` with `response`, or `requests` with `responses` in the same order",
        ));
    }
    let result = fields.optional("result");
    let error = fields.optional("error");
    if let (Some(_), Some(error)) = (result, error) {
        let mistake = Mistake::new(
            "example-result",
            error.span,
            "a call has a `result` or an `error`",
        );
        fields.report.add(mistake.help("remove one of them"));
    }
    let error = error.and_then(|node| text(node, "error", fields.report));
    let outcome = match (result, error) {
        (_, Some(error)) => ExampleOutcome::Error(error.text),
        (Some(result), None) => ExampleOutcome::Result(result.clone()),
        (None, None) => ExampleOutcome::Any,
    };
    fields.finish();
    Example {
        span: node.span,
        name,
        provider,
        input: input.cloned().unwrap_or_else(|| Node::broken(node.span)),
        files,
        requests,
        responses,
        outcome,
    }
}

/// One, or those of a list or by name.
fn several<'n>(
    one: Option<&'n Node>,
    several: Option<&'n Node>,
) -> Vec<(Option<&'n Text>, &'n Node)> {
    let listed = several.map_or(&[][..], Node::elements);
    let named = several.map_or(&[][..], Node::members);
    let named = named.iter().map(|(name, node)| (Some(name), node));
    let listed = one.into_iter().chain(listed).map(|node| (None, node));
    listed.chain(named).collect()
}

fn expected(name: Option<&Text>, node: &Node, report: &mut Report) -> ExampleRequest {
    let mut fields = Fields::of(node, node.span, "an example's request", report);
    let mut found = None;
    for (name, method) in METHODS {
        if let Some(path) = fields.optional(name)
            && let Some(path) = text(path, name, fields.report)
        {
            found = Some((method, path));
        }
    }
    if found.is_none() && !node.is_broken() {
        let mistake = Mistake::new("action", node.span, "a request has one method and its path");
        fields
            .report
            .add(mistake.help("write it as it is sent: `get: /jobs/job-1`"));
    }
    let (method, path) = found.unwrap_or_else(|| {
        let path = Text {
            text: String::new(),
            span: node.span,
        };
        (Method::Get, path)
    });
    let request = ExampleRequest {
        span: node.span,
        name: name.cloned(),
        method,
        path,
        query: fields.optional("query").cloned(),
        headers: fields.optional("headers").cloned(),
        body: fields.optional("body").cloned(),
        form: fields.optional("form").cloned(),
        upload: fields.optional("upload").cloned(),
    };
    fields.finish();
    request
}

fn answer(node: &Node, report: &mut Report) -> ExampleResponse {
    let mut fields = Fields::of(node, node.span, "an example's response", report);
    let answer = ExampleResponse {
        status: fields.number("status", 100).unwrap_or(200),
        headers: fields.optional("headers").cloned(),
        body: fields.optional("body").cloned(),
        // As it is, white space and all.
        text: fields
            .optional("text")
            .and_then(|node| node.text().map(str::to_owned)),
    };
    fields.finish();
    answer
}

fn texts_by_name(node: &Node, report: &mut Report) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, node) in entries(node, "files", report) {
        match node.text() {
            Some(text) => texts.push((name.text.clone(), text.to_owned())),
            None => mistyped(node, &name.text, "a text", report),
        }
    }
    texts
}
