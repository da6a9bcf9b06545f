//! `page:`

use super::template;
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, text},
    model::{ALL_PAGES, Page, Place, TemplateKind},
    node::{Kind, Node, Text},
};

/// What is walked in one call, unless the tool says otherwise.
const PAGES: u64 = 20;
const ITEMS: u64 = 1000;

/// How a list goes on after a page; `None` when it could not be read, which has been reported.
pub(super) fn read(node: &Node, report: &mut Report) -> Option<Page> {
    let mut fields = Fields::of(node, node.span, "`page`", report);
    let after = fields.required(
        "after",
        "say where the reply has the cursor: `after: $response.data[-1].id`",
    );
    let after = after.and_then(|node| place(node, "after", fields.report));
    let more = fields.optional("more");
    let items = fields.optional("items");
    let input = fields.optional("input");
    let page = Page {
        span: node.span,
        input: input
            .and_then(|node| text(node, "input", fields.report))
            .unwrap_or_else(|| Text {
                text: "after".to_owned(),
                span: node.span,
            }),
        // Said of the page as a whole when it is missing.
        after: after.clone().unwrap_or_else(|| Place {
            span: node.span,
            name: String::new(),
            path: Vec::new(),
        }),
        more: more.and_then(|node| place(node, "more", fields.report)),
        items: items.and_then(|node| place(node, "items", fields.report)),
        max_pages: fields.count("max_pages", PAGES),
        max_items: fields.count("max_items", ITEMS),
    };
    fields.finish();
    after.map(|_| page)
}

/// Adds the input that asks for every page.
pub(super) fn add_input(input: &mut Node, page: &Page, report: &mut Report) {
    let text = |text: &str| Text {
        text: text.to_owned(),
        span: page.span,
    };
    let node = |kind| Node::new(page.span, kind);
    let Kind::Map(members) = &mut input.kind else {
        return;
    };
    if members.iter().all(|(key, _)| key.text != "properties") {
        members.push((text("properties"), node(Kind::Map(Vec::new()))));
    }
    let properties = members.iter_mut().find(|(key, _)| key.text == "properties");
    let Some((
        _,
        Node {
            kind: Kind::Map(properties),
            ..
        },
    )) = properties
    else {
        return;
    };
    if let Some((key, _)) = properties.iter().find(|(key, _)| key.text == ALL_PAGES) {
        let message = format!("`page` adds the input `{ALL_PAGES}`, which is here already");
        report.add(Mistake::new("page", key.span, message).help("remove it here"));
        return;
    }
    let description = format!("Every page, up to {} items.", page.max_items);
    let schema = vec![
        (text("type"), node(Kind::Text("boolean".to_owned()))),
        (text("description"), node(Kind::Text(description))),
    ];
    properties.push((text(ALL_PAGES), node(Kind::Map(schema))));
}

fn place(node: &Node, name: &str, report: &mut Report) -> Option<Place> {
    match template::read(node, report).kind {
        TemplateKind::Take(place) => Some(place),
        TemplateKind::Broken => None,
        _ => {
            let message = format!("`{name}` must be a place in the reply");
            let mistake = Mistake::new("wrong-type", node.span, message);
            report.add(mistake.help("write it as `$response.has_more`"));
            None
        }
    }
}
