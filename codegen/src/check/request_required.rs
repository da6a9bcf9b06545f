//! `request-required`: what the provider's schema (`takes`) requires, a request sends whatever is called.

use super::{
    inputs,
    members::{Against, required},
};
use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, Step, Template, TemplateKind, Tool},
    node::Node,
    schema::{Known, Unnamed},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    inputs::taken(manifest, &mut |tool, request, takes| {
        let against = Against {
            code: "request-required",
            schema: "the provider's schema",
            key: "takes",
            tool: &tool.name.text,
        };
        let known = Known::of(takes);
        if let Some(body) = &request.body {
            against.complete(body, &known, report);
            absent(body, &known, tool, report);
            return;
        }
        let automatic = inputs::automatic(tool);
        for name in required(&known) {
            let named = inputs::pairs(request)
                .iter()
                .find(|(key, _)| key.text == name);
            match named {
                Some((_, template)) => may_be_absent(name, template, tool, report),
                None if automatic.iter().any(|(key, _)| key.text == name) => {}
                None => report.add(against.missing(name, request.path.span)),
            }
        }
    });
}

/// Goes into objects for required members that an absent input would drop.
fn absent(template: &Template, known: &Known<'_>, tool: &Tool, report: &mut Report) {
    let TemplateKind::Object(members) = &template.kind else {
        return;
    };
    let required = required(known);
    for (key, member) in members {
        if required.contains(&key.text.as_str()) {
            may_be_absent(&key.text, member, tool, report);
        }
        if let Ok(known) = known.step(&Step::Key(key.text.clone()), Unnamed::Open) {
            absent(member, &known, tool, report);
        }
    }
}

/// Reports a required member that takes an input which is not.
fn may_be_absent(name: &str, template: &Template, tool: &Tool, report: &mut Report) {
    let TemplateKind::Take(place) = &template.kind else {
        return;
    };
    let input = &place.name;
    let properties = tool.input.get("properties");
    let is_input = properties.is_some_and(|properties| properties.get(input).is_some());
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    if is_input && required.iter().all(|name| name.text() != Some(input)) {
        let message =
            format!("the provider requires `{name}`, and the input `{input}` may be absent");
        let mistake = Mistake::new("request-required", template.span, message);
        let help = format!(
            "add `{input}` to the input's `required`, or give another value: `{{ $first: [${input}, …] }}`"
        );
        report.add(mistake.help(help).tool(&tool.name.text));
    }
}
