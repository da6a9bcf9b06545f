//! SARIF 2.1.0, the Static Analysis Results Interchange Format of OASIS.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    rules::{RULES, Rule},
};

pub(super) fn render(diagnostics: &Diagnostics) -> String {
    let rules: Vec<_> = RULES.iter().map(rule).collect();
    let results: Vec<_> = diagnostics.iter().map(result).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}")
}

fn rule(rule: &Rule) -> Value {
    let summary = rule.summary();
    json!({
        "id": rule.code,
        "shortDescription": { "text": summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": rule.severity.name() },
    })
}

fn result(item: &Diagnostic) -> Value {
    let help = item.help.as_deref().map(|help| format!("\nhelp: {help}"));
    let message = format!("{}{}", item.message, help.unwrap_or_default());
    let mut place = json!({ "artifactLocation": { "uri": uri(&item.file) } });
    if let (true, Some(place)) = (item.line > 0, place.as_object_mut()) {
        let region = json!({
            "startLine": item.line,
            "startColumn": item.column,
            "endColumn": item.column + item.width,
            "snippet": { "text": item.excerpt },
        });
        place.insert("region".to_owned(), region);
    }
    let mut result = json!({
        "ruleId": item.code,
        "level": item.severity.name(),
        "message": { "text": message },
        "locations": [{ "physicalLocation": place }],
        "properties": { "tools": item.tools },
    });
    let index = RULES.iter().position(|rule| rule.code == item.code);
    if let (Some(index), Some(result)) = (index, result.as_object_mut()) {
        result.insert("ruleIndex".to_owned(), json!(index));
    }
    result
}

/// What stays as it is in the path of a URI.
const PLAIN: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// A path as a relative reference, or as a `file:` URI when it is absolute.
fn uri(path: &str) -> String {
    let uri = utf8_percent_encode(path, &PLAIN);
    if path.starts_with('/') {
        format!("file://{uri}")
    } else {
        uri.to_string()
    }
}
