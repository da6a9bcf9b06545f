//! JSON Schemas as typify can be trusted with. By the time a value meets its Rust type `jsonschema` has
//! validated it, so the type only has to hold what the schema accepts and write it back the same: limits
//! go, and whatever is not surely faithful becomes `{}`, which is `serde_json::Value`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    names::pascal,
    node::{Kind, Node},
    schema,
};

/// Which way values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Into Rust: everything the schema accepts must fit and come back the same, numbers to the digit.
    In,
    /// Out of Rust: plain numbers, and no room for members that the schema does not name.
    Out,
}

/// Names that would hide what generated code or a reader means by them.
const HIDING: [&str; 8] = [
    "Box", "Default", "Option", "Result", "Self", "String", "Value", "Vec",
];

/// Schemas by the names of their Rust types. Every type has a name of ours: two places that happen to
/// suggest the same name never share a type that only fits one of them.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    schemas: BTreeMap<String, Value>,
    /// The names of the roots, which only the root they are meant for may take.
    reserved: BTreeSet<String>,
    /// The name of the root at hand.
    root: String,
}

impl Definitions {
    /// With these names kept for roots.
    pub(crate) fn new<'n>(roots: impl IntoIterator<Item = &'n str>) -> Self {
        let reserved = roots.into_iter().map(str::to_owned).collect();
        Self {
            reserved,
            ..Self::default()
        }
    }

    /// Rewrites the schema of a root.
    pub(crate) fn root(&mut self, node: &Node, name: &str, direction: Direction) -> Value {
        name.clone_into(&mut self.root);
        self.rewrite(node, name, direction)
    }

    /// The definitions that these schemas lead to; a try that came to nothing may have left others.
    pub(crate) fn used(mut self, roots: &[Value]) -> BTreeMap<String, Value> {
        let mut used = BTreeMap::new();
        let mut names: Vec<String> = roots.iter().flat_map(references).collect();
        while let Some(name) = names.pop() {
            if let Some(schema) = self.schemas.remove(&name) {
                names.extend(references(&schema));
                used.insert(name, schema);
            }
        }
        used
    }

    /// Rewrites a schema; what deserves a name becomes a definition, `name` or the name it is shared under.
    fn rewrite(&mut self, node: &Node, name: &str, direction: Direction) -> Value {
        if let Some(union) = node
            .get("anyOf")
            .or_else(|| node.get("oneOf"))
            .filter(|_| node.get("type").is_none())
        {
            return self.union(node, union.elements(), name, direction);
        }
        if let Some(text) = node.get("const").and_then(Node::text) {
            return self.words(node, &[text], name);
        }
        let Some(kind) = node.get("type") else {
            return json!({});
        };
        match &kind.kind {
            Kind::Text(kind) => self.typed(node, kind, name, direction),
            Kind::List(kinds) => match kinds
                .iter()
                .filter_map(Node::text)
                .collect::<Vec<_>>()
                .as_slice()
            {
                [kind, "null"] | ["null", kind] if *kind != "null" => {
                    nullable(self.typed(node, kind, name, direction))
                }
                [kind] => self.typed(node, kind, name, direction),
                _ => json!({}),
            },
            _ => json!({}),
        }
    }

    fn typed(&mut self, node: &Node, kind: &str, name: &str, direction: Direction) -> Value {
        let valued = node.get("const").or_else(|| node.get("enum"));
        match (kind, direction) {
            ("object" | "array", _) if valued.is_some() => json!({}),
            ("string", _) => match node
                .get("enum")
                .map(|words| words.elements().iter().map(Node::text).collect())
            {
                Some(Some::<Vec<_>>(words)) => self.words(node, &words, name),
                _ => json!({ "type": "string" }),
            },
            ("boolean", _) => json!({ "type": "boolean" }),
            ("integer", Direction::In) if !fits(node) => json!({ "type": "number" }),
            ("integer", Direction::In) => json!({ "type": "integer" }),
            ("integer", Direction::Out) => json!({ "type": "integer", "format": "int64" }),
            ("number", Direction::In) => json!({ "type": "number" }),
            ("number", Direction::Out) => json!({ "type": "number", "format": "double" }),
            ("array", _) => match node
                .get("items")
                .filter(|_| node.get("prefixItems").is_none())
            {
                Some(items) => {
                    json!({ "type": "array", "items": self.rewrite(items, &inner(node, name, "Item"), direction) })
                }
                None => json!({ "type": "array", "items": {} }),
            },
            ("object", _) => self.object(node, name, direction),
            _ => json!({}),
        }
    }

    fn object(&mut self, node: &Node, name: &str, direction: Direction) -> Value {
        let properties = node.get("properties").map_or(&[][..], Node::members);
        let rest = node.get("additionalProperties");
        let closed = rest.and_then(Node::bool) == Some(false);
        if node.get("patternProperties").is_some() {
            return json!({ "type": "object" });
        }
        if properties.is_empty() && !closed {
            return match rest.filter(|rest| !rest.members().is_empty()) {
                Some(rest) => {
                    let rest = self.rewrite(rest, &inner(node, name, "Value"), direction);
                    json!({ "type": "object", "additionalProperties": rest })
                }
                None => json!({ "type": "object" }),
            };
        }
        match self.structure(node, name, direction) {
            Some(structure) => self.define(node, name, structure),
            None => json!({ "type": "object" }),
        }
    }

    /// An object as a struct; `None` when a struct could lose something.
    fn structure(&mut self, node: &Node, name: &str, direction: Direction) -> Option<Value> {
        let properties = node.get("properties").map_or(&[][..], Node::members);
        let closed = node.get("additionalProperties").and_then(Node::bool) == Some(false);
        let open = !closed && direction == Direction::In;
        // `extra` is the field that holds the members an open object does not name.
        let names = properties
            .iter()
            .map(|(key, _)| key.text.as_str())
            .chain(open.then_some("extra"));
        if !distinct(names) {
            return None;
        }
        let required: Vec<_> = node
            .get("required")
            .map_or(&[][..], Node::elements)
            .iter()
            .filter_map(Node::text)
            .collect();
        let mut fields = Map::new();
        for (key, schema) in properties {
            let is_required = required.contains(&key.text.as_str());
            // An absent member and one that is null would be the same in Rust.
            if !is_required && direction == Direction::In && schema::accepts_null(schema) {
                return None;
            }
            let field = self.rewrite(schema, &inner(node, name, &key.text), direction);
            // typify drops an optional list or map that is empty, unless it may be null.
            let collection = field
                .get("type")
                .is_some_and(|kind| kind == "array" || kind == "object");
            fields.insert(
                key.text.clone(),
                if collection && !is_required {
                    nullable(field)
                } else {
                    field
                },
            );
        }
        let required: Vec<_> = required
            .into_iter()
            .filter(|name| fields.contains_key(*name))
            .collect();
        let mut structure = json!({ "type": "object", "properties": fields, "required": required });
        if (closed || open)
            && let Some(structure) = structure.as_object_mut()
        {
            // Not `true`: typify gives that no field to hold the members in.
            structure.insert(
                "additionalProperties".to_owned(),
                if open { json!({}) } else { json!(false) },
            );
        }
        Some(structure)
    }

    /// A union of objects told apart by a constant, or of scalars told apart by their types.
    fn union(&mut self, node: &Node, members: &[Node], name: &str, direction: Direction) -> Value {
        let is_null = |member: &Node| member.get("type").and_then(Node::text) == Some("null");
        match members {
            [one, null] if is_null(null) => {
                return nullable(self.rewrite(one, name, direction));
            }
            [null, one] if is_null(null) => return nullable(self.rewrite(one, name, direction)),
            _ => {}
        }
        if let Some(tag) = tag(members) {
            let mut variants = Vec::new();
            for member in members {
                let word = constant(member, tag).unwrap_or_default();
                match self.structure(member, &inner(node, name, word), direction) {
                    Some(mut variant) => {
                        if let Some(place) = variant.pointer_mut(&format!("/properties/{tag}")) {
                            *place = json!({ "type": "string", "enum": [word] });
                        }
                        variants.push(variant);
                    }
                    None => return json!({}),
                }
            }
            return self.define(node, name, json!({ "oneOf": variants }));
        }
        if !told_apart(members) {
            return json!({});
        }
        let variants: Vec<_> = members
            .iter()
            .map(|member| self.rewrite(member, &inner(node, name, "Word"), direction))
            .collect();
        if variants
            .iter()
            .any(|variant| variant.as_object().is_none_or(Map::is_empty))
        {
            return json!({});
        }
        self.define(node, name, json!({ "oneOf": variants }))
    }

    /// A text that is one of these.
    fn words(&mut self, node: &Node, words: &[&str], name: &str) -> Value {
        if words.is_empty() || !distinct(words.iter().copied()) {
            return json!({ "type": "string" });
        }
        self.define(node, name, json!({ "type": "string", "enum": words }))
    }

    /// Gives a schema a name: the one it is shared under, else the one suggested, else that with a number.
    fn define(&mut self, node: &Node, suggested: &str, schema: Value) -> Value {
        let suggested = pascal(suggested);
        let shared = node.origin.as_deref().map(pascal);
        let shared = shared.filter(|name| {
            distinct([name.as_str()])
                && !HIDING.contains(&name.as_str())
                && !self.reserved.contains(name)
        });
        let numbered = (2..).map(|number: usize| format!("{suggested}{number}"));
        let names = shared
            .into_iter()
            .chain([suggested.clone()])
            .chain(numbered);
        for name in names {
            let free = match self.schemas.get(&name) {
                Some(other) => *other == schema,
                None => name == self.root || !self.reserved.contains(&name),
            };
            if free {
                self.schemas.insert(name.clone(), schema);
                return json!({ "$ref": format!("#/definitions/{name}") });
            }
        }
        json!({})
    }
}

/// The name suggested for a part of a schema, so that a shared schema has shared parts.
fn inner(node: &Node, name: &str, part: &str) -> String {
    format!(
        "{}{}",
        node.origin
            .as_deref()
            .map_or_else(|| name.to_owned(), pascal),
        pascal(part)
    )
}

/// The names of the definitions that a rewritten schema takes, itself and in its parts.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Array(elements) => elements.iter().flat_map(references).collect(),
        Value::Object(members) => match members.get("$ref").and_then(Value::as_str) {
            Some(target) => target
                .rsplit('/')
                .next()
                .map(str::to_owned)
                .into_iter()
                .collect(),
            None => members.values().flat_map(references).collect(),
        },
        _ => Vec::new(),
    }
}

/// The same, or null.
fn nullable(mut schema: Value) -> Value {
    if schema.as_object().is_some_and(Map::is_empty) {
        return schema;
    }
    match schema.get_mut("type") {
        Some(kind) if kind.is_string() => *kind = json!([kind.take(), "null"]),
        _ => schema = json!({ "oneOf": [schema, { "type": "null" }] }),
    }
    schema
}

/// Whether names make Rust names that differ, whatever case and separators become.
fn distinct<'n>(names: impl IntoIterator<Item = &'n str>) -> bool {
    let mut seen = BTreeSet::new();
    names.into_iter().all(|name| {
        let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        plain && seen.insert(letters.to_ascii_lowercase())
    })
}

/// Whether every integer that the schema accepts is an `i64`.
fn fits(node: &Node) -> bool {
    let bound = |names: [&str; 2]| {
        names
            .iter()
            .filter_map(|name| node.get(name))
            .any(|bound| match &bound.kind {
                Kind::Number(number) => number.as_i64().is_some(),
                _ => false,
            })
    };
    bound(["minimum", "exclusiveMinimum"]) && bound(["maximum", "exclusiveMaximum"])
}

/// The property whose constant tells the members of a union apart.
fn tag(members: &[Node]) -> Option<&str> {
    let properties = members.first()?.get("properties")?.members();
    let mut names = properties.iter().map(|(key, _)| key.text.as_str());
    names.find(|name| {
        let words: Option<Vec<_>> = members
            .iter()
            .map(|member| constant(member, name))
            .collect();
        let closed = members
            .iter()
            .all(|member| member.get("additionalProperties").and_then(Node::bool) == Some(false));
        closed && words.is_some_and(distinct)
    })
}

/// The only text that a required property of an object may be.
fn constant<'n>(member: &'n Node, name: &str) -> Option<&'n str> {
    member
        .get("type")
        .and_then(Node::text)
        .filter(|kind| *kind == "object")?;
    member
        .get("required")?
        .elements()
        .iter()
        .find(|required| required.text() == Some(name))?;
    let property = member.get("properties")?.get(name)?;
    match property.get("enum").map(Node::elements) {
        Some([word]) => word.text(),
        Some(_) => None,
        None => property.get("const")?.text(),
    }
}

/// Whether the members of a union are scalars of different types.
fn told_apart(members: &[Node]) -> bool {
    let mut seen = BTreeSet::new();
    let kinds = members
        .iter()
        .map(|member| member.get("type").and_then(Node::text));
    let mut kinds = kinds.map(|kind| {
        if kind == Some("integer") {
            Some("number")
        } else {
            kind
        }
    });
    kinds.all(|kind| matches!(kind, Some("string" | "number" | "boolean")) && seen.insert(kind))
}
