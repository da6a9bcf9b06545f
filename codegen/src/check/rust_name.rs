//! `rust-name`: functions and native tools become methods, inputs and outputs become types; each needs a
//! name of its own that Rust takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Mistake, Report},
    emit::input_type,
    model::{Action, Manifest},
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
    let mut methods = BTreeSet::new();
    for name in functions.clone().chain(natives) {
        if !is_method(&name.text) {
            let message = format!("`{}` is no name of a function in Rust", name.text);
            let mistake = Mistake::new("rust-name", name.span, message);
            report.add(mistake.help("use small letters, digits and `_`, a letter first"));
        } else if !methods.insert(&name.text) {
            let message = format!("two functions in Rust would be named `{}`", name.text);
            let mistake = Mistake::new("rust-name", name.span, message);
            report.add(mistake.help("each function and each native tool needs a name of its own"));
        }
    }
    let tools = manifest.tools.iter().map(|tool| &tool.name);
    let mut types: BTreeMap<String, (&Text, bool)> = BTreeMap::new();
    let named = tools
        .map(|name| (name, false))
        .chain(functions.map(|name| (name, true)));
    for (name, function) in named {
        // Tools of one name are told by `tool-name`.
        if let Some((other, kind)) = types.insert(input_type(&name.text), (name, function))
            && (kind, &other.text) != (function, &name.text)
        {
            let message = format!(
                "`{}` and `{}` would both make the type `{}`",
                other.text,
                name.text,
                input_type(&name.text)
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
