//! `unknown-tool`: what a provider lacks is a tool.

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let names = || manifest.tools.iter().map(|tool| tool.name.text.as_str());
    for provider in &manifest.providers {
        for tool in &provider.lacks {
            if names().all(|name| name != tool.text) {
                let message = format!(
                    "provider `{}` lacks `{}`, which is no tool",
                    provider.name.text, tool.text
                );
                report.add(
                    Mistake::new("unknown-tool", tool.span, message).nearest(&tool.text, names()),
                );
            }
        }
    }
}
