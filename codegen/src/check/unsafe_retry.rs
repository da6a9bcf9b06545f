//! `unsafe-retry`: nothing that may have cost money is sent again, and nothing is sent without end.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Effect, Manifest},
};

/// More would keep an agent waiting for minutes.
const MOST: u64 = 10;

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Some(retry) = &tool.bounds.retry else {
            continue;
        };
        let wrong = |message: String| Mistake::new("unsafe-retry", retry.span, message);
        if retry.ambiguous && tool.effect == Effect::Costly {
            let message = format!(
                "tool `{}` costs money and would be sent again when it is not known whether it worked",
                tool.name.text
            );
            report.add(
                wrong(message)
                    .help("leave `ambiguous` out: only what certainly did nothing is repeated"),
            );
        }
        if retry.times > MOST {
            let message = format!("a request is sent again at most {MOST} times");
            report.add(wrong(message).help("say how often with `times`, 0 for never"));
        }
    }
}
