//! `example-result`: what an example says the agent gets, the templates make of the response, and the output
//! schema promises.

use serde_json::Value;

use super::example_request::{known, of, provider};
use crate::{
    diagnostics::{Mistake, Report},
    fill::{Scope, differences, fill, part},
    model::{Action, Example, ExampleOutcome, Manifest, Tool},
    node::Node,
    schema::{has_broken, to_value},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        for example in &tool.examples {
            match &example.outcome {
                ExampleOutcome::Result(result) => {
                    promised(result, &to_value(&tool.output), tool, report);
                    made(result, true, example, tool, manifest, report);
                }
                ExampleOutcome::Has(part) => {
                    names_something(part, tool, report);
                    let mut schema = to_value(&tool.output);
                    partly(&mut schema);
                    promised(part, &schema, tool, report);
                    made(part, false, example, tool, manifest, report);
                }
                ExampleOutcome::Any if !tool.content => {
                    let mistake = Mistake::new(
                        "example-result",
                        example.span,
                        "it is not said what the agent gets",
                    );
                    report.add(
                        mistake
                            .help("add `result`, `result_has` with a part of it, or `error` with a part of the message")
                            .tool(&tool.name.text),
                    );
                }
                ExampleOutcome::Any | ExampleOutcome::Error(_) => {}
            }
        }
    }
}

/// A part of nothing would hold whatever the agent gets.
fn names_something(part: &Node, tool: &Tool, report: &mut Report) {
    if part.is_broken() || !part.members().is_empty() {
        return;
    }
    let message = "`result_has` names nothing that the agent gets";
    let mistake = Mistake::new("example-result", part.span, message);
    let help = "name the members that show what the tool is for: `result_has: { valid: true }`";
    report.add(mistake.help(help).tool(&tool.name.text));
}

/// Makes of a schema one of parts of what it accepts.
fn partly(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            // A property may be called so, and is no list or number.
            members.retain(|key, value| match key.as_str() {
                "required" => !value.is_array(),
                "minProperties" => !value.is_number(),
                _ => true,
            });
            members.values_mut().for_each(partly);
        }
        Value::Array(elements) => elements.iter_mut().for_each(partly),
        _ => {}
    }
}

fn promised(result: &Node, schema: &Value, tool: &Tool, report: &mut Report) {
    if has_broken(&tool.output) || has_broken(result) {
        return;
    }
    let Ok(validator) = jsonschema::draft202012::new(schema) else {
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

fn made(
    result: &Node,
    whole: bool,
    example: &Example,
    tool: &Tool,
    manifest: &Manifest,
    report: &mut Report,
) {
    let Action::Http {
        requests,
        result: template,
        ..
    } = &tool.action
    else {
        return;
    };
    // Pages are put together and files taken by the runtime.
    let followed = known(example, manifest)
        && example.requests.len() == requests.len()
        && requests.iter().all(|request| request.download.is_none());
    if !followed || has_broken(result) || has_broken(&example.input) {
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
    let made = if whole { made } else { part(result, made) };
    differences(Some(result), &made, result.span, "", &mut found);
    for (span, message) in found {
        let mistake = Mistake::new("example-result", span, message);
        let help = "change the example or the template";
        report.add(mistake.help(help).tool(&tool.name.text));
    }
}
