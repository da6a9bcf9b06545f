//! `provider-value`: what a template takes as `$provider.NAME`, every provider that has the tool has.

use super::places;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, Place, Provider, Step, TemplateKind, Tool},
    node::Node,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, _| {
            if let TemplateKind::Take(place)
            | TemplateKind::Each { list: place, .. }
            | TemplateKind::Join { list: place, .. } = &template.kind
                && place.name == "provider"
            {
                is_there(place, tool, manifest, report);
            }
        });
    }
}

/// The providers that have a tool.
pub(super) fn serving<'m>(
    tool: &'m Tool,
    manifest: &'m Manifest,
) -> impl Iterator<Item = &'m Provider> {
    let lacks = |provider: &Provider| {
        let mut lacks = provider.lacks.iter();
        lacks.any(|lacking| lacking.text == tool.name.text)
    };
    let providers = manifest.providers.iter();
    providers.filter(move |provider| !lacks(provider))
}

/// What `$provider.NAME` is at a provider.
pub(super) fn value<'m>(provider: &'m Provider, place: &Place) -> Option<&'m Node> {
    let [Step::Key(name), rest @ ..] = place.path.as_slice() else {
        return None;
    };
    let mut values = provider.values.iter();
    let (_, value) = values.find(|(key, _)| key.text == *name)?;
    reached(value, rest)
}

fn is_there(place: &Place, tool: &Tool, manifest: &Manifest, report: &mut Report) {
    let wrong =
        |message: String| Mistake::new("provider-value", place.span, message).tool(&tool.name.text);
    let [Step::Key(name), rest @ ..] = place.path.as_slice() else {
        let mistake = wrong("`$provider` is taken with the name of one of its values".to_owned());
        report.add(
            mistake.help(
                "write `$provider.name`; values are listed under `values` in `providers.yaml`",
            ),
        );
        return;
    };
    let has = |provider: &&Provider| value(provider, place).is_some();
    let serving = || serving(tool, manifest);
    let without: Vec<_> = serving()
        .filter(|provider| !has(provider))
        .map(|provider| provider.name.text.as_str())
        .collect();
    if without.is_empty() {
        return;
    }
    let message = format!(
        "no value `{}` at provider `{}`",
        written(name, rest),
        without.join("`, `")
    );
    if serving().any(|provider| has(&provider)) {
        report
            .add(wrong(message).help(
                "add it under `values` in `providers.yaml`, or say that it `lacks` the tool",
            ));
    } else {
        let names = serving()
            .flat_map(|provider| &provider.values)
            .map(|(key, _)| key.text.as_str());
        report.add(
            wrong(message)
                .nearest(name, names)
                .help_if_none("add it under `values` in `providers.yaml`"),
        );
    }
}

/// What a way into a value leads to; what is broken leads anywhere.
fn reached<'m>(value: &'m Node, way: &[Step]) -> Option<&'m Node> {
    let [step, rest @ ..] = way else {
        return Some(value);
    };
    if value.is_broken() {
        return Some(value);
    }
    let next = match step {
        Step::Key(name) => value.get(name),
        Step::Index(index) => {
            let elements = value.elements();
            let index = usize::try_from(*index).ok().or_else(|| {
                elements
                    .len()
                    .checked_sub(index.unsigned_abs().try_into().ok()?)
            });
            index.and_then(|index| elements.get(index))
        }
    };
    reached(next?, rest)
}

/// A way as templates write it.
fn written(name: &str, way: &[Step]) -> String {
    way.iter().fold(name.to_owned(), |text, step| match step {
        Step::Key(key) => format!("{text}.{key}"),
        Step::Index(index) => format!("{text}[{index}]"),
    })
}
