//! `unused-file`: something is taken from each file that is not read for its name.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for file in &manifest.unused_files {
        let mistake = Mistake::new("unused-file", *file, "nothing is taken from this file");
        report.add(mistake.help(
            "what it is for follows from where it is: move it to `tools/`, `prompts/`, `resources/` or `data/`, \
             take it with `$ref`, or remove it",
        ));
    }
}
