//! `client-keyword`: keywords of JSON Schema that model APIs refuse in inputs, or pass over.

use super::inputs;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

const ALTERNATIVES: &str = "say `anyOf`, which is taken everywhere";
const TOGETHER: &str = "write the members out as one schema";
const CONDITION: &str = "say it in the description, and let the provider refuse what does not fit";
const NAMES: &str = "name the properties, or take any with `additionalProperties`";
const ELEMENTS: &str = "say what each element is with `items`";

/// Each with what to say instead.
const REFUSED: [(&str, &str); 15] = [
    ("allOf", TOGETHER),
    ("contains", ELEMENTS),
    ("dependentRequired", CONDITION),
    ("dependentSchemas", CONDITION),
    ("else", CONDITION),
    ("if", CONDITION),
    ("maxContains", ELEMENTS),
    ("minContains", ELEMENTS),
    ("not", CONDITION),
    ("oneOf", ALTERNATIVES),
    ("patternProperties", NAMES),
    ("prefixItems", ELEMENTS),
    ("propertyNames", NAMES),
    ("then", CONDITION),
    ("unevaluatedProperties", NAMES),
];

/// Told by `root-keyword` when they stand at the top.
const TOP: [&str; 3] = ["allOf", "oneOf", "not"];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    inputs::visit(manifest, &mut |tool, schema| {
        let top = std::ptr::eq(schema, &raw const tool.input);
        for (key, _) in schema.members() {
            let Some((name, help)) = REFUSED.iter().find(|(name, _)| *name == key.text) else {
                continue;
            };
            if top && TOP.contains(name) {
                continue;
            }
            let message = format!("some model APIs refuse `{name}` in the input of a tool");
            let mistake = Mistake::new("client-keyword", key.span, message);
            report.add(mistake.help(*help).tool(&tool.name.text));
        }
    });
}
