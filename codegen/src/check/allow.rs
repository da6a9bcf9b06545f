//! `unused-allow`: an `allow` allows something. Runs last, and takes out what is allowed.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Allow, Manifest},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let server = manifest.server.allow.iter().map(|allow| (None, allow));
    let tools = manifest.tools.iter().flat_map(|tool| {
        let name = Some(tool.name.text.as_str());
        tool.allow.iter().map(move |allow| (name, allow))
    });
    let mut allowed: Vec<(Option<&str>, &Allow, bool)> = tools
        .chain(server)
        .map(|(tool, allow)| (tool, allow, false))
        .collect();
    // A tool's own comes first, so that the one for the whole manifest is unused when tools say it all.
    report.allow(|code, tool| {
        let fits = |(of, allow, _): &&mut (Option<&str>, &Allow, bool)| {
            allow.code.text == code && (of.is_none() || *of == tool)
        };
        allowed
            .iter_mut()
            .find(fits)
            .map(|(_, _, used)| *used = true)
            .is_some()
    });
    for (_, allow, _) in allowed.iter().filter(|(_, _, used)| !used) {
        let message = format!("there is no `{}` here to allow", allow.code.text);
        let mistake = Mistake::new("unused-allow", allow.code.span, message);
        report.add(mistake.help("remove it"));
    }
}
