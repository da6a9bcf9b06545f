//! `audit`: what the audit log may show of a call is an input, of a tool that is logged.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Effect, Manifest},
    node::Node,
};

/// Whether it writes a local file where a call says one; such a call is logged.
fn writes(action: &Action) -> bool {
    let Action::Http { requests, .. } = action else {
        return false;
    };
    let mut downloads = requests.iter().filter_map(|one| one.download.as_ref());
    downloads.any(|download| download.path.is_some())
}

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Some(first) = tool.audit.first() else {
            continue;
        };
        if tool.effect == Effect::Read && !writes(&tool.action) {
            let message = "a tool that changes nothing is not logged";
            let mistake = Mistake::new("audit", first.span, message);
            report.add(mistake.help("remove `audit`, or say what else its `effect` is"));
        }
        let properties = tool.input.get("properties").map_or(&[][..], Node::members);
        let mut seen = BTreeSet::new();
        for name in &tool.audit {
            let wrong =
                |message: String| Mistake::new("audit", name.span, message).tool(&tool.name.text);
            if !seen.insert(&name.text) {
                let mistake = wrong(format!("`{}` stands in `audit` twice", name.text));
                report.add(mistake.help("remove one"));
            } else if !tool.input.is_broken()
                && properties.iter().all(|(key, _)| key.text != name.text)
            {
                let names = properties.iter().map(|(key, _)| key.text.as_str());
                let mistake = wrong(format!("there is no input `{}`", name.text));
                report.add(
                    mistake
                        .nearest(&name.text, names)
                        .help_if_none("name an input of the tool"),
                );
            }
        }
    }
}
