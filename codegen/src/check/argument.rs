//! `argument`: what texts take by `{{name}}` and templates by `$name` is an argument that is there, and every
//! argument is used.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Mistake, Report},
    model::{
        Action, Block, Complete, Manifest, Prompt, Read, Resource, Said, Says, Template,
        TemplateKind, Tool,
    },
    node::{Node, Text},
    uses,
};

const ADD: &str = "add it, or write what is meant as it is";

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for prompt in &manifest.prompts {
        arguments(prompt, report);
    }
    for resource in &manifest.resources {
        variables(resource, report);
    }
    for tool in &manifest.tools {
        if let Action::Content(blocks) = &tool.action {
            let taken = blocks
                .iter()
                .flat_map(Block::said)
                .flat_map(Said::arguments);
            inputs(tool, taken, report);
        }
    }
}

/// What a tool's content takes are inputs that are there.
fn inputs<'m>(tool: &'m Tool, taken: impl Iterator<Item = &'m Text>, report: &mut Report) {
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    let mut used = BTreeSet::new();
    for taken in taken {
        used.insert(taken.text.as_str());
        if properties.iter().all(|(name, _)| name.text != taken.text) {
            let names = properties.iter().map(|(name, _)| name.text.as_str());
            let mistake = unknown(taken, "input")
                .nearest(&taken.text, names)
                .help_if_none(ADD);
            report.add(mistake.tool(&tool.name.text));
        } else if required.iter().all(|name| name.text() != Some(&taken.text)) {
            let message = format!("`{{{{{0}}}}}` is taken and `{0}` may be absent", taken.text);
            let help = format!("add `{}` to the input's `required`", taken.text);
            report.add(Mistake::new("argument", taken.span, message).help(help));
        }
    }
    for (name, _) in properties {
        if !used.contains(name.text.as_str()) {
            unused(
                name,
                "input",
                "take it in the content with `{{name}}`, or remove it",
                report,
            );
        }
    }
}

fn arguments(prompt: &Prompt, report: &mut Report) {
    let names = || {
        prompt
            .arguments
            .iter()
            .map(|argument| argument.name.text.as_str())
    };
    for argument in &prompt.arguments {
        let name = &argument.name.text;
        let mut wrong = |message: String, help: &str| {
            report.add(Mistake::new("argument", argument.name.span, message).help(help));
        };
        if argument.required && argument.default.is_some() {
            let help = "remove `required: true` or the `default`";
            wrong(
                format!("`{name}` must be given, so its `default` is never used"),
                help,
            );
        }
        if let Some(Complete::Values(values)) = &argument.complete
            && let Some(default) = &argument.default
            && !values.contains(default)
        {
            let help = "make it one of the values, or add it to them";
            wrong(
                format!("the default of `{name}` is none of its values"),
                help,
            );
        }
    }
    let Says::Messages(messages) = &prompt.says else {
        return;
    };
    let mut used = BTreeSet::new();
    for message in messages {
        if let Some(when) = &message.when {
            used.insert(when.text.as_str());
            if names().all(|name| name != when.text) {
                report.add(
                    unknown(when, "argument")
                        .nearest(&when.text, names())
                        .help_if_none(ADD),
                );
            }
        }
        for taken in message.content.said().into_iter().flat_map(Said::arguments) {
            used.insert(taken.text.as_str());
            let argument = prompt
                .arguments
                .iter()
                .find(|one| one.name.text == taken.text);
            let Some(argument) = argument else {
                report.add(
                    unknown(taken, "argument")
                        .nearest(&taken.text, names())
                        .help_if_none(ADD),
                );
                continue;
            };
            let there = argument.required
                || argument.default.is_some()
                || message
                    .when
                    .as_ref()
                    .is_some_and(|when| when.text == taken.text);
            if !there {
                let text = &taken.text;
                let message = format!("`{{{{{text}}}}}` is taken and `{text}` may be absent");
                let help = format!(
                    "give `{text}` a `default`, say `required: true`, or `when: {text}` beside the message"
                );
                report.add(Mistake::new("argument", taken.span, message).help(help));
            }
        }
    }
    for argument in &prompt.arguments {
        if !used.contains(argument.name.text.as_str()) {
            unused(
                &argument.name,
                "argument",
                "take it in a message with `{{name}}`, or remove it",
                report,
            );
        }
    }
}

fn variables(resource: &Resource, report: &mut Report) {
    let names: Vec<&str> = resource.uri.variables().collect();
    let mut used = BTreeSet::new();
    match &resource.read {
        Read::Text(said) => {
            for taken in said.arguments() {
                used.insert(taken.text.clone());
                if !names.contains(&taken.text.as_str()) {
                    report.add(
                        unknown(taken, "variable")
                            .nearest(&taken.text, names.iter().copied())
                            .help_if_none(ADD),
                    );
                }
            }
        }
        Read::Json(template)
        | Read::Tool {
            input: template, ..
        } => {
            template_names(template, &names, "variable", report, &mut used);
        }
        Read::Native(_) | Read::Broken => return,
        Read::Blob(_) => {}
    }
    for name in names {
        if !used.contains(name) {
            let name = Text {
                text: name.to_owned(),
                span: resource.uri.span,
            };
            unused(
                &name,
                "variable",
                "take it in the content, or leave it out of the URI",
                report,
            );
        }
    }
}

/// Reports the names in a template that are none of `names`, and functions, which are not called there.
pub(super) fn template_names(
    template: &Template,
    names: &[&str],
    what: &str,
    report: &mut Report,
    used: &mut BTreeSet<String>,
) {
    uses::walk(template, &mut |template| match &template.kind {
        TemplateKind::Take(place) | TemplateKind::Each { list: place, .. } => {
            used.insert(place.name.clone());
            if place.name != "item" && !names.contains(&place.name.as_str()) {
                let message = format!("`${}` is no {what} here", place.name);
                let mistake = Mistake::new("argument", place.span, message);
                report.add(
                    mistake
                        .nearest(&place.name, names.iter().copied())
                        .help_if_none("write what is meant as it is; nothing is taken here"),
                );
            }
        }
        TemplateKind::Call { function, .. } => {
            let mistake = Mistake::new("argument", function.span, "no function is called here");
            report.add(mistake.help("use `native`, which names a Rust function"));
        }
        _ => {}
    });
}

fn unknown(taken: &Text, what: &str) -> Mistake {
    let message = format!("`{}` is no {what} here", taken.text);
    Mistake::new("argument", taken.span, message)
}

fn unused(name: &Text, what: &str, help: &str, report: &mut Report) {
    let message = format!("nothing uses the {what} `{}`", name.text);
    report.add(Mistake::new("argument", name.span, message).help(help));
}
