//! `resource-uri`: a URI names one resource, and its variables are the ones that are described.

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, Resource, Segment},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for resource in &manifest.resources {
        for variable in &resource.variables {
            if resource
                .uri
                .variables()
                .all(|name| name != variable.name.text)
            {
                let message = format!("the URI has no variable `{}`", variable.name.text);
                let mistake = Mistake::new("resource-uri", variable.name.span, message);
                let mistake = mistake.nearest(&variable.name.text, resource.uri.variables());
                report.add(mistake.help_if_none("put `{name}` into the URI, or remove it here"));
            }
        }
        if let Some(other) = seen.insert(shape(resource), &resource.name.text) {
            let message = format!("resource `{other}` has the same URI");
            let mistake = Mistake::new("resource-uri", resource.uri.span, message);
            report.add(mistake.help("a URI names one resource; change one of the two"));
        }
    }
}

/// The URI, whatever its variables are called.
fn shape(resource: &Resource) -> String {
    let segments = resource.uri.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.as_str(),
        Segment::Param(_) => "{}",
    });
    segments.collect()
}
