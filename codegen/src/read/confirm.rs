//! `confirm:`

use super::said;
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, text},
    model::{Confirm, Said},
    node::{Kind, Node, Text},
};

/// The input that says that the person was asked. It is added where a client can not be asked.
pub(crate) const INPUT: &str = "confirm";

/// What becomes of a call whose client can not be asked.
const UNASKED: [&str; 2] = ["allow", "refuse"];

/// What a person is asked: a text alone, or with more.
pub(super) fn read(node: &Node, input: &Node, report: &mut Report) -> Confirm {
    reserved(input, report);
    if matches!(node.kind, Kind::Text(_)) {
        return Confirm {
            span: node.span,
            ask: ask(node, report),
            estimate: None,
            refuse: false,
        };
    }
    let mut fields = Fields::of(node, node.span, "`confirm`", report);
    let asked = fields.required(
        "ask",
        "say what the person is asked: `ask: Delete {{name}}?`",
    );
    let asked = asked.map(|node| ask(node, fields.report));
    let estimate = fields.optional("estimate");
    let estimate = estimate.and_then(|node| text(node, "estimate", fields.report));
    let unasked = fields.optional("unasked");
    let unasked = unasked.and_then(|node| text(node, "unasked", fields.report));
    let unasked = unasked.filter(|word| known(word, fields.report));
    fields.finish();
    Confirm {
        span: node.span,
        ask: asked.unwrap_or_else(|| Said::literal("")),
        estimate,
        refuse: unasked.is_some_and(|word| word.text == "refuse"),
    }
}

/// What a person is asked says something.
fn ask(node: &Node, report: &mut Report) -> Said {
    if node.text().is_some_and(|text| text.trim().is_empty()) {
        let mistake = Mistake::new("confirm", node.span, "the person is asked nothing");
        report.add(mistake.help("say what the call does: `Delete {{name}}?`"));
    }
    said::read(node, "ask", report)
}

fn known(word: &Text, report: &mut Report) -> bool {
    let known = UNASKED.contains(&word.text.as_str());
    if !known {
        let message = format!("there is no `unasked: {}`", word.text);
        let mistake = Mistake::new("confirm", word.span, message);
        let mistake = mistake.nearest(&word.text, UNASKED);
        report.add(mistake.help_if_none("write `allow` or `refuse`"));
    }
    known
}

/// `confirm: true` says that the person was asked, and can mean nothing else.
fn reserved(input: &Node, report: &mut Report) {
    let properties = input.get("properties").map_or(&[][..], Node::members);
    if let Some((key, _)) = properties.iter().find(|(key, _)| key.text == INPUT) {
        let message = format!("`{INPUT}` says that the person was asked, and is an input here");
        let mistake = Mistake::new("confirm", key.span, message);
        report.add(mistake.help("give the input another name"));
    }
}
