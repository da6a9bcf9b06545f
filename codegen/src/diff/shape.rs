//! Two schemas beside each other: types, words, members and elements.

use std::collections::BTreeSet;

use super::{Change, Comparison};
use crate::{
    names::nearest,
    node::{Kind, Node, Text},
    openapi::{Document, texts},
    source::Span,
};

/// Deeper than any manifest's schemas.
const DEEPEST: usize = 16;

/// More alternatives than any schema has that says something.
const MOST: usize = 2_000;

/// What is said of a map beside an object with members.
const TAKES_ANY: &str = "this takes any names, and the document has names of its own";

/// One of the things that a schema takes.
#[derive(Debug, Clone, Default)]
struct Shape<'n> {
    kinds: BTreeSet<&'n str>,
    /// The texts it may be; any when `None`.
    words: Option<Vec<&'n str>>,
    properties: Vec<(&'n Text, &'n Node)>,
    required: Vec<&'n str>,
    items: Option<&'n Node>,
    /// What members without a name are.
    rest: Option<&'n Node>,
}

/// A schema, its references followed, `allOf` merged and alternatives one by one.
#[derive(Debug, Clone)]
pub(super) struct Theirs<'n> {
    shapes: Vec<Shape<'n>>,
    span: Span,
}

impl<'n> Theirs<'n> {
    pub(super) fn of(document: &'n Document, node: &'n Node) -> Self {
        Self {
            shapes: shapes(document, node, 0, &mut 0),
            span: node.span,
        }
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// Whether it says of which type it is, in every alternative.
    pub(super) fn is_known(&self) -> bool {
        !self.shapes.is_empty() && self.shapes.iter().all(|shape| !shape.kinds.is_empty())
    }

    pub(super) fn takes(&self, kind: &str) -> bool {
        self.shapes.iter().any(|shape| shape.kinds.contains(kind))
    }

    /// The members it names; `None` when it names none.
    pub(super) fn properties(&self) -> Option<Vec<(&'n Text, &'n Node)>> {
        let mut all: Vec<(&Text, &Node)> = Vec::new();
        for (key, node) in self.shapes.iter().flat_map(|shape| &shape.properties) {
            if all.iter().all(|(other, _)| other.text != key.text) {
                all.push((key, node));
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// Whether there may be members that it does not name, and it says so.
    pub(super) fn is_open(&self) -> bool {
        self.shapes
            .iter()
            .any(|shape| shape.rest.is_some_and(|rest| rest.bool() != Some(false)))
    }

    pub(super) fn requires(&self, name: &str) -> bool {
        let objects: Vec<_> = self
            .shapes
            .iter()
            .filter(|shape| !shape.properties.is_empty())
            .collect();
        !objects.is_empty() && objects.iter().all(|shape| shape.required.contains(&name))
    }

    /// The texts it takes; `None` when it takes any, or none.
    pub(super) fn words(&self) -> Option<Vec<&'n str>> {
        let mut words = Vec::new();
        for shape in self
            .shapes
            .iter()
            .filter(|shape| shape.kinds.contains("string"))
        {
            words.extend(shape.words.clone()?);
        }
        (!words.is_empty()).then_some(words)
    }

    /// The types, for messages.
    pub(super) fn told(&self) -> String {
        let kinds: BTreeSet<&str> = self
            .shapes
            .iter()
            .flat_map(|shape| shape.kinds.iter().copied())
            .collect();
        match kinds.into_iter().collect::<Vec<_>>().join("` or `") {
            none if none.is_empty() => "anything".to_owned(),
            some => format!("`{some}`"),
        }
    }

    fn objects(&self) -> Vec<&Shape<'n>> {
        let objects = self.shapes.iter();
        objects
            .filter(|shape| shape.kinds.contains("object"))
            .collect()
    }
}

/// Adds what is different between two schemas.
pub(super) fn compare<'d>(
    comparison: &mut Comparison<'d>,
    ours: &'d Node,
    theirs: &Theirs<'d>,
    at: &str,
    depth: usize,
) {
    if depth > DEEPEST {
        return;
    }
    let mine = Theirs::of(comparison.document, ours);
    if !mine.is_known() || !theirs.is_known() {
        return;
    }
    kinds(comparison, ours, &mine, theirs, at);
    words(comparison, ours, &mine, theirs, at);
    let items = |shapes: &[Shape<'d>]| shapes.iter().find_map(|shape| shape.items);
    if let (Some(ours), Some(items)) = (items(&mine.shapes), items(&theirs.shapes)) {
        let theirs = Theirs::of(comparison.document, items);
        compare(comparison, ours, &theirs, &format!("{at}[]"), depth + 1);
    }
    objects(comparison, ours, &mine, theirs, at, depth);
}

fn kinds<'d>(
    comparison: &mut Comparison<'d>,
    ours: &'d Node,
    mine: &Theirs<'d>,
    theirs: &Theirs<'d>,
    at: &str,
) {
    let set = |all: &Theirs<'d>| -> BTreeSet<&'d str> {
        let kinds = all
            .shapes
            .iter()
            .flat_map(|shape| shape.kinds.iter().copied());
        let mut kinds: BTreeSet<&str> = kinds.filter(|kind| *kind != "null").collect();
        if kinds.contains("number") {
            kinds.remove("integer");
        }
        kinds
    };
    let (mine_set, theirs_set) = (set(mine), set(theirs));
    // Every integer is a number.
    let within = |kind: &str, other: &BTreeSet<&str>| {
        other.contains(kind) || (kind == "integer" && other.contains("number"))
    };
    let span = Some(theirs.span);
    if mine_set.iter().any(|kind| !within(kind, &theirs_set)) {
        let message = format!(
            "this takes {}, and the document {}",
            mine.told(),
            theirs.told()
        );
        comparison.add(Change::Retyped, at, &message, ours.span, span);
    } else if theirs_set.iter().any(|kind| !within(kind, &mine_set)) {
        let message = format!(
            "this takes {}, and the document {}",
            mine.told(),
            theirs.told()
        );
        comparison.add(Change::Widened, at, &message, ours.span, span);
    }
}

fn words<'d>(
    comparison: &mut Comparison<'d>,
    ours: &'d Node,
    mine: &Theirs<'d>,
    theirs: &Theirs<'d>,
    at: &str,
) {
    let (Some(mine), Some(words)) = (mine.words(), theirs.words()) else {
        return;
    };
    let list = |one: &[&str], other: &[&str]| -> String {
        let rest: Vec<&str> = one
            .iter()
            .copied()
            .filter(|word| !other.contains(word))
            .collect();
        rest.join("`, `")
    };
    let span = Some(theirs.span);
    let more = list(&words, &mine);
    if !more.is_empty() {
        let message = format!("the document also takes `{more}`");
        comparison.add(Change::Widened, at, &message, ours.span, span);
    }
    let fewer = list(&mine, &words);
    if !fewer.is_empty() {
        let message = format!("the document does not take `{fewer}`");
        comparison.add(Change::Narrowed, at, &message, ours.span, span);
    }
}

fn objects<'d>(
    comparison: &mut Comparison<'d>,
    ours: &'d Node,
    mine: &Theirs<'d>,
    theirs: &Theirs<'d>,
    at: &str,
    depth: usize,
) {
    let (mine, others) = (mine.objects(), theirs.objects());
    if mine.is_empty() || others.is_empty() {
        return;
    }
    if let Some(tag) =
        tag(&mine).filter(|tag| others.iter().all(|shape| constant(shape, tag).is_some()))
        && (mine.len() > 1 || others.len() > 1)
    {
        for shape in &mine {
            let word = constant(shape, tag).unwrap_or_default();
            let at = format!("{at}({word})");
            let same = others
                .iter()
                .find(|other| constant(other, tag) == Some(word));
            if let Some(other) = same {
                members(comparison, ours, shape, other, theirs.span, &at, depth);
            } else {
                let message = format!("the document has no alternative `{word}`");
                comparison.add(Change::Gone, &at, &message, ours.span, Some(theirs.span));
            }
        }
        for other in &others {
            let word = constant(other, tag).unwrap_or_default();
            if mine.iter().all(|shape| constant(shape, tag) != Some(word)) {
                let message = format!("the document also has the alternative `{word}`");
                let at = format!("{at}({word})");
                comparison.add(Change::New, &at, &message, ours.span, Some(theirs.span));
            }
        }
        return;
    }
    if let ([shape], [other]) = (mine.as_slice(), others.as_slice()) {
        members(comparison, ours, shape, other, theirs.span, at, depth);
        return;
    }
    // A map beside objects with names of their own.
    if mine
        .iter()
        .all(|shape| shape.properties.is_empty() && shape.rest.is_some())
        && others.iter().all(|other| !other.properties.is_empty())
    {
        let message = TAKES_ANY;
        comparison.add(Change::Retyped, at, message, ours.span, Some(theirs.span));
    }
}

fn members<'d>(
    comparison: &mut Comparison<'d>,
    ours: &'d Node,
    mine: &Shape<'d>,
    theirs: &Shape<'d>,
    span: Span,
    at: &str,
    depth: usize,
) {
    if mine.properties.is_empty() {
        let named = |rest: Option<&'d Node>| rest.filter(|rest| !rest.members().is_empty());
        match (named(mine.rest), named(theirs.rest)) {
            (Some(ours), Some(rest)) => {
                let theirs = Theirs::of(comparison.document, rest);
                compare(comparison, ours, &theirs, &format!("{at}.*"), depth + 1);
            }
            (Some(rest), None) if !theirs.properties.is_empty() => {
                let message =
                    "this takes any names, and the document has names of its own".to_owned();
                comparison.add(Change::Retyped, at, &message, rest.span, Some(span));
            }
            _ => {}
        }
        return;
    }
    if theirs.properties.is_empty() {
        return;
    }
    let is_open = theirs.rest.is_some_and(|rest| rest.bool() != Some(false));
    let name = |key: &(&Text, &Node)| key.0.text.clone();
    let (mine_names, their_names): (Vec<String>, Vec<String>) = (
        mine.properties.iter().map(name).collect(),
        theirs.properties.iter().map(name).collect(),
    );
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter()
            .filter(|name| !other.contains(name))
            .cloned()
            .collect()
    };
    let free = only(&their_names, &mine_names);
    let free: Vec<&str> = free.iter().map(String::as_str).collect();
    let gone = only(&mine_names, &their_names);
    let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
    for (key, node) in &mine.properties {
        let at = format!("{at}.{}", key.text);
        let Some((their_key, schema)) = theirs
            .properties
            .iter()
            .find(|(one, _)| one.text == key.text)
        else {
            if !is_open {
                comparison.missing(&key.text, &at, key.span, &free, span);
            }
            continue;
        };
        let inner = Theirs::of(comparison.document, schema);
        compare(comparison, node, &inner, &at, depth + 1);
        let required = |shape: &Shape<'_>| shape.required.contains(&key.text.as_str());
        match (required(mine), required(theirs)) {
            (true, false) => {
                let message = format!("`{}` is required here, and not in the document", key.text);
                comparison.add(
                    Change::Required,
                    &at,
                    &message,
                    key.span,
                    Some(their_key.span),
                );
            }
            (false, true) => {
                let message = format!("the document requires `{}`", key.text);
                comparison.add(
                    Change::Required,
                    &at,
                    &message,
                    key.span,
                    Some(their_key.span),
                );
            }
            _ => {}
        }
    }
    for (key, _) in theirs
        .properties
        .iter()
        .filter(|(key, _)| free.contains(&key.text.as_str()))
    {
        if nearest(&key.text, &gone).is_none() {
            let required = theirs.required.contains(&key.text.as_str());
            let (what, at) = (format!("`{}`", key.text), format!("{at}.{}", key.text));
            comparison.unsent(required, &what, &at, ours.span, Some(key.span));
        }
    }
}

/// The member whose only word tells objects apart.
fn tag<'n>(objects: &[&Shape<'n>]) -> Option<&'n str> {
    let first = objects.first()?;
    let names = first.properties.iter().map(|(key, _)| key.text.as_str());
    names
        .filter(|name| objects.iter().all(|shape| constant(shape, name).is_some()))
        .find(|name| {
            let words: BTreeSet<_> = objects
                .iter()
                .filter_map(|shape| constant(shape, name))
                .collect();
            words.len() == objects.len()
        })
}

/// The only text that a member may be.
fn constant<'n>(shape: &Shape<'n>, name: &str) -> Option<&'n str> {
    let (_, node) = shape.properties.iter().find(|(key, _)| key.text == name)?;
    match node.get("enum").map(Node::elements) {
        Some([word]) => word.text(),
        Some(_) => None,
        None => node.get("const")?.text(),
    }
}

/// `made` counts the schemas that were looked at: those that name others twice, and these again, are too many.
fn shapes<'n>(
    document: &'n Document,
    node: &'n Node,
    depth: usize,
    made: &mut usize,
) -> Vec<Shape<'n>> {
    *made += 1;
    let Some(node) = document.resolve(node).ok().filter(|_| *made <= MOST) else {
        return vec![Shape::default()];
    };
    let mut all = vec![own(node)];
    if depth > DEEPEST {
        return all;
    }
    for member in node.get("allOf").map_or(&[][..], Node::elements) {
        all = combined(&all, &shapes(document, member, depth + 1, made));
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(union) = node.get(key) {
            let branches = union.elements().iter();
            let branches: Vec<_> = branches
                .flat_map(|one| shapes(document, one, depth + 1, made))
                .collect();
            all = combined(&all, &branches);
        }
    }
    all.retain(|shape| shape.kinds.len() != 1 || !shape.kinds.contains("null"));
    all
}

fn own(node: &Node) -> Shape<'_> {
    let mut kinds: BTreeSet<&str> = match node.get("type").map(|kind| &kind.kind) {
        Some(Kind::Text(kind)) => [kind.as_str()].into(),
        Some(Kind::List(kinds)) => kinds.iter().filter_map(Node::text).collect(),
        _ => BTreeSet::new(),
    };
    let listed = node
        .get("const")
        .and_then(Node::text)
        .map(|word| vec![word]);
    let listed = listed.or_else(|| {
        let words = node.get("enum")?.elements().iter().map(Node::text);
        words.collect::<Option<Vec<_>>>()
    });
    if kinds.is_empty() && listed.is_some() {
        kinds.insert("string");
    }
    if kinds.is_empty() && node.get("properties").is_some() {
        kinds.insert("object");
    }
    let properties = node.get("properties").map_or(&[][..], Node::members);
    Shape {
        kinds,
        words: listed,
        properties: properties.iter().map(|(key, node)| (key, node)).collect(),
        required: texts(node, "required"),
        items: node.get("items"),
        rest: node.get("additionalProperties"),
    }
}

/// Each of some with each of others; anything where those are too many.
fn combined<'n>(some: &[Shape<'n>], others: &[Shape<'n>]) -> Vec<Shape<'n>> {
    let both = |one: &Shape<'n>, other: &Shape<'n>| {
        let mut both = one.clone();
        if both.kinds.is_empty() {
            both.kinds.clone_from(&other.kinds);
        }
        both.words = other.words.clone().or(both.words);
        both.items = other.items.or(both.items);
        both.rest = other.rest.or(both.rest);
        both.required.extend(&other.required);
        for (key, node) in &other.properties {
            match both
                .properties
                .iter_mut()
                .find(|(name, _)| name.text == key.text)
            {
                Some(place) => *place = (key, node),
                None => both.properties.push((key, node)),
            }
        }
        both
    };
    if some.len() * others.len() > MOST {
        return vec![Shape::default()];
    }
    some.iter()
        .flat_map(|one| others.iter().map(move |other| both(one, other)))
        .collect()
}
