//! `never-valid`: limits of a schema leave room for a value.

use std::cmp::Ordering;

use super::schemas;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
    node::{Kind, Node},
    schema::walk,
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

fn number(schema: &Node, keyword: &str) -> Option<f64> {
    match &schema.get(keyword)?.kind {
        Kind::Number(number) => number.as_f64(),
        _ => None,
    }
}
