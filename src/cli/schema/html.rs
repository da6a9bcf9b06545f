//! The tools as one page for a browser, with nothing to load: styles and the search are in it.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Described, smallest::smallest, table::rows};
use crate::{
    TABLE,
    cli::example::{Example, fitted},
};

/// What stands around the tools; the names in double braces are filled in.
const PAGE: &str = include_str!("page.html");

/// The page.
pub(super) fn page(tools: &[Described]) -> String {
    let mut links = String::new();
    let mut sections = String::new();
    for tool in tools {
        let name = escape(tool.spec.name);
        let _ = writeln!(
            links,
            "<li data-tool=\"{name}\"><a href=\"#{name}\">{name}</a></li>"
        );
        section(tool, &mut sections);
    }
    // What is put in last may not be searched for names again.
    let mut page = String::new();
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        match name {
            "title" => page.push_str(&escape(TABLE.server.title)),
            "instructions" => page.push_str(&escape(TABLE.server.instructions.trim())),
            "count" => page.push_str(&tools.len().to_string()),
            "links" => page.push_str(&links),
            "tools" => page.push_str(&sections),
            _ => {}
        }
        rest = after;
    }
    page + rest
}

fn section(tool: &Described, page: &mut String) {
    let name = escape(tool.spec.name);
    let _ = writeln!(
        page,
        "<section id=\"{name}\" data-tool=\"{name}\">\n<h2>{name} <small class=\"{effect}\">{effect}</small></h2>\n\
         <p class=\"title\">{title}</p>\n<p>{description}</p>",
        effect = tool.effect(),
        title = escape(tool.spec.title),
        description = escape(tool.description()),
    );
    let lacking = tool.lacking();
    if !lacking.is_empty() {
        let _ = writeln!(page, "<p>Not on {}.</p>", escape(&lacking.join(", ")));
    }
    table("Input", &tool.input, page);
    if let Some(output) = &tool.output {
        table("Result", output, page);
    }
    for example in &tool.examples {
        shown(example, page);
    }
    if tool.examples.is_empty() {
        page.push_str("<h3>Smallest input</h3>\n");
        block(&smallest(&tool.input), page);
    }
    page.push_str("</section>\n");
}

/// A call: its input, what is sent, what the agent gets.
fn shown(example: &Example, page: &mut String) {
    let _ = writeln!(
        page,
        "<div class=\"example\"><h3>Example: {}</h3>",
        escape(&example.title())
    );
    block(&example.input, page);
    if !example.requests.is_empty() {
        page.push_str("<p>Sends</p>\n");
    }
    for sent in &example.requests {
        let _ = writeln!(page, "<p><code>{}</code></p>", escape(&sent.line()));
        for part in sent.parts() {
            block(part, page);
        }
    }
    for (heading, got) in [
        ("Gives", &example.result),
        ("Gives, among others", &example.result_has),
    ] {
        if let Some(got) = got {
            let _ = writeln!(page, "<p>{heading}</p>");
            block(got, page);
        }
    }
    if let Some(error) = &example.error {
        let _ = writeln!(page, "<p>Fails, and says: {}</p>", escape(error));
    }
    page.push_str("</div>\n");
}

fn block(value: &Value, page: &mut String) {
    let _ = writeln!(page, "<pre>{}</pre>", escape(&fitted(value)));
}

fn table(heading: &str, schema: &Value, page: &mut String) {
    let _ = writeln!(page, "<h3>{heading}</h3>");
    let rows = rows(schema, &escape);
    if rows.is_empty() {
        page.push_str("<p>Nothing.</p>\n");
        return;
    }
    page.push_str(
        "<table><thead><tr><th>field</th><th>type</th><th>meaning</th></tr></thead><tbody>\n",
    );
    for row in rows {
        let required = if row.required {
            " class=\"required\""
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "<tr{required}><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            escape(&row.name),
            row.kind,
            escape(&row.meaning),
        );
    }
    page.push_str("</tbody></table>\n");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_manifest_says_is_text_and_no_markup() {
        assert_eq!(
            escape("<a href=\"x\">&amp;</a>"),
            "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;"
        );
    }

    #[test]
    fn a_tool_says_where_it_is_not() {
        let mut page = String::new();
        let lacking = |spec: &&rft_mcp_runtime::tool::ToolSpec| {
            let providers = TABLE.providers.iter();
            providers
                .filter(|one| one.lacks.contains(&spec.name))
                .count()
                == 1
        };
        let mut said = 0;
        for spec in TABLE.tools.iter().filter(lacking) {
            page.clear();
            section(&Described::of(spec), &mut page);
            assert!(page.contains("<p>Not on "), "{}", spec.name);
            said += 1;
        }
        assert!(said > 0, "a provider lacks a tool");
    }
}
