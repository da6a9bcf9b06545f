//! `missing-dollar`: a text of a template that reads as a place has its `$`.

use super::places;
use crate::{
    diagnostics::{Mistake, Report},
    model::{Manifest, TemplateKind},
    uses,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, scope| {
            let TemplateKind::Text(text) = &template.kind else {
                return;
            };
            // Braces are how a path takes an input, and how some take everything.
            let inner = text
                .strip_prefix('{')
                .and_then(|text| text.strip_suffix('}'));
            let place = inner.unwrap_or(text);
            let Some((name, path)) = place.split_once(['.', '[']) else {
                return;
            };
            let here = (scope.result && uses::is_reply(tool, name))
                || (scope.item.is_some() && name == "item");
            if here && is_path(path) {
                let message =
                    format!("`{text}` is a text as it stands here, and looks like a place");
                let mistake = Mistake::new("missing-dollar", template.span, message);
                let help = format!("write `${place}` to take what is there");
                report.add(mistake.help(help).tool(&tool.name.text));
            }
        });
    }
}

/// Whether this is what stands behind a name in a template, and no sentence.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']');
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && text.chars().all(plain)
}
