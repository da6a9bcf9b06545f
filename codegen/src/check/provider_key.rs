//! `provider-key`: the key that a request names is a key of some provider.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    if !manifest.has_all_providers {
        return;
    }
    let keys = || {
        let keys = manifest
            .providers
            .iter()
            .flat_map(|provider| &provider.keys);
        keys.map(|(name, _)| name.text.as_str())
    };
    for tool in &manifest.tools {
        let Action::Http { requests, .. } = &tool.action else {
            continue;
        };
        for key in requests.iter().filter_map(|request| request.key.as_ref()) {
            if keys().all(|name| name != key.text) {
                let message = format!("no provider has a key `{}`", key.text);
                let mistake = Mistake::new("provider-key", key.span, message).tool(&tool.name.text);
                report.add(
                    mistake
                        .nearest(&key.text, keys())
                        .help_if_none("add it under `keys` in `providers.yaml`"),
                );
            }
        }
    }
}
