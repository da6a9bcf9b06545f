//! `data-value`: the value of a file of `data/` fits its schema.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Node,
    schema::{has_broken, to_value},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for data in &manifest.data {
        if has_broken(&data.schema) || has_broken(&data.value) {
            continue;
        }
        // A schema that is none is told by `invalid-schema`.
        let Ok(validator) = jsonschema::draft202012::new(&to_value(&data.schema)) else {
            continue;
        };
        for error in validator.iter_errors(&data.value.to_value()) {
            let node = find(&data.value, &error.instance_path().to_string());
            let message = format!("`{}` does not fit its schema: {error}", data.name.text);
            let mistake = Mistake::new("data-value", node.span, message);
            report.add(mistake.help("change the value, or the schema that the file names"));
        }
    }
}

/// What is at a JSON Pointer, as far as it leads.
fn find<'n>(node: &'n Node, pointer: &str) -> &'n Node {
    pointer.split('/').skip(1).fold(node, |node, step| {
        let name = step.replace("~1", "/").replace("~0", "~");
        let element = || node.elements().get(name.parse::<usize>().ok()?);
        node.get(&name).or_else(element).unwrap_or(node)
    })
}
