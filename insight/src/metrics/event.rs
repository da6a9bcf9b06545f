//! One event's metrics, and the newest of several.

use std::{cmp::Reverse, collections::BTreeMap};

use serde_json::{Map, Value};

use super::{
    number::{finite, measured, number, whole},
    series::{GraderId, Step},
    table::{GraderGroup, Names, Table},
};

/// The step that an event tells of, and how many there are; `None` where it holds no metrics.
pub(super) fn read(table: &Table, event: &Value) -> Option<(Step, Option<u64>)> {
    let data = event.get("data").unwrap_or(&Value::Null);
    let message = event
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or_default();
    // A text that mentions a step in passing is no report of one.
    let told = table
        .step
        .message
        .iter()
        .find_map(|before| after(message.strip_prefix(before.as_str())?, ""));
    let number = at(&table.step.data, data).or(told).and_then(whole)?;
    let mut step = Step {
        step: number,
        at: event.get("created_at").and_then(finite).map(seconds),
        ..values(table, data)
    };
    for (name, names) in &table.metrics {
        if !step.values.contains_key(name)
            && let Some(value) = names
                .message
                .iter()
                .find_map(|before| after(message, before))
        {
            step.values.insert(name.clone(), value);
        }
    }
    let total = find(&table.total_steps, data, message).and_then(whole);
    Some((step, total.filter(|total| *total > 0)))
}

/// What an event's data, or a checkpoint's metrics, hold; of no step in particular.
pub(crate) fn values(table: &Table, data: &Value) -> Step {
    let mut step = Step::default();
    for (name, names) in &table.metrics {
        if let Some(value) = at(&names.data, data) {
            step.values.insert(name.clone(), value);
        }
    }
    for group in &table.graders {
        for grader in lists(group, data) {
            let Some(id) = id(grader) else { continue };
            let found = keys(&group.metrics, grader);
            if !found.is_empty() {
                step.graders.entry(id).or_default().extend(found);
            }
        }
    }
    for group in &table.models {
        let found = group.data.iter().find_map(|place| data.pointer(place));
        for (model, used) in found.and_then(Value::as_object).into_iter().flatten() {
            step.models
                .entry(model.clone())
                .or_default()
                .extend(keys(&group.metrics, used));
        }
    }
    step
}

fn lists<'a>(group: &GraderGroup, data: &'a Value) -> impl Iterator<Item = &'a Value> {
    let list = group
        .data
        .iter()
        .find_map(|place| data.pointer(place)?.as_array());
    list.into_iter().flatten()
}

fn id(grader: &Value) -> Option<GraderId> {
    let text = |key: &str| grader.get(key).and_then(Value::as_str);
    Some(GraderId {
        name: text("name")?.to_owned(),
        kind: text("type").unwrap_or_default().to_owned(),
    })
}

fn keys(
    metrics: &indexmap::IndexMap<String, Vec<String>>,
    object: &Value,
) -> BTreeMap<String, f64> {
    metrics
        .iter()
        .filter_map(|(name, keys)| {
            let value = keys.iter().find_map(|key| finite(object.get(key)?))?;
            Some((name.clone(), value))
        })
        .collect()
}

fn at(places: &[String], data: &Value) -> Option<f64> {
    places.iter().find_map(|place| finite(data.pointer(place)?))
}

fn find(names: &Names, data: &Value, message: &str) -> Option<f64> {
    at(&names.data, data).or_else(|| {
        names
            .message
            .iter()
            .find_map(|before| after(message, before))
    })
}

/// The number after a text in a message. `/` alone means the number that follows the first slash, as in `Step 3/20`.
fn after(message: &str, before: &str) -> Option<f64> {
    let (_, rest) = message.split_once(before)?;
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E')))
        .unwrap_or(rest.len());
    let number: f64 = rest.get(..end)?.trim_end_matches('.').parse().ok()?;
    measured(number)
}

#[expect(clippy::cast_possible_truncation, reason = "unix seconds")]
fn seconds(number: f64) -> i64 {
    number as i64
}

/// The newest metrics among events: those of the highest step, and of validation the newest there is, with the step
/// it was measured at as `valid_step`. Only the names in `wanted` are given.
#[must_use]
pub fn newest(table: &Table, events: &[Value], wanted: &[&str]) -> Option<Map<String, Value>> {
    let mut steps: Vec<Step> = events
        .iter()
        .filter_map(|event| Some(read(table, event)?.0))
        .collect();
    steps.sort_by_key(|step| Reverse(step.step));
    let validated = steps.iter().find(|step| step.get("valid_reward").is_some());
    let first = steps.first()?;
    let mut newest = Map::new();
    newest.insert("step".to_owned(), first.step.into());
    for name in wanted {
        let from = match validated {
            Some(validated) if name.starts_with("valid_") => validated,
            _ => first,
        };
        if let Some(number) = from.get(name).and_then(number) {
            newest.insert((*name).to_owned(), number.into());
        }
    }
    if let Some(validated) = validated {
        newest.insert("valid_step".to_owned(), validated.step.into());
    }
    Some(newest)
}

/// How far a job is: the highest step reported, and of how many.
#[must_use]
pub fn progress(table: &Table, events: &[Value]) -> Option<Map<String, Value>> {
    let (step, total) = events
        .iter()
        .filter_map(|event| read(table, event))
        .max_by_key(|(step, _)| step.step)?;
    let mut progress = Map::new();
    progress.insert("step".to_owned(), step.step.into());
    if let Some(total) = total {
        progress.insert("total_steps".to_owned(), total.into());
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let fraction = (step.step as f64 / total as f64 * 1000.0).round() / 1000.0;
        progress.insert("fraction".to_owned(), fraction.into());
    }
    Some(progress)
}
