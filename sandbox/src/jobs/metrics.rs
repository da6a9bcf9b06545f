//! The `data` of a metrics event, key for key as the real one: every reward occurs under an old and a new name, and
//! what belongs to an evaluation is null on steps without one.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::bill::{grader_call, whole};
use super::job::Job;
use super::rewards::Scores;
use crate::flavour::Flavour;
use crate::grader::Grader;

/// What a step reports.
pub(super) struct Metrics<'a> {
    job: &'a Job,
    step: u32,
    train: Scores,
    /// Absent on steps without an evaluation.
    valid: Option<Scores>,
}

impl<'a> Metrics<'a> {
    pub(super) fn of(job: &'a Job, step: u32) -> Self {
        let evaluates = job.plan.evaluates(step);
        Self {
            job,
            step,
            train: job.plan.train_scores(&job.request, step),
            valid: evaluates.then(|| job.plan.valid_scores(&job.request, step)),
        }
    }

    pub(super) fn train_reward(&self) -> f64 {
        self.train.reward
    }

    pub(super) fn valid_reward(&self) -> Option<f64> {
        self.valid.as_ref().map(|scores| scores.reward)
    }

    /// The text of the event.
    pub(super) fn message(&self) -> String {
        let total = self.job.plan.settings.total_steps;
        let mut text = format!(
            "Step {}/{total} , train mean reward={:.2}",
            self.step, self.train.reward
        );
        if let Some(valid) = &self.valid {
            let parse_error = self.job.plan.point(self.step).parse_error;
            // Writing to a string can not fail.
            let _ = write!(
                text,
                ", full validation mean reward={:.2}, full validation mean parse error={parse_error:.2}",
                valid.reward
            );
        }
        text
    }

    pub(super) fn data(&self) -> Value {
        let plan = &self.job.plan;
        let point = plan.point(self.step);
        let timing = plan.timing(self.step);
        let samples = plan.train_samples();
        let valid_tokens = self.when_valid(point.valid_tokens);
        if self.job.request.flavour == Flavour::Bedrock {
            return self.named_by_bedrock();
        }
        json!({
            "step": self.step,
            "usage": {
                "graders": self.leaves(|index, leaf| self.usage_of(index, leaf)),
                "samples": {
                    "train_reasoning_tokens_mean": point.train_tokens,
                    "valid_reasoning_tokens_mean": valid_tokens,
                    "train_reasoning_tokens_count": (point.train_tokens * samples).round(),
                    "valid_reasoning_tokens_count":
                        self.when_valid((point.valid_tokens * plan.valid_samples()).round()),
                },
            },
            "errors": {"graders": self.leaves(|_, leaf| Some(self.errors_of(leaf)))},
            "scores": {
                "graders": self.leaves(|index, _| Some(self.scores_of(index))),
                "train_reward_mean": self.train.reward,
                "valid_reward_mean": self.valid_reward(),
            },
            "timing": {
                "step": {
                    "eval": timing.eval,
                    "sampling": timing.sampling,
                    "training": timing.training,
                    "full_iteration": timing.whole(),
                },
                "graders": self.leaves(|index, leaf| Some(self.timing_of(index, leaf))),
            },
            "total_steps": plan.settings.total_steps,
            "train_mean_reward": self.train.reward,
            "reasoning_tokens_mean": point.train_tokens,
            "completion_tokens_mean": point.train_tokens + 46.0,
            "full_valid_mean_reward": self.valid_reward(),
            "mean_unresponsive_rewards": point.unresponsive,
            "model_graders_token_usage": self.model_tokens(),
            "full_valid_mean_parse_error": self.when_valid(point.parse_error),
            "valid_reasoning_tokens_mean": valid_tokens,
        })
    }

    /// The names that Bedrock documents, and for the rest those that are likest.
    fn named_by_bedrock(&self) -> Value {
        let point = self.job.plan.point(self.step);
        json!({
            "step": self.step,
            "total_steps": self.job.plan.settings.total_steps,
            "critic_rewards_mean": self.train.reward,
            "valid_mean_reward": self.valid_reward(),
            "completion_tokens_mean": point.train_tokens + 46.0,
        })
    }

    fn when_valid(&self, value: f64) -> Option<f64> {
        self.valid.is_some().then_some(value)
    }

    /// One object a grader, those without any left out, each starting with its name and type.
    fn leaves(&self, entries: impl Fn(usize, &Grader) -> Option<Value>) -> Vec<Value> {
        let leaves = self.job.request.grader.leaves();
        leaves
            .into_iter()
            .enumerate()
            .filter_map(|(index, leaf)| {
                let mut object = Map::new();
                object.insert("name".to_owned(), leaf.name().into());
                object.insert("type".to_owned(), leaf.kind().into());
                if let Value::Object(rest) = entries(index, leaf)? {
                    object.extend(rest);
                }
                Some(Value::Object(object))
            })
            .collect()
    }

    fn usage_of(&self, index: usize, leaf: &Grader) -> Option<Value> {
        let Grader::ScoreModel { model, .. } = leaf else {
            return None;
        };
        let (prompt, completion) = grader_call(self.job, index as u64, self.step);
        let (train, valid) = (self.job.plan.train_samples(), self.job.plan.valid_samples());
        Some(json!({
            "model": model,
            "train_prompt_tokens_mean": prompt,
            "valid_prompt_tokens_mean": self.when_valid(prompt),
            "train_prompt_tokens_count": prompt * train,
            "valid_prompt_tokens_count": self.when_valid(prompt * valid),
            "train_completion_tokens_mean": completion,
            "valid_completion_tokens_mean": self.when_valid(completion),
            "train_completion_tokens_count": (completion * train).round(),
            "valid_completion_tokens_count": self.when_valid((completion * valid).round()),
        }))
    }

    fn errors_of(&self, leaf: &Grader) -> Value {
        let plan = &self.job.plan;
        let parse = plan.point(self.step).parse_error;
        let lost = plan.lost();
        let mut errors = Map::new();
        let mut error = |name: &str, train: f64, valid: f64| {
            let (all_train, all_valid) = (plan.train_samples(), plan.valid_samples());
            for (key, value) in [("train", Some(train)), ("valid", self.when_valid(valid))] {
                errors.insert(format!("{key}_{name}_error_mean"), json!(value));
            }
            for (key, value) in [
                ("train", Some((train * all_train).round())),
                ("valid", self.when_valid((valid * all_valid).round())),
            ] {
                errors.insert(format!("{key}_{name}_error_count"), json!(value));
            }
        };
        error("other", 0.0, 0.0);
        error("sample_parse", parse, parse);
        error("invalid_variable", lost.train, lost.valid);
        if matches!(leaf, Grader::Python { .. }) {
            error("python_grader_server", 0.0, 0.0);
            error("python_grader_runtime", 0.0, 0.0);
        }
        Value::Object(errors)
    }

    fn scores_of(&self, index: usize) -> Value {
        let valid = self.valid.as_ref();
        json!({
            "train_reward_mean": self.train.leaves.get(index),
            "valid_reward_mean": valid.and_then(|valid| valid.leaves.get(index)),
        })
    }

    fn timing_of(&self, index: usize, leaf: &Grader) -> Value {
        let random = self
            .job
            .plan
            .random
            .named("latency")
            .numbered(index as u64)
            .numbered(u64::from(self.step));
        let (low, high) = match leaf {
            Grader::ScoreModel { .. } => (2.0, 4.0),
            Grader::Python { .. } | Grader::Remote { .. } => (0.2, 0.9),
            _ => (0.000_5, 0.002),
        };
        json!({
            "train_execution_latency_mean": random.between(low, high),
            "valid_execution_latency_mean":
                self.when_valid(random.named("valid").between(low, high)),
        })
    }

    fn model_tokens(&self) -> Value {
        let mut models: Map<String, Value> = Map::new();
        let leaves = self.job.request.grader.leaves();
        for (leaf, index) in leaves.into_iter().zip(0_u64..) {
            let Grader::ScoreModel { model, .. } = leaf else {
                continue;
            };
            let (prompt, completion) = grader_call(self.job, index, self.step);
            let train = self.job.plan.train_samples();
            let valid = if self.valid.is_some() {
                self.job.plan.valid_samples()
            } else {
                0.0
            };
            let before = |key: &str| {
                let sums = models.get(model);
                sums.and_then(|sums| sums.get(key))
                    .and_then(Value::as_i64)
                    .unwrap_or(0)
            };
            let sums = json!({
                "eval_cached_tokens": 0,
                "eval_prompt_tokens": before("eval_prompt_tokens") + whole(prompt * valid),
                "train_cached_tokens": 0,
                "train_prompt_tokens": before("train_prompt_tokens") + whole(prompt * train),
                "eval_completion_tokens":
                    before("eval_completion_tokens") + whole(completion * valid),
                "train_completion_tokens":
                    before("train_completion_tokens") + whole(completion * train),
            });
            models.insert(model.clone(), sums);
        }
        Value::Object(models)
    }
}
