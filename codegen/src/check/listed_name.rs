//! `listed-name`: prompts, their arguments and resources have names that every client takes, prompts and
//! resources each its own.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::Text,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    let prompts = manifest.prompts.iter().map(|prompt| &prompt.name);
    each("prompt", prompts, report);
    let resources = manifest.resources.iter().map(|resource| &resource.name);
    each("resource", resources, report);
    for prompt in &manifest.prompts {
        let arguments = prompt.arguments.iter().map(|argument| &argument.name);
        arguments.for_each(|name| spelled("argument", name, report));
    }
}

fn each<'m>(what: &str, names: impl Iterator<Item = &'m Text>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for name in names {
        spelled(what, name, report);
        if !seen.insert(&name.text) {
            let message = format!("there is another {what} `{}`", name.text);
            let help = format!("{what}s need a name of their own, across all files");
            report.add(Mistake::new("listed-name", name.span, message).help(help));
        }
    }
}

fn spelled(what: &str, name: &Text, report: &mut Report) {
    let fits = name.text.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !fits {
        let message =
            format!("`{}` is no name of a {what}", name.text).replace("a argument", "an argument");
        let help = "use letters, digits and `_`, a letter first";
        report.add(Mistake::new("listed-name", name.span, message).help(help));
    }
}
