//! `schema`.

#[cfg(test)]
mod hostile;
mod html;
mod markdown;
mod models;
mod openapi;
mod prose;
mod smallest;
mod table;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rft_mcp_runtime::tool::{Effect, ToolSpec};
use serde_json::{Value, json};

use super::{Error, example::Example, print, provider::Choice};
use crate::TABLE;

/// Prints what clients see of the tools: names, descriptions and schemas, references inlined
///
/// Every form has the tools in the order of `tools/list` and the same bytes each time, so that it can be committed
/// and compared.
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
    /// JSON Schemas
    Json,
    /// The same as YAML
    Yaml,
    /// A page of tables
    Markdown,
    /// A page for a browser, of one file
    Html,
    /// An OpenAPI 3.1 document with a POST for each tool
    Openapi,
    /// The `tools` of OpenAI's Chat Completions
    Openai,
    /// The `tools` of OpenAI's Responses
    OpenaiResponses,
    /// The `tools` of Anthropic's Messages
    Anthropic,
}

/// A tool as the forms see it.
#[derive(Debug)]
struct Described {
    spec: &'static ToolSpec,
    input: Value,
    /// `None` for a tool that gives content alone.
    output: Option<Value>,
    /// The manifest's own.
    examples: Vec<Example>,
}

impl Schema {
    pub fn run(self) -> Result<ExitCode, Error> {
        let specs: Vec<&'static ToolSpec> = match &self.tool {
            Some(name) => vec![Choice::tool(name)?],
            None => TABLE.tools.iter().collect(),
        };
        let tools: Vec<Described> = specs.into_iter().map(Described::of).collect();
        let one = self.tool.is_some();
        let text = match self.format {
            Format::Json => pretty(&described(&tools, one)),
            Format::Yaml => yaml_serde::to_string(&described(&tools, one))
                .map_err(|error| Error::Usage(error.to_string()))?,
            Format::Markdown => markdown::page(&tools, one),
            Format::Html => html::page(&tools),
            Format::Openapi => pretty(&openapi::document(&tools)),
            Format::Openai => pretty(&models::chat_completions(&tools)),
            Format::OpenaiResponses => pretty(&models::responses(&tools)),
            Format::Anthropic => pretty(&models::messages(&tools)),
        };
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Described {
    fn of(spec: &'static ToolSpec) -> Self {
        // Codegen wrote these texts from objects.
        let read = |text| serde_json::from_str::<Value>(text).unwrap_or_default();
        Self {
            spec,
            input: read(spec.input),
            output: spec.output.map(read),
            examples: Example::of(spec.name),
        }
    }

    fn description(&self) -> &str {
        self.spec.description.trim()
    }

    /// What a call changes, in a word.
    fn effect(&self) -> &'static str {
        match self.spec.effect {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Costly => "costly",
            Effect::Destructive => "destructive",
        }
    }

    /// The providers that do not have it.
    fn lacking(&self) -> Vec<&'static str> {
        let lacking = TABLE
            .providers
            .iter()
            .filter(|provider| provider.lacks.contains(&self.spec.name));
        lacking.map(|provider| provider.title).collect()
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// The tools as `tools/list` has them, or one of them.
fn described(tools: &[Described], one: bool) -> Value {
    let all = tools.iter().map(|tool| {
        json!({
            "name": tool.spec.name,
            "title": tool.spec.title,
            "description": tool.description(),
            "sets": tool.spec.sets,
            "inputSchema": tool.input,
            "outputSchema": tool.output,
        })
    });
    let mut all: Vec<Value> = all.collect();
    match all.pop() {
        Some(only) if one => only,
        last => {
            all.extend(last);
            json!({ "tools": all })
        }
    }
}
