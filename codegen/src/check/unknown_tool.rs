//! `unknown-tool`: what a provider lacks is a tool, or a feature that the input of one names; what a message of a
//! prompt depends on is a tool.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, Says},
    names::nearest,
    schema,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    if !manifest.has_all_names {
        return;
    }
    let inputs = manifest.tools.iter().map(|tool| &tool.input);
    let features: BTreeSet<String> = inputs
        .flat_map(schema::features)
        .map(|feature| feature.name.text)
        .collect();
    let tools = manifest.tools.iter().map(|tool| tool.name.text.as_str());
    let names: Vec<&str> = tools.chain(features.iter().map(String::as_str)).collect();
    for provider in &manifest.providers {
        for tool in &provider.lacks {
            let known = names.contains(&tool.text.as_str());
            // What is like no name at all may be a feature in an input that could not be read.
            let tellable = manifest.has_all_inputs || nearest(&tool.text, &names).is_some();
            if !known && tellable {
                let message = format!(
                    "provider `{}` lacks `{}`, which is no tool and no feature",
                    provider.name.text, tool.text
                );
                let mistake = Mistake::new("unknown-tool", tool.span, message)
                    .nearest(&tool.text, names.iter().copied());
                report.add(mistake.help_if_none(
                    "name a tool of `tools/*.yaml` or an `x-feature` of an input, or remove it",
                ));
            }
        }
    }
    for prompt in &manifest.prompts {
        let Says::Messages(messages) = &prompt.says else {
            continue;
        };
        for tool in messages.iter().flat_map(|one| [&one.tool, &one.without]) {
            let Some(tool) = tool else { continue };
            let mut known = manifest.tools.iter().map(|one| one.name.text.as_str());
            if known.clone().any(|name| name == tool.text) {
                continue;
            }
            let message = format!("there is no tool `{}`", tool.text);
            let mistake = Mistake::new("unknown-tool", tool.span, message)
                .nearest(&tool.text, known.by_ref());
            report.add(mistake.help_if_none("name a tool of `tools/*.yaml`, or remove it"));
        }
    }
}
