//! YAML 1.2 into [`Node`]s. What makes a manifest hard to read or to check is refused: anchors, tags,
//! duplicate keys, several documents, and numbers that JSON does not have.

mod syntax;

use std::{borrow::Cow, collections::HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, Tag};
use serde_json::Number;

use crate::{
    diagnostics::{Mistake, Report},
    node::{Kind, Node, Text},
    source::{Role, Span},
};

/// Deeper than any manifest that a person can read, and shallow enough for every recursion over it.
const DEPTH: usize = 64;

/// More characters that are in no YAML file are not told: a file of those alone is no text.
const UNPRINTABLE: usize = 100;

/// More values than any file has that somebody reads, and few enough for the memory: each takes some hundred bytes.
const VALUES: usize = 3_000_000;

/// Parses a file of a manifest. What can not be read is reported and [`Kind::Broken`].
pub(crate) fn parse(text: &str, source: usize, report: &mut Report) -> Node {
    parse_as(Role::Manifest, text, source, report)
}

/// Parses a file. What is nested too deeply in a document is [`Kind::Broken`] and not reported: it may be in nobody's
/// way. All else of that kind is reported.
pub(crate) fn parse_as(role: Role, text: &str, source: usize, report: &mut Report) -> Node {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if unprintable(text, source, report) {
        return Node::broken(Span::file(source));
    }
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        lines: text.lines().collect(),
        open: Vec::new(),
        values: 0,
        source,
        role,
        report,
    };
    reader.file().unwrap_or_else(|error| {
        let place = reader.span(saphyr_parser::Span::empty(*error.marker()));
        if reader.values > VALUES {
            let message = format!("the file has more than {VALUES} values");
            let mistake = Mistake::new("file-too-large", place, message);
            reader.report.add(mistake.help(role.smaller()));
            return Node::broken(Span::file(source));
        }
        if error.info().contains("recursion limit") {
            reader.report.add(too_deep(role, place));
            return Node::broken(Span::file(source));
        }
        let open = reader.bracket();
        let mistake = syntax::mistake(error.info(), place, open, &reader.lines);
        reader.report.add(mistake);
        Node::broken(Span::file(source))
    })
}

/// That a place is deeper than is read.
pub(crate) fn too_deep(role: Role, span: Span) -> Mistake {
    let message = format!("values are nested more than {DEPTH} deep");
    Mistake::new("too-deep", span, message).help(role.flatter())
}

/// Reports the characters that neither YAML nor JSON has anywhere. The parser ends at some, and hands on others, which
/// would reach the terminals of whoever reads the manifest's texts.
fn unprintable(text: &str, source: usize, report: &mut Report) -> bool {
    let has = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let mut found = 0;
    for (line, text) in text.lines().enumerate() {
        for (column, c) in text.chars().enumerate().filter(|(_, c)| has(*c)) {
            found += 1;
            if found > UNPRINTABLE {
                return true;
            }
            let span = Span {
                source,
                line: line + 1,
                column: column + 1,
                width: 1,
            };
            let code = u32::from(c);
            let message = format!("the character U+{code:04X} is in no YAML file");
            let mistake = Mistake::new("yaml-syntax", span, message);
            let help = format!("remove it; a text in double quotes may have it as `\\u{code:04X}`");
            report.add(mistake.help(help));
        }
    }
    found > 0
}

struct Reader<'t, 'r> {
    events: Parser<'t, StrInput<'t>>,
    lines: Vec<&'t str>,
    /// The lists and objects that are not ended yet, outermost first.
    open: Vec<Span>,
    /// How many values were read.
    values: usize,
    source: usize,
    role: Role,
    report: &'r mut Report,
}

type Item<'t> = (Event<'t>, saphyr_parser::Span);

impl<'t> Reader<'t, '_> {
    fn next(&mut self) -> Result<Item<'t>, ScanError> {
        self.events
            .next_event()
            .unwrap_or_else(|| Ok((Event::StreamEnd, saphyr_parser::Span::default())))
    }

    /// The whole stream, which must be one document.
    fn file(&mut self) -> Result<Node, ScanError> {
        let mut root = None;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::Nothing => {}
                event => {
                    let node = self.node(event, at, 0)?;
                    if root.is_some() {
                        let mistake =
                            Mistake::new("yaml-syntax", node.span, "a second document in one file");
                        self.report
                            .add(mistake.help("put it into a file of its own"));
                    }
                    root.get_or_insert(node);
                }
            }
        }
        Ok(root.unwrap_or_else(|| Node::new(Span::file(self.source), Kind::Null)))
    }

    fn node(
        &mut self,
        event: Event<'t>,
        at: saphyr_parser::Span,
        depth: usize,
    ) -> Result<Node, ScanError> {
        let span = self.span(at);
        self.values += 1;
        if self.values > VALUES {
            return Err(ScanError::new_str(at.start, "too many values"));
        }
        if depth == DEPTH && matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)) {
            return self.skip(span);
        }
        let kind = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain(span, anchor, tag.as_ref());
                self.scalar(text, style, span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain(span, anchor, tag.as_ref());
                let opened = self.opens(span);
                let mut elements = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd | Event::StreamEnd, _) => break,
                        (event, at) => elements.push(self.node(event, at, depth + 1)?),
                    }
                }
                self.open.truncate(opened);
                Kind::List(elements)
            }
            Event::MappingStart(anchor, tag) => {
                self.plain(span, anchor, tag.as_ref());
                let opened = self.opens(span);
                let members = self.map(depth)?;
                self.open.truncate(opened);
                members
            }
            Event::Alias(_) => {
                self.anchor(span);
                Kind::Broken
            }
            _ => Kind::Broken,
        };
        Ok(Node::new(span, kind))
    }

    /// Keeps the place of a list or an object, and says how many were open before it.
    fn opens(&mut self, span: Span) -> usize {
        self.open.push(span);
        self.open.len() - 1
    }

    /// The innermost bracket that is open. A list or an object in lines has none.
    fn bracket(&self) -> Option<Span> {
        let begins = |span: &&Span| {
            let line = self.lines.get(span.line.wrapping_sub(1));
            let first = line.and_then(|line| line.chars().nth(span.column.saturating_sub(1)));
            matches!(first, Some('[' | '{'))
        };
        self.open.iter().rev().find(begins).copied()
    }

    /// Passes over what is nested too deep, without recursion.
    fn skip(&mut self, span: Span) -> Result<Node, ScanError> {
        if self.role != Role::Document {
            self.report.add(too_deep(self.role, span));
        }
        let mut open = 1_usize;
        while open > 0 {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => open += 1,
                Event::SequenceEnd | Event::MappingEnd => open -= 1,
                Event::StreamEnd => break,
                _ => {}
            }
        }
        Ok(Node::broken(span))
    }

    fn map(&mut self, depth: usize) -> Result<Kind, ScanError> {
        let mut members: Vec<(Text, Node)> = Vec::new();
        let mut names = HashSet::new();
        loop {
            let (event, at) = match self.next()? {
                (Event::MappingEnd | Event::StreamEnd, _) => return Ok(Kind::Map(members)),
                item => item,
            };
            let span = self.span(at);
            let name = match &event {
                Event::Scalar(text, ..) => Some(text.clone().into_owned()),
                _ => None,
            };
            // In quotes it is a name like others.
            let merge =
                matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            self.node(event, at, depth + 1)?;
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            match name {
                Some(_) if merge => {
                    let message = match self.role {
                        Role::Document => "merge keys are not read in a document".to_owned(),
                        role => format!("{} has no merge keys", role.any()),
                    };
                    let mistake = Mistake::new("anchor", span, message);
                    self.report.add(mistake.help(self.role.shared()));
                }
                None => self.report.add(
                    Mistake::new("key-type", span, "the key of an object is not a text")
                        .help("quote a value that begins with `{` or `[`, or give the key a text"),
                ),
                Some(name) if !names.insert(name.clone()) => {
                    let mistake = Mistake::new(
                        "duplicate-key",
                        span,
                        format!("the key `{name}` stands here twice"),
                    );
                    self.report
                        .add(mistake.help(
                            "only the first would count; remove one or give it its own name",
                        ));
                }
                Some(text) => members.push((Text { text, span }, value)),
            }
        }
    }

    /// Refuses anchors and tags.
    fn plain(&mut self, span: Span, anchor: usize, tag: Option<&Cow<'_, Tag>>) {
        if anchor != 0 {
            self.anchor(span);
        }
        if let Some(tag) = tag {
            let name = if tag.is_yaml_core_schema() {
                format!("!!{}", tag.suffix)
            } else {
                tag.to_string()
            };
            let mistake = Mistake::new(
                "tag",
                span,
                format!("{} has no tags such as `{name}`", self.role.any()),
            );
            self.report
                .add(mistake.help("leave it out; quote a value that must be a text"));
        }
    }

    fn anchor(&mut self, span: Span) {
        let message = match self.role {
            Role::Document => "anchors and aliases are not read in a document".to_owned(),
            role => format!("{} has no anchors and aliases", role.any()),
        };
        let mistake = Mistake::new("anchor", span, message);
        self.report.add(mistake.help(self.role.shared()));
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Kind {
        if style != ScalarStyle::Plain {
            return Kind::Text(text.into_owned());
        }
        match &*text {
            "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
            "true" | "True" | "TRUE" => Kind::Bool(true),
            "false" | "False" | "FALSE" => Kind::Bool(false),
            text => match plain(text) {
                Plain::Number(number) => Kind::Number(number),
                Plain::NotJson => {
                    let mistake = Mistake::new(
                        "number",
                        span,
                        format!("`{text}` is a number that JSON does not have"),
                    );
                    self.report.add(
                        mistake.help("write it in decimal digits, or quote it when it is a text"),
                    );
                    Kind::Broken
                }
                Plain::Text => Kind::Text(text.to_owned()),
            },
        }
    }

    /// Columns count characters from 1; the width stays on the first line.
    fn span(&self, at: saphyr_parser::Span) -> Span {
        let line = at.start.line();
        let end = if at.end.line() == line {
            at.end.col()
        } else {
            self.lines
                .get(line.wrapping_sub(1))
                .map_or(0, |line| line.chars().count())
        };
        let width = end.saturating_sub(at.start.col()).max(1);
        Span {
            source: self.source,
            line,
            column: at.start.col() + 1,
            width,
        }
    }
}

/// What a plain scalar is that is no word of YAML.
enum Plain {
    Text,
    Number(Number),
    /// A number that JSON does not have.
    NotJson,
}

fn plain(text: &str) -> Plain {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let radix = |prefix, radix| {
        let digits = digits.strip_prefix(prefix);
        digits.is_some_and(|d: &str| !d.is_empty() && d.chars().all(|c| c.is_digit(radix)))
    };
    if matches!(digits.to_lowercase().as_str(), ".inf" | ".nan")
        || radix("0x", 16)
        || radix("0o", 8)
    {
        return Plain::NotJson;
    }
    let shaped = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'));
    let integer = text.parse::<i64>().map(Number::from);
    if let (true, Ok(integer)) = (
        shaped,
        integer.or_else(|_| text.parse::<u64>().map(Number::from)),
    ) {
        return Plain::Number(integer);
    }
    // A date or a version looks like a number until it is parsed.
    match text.parse::<f64>() {
        Ok(float) if shaped => Number::from_f64(float).map_or(Plain::NotJson, Plain::Number),
        _ => Plain::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Node, bool) {
        let mut report = Report::default();
        let node = parse(text, 0, &mut report);
        (node, !report.has_errors())
    }

    #[test]
    fn scalars_are_those_of_yaml_1_2() {
        let text = "[~, yes, on, 0777, +3, 1e3, -1.5, .5, 1.2.3, 2024-01-01, 18446744073709551615, 1_000, '1', e]";
        let (node, right) = read(text);
        assert!(right);
        let expected = serde_json::json!([
            null,
            "yes",
            "on",
            777,
            3,
            1e3,
            -1.5,
            0.5,
            "1.2.3",
            "2024-01-01",
            18_446_744_073_709_551_615_u64,
            "1_000",
            "1",
            "e"
        ]);
        assert_eq!(node.to_value(), expected);
    }

    #[test]
    fn depth_does_not_use_up_the_stack() {
        for deep in ["[", "{a: ", "- ", "? "] {
            let (_, right) = read(&deep.repeat(50_000));
            assert!(!right, "`{deep}`");
        }
    }

    #[test]
    fn places_count_characters_from_one() {
        let (node, _) = read(
            "é: { ü: [x, 'long text'] }
",
        );
        let Some(list) = node.get("é").and_then(|inner| inner.get("ü")) else {
            panic!("{node:?}")
        };
        let span = list
            .elements()
            .last()
            .map(|last| (last.span.line, last.span.column, last.span.width));
        assert_eq!(span, Some((1, 13, 11)));
    }
}
