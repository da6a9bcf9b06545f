//! `manifest list`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::INVALID;
use crate::cli::{Error, print, say};

/// The most characters of a description in a line.
const HEAD: usize = 60;

/// Lists the tools of a manifest: name, effect, sets, what each sends, and how its description begins.
#[derive(Debug, Args)]
pub struct List {
    /// The manifest's directory
    #[arg(default_value = "manifest")]
    dir: PathBuf,
}

impl List {
    pub fn run(self) -> Result<ExitCode, Error> {
        let compiled = match rft_mcp_codegen::compile(&self.dir) {
            Ok(compiled) => compiled,
            Err(diagnostics) => {
                say(&diagnostics.render(rft_mcp_codegen::Format::Human));
                return Ok(ExitCode::from(INVALID));
            }
        };
        let mut rows = vec![["TOOL", "EFFECT", "SETS", "SENDS", "DESCRIPTION"].map(str::to_owned)];
        for tool in compiled.tools {
            let (sets, sends) = (tool.sets.join(","), tool.sends.join(", "));
            rows.push([
                tool.name,
                tool.effect.to_owned(),
                sets,
                sends,
                head(&tool.description),
            ]);
        }
        let widths = [0, 1, 2, 3].map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        });
        let lines = rows.iter().map(|[name, effect, sets, sends, description]| {
            let [a, b, c, d] = widths;
            format!("{name:a$}  {effect:b$}  {sets:c$}  {sends:d$}  {description}")
        });
        print(&lines.collect::<Vec<_>>().join("\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// How a description begins, on one line.
fn head(description: &str) -> String {
    let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(HEAD) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
