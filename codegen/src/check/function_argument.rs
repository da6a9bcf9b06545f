//! `function-argument`: a call gives a function the arguments it has, and all that it needs.

use super::places;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, TemplateKind},
    node::Node,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, _| {
            let TemplateKind::Call {
                function: name,
                arguments,
            } = &template.kind
            else {
                return;
            };
            let function = manifest
                .functions
                .iter()
                .find(|function| function.name.text == name.text);
            let Some(function) = function.filter(|function| !function.input.is_broken()) else {
                return;
            };
            let names = || {
                let properties = function
                    .input
                    .get("properties")
                    .map_or(&[][..], Node::members);
                properties.iter().map(|(key, _)| key.text.as_str())
            };
            for (key, _) in arguments {
                if names().all(|name| name != key.text) {
                    let message = format!("`{}` takes no argument `{}`", name.text, key.text);
                    let mistake = Mistake::new("function-argument", key.span, message);
                    report.add(mistake.nearest(&key.text, names()).tool(&tool.name.text));
                }
            }
            let required = function
                .input
                .get("required")
                .map_or(&[][..], Node::elements);
            for required in required.iter().filter_map(Node::text) {
                if arguments.iter().all(|(key, _)| key.text != required) {
                    let message = format!("`{}` needs the argument `{required}`", name.text);
                    let mistake = Mistake::new("function-argument", name.span, message);
                    report.add(
                        mistake
                            .help(format!("add `{required}: …` beside `$call`"))
                            .tool(&tool.name.text),
                    );
                }
            }
        });
    }
}
