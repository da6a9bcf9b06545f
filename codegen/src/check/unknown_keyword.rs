//! `unknown-keyword`: JSON Schema passes over a keyword that it does not know; here it is a mistake.

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    schema::{keywords, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let known = keywords();
    for (tool, schema) in schemas::with_tools(manifest) {
        walk(schema, &mut |schema| {
            for (key, _) in schema.members() {
                if !known.contains(&key.text.as_str()) {
                    let message = format!("JSON Schema has no keyword `{}`", key.text);
                    let mistake = Mistake::new("unknown-keyword", key.span, message);
                    let mistake = if key.text == "nullable" {
                        // OpenAPI's of old.
                        mistake.help(
                            "remove it: an input that is not in `required` may be null too; elsewhere write `type: [string, \"null\"]`",
                        )
                    } else {
                        mistake.nearest(&key.text, known.iter().copied())
                    };
                    let mistake = mistake
                        .help_if_none("put a property under `properties`; leave anything else out");
                    report.add(match tool {
                        Some(tool) => mistake.tool(tool),
                        None => mistake,
                    });
                }
            }
        });
    }
}
