//! `type-mismatch`: what is put somewhere has a type that is taken there. Looked at where both are known:
//! in arguments of functions, in requests whose provider's schema is given, and in results.

use std::collections::BTreeSet;

use super::{
    inputs,
    places::{self, Scope},
};
use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Step, Template, TemplateKind, Tool},
    node::Text,
    schema::{Known, Unnamed},
    source::Span,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        places::visit(tool, &mut |template, scope| {
            let TemplateKind::Call {
                function,
                arguments,
            } = &template.kind
            else {
                return;
            };
            let Some(function) = manifest
                .functions
                .iter()
                .find(|f| f.name.text == function.text)
            else {
                return;
            };
            let input = Known::of(&function.input);
            for (key, argument) in arguments {
                if let Ok(known) = input.step(&Step::Key(key.text.clone()), Unnamed::Open) {
                    fits(argument, &known, scope, manifest, report);
                }
            }
        });
        if let Action::Http { result, .. } = &tool.action {
            let scope = Scope {
                tool,
                result: true,
                item: None,
            };
            fits(result, &Known::of(&tool.output), &scope, manifest, report);
        }
    }
    inputs::taken(manifest, &mut |tool, request, takes| {
        let scope = Scope {
            tool,
            result: false,
            item: None,
        };
        let known = Known::of(takes);
        if let Some(body) = &request.body {
            fits(body, &known, &scope, manifest, report);
            return;
        }
        let inside = |key: &Text| known.step(&Step::Key(key.text.clone()), Unnamed::Open);
        for (key, template) in inputs::pairs(request) {
            if let Ok(known) = inside(key) {
                fits(template, &known, &scope, manifest, report);
            }
        }
        for (key, schema) in inputs::automatic(tool) {
            let types = (
                Known::of(schema).types(),
                inside(key).ok().and_then(|to| to.types()),
            );
            if let (Some(from), Some(to)) = types
                && !taken(&from, &to)
            {
                report.add(mismatch(&from, &to, key.span, tool));
            }
        }
    });
}

fn fits<'m>(
    template: &'m Template,
    to: &Known<'m>,
    scope: &Scope<'m>,
    manifest: &'m Manifest,
    report: &mut Report,
) {
    let inside = |step: &Step| to.step(step, Unnamed::Open).unwrap_or(Known::Any);
    match &template.kind {
        TemplateKind::Object(members) => {
            for (key, member) in members {
                let to = inside(&Step::Key(key.text.clone()));
                fits(member, &to, scope, manifest, report);
            }
        }
        TemplateKind::First(elements) => {
            for element in elements {
                fits(element, to, scope, manifest, report);
            }
        }
        TemplateKind::List(elements) => {
            for element in elements {
                fits(element, &inside(&Step::Index(0)), scope, manifest, report);
            }
        }
        TemplateKind::Each { list, item } => {
            let scope = scope.each(list);
            fits(item, &inside(&Step::Index(0)), &scope, manifest, report);
        }
        _ => {}
    }
    let (Some(from), Some(to)) = (types(template, scope, manifest), to.types()) else {
        return;
    };
    if !taken(&from, &to) {
        report.add(mismatch(&from, &to, template.span, scope.tool));
    }
}

/// Whether some value of these types may be put where those are taken.
fn taken(from: &BTreeSet<&str>, to: &BTreeSet<&str>) -> bool {
    let number = |kind: &str| matches!(kind, "integer" | "number");
    from.is_empty()
        || from
            .iter()
            .any(|kind| to.contains(kind) || (number(kind) && to.iter().any(|other| number(other))))
}

fn mismatch(from: &BTreeSet<&str>, to: &BTreeSet<&str>, span: Span, tool: &Tool) -> Mistake {
    let list = |types: &BTreeSet<&str>| types.iter().copied().collect::<Vec<_>>().join("` or `");
    let message = format!(
        "this is of type `{}`, where `{}` is taken",
        list(from),
        list(to)
    );
    Mistake::new("type-mismatch", span, message)
        .help("take another value, or change the schema")
        .tool(&tool.name.text)
}

/// The types that a template may make, null aside; `None` when that is not known.
fn types<'m>(
    template: &'m Template,
    scope: &Scope<'m>,
    manifest: &'m Manifest,
) -> Option<BTreeSet<&'m str>> {
    match &template.kind {
        TemplateKind::Null | TemplateKind::Broken | TemplateKind::First(_) => None,
        TemplateKind::Bool(_) => Some(["boolean"].into()),
        TemplateKind::Number(number) if number.is_f64() => Some(["number"].into()),
        TemplateKind::Number(_) => Some(["integer"].into()),
        TemplateKind::Text(_) | TemplateKind::Join { .. } | TemplateKind::Json(_) => {
            Some(["string"].into())
        }
        TemplateKind::List(_) | TemplateKind::Each { .. } => Some(["array"].into()),
        TemplateKind::Object(_) => Some(["object"].into()),
        TemplateKind::Take(place) if place.name == "provider" => Some(["string"].into()),
        TemplateKind::Take(place) => scope.resolve(place).ok()?.types(),
        TemplateKind::Call { function, .. } => {
            let function = manifest
                .functions
                .iter()
                .find(|f| f.name.text == function.text)?;
            Known::of(&function.output).types()
        }
    }
}
