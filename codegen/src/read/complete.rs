//! How an argument of a prompt or a variable of a resource is completed.

use super::{native_name, template};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, text},
    model::{Complete, FromTool, Template, TemplateKind},
    node::{Kind, Node},
};

/// A list of values, or an object that says where they come from.
pub(super) fn read(node: &Node, report: &mut Report) -> Option<Complete> {
    match &node.kind {
        Kind::Broken => return None,
        Kind::List(elements) if !elements.is_empty() => {
            let values = elements.iter().filter_map(|value| match &value.kind {
                Kind::Number(number) => Some(number.to_string()),
                _ => text(value, "complete", report).map(|text| text.text),
            });
            return Some(Complete::Values(values.collect()));
        }
        Kind::Map(_) => {}
        _ => {
            let mistake = Mistake::new("completion", node.span, "this completes nothing");
            let help = "write a list of values, `{ tool: …, values: … }` or `{ native: … }`";
            report.add(mistake.help(help));
            return None;
        }
    }
    let mut fields = Fields::of(node, node.span, "a completion", report);
    let (tool, native) = (fields.optional("tool"), fields.optional("native"));
    let complete = match (tool, native) {
        (Some(tool), None) => {
            let input = fields.optional("with");
            let input = input.map(|node| template::read(node, fields.report));
            let values = fields.required(
                "values",
                "say which, as `values: { $each: $result.jobs, $value: $item.id }`",
            );
            let values = values.map(|node| template::read(node, fields.report));
            let tool = text(tool, "tool", fields.report);
            tool.zip(values).map(|(tool, values)| {
                let empty = Template {
                    span: tool.span,
                    kind: TemplateKind::Object(Vec::new()),
                };
                Complete::Tool(Box::new(FromTool {
                    tool,
                    input: input.unwrap_or(empty),
                    values,
                }))
            })
        }
        (None, Some(native)) => native_name(native, fields.report).map(Complete::Native),
        _ => {
            let mistake = Mistake::new(
                "completion",
                node.span,
                "a completion needs `tool` or `native`",
            );
            let help =
                "`tool` takes values from the result of a tool, `native` names a Rust function";
            fields.report.add(mistake.help(help));
            None
        }
    };
    fields.finish();
    complete
}
