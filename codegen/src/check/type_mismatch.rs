//! `type-mismatch`: what is put somewhere is of a type, and a value, that is taken there. Looked at where both are known:
//! in arguments of functions, in requests whose provider's schema is given, and in results.

use serde_json::Value;

use super::{
    inputs,
    places::{self, Scope},
    provider_value,
};
use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Step, Template, TemplateKind, Tool},
    node::{Kind, Text},
    schema::{Known, Shape, Unfit, Unnamed, unfit, unfit_types, unfit_value},
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
            if let Ok(known) = inside(key)
                && let Some(unfit) = unfit(&Known::of(schema), &known)
            {
                report.add(mismatch(&unfit, key.span, tool));
            }
        }
    });
}

/// Reports what does not fit, innermost first; says whether there was something.
fn fits<'m>(
    template: &'m Template,
    to: &Known<'m>,
    scope: &Scope<'m>,
    manifest: &'m Manifest,
    report: &mut Report,
) -> bool {
    let inside = |to: &Known<'m>, step: &Step| to.step(step, Unnamed::Open).unwrap_or(Known::Any);
    let mut told = false;
    match &template.kind {
        TemplateKind::Object(members) => {
            let to = meant(members, to);
            for (key, member) in members {
                let to = inside(&to, &Step::Key(key.text.clone()));
                told |= fits(member, &to, scope, manifest, report);
            }
        }
        TemplateKind::First(elements) => {
            for element in elements {
                told |= fits(element, to, scope, manifest, report);
            }
        }
        TemplateKind::List(elements) => {
            for element in elements {
                let to = inside(to, &Step::Index(0));
                told |= fits(element, &to, scope, manifest, report);
            }
        }
        TemplateKind::Each { list, item } => {
            let scope = scope.each(list);
            told |= fits(item, &inside(to, &Step::Index(0)), &scope, manifest, report);
        }
        _ => {}
    }
    let unfit = (!told)
        .then(|| unfit_of(template, to, scope, manifest))
        .flatten();
    if let Some(unfit) = &unfit {
        report.add(mismatch(unfit, template.span, scope.tool));
    }
    told || unfit.is_some()
}

/// The alternatives that are meant: those among whose choices the constants are. All when there is none.
fn meant<'m>(members: &[(Text, Template)], to: &Known<'m>) -> Known<'m> {
    let Known::One(shapes) = to else {
        return Known::Any;
    };
    let found = shapes.iter().filter(|shape| {
        constants(members, shape).all(|(value, member)| {
            let chosen =
                |member: &Shape<'_>| member.choices().is_none_or(|all| all.contains(&value));
            match member {
                Some(Known::One(shapes)) => shapes.iter().any(chosen),
                Some(Known::Any) => true,
                None => false,
            }
        })
    });
    let found: Vec<_> = found.cloned().collect();
    if found.is_empty() {
        to.clone()
    } else {
        Known::One(found)
    }
}

/// Whether each alternative refuses a constant among the members.
fn refused(members: &[(Text, Template)], to: &Known<'_>) -> bool {
    let Known::One(shapes) = to else {
        return false;
    };
    shapes.iter().all(|shape| {
        constants(members, shape).any(|(value, member)| {
            member.is_none_or(|member| unfit_value(&value, &member).is_some())
        })
    })
}

/// The constants among the members, with what an alternative takes there; `None` when it has no such member.
fn constants<'m>(
    members: &[(Text, Template)],
    shape: &Shape<'m>,
) -> impl Iterator<Item = (Value, Option<Known<'m>>)> {
    let known = Known::One(vec![shape.clone()]);
    members.iter().filter_map(move |(key, member)| {
        let taken = known.step(&Step::Key(key.text.clone()), Unnamed::Open);
        Some((constant(member)?, taken.ok()))
    })
}

/// What does not fit of the constants that a tool is called with, each with its place.
pub(super) fn given(template: &Template, to: &Known<'_>) -> Vec<(Span, Unfit)> {
    match &template.kind {
        TemplateKind::Object(members) => {
            let inside = members.iter().filter_map(|(key, member)| {
                let to = to.step(&Step::Key(key.text.clone()), Unnamed::Open).ok()?;
                Some(given(member, &to))
            });
            inside.flatten().collect()
        }
        _ => constant(template)
            .and_then(|value| unfit_value(&value, to))
            .map(|unfit| (template.span, unfit))
            .into_iter()
            .collect(),
    }
}

/// The value of a template that takes nothing.
fn constant(template: &Template) -> Option<Value> {
    Some(match &template.kind {
        TemplateKind::Bool(bool) => Value::Bool(*bool),
        TemplateKind::Number(number) => Value::Number(number.clone()),
        TemplateKind::Text(text) => Value::String(text.clone()),
        TemplateKind::List(elements) => elements.iter().map(constant).collect::<Option<_>>()?,
        _ => return None,
    })
}

fn mismatch(unfit: &Unfit, span: Span, tool: &Tool) -> Mistake {
    Mistake::new("type-mismatch", span, unfit.to_string())
        .help("take another value, or change the schema")
        .tool(&tool.name.text)
}

/// Why nothing that a template may make fits, its parts aside; `None` when something may, or it is not known.
fn unfit_of<'m>(
    template: &'m Template,
    to: &Known<'m>,
    scope: &Scope<'m>,
    manifest: &'m Manifest,
) -> Option<Unfit> {
    let of = |kind| unfit_types(&[kind].into(), to);
    match &template.kind {
        TemplateKind::Null | TemplateKind::Broken | TemplateKind::First(_) => None,
        TemplateKind::Bool(_) | TemplateKind::Number(_) | TemplateKind::Text(_) => {
            unfit_value(&constant(template)?, to)
        }
        TemplateKind::Join { .. } | TemplateKind::Json(_) => of("string"),
        TemplateKind::List(_) => match constant(template) {
            Some(value) => unfit_value(&value, to),
            None => of("array"),
        },
        TemplateKind::Each { .. } => of("array"),
        TemplateKind::Object(members) => of("object").or_else(|| {
            let alternatives = matches!(to, Known::One(shapes) if shapes.len() > 1);
            (alternatives && refused(members, to)).then(Unfit::none)
        }),
        TemplateKind::Take(place) if place.name == "provider" => {
            let serving = provider_value::serving(scope.tool, manifest);
            let mut values = serving.filter_map(|one| provider_value::value(one, place));
            values.find_map(|value| match &value.kind {
                // What comes of the environment is a text, whatever it says.
                Kind::Text(_) => of("string"),
                Kind::Broken => None,
                _ => unfit_value(&value.to_value(), to),
            })
        }
        TemplateKind::Take(place) => unfit(&scope.resolve(place).ok()?, to),
        TemplateKind::Call { function, .. } => {
            let function = manifest
                .functions
                .iter()
                .find(|f| f.name.text == function.text)?;
            unfit(&Known::of(&function.output), to)
        }
    }
}
