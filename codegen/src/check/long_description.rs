//! `long-description`: a description that clients refuse or cut.

use super::inputs;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
};

/// The longest description of a tool that model APIs take, in characters.
const TOOL: usize = 1_024;

/// The same of an input, which several APIs count alike.
const INPUT: usize = 1_024;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let length = tool.description.chars().count();
        if length > TOOL {
            let message =
                format!("this description has {length} characters, of {TOOL} that clients take");
            let mistake = Mistake::new("long-description", tool.described, message);
            let help = "keep what helps to choose the tool; the rest goes to `instructions` in `server.yaml`";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    }
    inputs::visit(manifest, &mut |tool, schema| {
        let described = schema.get("description");
        let length = described
            .and_then(Node::text)
            .map_or(0, |text| text.trim().chars().count());
        if let (true, Some(node)) = (length > INPUT, described) {
            let message =
                format!("this description has {length} characters, of {INPUT} that clients take");
            let mistake = Mistake::new("long-description", node.span, message);
            let help = "keep what helps to fill the input";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    });
}
