//! Whether values of one schema can be put where another is taken. Only what is sure is told: that no value
//! fits, or none but an empty list and an object without the member.

use std::collections::BTreeSet;

use serde_json::Value;

use super::shape::{Known, Shape, Unnamed};
use crate::{model::Step, node::Kind};

/// Why something does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unfit {
    /// The way to what does not, `members[].name`; empty for the whole.
    pub(crate) at: String,
    /// What is said of it: `is of type …, where … is taken`.
    pub(crate) what: String,
}

/// More comparisons than schemas need that people write. Beyond them everything fits.
const MOST: u32 = 20_000;

const NONE: &str = "fits none of the forms that are taken";

/// Listed in a message at most.
const LISTED: usize = 8;

impl Unfit {
    fn new(what: String) -> Self {
        Self {
            at: String::new(),
            what,
        }
    }

    /// Of several alternatives none fits, each for a reason of its own.
    pub(crate) fn none() -> Self {
        Self::new(NONE.to_owned())
    }

    fn within(self, at: &str) -> Self {
        let dot = if self.at.is_empty() || self.at.starts_with('[') {
            ""
        } else {
            "."
        };
        Self {
            at: format!("{at}{dot}{}", self.at),
            ..self
        }
    }
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.at.as_str() {
            "" => write!(f, "this {}", self.what),
            "[]" => write!(f, "an element of this {}", self.what),
            "*" => write!(f, "a member of this {}", self.what),
            at => write!(f, "`{at}` of this {}", self.what),
        }
    }
}

/// Why nothing of `from` fits `to`; `None` when something may.
pub(crate) fn unfit(from: &Known<'_>, to: &Known<'_>) -> Option<Unfit> {
    Comparison { left: MOST }.known(from, to)
}

/// Why values of these types do not fit.
pub(crate) fn unfit_types(from: &BTreeSet<&str>, to: &Known<'_>) -> Option<Unfit> {
    let types = to.types()?;
    (!from.is_empty() && shared(from, &types).is_empty()).then(|| mistyped(from, &types))
}

/// Why a value does not fit.
pub(crate) fn unfit_value(value: &Value, to: &Known<'_>) -> Option<Unfit> {
    let Known::One(shapes) = to else {
        return None;
    };
    let from = match value {
        Value::Null => return None,
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() == 0.0) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types = [from].into();
    if let Some(taken) = to.types()
        && !taken.contains(from)
        && !(from == "integer" && taken.contains("number"))
    {
        return Some(mistyped(&types, &taken));
    }
    let mut reasons = Vec::new();
    for shape in shapes {
        match shape.takes(value) {
            Ok(()) => return None,
            // One of another type is not what was meant.
            Err(reason) if shape.types().is_none_or(|types| types.contains(from)) => {
                reasons.push(reason);
            }
            Err(_) => {}
        }
    }
    if let Some(choices) = choices(shapes) {
        return Some(Unfit::new(format!("is none of what is taken: {choices}")));
    }
    reasons.dedup();
    Some(Unfit::new(match reasons.as_slice() {
        [reason] => format!("is not taken: {reason}"),
        _ => NONE.to_owned(),
    }))
}

struct Comparison {
    left: u32,
}

impl Comparison {
    fn known(&mut self, ours: &Known<'_>, theirs: &Known<'_>) -> Option<Unfit> {
        let (Known::One(from), Known::One(to)) = (ours, theirs) else {
            return None;
        };
        let mut reasons: Vec<(bool, Unfit)> = Vec::new();
        for one in from {
            for other in to {
                self.left = self.left.checked_sub(1)?;
                reasons.push(self.shapes(one, other)?);
            }
        }
        if let (Some(ours), Some(theirs)) = (ours.types(), theirs.types())
            && shared(&ours, &theirs).is_empty()
        {
            return Some(mistyped(&ours, &theirs));
        }
        // What is of another type was not meant, where there is one that is not.
        let meant = reasons.iter().any(|(typed, _)| *typed);
        reasons.retain(|(typed, _)| *typed || !meant);
        reasons.dedup();
        Some(match (reasons.as_slice(), choices(to)) {
            ([(_, reason)], _) => reason.clone(),
            (_, Some(taken)) => Unfit::new(format!("is none of what is taken: {taken}")),
            _ => Unfit::none(),
        })
    }

    /// Why nothing of one alternative fits another, and whether they have a type in common.
    fn shapes(&mut self, from: &Shape<'_>, to: &Shape<'_>) -> Option<(bool, Unfit)> {
        let without_null = |types: Option<BTreeSet<&'_ str>>| -> Option<BTreeSet<String>> {
            let types = types?.into_iter().filter(|kind| *kind != "null");
            Some(types.map(str::to_owned).collect())
        };
        let (ours, theirs) = (without_null(from.types()), without_null(to.types()));
        // Null counts as absent, and so does what can not be.
        if ours.as_ref().is_some_and(BTreeSet::is_empty) {
            return None;
        }
        let common = match (&ours, &theirs) {
            (Some(ours), Some(theirs)) => {
                let (ours, theirs) = (named(ours), named(theirs));
                let common = shared(&ours, &theirs);
                if common.is_empty() {
                    return Some((false, mistyped(&ours, &theirs)));
                }
                common.into_iter().map(str::to_owned).collect()
            }
            (Some(ours), None) => ours.clone(),
            (None, _) => BTreeSet::new(),
        };
        if let Some(values) = from.choices() {
            let none = values.iter().all(|value| to.takes(value).is_err());
            return (!values.is_empty() && none).then(|| {
                let values = list(&values);
                let what = match choices(std::slice::from_ref(to)) {
                    Some(taken) => format!("is {values}, where {taken} is taken"),
                    None => format!("is {values}, which is not taken"),
                };
                (true, Unfit::new(what))
            });
        }
        if let Some(values) = to.choices() {
            let none = values.iter().all(|value| from.takes(value).is_err());
            return (!values.is_empty() && none).then(|| {
                let what = format!("is never {}, which alone is taken", list(&values));
                (true, Unfit::new(what))
            });
        }
        let mut first = None;
        for kind in &common {
            let reason = match kind.as_str() {
                "integer" | "number" => range(from, to),
                "string" => count(from, to, ["minLength", "maxLength"], "character"),
                "array" => count(from, to, ["minItems", "maxItems"], "element")
                    .or_else(|| self.elements(from, to)),
                "object" => self.members(from, to),
                _ => None,
            };
            first.get_or_insert(reason?);
        }
        first.map(|reason| (true, reason))
    }

    fn elements(&mut self, from: &Shape<'_>, to: &Shape<'_>) -> Option<Unfit> {
        let (from, to) = (Known::One(vec![from.clone()]), Known::One(vec![to.clone()]));
        let from = from.step(&Step::Index(0), Unnamed::Open).ok()?;
        let to = to.step(&Step::Index(0), Unnamed::Open).ok()?;
        Some(self.known(&from, &to)?.within("[]"))
    }

    fn members(&mut self, from: &Shape<'_>, to: &Shape<'_>) -> Option<Unfit> {
        let names = from.names();
        let (ours, theirs) = (Known::One(vec![from.clone()]), Known::One(vec![to.clone()]));
        for name in &names {
            let step = Step::Key((*name).to_owned());
            let Ok(member) = ours.step(&step, Unnamed::Open) else {
                continue;
            };
            let Ok(taken) = theirs.step(&step, Unnamed::Open) else {
                let what = format!("has a member `{name}`, which is not taken");
                return Some(Unfit::new(what));
            };
            if let Some(reason) = self.known(&member, &taken) {
                return Some(reason.within(name));
            }
        }
        for name in to.required() {
            let step = Step::Key(name.to_owned());
            if ours.step(&step, Unnamed::Open).is_err() {
                let what = format!("has no member `{name}`, which is required");
                return Some(Unfit::new(what));
            }
        }
        Some(self.known(&from.rest(), &to.rest())?.within("*"))
    }
}

fn named(types: &BTreeSet<String>) -> BTreeSet<&str> {
    types.iter().map(String::as_str).collect()
}

/// The types that values of the one may have in the other: some numbers are whole.
fn shared<'a>(from: &BTreeSet<&'a str>, to: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let number = |kind: &str| matches!(kind, "integer" | "number");
    let common = from
        .iter()
        .filter(|kind| to.contains(*kind) || number(kind) && to.iter().any(|other| number(other)));
    common.copied().collect()
}

fn mistyped(from: &BTreeSet<&str>, to: &BTreeSet<&str>) -> Unfit {
    let list = |types: &BTreeSet<&str>| {
        if types.is_empty() {
            return "null".to_owned();
        }
        types.iter().copied().collect::<Vec<_>>().join("` or `")
    };
    Unfit::new(format!(
        "is of type `{}`, where `{}` is taken",
        list(from),
        list(to)
    ))
}

/// The values that are taken when each alternative lists its own.
fn choices(shapes: &[Shape<'_>]) -> Option<String> {
    let mut all = Vec::new();
    for shape in shapes {
        all.append(&mut shape.choices()?);
    }
    (!all.is_empty()).then(|| list(&all))
}

fn list(values: &[Value]) -> String {
    let shown = values.iter().take(LISTED).map(|value| match value {
        Value::String(text) => format!("`{text}`"),
        value => format!("`{value}`"),
    });
    let more = if values.len() > LISTED { ", …" } else { "" };
    format!("{}{more}", shown.collect::<Vec<_>>().join(", "))
}

/// A limit of numbers, and whether it is itself left out.
type Limit = Option<(f64, bool)>;

/// Why no number is within the limits of both.
fn range(from: &Shape<'_>, to: &Shape<'_>) -> Option<Unfit> {
    let least = |shape: &Shape<'_>| {
        let limits = limits(shape, ["minimum", "exclusiveMinimum"]);
        limits
            .into_iter()
            .reduce(|a, b| if b.0 > a.0 || b.0 >= a.0 && b.1 { b } else { a })
    };
    let most = |shape: &Shape<'_>| {
        let limits = limits(shape, ["maximum", "exclusiveMaximum"]);
        limits
            .into_iter()
            .reduce(|a, b| if b.0 < a.0 || b.0 <= a.0 && b.1 { b } else { a })
    };
    let apart = |most: Limit, least: Limit| match (most, least) {
        (Some((most, open)), Some((least, other))) => {
            most < least || most <= least && (open || other)
        }
        _ => false,
    };
    let say = |limit: Limit, exactly: &str, beyond: &str| match limit {
        Some((limit, true)) => format!("{beyond} {limit}"),
        Some((limit, false)) => format!("{exactly} {limit}"),
        None => String::new(),
    };
    if apart(most(from), least(to)) {
        let ours = say(most(from), "at most", "less than");
        let theirs = say(least(to), "at least", "more than");
        return Some(Unfit::new(format!("is {ours}, where {theirs} is taken")));
    }
    if apart(most(to), least(from)) {
        let ours = say(least(from), "at least", "more than");
        let theirs = say(most(to), "at most", "less than");
        return Some(Unfit::new(format!("is {ours}, where {theirs} is taken")));
    }
    None
}

/// The limits that a shape says by these keywords, of which the latter leaves itself out.
fn limits(shape: &Shape<'_>, keywords: [&str; 2]) -> Vec<(f64, bool)> {
    let [within, without] = keywords;
    let mut found = Vec::new();
    for node in shape.nodes() {
        for (keyword, open) in [(within, false), (without, true)] {
            if let Some(Kind::Number(number)) = node.get(keyword).map(|node| &node.kind)
                && let Some(number) = number.as_f64()
            {
                found.push((number, open));
            }
        }
    }
    found
}

/// Why no length is within the limits of both.
fn count(from: &Shape<'_>, to: &Shape<'_>, keywords: [&str; 2], what: &str) -> Option<Unfit> {
    let [low, high] = keywords;
    let one = |number: f64| number.total_cmp(&1.0).is_eq();
    let said = |number: f64| format!("{number} {what}{}", if one(number) { "" } else { "s" });
    let are = |number: f64| if one(number) { "is" } else { "are" };
    let least = |shape: &Shape<'_>| {
        limits(shape, [low, ""])
            .into_iter()
            .map(|one| one.0)
            .reduce(f64::max)
    };
    let most = |shape: &Shape<'_>| {
        limits(shape, [high, ""])
            .into_iter()
            .map(|one| one.0)
            .reduce(f64::min)
    };
    if let (Some(ours), Some(theirs)) = (most(from), least(to))
        && ours < theirs
    {
        let what = format!(
            "has at most {}, where at least {theirs} {} taken",
            said(ours),
            are(theirs)
        );
        return Some(Unfit::new(what));
    }
    if let (Some(ours), Some(theirs)) = (least(from), most(to))
        && ours > theirs
    {
        let what = format!(
            "has at least {}, where at most {theirs} {} taken",
            said(ours),
            are(theirs)
        );
        return Some(Unfit::new(what));
    }
    None
}

#[cfg(test)]
mod tests;
