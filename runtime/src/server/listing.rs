//! A tool as `tools/list` shows it.

use rmcp::model::{Tool, ToolAnnotations};

use crate::{
    engine::Engine,
    tool::{Action, Effect, ToolSpec},
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
    // What is read at the provider may be written here.
    let (writes, overwrites) = local_files(spec);
    // Without the title, which is beside them: every tool's is read in every conversation.
    ToolAnnotations::new()
        .read_only(read_only && !writes)
        .destructive(destructive || overwrites)
        .idempotent(idempotent && !writes)
        // Every tool reaches a provider.
        .open_world(true)
}

/// Whether a tool writes local files, and over others.
fn local_files(spec: &ToolSpec) -> (bool, bool) {
    let Action::Http { requests, .. } = &spec.action else {
        return (false, false);
    };
    let downloads = || requests.iter().filter_map(|one| one.download.as_ref());
    let writes = downloads().any(|one| one.path.is_some());
    (writes, downloads().any(|one| one.overwrite.is_some()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn annotations_follow_from_the_effect() {
        for (effect, read_only, destructive, idempotent) in [
            (Effect::Read, true, false, true),
            (Effect::Write, false, false, false),
            (Effect::Costly, false, true, false),
            (Effect::Destructive, false, true, false),
        ] {
            let spec = ToolSpec {
                effect,
                ..ToolSpec::PLAIN
            };
            let shown = serde_json::to_value(annotations(&spec)).unwrap();
            let expected = json!({
                "readOnlyHint": read_only,
                "destructiveHint": destructive,
                "idempotentHint": idempotent,
                "openWorldHint": true,
            });
            assert_eq!(shown, expected, "{effect:?}");
        }
    }
}
