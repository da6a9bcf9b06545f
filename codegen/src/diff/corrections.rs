//! The file of known differences: a list of `at`, `change` and `reason`.

use std::path::Path;

use super::{Change, DiffError, Difference};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, mistyped},
    file,
    node::{Kind, Node},
    parse::parse_as,
    source::{Role, Sources},
};

/// Differences that are known, and why they are meant.
#[derive(Debug)]
pub(super) struct Correction {
    /// A difference's `at`; with a `*` at the end everything that begins so.
    pub(super) at: String,
    /// Of any kind when `None`.
    change: Option<Change>,
    pub(super) reason: String,
}

impl Correction {
    pub(super) fn covers(&self, difference: &Difference) -> bool {
        let here = match self.at.strip_suffix('*') {
            Some(begin) => difference.at.starts_with(begin),
            None => difference.at == self.at,
        };
        here && self.change.is_none_or(|change| change == difference.change)
    }
}

/// Reads the file.
pub(super) fn read(path: &Path) -> Result<Vec<Correction>, DiffError> {
    let name = path.to_string_lossy().replace('\\', "/");
    let mut report = Report::default();
    let mut sources = Sources::of(Role::Corrections);
    let root = match file::read(path, name.clone(), name, &mut sources, &mut report) {
        Ok(source) => {
            let text = sources.get(source).map_or("", |file| &file.text);
            parse_as(sources.role, text, source, &mut report)
        }
        Err(span) => Node::broken(span),
    };
    if !matches!(root.kind, Kind::List(_) | Kind::Broken) {
        mistyped(&root, "a file of corrections", "a list", &mut report);
    }
    let mut corrections = Vec::new();
    for node in root.elements() {
        let mut fields = Fields::of(node, node.span, "a correction", &mut report);
        let at = fields.required_text("at", "say where it is, as the difference does");
        let reason = fields.required_text("reason", "say why it is meant");
        let change = fields.text("change");
        fields.finish();
        let known = |name: &String| Change::ALL.iter().find(|(one, _)| one == name);
        if let Some(name) = &change
            && known(name).is_none()
        {
            let span = node.get("change").map_or(node.span, |node| node.span);
            let message = format!("there is no change `{name}`");
            let names = Change::ALL.map(|(name, _)| name);
            report.add(Mistake::new("wrong-type", span, message).nearest(name, names));
        }
        corrections.push(Correction {
            at,
            change: change.as_ref().and_then(known).map(|(_, change)| *change),
            reason,
        });
    }
    if report.has_errors() {
        return Err(DiffError::Invalid(report.finish(&sources)));
    }
    Ok(corrections)
}
