//! `example-result`: what an example says the agent gets, the templates make of the response, and the output
//! schema promises.

use super::example_request::{of, provider};
use crate::{
    diagnostics::{Mistake, Report},
    fill::{Scope, differences, fill},
    model::{Action, Example, ExampleOutcome, Manifest, Tool},
    node::Node,
    schema::{has_broken, to_value},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        for example in &tool.examples {
            match &example.outcome {
                ExampleOutcome::Result(result) => {
                    promised(result, tool, report);
                    made(result, example, tool, manifest, report);
                }
                ExampleOutcome::Any if !tool.content => {
                    let mistake = Mistake::new(
                        "example-result",
                        example.span,
                        "it is not said what the agent gets",
                    );
                    report.add(
                        mistake
                            .help("add `result`, or `error` with a part of the message")
                            .tool(&tool.name.text),
                    );
                }
                ExampleOutcome::Any | ExampleOutcome::Error(_) => {}
            }
        }
    }
}

fn promised(result: &Node, tool: &Tool, report: &mut Report) {
    if has_broken(&tool.output) || has_broken(result) {
        return;
    }
    let Ok(validator) = jsonschema::draft202012::new(&to_value(&tool.output)) else {
        return;
    };
    let value = result.to_value();
    for error in validator.iter_errors(&value) {
        let at = super::invalid_schema::find(result, error.instance_path().as_str());
        let message = format!("the output schema does not promise this: {error}");
        let mistake = Mistake::new("example-result", at.span, message);
        report.add(
            mistake
                .help("change the example or `output`")
                .tool(&tool.name.text),
        );
    }
}

fn made(result: &Node, example: &Example, tool: &Tool, manifest: &Manifest, report: &mut Report) {
    let Action::Http {
        requests,
        result: template,
        ..
    } = &tool.action
    else {
        return;
    };
    // Pages are put together and files taken by the runtime.
    let whole = example.requests.len() == requests.len()
        && requests.iter().all(|request| request.download.is_none());
    if !whole || has_broken(result) || has_broken(&example.input) {
        return;
    }
    let mut replies = Vec::new();
    let pairs = example.requests.iter().zip(&example.responses);
    for (index, (sent, answer)) in pairs.enumerate() {
        if let (Some(request), Some(body)) = (of(requests, sent, index), &answer.body) {
            replies.push((request.name.text.clone(), body.to_value()));
        }
    }
    let (input, provider) = (example.input.to_value(), provider(example, manifest));
    let scope = Scope {
        input: &input,
        replies: &replies,
        provider: &provider,
        item: None,
        null_is_absent: true,
    };
    let mut found = Vec::new();
    let made = fill(template, scope);
    differences(Some(result), &made, result.span, "", &mut found);
    for (span, message) in found {
        let mistake = Mistake::new("example-result", span, message);
        let help = "change the example or the template";
        report.add(mistake.help(help).tool(&tool.name.text));
    }
}
