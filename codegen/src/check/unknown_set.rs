//! `unknown-set`: the sets of a tool are sets of the server.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let names = || {
        manifest
            .server
            .sets
            .iter()
            .map(|set| set.name.text.as_str())
    };
    for tool in manifest.tools.iter().filter(|_| manifest.server.read) {
        for set in &tool.sets {
            if names().all(|name| name != set.text) {
                let message = format!("there is no set `{}` in `server.yaml`", set.text);
                let mistake = Mistake::new("unknown-set", set.span, message);
                let mistake = mistake.nearest(&set.text, names());
                report.add(mistake.help_if_none(&format!(
                    "add it to `server.yaml`: `sets: {{ {}: {{ description: …, default: true }} }}`",
                    set.text
                )));
            }
        }
    }
}
