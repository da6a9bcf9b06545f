//! `request-key`: what a request sends, the provider's schema (`takes`) names, where it is given.

use super::{inputs, members::Against};
use crate::{
    diagnostics::Report,
    model::{Manifest, Step},
    schema::{Known, Unnamed},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    inputs::taken(manifest, &mut |tool, request, takes| {
        let against = Against {
            code: "request-key",
            schema: "the provider's schema",
            key: "takes",
            tool: &tool.name.text,
        };
        let known = Known::of(takes);
        if let Some(body) = &request.body {
            against.named(body, &known, report);
            return;
        }
        let step = |name: &str| known.step(&Step::Key(name.to_owned()), Unnamed::Closed);
        for (key, template) in inputs::pairs(request) {
            match step(&key.text) {
                Ok(known) => against.named(template, &known, report),
                Err(names) => report.add(against.unnamed(key, names)),
            }
        }
        for (key, _) in inputs::automatic(tool) {
            if let Err(names) = step(&key.text) {
                report.add(against.unnamed(key, names));
            }
        }
    });
}
