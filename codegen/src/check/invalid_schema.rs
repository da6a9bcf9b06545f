//! `invalid-schema`: schemas are JSON Schemas, and what they require can be given.

use std::collections::{BTreeSet, HashSet};

use jsonschema::{ValidationError, draft202012};
use serde_json::Value;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
    schema::{has_broken, to_value, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for schema in schemas::every(manifest) {
        if has_broken(schema) {
            continue;
        }
        let mut unknown = false;
        walk(schema, &mut |schema| {
            unknown |= type_is_unknown(schema, report);
        });
        if unknown {
            continue;
        }
        let value = to_value(schema);
        let errors = errors(&value);
        if !errors.is_empty() {
            for (pointer, message) in errors {
                let span = find(schema, &pointer).span;
                let mistake =
                    Mistake::new("invalid-schema", span, format!("no JSON Schema: {message}"));
                report.add(mistake.help("schemas are of JSON Schema 2020-12"));
            }
            continue;
        }
        walk(schema, &mut |schema| {
            required_are_named(schema, report);
            choices_differ(schema, report);
        });
    }
}

/// Where a value is no JSON Schema, and why.
fn errors(schema: &Value) -> BTreeSet<(String, String)> {
    let said = |error: ValidationError<'_>| (error.instance_path().to_string(), error.to_string());
    let meta = draft202012::meta::validator();
    let mut errors: BTreeSet<_> = meta.iter_errors(schema).map(said).collect();
    if errors.is_empty() {
        // What the schema of schemas can not say, such as of a pattern.
        errors.extend(draft202012::new(schema).err().map(said));
    }
    errors
}

const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Says it in better words than the schema of schemas does.
fn type_is_unknown(schema: &Node, report: &mut Report) -> bool {
    let Some(kind) = schema.get("type") else {
        return false;
    };
    let mut unknown = false;
    for (name, node) in std::iter::once(kind)
        .chain(kind.elements())
        .filter_map(|node| Some((node.text()?, node)))
    {
        if !TYPES.contains(&name) {
            unknown = true;
            let mistake = Mistake::new(
                "invalid-schema",
                node.span,
                format!("there is no type `{name}`"),
            );
            report.add(mistake.nearest(name, TYPES));
        }
    }
    unknown
}

/// A closed object that requires a member it does not name accepts nothing.
fn required_are_named(schema: &Node, report: &mut Report) {
    let closed = schema.get("additionalProperties").and_then(Node::bool) == Some(false);
    if !closed || schema.get("patternProperties").is_some() {
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
    for choice in choices {
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
