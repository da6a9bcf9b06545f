//! `once`: a launch can carry its token, and what was launched can be found by it.

use super::type_mismatch::given;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Effect, Manifest, Once, Request, Step, Template, TemplateKind, Tool, Undo},
    node::{Node, Text},
    schema::{self, Known, Unnamed},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http {
            requests,
            once: Some(once),
            ..
        } = &tool.action
        else {
            continue;
        };
        let wrong = |message: &str| Mistake::new("once", once.span, message);
        if tool.effect == Effect::Read {
            let mistake = wrong("a tool that changes nothing may be repeated as it is");
            report.add(mistake.help("remove `once`, or say what else its `effect` is"));
        }
        match requests.as_slice() {
            [request] if request.body.is_some() => token(once, request, tool, report),
            [_] => {
                let mistake = wrong("the token goes to the body, and the request has none");
                report.add(mistake.help("give the request a `body`, or remove `once`"));
            }
            _ => {
                let mistake = wrong("only a tool with one request happens once");
                report.add(mistake.help("make the launch a tool of its own"));
            }
        }
        find(once, manifest, report);
        if let Some(undo) = &once.undo {
            self::undo(undo, manifest, report);
        }
    }
}

/// The token has a place in the body that nothing else takes.
fn token(once: &Once, request: &Request, tool: &Tool, report: &mut Report) {
    let token = &once.token;
    let wrong = |message: String| Mistake::new("once", token.span, message).tool(&tool.name.text);
    let path = once.path();
    let named = |name: &&str| {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        !name.is_empty() && name.chars().all(letters)
    };
    if !path.iter().all(named) {
        let mistake = wrong(format!("`{}` is no place in a body", token.text));
        report.add(mistake.help("write names with dots between: `metadata.launch_token`"));
        return;
    }
    if let Some(taken) = request
        .body
        .as_ref()
        .and_then(|body| taken(body, &path, tool))
    {
        let message = format!(
            "`{}` would take the place of what the body says",
            token.text
        );
        let mistake =
            wrong(message).help(format!("`{taken}` is no object that it could be added to"));
        report.add(mistake);
    }
    let mut known = match &request.takes {
        Some(takes) if !takes.is_broken() => Known::of(takes),
        _ => return,
    };
    for name in path {
        match known.step(&Step::Key(name.to_owned()), Unnamed::Open) {
            Ok(inside) => known = inside,
            Err(known) => {
                let message = format!("the provider's schema has no `{name}` there");
                report.add(wrong(message).nearest(name, known));
                return;
            }
        }
    }
    if known.types().is_some_and(|types| !types.contains("string")) {
        let message = format!("the provider takes no text as `{}`", token.text);
        report.add(wrong(message).help("say where it takes a label: `metadata.launch_token`"));
    }
}

/// The name on the way that holds something else than an object; the last one may hold nothing.
fn taken<'p>(body: &Template, path: &[&'p str], tool: &Tool) -> Option<&'p str> {
    let [name, rest @ ..] = path else {
        return None;
    };
    let TemplateKind::Object(members) = &body.kind else {
        return (!may_be_object(body, tool)).then_some(*name);
    };
    let (_, member) = members.iter().find(|(key, _)| key.text == *name)?;
    if rest.is_empty() || !may_be_object(member, tool) {
        return Some(name);
    }
    taken(member, rest, tool)
}

fn may_be_object(template: &Template, tool: &Tool) -> bool {
    match &template.kind {
        TemplateKind::Object(_)
        | TemplateKind::Call { .. }
        | TemplateKind::First(_)
        | TemplateKind::Broken => true,
        TemplateKind::Take(place) => {
            let mut schema = tool.input.get("properties");
            schema = schema.and_then(|properties| properties.get(&place.name));
            if !place.path.is_empty() {
                return true;
            }
            let types = schema.and_then(schema::types);
            types.is_none_or(|types| types.contains("object"))
        }
        _ => false,
    }
}

/// What was launched is listed by a tool that can be walked.
fn find(once: &Once, manifest: &Manifest, report: &mut Report) {
    let name = &once.find;
    let wrong = |message: String| Mistake::new("once", name.span, message);
    let Some(tool) = manifest
        .tools
        .iter()
        .find(|tool| tool.name.text == name.text)
    else {
        if manifest.has_all_names {
            let names = manifest.tools.iter().map(|tool| tool.name.text.as_str());
            let mistake = wrong(format!("there is no tool `{}`", name.text));
            let mistake = mistake.nearest(&name.text, names);
            report.add(mistake.help_if_none("name a tool of `tools/*.yaml` that lists"));
        }
        return;
    };
    match &tool.action {
        Action::Broken => return,
        Action::Http {
            requests,
            page: Some(_),
            ..
        } if requests.len() == 1 => {}
        _ => {
            let message = format!("`{}` does not list what was launched", name.text);
            report.add(wrong(message).help("name a tool with one `get` and `page`"));
            return;
        }
    }
    inputs(name, &once.with, tool, report);
}

/// What was launched twice is ended by a tool that sends one request.
fn undo(undo: &Undo, manifest: &Manifest, report: &mut Report) {
    let name = &undo.tool;
    let wrong = |message: String| Mistake::new("once", name.span, message);
    let mut tools = manifest.tools.iter();
    let Some(tool) = tools.find(|tool| tool.name.text == name.text) else {
        if manifest.has_all_names {
            let names = manifest.tools.iter().map(|tool| tool.name.text.as_str());
            let mistake = wrong(format!("there is no tool `{}`", name.text));
            let mistake = mistake.nearest(&name.text, names);
            report.add(mistake.help_if_none("name a tool of `tools/*.yaml` that ends one"));
        }
        return;
    };
    match &tool.action {
        Action::Broken => return,
        Action::Http { requests, .. } if requests.len() == 1 && tool.effect != Effect::Read => {}
        _ => {
            let message = format!("`{}` does not end what was launched", name.text);
            report.add(wrong(message).help("name a tool with one request that changes something"));
            return;
        }
    }
    inputs(name, &undo.with, tool, report);
}

/// The inputs that are given to a tool are its own, and none is missing.
fn inputs(name: &Text, with: &[(Text, Template)], tool: &Tool, report: &mut Report) {
    let wrong = |message: String| Mistake::new("once", name.span, message);
    if tool.input.is_broken() {
        return;
    }
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    let known = Known::of(&tool.input);
    for (key, template) in with {
        if let Ok(known) = known.step(&Step::Key(key.text.clone()), Unnamed::Open) {
            for (span, unfit) in given(template, &known) {
                let mistake = Mistake::new("once", span, unfit.to_string());
                report.add(mistake.help(format!("give `{}` what it takes", name.text)));
            }
        }
        if properties.iter().all(|(name, _)| name.text != key.text) {
            let names = properties.iter().map(|(name, _)| name.text.as_str());
            let message = format!("`{}` has no input `{}`", name.text, key.text);
            report.add(Mistake::new("once", key.span, message).nearest(&key.text, names));
        }
    }
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    for required in required.iter().filter_map(Node::text) {
        if with.iter().all(|(key, _)| key.text != required) {
            let message = format!("`{}` requires `{required}`", name.text);
            report.add(wrong(message).help(format!("add `with: {{ {required}: … }}`")));
        }
    }
}
