//! `example-input`: an example's input is one that the tool takes.

use crate::{
    diagnostics::{Mistake, Report},
    model::{ExampleOutcome, Manifest},
    schema::{has_broken, to_value},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let validator = if tool.examples.is_empty() || has_broken(&tool.input) {
            None
        } else {
            jsonschema::draft202012::new(&to_value(&tool.input)).ok()
        };
        for example in &tool.examples {
            let providers = || manifest.providers.iter().map(|one| one.name.text.as_str());
            if let Some(provider) = &example.provider
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
