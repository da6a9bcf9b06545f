//! `header-value`: what the manifest itself puts in a header, HTTP can carry.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Piece, Template, TemplateKind},
    source::Span,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        if let Action::Http { requests, .. } = &tool.action {
            for (_, value) in requests.iter().flat_map(|request| &request.headers) {
                template(value, &tool.name.text, report);
            }
        }
    }
}

/// The texts of a template; what they are filled with is known when they are.
fn template(value: &Template, tool: &str, report: &mut Report) {
    let text = match &value.kind {
        TemplateKind::Text(text) => text,
        TemplateKind::Join { separator, .. } => separator,
        // What a function makes of its arguments is known to it alone.
        TemplateKind::Call { .. } => return,
        _ => {
            let parts = value.parts().into_iter();
            return parts.for_each(|part| template(part, tool, report));
        }
    };
    if let Some(mistake) = mistake(text, value.span) {
        report.add(mistake.tool(tool));
    }
}

/// A header of a provider: what stands in it, and what it has when a variable is not set.
pub(crate) fn pieces(pieces: &[Piece], span: Span, report: &mut Report) {
    let mistakes = pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(text)
        | Piece::Env {
            default: Some(text),
            ..
        } => mistake(text, span),
        Piece::Env { default: None, .. } => None,
    });
    mistakes.for_each(|mistake| report.add(mistake));
}

fn mistake(text: &str, span: Span) -> Option<Mistake> {
    let unfit = text.chars().find(|c| !matches!(c, '\t' | ' '..='~'))?;
    let message = format!("a header can not carry `{}`", unfit.escape_debug());
    let help = if unfit.is_control() {
        "write the value on one line, without control characters"
    } else {
        "write it in ASCII, or encoded as the provider takes it, such as `%C3%A9`"
    };
    Some(Mistake::new("header-value", span, message).help(help))
}
