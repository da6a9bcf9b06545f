//! `read-tool`: what resources and completions take from a tool, a tool that reads gives them.

use std::collections::BTreeSet;

use super::{argument::template_names, type_mismatch};
use crate::{
    diagnostics::{Mistake, Report},
    model::{
        Complete, Effect, FromTool, Manifest, Place, Read, Step, Template, TemplateKind, Tool,
    },
    node::{Node, Text},
    schema::{Known, Unnamed},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for resource in &manifest.resources {
        if let Read::Tool { tool, input } = &resource.read {
            called(tool, input, manifest, report);
        }
    }
    for (names, complete) in completions(manifest) {
        if let Complete::Tool(from) = complete {
            let FromTool {
                tool,
                input,
                values,
            } = &**from;
            let names: Vec<&str> = names.iter().copied().chain(["value"]).collect();
            template_names(input, &names, "argument", report, &mut BTreeSet::new());
            template_names(values, &["result"], "name", report, &mut BTreeSet::new());
            if let Some(tool) = called(tool, input, manifest, report) {
                listed(values, tool, None, report);
            }
        }
    }
}

/// Every completion, with the names of the arguments beside it.
pub(crate) fn completions(manifest: &Manifest) -> Vec<(Vec<&str>, &Complete)> {
    let mut found = Vec::new();
    for prompt in &manifest.prompts {
        let names = || {
            prompt
                .arguments
                .iter()
                .map(|one| one.name.text.as_str())
                .collect()
        };
        let complete = prompt
            .arguments
            .iter()
            .filter_map(|one| one.complete.as_ref());
        found.extend(complete.map(|complete| (names(), complete)));
    }
    for resource in &manifest.resources {
        let names = || resource.uri.variables().collect();
        let complete = resource
            .variables
            .iter()
            .filter_map(|one| one.complete.as_ref());
        found.extend(complete.map(|complete| (names(), complete)));
    }
    found
}

/// The tool of a name, which reads and is given what it needs.
fn called<'m>(
    name: &Text,
    input: &Template,
    manifest: &'m Manifest,
    report: &mut Report,
) -> Option<&'m Tool> {
    let mut wrong = |message: String, help: &str| {
        report.add(Mistake::new("read-tool", name.span, message).help(help));
    };
    let Some(tool) = manifest
        .tools
        .iter()
        .find(|tool| tool.name.text == name.text)
    else {
        if !manifest.has_all_names {
            return None;
        }
        let names = manifest.tools.iter().map(|tool| tool.name.text.as_str());
        let message = format!("there is no tool `{}`", name.text);
        let mistake = Mistake::new("read-tool", name.span, message).nearest(&name.text, names);
        report.add(mistake.help_if_none("name a tool of `tools/*.yaml`"));
        return None;
    };
    if !matches!(tool.effect, Effect::Read | Effect::Broken) {
        let message = format!("`{}` changes something", name.text);
        wrong(
            message,
            "only tools with `effect: read` are called without being asked for",
        );
    }
    if tool.content {
        let message = format!("`{}` gives content and no structured result", name.text);
        wrong(message, "name a tool with an `output`");
        return None;
    }
    let given: &[(Text, Template)] = match &input.kind {
        TemplateKind::Object(members) => members,
        TemplateKind::Broken => return Some(tool),
        _ => {
            let mistake = Mistake::new(
                "read-tool",
                input.span,
                "`with` must be an object of inputs",
            );
            report.add(mistake.help("write `with: { input: $name }`"));
            return Some(tool);
        }
    };
    for (span, unfit) in type_mismatch::given(input, &Known::of(&tool.input)) {
        let mistake = Mistake::new("read-tool", span, unfit.to_string());
        report.add(mistake.help(format!("give `{}` what it takes", tool.name.text)));
    }
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    for (key, _) in given {
        if properties.iter().all(|(name, _)| name.text != key.text) {
            let message = format!("`{}` takes no `{}`", tool.name.text, key.text);
            let names = properties.iter().map(|(name, _)| name.text.as_str());
            let mistake = Mistake::new("read-tool", key.span, message).nearest(&key.text, names);
            report.add(mistake.help_if_none("remove it, the tool takes nothing"));
        }
    }
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    for needed in required.iter().filter_map(Node::text) {
        if given.iter().all(|(key, _)| key.text != needed) {
            let message = format!("`{}` needs `{needed}`", tool.name.text);
            let help = format!("add `{needed}` under `with`");
            report.add(Mistake::new("read-tool", name.span, message).help(help));
        }
    }
    Some(tool)
}

/// Whether `$result…` leads to something in the tool's output, and `$item…` to something in the list at hand.
fn listed<'m>(values: &Template, tool: &'m Tool, item: Option<&Known<'m>>, report: &mut Report) {
    let inner;
    let item = match &values.kind {
        TemplateKind::Take(place) | TemplateKind::Join { list: place, .. } => {
            lead(place, tool, item, report);
            item
        }
        TemplateKind::Each { list, .. } => {
            let elements = lead(list, tool, item, report).map(|known| {
                let elements = known.step(&Step::Index(0), Unnamed::Closed);
                elements.unwrap_or_else(|_| {
                    let message = format!("`$each` takes a list, and `${}` is none", list.name);
                    let mistake = Mistake::new("read-tool", list.span, message);
                    report.add(mistake.help("take a place of type `array` in the output"));
                    Known::Any
                })
            });
            inner = elements.unwrap_or(Known::Any);
            Some(&inner)
        }
        _ => item,
    };
    for part in values.parts() {
        listed(part, tool, item, report);
    }
}

/// What is known of a place; nothing where it leads nowhere, which is told.
fn lead<'m>(
    place: &Place,
    tool: &'m Tool,
    item: Option<&Known<'m>>,
    report: &mut Report,
) -> Option<Known<'m>> {
    let of = match place.name.as_str() {
        "result" => format!("the output of `{}`", tool.name.text),
        _ => format!("`$item`, an element of the output of `{}`,", tool.name.text),
    };
    let mut known = match place.name.as_str() {
        "result" => Known::of(&tool.output),
        "item" => {
            let Some(item) = item else {
                let mistake =
                    Mistake::new("read-tool", place.span, "`$item` stands outside of `$each`");
                report.add(mistake.help("`$item` is the element of the list that `$each` names"));
                return None;
            };
            item.clone()
        }
        _ => return None,
    };
    for step in &place.path {
        known = match known.step(step, Unnamed::Closed) {
            Ok(known) => known,
            Err(names) => {
                let (shown, key) = match step {
                    Step::Key(key) => (format!("no `{key}`"), key.as_str()),
                    Step::Index(_) => ("no list".to_owned(), ""),
                };
                let message = format!("{of} has {shown} there");
                let mistake = Mistake::new("read-tool", place.span, message);
                let mistake = mistake.nearest(key, names);
                report.add(mistake.help_if_none("take what the output schema names"));
                return None;
            }
        };
    }
    Some(known)
}
