//! `schema`.

use std::{fmt::Write as _, process::ExitCode};

use clap::{Args, ValueEnum};
use rft_mcp_runtime::tool::ToolSpec;
use serde_json::{Value, json};

use super::{Error, print};
use crate::TABLE;

/// Prints what clients see of the tools: names, descriptions and schemas, references inlined.
#[derive(Debug, Args)]
pub struct Schema {
    /// One tool only
    #[arg(long)]
    tool: Option<String>,
    /// The form to print in
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Yaml,
    Markdown,
}

impl Schema {
    pub fn run(self) -> Result<ExitCode, Error> {
        let tools: Vec<&ToolSpec> = TABLE
            .tools
            .iter()
            .filter(|spec| self.tool.as_ref().is_none_or(|name| spec.name == name))
            .collect();
        if let (true, Some(name)) = (tools.is_empty(), &self.tool) {
            let known: Vec<&str> = TABLE.tools.iter().map(|spec| spec.name).collect();
            return Err(Error::Usage(format!(
                "there is no tool `{name}`: the tools are {}",
                known.join(", ")
            )));
        }
        let described: Vec<Value> = tools.into_iter().map(describe).collect();
        let value = match (self.tool, described.as_slice()) {
            (Some(_), [one]) => one.clone(),
            _ => json!({ "tools": described }),
        };
        match self.format {
            Format::Json => print(&format!("{value:#}"))?,
            Format::Yaml => {
                let text = yaml_serde::to_string(&value)
                    .map_err(|error| Error::Usage(error.to_string()))?;
                print(&text)?;
            }
            Format::Markdown => print(
                &described
                    .iter()
                    .map(markdown)
                    .collect::<Vec<_>>()
                    .join("\n"),
            )?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn describe(spec: &ToolSpec) -> Value {
    // Codegen wrote these texts from objects.
    let read = |text| serde_json::from_str::<Value>(text).unwrap_or_default();
    json!({
        "name": spec.name,
        "title": spec.title,
        "description": spec.description.trim(),
        "sets": spec.sets,
        "inputSchema": read(spec.input),
        "outputSchema": spec.output.map(read),
    })
}

fn markdown(tool: &Value) -> String {
    let text = |key: &str| tool.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut page = format!("## `{}`\n\n{}\n", text("name"), text("description"));
    for (heading, key) in [("Input", "inputSchema"), ("Result", "outputSchema")] {
        let schema = tool.get(key).unwrap_or(&Value::Null);
        let _ = write!(
            page,
            "\n### {heading}\n\n| field | type | required | meaning |\n|---|---|---|---|\n"
        );
        rows(schema, "", &mut page);
    }
    page
}

/// A row for each property, those of objects within under dotted names.
fn rows(schema: &Value, prefix: &str, page: &mut String) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    let required = schema.get("required").and_then(Value::as_array);
    for (name, property) in properties {
        let required = required.is_some_and(|all| all.iter().any(|one| one == name.as_str()));
        let meaning = property
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let meaning = meaning.trim().replace('\n', " ").replace('|', "\\|");
        let required = if required { "yes" } else { "" };
        let _ = writeln!(
            page,
            "| `{prefix}{name}` | {} | {required} | {meaning} |",
            kind(property)
        );
        rows(property, &format!("{prefix}{name}."), page);
        if let Some(items) = property.get("items") {
            rows(items, &format!("{prefix}{name}[]."), page);
        }
    }
}

fn kind(schema: &Value) -> String {
    if let Some(constant) = schema.get("const") {
        return format!("`{constant}`");
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return values
            .iter()
            .map(|value| format!("`{value}`"))
            .collect::<Vec<_>>()
            .join(" or ");
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get(key).and_then(Value::as_array) {
            let mut kinds: Vec<String> = branches.iter().map(kind).collect();
            kinds.dedup();
            return kinds.join(" or ");
        }
    }
    match schema.get("type") {
        Some(Value::String(one)) if one == "array" => {
            format!(
                "list of {}",
                schema
                    .get("items")
                    .map_or_else(|| "anything".to_owned(), kind)
            )
        }
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(many)) => many
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "anything".to_owned(),
    }
}
