//! `root-keyword`: what model APIs refuse at the top of a tool's input.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

/// At the top they make the whole list of tools fail, where elsewhere at most one of them suffers.
const REFUSED: [&str; 5] = ["allOf", "anyOf", "enum", "not", "oneOf"];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let members = tool.input.members().iter();
        for (key, _) in members.filter(|(key, _)| REFUSED.contains(&key.text.as_str())) {
            let message = format!(
                "the input of `{}` has `{}` at its top, for which model APIs refuse all tools",
                tool.name.text, key.text
            );
            let mistake = Mistake::new("root-keyword", key.span, message);
            let help = match key.text.as_str() {
                "allOf" => "write the members out as one object",
                _ => "put it into a property, or say it in the description",
            };
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    }
}
