//! What trial runs of a grader say: how the rewards lie, what went wrong, and whether there is anything to learn.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::{curve::mean, metrics::finite, round::rounded};

/// The flags of a trial's `metadata.errors`, and what to do about each. The other keys there are their details.
const ERRORS: [(&str, &str); 11] = [
    (
        "formula_parse_error",
        "mend calculate_output: lint_grader says where it is wrong",
    ),
    (
        "sample_parse_error",
        "the answer is not the JSON that sample.output_json needs: give response_schema, and say the form in the prompt",
    ),
    (
        "truncated_observation_error",
        "a text was cut before it was graded: make what the grader compares shorter",
    ),
    (
        "unresponsive_reward_error",
        "the grader gave no reward in time: make it faster or simpler",
    ),
    (
        "invalid_variable_error",
        "a template names what is not there: the key must stand in every line of the data",
    ),
    (
        "other_error",
        "run_grader on one of these rows shows what the provider says",
    ),
    (
        "python_grader_server_error",
        "the provider could not run the source: try again, and look at image_tag",
    ),
    (
        "python_grader_runtime_error",
        "the source raised an exception, which counts as 0: use item.get(…), and catch what can fail",
    ),
    (
        "model_grader_server_error",
        "the model that grades did not answer: try again, or use another",
    ),
    (
        "model_grader_refusal_error",
        "the model refused to grade: reword the prompt",
    ),
    (
        "model_grader_parse_error",
        "the model's answer is no number: ask for a number alone",
    ),
];

/// What to do about an error of a grader.
pub(crate) fn help(error: &str) -> &'static str {
    ERRORS.iter().find(|(name, _)| *name == error).map_or(
        "calibrate_grader shows which answers it fails on",
        |(_, help)| help,
    )
}

/// One trial: a row of the data, and what the provider answered.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The row, counted from 1.
    pub row: u64,
    /// The reply of the grader run, or why there is none.
    pub reply: Result<Value, String>,
}

/// What the trials say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Rows that were graded.
    pub graded: usize,
    /// Rows for which the provider gave no reward, with the first reason.
    pub failed: usize,
    /// The first reason of those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// How the rewards lie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rewards: Option<Distribution>,
    /// Each grader of a multi grader.
    pub graders: Vec<Sub>,
    /// What went wrong, by error.
    pub errors: Vec<ErrorCount>,
    /// Seconds a grading took, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Tokens of models that grade, on average for a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<f64>,
    /// Whether there is something to learn.
    pub signal: Signal,
    /// Why, and what to do.
    pub verdict: String,
}

/// Whether rewards differ enough to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// They do.
    Good,
    /// All the same, or nearly.
    None,
    /// Hardly any answer gets a reward.
    TooLow,
    /// Hardly any answer misses one.
    TooHigh,
    /// Errors hide it.
    Errors,
    /// Too few rows to say.
    Unknown,
}

/// How numbers lie.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distribution {
    /// The least.
    pub min: f64,
    /// The mean.
    pub mean: f64,
    /// Half are below.
    pub median: f64,
    /// The highest.
    pub max: f64,
    /// How far they are from the mean.
    pub deviation: f64,
    /// How many lie in each tenth of the range from `min` to `max` of the grader.
    pub histogram: Vec<u64>,
}

/// A grader of a multi grader.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sub {
    /// Its key.
    pub name: String,
    /// Its mean reward.
    pub mean: f64,
    /// The least.
    pub min: f64,
    /// The highest.
    pub max: f64,
}

/// How often an error occurred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorCount {
    /// As the API calls it.
    pub error: String,
    /// On how many rows.
    pub count: u64,
    /// The first rows, counted from 1.
    pub rows: Vec<u64>,
    /// What the provider said of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// What to do.
    pub help: String,
}

/// Judges trials. `range` is the grader's, 0 to 1 where it does not tell.
#[must_use]
pub fn calibrate(trials: &[Trial], range: (f64, f64)) -> Calibration {
    let replies: Vec<(u64, &Value)> = trials
        .iter()
        .filter_map(|trial| Some((trial.row, trial.reply.as_ref().ok()?)))
        .collect();
    let failures: Vec<&String> = trials
        .iter()
        .filter_map(|trial| trial.reply.as_ref().err())
        .collect();
    let rewards: Vec<f64> = replies
        .iter()
        .filter_map(|(_, reply)| finite(reply.get("reward")?))
        .collect();
    let averaged = |pointer: &str| {
        let values: Vec<f64> = replies
            .iter()
            .filter_map(|(_, reply)| finite(reply.pointer(pointer)?))
            .collect();
        mean(&values).map(rounded)
    };
    let errors = errors(&replies);
    let rewards_lie = distribution(&rewards, range);
    let (signal, verdict) = signal(trials.len(), rewards_lie.as_ref(), &errors, range);
    Calibration {
        graded: rewards.len(),
        failed: trials.len() - rewards.len(),
        failure: failures.first().map(|first| (*first).clone()),
        rewards: rewards_lie,
        graders: graders(&replies),
        errors,
        seconds: averaged("/metadata/execution_time"),
        tokens: averaged("/metadata/token_usage"),
        signal,
        verdict,
    }
}

fn errors(replies: &[(u64, &Value)]) -> Vec<ErrorCount> {
    let mut counts: Vec<ErrorCount> = Vec::new();
    for (row, reply) in replies {
        let Some(flags) = reply.pointer("/metadata/errors") else {
            continue;
        };
        for (error, help) in ERRORS {
            if flags.get(error).and_then(Value::as_bool) != Some(true) {
                continue;
            }
            let details = || {
                ["_details", "_type"].iter().find_map(|end| {
                    let text = flags.get(format!("{error}{end}"))?.as_str()?;
                    Some(text.chars().take(400).collect())
                })
            };
            if let Some(known) = counts.iter_mut().find(|known| known.error == error) {
                known.count += 1;
                if known.rows.len() < 10 {
                    known.rows.push(*row);
                }
                known.details = known.details.take().or_else(details);
            } else {
                counts.push(ErrorCount {
                    error: error.to_owned(),
                    count: 1,
                    rows: vec![*row],
                    details: details(),
                    help: help.to_owned(),
                });
            }
        }
    }
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

fn graders(replies: &[(u64, &Value)]) -> Vec<Sub> {
    let mut rewards: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (_, reply) in replies {
        let subs = reply
            .get("sub_rewards")
            .or_else(|| reply.pointer("/metadata/scores"));
        for (name, reward) in subs.and_then(Value::as_object).into_iter().flatten() {
            if let Some(reward) = finite(reward) {
                rewards.entry(name).or_default().push(reward);
            }
        }
    }
    rewards
        .into_iter()
        .map(|(name, rewards)| Sub {
            name: name.to_owned(),
            mean: rounded(mean(&rewards).unwrap_or_default()),
            min: rounded(rewards.iter().copied().fold(f64::INFINITY, f64::min)),
            max: rounded(rewards.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        })
        .collect()
}

fn distribution(rewards: &[f64], range: (f64, f64)) -> Option<Distribution> {
    let mean = mean(rewards)?;
    let mut sorted = rewards.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = |index: usize| sorted.get(index).copied().unwrap_or_default();
    let half = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 {
        middle(half)
    } else {
        f64::midpoint(middle(half.saturating_sub(1)), middle(half))
    };
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let count = rewards.len() as f64;
    let square = rewards
        .iter()
        .map(|reward| (reward - mean).powi(2))
        .sum::<f64>()
        / count;
    let mut histogram = vec![0; 10];
    for reward in rewards {
        let share = ((reward - range.0) / (range.1 - range.0)).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 10"
        )]
        let tenth = ((share * 10.0) as usize).min(9);
        if let Some(count) = histogram.get_mut(tenth) {
            *count += 1;
        }
    }
    Some(Distribution {
        min: rounded(middle(0)),
        mean: rounded(mean),
        median: rounded(median),
        max: rounded(middle(sorted.len() - 1)),
        deviation: rounded(square.sqrt()),
        histogram,
    })
}

fn signal(
    rows: usize,
    rewards: Option<&Distribution>,
    errors: &[ErrorCount],
    range: (f64, f64),
) -> (Signal, String) {
    const FEW: usize = 3;
    /// Means nearer to an end of the range leave little to learn.
    const EDGE: f64 = 0.05;
    /// A smaller deviation, as a share of the range, is none.
    const SPREAD: f64 = 0.01;
    let Some(rewards) = rewards else {
        return (
            Signal::Unknown,
            "no row was graded: mend what failed, and run it again".to_owned(),
        );
    };
    if let Some(worst) = errors.first()
        && worst.count * 2 > rows as u64
    {
        return (
            Signal::Errors,
            format!(
                "{} of {rows} rows have {}, so the rewards mean nothing yet: {}",
                worst.count, worst.error, worst.help
            ),
        );
    }
    if rows < FEW {
        return (
            Signal::Unknown,
            format!("{rows} rows are too few to judge by: try 10 or more"),
        );
    }
    let width = range.1 - range.0;
    let share = (rewards.mean - range.0) / width;
    let said = format!(
        "mean reward {} (from {} to {})",
        rewards.mean, rewards.min, rewards.max
    );
    if share < EDGE {
        (
            Signal::TooLow,
            format!(
                "{said}: hardly any answer gets a reward. Give partial credit or easier examples"
            ),
        )
    } else if share > 1.0 - EDGE {
        (
            Signal::TooHigh,
            format!(
                "{said}: hardly any answer misses one. Use harder examples or a stricter grader"
            ),
        )
    } else if rewards.deviation / width < SPREAD {
        (
            Signal::None,
            format!(
                "{said}: every answer gets nearly the same. The grader has to tell better from worse"
            ),
        )
    } else {
        (
            Signal::Good,
            format!("{said}: rewards differ, so there is something to learn"),
        )
    }
}

#[cfg(test)]
mod tests;
