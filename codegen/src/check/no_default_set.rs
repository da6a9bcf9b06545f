//! `no-default-set`: some set is served by default.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let sets = &manifest.server.sets;
    let Some(first) = sets.first().filter(|_| sets.iter().all(|set| !set.default)) else {
        return;
    };
    let message = "no set is `default`: clients are shown no tool";
    let mistake = Mistake::new("no-default-set", first.name.span, message);
    report.add(
        mistake.help("say `default: true` in the sets that are served when `--sets` names none"),
    );
}
