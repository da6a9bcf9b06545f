//! `invalid-schema`: schemas are JSON Schemas, and what they require can be given.

use std::{
    collections::{BTreeSet, HashSet},
    ptr,
};

use jsonschema::{ValidationError, draft202012};
use serde_json::{Value, json};

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::{Kind, Node},
    schema::{has_broken, to_value, walk},
    source::Span,
};

const OF_JSON_SCHEMA: &str = "schemas are of JSON Schema 2020-12";

/// How to mend what other languages write in the property itself.
const REQUIRED: &str = "the object around lists what it requires: write the property's name there, as `required: [name]`";

/// The longest message that quotes what is wrong, in bytes.
const LONG: usize = 200;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for schema in schemas::every(manifest) {
        let mut told = Vec::new();
        walk(schema, &mut |schema| {
            told.extend(unknown_type(schema, report));
            required_are_named(schema, report);
            choices_differ(schema, report);
            told.extend(pattern_is_unreadable(schema, report));
        });
        let value = readable(schema);
        let mut errors = Vec::new();
        let mut is_right = told.is_empty();
        for (pointer, message) in self::errors(&value) {
            is_right = false;
            let at = find(schema, &pointer);
            // What could not be read, and what was said in better words, is told already.
            if !at.is_broken() && !told.iter().any(|told| ptr::eq(*told, at)) {
                if at.bool().is_some() && pointer.ends_with("/required") {
                    report.add(no_schema(at.span, &message).help(REQUIRED));
                    continue;
                }
                errors.push((at.span, message));
            }
        }
        if is_right {
            // What none of the rules above says.
            let rest = draft202012::new(&value).err().map(|error| said(&error));
            errors.extend(rest.map(|(pointer, message)| (find(schema, &pointer).span, message)));
        }
        for (span, message) in errors {
            report.add(no_schema(span, &message).help_if_none(OF_JSON_SCHEMA));
        }
    }
}

fn no_schema(span: Span, message: &str) -> Mistake {
    Mistake::new("invalid-schema", span, format!("no JSON Schema: {message}"))
}

/// The schema with `true`, which says nothing, in the places that could not be read.
fn readable(schema: &Node) -> Value {
    fn fill(node: &mut Node) {
        match &mut node.kind {
            Kind::Broken => node.kind = Kind::Bool(true),
            Kind::List(elements) => elements.iter_mut().for_each(fill),
            Kind::Map(members) => members.iter_mut().for_each(|(_, member)| fill(member)),
            _ => {}
        }
    }
    if !has_broken(schema) {
        return to_value(schema);
    }
    let mut schema = schema.clone();
    fill(&mut schema);
    to_value(&schema)
}

/// Where a value is no JSON Schema, and why.
fn errors(schema: &Value) -> BTreeSet<(String, String)> {
    let meta = draft202012::meta::validator();
    meta.iter_errors(schema).map(|error| said(&error)).collect()
}

fn said(error: &ValidationError<'_>) -> (String, String) {
    let mut message = error.to_string();
    if message.len() > LONG {
        message = error.masked_with("this").to_string();
    }
    (error.instance_path().to_string(), message)
}
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Says it in better words than the schema of schemas does. Returns what it said it of.
fn unknown_type<'n>(schema: &'n Node, report: &mut Report) -> Vec<&'n Node> {
    let mut told = Vec::new();
    let Some(kind) = schema.get("type") else {
        return told;
    };
    for (name, node) in std::iter::once(kind)
        .chain(kind.elements())
        .filter_map(|node| Some((node.text()?, node)))
    {
        if !TYPES.contains(&name) {
            // The schema of schemas says it of the list.
            told.extend([kind, node]);
            let mistake = Mistake::new(
                "invalid-schema",
                node.span,
                format!("there is no type `{name}`"),
            );
            report.add(mistake.nearest(name, TYPES));
        }
    }
    told
}

/// Says it of a pattern, which the schema of schemas takes for a text like any other.
fn pattern_is_unreadable<'n>(schema: &'n Node, report: &mut Report) -> Option<&'n Node> {
    let pattern = schema.get("pattern")?;
    let error = draft202012::new(&json!({"pattern": pattern.text()?})).err()?;
    report.add(no_schema(pattern.span, &error.to_string()).help(OF_JSON_SCHEMA));
    Some(pattern)
}

/// A closed object that requires a member it does not name accepts nothing.
fn required_are_named(schema: &Node, report: &mut Report) {
    let closed = schema.get("additionalProperties").and_then(Node::bool) == Some(false);
    let unread = schema.get("properties").is_some_and(Node::is_broken);
    if !closed || unread || schema.get("patternProperties").is_some() {
        return;
    }
    let names = || {
        schema
            .get("properties")
            .map_or(&[][..], Node::members)
            .iter()
            .map(|(key, _)| key.text.as_str())
    };
    for required in schema.get("required").map_or(&[][..], Node::elements) {
        if let Some(name) = required.text()
            && names().all(|other| other != name)
        {
            let message = format!("`{name}` is required and is no property, so nothing is valid");
            report
                .add(Mistake::new("invalid-schema", required.span, message).nearest(name, names()));
        }
    }
}

/// A choice that is listed twice was meant to be another.
fn choices_differ(schema: &Node, report: &mut Report) {
    let choices = schema.get("enum").map_or(&[][..], Node::elements);
    let mut seen = HashSet::new();
    for choice in choices.iter().filter(|choice| !has_broken(choice)) {
        let value = to_value(choice);
        if seen.contains(&value) {
            let message = format!("`{value}` is a choice already");
            let mistake = Mistake::new("invalid-schema", choice.span, message);
            report.add(mistake.help("remove it, or write the choice that was meant"));
        } else {
            seen.insert(value);
        }
    }
}

/// The node at a JSON Pointer, or the nearest that holds it.
pub(super) fn find<'n>(schema: &'n Node, pointer: &str) -> &'n Node {
    let mut at = schema;
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        let element = name
            .parse::<usize>()
            .ok()
            .and_then(|index| at.elements().get(index));
        match at.get(&name).or(element) {
            Some(inside) => at = inside,
            None => break,
        }
    }
    at
}
