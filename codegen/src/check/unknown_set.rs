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
                report.add(
                    Mistake::new("unknown-set", set.span, message).nearest(&set.text, names()),
                );
            }
        }
    }
}
