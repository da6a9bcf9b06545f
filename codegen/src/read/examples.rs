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
    let (requests, responses) = exchanges(
        &several(request, requests),
        &several(response, responses),
        node,
        fields.report,
    );
    let outcome = outcome(&mut fields);
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

/// What the agent gets: one of the three.
fn outcome(fields: &mut Fields<'_, '_>) -> ExampleOutcome {
    let said = ["result", "result_has", "error"].map(|key| (key, fields.optional(key)));
    let mut said = said
        .into_iter()
        .filter_map(|(key, node)| Some((key, node?)));
    let Some((key, node)) = said.next() else {
        return ExampleOutcome::Any;
    };
    for (_, other) in said {
        let mistake = Mistake::new(
            "example-result",
            other.span,
            "a call has a `result`, or an `error`",
        );
        let help = "keep one: `result` for the whole, `result_has` for a part, or `error`";
        fields.report.add(mistake.help(help));
    }
    match key {
        "result" => ExampleOutcome::Result(node.clone()),
        "result_has" => ExampleOutcome::Has(node.clone()),
        _ => {
            let Some(text) = text(node, "error", fields.report) else {
                return ExampleOutcome::Any;
            };
            if text.text.is_empty() {
                let message = "this is in every message";
                let mistake = Mistake::new("example-result", node.span, message);
                let help = "write a part of the message that the agent reads";
                fields.report.add(mistake.help(help));
            }
            ExampleOutcome::Error(text.text)
        }
    }
}

/// The requests, each with its response: that of its name where they have names, else in order.
fn exchanges(
    requests: &[(Option<&Text>, &Node)],
    responses: &[(Option<&Text>, &Node)],
    example: &Node,
    report: &mut Report,
) -> (Vec<ExampleRequest>, Vec<ExampleResponse>) {
    let names = |all: &[(Option<&Text>, &Node)]| -> Option<Vec<Text>> {
        all.iter().map(|(name, _)| name.cloned()).collect()
    };
    let both = names(requests).zip(names(responses));
    let Some((asked, answered)) = both.filter(|(asked, _)| !asked.is_empty()) else {
        if requests.len() != responses.len() {
            let message = format!(
                "an example has a response for each request, and this has {} for {}",
                responses.len(),
                requests.len()
            );
            let mistake = Mistake::new("example-request", example.span, message);
            report.add(mistake.help(
                "write `request` with `response`, or `requests` with `responses` in the same order",
            ));
        }
        let requests = requests.iter();
        let requests = requests
            .map(|(name, node)| expected(*name, node, report))
            .collect();
        let responses = responses.iter().map(|(_, node)| answer(node, report));
        return (requests, responses.collect());
    };
    for name in &answered {
        if asked.iter().all(|one| one.text != name.text) {
            let message = format!("no request of this example is called `{}`", name.text);
            let mistake = Mistake::new("example-request", name.span, message);
            report.add(mistake.nearest(&name.text, asked.iter().map(|one| one.text.as_str())));
        }
    }
    let mut paired = (Vec::new(), Vec::new());
    for (name, node) in requests {
        let of = |one: &&(Option<&Text>, &Node)| {
            one.0.map(|text| &text.text) == name.map(|text| &text.text)
        };
        paired.0.push(expected(*name, node, report));
        if let Some((_, node)) = responses.iter().find(of) {
            paired.1.push(answer(node, report));
            continue;
        }
        let name = name.map_or("", |name| &name.text);
        let message = format!("nothing is answered to the request `{name}`");
        let mistake = Mistake::new("example-request", node.span, message);
        report.add(mistake.help(format!("add `{name}` to `responses`")));
        paired.1.push(ExampleResponse {
            status: (200, node.span),
            headers: None,
            body: None,
            text: None,
        });
    }
    paired
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
    let (mut found, mut said) = (None, 0);
    for (name, method) in METHODS {
        if let Some(path) = fields.optional(name) {
            said += 1;
            let path = text(path, name, fields.report);
            found = path.map(|path| (method, path));
        }
    }
    if said != 1 && !node.is_broken() {
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
        status: (
            fields.number("status", 100).unwrap_or(200),
            node.get("status").map_or(node.span, |status| status.span),
        ),
        headers: fields.optional("headers").cloned(),
        body: fields.optional("body").cloned(),
        // As it is, white space and all.
        text: fields.optional("text").and_then(|node| {
            let text = node.text().map(str::to_owned);
            if text.is_none() {
                mistyped(node, "text", "a text", fields.report);
            }
            let span = node.span;
            Some(Text { text: text?, span })
        }),
    };
    fields.finish();
    answer
}

fn texts_by_name(node: &Node, report: &mut Report) -> Vec<(Text, String)> {
    let mut texts = Vec::new();
    for (name, node) in entries(node, "files", report) {
        match node.text() {
            Some(text) => texts.push((name.clone(), text.to_owned())),
            None => mistyped(node, &name.text, "a text", report),
        }
    }
    texts
}
