//! `result-required`: what the output schema requires, the result template makes.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Step, Template, TemplateKind, Tool},
    node::Node,
    schema::{Known, Unnamed},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http { result, .. } = &tool.action {
            complete(result, &Known::of(&tool.output), tool, report);
        }
    }
}

fn complete(template: &Template, output: &Known<'_>, tool: &Tool, report: &mut Report) {
    let inside = |step: &Step| output.step(step, Unnamed::Open).unwrap_or(Known::Any);
    match &template.kind {
        TemplateKind::Object(members) => {
            // With alternatives it is not said which one is meant.
            if let Known::One(schemas) = output
                && let [schema] = schemas.as_slice()
            {
                let required = schema.get("required").map_or(&[][..], Node::elements);
                for required in required.iter().filter_map(Node::text) {
                    if members.iter().all(|(key, _)| key.text != required) {
                        let message = format!(
                            "the output schema requires `{required}`, which is not made here"
                        );
                        let mistake = Mistake::new("result-required", template.span, message);
                        let help = format!(
                            "add `{required}: …`, or take it out of the schema's `required`"
                        );
                        report.add(mistake.help(help).tool(&tool.name.text));
                    }
                }
            }
            for (key, member) in members {
                complete(member, &inside(&Step::Key(key.text.clone())), tool, report);
            }
        }
        TemplateKind::Each { item, .. } => complete(item, &inside(&Step::Index(0)), tool, report),
        TemplateKind::List(list) => list
            .iter()
            .for_each(|item| complete(item, &inside(&Step::Index(0)), tool, report)),
        _ => {}
    }
}
