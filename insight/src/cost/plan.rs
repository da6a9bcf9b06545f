//! What a job will cost that has not run: by the timing of one like it, or of one step that was measured.

use serde::Deserialize;
use serde_json::Value;

use super::{Estimate, Timing, priced, span, whole};
use crate::metrics::finite;

/// How long steps take, as data, for jobs that have not run.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Measured {
    /// Answers of a training step that was measured.
    pub step_samples: f64,
    /// Seconds it took without validation.
    pub step_seconds: f64,
    /// Answers of a validation that was measured.
    pub eval_samples: f64,
    /// Seconds it took.
    pub eval_seconds: f64,
    /// Answers sampled for one example in a step, at a compute multiplier of 1.
    pub rollouts: f64,
    /// How time grows with the number of answers: 1 in proportion, 0 not at all.
    pub growth: f64,
    /// The factor by which it may well be wrong, either way.
    pub spread: f64,
    /// What providers are taken to choose for `auto`.
    pub auto: Auto,
}

/// What stands in for `auto`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Auto {
    /// Examples a step.
    pub batch_size: u64,
    /// Passes over the data.
    pub n_epochs: u64,
    /// Evaluations of a whole job.
    pub evaluations: u64,
}

/// What is to run.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// Examples in the training file.
    pub examples: u64,
    /// Examples in the validation file.
    pub validation_examples: Option<u64>,
    /// As given to the API; `"auto"` or absent where the provider chooses.
    pub hyperparameters: Value,
    /// Whether its grader asks a model.
    pub asks_model: bool,
}

/// Another job to learn from.
#[derive(Debug, Clone)]
pub struct Like {
    /// How long its steps took.
    pub timing: Timing,
    /// What it was started with, as the API tells it.
    pub hyperparameters: Value,
}

/// Estimates a job that has not run. `like` is another job, if there is one to learn from.
#[must_use]
pub fn plan(
    job: &Job,
    measured: &Measured,
    hourly_usd: Option<f64>,
    like: Option<&Like>,
) -> Estimate {
    let mut assumptions = Vec::new();
    let set = |name: &str| job.hyperparameters.get(name).and_then(finite);
    let mut chosen = |name: &str, auto: f64| {
        set(name).unwrap_or_else(|| {
            assumptions.push(format!("{name} is left to the provider: {auto} is assumed"));
            auto
        })
    };
    #[expect(clippy::cast_precision_loss, reason = "counts of examples")]
    let float = |count: u64| count as f64;
    let batch = chosen(
        "batch_size",
        float(measured.auto.batch_size.min(job.examples.max(1))),
    );
    let epochs = chosen("n_epochs", float(measured.auto.n_epochs));
    let steps = (float(job.examples) / batch.max(1.0)).ceil() * epochs;
    let interval = chosen(
        "eval_interval",
        (steps / float(measured.auto.evaluations)).floor().max(1.0),
    );
    let eval_samples = chosen("eval_samples", 1.0);
    let compute = set("compute_multiplier").unwrap_or(1.0);
    let evaluations = (steps / interval.max(1.0)).ceil();
    let valid = job.validation_examples.map_or_else(
        || {
            assumptions
                .push("the validation file is not known: 100 examples are assumed".to_owned());
            100.0
        },
        float,
    );
    let pace = match like {
        Some(like) => like.pace(job, measured, &mut assumptions),
        None => Pace::scaled(
            measured,
            batch * measured.rollouts * compute,
            valid * eval_samples,
        ),
    };
    let (training, validation) = (steps * pace.step, evaluations * pace.eval);
    let hours = span((training + validation) / 3_600.0, pace.spread);
    if job.asks_model {
        assumptions
            .push("the tokens of the models that grade come on top, at API rates".to_owned());
    }
    if hourly_usd.is_none() {
        assumptions.push("the provider's price is not known here: give hourly_usd".to_owned());
    }
    let mut savings = Vec::new();
    if validation > 0.25 * training {
        savings.push(format!(
            "{:.0} evaluations of {:.0} answers take much of the time: raise eval_interval, or validate on fewer examples",
            evaluations,
            valid * eval_samples
        ));
    }
    if compute > 1.0 {
        savings.push(format!(
            "compute_multiplier {compute} buys exploration: try 1 first"
        ));
    }
    if epochs > 3.0 {
        savings.push(
            "start with fewer epochs: pause when the validation reward stops to rise".to_owned(),
        );
    }
    Estimate {
        steps: whole(steps),
        steps_done: None,
        hours: Some(hours),
        usd: hourly_usd.map(|price| priced(hours, price)),
        usd_so_far: None,
        basis: pace.basis,
        assumptions,
        savings,
    }
}

/// How long what is to run takes.
struct Pace {
    /// Seconds of a step without validation.
    step: f64,
    /// Seconds of a validation.
    eval: f64,
    /// The factor by which it may be wrong, either way.
    spread: f64,
    /// Where it comes from.
    basis: String,
}

impl Pace {
    /// By the measured step, for so many answers in a step and in a validation.
    fn scaled(measured: &Measured, samples: f64, eval_samples: f64) -> Self {
        let grown = |samples: f64, of: f64| measured.grown(samples / of);
        Self {
            step: measured.step_seconds * grown(samples, measured.step_samples),
            eval: measured.eval_seconds * grown(eval_samples, measured.eval_samples),
            spread: measured.spread,
            basis: "one published step of another job, scaled by the number of answers: good for the order of \
                    magnitude. After a few steps, ask again with job_id"
                .to_owned(),
        }
    }
}

impl Measured {
    /// How much longer so many times as many answers take.
    fn grown(&self, times: f64) -> f64 {
        times.max(0.01).powf(self.growth)
    }
}

impl Like {
    /// By the timing of that job, scaled where other hyperparameters make for more or fewer answers.
    fn pace(&self, job: &Job, measured: &Measured, assumptions: &mut Vec<String>) -> Pace {
        #[expect(clippy::cast_precision_loss, reason = "a count of examples")]
        let batch = measured.auto.batch_size as f64;
        let of_step = [("batch_size", batch), ("compute_multiplier", 1.0)];
        let step = self.times(&job.hyperparameters, &of_step, assumptions);
        let eval = self.times(&job.hyperparameters, &[("eval_samples", 1.0)], assumptions);
        if self.timing.eval.is_some() {
            assumptions.push("its validations have as many examples as that job's".to_owned());
        }
        let is_scaled = [step, eval].iter().any(|times| (times - 1.0).abs() > 1e-9);
        let scaled = if is_scaled {
            ", scaled by the number of answers"
        } else {
            ""
        };
        Pace {
            step: self.timing.step * measured.grown(step),
            eval: self.timing.eval.unwrap_or_default() * measured.grown(eval),
            // Between a job that is like it and one that is not.
            spread: if is_scaled { 1.6 } else { 1.3 },
            basis: format!(
                "the timing of {} steps of another job{scaled}",
                self.timing.steps
            ),
        }
    }

    /// How many times as many answers there are, by these hyperparameters and what stands in for `auto`.
    fn times(
        &self,
        hyperparameters: &Value,
        names: &[(&str, f64)],
        assumptions: &mut Vec<String>,
    ) -> f64 {
        let mut times = 1.0;
        for (name, auto) in names {
            let set = |of: &Value| of.get(name).and_then(finite).filter(|set| *set > 0.0);
            let (own, its) = (set(hyperparameters), set(&self.hyperparameters));
            if own == its {
                continue;
            }
            for (whose, _) in [("its own", own), ("that job's", its)]
                .iter()
                .filter(|(_, set)| set.is_none())
            {
                assumptions.push(format!(
                    "{whose} {name} is left to the provider: {auto} is assumed beside the other's"
                ));
            }
            times *= own.unwrap_or(*auto) / its.unwrap_or(*auto);
        }
        times
    }
}
