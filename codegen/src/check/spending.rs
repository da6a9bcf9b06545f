//! `spending`: a limit has a name that a command line takes, and some tool says how much it uses.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let mut tools = manifest.tools.iter();
    let estimated = tools.any(|tool| {
        let confirm = tool.confirm.as_ref();
        confirm.is_some_and(|confirm| confirm.estimate.is_some())
    });
    for limit in &manifest.server.spending {
        let name = &limit.name;
        let wrong = |message: String| Mistake::new("spending", name.span, message);
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.text.is_empty() || !name.text.chars().all(letters) {
            let mistake = wrong(format!("`{}` is no name of a limit", name.text));
            report.add(mistake.help("use small letters, digits and `_`"));
        }
        if !estimated && manifest.has_all_names {
            let mistake = wrong(format!("nothing says how much of `{}` is used", name.text));
            let help = "give the tools that use it `confirm: { ask: …, estimate: function }`";
            report.add(mistake.help(help));
        }
    }
}
