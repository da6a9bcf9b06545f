//! `undescribed-input`: an input without a description is filled by guessing.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        for (key, schema) in tool.input.get("properties").map_or(&[][..], Node::members) {
            let said = schema
                .get("description")
                .is_some_and(|said| said.text().is_none_or(|text| !text.trim().is_empty()));
            // A constant has nothing to guess.
            if !said && schema.get("const").is_none() && !schema.is_broken() {
                let message = format!("the input `{}` has no description", key.text);
                let mistake = Mistake::new("undescribed-input", key.span, message);
                let help = "say in a few words what goes there, with its unit and its default";
                report.add(mistake.help(help).tool(&tool.name.text));
            }
        }
    }
}
