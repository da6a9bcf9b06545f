//! `confirm`: a person is asked before something changes, about inputs that are there.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Confirm, Effect, Manifest, Tool},
    node::Node,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Some(confirm) = &tool.confirm else {
            continue;
        };
        if tool.effect == Effect::Read {
            let message = "a tool that changes nothing asks nobody";
            let mistake = Mistake::new("confirm", confirm.span, message);
            report.add(mistake.help("remove `confirm`, or say what else its `effect` is"));
        }
        if !tool.input.is_broken() {
            inputs(confirm, tool, report);
        }
    }
}

/// What the question takes is an input that is always there.
fn inputs(confirm: &Confirm, tool: &Tool, report: &mut Report) {
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    for taken in confirm.ask.arguments() {
        let name = &taken.text;
        let wrong =
            |message: String| Mistake::new("confirm", taken.span, message).tool(&tool.name.text);
        if properties.iter().all(|(key, _)| key.text != *name) {
            let names = properties.iter().map(|(key, _)| key.text.as_str());
            let mistake = wrong(format!("`{{{{{name}}}}}` is no input")).nearest(name, names);
            report.add(mistake.help_if_none("name an input of the tool, or write it as it is"));
        } else if required.iter().all(|one| one.text() != Some(name)) {
            let mistake = wrong(format!(
                "`{{{{{name}}}}}` is asked about and `{name}` may be absent"
            ));
            let help = "ask about what is `required`, or let the `estimate` speak of it";
            report.add(mistake.help(help));
        }
    }
}
