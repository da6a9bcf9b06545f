//! `unused-function`: what stands in `functions.yaml`, a template calls.

use std::collections::BTreeSet;

use super::places;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, TemplateKind},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let mut called = BTreeSet::new();
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, _| {
            if let TemplateKind::Call { function, .. } = &template.kind {
                called.insert(function.text.as_str());
            }
        });
    }
    for function in &manifest.functions {
        if !called.contains(function.name.text.as_str()) {
            let message = format!("no template calls `{}`", function.name.text);
            let mistake = Mistake::new("unused-function", function.name.span, message);
            report.add(mistake.help("take it with `$call`, or remove it here and in Rust"));
        }
    }
}
