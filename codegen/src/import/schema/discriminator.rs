//! Alternatives that a member tells apart: its value, which OpenAPI says beside the schemas, is written into them; and
//! a schema that others are made of (`allOf`) stands for those.

use serde_json::{Map, Value, json};

use super::{Schemas, merge, union};
use crate::{
    diagnostics::Mistake,
    node::Node,
    openapi::{Document, text},
};

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
        let said = own.is_some_and(|own| {
            own.get("const").is_some() || own.get("enum").is_some() || own.get("anyOf").is_some()
        });
        if !is_object || said {
            return written;
        }
        let value = match self.values(target).as_slice() {
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
        let required = own_of(members, "required", json!([]));
        if let Some(required) = required.as_array_mut()
            && required.iter().all(|name| name != self.property)
        {
            required.push(json!(self.property));
        }
        written
    }
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
