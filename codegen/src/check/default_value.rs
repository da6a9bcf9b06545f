//! `default-value`: a default or an example fits the schema it stands in.

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
    schema::{has_broken, to_value, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for schema in schemas::every(manifest) {
        walk(schema, &mut |schema| {
            let examples = schema.get("examples").map_or(&[][..], Node::elements);
            let values: Vec<_> = schema.get("default").into_iter().chain(examples).collect();
            if values.is_empty() || has_broken(schema) {
                return;
            }
            let Ok(validator) = jsonschema::draft202012::new(&to_value(schema)) else {
                return;
            };
            for node in values {
                if let Err(error) = validator.validate(&node.to_value()) {
                    let message = format!("this value does not fit its own schema: {error}");
                    let mistake = Mistake::new("default-value", node.span, message);
                    report.add(mistake.help("change the value or the schema around it"));
                }
            }
        });
    }
}
