//! A tool as `tools/list` shows it.

use rmcp::model::{Tool, ToolAnnotations};

use crate::{
    engine::Engine,
    tool::{Effect, ToolSpec},
};

/// `spec` as clients see it. The schemas are shared with the engine, keys in the manifest's order.
pub(super) fn tool(engine: &Engine, spec: &'static ToolSpec) -> Tool {
    let tool = Tool::new(spec.name, spec.description, engine.input_schema(spec))
        .with_title(spec.title)
        .with_annotations(annotations(spec));
    match engine.output_schema(spec) {
        Some(output) => tool.with_raw_output_schema(output),
        None => tool,
    }
}

fn annotations(spec: &ToolSpec) -> ToolAnnotations {
    let (read_only, destructive, idempotent) = match spec.effect {
        Effect::Read => (true, false, true),
        Effect::Write => (false, false, false),
        // Spending can not be undone, and clients ask a person before destructive tools.
        Effect::Costly | Effect::Destructive => (false, true, false),
    };
    ToolAnnotations::with_title(spec.title)
        .read_only(read_only)
        .destructive(destructive)
        .idempotent(idempotent)
        // Every tool reaches a provider.
        .open_world(true)
}

#[cfg(test)]
mod tests {

    use serde_json::{Value, json};

    use super::*;
    use crate::tool::{Action, FunctionError};

    #[test]
    fn annotations_follow_from_the_effect() {
        for (effect, read_only, destructive, idempotent) in [
            (Effect::Read, true, false, true),
            (Effect::Write, false, false, false),
            (Effect::Costly, false, true, false),
            (Effect::Destructive, false, true, false),
        ] {
            let spec = ToolSpec {
                name: "tool",
                title: "A tool",
                description: "",
                effect,
                sets: &[],
                input: "{}",
                output: Some("{}"),
                instead: &[],
                features: &[],
                typed: Ok::<Value, _>,
                action: Action::Native(|_, _| {
                    Box::pin(async { Err(FunctionError(String::new())) })
                }),
            };
            let shown = serde_json::to_value(annotations(&spec)).unwrap();
            let expected = json!({
                "title": "A tool",
                "readOnlyHint": read_only,
                "destructiveHint": destructive,
                "idempotentHint": idempotent,
                "openWorldHint": true,
            });
            assert_eq!(shown, expected, "{effect:?}");
        }
    }
}
