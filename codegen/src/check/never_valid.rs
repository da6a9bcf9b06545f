//! `never-valid`: limits of a schema leave room for a value, and choices are of its type.

use std::cmp::Ordering;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::{Kind, Node},
    schema::{has_unknown_type, types, walk},
};

/// Keywords of which the first may not be over the second, and whether they may be the same.
const LIMITS: [(&str, &str, bool); 7] = [
    ("minimum", "maximum", true),
    ("minimum", "exclusiveMaximum", false),
    ("exclusiveMinimum", "maximum", false),
    ("exclusiveMinimum", "exclusiveMaximum", false),
    ("minLength", "maxLength", true),
    ("minItems", "maxItems", true),
    ("minProperties", "maxProperties", true),
];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for (_, schema) in schemas::all(manifest) {
        walk(schema, &mut |schema| {
            limits_cross(schema, report);
            choices_are_none(schema, report);
            choices_are_of_the_type(schema, report);
        });
    }
}

fn limits_cross(schema: &Node, report: &mut Report) {
    for (low, high, may_meet) in LIMITS {
        let (Some(least), Some(most)) = (number(schema, low), number(schema, high)) else {
            continue;
        };
        let crosses = match least.total_cmp(&most) {
            Ordering::Less => false,
            Ordering::Equal => !may_meet,
            Ordering::Greater => true,
        };
        if crosses {
            let place = schema.get(low).map_or(schema.span, |node| node.span);
            let message = format!("nothing is valid between `{low}` {least} and `{high}` {most}");
            report.add(Mistake::new("never-valid", place, message).help(format!(
                "`{low}` must be less than `{high}`{}",
                if may_meet { ", or the same" } else { "" }
            )));
        }
    }
}

fn choices_are_none(schema: &Node, report: &mut Report) {
    if let Some(choices) = schema.get("enum")
        && matches!(&choices.kind, Kind::List(choices) if choices.is_empty())
    {
        let mistake = Mistake::new(
            "never-valid",
            choices.span,
            "nothing is valid: `enum` is empty",
        );
        report.add(mistake.help("name the values that are taken, or leave `enum` out"));
    }
}

fn choices_are_of_the_type(schema: &Node, report: &mut Report) {
    // A type there is not is told of elsewhere.
    let Some(types) = types(schema).filter(|_| !has_unknown_type(schema)) else {
        return;
    };
    let listed = match schema.get("enum").map(|choices| &choices.kind) {
        Some(Kind::List(choices)) => choices.as_slice(),
        _ => &[],
    };
    for choice in listed.iter().chain(schema.get("const")) {
        let fits = match &choice.kind {
            Kind::Null => types.contains("null"),
            Kind::Bool(_) => types.contains("boolean"),
            Kind::Number(number) => {
                types.contains("number")
                    || types.contains("integer")
                        && number.as_f64().is_none_or(|number| number.fract() == 0.0)
            }
            Kind::Text(_) => types.contains("string"),
            Kind::List(_) => types.contains("array"),
            Kind::Map(_) => types.contains("object"),
            Kind::Broken => true,
        };
        if !fits {
            let value = choice.to_value();
            let types: Vec<&str> = types.iter().copied().collect();
            let message = format!(
                "`{value}` is never valid: `type` says {}",
                types.join(" or ")
            );
            let help = if types.contains(&"string") {
                format!("write it as a text, `\"{value}\"`, add its type, or take it out")
            } else {
                "write it in the type, add its type, or take it out".to_owned()
            };
            report.add(Mistake::new("never-valid", choice.span, message).help(help));
        }
    }
}

fn number(schema: &Node, keyword: &str) -> Option<f64> {
    match &schema.get(keyword)?.kind {
        Kind::Number(number) => number.as_f64(),
        _ => None,
    }
}
