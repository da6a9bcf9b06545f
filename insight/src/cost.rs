//! What a job will cost: training time by the hour, from its own timing or from a measured step of another.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    curve::mean,
    metrics::{Series, finite},
};

/// Steps that a mean is taken of.
const RECENT: usize = 10;

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

/// A low, a likely and a high number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// Hardly less.
    pub low: f64,
    /// Most likely.
    pub likely: f64,
    /// Hardly more.
    pub high: f64,
}

/// An estimate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// Steps of the whole job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// Steps done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps_done: Option<u64>,
    /// Hours of training of the whole job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Span>,
    /// Dollars of the whole job, without the tokens of models that grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd: Option<Span>,
    /// Dollars so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd_so_far: Option<f64>,
    /// Where the numbers come from.
    pub basis: String,
    /// What was taken for granted.
    pub assumptions: Vec<String>,
    /// What would make it cheaper.
    pub savings: Vec<String>,
}

/// Estimates a job that has not run. `like` is the timing of another job, if there is one to learn from.
#[must_use]
pub fn plan(
    job: &Job,
    measured: &Measured,
    hourly_usd: Option<f64>,
    like: Option<&Timing>,
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
    let grown = |samples: f64, of: f64| (samples / of).max(0.01).powf(measured.growth);
    let (step_seconds, eval_seconds, spread, basis) = if let Some(timing) = like {
        (
            timing.step,
            timing.eval.unwrap_or_default(),
            1.3,
            format!("the timing of {} steps of another job", timing.steps),
        )
    } else {
        let samples = batch * measured.rollouts * compute;
        (
            measured.step_seconds * grown(samples, measured.step_samples),
            measured.eval_seconds * grown(valid * eval_samples, measured.eval_samples),
            measured.spread,
            "one published step of another job, scaled by the number of answers: good for the order of magnitude. \
             After a few steps, ask again with job_id"
                .to_owned(),
        )
    };
    let hours = (steps * step_seconds + evaluations * eval_seconds) / 3_600.0;
    let hours = span(hours, spread);
    if job.asks_model {
        assumptions
            .push("the tokens of the models that grade come on top, at API rates".to_owned());
    }
    if hourly_usd.is_none() {
        assumptions.push("the provider's price is not known here: give hourly_usd".to_owned());
    }
    let mut savings = Vec::new();
    if evaluations * eval_seconds > 0.25 * steps * step_seconds {
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
        basis,
        assumptions,
        savings,
    }
}

/// How long the steps of a job took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// Seconds of a step without validation, mean of the newest.
    pub step: f64,
    /// Seconds of a validation, mean of the newest.
    pub eval: Option<f64>,
    /// Seconds of all steps so far.
    pub total: f64,
    /// Steps measured.
    pub steps: usize,
    /// Steps with a validation.
    pub evaluations: usize,
}

/// The timing of a job; `None` where its events do not tell.
#[must_use]
pub fn timing(series: &Series) -> Option<Timing> {
    let mut steps = Vec::new();
    let mut evals = Vec::new();
    let mut total = 0.0;
    for step in &series.steps {
        let eval = step.get("eval_seconds").filter(|eval| *eval > 0.0);
        let parts = || Some(step.get("sampling_seconds")? + step.get("training_seconds")?);
        let whole = step
            .get("step_seconds")
            .or_else(|| Some(parts()? + eval.unwrap_or_default()));
        let Some(whole) = whole.filter(|whole| *whole >= 0.0) else {
            continue;
        };
        total += whole;
        steps.push((whole - eval.unwrap_or_default()).max(0.0));
        evals.extend(eval);
    }
    let newest = |values: &[f64]| {
        let skip = values.len().saturating_sub(RECENT);
        mean(values.get(skip..).unwrap_or_default())
    };
    Some(Timing {
        step: newest(&steps)?,
        eval: newest(&evals),
        total,
        steps: steps.len(),
        evaluations: evals.len(),
    })
}

/// Estimates a job that runs, or has run, from its own steps. `spent` is what the provider says it costs so far.
#[must_use]
pub fn running(
    series: &Series,
    timing: &Timing,
    ended: bool,
    hourly_usd: Option<f64>,
    spent: Option<f64>,
) -> Estimate {
    #[expect(clippy::cast_precision_loss, reason = "counts of steps")]
    let float = |count: u64| count as f64;
    let done = series.steps.last().map_or(0, |step| step.step);
    let left = if ended {
        0.0
    } else {
        float(series.total_steps.unwrap_or(done).saturating_sub(done))
    };
    #[expect(clippy::cast_precision_loss, reason = "counts of steps")]
    let share = timing.evaluations as f64 / timing.steps.max(1) as f64;
    let rest = left * (timing.step + share * timing.eval.unwrap_or_default());
    // Steps that were not seen took as long as the others.
    #[expect(clippy::cast_precision_loss, reason = "counts of steps")]
    let so_far = timing.total * float(done) / timing.steps.max(1) as f64;
    let usd_so_far = spent.or_else(|| Some(so_far / 3_600.0 * hourly_usd?));
    let spread = if left > 0.0 { 1.15 } else { 1.0 };
    let hours = Span {
        low: round2((so_far + rest / spread) / 3_600.0),
        likely: round2((so_far + rest) / 3_600.0),
        high: round2((so_far + rest * spread) / 3_600.0),
    };
    let usd = hourly_usd.zip(usd_so_far).map(|(price, so_far)| {
        let more = |seconds: f64| round2(so_far + seconds / 3_600.0 * price);
        Span {
            low: more(rest / spread),
            likely: more(rest),
            high: more(rest * spread),
        }
    });
    let mut assumptions = Vec::new();
    if spent.is_none() {
        assumptions.push(
            "the provider does not say what the job costs so far: it is the time of its steps at the hourly price"
                .to_owned(),
        );
    }
    if hourly_usd.is_none() {
        assumptions.push("the provider's price is not known here: give hourly_usd".to_owned());
    }
    if series.total_steps.is_none() && !ended {
        assumptions.push(
            "the provider does not say how many steps there will be: only those done are counted"
                .to_owned(),
        );
    }
    Estimate {
        steps: series.total_steps,
        steps_done: Some(done),
        hours: Some(hours),
        usd,
        usd_so_far: usd_so_far.map(round2),
        basis: format!(
            "the job's own timing: {:.0} s a step over {} steps",
            timing.step, timing.steps
        ),
        assumptions,
        savings: Vec::new(),
    }
}

fn span(likely: f64, spread: f64) -> Span {
    Span {
        low: round2(likely / spread),
        likely: round2(likely),
        high: round2(likely * spread),
    }
}

fn priced(hours: Span, price: f64) -> Span {
    Span {
        low: round2(hours.low * price),
        likely: round2(hours.likely * price),
        high: round2(hours.high * price),
    }
}

fn round2(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn whole(number: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within range"
    )]
    (0.0..=1e15).contains(&number).then_some(number as u64)
}

#[cfg(test)]
mod tests;
