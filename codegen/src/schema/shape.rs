//! What a JSON Schema says of the shape of a value: types, members, elements.

use std::collections::BTreeSet;

use crate::{
    model::Step,
    node::{Kind, Node},
};

/// What is known of a value.
#[derive(Debug, Clone)]
pub(crate) enum Known<'n> {
    /// Nothing: it may be anything.
    Any,
    /// It fits one of these.
    One(Vec<&'n Node>),
}

/// How members are looked at that an object schema does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unnamed {
    /// As JSON Schema does: there may be any, unless the schema closes the object.
    Open,
    /// As a writer means it: a schema that names members and does not say that there are others has no others.
    Closed,
}

impl<'n> Known<'n> {
    /// What a schema says; alternatives one by one.
    pub(crate) fn of(schema: &'n Node) -> Self {
        let mut found = Vec::new();
        if expand(schema, &mut found) {
            Self::One(found)
        } else {
            Self::Any
        }
    }

    /// One step into the value; else the names that are there.
    pub(crate) fn step(&self, step: &Step, unnamed: Unnamed) -> Result<Self, Vec<&'n str>> {
        let Self::One(schemas) = self else {
            return Ok(Self::Any);
        };
        let mut found = Vec::new();
        let mut names = Vec::new();
        for schema in schemas {
            match into(schema, step, unnamed, &mut names) {
                Inside::Any => return Ok(Self::Any),
                Inside::Found(schema) => match Self::of(schema) {
                    Self::Any => return Ok(Self::Any),
                    Self::One(mut more) => found.append(&mut more),
                },
                Inside::Nowhere => {}
            }
        }
        if found.is_empty() {
            Err(names)
        } else {
            Ok(Self::One(found))
        }
    }

    /// The types that the value may have, null aside; `None` for any.
    pub(crate) fn types(&self) -> Option<BTreeSet<&'n str>> {
        let Self::One(schemas) = self else {
            return None;
        };
        let mut all = BTreeSet::new();
        for schema in schemas {
            all.append(&mut types(schema)?);
        }
        all.remove("null");
        Some(all)
    }
}

/// The types that a schema names, without looking into alternatives; `None` when it names none.
pub(crate) fn types(schema: &Node) -> Option<BTreeSet<&str>> {
    match &schema.get("type")?.kind {
        Kind::Text(kind) => Some([kind.as_str()].into()),
        Kind::List(kinds) => kinds.iter().map(Node::text).collect(),
        _ => None,
    }
}

/// The types that JSON Schema has.
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Whether a schema names a type that JSON Schema has not, in whatever way.
pub(crate) fn has_unknown_type(schema: &Node) -> bool {
    schema.get("type").is_some()
        && types(schema).is_none_or(|types| types.iter().any(|kind| !TYPES.contains(kind)))
}

/// Collects the alternatives of a schema; false when it says too little.
fn expand<'n>(schema: &'n Node, found: &mut Vec<&'n Node>) -> bool {
    if let Some(union) = schema.get("anyOf").or_else(|| schema.get("oneOf"))
        && schema.get("type").is_none()
    {
        return union.elements().iter().all(|member| expand(member, found));
    }
    found.push(schema);
    schema.get("type").is_some()
}

enum Inside<'n> {
    Any,
    Found(&'n Node),
    Nowhere,
}

fn into<'n>(
    schema: &'n Node,
    step: &Step,
    unnamed: Unnamed,
    names: &mut Vec<&'n str>,
) -> Inside<'n> {
    let is = |kind: &str| types(schema).is_none_or(|types| types.contains(kind));
    match step {
        Step::Key(key) if is("object") => {
            let properties = schema.get("properties").map_or(&[][..], Node::members);
            if let Some((_, property)) = properties.iter().find(|(name, _)| name.text == *key) {
                return Inside::Found(property);
            }
            names.extend(properties.iter().map(|(name, _)| name.text.as_str()));
            let dynamic = ["patternProperties", "allOf"]
                .iter()
                .any(|keyword| schema.get(keyword).is_some());
            match schema.get("additionalProperties") {
                Some(rest) if rest.bool() == Some(false) && !dynamic => Inside::Nowhere,
                Some(rest) if !rest.members().is_empty() => Inside::Found(rest),
                None if unnamed == Unnamed::Closed && !properties.is_empty() && !dynamic => {
                    Inside::Nowhere
                }
                _ => Inside::Any,
            }
        }
        Step::Index(_) if is("array") => match schema.get("items") {
            Some(items) if schema.get("prefixItems").is_none() => Inside::Found(items),
            _ => Inside::Any,
        },
        _ => Inside::Nowhere,
    }
}
