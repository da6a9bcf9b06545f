//! `allow: { CODE: reason }`, in a tool and in `server.yaml`.

use crate::{
    diagnostics::Mistake,
    fields::{Fields, entries, text},
    model::Allow,
    rules::{RULES, Rule, Severity},
};

/// The warnings that are allowed; what is no warning, and what has no reason, is reported.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Allow> {
    let Some(node) = fields.optional("allow") else {
        return Vec::new();
    };
    let report = &mut *fields.report;
    let mut allowed = Vec::new();
    for (code, reason) in entries(node, "allow", report) {
        let wrong = |message: String| Mistake::new("allow", code.span, message);
        match Rule::of(&code.text) {
            None => {
                let mistake = wrong(format!("there is no warning `{}`", code.text));
                let warnings = RULES
                    .iter()
                    .filter(|rule| rule.severity == Severity::Warning);
                report.add(mistake.nearest(&code.text, warnings.map(|rule| rule.code)));
            }
            Some(rule) if rule.severity == Severity::Error => {
                let mistake = wrong(format!(
                    "`{}` is a mistake, which nothing allows",
                    code.text
                ));
                report.add(mistake.help("mend it where it is told; only warnings can be allowed"));
            }
            Some(_) => {
                let reason = text(reason, &code.text, report);
                if reason.is_some_and(|reason| reason.text.is_empty()) {
                    let mistake = wrong(format!("it is not said why `{}` is allowed", code.text));
                    report
                        .add(mistake.help("give the reason, a sentence for whoever reads it next"));
                }
                allowed.push(Allow { code: code.clone() });
            }
        }
    }
    allowed
}
