//! Texts with places for arguments: `{{name}}`. A `{{` that is meant is written `\{{`.

use crate::{
    diagnostics::{Mistake, Report},
    fields::mistyped,
    model::{Bit, Said},
    node::{Node, Text},
    source::Span,
};

const OPEN: &str = "{{";

/// Reads a text. A place that can not be read is reported and left out.
pub(super) fn read(node: &Node, name: &str, report: &mut Report) -> Said {
    let text = node.text().unwrap_or_else(|| {
        mistyped(node, name, "a text", report);
        ""
    });
    let text = text.trim_end_matches('\n');
    of(text, node.span, report)
}

/// Reads a text that stands at `span`.
pub(super) fn of(text: &str, span: Span, report: &mut Report) -> Said {
    let mut bits = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        rest = after;
        if let Some(before) = before.strip_suffix('\\') {
            literal.push_str(before);
            literal.push_str(OPEN);
            continue;
        }
        literal.push_str(before);
        match after.split_once("}}") {
            Some((name, after)) if is_name(name) => {
                if !literal.is_empty() {
                    bits.push(Bit::Literal(std::mem::take(&mut literal)));
                }
                bits.push(Bit::Argument(Text {
                    text: name.to_owned(),
                    span,
                }));
                rest = after;
            }
            found => {
                let shown = found.map_or(after, |(name, _)| name);
                let shown: String = shown.chars().take(30).collect();
                let message = format!("`{{{{{shown}` takes no argument");
                let help =
                    "write `{{name}}`, without blanks; a `{{` that is meant is written `\\{{`";
                report.add(Mistake::new("placeholder", span, message).help(help));
            }
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() || bits.is_empty() {
        bits.push(Bit::Literal(literal));
    }
    Said { bits }
}

/// Whether it may be the name of an argument.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(text: &str) -> (Vec<String>, bool) {
        let mut report = Report::default();
        let said = of(text, Span::file(0), &mut report);
        let bits = said.bits.into_iter().map(|bit| match bit {
            Bit::Literal(text) => text,
            Bit::Argument(name) => format!("<{}>", name.text),
        });
        (bits.collect(), !report.has_errors())
    }

    #[test]
    fn places_are_found_and_escapes_are_kept() {
        assert_eq!(
            bits("a {{b}} c{{d_1}}"),
            (
                vec!["a ".into(), "<b>".into(), " c".into(), "<d_1>".into()],
                true
            )
        );
        assert_eq!(
            bits(r"see \{{item.x}} }}"),
            (vec!["see {{item.x}} }}".into()], true)
        );
        assert_eq!(bits(""), (vec![String::new()], true));
        for wrong in ["{{ b }}", "{{b", "{{}}", "{{1}}", "{{b.c}}"] {
            assert!(!bits(wrong).1, "{wrong}");
        }
    }
}
