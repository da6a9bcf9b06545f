//! `functions.yaml`

use crate::{
    diagnostics::Report,
    fields::{Fields, entries},
    load::Files,
    model::Function,
    node::Node,
    refs::inline,
};

/// The Rust functions that templates may call.
pub(crate) fn read(node: &Node, files: &Files, report: &mut Report) -> Vec<Function> {
    let mut functions = Vec::new();
    for (name, node) in entries(node, "functions.yaml", report) {
        let node = inline(node, files, report);
        let mut fields = Fields::of(
            &node,
            name.span,
            format!("function `{}`", name.text),
            report,
        );
        let description = fields.description();
        let input = fields.required("input", "give the JSON Schema of its arguments, an object");
        let output = fields.required("output", "give the JSON Schema of what it returns");
        fields.finish();
        let or_broken =
            |schema: Option<&Node>| schema.cloned().unwrap_or_else(|| Node::broken(name.span));
        let (input, output) = (or_broken(input), or_broken(output));
        functions.push(Function {
            name: name.clone(),
            description,
            input,
            output,
        });
    }
    functions
}
