//! `tool-name`: names that every client takes, each once.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

/// The longest name that models take, with what clients put before it: `mcp__SERVER__`.
const LONGEST: usize = 64;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let room = LONGEST.saturating_sub(format!("mcp__{}__", manifest.server.name).len());
    let mut seen = BTreeSet::new();
    for tool in &manifest.tools {
        let name = &tool.name.text;
        let mut wrong = |message: String, help: String| {
            report.add(Mistake::new("tool-name", tool.name.span, message).help(help));
        };
        if !name.starts_with(|c: char| c.is_ascii_lowercase())
            || !name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            let help = "use small letters, digits and `_`, a letter first";
            wrong(format!("`{name}` is no name of a tool"), help.to_owned());
        }
        if name.len() > room {
            let help = format!(
                "clients put `mcp__{}__` before it and refuse more than {LONGEST}",
                manifest.server.name
            );
            wrong(format!("`{name}` is longer than {room} letters"), help);
        }
        if !seen.insert(name) {
            let help = "tools need a name of their own, across all files".to_owned();
            wrong(format!("there is another tool `{name}`"), help);
        }
    }
}
