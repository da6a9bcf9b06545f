//! `only-reads`: requests that are sent side by side are reads, for one may fail after another has
//! changed something; and a tool that says it reads sends nothing that changes.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Effect, Manifest, Method},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http { requests, .. } = &tool.action else {
            continue;
        };
        if requests.is_empty() {
            let mistake = Mistake::new(
                "only-reads",
                tool.name.span,
                format!("tool `{}` sends nothing", tool.name.text),
            );
            report.add(mistake.help("give `requests` a name and a `get`"));
        }
        for request in requests {
            if requests.len() > 1 && request.method != Method::Get {
                let mistake = Mistake::new(
                    "only-reads",
                    request.name.span,
                    "one of several requests is not a `get`",
                );
                report.add(
                    mistake.help("only reads may be sent side by side; make it a tool of its own"),
                );
            } else if tool.effect == Effect::Read
                && !matches!(request.method, Method::Get | Method::Post)
            {
                let message = format!(
                    "tool `{}` has the effect `read` and changes something",
                    tool.name.text
                );
                let mistake = Mistake::new("only-reads", request.path.span, message);
                report.add(
                    mistake.help("say `write` or `destructive`; reads are repeated when they fail"),
                );
            }
        }
    }
}
