//! `manifest show`.

use std::process::ExitCode;

use clap::Args;
use rft_mcp_runtime::engine::Settings;
use serde_json::{Map, Value};

use crate::{
    TABLE,
    cli::{Error, print, provider::Choice, say},
};

/// Shows what a tool of this program sends for an input, without sending it and without keys.
#[derive(Debug, Args)]
pub struct Show {
    /// The tool's name
    tool: String,
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
