//! `allow: { CODE: reason }`, in a tool and in `server.yaml`; `x-allow` in a schema.

use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, text},
    model::Allow,
    node::Node,
    rules::{RULES, Rule},
};

/// The warnings that a tool, or the whole manifest, allows.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Allow> {
    let node = fields.optional("allow");
    node.map_or_else(Vec::new, |node| of(node, "allow", fields.report))
}

/// The warnings that are allowed; what is no warning, and what has no reason, is reported.
pub(crate) fn of(node: &Node, name: &str, report: &mut Report) -> Vec<Allow> {
    let mut allowed = Vec::new();
    for (code, reason) in entries(node, name, report) {
        let wrong = |message: String| Mistake::new("allow", code.span, message);
        match Rule::of(&code.text) {
            None => {
                let mistake = wrong(format!("there is no warning `{}`", code.text));
                let allowable = RULES.iter().filter(|rule| rule.allowable);
                report.add(mistake.nearest(&code.text, allowable.map(|rule| rule.code)));
            }
            Some(rule) if !rule.allowable => {
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
