//! `undescribed-input`: an input without a description is filled by guessing.

use super::inputs;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        for (key, schema) in tool.input.get("properties").map_or(&[][..], Node::members) {
            // A constant has nothing to guess.
            if schema.get("description").is_none()
                && schema.get("const").is_none()
                && !schema.is_broken()
            {
                let message = format!("the input `{}` has no description", key.text);
                let mistake = Mistake::new("undescribed-input", key.span, message);
                let help = "say in a few words what goes there, with its unit and its default";
                report.add(mistake.help(help).tool(&tool.name.text));
            }
        }
    }
    inputs::visit(manifest, &mut |tool, schema| {
        if let Some(node) = schema.get("description")
            && node.text().is_some_and(|text| text.trim().is_empty())
        {
            let mistake = Mistake::new(
                "undescribed-input",
                node.span,
                "this description says nothing",
            );
            let help = "say in a few words what goes there, or leave it out";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    });
}
