//! Diagnostics for machines: the same as [`Diagnostics`] prints, in the forms that tools read.

mod github;
mod json;
mod sarif;

use crate::diagnostics::Diagnostics;

/// A form of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object: `errors`, `warnings` and `diagnostics`, each with its place, excerpt, help and tools.
    Json,
    /// SARIF 2.1.0, which code hosts and editors show.
    Sarif,
    /// The commands of GitHub Actions, a line each, which it shows at the lines of a change.
    Github,
}

impl Diagnostics {
    /// All of it in a form; without a line end at the end.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Human => self.to_string(),
            Format::Json => json::render(self),
            Format::Sarif => sarif::render(self),
            Format::Github => github::render(self),
        }
    }
}
