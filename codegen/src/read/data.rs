//! `data/*.yaml`

use crate::{
    diagnostics::Report,
    fields::Fields,
    load::Files,
    model::Constant,
    node::{Node, Text},
    refs::inline,
};

/// The constants that native tools and functions draw on.
pub(crate) fn read(files: &Files, report: &mut Report) -> Vec<Constant> {
    files
        .data()
        .map(|(name, node)| file(name, node, files, report))
        .collect()
}

fn file(name: &str, node: &Node, files: &Files, report: &mut Report) -> Constant {
    let node = inline(node, files, report);
    let mut fields = Fields::of(&node, node.span, format!("data `{name}`"), report);
    let description = fields.description();
    let schema = fields.required("schema", "give the JSON Schema that the value has to fit");
    let value = fields.required("value", "give the value itself");
    let or_broken =
        |member: Option<&Node>| member.cloned().unwrap_or_else(|| Node::broken(node.span));
    let (schema, value) = (or_broken(schema), or_broken(value));
    fields.finish();
    Constant {
        name: Text {
            text: name.to_owned(),
            span: node.span,
        },
        description,
        schema,
        value,
    }
}
