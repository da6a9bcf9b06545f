//! `example-request`: what an example says is sent, the templates make of its input.

use serde_json::Value;

use super::sent;
use crate::{
    diagnostics::{Mistake, Report},
    fill::{Made, Scope, differences, fill, text, value},
    model::{Action, Example, ExampleRequest, Manifest, Request, Segment, Template, Tool},
    node::{Node, Text},
    schema::has_broken,
    uses,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        as_sent(tool, report);
        let requests = match &tool.action {
            Action::Http { requests, .. } => requests,
            Action::Content(_) => {
                sends_nothing(tool, report);
                continue;
            }
            // What it sends is up to Rust.
            Action::Native(_) | Action::Broken => continue,
        };
        let examples = tool.examples.iter();
        for example in examples.filter(|one| !has_broken(&one.input) && known(one, manifest)) {
            for (index, sent) in example.requests.iter().enumerate() {
                if let Some(request) = of(requests, sent, index) {
                    compare(request, sent, index, example, tool, manifest, report);
                } else {
                    let name = sent.name.as_ref().map_or("", |name| &name.text);
                    let names = requests.iter().map(|one| one.name.text.as_str());
                    let message = format!("the tool sends no request `{name}`");
                    let mistake = Mistake::new("example-request", sent.span, message);
                    report.add(mistake.nearest(name, names).tool(&tool.name.text));
                }
            }
        }
    }
}

/// Whether what is sent is a request at all, whoever makes it.
fn as_sent(tool: &Tool, report: &mut Report) {
    let requests = tool.examples.iter().flat_map(|example| &example.requests);
    for mistake in requests.flat_map(sent::mistakes) {
        report.add(mistake.tool(&tool.name.text));
    }
}

fn sends_nothing(tool: &Tool, report: &mut Report) {
    for sent in tool.examples.iter().flat_map(|example| &example.requests) {
        let message = "this tool says its `content` and sends nothing";
        let mistake = Mistake::new("example-request", sent.span, message);
        report.add(mistake.help("remove it").tool(&tool.name.text));
    }
}

/// The request that an example shows: of its name, or the only one, once for each page.
pub(super) fn of<'m>(
    requests: &'m [Request],
    sent: &ExampleRequest,
    index: usize,
) -> Option<&'m Request> {
    match &sent.name {
        Some(name) => requests.iter().find(|one| one.name.text == name.text),
        None if requests.len() == 1 => requests.first(),
        None => requests.get(index),
    }
}

/// Whether there is the provider that an example names; what it has is not known else.
pub(super) fn known(example: &Example, manifest: &Manifest) -> bool {
    let name = example.provider.as_ref();
    manifest.has_all_providers
        && name.is_none_or(|name| {
            manifest
                .providers
                .iter()
                .any(|one| one.name.text == name.text)
        })
}

/// What templates take as `$provider.NAME` in an example.
pub(super) fn provider(example: &Example, manifest: &Manifest) -> Value {
    let name = example.provider.as_ref().map(|name| name.text.as_str());
    let provider = match name {
        Some(name) => manifest.providers.iter().find(|one| one.name.text == name),
        None => manifest.providers.first(),
    };
    let values = provider.map_or(&[][..], |one| one.values.as_slice());
    let values = values.iter();
    Value::Object(
        values
            .map(|(name, value)| (name.text.clone(), value.to_value()))
            .collect(),
    )
}

fn compare(
    request: &Request,
    sent: &ExampleRequest,
    index: usize,
    example: &Example,
    tool: &Tool,
    manifest: &Manifest,
    report: &mut Report,
) {
    let (input, provider) = (example.input.to_value(), provider(example, manifest));
    let scope = Scope {
        input: &input,
        replies: &[],
        provider: &provider,
        item: None,
        null_is_absent: false,
    };
    let mut found = Vec::new();
    if request.method != sent.method {
        found.push((sent.path.span, "the tool uses another method".to_owned()));
    }
    let path = path(request, &input);
    if path.as_ref().is_some_and(|path| *path != sent.path.text) {
        let message = format!("the tool sends this to `{}`", path.unwrap_or_default());
        found.push((sent.path.span, message));
    }
    if let Some(body) = &request.body {
        let made = fill(body, scope);
        differences(sent.body.as_ref(), &made, sent.span, "", &mut found);
    } else if let Some(body) = &sent.body {
        found.push((body.span, "the tool sends no body".to_owned()));
    }
    // A later page has the cursor of the one before.
    if index == 0 || sent.name.is_some() {
        let mut made = filled(&request.query, scope);
        for name in uses::automatic(tool) {
            if let Some(value) = scope.input.get(name) {
                made.push((name, Made::Value(value.clone())));
            }
        }
        pairs("query", &made, sent.query.as_ref(), sent, &mut found);
    }
    let made = filled(&request.form, scope);
    pairs("form", &made, sent.form.as_ref(), sent, &mut found);
    for (span, message) in found {
        let mistake = Mistake::new("example-request", span, message);
        let help = "change the example or the template; `manifest test` shows what is sent";
        report.add(mistake.help(help).tool(&tool.name.text));
    }
}

/// The path as far as it is spelled the same by everybody.
fn path(request: &Request, input: &Value) -> Option<String> {
    let mut path = String::new();
    for segment in &request.path.segments {
        match segment {
            Segment::Literal(text) => path.push_str(text),
            Segment::Param(name) => {
                let text = text(input.get(name)?);
                let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
                if !text.chars().all(plain) {
                    return None;
                }
                path.push_str(&text);
            }
        }
    }
    Some(path)
}

fn filled<'t>(named: &'t [(Text, Template)], scope: Scope<'_>) -> Vec<(&'t str, Made)> {
    let filled = named.iter();
    let filled = filled.map(|(name, template)| (name.text.as_str(), fill(template, scope)));
    filled.collect()
}

/// Compares what goes to the query or a form, by its text as it is in a URL.
fn pairs(
    what: &str,
    made: &[(&str, Made)],
    expected: Option<&Node>,
    sent: &ExampleRequest,
    found: &mut Vec<(crate::source::Span, String)>,
) {
    let expected = expected.map_or(&[][..], Node::members);
    for (key, node) in expected {
        match made.iter().find(|(name, _)| *name == key.text) {
            None | Some((_, Made::Absent)) => {
                let message = format!("nothing is put into the {what} as `{}`", key.text);
                found.push((key.span, message));
            }
            Some((_, Made::Unknown)) => {}
            Some((_, made)) if spelled(&value(made)) == spelled(&node.to_value()) => {}
            Some((_, made)) => {
                let message = format!("the {what} has `{}` here", spelled(&value(made)));
                found.push((node.span, message));
            }
        }
    }
    for (name, made) in made {
        let said = expected.iter().any(|(key, _)| key.text == *name);
        if !said && !matches!(made, Made::Absent | Made::Unknown) {
            let message = format!("the {what} has `{name}={}` too", spelled(&value(made)));
            found.push((sent.span, message));
        }
    }
}

/// A value of a query with every text and number as text.
fn spelled(value: &Value) -> Value {
    match value {
        Value::Array(elements) => elements.iter().map(spelled).collect(),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), spelled(member)))
                .collect(),
        ),
        one => Value::String(text(one)),
    }
}
