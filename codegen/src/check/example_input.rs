//! `example-input`: an example has a name of its own, a provider that there is, and input and files that a tool can get.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Example, ExampleOutcome, Manifest},
    schema::{has_broken, to_value},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let validator = if tool.examples.is_empty() || has_broken(&tool.input) {
            None
        } else {
            jsonschema::draft202012::new(&to_value(&tool.input)).ok()
        };
        for (index, example) in tool.examples.iter().enumerate() {
            let before = tool.examples.iter().take(index);
            name(example, before, &tool.name.text, report);
            files(example, &tool.name.text, report);
            let providers = || manifest.providers.iter().map(|one| one.name.text.as_str());
            if manifest.has_all_providers
                && let Some(provider) = &example.provider
                && providers().all(|name| name != provider.text)
            {
                let message = format!("there is no provider `{}`", provider.text);
                let mistake = Mistake::new("example-input", provider.span, message);
                report.add(mistake.nearest(&provider.text, providers()));
            }
            // What is refused before anything is sent shows how.
            let refused = matches!(example.outcome, ExampleOutcome::Error(_));
            if has_broken(&example.input) || (refused && example.requests.is_empty()) {
                continue;
            }
            let input = example.input.to_value();
            for error in validator.iter().flat_map(|one| one.iter_errors(&input)) {
                let at =
                    super::invalid_schema::find(&example.input, error.instance_path().as_str());
                let message = format!("the tool does not take this: {error}");
                let mistake = Mistake::new("example-input", at.span, message);
                report.add(
                    mistake
                        .help("change the example or the schema")
                        .tool(&tool.name.text),
                );
            }
        }
    }
}

/// By its name an example is told among the others.
fn name<'m>(
    example: &Example,
    mut before: impl Iterator<Item = &'m Example>,
    tool: &str,
    report: &mut Report,
) {
    if !example.name.is_empty() && before.any(|other| other.name == example.name) {
        let message = format!("another example is called `{}`", example.name);
        let mistake = Mistake::new("example-input", example.span, message);
        let help = "say in its `name` what it shows and the other does not";
        report.add(mistake.help(help).tool(tool));
    }
}

/// Files are made under a root, each by its path.
fn files(example: &Example, tool: &str, report: &mut Report) {
    let names = || example.files.iter().map(|(name, _)| name);
    for name in names() {
        let mut steps = name.text.split('/');
        let stays =
            steps.all(|step| !matches!(step, "" | "." | "..")) && !name.text.contains(['\\', '\0']);
        let mut wrong = |message: String, help: &str| {
            let mistake = Mistake::new("example-input", name.span, message);
            report.add(mistake.help(help).tool(tool));
        };
        if !stays {
            let message = format!("`{}` is no path under a files root", name.text);
            wrong(
                message,
                "write it without `.`, `..` and a `/` before it: `data/a.jsonl`",
            );
        }
        let inside = format!("{}/", name.text);
        if stays && let Some(other) = names().find(|other| other.text.starts_with(&inside)) {
            let message = format!(
                "`{}` can not be a file, for `{}` is in it",
                name.text, other.text
            );
            wrong(message, "call one of them otherwise");
        }
    }
}
