//! `example-result`: what an example says the agent gets, the templates make of the response, and the output
//! schema promises.

use serde_json::Value;

use super::example_request::{known, of, provider};
use crate::{
    diagnostics::{Mistake, Report},
    fill::{Made, Scope, differences, fill, is_known, part, parts, value},
    model::{Action, Example, ExampleOutcome, Manifest, Tool},
    node::Node,
    schema::{has_broken, to_value},
};

/// The lowest status of an error.
const FAILED: u64 = 400;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        for example in &tool.examples {
            if let Some(mistake) = fails(example, tool) {
                report.add(mistake);
                continue;
            }
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

/// A call whose request is refused gives no result.
fn fails(example: &Example, tool: &Tool) -> Option<Mistake> {
    let result = match &example.outcome {
        ExampleOutcome::Result(result) | ExampleOutcome::Has(result) => result,
        ExampleOutcome::Any | ExampleOutcome::Error(_) => return None,
    };
    let Action::Http { page, once, .. } = &tool.action else {
        return None;
    };
    let mut failed = example
        .responses
        .iter()
        .filter(|one| one.status.0 >= FAILED);
    let first = failed.next()?;
    let ends = if page.is_some() {
        // A list that breaks off later gives what came before.
        example
            .responses
            .first()
            .is_some_and(|one| one.status.0 >= FAILED)
    } else if once.is_some() || tool.larger().is_some() {
        // What was started is found all the same, and a part is sent again.
        failed.count() + 1 == example.responses.len()
    } else {
        true
    };
    ends.then(|| {
        let (status, span) = first.status;
        let span = if span == result.span {
            example.span
        } else {
            span
        };
        let message = format!("a call that is answered with {status} gives no result");
        let help = "say `error` with a part of what the agent reads instead, or answer with 200";
        Mistake::new("example-result", span, message)
            .help(help)
            .tool(&tool.name.text)
    })
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
                .help("change the example or `output`; an optional member that does not fit is left out")
                .tool(&tool.name.text),
        );
    }
}

/// What is made as an agent gets it: without the optional members and the elements that the output schema does not take.
fn fitting(made: Made, tool: &Tool) -> Made {
    let validator = jsonschema::draft202012::new(&to_value(&tool.output));
    let (true, Ok(validator)) = (is_known(&made) && made != Made::Absent, validator) else {
        return made;
    };
    let mut value = value(&made);
    loop {
        let error = validator.iter_errors(&value).next();
        let Some(at) = error.map(|error| error.instance_path().as_str().to_owned()) else {
            return parts(&value);
        };
        // Where that does not help, the call fails, which is told of the example's result.
        if !leave_out(&mut value, &at) {
            return made;
        }
    }
}

/// Removes the member or the element at a JSON Pointer.
fn leave_out(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return false;
    };
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            let name = last.replace("~1", "/").replace("~0", "~");
            members.shift_remove(&name).is_some()
        }
        Some(Value::Array(elements)) => match last.parse() {
            Ok(index) if index < elements.len() => {
                elements.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
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
    let made = fitting(fill(template, scope), tool);
    let made = if whole { made } else { part(result, made) };
    differences(Some(result), &made, result.span, "", &mut found);
    for (span, message) in found {
        let mistake = Mistake::new("example-result", span, message);
        let help = "change the example or the template";
        report.add(mistake.help(help).tool(&tool.name.text));
    }
}
