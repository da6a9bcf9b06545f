//! What a template makes against the members that a schema has: of a result against the output, of a request
//! against what its provider takes.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Step, Template, TemplateKind},
    schema::{Known, Unnamed},
};

/// What is told, of which schema.
pub(super) struct Against<'m> {
    pub(super) code: &'static str,
    /// Whose schema it is, for messages.
    pub(super) schema: &'static str,
    /// The key it stands under.
    pub(super) key: &'static str,
    /// The tool that the template belongs to.
    pub(super) tool: &'m str,
}

impl Against<'_> {
    /// Reports the members that the schema does not name.
    pub(super) fn named(&self, template: &Template, known: &Known<'_>, report: &mut Report) {
        match &template.kind {
            TemplateKind::Object(members) => {
                for (key, member) in members {
                    match known.step(&Step::Key(key.text.clone()), Unnamed::Closed) {
                        Ok(known) => self.named(member, &known, report),
                        Err(names) => report.add(self.unnamed(key, names)),
                    }
                }
            }
            TemplateKind::Each { item, .. } => {
                self.elements(std::slice::from_ref(&**item), template, known, report);
            }
            TemplateKind::List(list) => self.elements(list, template, known, report),
            TemplateKind::First(list) => {
                for element in list {
                    self.named(element, known, report);
                }
            }
            _ => {}
        }
    }

    /// A member that the schema does not name, of those it does.
    pub(super) fn unnamed(&self, key: &crate::node::Text, names: Vec<&str>) -> Mistake {
        let message = format!("{} has no `{}` here", self.schema, key.text);
        let mistake = Mistake::new(self.code, key.span, message).nearest(&key.text, names);
        let help = format!("describe it in `{}`, where it is no object yet", self.key);
        mistake.help_if_none(&help).tool(self.tool)
    }

    fn elements(
        &self,
        list: &[Template],
        whole: &Template,
        known: &Known<'_>,
        report: &mut Report,
    ) {
        if let Ok(known) = known.step(&Step::Index(0), Unnamed::Closed) {
            for element in list {
                self.named(element, &known, report);
            }
        } else {
            let message = format!("{} has no list here", self.schema);
            let mistake = Mistake::new(self.code, whole.span, message);
            let help = format!(
                "describe it in `{}` with `type: array` and `items`",
                self.key
            );
            report.add(mistake.help(help).tool(self.tool));
        }
    }

    /// Reports the members that the schema requires and the template does not make.
    pub(super) fn complete(&self, template: &Template, known: &Known<'_>, report: &mut Report) {
        let inside = |step: &Step| known.step(step, Unnamed::Open).unwrap_or(Known::Any);
        match &template.kind {
            TemplateKind::Object(members) => {
                for required in required(known) {
                    if members.iter().all(|(key, _)| key.text != required) {
                        report.add(self.missing(required, template.span));
                    }
                }
                for (key, member) in members {
                    self.complete(member, &inside(&Step::Key(key.text.clone())), report);
                }
            }
            TemplateKind::Each { item, .. } => {
                self.complete(item, &inside(&Step::Index(0)), report);
            }
            TemplateKind::List(list) => {
                for item in list {
                    self.complete(item, &inside(&Step::Index(0)), report);
                }
            }
            _ => {}
        }
    }

    /// A member that the schema requires.
    pub(super) fn missing(&self, required: &str, span: crate::source::Span) -> Mistake {
        let message = format!(
            "{} requires `{required}`, which is not made here",
            self.schema
        );
        let help = format!("add `{required}: …`, or take it out of the schema's `required`");
        Mistake::new(self.code, span, message)
            .help(help)
            .tool(self.tool)
    }
}

/// What a schema requires; nothing with alternatives, for it is not said which one is meant.
pub(super) fn required<'n>(known: &Known<'n>) -> Vec<&'n str> {
    match known {
        Known::One(shapes) => match shapes.as_slice() {
            [shape] => shape.required(),
            _ => Vec::new(),
        },
        Known::Any => Vec::new(),
    }
}
