//! `manifest editor`.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Args;
use rft_mcp_codegen::EDITOR_SCHEMAS;

use crate::cli::{Error, print};

/// Writes the JSON Schemas of a manifest's files, with which editors complete and explain them.
///
/// A file names its own in its first line: `# yaml-language-server: $schema=../editor/tools.schema.json`.
#[derive(Debug, Args)]
pub struct Editor {
    /// The directory to write them to
    #[arg(long, default_value = "editor")]
    out: PathBuf,
}

impl Editor {
    pub fn run(self) -> Result<ExitCode, Error> {
        let out = self.out.display();
        fs::create_dir_all(&self.out).map_err(Error::io(format!("make `{out}`")))?;
        for (name, schema) in EDITOR_SCHEMAS {
            let path = self.out.join(name);
            let what = format!("write `{}`", path.display());
            fs::write(&path, schema).map_err(Error::io(what))?;
        }
        print(&format!(
            "{out}: {} schemas; begin a file of tools with `# yaml-language-server: $schema=…/tools.schema.json`",
            EDITOR_SCHEMAS.len()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
