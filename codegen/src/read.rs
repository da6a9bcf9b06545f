//! Files into the [`Manifest`]: every key known and of its type, every template parsed. What names mean
//! is not looked at here, that is for [`crate::check`].

mod allow;
mod complete;
mod confirm;
mod content;
mod data;
mod examples;
mod file;
mod functions;
mod once;
mod page;
mod place;
mod prompts;
mod providers;
mod request;
mod resources;
mod said;
mod server;
mod task;
mod template;
mod tools;

pub(crate) use allow::of as allowed;
pub(crate) use request::METHODS;
#[cfg(test)]
pub(crate) use template::KEYS as FORMS;

use std::path::Path;

use crate::{
    diagnostics::Report,
    fields::text,
    load::Files,
    model::{Action, Manifest, Server, Tool},
    node::{Kind, Node, Text},
    schema::has_broken,
    source::Span,
};

/// The manifest that the files make, as far as they can be read.
pub(crate) fn read(dir: &Path, files: &mut Files, report: &mut Report) -> Manifest {
    let server = files.required(dir, "server.yaml", report);
    let functions = files
        .optional("functions.yaml")
        .map(|node| functions::read(node, files, report));
    let (mut tools, mut has_all_names) = (Vec::new(), true);
    for file in files.under("tools/") {
        has_all_names &= !has_broken(file) && !matches!(file.kind, Kind::Null);
        tools.extend(tools::read(file, files, report));
    }
    // Without a single tool, that is told.
    has_all_names &= !tools.is_empty();
    // A feature may stand in what a reference leads to.
    let has_all_inputs = has_all_names && tools.iter().all(|tool: &Tool| !has_broken(&tool.input));
    let mut prompts = Vec::new();
    for file in files.under("prompts/") {
        prompts.extend(prompts::read(file, files, report));
    }
    let mut resources = Vec::new();
    for file in files.under("resources/") {
        resources.extend(resources::read(file, files, report));
    }
    // Whoever sends requests needs to be told where.
    let sends = |tool: &Tool| !matches!(tool.action, Action::Native(_) | Action::Content(_));
    let providers = if tools.is_empty() || tools.iter().any(sends) {
        Some(files.required(dir, "providers.yaml", report))
    } else {
        files.optional("providers.yaml").cloned()
    };
    let has_all_providers = providers.as_ref().is_none_or(|node| !has_broken(node));
    Manifest {
        server: if server.is_broken() {
            Server::default()
        } else {
            server::read(&server, report)
        },
        providers: providers
            .map(|node| providers::read(&node, report))
            .unwrap_or_default(),
        functions: functions.unwrap_or_default(),
        tools,
        has_all_names,
        has_all_inputs,
        has_all_providers,
        prompts,
        resources,
        data: data::read(files, report),
        unused_files: files.unused(),
    }
}

/// The name of a Rust function.
fn native_name(node: &Node, report: &mut Report) -> Option<Text> {
    text(node, "native", report)
}

/// The schema of an object of texts, some of them required.
fn texts_schema<'t>(span: Span, members: impl Iterator<Item = (&'t Text, bool)>) -> Node {
    let node = |kind| Node::new(span, kind);
    let said = |text: &str| node(Kind::Text(text.to_owned()));
    let key = |text: &str| Text {
        text: text.to_owned(),
        span,
    };
    let mut properties = Vec::new();
    let mut required = Vec::new();
    for (name, needed) in members {
        let schema = node(Kind::Map(vec![(key("type"), said("string"))]));
        properties.push((name.clone(), schema));
        required.extend(needed.then(|| said(&name.text)));
    }
    node(Kind::Map(vec![
        (key("type"), said("object")),
        (key("additionalProperties"), node(Kind::Bool(false))),
        (key("required"), node(Kind::List(required))),
        (key("properties"), node(Kind::Map(properties))),
    ]))
}
