//! `manifest import`.

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Args;
use rft_mcp_codegen::import::{self, Choice, ImportError, Imported, SCHEMA_BYTES};

use super::INVALID;
use crate::cli::{Error, print, say};

/// Write tools for operations of an OpenAPI document, into a manifest that is there already or a new one
///
/// The tools pass `manifest check`, or nothing is written and every operation that can not be imported is told at
/// its place in the document; the exit code is then 3. They are a beginning: say in your own words what a tool is
/// for, and take away what an agent does not need.
#[derive(Debug, Args)]
pub struct Import {
    /// The document: OpenAPI 3.0 or 3.1, JSON or YAML
    document: PathBuf,
    /// An operation by its `operationId`, or as "POST /path"
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',')]
    operation: Vec<String>,
    /// Every operation of a tag
    #[arg(long, value_name = "TAG", num_args = 1.., value_delimiter = ',')]
    tag: Vec<String>,
    /// Every operation
    #[arg(long, conflicts_with_all = ["operation", "tag"])]
    all: bool,
    /// The manifest's directory; what is missing in it is made
    #[arg(long, value_name = "DIR", default_value = "manifest")]
    out: PathBuf,
    /// The set of `server.yaml` for the tools, in a manifest that is there already. Without it they go to the set of their
    /// tag, else to the default set that costs least (`manifest tokens`)
    #[arg(long)]
    set: Option<String>,
    /// Go on without the operations that can not be imported, when there are others
    #[arg(long)]
    partial: bool,
    /// The most bytes of a schema to write out; deeper parts are given by their type
    #[arg(long, value_name = "BYTES", default_value_t = SCHEMA_BYTES)]
    schema_bytes: usize,
}

impl Import {
    pub fn run(self) -> Result<ExitCode, Error> {
        if self.operation.is_empty() && self.tag.is_empty() && !self.all {
            return Err(Error::Usage(
                "nothing is chosen: give --operation ID, --tag TAG, or --all".to_owned(),
            ));
        }
        let import = import::Import {
            document: self.document,
            choice: Choice {
                operations: self.operation,
                tags: self.tag,
                all: self.all,
            },
            dir: self.out,
            set: self.set,
            partial: self.partial,
            schema_bytes: self.schema_bytes,
        };
        match import::import(&import) {
            Ok(imported) => {
                if let Some(refused) = &imported.refused
                    && imported.tools.is_empty()
                    && imported.known.is_empty()
                {
                    say(&refused.to_string());
                    say("none of the operations can be imported: nothing is written");
                    return Ok(ExitCode::from(INVALID));
                }
                write(&imported)?;
                print(&told(&imported, &import.dir.display().to_string()))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(ImportError::Unknown(what)) => Err(Error::Usage(what)),
            Err(ImportError::Refused(diagnostics)) => {
                for told in &diagnostics {
                    say(&format!("{told}\n"));
                }
                let summary = diagnostics.summary();
                say(&format!("{summary} in the document, nothing is written"));
                // What is wrong with the whole is in the way of every operation.
                let of_one = |code: &str| {
                    ["document-ref", "too-deep"].contains(&code) || code.starts_with("import-")
                };
                if diagnostics.iter().all(|told| of_one(told.code)) {
                    say("with --partial the others are imported");
                }
                Ok(ExitCode::from(INVALID))
            }
            Err(ImportError::Invalid(diagnostics)) => {
                say(&format!("{diagnostics}, nothing is written"));
                Ok(ExitCode::from(INVALID))
            }
        }
    }
}

fn write(imported: &Imported) -> Result<(), Error> {
    for (path, text) in &imported.files {
        let what = || format!("write `{}`", path.display());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::io(what()))?;
        }
        fs::write(path, text).map_err(Error::io(what()))?;
    }
    Ok(())
}

fn told(imported: &Imported, dir: &str) -> String {
    let mut lines = Vec::new();
    if let Some(refused) = &imported.refused {
        say(&refused.to_string());
        lines.push("some operations could not be imported, as told above".to_owned());
    }
    if !imported.known.is_empty() {
        lines.push(format!(
            "there already, and left alone: {}",
            imported.known.join(", ")
        ));
    }
    match imported.tools.len() {
        0 => lines.push("no tool is new".to_owned()),
        1 => lines.push(format!("1 new tool in {dir}: {}", imported.tools.join(""))),
        count => lines.push(format!(
            "{count} new tools in {dir}, which passes the check"
        )),
    }
    if let Some(provider) = &imported.provider {
        lines.push(format!(
            "no provider in {dir}/providers.yaml has the document's address: add this there, and name the new tools \
             under `lacks` of the others\n\n{provider}"
        ));
    }
    match imported.noted {
        0 => {}
        1 => lines.push(
            "1 of them says less than the document: the comment before it says what".to_owned(),
        ),
        noted => lines.push(format!(
            "{noted} of them say less than the document: the comments before each say what"
        )),
    }
    let new = |(path, _): &(PathBuf, String)| path.ends_with("server.yaml");
    if imported.files.iter().any(new) {
        lines.push(format!(
            "{dir} is a manifest of its own, which this program does not serve: put it into a copy of examples/starter \
             (docs/import.md says more)"
        ));
    } else if !imported.tools.is_empty() {
        lines.push(
            "a program serves what it was built with: build it again (`cargo build`)".to_owned(),
        );
    }
    lines.join("\n")
}
