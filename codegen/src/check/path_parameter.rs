//! `path-parameter`: every `{name}` in a path is a required input that is one text or number.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest},
    node::Node,
    schema, uses,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http { requests, .. } = &tool.action else {
            continue;
        };
        if tool.input.is_broken() {
            continue;
        }
        let properties = tool.input.get("properties").map_or(&[][..], Node::members);
        let required = tool.input.get("required").map_or(&[][..], Node::elements);
        for request in requests {
            for name in uses::params(request) {
                let wrong =
                    |message: String| Mistake::new("path-parameter", request.path.span, message);
                let Some((_, schema)) = properties.iter().find(|(key, _)| key.text == name) else {
                    let names = properties.iter().map(|(key, _)| key.text.as_str());
                    let message = format!(
                        "the path takes `{{{name}}}`, which is no input of `{}`",
                        tool.name.text
                    );
                    report.add(wrong(message).nearest(name, names));
                    continue;
                };
                if !required
                    .iter()
                    .any(|required| required.text() == Some(name))
                {
                    let message =
                        format!("the path takes `{{{name}}}`, an input that may be absent");
                    report.add(
                        wrong(message).help(format!("add `{name}` to the input's `required`")),
                    );
                }
                let types = schema::types(schema);
                if types.is_some_and(|types| !types.is_subset(&["string", "integer"].into())) {
                    let message = format!("the path takes `{{{name}}}`, which is no text");
                    report.add(
                        wrong(message).help("a path takes inputs of type `string` or `integer`"),
                    );
                }
            }
        }
    }
}
