//! `feature`: a feature is an optional part of a tool's input, which some providers lack and some have.

use std::collections::BTreeSet;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    schema::{self, FEATURE, Feature, walk},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let features: Vec<Feature<'_>> = manifest
        .tools
        .iter()
        .flat_map(|tool| schema::features(&tool.input))
        .collect();
    let mut seen = BTreeSet::new();
    for feature in &features {
        // A schema that several tools share is told once.
        if feature.schema.is_broken() || !seen.insert(feature.name.span) {
            continue;
        }
        if let Some((message, help)) = wrong(feature, manifest) {
            report.add(Mistake::new("feature", feature.name.span, message).help(help));
        }
    }
    // A tool that could not be read may be the one that takes it.
    if !manifest.has_all_inputs {
        return;
    }
    for (_, schema) in schemas::all(manifest) {
        walk(schema, &mut |schema| {
            if let Some(name) = schema.get(FEATURE)
                && seen.insert(name.span)
            {
                let message = format!("`{FEATURE}` is never looked at here");
                report.add(
                    Mistake::new("feature", name.span, message)
                        .help("it works in the inputs of tools; remove it"),
                );
            }
        });
    }
}

/// What is wrong with a feature, and how to mend it.
fn wrong(feature: &Feature<'_>, manifest: &Manifest) -> Option<(String, String)> {
    let name = &feature.name.text;
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let lacking = manifest
        .providers
        .iter()
        .filter(|provider| provider.lacks.iter().any(|lacks| lacks.text == *name));
    let lacking = lacking.count();
    let (message, help) = if name.is_empty() || !name.chars().all(word) {
        (
            format!("`{name}` is no name of a feature"),
            "write a name in small letters, digits and `_`",
        )
    } else if manifest.tools.iter().any(|tool| tool.name.text == *name) {
        (
            format!("`{name}` is the name of a tool"),
            "give the feature another name: `lacks` takes both",
        )
    } else if !matches!(feature.holder, "properties" | "anyOf" | "oneOf") {
        (
            format!("the feature `{name}` is neither a property nor a branch of a union"),
            "put it there: what is left without it must still be a schema",
        )
    } else if feature.required {
        (
            format!("the feature `{name}` is a property that is required"),
            "take it out of `required`: a provider that lacks it could not be called",
        )
    } else if lacking == 0 && !manifest.has_all_providers {
        return None;
    } else if lacking == 0 {
        (
            format!("no provider lacks the feature `{name}`"),
            "name it under `lacks` in `providers.yaml`, or remove it here",
        )
    } else if lacking == manifest.providers.len() {
        (
            format!("every provider lacks the feature `{name}`"),
            "remove what no provider has",
        )
    } else {
        return None;
    };
    Some((message, help.to_owned()))
}
