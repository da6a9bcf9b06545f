//! `long-name`: a name that is too long with what some clients put before it.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

/// Short enough for every client that is known, whatever the server is called in its settings.
const LONGEST: usize = 30;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let length = tool.name.text.chars().count();
        if length > LONGEST {
            let message = format!(
                "`{}` has {length} letters, of {LONGEST} that fit everywhere",
                tool.name.text
            );
            let mistake = Mistake::new("long-name", tool.name.span, message);
            let help = "clients put the server's name before it and refuse more than 64 together; shorten it";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    }
}
