//! The schemas inside a schema.

use crate::node::Node;

/// Keywords that hold a schema.
pub(crate) const ONE: [&str; 10] = [
    "items",
    "additionalProperties",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "not",
    "if",
    "then",
    "else",
];

/// Keywords that hold a list of schemas.
pub(crate) const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords that hold schemas by name.
pub(crate) const NAMED: [&str; 4] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
];

/// Keywords that hold no schema.
pub(crate) const PLAIN: [&str; 29] = [
    "type",
    "enum",
    "const",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "format",
    "contentEncoding",
    "contentMediaType",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
    "required",
];

/// Calls `visit` for a schema and every schema inside it, outermost first.
pub(crate) fn walk<'n>(schema: &'n Node, visit: &mut dyn FnMut(&'n Node)) {
    visit(schema);
    for (key, value) in schema.members() {
        let key = key.text.as_str();
        if ONE.contains(&key) {
            walk(value, visit);
        } else if LIST.contains(&key) {
            value
                .elements()
                .iter()
                .for_each(|schema| walk(schema, visit));
        } else if NAMED.contains(&key) {
            value
                .members()
                .iter()
                .for_each(|(_, schema)| walk(schema, visit));
        }
    }
}

/// Whether anything in a value could not be read, so that no more can be said of the whole.
pub(crate) fn has_broken(node: &Node) -> bool {
    node.is_broken()
        || node.elements().iter().any(has_broken)
        || node.members().iter().any(|(_, member)| has_broken(member))
}
