//! `tools/*.yaml`

use super::{allow, confirm, content, examples, once, page, request::request, task, template};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, text, texts},
    load::Files,
    model::{Action, Bounds, Effect, Retry, Tool},
    node::{Kind, Node, Text},
    refs::inline,
    source::Span,
};

const EFFECTS: [(&str, Effect); 4] = [
    ("read", Effect::Read),
    ("write", Effect::Write),
    ("costly", Effect::Costly),
    ("destructive", Effect::Destructive),
];

/// The tools of a file.
pub(crate) fn read(file: &Node, files: &Files, report: &mut Report) -> Vec<Tool> {
    let entries = match file.kind {
        Kind::Broken | Kind::Null => &[],
        _ => entries(file, "a file of tools", report),
    };
    entries
        .iter()
        .map(|(name, node)| tool(name, &inline(node, files, report), files, report))
        .collect()
}

fn tool(name: &Text, node: &Node, files: &Files, report: &mut Report) -> Tool {
    let mut fields = Fields::of(node, name.span, format!("tool `{}`", name.text), report);
    let title = fields.required_text("title", "give the name that people see");
    let description = fields.description();
    let described = node.get("description").map_or(name.span, |node| node.span);
    let effect = fields.required("effect", "say `read`, `write`, `costly` or `destructive`");
    let effect = effect
        .and_then(|node| effect_of(node, fields.report))
        .unwrap_or(Effect::Broken);
    let sets = fields.required("sets", "name the sets of `server.yaml` that it belongs to");
    let sets = sets
        .map(|node| texts(node, "sets", fields.report))
        .unwrap_or_default();
    let input = fields.required(
        "input",
        "give its JSON Schema, an object with `additionalProperties: false`",
    );
    let bounds = bounds(&mut fields);
    let action = action(&mut fields, name, node, files);
    // What gives content need not promise anything of it.
    let content = match action {
        Action::Content(_) => true,
        Action::Native(_) => node.get("output").is_none(),
        _ => false,
    };
    let output = if content {
        no_output(&mut fields, name);
        None
    } else {
        fields.required("output", "give the JSON Schema of its result, an object")
    };
    let confirm = fields.optional("confirm");
    let confirm = confirm.map(|node| {
        let nothing = Node::broken(name.span);
        confirm::read(node, input.unwrap_or(&nothing), fields.report)
    });
    let audit = fields.optional("audit");
    let audit = audit.map(|node| texts(node, "audit", fields.report));
    let task = fields.optional("task");
    let task = task.map(|node| task::read(node, fields.report));
    let examples = examples::read(&mut fields);
    let allow = allow::read(&mut fields);
    fields.finish();
    let mut input = input.cloned().unwrap_or_else(|| Node::broken(name.span));
    let output = match output {
        Some(output) => output.clone(),
        None if content => any_object(name.span),
        None => Node::broken(name.span),
    };
    if let Action::Http { page, once, .. } = &action {
        if let Some(page) = page {
            page::add_input(&mut input, page, report);
        }
        if let Some(once) = once {
            once::add_input(&mut input, once, report);
        }
    }
    Tool {
        name: name.clone(),
        title,
        description,
        effect,
        sets,
        input,
        output,
        content,
        bounds,
        examples,
        action,
        confirm,
        audit: audit.unwrap_or_default(),
        task,
        allow,
        described,
    }
}

/// What a tool says by itself has no schema.
fn no_output(fields: &mut Fields<'_, '_>, name: &Text) {
    if let Some(output) = fields.optional("output") {
        let message = format!("tool `{}` says its `content` and has no result", name.text);
        let mistake = Mistake::new("action", output.span, message);
        let help = "remove `output`, or give the tool a `request` or `native`";
        fields.report.add(mistake.help(help));
    }
}

/// The schema of any object.
fn any_object(span: Span) -> Node {
    let key = Text {
        text: "type".to_owned(),
        span,
    };
    let object = Node::new(span, Kind::Text("object".to_owned()));
    Node::new(span, Kind::Map(vec![(key, object)]))
}

fn effect_of(node: &Node, report: &mut Report) -> Option<Effect> {
    let word = text(node, "effect", report)?.text;
    let effect = EFFECTS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, effect)| *effect);
    if effect.is_none() {
        let mistake = Mistake::new(
            "unknown-effect",
            node.span,
            format!("there is no effect `{word}`"),
        );
        report.add(mistake.nearest(&word, EFFECTS.map(|(name, _)| name)));
    }
    effect
}

/// `request` or `requests` with a `result`, or `native`, or `content`.
fn action(fields: &mut Fields<'_, '_>, name: &Text, node: &Node, files: &Files) -> Action {
    let one = fields.optional("request");
    let several = fields.optional("requests");
    let native = fields.optional("native");
    let content = fields.optional("content");
    let page = fields.optional("page");
    let start = fields.optional("once");
    let result = fields.optional("result");
    if node.is_broken() {
        return Action::Broken;
    }
    let requests = match (one, several, native, content) {
        (Some(one), None, None, None) => {
            let name = Text {
                text: "response".to_owned(),
                span: one.span,
            };
            vec![request(&name, one, fields.report)]
        }
        (None, Some(several), None, None) => {
            let entries = entries(several, "requests", fields.report);
            entries
                .iter()
                .map(|(name, node)| request(name, node, fields.report))
                .collect()
        }
        (None, None, Some(_), None) | (None, None, None, Some(_)) => {
            if let Some(result) = result {
                let mistake = Mistake::new(
                    "action",
                    result.span,
                    "`result` is a template of replies, and nothing is requested",
                );
                fields
                    .report
                    .add(mistake.help("the function or the content is the result; remove it"));
            }
            if let Some(page) = page {
                let mistake = Mistake::new(
                    "action",
                    page.span,
                    "a tool without a request has no `page`",
                );
                fields
                    .report
                    .add(mistake.help("the Rust function asks for its pages itself; remove it"));
            }
            if let Some(once) = start {
                let mistake = Mistake::new(
                    "action",
                    once.span,
                    "a tool without a request has no `once`",
                );
                fields
                    .report
                    .add(mistake.help("it is about a request that starts something; remove it"));
            }
            return match content {
                Some(list) => Action::Content(content::list(list, "content", files, fields.report)),
                None => native
                    .and_then(|native| text(native, "native", fields.report))
                    .map_or(Action::Broken, Action::Native),
            };
        }
        _ => {
            let message = format!(
                "tool `{}` needs one of `request`, `requests`, `native` and `content`",
                name.text
            );
            let mistake = Mistake::new("action", name.span, message);
            fields.report.add(mistake.help(
                "`request` sends one, `requests` several reads, `native` names a Rust function, `content` is \
                 said as it is",
            ));
            return Action::Broken;
        }
    };
    let Some(result) = result else {
        let mistake = Mistake::new(
            "missing-key",
            name.span,
            format!("tool `{}` has no `result`", name.text),
        );
        fields.report.add(
            mistake.help("say what the agent gets of the reply: `result: { id: $response.id }`"),
        );
        return Action::Broken;
    };
    Action::Http {
        requests,
        result: template::read(result, fields.report),
        page: page
            .and_then(|page| page::read(page, fields.report))
            .map(Box::new),
        once: start
            .and_then(|once| once::read(once, fields.report))
            .map(Box::new),
    }
}

/// What of the limits is the tool's own.
fn bounds(fields: &mut Fields<'_, '_>) -> Bounds {
    Bounds {
        timeout_seconds: fields.number("timeout", 1),
        retry: fields
            .optional("retry")
            .map(|node| retry(node, fields.report)),
        result_bytes: fields.number("result_bytes", 1),
    }
}

fn retry(node: &Node, report: &mut Report) -> Retry {
    let mut fields = Fields::of(node, node.span, "`retry`", report);
    let times = fields.required("times", "say how often at most; 0 for never");
    let times = times.and_then(|_| fields.number("times", 0));
    let retry = Retry {
        span: node.span,
        times: times.unwrap_or_default(),
        ambiguous: fields.bool("ambiguous", false),
    };
    fields.finish();
    retry
}
