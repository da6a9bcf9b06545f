//! `example-response`: what an example says is answered, a provider can answer.

use std::ops::RangeInclusive;

use super::sent;
use crate::{
    diagnostics::{Mistake, Report},
    model::{ExampleResponse, Manifest},
};

/// What ends a request; what is below 200 is followed by another response.
const STATUS: RangeInclusive<u64> = 200..=599;
/// Responses that have no body, whatever they say.
const BODILESS: [u64; 3] = [204, 205, 304];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        for example in &tool.examples {
            for response in &example.responses {
                for mistake in mistakes(response) {
                    report.add(mistake.tool(&tool.name.text));
                }
            }
        }
    }
}

fn mistakes(response: &ExampleResponse) -> Vec<Mistake> {
    let wrong = |span, message: String| Mistake::new("example-response", span, message);
    let mut found = Vec::new();
    let (status, span) = response.status;
    if !STATUS.contains(&status) {
        let message = format!("`{status}` is no status of a response");
        found.push(wrong(span, message).help("write one from 200 to 599"));
    }
    let mut headers = Vec::new();
    if let Some(node) = &response.headers {
        sent::headers_of(node, &mut headers);
    }
    let headers = headers.into_iter();
    found.extend(headers.map(|(span, message, help)| wrong(span, message).help(help)));
    let body = response.body.as_ref().map(|body| body.span);
    let text = response.text.as_ref().map(|text| text.span);
    if let (Some(_), Some(span)) = (body, text) {
        let message = "a response has a `body` or a `text`".to_owned();
        found.push(wrong(span, message).help("keep `body` when it is JSON, else `text`"));
    }
    if let Some(span) = body.or(text)
        && BODILESS.contains(&status)
    {
        let message = format!("a response with status {status} has no body");
        found.push(wrong(span, message).help("leave it out, or answer with 200"));
    }
    found
}
