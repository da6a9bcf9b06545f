//! Takes an object of a manifest apart: what is missing, of another type, or unknown is reported.

use crate::{
    diagnostics::{Mistake, Report},
    names::{is_variable, nearest},
    node::{Kind, Node, Text},
    source::Span,
};

/// The members of an object, taken one by one.
pub(crate) struct Fields<'n, 'r> {
    node: &'n Node,
    /// Where what is missing is missed, such as a tool's name.
    at: Span,
    /// What the object is, for messages: ``tool `x` ``.
    what: String,
    known: Vec<&'static str>,
    pub(crate) report: &'r mut Report,
}

const OBJECT: &str = "an object";

/// How to fill an object that has nothing: what was meant for it most often stands below, not far enough in.
const UNDER: &str = "indent what belongs to it under it, further in than its key";

impl<'n, 'r> Fields<'n, 'r> {
    /// Reports a value that is no object; its members are then all absent, and none is missed.
    pub(crate) fn of(
        node: &'n Node,
        at: Span,
        what: impl Into<String>,
        report: &'r mut Report,
    ) -> Self {
        let what = what.into();
        if !matches!(node.kind, Kind::Map(_) | Kind::Broken) {
            let message = format!("{what} must be an object, not {}", node.describe());
            let mistake = Mistake::new("wrong-type", node.span, message);
            report.add(mistake.help(match node.kind {
                Kind::Null => UNDER,
                _ => "write `key: value` for each of its members, on lines of their own under it",
            }));
        }
        Self {
            node,
            at,
            what,
            known: Vec::new(),
            report,
        }
    }

    /// A member that may be absent.
    pub(crate) fn optional(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        self.node.get(name)
    }

    /// A member that must be there; reported under `code` when it is not.
    pub(crate) fn required_as(
        &mut self,
        name: &'static str,
        code: &'static str,
        help: &str,
    ) -> Option<&'n Node> {
        let member = self.optional(name);
        if member.is_none() && matches!(self.node.kind, Kind::Map(_)) {
            let message = format!("{} has no `{name}`", self.what);
            self.add(Mistake::new(code, self.at, message).help(help));
        }
        member
    }

    /// Reports what a tool may allow with the tool's name.
    fn add(&mut self, mistake: Mistake) {
        let tool = self.what.strip_prefix("tool `");
        let tool = tool.and_then(|name| name.strip_suffix('`'));
        self.report.add(match tool {
            Some(tool) if mistake.is_allowable() => mistake.tool(tool),
            _ => mistake,
        });
    }

    /// A member that must be there.
    pub(crate) fn required(&mut self, name: &'static str, help: &str) -> Option<&'n Node> {
        self.required_as(name, "missing-key", help)
    }

    /// A text that may be absent, without white space around it.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        let node = self.optional(name)?;
        let said = text(node, name, self.report)?;
        taken_from_environment(&said, name, self.report);
        Some(said.text)
    }

    /// A text that must be there and say something.
    pub(crate) fn required_text(&mut self, name: &'static str, help: &str) -> String {
        self.said(name, "missing-key", help)
    }

    /// A description, which must be there and say something.
    pub(crate) fn description(&mut self) -> String {
        self.said(
            "description",
            "missing-description",
            "say what it is for, in words that help to choose it",
        )
    }

    fn said(&mut self, name: &'static str, code: &'static str, help: &str) -> String {
        let Some(node) = self.required_as(name, code, help) else {
            return String::new();
        };
        let said = text(node, name, self.report);
        if said.as_ref().is_some_and(|text| text.text.is_empty()) {
            let mistake = Mistake::new(code, node.span, format!("`{name}` says nothing"));
            self.add(mistake.help(help));
        }
        if let Some(said) = &said {
            taken_from_environment(said, name, self.report);
        }
        said.map_or_else(String::new, |text| text.text)
    }

    /// `true` or `false`, else the default.
    pub(crate) fn bool(&mut self, name: &'static str, default: bool) -> bool {
        let Some(node) = self.optional(name) else {
            return default;
        };
        node.bool().unwrap_or_else(|| {
            mistyped(node, name, "`true` or `false`", self.report);
            default
        })
    }

    /// A whole number from 1, else the default.
    pub(crate) fn count(&mut self, name: &'static str, default: u64) -> u64 {
        self.number(name, 1).unwrap_or(default)
    }

    /// A whole number from `least`, when it is there.
    pub(crate) fn number(&mut self, name: &'static str, least: u64) -> Option<u64> {
        let node = self.optional(name)?;
        let number = match &node.kind {
            Kind::Number(number) => number.as_u64().filter(|number| *number >= least),
            _ => None,
        };
        if number.is_none() {
            mistyped(
                node,
                name,
                &format!("a whole number from {least}"),
                self.report,
            );
        }
        number
    }

    /// Reports the members that were not asked for.
    pub(crate) fn finish(self) {
        #[cfg(test)]
        {
            // `tool` of ``tool `x` ``, and `limits` of `` `limits` ``.
            let (kind, named) = self.what.split_once('`').unwrap_or((&self.what, ""));
            let kind = if kind.is_empty() {
                named.trim_end_matches('`')
            } else {
                kind.trim()
            };
            let known = self.report.known.entry(kind.to_owned()).or_default();
            known.extend(self.known.iter().copied());
        }
        // The key above those that are unknown, when nothing stands under it.
        let mut empty = None;
        for (key, value) in self.node.members() {
            if self.known.contains(&key.text.as_str()) {
                empty = matches!(value.kind, Kind::Null).then_some(&key.text);
                continue;
            }
            let message = format!("{} has no key `{}`", self.what, key.text);
            let mistake = Mistake::new("unknown-key", key.span, message);
            let near = nearest(&key.text, &self.known);
            let mistake = match empty.filter(|_| near.is_none()) {
                Some(above) => mistake.help(format!(
                    "`{above}` above is empty: indent `{}` further than `{above}` if it belongs to it",
                    key.text
                )),
                None => mistake.nearest(&key.text, self.known.iter().copied()),
            };
            self.report.add(mistake.help_if_none(
                "remove it, or write what is known there: `docs/manifest.md` has every key",
            ));
        }
    }
}

/// A text, without white space around it.
pub(crate) fn text(node: &Node, name: &str, report: &mut Report) -> Option<Text> {
    if let Some(text) = node.text() {
        return Some(Text {
            text: text.trim().to_owned(),
            span: node.span,
        });
    }
    mistyped(node, name, "a text", report);
    None
}

/// Reports `${NAME}` in a text that is said as it stands. Between backticks it speaks of a reference.
fn taken_from_environment(said: &Text, name: &str, report: &mut Report) {
    let outside = said.text.split('`').step_by(2);
    let mut references = outside.flat_map(|part| part.split("${").skip(1));
    let is_reference = |rest: &str| {
        let inside = rest.split_once('}').map(|(inside, _)| inside);
        inside.is_some_and(|inside| is_variable(inside.split(":-").next().unwrap_or_default()))
    };
    if references.any(is_reference) {
        let message = format!("`{name}` is said as it stands, with `${{` and all");
        let help = "only `providers.yaml` takes from the environment; backticks around it say that it is meant so";
        report.add(Mistake::new("environment", said.span, message).help(help));
    }
}

/// A list of texts.
pub(crate) fn texts(node: &Node, name: &str, report: &mut Report) -> Vec<Text> {
    if !matches!(node.kind, Kind::List(_)) {
        mistyped(node, name, "a list of texts", report);
    }
    node.elements()
        .iter()
        .filter_map(|element| text(element, name, report))
        .collect()
}

/// The members of an object with names of the manifest's own.
pub(crate) fn entries<'n>(node: &'n Node, name: &str, report: &mut Report) -> &'n [(Text, Node)] {
    if !matches!(node.kind, Kind::Map(_)) {
        mistyped(node, name, OBJECT, report);
    }
    node.members()
}

/// Whether a text is a name that needs no quotes.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Reports a value of another type than it must have; says nothing of what is broken already.
pub(crate) fn mistyped(node: &Node, name: &str, expected: &str, report: &mut Report) {
    if !node.is_broken() {
        let found = match &node.kind {
            Kind::Number(number) => format!("`{number}`"),
            _ => node.describe().to_owned(),
        };
        let message = format!("`{name}` must be {expected}, not {found}");
        let mistake = Mistake::new("wrong-type", node.span, message);
        report.add(match node.text() {
            // One of a list is a list all the same.
            Some(one) if expected.starts_with("a list") && is_plain(one) => {
                mistake.help(format!("write it as a list: `[{one}]`"))
            }
            Some("yes" | "no" | "on" | "off") => mistake.help("write `true` or `false`"),
            None if expected == OBJECT && matches!(node.kind, Kind::Null) => mistake.help(UNDER),
            _ => mistake.help(format!("put {expected} here")),
        });
    }
}
