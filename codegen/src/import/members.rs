//! A schema as the members of an object, for what looks at them one by one.

use crate::{
    diagnostics::Mistake,
    node::{Kind, Node},
    openapi::{Document, flag, text, texts},
};

/// The most schemas that are looked into for one, however often they are referred to.
const MOST: usize = 1_000;

/// The members of an object, `allOf` merged; what kind of value it is else.
#[derive(Debug, Default)]
pub(super) struct Shape<'d> {
    pub(super) kind: Option<&'d str>,
    pub(super) properties: Vec<(&'d str, &'d Node)>,
    pub(super) required: Vec<&'d str>,
    pub(super) items: Option<&'d Node>,
    /// Whether null or one of several may stand there instead.
    pub(super) varies: bool,
}

/// What a schema comes to.
pub(super) fn merged<'d>(node: &'d Node, document: &'d Document) -> Result<Shape<'d>, Mistake> {
    within(node, document, 0, &mut 0)
}

fn within<'d>(
    node: &'d Node,
    document: &'d Document,
    depth: usize,
    seen: &mut usize,
) -> Result<Shape<'d>, Mistake> {
    *seen += 1;
    let node = document.resolve(node)?;
    let mut shape = Shape {
        items: node.get("items"),
        required: texts(node, "required"),
        varies: flag(node, "nullable")
            || ["anyOf", "oneOf"].iter().any(|key| node.get(key).is_some()),
        ..Shape::default()
    };
    match node.get("type").map(|kind| &kind.kind) {
        Some(Kind::Text(kind)) => shape.kind = Some(kind),
        Some(Kind::List(_)) => shape.varies = true,
        _ => {}
    }
    if depth < 8 && *seen < MOST {
        for member in node.get("allOf").map_or(&[][..], Node::elements) {
            let member = within(member, document, depth + 1, seen)?;
            shape.kind = shape.kind.or(member.kind);
            shape.items = shape.items.or(member.items);
            shape.varies |= member.varies;
            shape.required.extend(member.required);
            add(&mut shape.properties, member.properties);
        }
    }
    let own = node.get("properties").map_or(&[][..], Node::members);
    let own = own.iter().map(|(key, node)| (key.text.as_str(), node));
    add(&mut shape.properties, own.collect());
    if !shape.properties.is_empty() {
        shape.kind = shape.kind.or(Some("object"));
    }
    Ok(shape)
}

fn add<'d>(all: &mut Vec<(&'d str, &'d Node)>, more: Vec<(&'d str, &'d Node)>) {
    for (name, node) in more {
        match all.iter_mut().find(|(other, _)| *other == name) {
            Some(other) => other.1 = node,
            None => all.push((name, node)),
        }
    }
}

/// Files that stand somewhere in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    One,
    Several,
}

/// The files that a schema of a form means, if it does.
pub(super) fn files(node: &Node, document: &Document) -> Option<Files> {
    of_depth(node, document, 0)
}

fn of_depth(node: &Node, document: &Document, depth: usize) -> Option<Files> {
    let node = document.resolve(node).ok()?;
    if is_binary(node) {
        return Some(Files::One);
    }
    if depth > 4 {
        return None;
    }
    let inside = |node| of_depth(node, document, depth + 1);
    if let Some(items) = node.get("items") {
        return inside(items).map(|_| Files::Several);
    }
    let members = ["anyOf", "oneOf", "allOf"].into_iter();
    let members = members.filter_map(|key| node.get(key));
    let found: Vec<_> = members
        .flat_map(Node::elements)
        .filter_map(inside)
        .collect();
    if found.contains(&Files::Several) {
        return Some(Files::Several);
    }
    found.first().copied()
}

/// Whether a schema is of bytes: `format: binary`, or in OpenAPI 3.1 a media type without an encoding.
pub(super) fn is_binary(node: &Node) -> bool {
    let is_text = node
        .get("type")
        .is_none_or(|kind| kind.text() == Some("string"));
    let bytes = text(node, "format") == Some("binary")
        || (node.get("contentMediaType").is_some() && node.get("contentEncoding").is_none());
    is_text && bytes
}

/// Whether bytes stand somewhere in a schema of JSON, which has no place for them.
pub(super) fn has_binary(node: &Node, document: &Document) -> bool {
    let Ok(shape) = merged(node, document) else {
        return false;
    };
    files(node, document).is_some()
        || shape
            .properties
            .iter()
            .any(|(_, node)| files(node, document).is_some())
}
