//! The one template language, for requests and results.

use super::place;
use crate::{
    diagnostics::{Mistake, Report},
    fields::{mistyped, text},
    model::{Place, Template, TemplateKind},
    node::{Kind, Node, Text},
    source::Span,
};

/// What `$` keys an object of a template may have.
pub(crate) const KEYS: [&str; 7] = [
    "$call",
    "$each",
    "$first",
    "$join",
    "$json",
    "$separator",
    "$value",
];

/// Reads a template. What can not be read is reported and [`TemplateKind::Broken`].
pub(super) fn read(node: &Node, report: &mut Report) -> Template {
    let kind = match &node.kind {
        Kind::Null => TemplateKind::Null,
        Kind::Bool(bool) => TemplateKind::Bool(*bool),
        Kind::Number(number) => TemplateKind::Number(number.clone()),
        Kind::Text(text) => scalar(text, node.span, report),
        Kind::List(elements) => TemplateKind::List(
            elements
                .iter()
                .map(|element| read(element, report))
                .collect(),
        ),
        Kind::Map(members) => object(node, members, report),
        Kind::Broken => TemplateKind::Broken,
    };
    Template {
        span: node.span,
        kind,
    }
}

fn scalar(text: &str, span: Span, report: &mut Report) -> TemplateKind {
    if text.starts_with('$') && !text.starts_with("$$") {
        return take(text, span, report).map_or(TemplateKind::Broken, TemplateKind::Take);
    }
    literal(text, span, report).map_or(TemplateKind::Broken, TemplateKind::Text)
}

fn take(text: &str, span: Span, report: &mut Report) -> Option<Place> {
    if text.starts_with("${") {
        environment(text, span, report);
        return None;
    }
    match place::parse(text) {
        Ok((name, path)) => Some(Place { span, name, path }),
        Err(error) => {
            let mistake = Mistake::new(
                "template-syntax",
                span,
                format!("`{text}` takes nothing: {error}"),
            );
            report.add(
                mistake.help(
                    "write `$name`, `$name.key` or `$name[-1]`; a dollar that is meant is `$$`",
                ),
            );
            None
        }
    }
}

/// A constant text, where `$$` is a dollar.
fn literal(text: &str, span: Span, report: &mut Report) -> Option<String> {
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        literal.push_str(before);
        literal.push('$');
        let Some(after) = after.strip_prefix('$') else {
            if after.starts_with('{') {
                environment(text, span, report);
                return None;
            }
            let mistake = Mistake::new(
                "template-syntax",
                span,
                "a `$` inside a text; texts are not put together",
            );
            report.add(
                mistake.help("take a whole value with `$name`; a dollar that is meant is `$$`"),
            );
            return None;
        };
        rest = after;
    }
    literal.push_str(rest);
    Some(literal)
}

fn environment(text: &str, span: Span, report: &mut Report) {
    let mistake = Mistake::new(
        "environment",
        span,
        format!("`{text}` takes from the environment"),
    );
    report.add(mistake.help(
        "only `providers.yaml` may; give providers a value and take it with `$provider.name`",
    ));
}

fn object(node: &Node, members: &[(Text, Node)], report: &mut Report) -> TemplateKind {
    let mut unknown = false;
    for (key, _) in members {
        if key.text.starts_with('$')
            && !key.text.starts_with("$$")
            && !KEYS.contains(&key.text.as_str())
        {
            unknown = true;
            let message = format!("there is no `{}` in templates", key.text);
            let mistake = Mistake::new("unknown-key", key.span, message);
            report.add(
                mistake
                    .nearest(&key.text, KEYS)
                    .help_if_none("a key that begins with a dollar is written `$$`"),
            );
        }
    }
    if unknown {
        return TemplateKind::Broken;
    }
    let rest = |but: &[&str]| -> Vec<&(Text, Node)> {
        members
            .iter()
            .filter(|(key, _)| !but.contains(&key.text.as_str()))
            .collect()
    };
    if let Some(function) = node.get("$call") {
        let arguments = object_members(&rest(&["$call"]), report);
        let Some(function) = text(function, "$call", report) else {
            return TemplateKind::Broken;
        };
        return TemplateKind::Call {
            function,
            arguments,
        };
    }
    if let Some(list) = node.get("$first") {
        for (key, _) in rest(&["$first"]) {
            let mistake = Mistake::new(
                "template-syntax",
                key.span,
                format!("`{}` stands beside `$first`", key.text),
            );
            report.add(mistake.help("`$first` takes a list, and nothing stands beside it"));
        }
        if list.elements().is_empty() {
            mistyped(list, "$first", "a list of templates", report);
        }
        return TemplateKind::First(
            list.elements()
                .iter()
                .map(|element| read(element, report))
                .collect(),
        );
    }
    if let Some(list) = node.get("$each") {
        return each(node, list, &rest(&["$each"]), report);
    }
    if let Some(list) = node.get("$join") {
        return join(node, list, &rest(&["$join", "$separator"]), report);
    }
    if let Some(value) = node.get("$json") {
        for (key, _) in rest(&["$json"]) {
            let mistake = Mistake::new(
                "template-syntax",
                key.span,
                format!("`{}` stands beside `$json`", key.text),
            );
            report.add(
                mistake.help("`$json` makes a text of one value, and nothing stands beside it"),
            );
        }
        return TemplateKind::Json(Box::new(read(value, report)));
    }
    if let Some(separator) = node.key("$separator") {
        let mistake = Mistake::new(
            "template-syntax",
            separator.span,
            "`$separator` stands without `$join`",
        );
        report.add(mistake.help("write `{ $join: $list, $separator: \"|\" }`"));
        return TemplateKind::Broken;
    }
    if let Some(value) = node.key("$value") {
        let mistake = Mistake::new(
            "template-syntax",
            value.span,
            "`$value` stands without `$each`",
        );
        report.add(mistake.help("write `{ $each: $list, $value: … }`"));
        return TemplateKind::Broken;
    }
    TemplateKind::Object(object_members(&rest(&[]), report))
}

fn each(node: &Node, list: &Node, rest: &[&(Text, Node)], report: &mut Report) -> TemplateKind {
    let Some(from) = text(list, "$each", report) else {
        return TemplateKind::Broken;
    };
    if !from.text.starts_with('$') {
        let mistake = Mistake::new(
            "template-syntax",
            from.span,
            format!("`$each` takes a list, not `{}`", from.text),
        );
        report.add(mistake.help("write `$each: $name.list`"));
        return TemplateKind::Broken;
    }
    let item = match node.get("$value") {
        Some(value) => {
            for (key, _) in rest.iter().filter(|(key, _)| key.text != "$value") {
                let mistake = Mistake::new(
                    "template-syntax",
                    key.span,
                    format!("`{}` stands beside `$value`", key.text),
                );
                report.add(mistake.help("an element is either one `$value` or an object of keys"));
            }
            read(value, report)
        }
        None => Template {
            span: node.span,
            kind: TemplateKind::Object(object_members(rest, report)),
        },
    };
    match take(&from.text, from.span, report) {
        Some(list) => TemplateKind::Each {
            list,
            item: Box::new(item),
        },
        None => TemplateKind::Broken,
    }
}

/// `{ $join: $list }`: its elements as one text, with commas or what `$separator` says between them.
fn join(node: &Node, list: &Node, rest: &[&(Text, Node)], report: &mut Report) -> TemplateKind {
    for (key, _) in rest {
        let mistake = Mistake::new(
            "template-syntax",
            key.span,
            format!("`{}` stands beside `$join`", key.text),
        );
        report.add(mistake.help("`$join` makes one text: only `$separator` stands beside it"));
    }
    let separator = match node.get("$separator") {
        Some(separator) => text_as_it_stands(separator, report),
        None => Some(",".to_owned()),
    };
    let (Some(from), Some(separator)) = (text(list, "$join", report), separator) else {
        return TemplateKind::Broken;
    };
    if !from.text.starts_with('$') {
        let mistake = Mistake::new(
            "template-syntax",
            from.span,
            format!("`$join` takes a list, not `{}`", from.text),
        );
        report.add(mistake.help("write `$join: $name`"));
        return TemplateKind::Broken;
    }
    match take(&from.text, from.span, report) {
        Some(list) => TemplateKind::Join { list, separator },
        None => TemplateKind::Broken,
    }
}

/// A text with the blanks around it, which [`text`] takes away.
fn text_as_it_stands(node: &Node, report: &mut Report) -> Option<String> {
    let found = node.text().filter(|text| !text.is_empty());
    if found.is_none() {
        mistyped(node, "$separator", "a text", report);
    }
    found.map(str::to_owned)
}

/// Members with `$$` at the beginning of a key read as a dollar.
fn object_members(members: &[&(Text, Node)], report: &mut Report) -> Vec<(Text, Template)> {
    let mut read_members = Vec::new();
    for (key, value) in members {
        let text = key
            .text
            .strip_prefix('$')
            .filter(|rest| rest.starts_with('$'))
            .unwrap_or(&key.text);
        read_members.push((
            Text {
                text: text.to_owned(),
                span: key.span,
            },
            read(value, report),
        ));
    }
    read_members
}
