//! `result-key`: what a result template makes, the output schema names.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Step, Template, TemplateKind, Tool},
    schema::{Known, Unnamed},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http { result, .. } = &tool.action
            && !tool.output.is_broken()
        {
            fits(result, &Known::of(&tool.output), tool, report);
        }
    }
}

fn fits(template: &Template, output: &Known<'_>, tool: &Tool, report: &mut Report) {
    match &template.kind {
        TemplateKind::Object(members) => {
            for (key, member) in members {
                match output.step(&Step::Key(key.text.clone()), Unnamed::Closed) {
                    Ok(output) => fits(member, &output, tool, report),
                    Err(names) => {
                        let message = format!("the output schema has no `{}` here", key.text);
                        let mistake =
                            Mistake::new("result-key", key.span, message).nearest(&key.text, names);
                        let mistake = mistake
                            .help_if_none("describe it in `output`, where it is no object yet");
                        report.add(mistake.tool(&tool.name.text));
                    }
                }
            }
        }
        TemplateKind::Each { item, .. } => elements(
            std::slice::from_ref(&**item),
            template,
            output,
            tool,
            report,
        ),
        TemplateKind::List(list) => elements(list, template, output, tool, report),
        TemplateKind::First(list) => list
            .iter()
            .for_each(|element| fits(element, output, tool, report)),
        _ => {}
    }
}

fn elements(
    list: &[Template],
    whole: &Template,
    output: &Known<'_>,
    tool: &Tool,
    report: &mut Report,
) {
    if let Ok(output) = output.step(&Step::Index(0), Unnamed::Closed) {
        for element in list {
            fits(element, &output, tool, report);
        }
    } else {
        let mistake = Mistake::new(
            "result-key",
            whole.span,
            "the output schema has no list here",
        );
        report.add(
            mistake
                .help("describe it in `output` with `type: array` and `items`")
                .tool(&tool.name.text),
        );
    }
}
