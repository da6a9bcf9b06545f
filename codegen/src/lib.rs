//! Compiles a manifest of MCP tools (YAML) into Rust.
//!
//! [`compile`] is all there is: load → read → check → emit. The build script calls it, and the command line
//! calls [`check`], its first three steps, so a mistake in a manifest is told in the same words by both.

mod build;
mod check;
mod diagnostics;
pub mod diff;
mod emit;
mod endpoints;
mod examples;
mod fields;
mod file;
mod fill;
mod headers;
pub mod import;
#[cfg(test)]
mod language;
mod load;
mod model;
mod names;
mod node;
mod openapi;
mod overview;
mod parse;
mod read;
mod refs;
mod render;
mod rewrite;
mod rules;
mod schema;
mod source;
mod tokens;
mod types;
mod uses;

use std::path::{Path, PathBuf};

pub use build::build;
pub use diagnostics::{Diagnostic, Diagnostics};
pub use examples::{Answer, Example, Expected, Sent};
pub use overview::Overview;
pub use render::Format;
pub use rules::{RULES, Rule, Severity};
pub use tokens::{SetTokens, Tokens, ToolTokens};

/// JSON Schemas of a manifest's files for editors, by the name of the file (`tools.schema.json`).
pub const EDITOR_SCHEMAS: &[(&str, &str)] = &[
    (
        "data.schema.json",
        include_str!("../editor/data.schema.json"),
    ),
    (
        "functions.schema.json",
        include_str!("../editor/functions.schema.json"),
    ),
    (
        "prompts.schema.json",
        include_str!("../editor/prompts.schema.json"),
    ),
    (
        "providers.schema.json",
        include_str!("../editor/providers.schema.json"),
    ),
    (
        "resources.schema.json",
        include_str!("../editor/resources.schema.json"),
    ),
    (
        "schemas.schema.json",
        include_str!("../editor/schemas.schema.json"),
    ),
    (
        "server.schema.json",
        include_str!("../editor/server.schema.json"),
    ),
    (
        "templates.schema.json",
        include_str!("../editor/templates.schema.json"),
    ),
    (
        "tools.schema.json",
        include_str!("../editor/tools.schema.json"),
    ),
];

/// A manifest as Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// A module: `mod types`, `trait Handlers` and `struct Manifest<H>` with its constant `TABLE`. It needs
    /// the crates `rft_mcp_runtime`, `serde` and `serde_json`. The same manifest gives the same text.
    pub rust: String,
    /// The files that were read, sorted.
    pub files: Vec<PathBuf>,
    /// What is to be said of it all the same: warnings only.
    pub warnings: Diagnostics,
    /// What its tools cost a model to read.
    pub tokens: Tokens,
    /// Its tools, in the manifest's order.
    pub tools: Vec<Overview>,
    /// Its examples, in the manifest's order.
    pub examples: Vec<Example>,
}

/// What is known of a right manifest that was not compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What is to be said of it all the same: warnings only.
    pub warnings: Diagnostics,
    /// What its tools cost a model to read.
    pub tokens: Tokens,
}

/// Compiles the manifest in a directory.
///
/// # Errors
/// Every mistake and warning, each with its place and a way to mend it, when there is a mistake among them.
pub fn compile(dir: impl AsRef<Path>) -> Result<Compiled, Diagnostics> {
    run(dir.as_ref(), &[], emit::emit)
}

/// Says of a manifest what [`compile`] says, without writing it out as text, which takes the longest.
///
/// # Errors
/// As [`compile`].
pub fn check(dir: impl AsRef<Path>) -> Result<Checked, Diagnostics> {
    check_over(dir.as_ref(), &[])
}

/// Checks a directory as if these files were in it too.
fn check_over(dir: &Path, over: &[(String, String)]) -> Result<Checked, Diagnostics> {
    let made = |manifest: &model::Manifest, report: &mut diagnostics::Report| {
        emit::check(manifest, report);
        Ok(String::new())
    };
    let compiled = run(dir, over, made)?;
    Ok(Checked {
        warnings: compiled.warnings,
        tokens: compiled.tokens,
    })
}

fn run(
    dir: &Path,
    over: &[(String, String)],
    emit: impl FnOnce(&model::Manifest, &mut diagnostics::Report) -> Result<String, syn::Error>,
) -> Result<Compiled, Diagnostics> {
    let mut report = diagnostics::Report::default();
    let mut files = match load::load_over(dir, over, &mut report) {
        Ok(files) => files,
        Err(sources) => return Err(report.finish(&sources)),
    };
    let manifest = read::read(dir, &mut files, &mut report);
    check::check(&manifest, &mut report);
    // Types are made only of what is right: what typify says of the rest would say nothing new.
    let rust = if report.has_errors() {
        Ok(String::new())
    } else {
        emit(&manifest, &mut report)
    };
    let rust = rust.unwrap_or_else(|error| {
        report.add_internal(&error);
        String::new()
    });
    let diagnostics = report.finish(&files.sources);
    if diagnostics.count(Severity::Error) > 0 {
        return Err(diagnostics);
    }
    let examples = examples::of(&manifest, &files.sources);
    let files = files.sources.iter();
    Ok(Compiled {
        rust,
        files: files.map(|(_, file)| PathBuf::from(&file.name)).collect(),
        warnings: diagnostics,
        tokens: Tokens::of(&manifest),
        tools: overview::of(&manifest),
        examples,
    })
}
