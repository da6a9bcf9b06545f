//! `unused-set`: a set of the server has tools.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for set in &manifest.server.sets {
        let mut named = manifest.tools.iter().flat_map(|tool| &tool.sets);
        if named.all(|name| name.text != set.name.text) {
            let message = format!("no tool belongs to the set `{}`", set.name.text);
            let mistake = Mistake::new("unused-set", set.name.span, message);
            report.add(mistake.help("name it in the `sets` of a tool, or remove it"));
        }
    }
}
