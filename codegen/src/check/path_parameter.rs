//! `path-parameter`: every `{name}` in a path is a required input that is one text or number.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Segment},
    node::{Kind, Node},
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
            let literals = request
                .path
                .segments
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Literal(text) => Some(text.as_str()),
                    Segment::Param(_) => None,
                });
            // As others write it; here it would be sent as it stands.
            let colons = literals
                .flat_map(|text| text.split('/'))
                .filter_map(|step| step.strip_prefix(':'));
            for name in colons.filter(|name| properties.iter().any(|(key, _)| key.text == *name)) {
                let message =
                    format!("the path has `:{name}` as it stands, and takes no input there");
                let mistake = Mistake::new("path-parameter", request.path.span, message);
                report.add(mistake.help(format!("write `{{{name}}}` to take the input `{name}`")));
            }
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
                if let Some(problem) = unfit(schema) {
                    let message = format!("the path takes `{{{name}}}`, which {problem}");
                    report.add(
                        wrong(message).help("a path takes inputs of type `string` or `integer`"),
                    );
                }
            }
        }
    }
}

/// Why not every value of a schema is one text or integer. Of a type that does not exist that alone is told.
fn unfit(schema: &Node) -> Option<&'static str> {
    if !matches!(schema.kind, Kind::Map(_)) || schema::has_unknown_type(schema) {
        return None;
    }
    if ["anyOf", "oneOf"]
        .iter()
        .any(|union| schema.get(union).is_some())
    {
        return Some("is a union");
    }
    match schema::types(schema) {
        Some(types) if types.is_subset(&["string", "integer"].into()) => None,
        Some(_) => Some("is no text"),
        // Words and numbers that are named one by one need no type.
        None if schema.get("const").or_else(|| schema.get("enum")).is_some() => {
            let constants = schema.get("const").into_iter();
            let all = constants.chain(schema.get("enum").map_or(&[][..], Node::elements));
            let mut all = all.map(|value| &value.kind);
            let fit = all.all(|kind| match kind {
                Kind::Text(_) => true,
                Kind::Number(number) => !number.is_f64(),
                _ => false,
            });
            (!fit).then_some("is no text")
        }
        None => (!schema::has_broken(schema)).then_some("may be anything"),
    }
}
