//! A document's schemas as inputs have them: what the document accepts is accepted, written the way that clients
//! take. References are written out, `allOf` is merged, unions are `anyOf`; what can not be said that way is left
//! out, which accepts more, never less. Each time something is left out there is a note.

mod discriminator;
mod merge;
mod scalar;
pub(super) mod union;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use self::discriminator::Discriminator;
use super::text::brief;
use crate::{
    diagnostics::Mistake,
    node::{Kind, Node},
    openapi::{Document, flag, text, texts},
};

/// The longest description of an input, in characters.
const DESCRIPTION: usize = 200;

/// How deep a schema is written out at most; deeper there is only its type.
const DEPTHS: [usize; 7] = [12, 9, 7, 5, 4, 3, 2];

/// The most schemas that are written out for one value, however often they are referred to.
const MOST: usize = 20_000;

/// The most references that lead from one to the next.
const CHAIN: usize = 100;

/// A document's schemas, rewritten for one tool.
pub(super) struct Schemas<'d> {
    document: &'d Document,
    /// The most bytes of a schema as JSON.
    budget: usize,
    deepest: usize,
    /// How many schemas were written out for the value.
    made: usize,
    /// The references that are being written out, outermost first.
    open: Vec<String>,
    /// Those that stand for what is made of them, while that is being written out.
    parents: Vec<String>,
    /// What was left out, and how often.
    notes: BTreeMap<String, usize>,
}

impl<'d> Schemas<'d> {
    pub(super) fn new(document: &'d Document, budget: usize) -> Self {
        Self {
            document,
            budget,
            deepest: DEPTHS[0],
            made: 0,
            open: Vec::new(),
            parents: Vec::new(),
            notes: BTreeMap::new(),
        }
    }

    /// A schema written out as far as the budget goes: less deep where the whole would be too long.
    pub(super) fn written(&mut self, node: &Node) -> Result<Value, Mistake> {
        let before = self.notes.clone();
        let mut written = Value::Null;
        for deepest in DEPTHS {
            self.notes.clone_from(&before);
            self.deepest = deepest;
            self.made = 0;
            written = self.schema(node, 0)?;
            if written.to_string().len() <= self.budget {
                break;
            }
        }
        Ok(written)
    }

    /// What was left out.
    pub(super) fn into_notes(self) -> Vec<String> {
        let notes = self.notes.into_iter().map(|(note, count)| match count {
            1 => note,
            count => format!("{note} ({count} places)"),
        });
        notes.collect()
    }

    fn note(&mut self, note: impl Into<String>) {
        *self.notes.entry(note.into()).or_default() += 1;
    }

    fn schema(&mut self, node: &Node, depth: usize) -> Result<Value, Mistake> {
        if node.bool() == Some(false) {
            return Ok(json!({ "not": {} }));
        }
        if let Some(reference) = node.get("$ref")
            && let Some(target) = reference.text()
        {
            return self.reference(node, target, reference, depth);
        }
        self.made += 1;
        if depth >= self.deepest || self.made > MOST {
            return Ok(self.shallow(node));
        }
        if node.get("allOf").is_some() {
            return self.all_of(node, depth);
        }
        let unions: Vec<_> = ["anyOf", "oneOf"]
            .into_iter()
            .filter_map(|key| node.get(key))
            .collect();
        if let [union] = unions.as_slice() {
            return self.union(node, union, depth);
        }
        if !unions.is_empty() {
            self.note("`anyOf` beside `oneOf` is left out");
        }
        self.plain(node, depth)
    }

    /// What a reference leads to, with what stands beside it.
    fn reference(
        &mut self,
        node: &Node,
        target: &str,
        reference: &Node,
        depth: usize,
    ) -> Result<Value, Mistake> {
        let found = self.document.target(target, reference.span)?;
        let name = target.rsplit('/').next().unwrap_or(target);
        if self.open.iter().any(|open| open == target) {
            self.note(format!(
                "`{name}` contains itself: the inner one is not written out"
            ));
            let mut cut = self.shallow(found);
            describe(&mut cut, &format!("Like the `{name}` around it."));
            return Ok(cut);
        }
        if self.open.len() >= CHAIN || self.made > MOST {
            return Ok(self.shallow(found));
        }
        let heirs = if depth < self.deepest {
            self.heirs(found, target, depth)?
        } else {
            None
        };
        let mut written = if let Some(written) = heirs {
            written
        } else {
            self.open.push(target.to_owned());
            let written = self.schema(found, depth);
            self.open.pop();
            written?
        };
        // OpenAPI 3.0 ignores what stands beside a reference; a description there is meant all the same.
        if let Some(text) = text(node, "description") {
            set_description(&mut written, text);
        }
        if !self.document.is_3_0 {
            let mut beside = node.clone();
            if let Kind::Map(members) = &mut beside.kind {
                members.retain(|(key, _)| !matches!(key.text.as_str(), "$ref" | "description"));
                if members.iter().any(|(key, _)| is_assertion(&key.text)) {
                    let beside = self.schema(&beside, depth)?;
                    written = merge::merge(written, beside, self);
                }
            }
        }
        Ok(written)
    }

    fn all_of(&mut self, node: &Node, depth: usize) -> Result<Value, Mistake> {
        let mut rest = node.clone();
        if let Kind::Map(members) = &mut rest.kind {
            members.retain(|(key, _)| key.text != "allOf");
        }
        let mut merged = json!({});
        for member in node.get("allOf").map_or(&[][..], Node::elements) {
            let member = self.schema(member, depth)?;
            merged = merge::merge(merged, member, self);
        }
        let own = self.schema(&rest, depth)?;
        let merged = merge::merge(merged, own, self);
        Ok(self.checked(node, merged))
    }

    fn union(&mut self, node: &Node, union: &Node, depth: usize) -> Result<Value, Mistake> {
        let mut rest = node.clone();
        if let Kind::Map(members) = &mut rest.kind {
            members.retain(|(key, _)| !matches!(key.text.as_str(), "anyOf" | "oneOf"));
        }
        let own = self.schema(&rest, depth)?;
        let only_requires = |member: &Node| {
            !member.members().is_empty()
                && member
                    .members()
                    .iter()
                    .all(|(key, _)| matches!(key.text.as_str(), "required" | "title" | "not"))
        };
        let members = union.elements();
        if members.iter().any(only_requires) {
            let mut names: Vec<_> = members
                .iter()
                .flat_map(|member| texts(member, "required"))
                .collect();
            names.dedup();
            self.note(format!(
                "that some of `{}` are required together is left out",
                names.join("`, `")
            ));
            return Ok(self.checked(node, own));
        }
        let discriminator = Discriminator::of(node);
        let mut branches = Vec::new();
        for member in members {
            let written = self.schema(member, depth + 1)?;
            branches.push(match (&discriminator, text(member, "$ref")) {
                (Some(discriminator), Some(target)) => discriminator.tell(written, target, self),
                _ => written,
            });
        }
        let written = union::union(branches, own);
        Ok(self.checked(node, written))
    }

    /// A schema of keywords alone.
    fn plain(&mut self, node: &Node, depth: usize) -> Result<Value, Mistake> {
        let (kinds, nullable) = self.kinds(node);
        let mut written = Map::new();
        if let [kind] = kinds.as_slice() {
            written.insert("type".to_owned(), json!(kind));
        }
        if let Some(text) = text(node, "description") {
            let text = brief(text, DESCRIPTION);
            if !text.is_empty() {
                written.insert("description".to_owned(), json!(text));
            }
        }
        let has = |kind: &str| kinds.is_empty() || kinds.iter().any(|one| one == kind);
        scalar::keywords(node, &kinds, &mut written, self);
        if has("array") {
            self.array(node, &kinds, depth, &mut written)?;
        }
        if has("object") {
            self.object(node, depth, &mut written)?;
        }
        let written = match kinds.as_slice() {
            [] | [_] => Value::Object(written),
            several => union::of_kinds(several, &written),
        };
        let written = self.checked(node, written);
        Ok(if nullable {
            union::or_null(written)
        } else {
            written
        })
    }

    /// The types that a schema names, without null; and whether null is one of them.
    fn kinds(&self, node: &Node) -> (Vec<String>, bool) {
        let mut kinds: Vec<String> = match node.get("type").map(|kind| &kind.kind) {
            Some(Kind::Text(kind)) => vec![kind.clone()],
            Some(Kind::List(kinds)) => kinds
                .iter()
                .filter_map(Node::text)
                .map(str::to_owned)
                .collect(),
            _ if node.get("properties").is_some() || node.get("additionalProperties").is_some() => {
                vec!["object".to_owned()]
            }
            _ if node.get("items").is_some() => vec!["array".to_owned()],
            _ => scalar::kinds_of_values(node),
        };
        let null = kinds.iter().any(|kind| kind == "null");
        if kinds.len() > 1 {
            kinds.retain(|kind| kind != "null");
        }
        kinds.dedup();
        let nullable = (null && kinds.first().is_some_and(|kind| kind != "null"))
            || (self.document.is_3_0 && flag(node, "nullable") && !kinds.is_empty());
        (kinds, nullable)
    }

    fn array(
        &mut self,
        node: &Node,
        kinds: &[String],
        depth: usize,
        written: &mut Map<String, Value>,
    ) -> Result<(), Mistake> {
        let is_array = kinds.iter().any(|kind| kind == "array");
        if node.get("prefixItems").is_some() {
            self.note("elements that differ by their number may be anything");
        }
        match node
            .get("items")
            .filter(|_| node.get("prefixItems").is_none())
        {
            Some(items) => {
                let items = self.schema(items, depth + 1)?;
                written.insert("items".to_owned(), items);
            }
            // Clients refuse an array that does not say of what.
            None if is_array => {
                written.insert("items".to_owned(), json!({}));
            }
            None => {}
        }
        copy_numbers(node, &["minItems", "maxItems"], written);
        if flag(node, "uniqueItems") {
            written.insert("uniqueItems".to_owned(), json!(true));
        }
        Ok(())
    }

    fn object(
        &mut self,
        node: &Node,
        depth: usize,
        written: &mut Map<String, Value>,
    ) -> Result<(), Mistake> {
        let all_required = texts(node, "required");
        let mut properties = Map::new();
        for (key, property) in node.get("properties").map_or(&[][..], Node::members) {
            let target = self.document.resolve(property)?;
            if flag(property, "readOnly") || flag(target, "readOnly") {
                continue;
            }
            let mut property = self.schema(property, depth + 1)?;
            // Model APIs refuse null in inputs, and null for something optional is taken for absent.
            if !all_required.contains(&key.text.as_str()) {
                property = union::without_null(property);
            }
            properties.insert(key.text.clone(), property);
        }
        let closed = node.get("additionalProperties").and_then(Node::bool) == Some(false)
            && node.get("patternProperties").is_none();
        let all = node.get("properties");
        let required: Vec<_> = texts(node, "required")
            .into_iter()
            .filter(|name| {
                properties.contains_key(*name)
                    || (!closed && all.is_none_or(|all| all.get(name).is_none()))
            })
            .collect();
        if closed {
            written.insert("additionalProperties".to_owned(), json!(false));
        } else if let Some(rest) = node
            .get("additionalProperties")
            .filter(|rest| !rest.members().is_empty())
        {
            let rest = self.schema(rest, depth + 1)?;
            written.insert("additionalProperties".to_owned(), rest);
        }
        if !required.is_empty() {
            written.insert("required".to_owned(), json!(required));
        }
        if !properties.is_empty() {
            written.insert("properties".to_owned(), Value::Object(properties));
        }
        copy_numbers(node, &["minProperties", "maxProperties"], written);
        for keyword in [
            "patternProperties",
            "propertyNames",
            "not",
            "if",
            "dependentSchemas",
            "dependentRequired",
            "contains",
        ] {
            if node.get(keyword).is_some() {
                self.note(format!("`{keyword}` is left out"));
            }
        }
        Ok(())
    }

    /// The type alone, of what is too deep to be written out.
    fn shallow(&mut self, node: &Node) -> Value {
        let target = self.document.resolve(node).unwrap_or(node);
        let (kinds, nullable) = self.kinds(target);
        let simple = ["allOf", "anyOf", "oneOf"]
            .iter()
            .all(|key| target.get(key).is_none());
        let mut cut = match kinds.as_slice() {
            [kind] if simple && !nullable => json!({ "type": kind }),
            _ => json!({}),
        };
        if cut.get("type").is_some_and(|kind| kind == "array") {
            cut = json!({ "type": "array", "items": {} });
        }
        if let Some(text) = text(target, "description") {
            describe(&mut cut, &brief(text, DESCRIPTION));
        }
        if !matches!(
            cut.get("type").and_then(Value::as_str),
            Some("string" | "integer" | "number" | "boolean" | "null")
        ) {
            self.note("what is deeper or longer than a client can read is given by its type alone");
        }
        cut
    }

    /// With the default, when that fits; and without what no validator takes.
    fn checked(&mut self, node: &Node, mut written: Value) -> Value {
        let Some(default) = node.get("default").map(Node::to_value) else {
            return written;
        };
        if default.is_null() {
            return written;
        }
        let fits = jsonschema::draft202012::new(&written)
            .is_ok_and(|validator| validator.is_valid(&default));
        match written.as_object_mut() {
            Some(members) if fits => {
                members.insert("default".to_owned(), default);
            }
            _ => self.note(format!(
                "the default `{default}` does not fit its own schema and is left out"
            )),
        }
        written
    }
}

/// Whether a keyword says what is valid.
fn is_assertion(keyword: &str) -> bool {
    !keyword.starts_with("x-")
        && !matches!(
            keyword,
            "title" | "example" | "examples" | "deprecated" | "externalDocs" | "xml" | "nullable"
        )
}

fn copy_numbers(node: &Node, keywords: &[&str], written: &mut Map<String, Value>) {
    for keyword in keywords {
        if let Some(Kind::Number(number)) = node.get(keyword).map(|value| &value.kind) {
            written.insert((*keyword).to_owned(), Value::Number(number.clone()));
        }
    }
}

/// Gives a schema a description when it has none.
fn describe(schema: &mut Value, text: &str) {
    if let Some(members) = schema.as_object_mut()
        && !text.is_empty()
    {
        members.entry("description").or_insert_with(|| json!(text));
    }
}

fn set_description(schema: &mut Value, text: &str) {
    let text = brief(text, DESCRIPTION);
    if let Some(members) = schema.as_object_mut()
        && !text.is_empty()
    {
        members.insert("description".to_owned(), json!(text));
    }
}
