//! `manifest new`.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};

use super::INVALID;
use crate::cli::{Error, print, say};

/// Writes something new to begin with.
#[derive(Debug, Subcommand)]
pub enum New {
    /// A tool in a file of its own, `tools/NAME.yaml`, that passes `manifest check`
    Tool(Tool),
}

#[derive(Debug, Args)]
pub struct Tool {
    /// The tool's name: lower-case letters, digits and `_`
    name: String,
    /// The manifest's directory
    #[arg(long, default_value = "manifest")]
    dir: PathBuf,
    /// The set of `server.yaml` that it belongs to; of the default ones that which costs least (`manifest tokens`)
    #[arg(long)]
    set: Option<String>,
}

impl New {
    pub fn run(self) -> Result<ExitCode, Error> {
        let Self::Tool(tool) = self;
        let Tool { name, dir, set } = tool;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(fits) {
            return Err(Error::Usage(format!(
                "`{name}` is no name of a tool: begin with a letter and use lower-case letters, digits and `_`, as in \
                 `get_model`"
            )));
        }
        let compiled = match rft_mcp_codegen::compile(&dir) {
            Ok(compiled) => compiled,
            Err(diagnostics) => {
                say(&diagnostics.render(rft_mcp_codegen::Format::Human));
                return Ok(ExitCode::from(INVALID));
            }
        };
        if compiled.tools.iter().any(|tool| tool.name == name) {
            return Err(Error::Usage(format!(
                "there is a tool `{name}` already: choose another name"
            )));
        }
        let sets = &compiled.tokens.sets;
        let chosen = match &set {
            Some(name) => sets.iter().find(|one| one.name == *name),
            None => compiled.tokens.roomiest(),
        };
        let Some(set) = chosen else {
            let names: Vec<_> = sets.iter().map(|one| one.name.as_str()).collect();
            return Err(Error::Usage(match set {
                Some(set) => format!(
                    "`server.yaml` has no set `{set}`: the sets are {}",
                    names.join(", ")
                ),
                None => "the manifest has no sets: add one to `server.yaml` first".to_owned(),
            }));
        };
        let path = dir.join("tools").join(format!("{name}.yaml"));
        write(&path, &scaffold(&name, &set.name))?;
        print(&format!(
            "{}, in the set `{}`: change it to what you need; `rft-mcp manifest check {}` says what is wrong, and a program \
             has it once it is built again (`cargo build`)",
            path.display(),
            set.name,
            dir.display()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes a file that is not there.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let failed = || Error::io(format!("write `{}`", path.display()));
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(failed())?;
    }
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(failed())?;
    file.write_all(text.as_bytes()).map_err(failed())
}

fn scaffold(name: &str, set: &str) -> String {
    let title = name.replace('_', " ");
    format!(
        "# {title}: what it is for.
{name}:
  title: {title:?}
  description: Says what one thing is. A model chooses the tool by this.
  effect: read # read, write, costly or destructive
  sets: [{set}]
  input:
    type: object
    additionalProperties: false
    required: [id]
    properties:
      id: {{ type: string, minLength: 1, description: Id of the thing. }}
  request:
    get: /things/{{id}}
  result:
    id: $response.id
    name: $response.name
  output:
    type: object
    required: [id]
    properties:
      id: {{ type: string }}
      name: {{ type: string }}
  examples:
    - name: one thing
      input: {{ id: thing-1 }}
      request: {{ get: /things/thing-1 }}
      response: {{ body: {{ id: thing-1, name: First }} }}
      result: {{ id: thing-1, name: First }}
"
    )
}
