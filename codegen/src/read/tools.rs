//! `tools/*.yaml`

use super::{allow, content, template};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, text, texts},
    load::Files,
    model::{Action, Effect, Method, Path, Request, Segment, Template, TemplateKind, Tool},
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

const METHODS: [(&str, Method); 5] = [
    ("get", Method::Get),
    ("post", Method::Post),
    ("put", Method::Put),
    ("patch", Method::Patch),
    ("delete", Method::Delete),
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
        .unwrap_or(Effect::Destructive);
    let sets = fields.required("sets", "name the sets of `server.yaml` that it belongs to");
    let sets = sets
        .map(|node| texts(node, "sets", fields.report))
        .unwrap_or_default();
    let input = fields.required(
        "input",
        "give its JSON Schema, an object with `additionalProperties: false`",
    );
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
    let allow = allow::read(&mut fields);
    fields.finish();
    let input = input.cloned().unwrap_or_else(|| Node::broken(name.span));
    let output = match output {
        Some(output) => output.clone(),
        None if content => any_object(name.span),
        None => Node::broken(name.span),
    };
    Tool {
        name: name.clone(),
        title,
        description,
        effect,
        sets,
        input,
        output,
        content,
        action,
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
    }
}

fn request(name: &Text, node: &Node, report: &mut Report) -> Request {
    let mut fields = Fields::of(node, node.span, "a request", report);
    let methods: Vec<_> = METHODS
        .iter()
        .filter_map(|(name, m)| Some((*m, fields.optional(name)?)))
        .collect();
    let (method, path) = if let [(method, path)] = methods.as_slice() {
        (*method, path_of(path, fields.report))
    } else {
        if matches!(node.kind, Kind::Map(_)) {
            let mistake =
                Mistake::new("action", node.span, "a request has one method and its path");
            fields.report.add(mistake.help(
                "write one of `get`, `post`, `put`, `patch` and `delete`, as `get: /jobs/{job_id}`",
            ));
        }
        (
            Method::Get,
            Path {
                span: node.span,
                segments: Vec::new(),
            },
        )
    };
    let query = fields
        .optional("query")
        .map(|node| named(node, "query", fields.report))
        .unwrap_or_default();
    let headers = fields
        .optional("headers")
        .map(|node| named(node, "headers", fields.report))
        .unwrap_or_default();
    let key = fields
        .optional("key")
        .and_then(|node| text(node, "key", fields.report));
    let body = fields
        .optional("body")
        .map(|node| template::read(node, fields.report));
    let takes = fields.optional("takes").cloned();
    if let (Method::Get, Some(body)) = (method, &body) {
        let mistake = Mistake::new("action", body.span, "a `get` has no `body`");
        fields
            .report
            .add(mistake.help("use `query`; inputs that no template names go there by themselves"));
    }
    fields.finish();
    Request {
        name: name.clone(),
        method,
        path,
        query,
        headers,
        key,
        body,
        takes,
    }
}

/// Templates by name.
fn named(node: &Node, what: &str, report: &mut Report) -> Vec<(Text, Template)> {
    let template = template::read(node, report);
    match template.kind {
        TemplateKind::Object(members) => members,
        TemplateKind::Broken => Vec::new(),
        _ => {
            let mistake = Mistake::new(
                "wrong-type",
                template.span,
                format!("`{what}` must be an object of names"),
            );
            report.add(mistake.help("write `{ name: $input }`"));
            Vec::new()
        }
    }
}

fn path_of(node: &Node, report: &mut Report) -> Path {
    let mut path = Path {
        span: node.span,
        segments: Vec::new(),
    };
    let Some(text) = text(node, "path", report) else {
        return path;
    };
    let mut wrong = |message: &str| {
        let mistake = Mistake::new("path", node.span, message.to_owned());
        report.add(mistake.help("write it as `/jobs/{job_id}/events`; parameters go to `query`"));
    };
    if !text.text.starts_with('/') {
        wrong("a path begins with a slash");
    }
    if text.text.contains(['?', '#', ' ', '$'])
        || text.text.split('/').any(|step| step == "." || step == "..")
    {
        wrong("a path has no query, fragment, blank, `$`, `.` or `..`");
    }
    let mut rest = text.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        path.segments.push(Segment::Literal(before.to_owned()));
        let Some((name, after)) = after.split_once('}') else {
            wrong("a `{` without its `}`");
            return path;
        };
        path.segments.push(Segment::Param(name.to_owned()));
        rest = after;
    }
    if rest.contains('}') {
        wrong("a `}` without its `{`");
    }
    path.segments.push(Segment::Literal(rest.to_owned()));
    path.segments
        .retain(|segment| !matches!(segment, Segment::Literal(text) if text.is_empty()));
    path
}
