//! One JSON object.

use serde_json::json;

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    rules::Severity,
};

pub(super) fn render(diagnostics: &Diagnostics) -> String {
    let all: Vec<_> = diagnostics.iter().map(item).collect();
    let object = json!({
        "errors": diagnostics.count(Severity::Error),
        "warnings": diagnostics.count(Severity::Warning),
        "omitted": diagnostics.omitted(),
        "diagnostics": all,
    });
    format!("{object:#}")
}

/// Places count from 1, in characters; they are null when the file as a whole is meant.
fn item(item: &Diagnostic) -> serde_json::Value {
    let placed = item.line > 0;
    json!({
        "severity": item.severity.name(),
        "code": item.code,
        "message": item.message,
        "help": item.help,
        "file": item.file,
        "line": placed.then_some(item.line),
        "column": placed.then_some(item.column),
        "end_column": placed.then_some(item.column + item.width),
        "excerpt": placed.then_some(&item.excerpt),
        "tools": item.tools,
    })
}
