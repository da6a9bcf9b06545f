//! Runs side by side.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::{
    curve::{At, Judgement, Severity},
    round::rounded,
};

/// A run to compare.
#[derive(Debug)]
pub struct Run {
    /// The job object.
    pub job: Value,
    /// What its curve says.
    pub judgement: Judgement,
    /// Seconds of training so far.
    pub seconds: Option<f64>,
    /// Dollars so far.
    pub usd: Option<f64>,
}

/// A run in a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The job's id.
    pub job_id: String,
    /// Its status.
    pub status: String,
    /// The newest step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u64>,
    /// The first validation reward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_valid: Option<At>,
    /// The best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best_valid: Option<At>,
    /// The newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_valid: Option<At>,
    /// Gain of the best over the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gain: Option<f64>,
    /// Training minus validation reward, mean of the newest evaluations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<f64>,
    /// Growth of the tokens of an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_growth: Option<f64>,
    /// Hours of training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd: Option<f64>,
    /// What is alarming.
    pub alarms: Vec<String>,
}

/// Runs compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// In the order asked for.
    pub jobs: Vec<Row>,
    /// What was set differently: the setting, then the value of each job.
    pub differences: BTreeMap<String, Vec<Value>>,
    /// Why the rewards may not be comparable.
    pub warnings: Vec<String>,
    /// The job with the best validation reward, of those nothing serious speaks against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<String>,
    /// In one sentence.
    pub verdict: String,
}

/// Compares runs.
#[must_use]
pub fn compare(runs: &[Run]) -> Comparison {
    let jobs: Vec<Row> = runs.iter().map(row).collect();
    let differences = differences(runs);
    let mut warnings = Vec::new();
    for (setting, what) in [
        ("validation_file", "their validation files"),
        ("grader", "their graders"),
    ] {
        if differences.contains_key(setting) {
            warnings.push(format!(
                "{what} differ, so their rewards are not on one scale: compare answers of both on the same questions"
            ));
        }
    }
    let sound = |index: &usize| {
        runs.get(*index).is_some_and(|run| {
            !run.judgement.alarms.iter().any(|alarm| {
                matches!(alarm.code, "gap" | "reward_hacking") && alarm.severity == Severity::Stop
            })
        })
    };
    let reward = |index: &usize| {
        jobs.get(*index)
            .and_then(|row| Some(row.best_valid?.reward))
    };
    let best = (0..jobs.len())
        .filter(|index| reward(index).is_some())
        .max_by(|one, other| {
            let key = |index: &usize| reward(index).unwrap_or(f64::NEG_INFINITY);
            // As good as another, the one that has a model counts, and then the one that was asked for first.
            let ended_well = |index: &usize| {
                let status = jobs.get(*index).map(|row| row.status.as_str());
                !matches!(status, Some("failed" | "cancelled"))
            };
            sound(one)
                .cmp(&sound(other))
                .then(key(one).total_cmp(&key(other)))
                .then(ended_well(one).cmp(&ended_well(other)))
                .then(other.cmp(one))
        })
        .and_then(|index| jobs.get(index));
    let verdict = match best {
        None => "no job has a validation reward yet".to_owned(),
        Some(row) => {
            let at = row.best_valid.unwrap_or(At {
                step: 0,
                reward: 0.0,
            });
            let scale = if warnings.is_empty() {
                ""
            } else {
                ", as far as they can be compared"
            };
            let equals: Vec<&str> = jobs
                .iter()
                .filter(|other| other.job_id != row.job_id)
                .filter(|other| {
                    other
                        .best_valid
                        .is_some_and(|best| best.reward.total_cmp(&at.reward).is_eq())
                })
                .map(|other| other.job_id.as_str())
                .collect();
            let equals = match equals.as_slice() {
                [] => String::new(),
                equals => format!(", as good as {}", equals.join(", ")),
            };
            format!(
                "{} is best{scale}: validation reward {:.3} at step {}{equals}",
                row.job_id, at.reward, at.step
            )
        }
    };
    Comparison {
        best: best.map(|row| row.job_id.clone()),
        jobs,
        differences,
        warnings,
        verdict,
    }
}

fn row(run: &Run) -> Row {
    let text = |key: &str| run.job.get(key).and_then(Value::as_str);
    let judgement = &run.judgement;
    let gain = judgement
        .best_valid
        .zip(judgement.first_valid)
        .map(|(best, first)| rounded(best.reward - first.reward));
    Row {
        job_id: text("id").unwrap_or_default().to_owned(),
        status: text("status").unwrap_or("unknown").to_owned(),
        step: judgement.step,
        first_valid: judgement.first_valid,
        best_valid: judgement.best_valid,
        last_valid: judgement.last_valid,
        gain,
        gap: judgement.gap,
        token_growth: judgement.token_growth,
        hours: run.seconds.map(|seconds| rounded(seconds / 3_600.0)),
        usd: run.usd.map(|usd| (usd * 100.0).round() / 100.0),
        alarms: judgement
            .alarms
            .iter()
            .filter(|alarm| alarm.severity != Severity::Note)
            .map(|alarm| alarm.message.clone())
            .collect(),
    }
}

/// Settings that are not the same for all.
fn differences(runs: &[Run]) -> BTreeMap<String, Vec<Value>> {
    let mut settings: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut set = |name: String, pointer: &str| {
        let values = runs
            .iter()
            .map(|run| match run.job.pointer(pointer) {
                // Left to the provider, said or not.
                Some(Value::String(auto)) if auto == "auto" => Value::Null,
                value => value.cloned().unwrap_or(Value::Null),
            })
            .collect::<Vec<Value>>();
        if values.windows(2).any(|pair| pair.first() != pair.last()) {
            settings.insert(name, values);
        }
    };
    for name in ["model", "training_file", "validation_file", "seed"] {
        set(name.to_owned(), &format!("/{name}"));
    }
    for name in ["grader", "response_format"] {
        set(name.to_owned(), &format!("/method/reinforcement/{name}"));
    }
    let mut names: Vec<&String> = runs
        .iter()
        .filter_map(|run| run.job.pointer("/method/reinforcement/hyperparameters"))
        .filter_map(Value::as_object)
        .flat_map(|members| members.keys())
        .collect();
    names.sort();
    names.dedup();
    for name in names {
        set(
            name.clone(),
            &format!("/method/reinforcement/hyperparameters/{name}"),
        );
    }
    // A grader can be long, and one job shows it: that they differ is enough here.
    for long in ["grader", "response_format"] {
        if let Some(values) = settings.get_mut(long) {
            let mut known: Vec<Value> = Vec::new();
            for value in values.iter_mut() {
                let place = known.iter().position(|one| one == value);
                let place = place.unwrap_or_else(|| {
                    known.push(value.clone());
                    known.len() - 1
                });
                *value = Value::String(format!("{long} {}", place + 1));
            }
        }
    }
    settings
}

#[cfg(test)]
mod tests;
