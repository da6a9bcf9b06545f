//! What a JSON Schema says of the shape of a value: types, members, elements.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::to_value;
use crate::{
    model::Step,
    node::{Kind, Node, Text},
};

/// What is known of a value.
#[derive(Debug, Clone)]
pub(crate) enum Known<'n> {
    /// Nothing: it may be anything.
    Any,
    /// It fits one of these.
    One(Vec<Shape<'n>>),
}

/// Schemas that hold of a value together: one, and what its `allOf` and a branch of its unions say besides.
#[derive(Debug, Clone)]
pub(crate) struct Shape<'n>(Vec<&'n Node>);

/// How members are looked at that an object schema does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unnamed {
    /// As JSON Schema does: there may be any, unless the schema closes the object.
    Open,
    /// As a writer means it: a schema that names members and does not say that there are others has no others.
    Closed,
}

/// More alternatives than are told apart: what a further union says is then left out.
const MOST: usize = 256;

/// Keywords that limit a value without elements and members.
const SCALAR: [&str; 10] = [
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
];

impl<'n> Known<'n> {
    /// What a schema says; alternatives one by one.
    pub(crate) fn of(schema: &'n Node) -> Self {
        Self::One(shapes(schema))
    }

    /// One step into the value; else the names that are there.
    pub(crate) fn step(&self, step: &Step, unnamed: Unnamed) -> Result<Self, Vec<&'n str>> {
        let Self::One(alternatives) = self else {
            return Ok(Self::Any);
        };
        let mut found = Vec::new();
        let mut names = Vec::new();
        for shape in alternatives {
            match shape.step(step, unnamed, &mut names) {
                Inside::Any => return Ok(Self::Any),
                Inside::Found(mut more) => found.append(&mut more),
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
        let Self::One(shapes) = self else {
            return None;
        };
        let mut all = BTreeSet::new();
        for shape in shapes {
            all.append(&mut shape.types()?);
        }
        all.remove("null");
        Some(all)
    }

    /// The schemas that say the type of each alternative; `None` when one has none.
    pub(crate) fn typed(&self) -> Option<Vec<&'n Node>> {
        let Self::One(shapes) = self else {
            return None;
        };
        let mut typed: Vec<&'n Node> = Vec::new();
        for shape in shapes {
            let node = shape.0.iter().find(|node| node.get("type").is_some())?;
            if !typed.iter().any(|one| std::ptr::eq(*one, *node)) {
                typed.push(node);
            }
        }
        Some(typed)
    }
}

impl<'n> Shape<'n> {
    /// The schemas.
    pub(crate) fn nodes(&self) -> &[&'n Node] {
        &self.0
    }

    /// The types that all of its schemas take; `None` when none of them says.
    pub(crate) fn types(&self) -> Option<BTreeSet<&'n str>> {
        self.0
            .iter()
            .filter_map(|node| kinds(node))
            .reduce(|one, other| both(&one, &other))
    }

    /// The members that it requires.
    pub(crate) fn required(&self) -> Vec<&'n str> {
        let lists = self.0.iter().filter_map(|node| node.get("required"));
        let names = lists.flat_map(Node::elements);
        names.filter_map(Node::text).collect()
    }

    /// The members that it names.
    pub(crate) fn names(&self) -> Vec<&'n str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.0.iter().flat_map(|node| properties(node)) {
            if !names.contains(&name.text.as_str()) {
                names.push(&name.text);
            }
        }
        names
    }

    /// What is known of the members that it does not name.
    pub(crate) fn rest(&self) -> Known<'n> {
        let mut nodes = self.0.iter();
        let mut found: Vec<_> = match nodes.find_map(|node| node.get("additionalProperties")) {
            Some(others) if !others.members().is_empty() => shapes(others),
            Some(others) if others.bool() == Some(false) => Vec::new(),
            _ => return Known::Any,
        };
        for (_, schema) in self.0.iter().flat_map(|node| patterns(node)) {
            found.append(&mut shapes(schema));
        }
        if found.is_empty() {
            Known::Any
        } else {
            Known::One(found)
        }
    }

    /// The values to which it is limited, null aside; `None` when it is to no list of them.
    pub(crate) fn choices(&self) -> Option<Vec<Value>> {
        let listed = self.0.iter().find_map(|node| listed(node))?;
        let values = listed.iter().map(Node::to_value);
        let values = values.filter(|value| !value.is_null() && self.takes(value).is_ok());
        Some(values.collect())
    }

    /// Whether a value fits; else the first reason why not. What can not be told fits.
    pub(crate) fn takes(&self, value: &Value) -> Result<(), String> {
        for node in &self.0 {
            if let Some(types) = kinds(node)
                && !types.iter().any(|kind| is(value, kind))
            {
                return Err(format!("{value} is not of the type that is taken"));
            }
            let schema = match value {
                Value::Array(_) | Value::Object(_) => to_value(node),
                _ => scalar(node),
            };
            if schema.as_object().is_none_or(Map::is_empty) {
                continue;
            }
            if let Ok(validator) = jsonschema::draft202012::new(&schema)
                && let Err(error) = validator.validate(value)
            {
                return Err(error.to_string());
            }
        }
        Ok(())
    }

    fn step(&self, step: &Step, unnamed: Unnamed, names: &mut Vec<&'n str>) -> Inside<'n> {
        let is = |kind: &str| self.types().is_none_or(|types| types.contains(kind));
        match step {
            Step::Key(key) if is("object") => {
                let found = self.member(key);
                if found.is_empty() {
                    names.extend(self.names());
                    return self.unnamed(unnamed);
                }
                together(&found)
            }
            Step::Index(_) if is("array") => {
                if self.0.iter().any(|node| node.get("prefixItems").is_some()) {
                    return Inside::Any;
                }
                let items = self.0.iter().filter_map(|node| node.get("items"));
                together(&items.collect::<Vec<_>>())
            }
            _ => Inside::Nowhere,
        }
    }

    /// What is said of a member by its name.
    fn member(&self, key: &str) -> Vec<&'n Node> {
        let mut found = Vec::new();
        for node in &self.0 {
            let named = properties(node).iter().filter(|(name, _)| name.text == key);
            found.extend(named.map(|(_, schema)| schema));
            let patterns = patterns(node).iter();
            let matching = patterns.filter(|(pattern, _)| matches(&pattern.text, key));
            found.extend(matching.map(|(_, schema)| schema));
        }
        found
    }

    /// What is said of a member that has no name there.
    fn unnamed(&self, unnamed: Unnamed) -> Inside<'n> {
        let all = |keyword| self.0.iter().filter_map(move |node| node.get(keyword));
        let others: Vec<&Node> = all("additionalProperties").collect();
        if others.iter().any(|one| one.bool() == Some(false)) {
            return Inside::Nowhere;
        }
        let said = others.iter().filter(|one| !one.members().is_empty());
        let said: Vec<&Node> = said.copied().collect();
        if !said.is_empty() {
            return together(&said);
        }
        let names = self.0.iter().any(|node| !properties(node).is_empty());
        let open = !others.is_empty() || all("patternProperties").next().is_some();
        if unnamed == Unnamed::Closed && names && !open {
            Inside::Nowhere
        } else {
            Inside::Any
        }
    }
}

fn properties(node: &Node) -> &[(Text, Node)] {
    node.get("properties").map_or(&[][..], Node::members)
}

fn patterns(node: &Node) -> &[(Text, Node)] {
    node.get("patternProperties").map_or(&[][..], Node::members)
}

/// The values that a schema lists.
fn listed(node: &Node) -> Option<&[Node]> {
    match node.get("const") {
        Some(one) => Some(std::slice::from_ref(one)),
        None => node.get("enum").map(Node::elements),
    }
}

/// Whether a name matches a pattern; what is no pattern matches all.
fn matches(pattern: &str, name: &str) -> bool {
    let schema = Value::Object(Map::from_iter([("pattern".to_owned(), pattern.into())]));
    jsonschema::draft202012::new(&schema).map_or(true, |schema| {
        schema.is_valid(&Value::String(name.to_owned()))
    })
}

/// The schema by what it says of a value without elements and members.
fn scalar(node: &Node) -> Value {
    let members = node.members().iter();
    let members = members.filter(|(key, _)| SCALAR.contains(&key.text.as_str()));
    let members = members.map(|(key, value)| (key.text.clone(), value.to_value()));
    Value::Object(members.collect())
}

/// The types that a schema names, without looking into alternatives; `None` when it names none.
pub(crate) fn types(schema: &Node) -> Option<BTreeSet<&str>> {
    match &schema.get("type")?.kind {
        Kind::Text(kind) => Some([kind.as_str()].into()),
        Kind::List(kinds) => kinds.iter().map(Node::text).collect(),
        _ => None,
    }
}

/// The types that a schema names, or those of the values that it lists.
fn kinds(schema: &Node) -> Option<BTreeSet<&str>> {
    if schema.get("type").is_some() {
        return types(schema);
    }
    listed(schema)?.iter().map(kind).collect()
}

fn kind(value: &Node) -> Option<&'static str> {
    Some(match &value.kind {
        Kind::Null => "null",
        Kind::Bool(_) => "boolean",
        Kind::Number(number) if number.is_f64() => "number",
        Kind::Number(_) => "integer",
        Kind::Text(_) => "string",
        Kind::List(_) => "array",
        Kind::Map(_) => "object",
        Kind::Broken => return None,
    })
}

/// Whether a value is of a type; what is no type is any.
fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// The types that are among the one and among the other; a whole number is a number.
fn both<'n>(one: &BTreeSet<&'n str>, other: &BTreeSet<&'n str>) -> BTreeSet<&'n str> {
    let within = |set: &BTreeSet<&str>, kind: &str| {
        set.contains(kind) || kind == "integer" && set.contains("number")
    };
    let mine = one.iter().filter(|kind| within(other, kind));
    let rest = other.iter().filter(|kind| within(one, kind));
    mine.chain(rest).copied().collect()
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

/// The alternatives of a schema.
fn shapes(schema: &Node) -> Vec<Shape<'_>> {
    let mut all = vec![Shape(vec![schema])];
    for member in schema.get("allOf").map_or(&[][..], Node::elements) {
        all = product(all, &shapes(member));
    }
    for union in ["anyOf", "oneOf"] {
        let members = schema.get(union).map_or(&[][..], Node::elements);
        let either: Vec<_> = members.iter().flat_map(shapes).collect();
        all = product(all, &either);
    }
    all
}

/// Each of the one with each of the other, which says nothing when it is empty.
fn product<'n>(one: Vec<Shape<'n>>, other: &[Shape<'n>]) -> Vec<Shape<'n>> {
    if other.is_empty() || one.len().saturating_mul(other.len()) > MOST {
        return one;
    }
    let pairs = one
        .iter()
        .flat_map(|one| other.iter().map(move |other| (one, other)));
    pairs
        .map(|(one, other)| Shape([&one.0[..], &other.0].concat()))
        .collect()
}

/// What schemas say that hold together.
fn together<'n>(schemas: &[&'n Node]) -> Inside<'n> {
    let mut all = schemas.iter().map(|schema| shapes(schema));
    let Some(first) = all.next() else {
        return Inside::Any;
    };
    Inside::Found(all.fold(first, |one, other| product(one, &other)))
}

enum Inside<'n> {
    Any,
    Found(Vec<Shape<'n>>),
    Nowhere,
}
