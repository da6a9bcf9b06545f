//! The commands of GitHub Actions.

use crate::diagnostics::{Diagnostic, Diagnostics};

pub(super) fn render(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(item: &Diagnostic) -> String {
    let place = if item.line > 0 {
        let end = item.column + item.width;
        format!(",line={},col={},endColumn={end}", item.line, item.column)
    } else {
        String::new()
    };
    let help = item.help.as_deref().map(|help| format!("\nhelp: {help}"));
    let message = format!("{}{}", item.message, help.unwrap_or_default());
    format!(
        "::{} file={}{place},title={}::{}",
        item.severity.name(),
        property(&item.file),
        property(item.code),
        escape(&message)
    )
}

fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
