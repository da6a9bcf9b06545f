//! The tools as a Markdown page.

use std::fmt::Write as _;

use serde_json::Value;

use super::{
    Described,
    prose::{code, line, paragraphs},
    smallest::smallest,
    table::rows,
};
use crate::{
    TABLE,
    cli::example::{Example, fitted},
};

/// The page; of one tool its section alone.
pub(super) fn page(tools: &[Described], one: bool) -> String {
    let mut page = String::new();
    if !one {
        let _ = write!(
            page,
            "# {}: the tools\n\n<!-- Written by `rft-mcp schema --format markdown`: change the manifest, not this page. -->\n\n\
             | tool | effect | what it is for |\n|---|---|---|\n",
            line(TABLE.server.title)
        );
        for tool in tools {
            let _ = writeln!(
                page,
                "| [`{0}`](#{0}) | {1} | {2} |",
                tool.spec.name,
                tool.effect(),
                line(tool.spec.title)
            );
        }
        page.push('\n');
    }
    let sections: Vec<String> = tools.iter().map(section).collect();
    page + &sections.join("\n")
}

fn section(tool: &Described) -> String {
    let mut section = format!(
        "## `{}`\n\n{}\n\n",
        tool.spec.name,
        paragraphs(tool.description())
    );
    let _ = write!(
        section,
        "Effect: {}. Sets: {}.",
        tool.effect(),
        tool.spec.sets.join(", ")
    );
    let lacking = tool.lacking();
    if !lacking.is_empty() {
        let _ = write!(section, " Not on {}.", line(&lacking.join(", ")));
    }
    section.push('\n');
    table("Input", &tool.input, &mut section);
    if let Some(output) = &tool.output {
        table("Result", output, &mut section);
    }
    for example in &tool.examples {
        shown(example, &mut section);
    }
    if tool.examples.is_empty() {
        section.push_str("\n### Smallest input\n\n");
        block(&smallest(&tool.input), &mut section);
    }
    section
}

/// A call: its input, what is sent, what the agent gets.
fn shown(example: &Example, section: &mut String) {
    let _ = write!(section, "\n### Example: {}\n\n", line(&example.title()));
    block(&example.input, section);
    if !example.requests.is_empty() {
        section.push_str("\nSends\n\n");
    }
    for sent in &example.requests {
        let _ = writeln!(section, "- {}", code(&sent.line()));
        for part in sent.parts() {
            section.push('\n');
            block(part, section);
        }
    }
    if let Some(result) = &example.result {
        section.push_str("\nGives\n\n");
        block(result, section);
    }
    if let Some(part) = &example.result_has {
        section.push_str("\nGives, among others\n\n");
        block(part, section);
    }
    if let Some(error) = &example.error {
        let _ = write!(section, "\nFails, and says: {}\n", line(error));
    }
}

fn block(value: &Value, section: &mut String) {
    let _ = write!(section, "```json\n{}\n```\n", fitted(value));
}

fn table(heading: &str, schema: &Value, section: &mut String) {
    let rows = rows(schema, &code);
    let _ = write!(section, "\n### {heading}\n\n");
    if rows.is_empty() {
        section.push_str("Nothing.\n");
        return;
    }
    section.push_str("| field | type | required | meaning |\n|---|---|---|---|\n");
    for row in rows {
        let required = if row.required { "yes" } else { "" };
        let _ = writeln!(
            section,
            "| {} | {} | {required} | {} |",
            code(&row.name),
            row.kind,
            line(&row.meaning)
        );
    }
}
