//! Alternatives that a member tells apart: its value, which OpenAPI says beside the schemas, is written into them; and
//! a schema that others are made of (`allOf`) stands for those.

use serde_json::{Map, Value, json};

use super::{Schemas, merge, union};
use crate::{
    diagnostics::Mistake,
    node::Node,
    openapi::{Document, text, texts},
    source::Span,
};

/// Schemas are made of others that are made of others, no deeper than this.
const PARTS: usize = 4;

/// A member that tells alternatives apart.
pub(super) struct Discriminator<'n> {
    property: &'n str,
    /// Values with the schemas that they mean.
    mapping: Vec<(&'n str, &'n str)>,
}

impl<'n> Discriminator<'n> {
    pub(super) fn of(node: &'n Node) -> Option<Self> {
        let discriminator = node.get("discriminator")?;
        let mapping = discriminator
            .get("mapping")
            .map_or(&[][..], Node::members)
            .iter()
            .filter_map(|(value, target)| Some((value.text.as_str(), target.text()?)));
        Some(Self {
            property: text(discriminator, "propertyName")?,
            mapping: mapping.collect(),
        })
    }

    /// The values that mean a schema: those of the mapping, or else its name.
    fn values<'v>(&self, target: &'v str) -> Vec<&'v str>
    where
        'n: 'v,
    {
        let name = target.rsplit('/').next().unwrap_or(target);
        let mapping = self.mapping.iter();
        let mapped: Vec<&str> = mapping
            .filter(|(_, to)| *to == target || *to == name)
            .map(|(value, _)| *value)
            .collect();
        if mapped.is_empty() {
            vec![name]
        } else {
            mapped
        }
    }

    /// A schema with the value that tells it apart, where it does not say one itself.
    pub(super) fn tell(&self, written: Value, target: &str, schemas: &mut Schemas<'_>) -> Value {
        let is_object = written.get("type").is_some_and(|kind| kind == "object");
        let own = written
            .get("properties")
            .and_then(|properties| properties.get(self.property));
        let is_said = own.is_some_and(|own| {
            own.get("const").is_some() || own.get("enum").is_some() || own.get("anyOf").is_some()
        });
        if !is_object || is_said {
            return written;
        }
        // Of what is cut off as too deep, the document still says it.
        let said = said(schemas.document, target, self.property);
        let (values, required): (Vec<&str>, bool) = match &said {
            Some(said) if said.values.is_empty() => return written,
            Some(said) => (said.values.clone(), said.required),
            None => (self.values(target), true),
        };
        let value = match values.as_slice() {
            [value] => json!({ "type": "string", "const": value }),
            values => json!({ "type": "string", "enum": values }),
        };
        // Put in by hand: to merge two objects opens one that is closed.
        let mut written = written;
        let Some(members) = written.as_object_mut() else {
            return written;
        };
        let own = own_of(members, "properties", json!({}));
        if let Some(properties) = own.as_object_mut() {
            let before = properties.shift_remove(self.property).unwrap_or(json!({}));
            let told = merge::merge(before, value, schemas);
            properties.insert(self.property.to_owned(), told);
        }
        if !required {
            return written;
        }
        let required = own_of(members, "required", json!([]));
        if let Some(required) = required.as_array_mut()
            && required.iter().all(|name| name != self.property)
        {
            required.push(json!(self.property));
        }
        written
    }
}

/// What a schema says itself of the member that tells it apart.
struct Said<'d> {
    /// The texts that it may be; none where it says more than that.
    values: Vec<&'d str>,
    required: bool,
}

/// `None` where the schema does not say which values are its own.
fn said<'d>(document: &'d Document, target: &str, property: &str) -> Option<Said<'d>> {
    let node = document.target(target, Span::file(0)).ok()?;
    let (mut values, mut says, mut required) = (Vec::new(), false, false);
    let mut open = vec![(node, 0)];
    while let Some((node, depth)) = open.pop() {
        let Ok(node) = document.resolve(node) else {
            continue;
        };
        if depth < PARTS {
            let parts = node.get("allOf").map_or(&[][..], Node::elements);
            open.extend(parts.iter().map(|part| (part, depth + 1)));
        }
        required |= texts(node, "required").contains(&property);
        let own = node.get("properties").and_then(|all| all.get(property));
        let Some(own) = own.and_then(|own| document.resolve(own).ok()) else {
            continue;
        };
        let says_more = ["anyOf", "oneOf", "allOf"];
        says |= says_more.iter().any(|key| own.get(key).is_some());
        says |= own.get("const").is_some() || own.get("enum").is_some();
        values.extend(text(own, "const"));
        values.extend(texts(own, "enum"));
    }
    says.then_some(Said { values, required })
}

impl Schemas<'_> {
    /// What a schema stands for that others are made of; `None` where there are none.
    pub(super) fn heirs(
        &mut self,
        found: &Node,
        target: &str,
        depth: usize,
    ) -> Result<Option<Value>, Mistake> {
        let Some(discriminator) = Discriminator::of(found) else {
            return Ok(None);
        };
        let is_union = ["anyOf", "oneOf"]
            .iter()
            .any(|key| found.get(key).is_some());
        if is_union || self.parents.iter().any(|parent| parent == target) {
            return Ok(None);
        }
        let heirs = heirs(self.document, target);
        if heirs.is_empty() {
            return Ok(None);
        }
        self.parents.push(target.to_owned());
        let mut branches = Vec::new();
        for (heir, node) in heirs {
            // One that is being written out holds this one, which has then to be a part of it.
            if self.open.contains(&heir) {
                self.parents.pop();
                return Ok(None);
            }
            self.open.push(heir.clone());
            let written = self.schema(node, depth + 1);
            self.open.pop();
            match written {
                Ok(written) => branches.push(discriminator.tell(written, &heir, self)),
                Err(mistake) => {
                    self.parents.pop();
                    return Err(mistake);
                }
            }
        }
        self.parents.pop();
        Ok(Some(union::union(branches, json!({}))))
    }
}

fn own_of<'m>(members: &'m mut Map<String, Value>, name: &str, empty: Value) -> &'m mut Value {
    members.entry(name).or_insert(empty)
}

/// The schemas that are made of one, with where they are.
fn heirs<'d>(document: &'d Document, target: &str) -> Vec<(String, &'d Node)> {
    let schemas = document.at(&["components", "schemas"]);
    let schemas = schemas.map_or(&[][..], Node::members).iter();
    let made_of = |node: &Node| {
        let parts = node.get("allOf").map_or(&[][..], Node::elements);
        parts.iter().any(|part| text(part, "$ref") == Some(target))
    };
    schemas
        .filter(|(_, node)| made_of(node))
        .map(|(name, node)| (format!("#/components/schemas/{}", name.text), node))
        .collect()
}
