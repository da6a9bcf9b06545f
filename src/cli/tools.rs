//! `tools`.

use std::process::ExitCode;

use clap::Args;
use rft_mcp_runtime::tool::Effect;

use super::{Error, print};
use crate::TABLE;

/// Lists every tool of the manifest.
#[derive(Debug, Args)]
pub struct Tools {}

impl Tools {
    #[expect(clippy::unused_self, reason = "every command has the same form")]
    pub fn run(self) -> Result<ExitCode, Error> {
        let width = TABLE
            .tools
            .iter()
            .map(|spec| spec.name.len())
            .max()
            .unwrap_or_default();
        let lines = TABLE.tools.iter().map(|spec| {
            let lacking: Vec<&str> = TABLE
                .providers
                .iter()
                .filter(|provider| provider.lacks.contains(&spec.name))
                .map(|provider| provider.name)
                .collect();
            let lacking = if lacking.is_empty() {
                String::new()
            } else {
                format!(" (not on {})", lacking.join(", "))
            };
            let effect = match spec.effect {
                Effect::Read => "read",
                Effect::Write => "write",
                Effect::Costly => "costly",
                Effect::Destructive => "destructive",
            };
            format!("{:width$}  {effect:11}  {}{lacking}", spec.name, spec.title)
        });
        print(&lines.collect::<Vec<_>>().join("\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}
