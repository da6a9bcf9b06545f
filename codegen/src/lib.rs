//! Compiles a manifest of MCP tools (YAML) into Rust.
//!
//! [`compile`] is all there is: load → read → check → emit. The build script and the command line call
//! it alike, so a mistake in a manifest is told in the same words by both.

mod build;
mod check;
mod diagnostics;
mod emit;
mod fields;
mod load;
mod model;
mod names;
mod node;
mod parse;
mod read;
mod refs;
mod rewrite;
mod schema;
mod source;
mod types;
mod uses;

use std::path::{Path, PathBuf};

pub use build::build;
pub use diagnostics::{CODES, Diagnostic, Diagnostics};

/// A manifest as Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// A module: `mod types`, `trait Handlers` and `struct Manifest<H>` with its constant `TABLE`. It needs
    /// the crates `rft_mcp_runtime`, `serde` and `serde_json`. The same manifest gives the same text.
    pub rust: String,
    /// The files that were read, sorted.
    pub files: Vec<PathBuf>,
}

/// Compiles the manifest in a directory.
///
/// # Errors
/// Every mistake in it, each with its place and a way to mend it.
pub fn compile(dir: impl AsRef<Path>) -> Result<Compiled, Diagnostics> {
    let dir = dir.as_ref();
    let mut report = diagnostics::Report::default();
    let mut files = load::load(dir, &mut report);
    let manifest = read::read(dir, &mut files, &mut report);
    check::check(&manifest, &mut report);
    // Types are made only of what is right: what typify says of the rest would say nothing new.
    let rust = if report.is_empty() {
        emit::emit(&manifest, &mut report)
    } else {
        Ok(String::new())
    };
    let rust = rust.unwrap_or_else(|error| {
        report.add_internal(&error);
        String::new()
    });
    match report.finish(&files.sources) {
        Some(diagnostics) => Err(diagnostics),
        None => Ok(Compiled {
            rust,
            files: files
                .sources
                .iter()
                .map(|(_, file)| PathBuf::from(&file.name))
                .collect(),
        }),
    }
}
