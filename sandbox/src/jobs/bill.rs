//! What a job costs: training time by the second, and the tokens that model graders use.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::job::Job;
use super::timeline::Timeline;
use crate::grader::Grader;

/// Dollars an hour of training.
pub(crate) const HOURLY_RATE: f64 = 100.0;

/// The running total. Nothing is charged for validating files, the queue, screening and pauses.
pub(crate) fn usage(job: &Job, timeline: &Timeline) -> Value {
    let seconds = timeline.trained.floor();
    json!({
        "simulated": true,
        "training_seconds": whole(seconds),
        "training_cost_usd": (seconds / 3_600.0 * HOURLY_RATE * 100.0).round() / 100.0,
        "model_graders_token_usage": grader_tokens(job, timeline),
    })
}

/// Null until the job has ended.
pub(crate) fn trained_tokens(job: &Job, timeline: &Timeline) -> Option<i64> {
    if !timeline.status.is_final() {
        return None;
    }
    let samples = job.plan.train_samples();
    let tokens: f64 = (1..=timeline.steps)
        .map(|step| samples * (job.plan.prompt_tokens + job.plan.expected_tokens(step)))
        .sum();
    Some(whole(tokens))
}

#[expect(clippy::cast_possible_truncation, reason = "far below 2^53")]
pub(crate) fn whole(count: f64) -> i64 {
    count.round() as i64
}

/// Tokens of one call of a model grader, in and out, of training and validation alike; `job.prompt_tokens` stands for
/// the part of its prompt that comes from the example.
pub(crate) fn grader_call(job: &Job, leaf: u64, step: u32) -> (f64, f64) {
    let random = job
        .plan
        .random
        .named("grader tokens")
        .numbered(leaf)
        .numbered(u64::from(step));
    (
        (180.0 + job.plan.prompt_tokens).round(),
        140.0 * (1.0 + 0.02 * random.normal()),
    )
}

/// Prompt and completion tokens of all steps so far, by model.
fn grader_tokens(job: &Job, timeline: &Timeline) -> Value {
    let mut models: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (leaf, index) in job.request.grader.leaves().into_iter().zip(0_u64..) {
        let Grader::ScoreModel { model, .. } = leaf else {
            continue;
        };
        let sums = models.entry(model).or_default();
        for step in 1..=timeline.steps {
            let mut calls = job.plan.train_samples();
            if job.plan.evaluates(step) {
                calls += job.plan.valid_samples();
            }
            let (prompt, completion) = grader_call(job, index, step);
            sums.0 += calls * prompt;
            sums.1 += calls * completion;
        }
    }
    let models: Map<String, Value> = models
        .into_iter()
        .map(|(model, (prompt, completion))| {
            let tokens = json!({
                "prompt_tokens": whole(prompt),
                "completion_tokens": whole(completion),
            });
            (model.to_owned(), tokens)
        })
        .collect();
    Value::Object(models)
}
