//! Runs a manifest's examples: through the pipeline that serves calls, against the answers that they give.
//!
//! A product has this crate as a dev-dependency, and one test: [`examples`] with its manifest and its table. What the
//! tools and functions do is compiled; the examples are read from the manifest's directory.

mod difference;
mod files;
mod recorded;
mod run;

use std::{fmt, path::Path};

use rft_mcp_codegen::{Compiled, Diagnostics, Example, compile};
use rft_mcp_runtime::{
    engine::{Engine, EngineError},
    tool::Table,
    upstream::ProviderError,
};

/// Runs all examples of the manifest in `dir` on the table that it was compiled to.
///
/// # Errors
/// When the manifest has mistakes, or an example can not be run at all.
pub async fn examples(dir: impl AsRef<Path>, table: &'static Table) -> Result<Report, TestError> {
    let compiled = compile(dir.as_ref()).map_err(TestError::Manifest)?;
    Report::of(&compiled, table, &|_| true, &|_| {}).await
}

/// How the examples came out. As a text: every difference at its line, then the tools without an example, then how
/// many hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many examples hold.
    pub held: usize,
    /// Those that do not.
    pub failed: Vec<Failed>,
    /// The tools that have none.
    pub without: Vec<String>,
}

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The tool's name.
    pub tool: String,
    /// The example's name.
    pub example: String,
    /// `file:line`.
    pub place: String,
    /// A line for each difference; at least one.
    pub differences: Vec<String>,
}

impl Report {
    /// Runs the examples of the tools that are `chosen`. `prepare` gets the engine of each, to put beside it what the
    /// product's functions need.
    ///
    /// # Errors
    /// When an example can not be run at all.
    pub async fn of(
        compiled: &Compiled,
        table: &'static Table,
        chosen: &dyn Fn(&str) -> bool,
        prepare: &dyn Fn(&Engine),
    ) -> Result<Self, TestError> {
        let mut report = Self {
            held: 0,
            failed: Vec::new(),
            without: Vec::new(),
        };
        for tool in compiled.tools.iter().filter(|tool| chosen(&tool.name)) {
            let of = |example: &&Example| example.tool == tool.name;
            let mut examples = compiled.examples.iter().filter(of).peekable();
            if examples.peek().is_none() {
                report.without.push(tool.name.clone());
            }
            for example in examples {
                let differences = run::run(table, example, prepare).await?;
                if differences.is_empty() {
                    report.held += 1;
                    continue;
                }
                report.failed.push(Failed {
                    tool: example.tool.clone(),
                    example: example.name.clone(),
                    place: example.place.clone(),
                    differences,
                });
            }
        }
        Ok(report)
    }

    /// Whether every example holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.failed.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for failed in &self.failed {
            writeln!(formatter, "{failed}\n")?;
        }
        if !self.without.is_empty() {
            writeln!(formatter, "without an example: {}", self.without.join(", "))?;
        }
        write!(
            formatter,
            "{} {}, {} {}",
            self.held,
            if self.held == 1 {
                "example holds"
            } else {
                "examples hold"
            },
            self.failed.len(),
            if self.failed.len() == 1 {
                "does not"
            } else {
                "do not"
            },
        )
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            tool,
            example,
            place,
            differences,
        } = self;
        write!(
            formatter,
            "{tool} `{example}` does not hold\n  --> {place}\n  {}",
            differences.join("\n  ")
        )
    }
}

/// Why examples could not be run.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The manifest has mistakes.
    #[error("{0}")]
    Manifest(Diagnostics),
    /// The fake of the provider, or a file of an example, could not be made.
    #[error("can not {what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The provider can not be used.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The table can not be served.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl TestError {
    /// For `map_err`.
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
