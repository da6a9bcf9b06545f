//! What a job will cost: training time by the hour, from its own timing or from a measured step of another.

use serde::Serialize;

mod plan;

pub use self::plan::{Auto, Job, Like, Measured, plan};

use crate::{curve::mean, metrics::Series};

/// Steps that a mean is taken of.
const RECENT: usize = 10;

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

/// The estimate of a job that ended and whose events tell no times: `seconds` from its creation to its end.
#[must_use]
pub fn ended(
    series: &Series,
    seconds: Option<f64>,
    hourly_usd: Option<f64>,
    spent: Option<f64>,
) -> Estimate {
    let hours = seconds.map(|seconds| seconds / 3_600.0);
    let usd = spent.or_else(|| Some(hours? * hourly_usd?));
    let exactly = |number: f64| span(number, 1.0);
    let mut assumptions = vec![
        "its events tell no times: all of the time from its creation to its end is counted, with what it waited"
            .to_owned(),
    ];
    if usd.is_none() {
        assumptions.push("the provider's price is not known here: give hourly_usd".to_owned());
    }
    Estimate {
        steps: series.total_steps,
        steps_done: series.steps.last().map(|step| step.step),
        hours: hours.map(exactly),
        usd: usd.map(exactly),
        usd_so_far: usd.map(round2),
        basis: "the time from the job's creation to its end".to_owned(),
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
