//! `manifest tokens`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use rft_mcp_codegen::ToolTokens;

use super::INVALID;
use crate::cli::{Error, print, say};

/// Shows about how many tokens each tool, each set and all of tools/list cost a model to read.
///
/// An estimate from the text: words and marks as byte pair encodings split them, no model's vocabulary.
#[derive(Debug, Args)]
pub struct Tokens {
    /// The manifest's directory
    #[arg(default_value = "manifest")]
    dir: PathBuf,
}

impl Tokens {
    pub fn run(self) -> Result<ExitCode, Error> {
        match rft_mcp_codegen::check(&self.dir) {
            Ok(checked) => {
                print(&table(&checked.tokens))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(diagnostics) => {
                say(&diagnostics.to_string());
                Ok(ExitCode::from(INVALID))
            }
        }
    }
}

/// Tools from the dearest down, then sets, then all of it.
fn table(tokens: &rft_mcp_codegen::Tokens) -> String {
    let mut tools: Vec<&ToolTokens> = tokens.tools.iter().collect();
    tools.sort_by_key(|tool| std::cmp::Reverse(tool.total()));
    let names = tools.iter().map(|tool| tool.name.len());
    let width = names
        .chain(tokens.sets.iter().map(|set| set.name.len() + 4))
        .chain(["listed by default".len()])
        .max()
        .unwrap_or_default();
    let mut lines = vec![format!(
        "{:width$}  {:>7}  {:>7}  {:>7}  {:>7}",
        "tool", "tokens", "text", "input", "output"
    )];
    lines.extend(tools.iter().map(|tool| {
        let (total, text, input, output) = (tool.total(), tool.text, tool.input, tool.output);
        format!(
            "{:width$}  {total:>7}  {text:>7}  {input:>7}  {output:>7}",
            tool.name
        )
    }));
    lines.push(String::new());
    lines.extend(tokens.sets.iter().map(|set| {
        let default = if set.default { "  by default" } else { "" };
        format!(
            "{:width$}  {:>7}{default}",
            format!("set {}", set.name),
            set.tokens
        )
    }));
    lines.push(format!(
        "{:width$}  {:>7}",
        "listed by default", tokens.listed
    ));
    lines.push(format!("{:width$}  {:>7}", "all tools", tokens.total));
    lines.join("\n")
}
