//! `page`: a list can be walked from its first page to its last.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Effect, Manifest, Page, Place, Step, Tool},
    node::Node,
    uses,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http {
            requests,
            page: Some(page),
            ..
        } = &tool.action
        {
            let wrong = |message: &str| Mistake::new("page", page.span, message);
            if requests.len() != 1 {
                let mistake = wrong("only a tool with one request has pages");
                report.add(mistake.help("make the list a tool of its own"));
            }
            if !matches!(tool.effect, Effect::Read | Effect::Broken) {
                let mistake = wrong("a tool that changes something has no pages");
                report.add(mistake.help("remove `page`, or say `effect: read`"));
            }
            cursor(page, tool, report);
            places(page, tool, report);
        }
    }
}

/// The input that takes the cursor is one, and may be absent.
fn cursor(page: &Page, tool: &Tool, report: &mut Report) {
    if tool.input.is_broken() {
        return;
    }
    let name = &page.input.text;
    let wrong = |message: String| Mistake::new("page", page.input.span, message);
    let properties = tool.input.get("properties").map_or(&[][..], Node::members);
    let required = tool.input.get("required").map_or(&[][..], Node::elements);
    if properties.iter().all(|(key, _)| key.text != *name) {
        let names = properties.iter().map(|(key, _)| key.text.as_str());
        let message = format!(
            "the cursor goes to `{name}`, which is no input of `{}`",
            tool.name.text
        );
        let mistake = wrong(message).nearest(name, names);
        report.add(mistake.help_if_none("name the input that takes it with `input: name`"));
    } else if required
        .iter()
        .any(|required| required.text() == Some(name))
    {
        let message = format!("the cursor goes to `{name}`, which the first page would need too");
        report.add(wrong(message).help(format!("take `{name}` out of `required`")));
    }
}

/// Where the cursor, the list and the end are is said of the reply.
fn places(page: &Page, tool: &Tool, report: &mut Report) {
    let given = [Some(&page.after), page.more.as_ref(), page.items.as_ref()];
    for place in given.into_iter().flatten() {
        if !uses::is_reply(tool, &place.name) {
            let message = format!("`${}` is no place in the reply", place.name);
            report.add(
                Mistake::new("page", place.span, message)
                    .help("write it as `$response.data[-1].id`"),
            );
        }
    }
    let numbered = |place: &Place| place.path.iter().any(|step| matches!(step, Step::Index(_)));
    match page.items() {
        None => {
            let mistake = Mistake::new(
                "page",
                page.after.span,
                "it is not said where the list is whose pages these are",
            );
            report.add(mistake.help("add `items: $response.items`, the list in the reply"));
        }
        Some(items) if numbered(&items) => {
            let mistake = Mistake::new("page", items.span, "the list is inside of another list");
            report.add(mistake.help("take a list by names alone: `$response.data`"));
        }
        Some(_) => {}
    }
    if let Some(more) = &page.more
        && numbered(more)
    {
        let mistake = Mistake::new("page", more.span, "whether there is more is said in a list");
        report.add(mistake.help("take it by names alone: `$response.has_more`"));
    }
}
