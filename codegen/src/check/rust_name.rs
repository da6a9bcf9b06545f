//! `rust-name`: functions and native tools become methods, inputs and outputs become types, files of data become
//! constants; each needs a name of its own that Rust takes.

use std::collections::{BTreeMap, BTreeSet};

use super::read_tool;
use crate::{
    diagnostics::{Mistake, Report},
    emit::{input_type, prompt_type, resource_type},
    model::{Action, Complete, Constant, Manifest, Read, Says},
    node::Text,
};

/// Names that Rust keeps even from raw names.
const KEPT: [&str; 4] = ["self", "super", "crate", "_"];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let functions = manifest.functions.iter().map(|function| &function.name);
    let natives = manifest.tools.iter().filter_map(|tool| match &tool.action {
        Action::Native(name) => Some(name),
        _ => None,
    });
    let larger = manifest.tools.iter().filter_map(|tool| tool.larger());
    let tools = manifest.tools.iter();
    let estimates = tools.filter_map(|tool| tool.confirm.as_ref()?.estimate.as_ref());
    let besides = manifest.tools.iter().filter_map(|tool| tool.beside());
    let besides = besides.map(|beside| &beside.native);
    let prompts = manifest
        .prompts
        .iter()
        .filter_map(|prompt| match &prompt.says {
            Says::Native(name) => Some(name),
            _ => None,
        });
    let resources = manifest
        .resources
        .iter()
        .filter_map(|resource| match &resource.read {
            Read::Native(name) => Some(name),
            _ => None,
        });
    // One function may complete several arguments.
    let mut completing = BTreeSet::new();
    let completions = read_tool::completions(manifest).into_iter();
    let completions = completions.filter_map(|(_, complete)| match complete {
        Complete::Native(name) => completing.insert(name.text.as_str()).then_some(name),
        _ => None,
    });
    let natives = natives
        .chain(larger)
        .chain(estimates)
        .chain(besides)
        .chain(prompts)
        .chain(resources)
        .chain(completions);
    let mut methods = BTreeSet::new();
    for name in functions.clone().chain(natives) {
        if !is_method(&name.text) {
            let message = format!("`{}` is no name of a function in Rust", name.text);
            let mistake = Mistake::new("rust-name", name.span, message);
            report.add(mistake.help("use small letters, digits and `_`, a letter first"));
        } else if !methods.insert(&name.text) {
            let message = format!("two functions in Rust would be named `{}`", name.text);
            let mistake = Mistake::new("rust-name", name.span, message);
            report.add(mistake.help(
                "functions, estimates, and native tools, prompts and resources each need a name of their own",
            ));
        }
    }
    for Constant { name, .. } in &manifest.data {
        if !is_method(&name.text) {
            let message = format!("`{}` is no name of a constant in Rust", name.text);
            let mistake = Mistake::new("rust-name", name.span, message);
            report.add(mistake.help(
                "name the file with small letters, digits and `_`, a letter first, directly in `data/`",
            ));
        }
    }
    let tools = manifest.tools.iter().map(|tool| &tool.name);
    let mut types: BTreeMap<String, (&Text, u8)> = BTreeMap::new();
    let prompts = manifest.prompts.iter().map(|prompt| &prompt.name);
    let resources = manifest.resources.iter().map(|resource| &resource.name);
    let named = tools
        .map(|name| (name, 0, input_type(&name.text)))
        .chain(functions.map(|name| (name, 1, input_type(&name.text))))
        .chain(prompts.map(|name| (name, 2, prompt_type(&name.text))))
        .chain(resources.map(|name| (name, 3, resource_type(&name.text))));
    for (name, kind, made) in named {
        // Tools of one name are told by `tool-name`, prompts and resources by `listed-name`.
        if let Some((other, others)) = types.insert(made.clone(), (name, kind))
            && (others, &other.text) != (kind, &name.text)
        {
            let message = format!(
                "`{}` and `{}` would both make the type `{made}`",
                other.text, name.text,
            );
            let mistake = Mistake::new("rust-name", name.span, message);
            report
                .add(mistake.help("give one another name; letter case and `_` make no difference"));
        }
    }
}

fn is_method(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEPT.contains(&name)
}
