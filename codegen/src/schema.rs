//! Reads JSON Schemas that are still [`Node`]s.

mod fit;
mod shape;
mod walk;

use serde_json::Value;

pub(crate) use fit::{Unfit, unfit, unfit_types, unfit_value};
pub(crate) use shape::{Known, Shape, Unnamed, has_unknown_type, types};
use walk::{LIST, NAMED, ONE, PLAIN};
pub(crate) use walk::{has_broken, walk};

use crate::node::{Kind, Node, Text};

/// The keyword that says what to use instead of a property that does not exist. It never reaches clients.
pub(crate) const INSTEAD: &str = "x-instead";

/// The keyword that names a part of an input that some providers lack. It never reaches clients.
pub(crate) const FEATURE: &str = "x-feature";

/// The keyword of a part that clients see without its inside. It never reaches them.
pub(crate) const BRIEF: &str = "x-brief";

/// The keyword that allows a warning about a part, with the reason. It never reaches clients.
pub(crate) const ALLOW: &str = "x-allow";

/// The keyword that names the header in which a client repeats an input over HTTP, for whoever routes requests.
pub(crate) const HEADER: &str = "x-mcp-header";

/// Every keyword that a schema of a manifest may have.
pub(crate) fn keywords() -> Vec<&'static str> {
    let others = [
        "dependentRequired",
        "$comment",
        "$schema",
        "$anchor",
        INSTEAD,
        FEATURE,
        HEADER,
        BRIEF,
        ALLOW,
    ];
    [&ONE[..], &LIST, &NAMED, &PLAIN, &others].concat()
}

/// The schema as values are checked by it: without the keywords that are not JSON Schema's, and without the line end of
/// a folded description.
pub(crate) fn to_value(node: &Node) -> Value {
    match &node.kind {
        Kind::List(elements) => elements.iter().map(to_value).collect(),
        Kind::Map(members) => {
            let members = members
                .iter()
                .filter(|(key, _)| !matches!(key.text.as_str(), INSTEAD | FEATURE | BRIEF | ALLOW));
            Value::Object(
                members
                    .map(|(key, value)| (key.text.clone(), member(&key.text, value)))
                    .collect(),
            )
        }
        _ => node.to_value(),
    }
}

/// The schema as clients see it, of a provider that lacks nothing: of a [`BRIEF`] part its type and description.
pub(crate) fn shown(node: &Node) -> Value {
    let mut value = to_value(node);
    for at in briefs(node) {
        if let Some(Value::Object(members)) = value.pointer_mut(&at) {
            members.retain(|key, _| matches!(key.as_str(), "type" | "description"));
        }
    }
    value
}

/// The places of the [`BRIEF`] parts in a schema, as JSON Pointers, those inside of others left out.
pub(crate) fn briefs(schema: &Node) -> Vec<String> {
    let mut places = Vec::new();
    let mut parts = vec![Part::root(schema)];
    while let Some(part) = parts.pop() {
        if part.schema.get(BRIEF).is_some() {
            places.push(part.at);
        } else {
            parts.extend(part.inner());
        }
    }
    places.sort();
    places
}

fn member(name: &str, value: &Node) -> Value {
    match value.text() {
        Some(text) if matches!(name, "description" | "title") => {
            Value::String(text.trim().to_owned())
        }
        _ => to_value(value),
    }
}

/// Whether null is valid. What can not be compiled is said to accept it.
pub(crate) fn accepts_null(node: &Node) -> bool {
    // Most schemas name a type, and need no validator to be made.
    if types(node).is_some_and(|types| !types.contains("null")) {
        return false;
    }
    jsonschema::draft202012::new(&to_value(node))
        .map_or(true, |schema| schema.is_valid(&Value::Null))
}

/// What to say of a property that the input does not have.
pub(crate) struct Instead<'n> {
    /// JSON Pointer, in an input, of the object that would hold it.
    pub(crate) within: String,
    pub(crate) name: &'n Text,
    pub(crate) help: String,
}

/// Every [`INSTEAD`] of a schema that can be reached by the names of properties.
pub(crate) fn instead(schema: &Node) -> Vec<Instead<'_>> {
    let mut found = Vec::new();
    collect(schema, "", &mut found);
    found
}

fn collect<'n>(schema: &'n Node, within: &str, found: &mut Vec<Instead<'n>>) {
    for (name, help) in schema.get(INSTEAD).map_or(&[][..], Node::members) {
        let help = help.text().unwrap_or_default().trim().to_owned();
        found.push(Instead {
            within: within.to_owned(),
            name,
            help,
        });
    }
    for (name, property) in schema.get("properties").map_or(&[][..], Node::members) {
        let name = name.text.replace('~', "~0").replace('/', "~1");
        collect(property, &format!("{within}/{name}"), found);
    }
    for union in ["allOf", "anyOf", "oneOf"] {
        for member in schema.get(union).map_or(&[][..], Node::elements) {
            collect(member, within, found);
        }
    }
}

/// A part of an input that some providers lack.
pub(crate) struct Feature<'n> {
    pub(crate) name: Text,
    /// JSON Pointer of the part in the input's schema.
    pub(crate) at: String,
    /// The schema that is the part.
    pub(crate) schema: &'n Node,
    /// What holds the part: `properties`, a union's name, or another keyword.
    pub(crate) holder: &'n str,
    /// Whether the object that holds the property cannot do without it.
    pub(crate) required: bool,
}

/// Every [`FEATURE`] of a schema, wherever a schema stands in it.
pub(crate) fn features(schema: &Node) -> Vec<Feature<'_>> {
    let mut found = Vec::new();
    seek(&Part::root(schema), &mut found);
    found
}

/// A schema inside a schema, with its place in the whole.
struct Part<'n> {
    schema: &'n Node,
    at: String,
    holder: &'n str,
    required: bool,
}

impl<'n> Part<'n> {
    fn root(schema: &'n Node) -> Self {
        Self {
            schema,
            at: String::new(),
            holder: "",
            required: false,
        }
    }

    /// The schemas right inside of it.
    fn inner(&self) -> Vec<Self> {
        let required = self.schema.get("required").map_or(&[][..], Node::elements);
        let mut parts = Vec::new();
        for (key, value) in self.schema.members() {
            let holder = key.text.as_str();
            let part = |name: &str, schema: &'n Node| Part {
                schema,
                at: format!("{}/{name}", self.at),
                holder,
                required: false,
            };
            if ONE.contains(&holder) {
                parts.push(part(holder, value));
            } else if LIST.contains(&holder) {
                let branches = value.elements().iter().enumerate();
                parts.extend(branches.map(|(index, one)| part(&format!("{holder}/{index}"), one)));
            } else if NAMED.contains(&holder) {
                for (name, schema) in value.members() {
                    let escaped = name.text.replace('~', "~0").replace('/', "~1");
                    let required = required.iter().any(|one| one.text() == Some(&name.text));
                    let part = part(&format!("{holder}/{escaped}"), schema);
                    parts.push(Part { required, ..part });
                }
            }
        }
        parts
    }
}

fn seek<'n>(part: &Part<'n>, found: &mut Vec<Feature<'n>>) {
    for inner in part.inner() {
        seek(&inner, found);
    }
    if let Some(name) = part.schema.get(FEATURE) {
        found.push(Feature {
            name: Text {
                text: name.text().unwrap_or_default().trim().to_owned(),
                span: name.span,
            },
            at: part.at.clone(),
            schema: part.schema,
            holder: part.holder,
            required: part.required,
        });
    }
}
