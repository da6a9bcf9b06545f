//! `manifest explain`.

use std::process::ExitCode;

use clap::Args;
use rft_mcp_codegen::{RULES, Rule};

use crate::cli::{Error, print};

/// Explains a code of `manifest check`: the rule, how to follow it, and an example.
///
/// Without a code it lists them all.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as it stands in `error[CODE]`
    code: Option<String>,
}

impl Explain {
    pub fn run(self) -> Result<ExitCode, Error> {
        match self.code {
            None => print(&list())?,
            Some(code) => match Rule::of(&code) {
                Some(rule) => print(rule.page)?,
                None => {
                    return Err(Error::Usage(format!(
                        "there is no code `{code}`; `rft-mcp manifest explain` lists them"
                    )));
                }
            },
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list() -> String {
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let lines = RULES.iter().map(|rule| {
        let severity = rule.severity.name();
        format!("{:width$}  {severity:7}  {}", rule.code, rule.summary())
    });
    lines.collect::<Vec<_>>().join("\n")
}
