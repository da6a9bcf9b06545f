//! `manifest show`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use rft_mcp_runtime::engine::Settings;
use serde_json::{Map, Value};

use super::is_stale;
use crate::{
    TABLE,
    cli::{Error, print, provider::Choice, say},
};

/// Shows what a tool of this program sends for an input, without sending it and without keys.
#[derive(Debug, Args)]
pub struct Show {
    /// The tool's name
    tool: String,
    /// The manifest's directory, which has to be the one that this program was compiled from
    dir: Option<PathBuf>,
    /// The arguments as one JSON object
    #[arg(long, default_value = "{}")]
    json: String,
    /// Show it as a command of curl, which takes keys from the environment
    #[arg(long)]
    curl: bool,
    #[command(flatten)]
    provider: Choice,
}

impl Show {
    pub fn run(self) -> Result<ExitCode, Error> {
        if let Some(dir) = &self.dir
            && let Some(message) = foreign(dir)
        {
            return Err(Error::Usage(message));
        }
        let tool = Choice::tool(&self.tool)?;
        let input: Map<String, Value> = serde_json::from_str(&self.json)
            .map_err(|error| Error::Usage(format!("--json: no JSON object: {error}")))?;
        let settings = Settings {
            sets: Some(
                TABLE
                    .server
                    .sets
                    .iter()
                    .map(|set| set.name.to_owned())
                    .collect(),
            ),
            ..Settings::default()
        };
        if let Some(note) = stale() {
            say(&note);
        }
        let shown = self.provider.preview(tool, input, &settings, self.curl)?;
        match shown {
            Ok(shown) => print(&shown).map(|()| ExitCode::SUCCESS),
            Err(message) => {
                say(&message);
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

/// Why a manifest's tools can not be shown: they are not those of this program.
fn foreign(dir: &Path) -> Option<String> {
    let name = dir.display();
    match rft_mcp_codegen::compile(dir) {
        Ok(compiled) => is_stale(&compiled).then(|| {
            format!(
                "`{name}` is not what this program was compiled from, and only that can be shown; put it into a copy of \
                 examples/starter (docs/import.md), where `cargo test` shows what its tools send by their `examples`. \
                 `rft-mcp manifest list {name}` says the method and the path of each"
            )
        }),
        Err(_) => Some(format!(
            "`{name}` has mistakes, which `rft-mcp manifest check {name}` shows"
        )),
    }
}

/// What to say where the manifest in the working directory is not what is shown.
fn stale() -> Option<String> {
    let dir = Path::new("manifest");
    if !dir.join("server.yaml").is_file() {
        return None;
    }
    match rft_mcp_codegen::compile(dir) {
        Ok(compiled) => is_stale(&compiled).then(|| {
            "note: `manifest` is not what this program was compiled from, and what is shown is as compiled: build again \
             (`cargo build`) to see what it says now"
                .to_owned()
        }),
        Err(_) => Some(
            "note: `manifest` has mistakes (`rft-mcp manifest check` shows them), and what is shown is as compiled"
                .to_owned(),
        ),
    }
}
