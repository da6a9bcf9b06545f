//! `nullable-input`: some model APIs refuse inputs that may be null.

use super::inputs;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::{Kind, Node},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    inputs::visit(manifest, &mut |tool, schema| {
        for null in nulls(schema) {
            let message = "some model APIs refuse an input that may be null";
            let mistake = Mistake::new("nullable-input", null.span, message);
            let help = "leave it out of `required` instead; null is taken for absent by itself";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    });
}

/// Where a schema names null: as a type, as a value, as an alternative.
fn nulls(schema: &Node) -> Vec<&Node> {
    let is_null = |node: &&Node| matches!(node.kind, Kind::Null) || node.text() == Some("null");
    let kind = schema.get("type").into_iter();
    let kinds = kind.flat_map(|kind| std::iter::once(kind).chain(kind.elements()));
    let mut nulls: Vec<_> = kinds.filter(|kind| kind.text() == Some("null")).collect();
    let values = schema.get("enum").map_or(&[][..], Node::elements).iter();
    let values = values.chain(schema.get("const"));
    nulls.extend(values.filter(|value| is_null(value) && value.text().is_none()));
    nulls
}
