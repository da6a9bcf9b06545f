//! A published OpenAPI document, 3.0 or 3.1, JSON or YAML: read with the places of everything in it, so that what
//! can not be taken from it is told where it stands.

mod operation;

use std::{borrow::Cow, collections::BTreeSet, fmt::Write as _, path::Path};

pub(crate) use operation::{Media, Operation, Parameter, Place, media};

use crate::{
    diagnostics::{Mistake, Report},
    file,
    node::Node,
    parse,
    source::{Role, Sources, Span},
};

/// References that lead to references: more than any document has, and an end to those that lead in a circle.
const LONGEST_CHAIN: usize = 32;

/// A document.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Node,
    /// Whether it is of OpenAPI 3.0, whose schemas are not quite JSON Schema.
    pub(crate) is_3_0: bool,
    /// Whether parts of it are nested too deeply to be read.
    has_unread: bool,
}

impl Document {
    /// Reads and parses a file. What is wrong in it is reported; the sources hold it alone.
    pub(crate) fn load(path: &Path, report: &mut Report) -> (Self, Sources) {
        let name = path.to_string_lossy().replace('\\', "/");
        let mut sources = Sources::of(Role::Document);
        let root = match file::read(path, name.clone(), name, &mut sources, report) {
            Ok(source) => {
                let text = sources.get(source).map_or("", |file| &file.text);
                parse::parse_as(sources.role, &as_yaml(text), source, report)
            }
            Err(span) => Node::broken(span),
        };
        let document = Self {
            is_3_0: version(&root, report).starts_with("3.0"),
            has_unread: has_unread(&root),
            root,
        };
        (document, sources)
    }

    /// Whether everything that nodes say and refer to could be read. Examples and extensions are read by nobody.
    ///
    /// # Errors
    /// A place that they lead to and that is nested too deeply.
    pub(crate) fn readable<'d>(&'d self, nodes: &[&'d Node]) -> Result<(), Mistake> {
        if !self.has_unread {
            return Ok(());
        }
        let mut seen = BTreeSet::new();
        let mut open: Vec<_> = nodes.iter().map(|node| (*node, false)).collect();
        while let Some((node, has_names)) = open.pop() {
            if node.is_broken() {
                return Err(parse::too_deep(Role::Document, node.span));
            }
            if let Some(target) = text(node, "$ref")
                && seen.insert(target)
                && let Ok(found) = self.target(target, node.span)
            {
                open.push((found, false));
            }
            for (key, member) in node.members() {
                let key = key.text.as_str();
                let unread = matches!(key, "example" | "examples") || key.starts_with("x-");
                if has_names || !unread {
                    open.push((member, !has_names && key == "properties"));
                }
            }
            open.extend(node.elements().iter().map(|element| (element, false)));
        }
        Ok(())
    }

    /// What a node stands for: itself, or what its `$ref` leads to in the end.
    ///
    /// # Errors
    /// The place of a reference that leads nowhere, with what is wrong with it.
    pub(crate) fn resolve<'d>(&'d self, node: &'d Node) -> Result<&'d Node, Mistake> {
        let mut at = node;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = at.get("$ref") else {
                return Ok(at);
            };
            let Some(target) = reference.text() else {
                return Ok(at);
            };
            at = self.target(target, reference.span)?;
        }
        Err(Mistake::new(
            "document-ref",
            node.span,
            "this reference leads in a circle",
        )
        .help("make it lead to a value"))
    }

    /// What `#/components/…` leads to.
    pub(crate) fn target(&self, target: &str, span: Span) -> Result<&Node, Mistake> {
        let Some(pointer) = target.strip_prefix('#') else {
            let message = format!("`{target}` leads out of the document");
            return Err(Mistake::new("document-ref", span, message)
                .help("bundle the document into one file first"));
        };
        let mut at = &self.root;
        for step in pointer.split('/').skip(1) {
            let name = unescape(step);
            let element = name
                .parse::<usize>()
                .ok()
                .and_then(|index| at.elements().get(index));
            let Some(inside) = at.get(&name).or(element) else {
                let message = format!("`{target}` leads nowhere: there is no `{name}`");
                let names = at.members().iter().map(|(key, _)| key.text.as_str());
                return Err(Mistake::new("document-ref", span, message)
                    .nearest(&name, names)
                    .help_if_none("take a document that is complete"));
            };
            at = inside;
        }
        Ok(at)
    }

    /// A member of the document's root by a way of names.
    pub(crate) fn at(&self, way: &[&str]) -> Option<&Node> {
        way.iter().try_fold(&self.root, |node, name| node.get(name))
    }

    /// Every operation, in the document's order. Path items that lead nowhere are reported.
    pub(crate) fn operations(&self, report: &mut Report) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in self.at(&["paths"]).map_or(&[][..], Node::members) {
            match self.resolve(item) {
                Ok(item) => operations.extend(operation::of(path, item)),
                Err(mistake) => report.add(mistake),
            }
        }
        operations
    }
}

/// Whether anything in a value could not be read.
fn has_unread(node: &Node) -> bool {
    let mut members = node.members().iter().map(|(_, member)| member);
    node.is_broken() || members.any(has_unread) || node.elements().iter().any(has_unread)
}

/// The document's version; reported when it is none that can be read.
fn version<'d>(root: &'d Node, report: &mut Report) -> &'d str {
    if root.is_broken() {
        return "";
    }
    let mut wrong = |span, message: &str, help: &str| {
        report.add(Mistake::new("document", span, message).help(help));
    };
    match root.get("openapi") {
        Some(version) => match version.text() {
            Some(text) if text.starts_with("3.") => return text,
            _ => wrong(
                version.span,
                "this document is not of OpenAPI 3",
                "take one of version 3.0 or 3.1, and quote the version: `openapi: \"3.1.0\"`",
            ),
        },
        None => match root.key("swagger") {
            Some(key) => wrong(
                key.span,
                "this document is of Swagger 2",
                "convert it to OpenAPI 3 first",
            ),
            None => wrong(
                root.span,
                "this is no OpenAPI document: it has no `openapi`",
                "give a document that begins with `openapi: 3.0.0` or later",
            ),
        },
    }
    ""
}

/// A JSON Pointer's step as the name it stands for; in a `$ref` it is percent-encoded as well.
fn unescape(step: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = step.as_bytes();
    while let [first, after @ ..] = rest {
        let decoded = match (first, after) {
            (b'%', [high, low, ..]) => std::str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes)
        .replace("~1", "/")
        .replace("~0", "~")
}

/// JSON as the YAML that it nearly is: YAML has no tabs between values, and no escapes for halves of a letter.
fn as_yaml(text: &str) -> Cow<'_, str> {
    let is_json = text.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if !is_json {
        return Cow::Borrowed(text);
    }
    // A tab inside of a JSON string is always escaped.
    let mut yaml = text.replace('\t', " ");
    if yaml.contains("\\ud") || yaml.contains("\\uD") {
        yaml = join_surrogates(&yaml);
    }
    Cow::Owned(yaml)
}

/// `\ud83d\ude00` as `\U0001f600`.
fn join_surrogates(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        joined.push_str(before);
        let half = |text: &str| {
            let hex = text.strip_prefix('u')?.get(..4)?;
            u32::from_str_radix(hex, 16).ok()
        };
        let low = after
            .get(5..)
            .and_then(|rest| half(rest.strip_prefix('\\')?));
        rest = if let (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) =
            (half(after), low)
        {
            let letter = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            let _ = write!(joined, "\\U{letter:08x}");
            after.get(11..).unwrap_or_default()
        } else {
            // Whatever is escaped goes along, so that a backslash does not begin the next one.
            let length = after.chars().next().map_or(0, char::len_utf8);
            joined.push('\\');
            joined.push_str(after.get(..length).unwrap_or_default());
            after.get(length..).unwrap_or_default()
        };
    }
    joined.push_str(rest);
    joined
}

/// A text member of a node.
pub(crate) fn text<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.get(name).and_then(Node::text)
}

/// Whether a member of a node is `true`.
pub(crate) fn flag(node: &Node, name: &str) -> bool {
    node.get(name).and_then(Node::bool) == Some(true)
}

/// The texts of a list.
pub(crate) fn texts<'n>(node: &'n Node, name: &str) -> Vec<&'n str> {
    node.get(name)
        .map_or(&[][..], Node::elements)
        .iter()
        .filter_map(Node::text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Document, usize) {
        let mut report = Report::default();
        let root = parse::parse(&as_yaml(text), 0, &mut report);
        let is_3_0 = version(&root, &mut report).starts_with("3.0");
        let mistakes = usize::from(report.has_errors());
        let document = Document {
            has_unread: has_unread(&root),
            root,
            is_3_0,
        };
        (document, mistakes)
    }

    #[test]
    fn json_with_tabs_and_letters_in_halves_is_read() {
        let (document, mistakes) = parsed(
            "{\n\t\"openapi\": \"3.0.3\",\n\t\"info\": {\"title\": \"a\\\\ud83d \\ud83d\\ude00\\/\"}}",
        );
        assert_eq!(mistakes, 0);
        let title = document.at(&["info", "title"]).and_then(Node::text);
        assert_eq!(title, Some("a\\ud83d 😀/"));
        assert!(document.is_3_0);
    }

    #[test]
    fn references_are_followed_and_circles_end() {
        let (document, _) = parsed(
            "openapi: 3.1.0\na: { $ref: '#/b~1c%20d' }\nb/c d: { x: 1 }\nround: { $ref: '#/round' }\nout: { $ref: 'x.yaml#/a' }\n",
        );
        let node = |name| document.at(&[name]).unwrap();
        assert!(document.resolve(node("a")).unwrap().get("x").is_some());
        assert!(document.resolve(node("round")).is_err());
        assert!(document.resolve(node("out")).is_err());
    }

    #[test]
    fn what_is_no_document_is_told() {
        for text in ["swagger: '2.0'", "openapi: 2", "a: 1", "[]"] {
            assert_eq!(parsed(text).1, 1, "{text}");
        }
    }
}
