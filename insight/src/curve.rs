//! What a reward curve says: where it goes, whether it stands still, and what is alarming about it.

mod alarms;
mod trend;

use serde::Serialize;

pub use alarms::{Alarm, Severity};
pub use trend::{Direction, Trend};

use crate::{metrics::Series, round::rounded};

/// Evaluations that a mean is taken of, against noise.
pub(crate) const RECENT: usize = 3;

/// When something counts as a change or as alarming. Rewards are taken as shares of the grader's range.
#[derive(Debug, Clone, Copy)]
pub struct Thresholds {
    /// A smaller gain is none.
    pub min_delta: f64,
    /// Evaluations without a gain that make a plateau.
    pub patience: usize,
    /// Train minus validation reward from which to be warned.
    pub gap_warn: f64,
    /// The same from which to stop.
    pub gap_stop: f64,
    /// Growth of the tokens of an answer, as a factor, that is alarming.
    pub token_growth: f64,
    /// Share of answers with an error that is alarming.
    pub errors: f64,
    /// Loss of validation reward since its best that means a collapse.
    pub collapse: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            min_delta: 0.01,
            patience: 3,
            gap_warn: 0.05,
            gap_stop: 0.10,
            token_growth: 3.0,
            errors: 0.10,
            collapse: 0.10,
        }
    }
}

/// What is known besides the series.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The least and the highest reward, where the grader tells; 0 to 1 otherwise.
    pub range: (f64, f64),
    /// See there.
    pub thresholds: Thresholds,
}

impl Default for View {
    fn default() -> Self {
        Self {
            range: (0.0, 1.0),
            thresholds: Thresholds::default(),
        }
    }
}

impl View {
    /// With the range of a grader, where it is bounded.
    #[must_use]
    pub fn within(range: Option<(f64, f64)>) -> Self {
        let bounded = range.filter(|(low, high)| (high - low).is_finite() && high > low);
        Self {
            range: bounded.unwrap_or((0.0, 1.0)),
            ..Self::default()
        }
    }

    /// A difference of rewards as a share of the range.
    pub(crate) fn share(&self, difference: f64) -> f64 {
        difference / (self.range.1 - self.range.0)
    }
}

/// A reward and where it was measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct At {
    /// Counted from 1.
    pub step: u64,
    /// Mean over the step.
    pub reward: f64,
}

/// What a curve says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// The newest step.
    pub step: Option<u64>,
    /// Steps of the whole job.
    pub total_steps: Option<u64>,
    /// Evaluations so far.
    pub evaluations: usize,
    /// The first validation reward.
    pub first_valid: Option<At>,
    /// The newest.
    pub last_valid: Option<At>,
    /// The best, of equals the earliest.
    pub best_valid: Option<At>,
    /// Where the validation reward goes.
    pub trend: Trend,
    /// Whether the validation reward has stopped to rise.
    pub plateau: bool,
    /// Train minus validation reward, mean of the newest evaluations.
    pub gap: Option<f64>,
    /// Tokens of an answer now, as a factor of those at the start.
    pub token_growth: Option<f64>,
    /// The worst first.
    pub alarms: Vec<Alarm>,
    /// In one sentence.
    pub verdict: String,
}

/// Judges a series.
#[must_use]
pub fn judge(series: &Series, view: &View) -> Judgement {
    let valid = series.points("valid_reward");
    let at = |(step, reward): &(u64, f64)| At {
        step: *step,
        reward: rounded(*reward),
    };
    let best = best(&valid);
    let trend = trend::of(&valid, view);
    let plateau = trend::is_plateau(&valid, view);
    let gap = gap(series);
    let token_growth = token_growth(series);
    let mut judgement = Judgement {
        step: series.steps.last().map(|step| step.step),
        total_steps: series.total_steps,
        evaluations: valid.len(),
        first_valid: valid.first().map(at),
        last_valid: valid.last().map(at),
        best_valid: best.as_ref().map(at),
        trend,
        plateau,
        gap: gap.map(rounded),
        token_growth: token_growth.map(rounded),
        alarms: Vec::new(),
        verdict: String::new(),
    };
    judgement.alarms = alarms::of(series, &judgement, view);
    judgement.verdict = verdict(&judgement);
    judgement
}

/// The best point; of equals the earliest.
pub(crate) fn best(points: &[(u64, f64)]) -> Option<(u64, f64)> {
    points
        .iter()
        .copied()
        .reduce(|best, point| if point.1 > best.1 { point } else { best })
}

/// Train minus validation reward over the newest evaluations. Both are of the same step: training rewards of
/// different steps are of different examples.
fn gap(series: &Series) -> Option<f64> {
    let gaps: Vec<f64> = series
        .steps
        .iter()
        .rev()
        .filter_map(|step| Some(step.get("train_reward")? - step.get("valid_reward")?))
        .take(RECENT)
        .collect();
    mean(&gaps)
}

/// The tokens of the newest answers by those of the first.
fn token_growth(series: &Series) -> Option<f64> {
    let tokens: Vec<f64> = series
        .points("reasoning_tokens")
        .into_iter()
        .map(|(_, tokens)| tokens)
        .collect();
    let first = tokens.first().filter(|first| **first > 0.0)?;
    if tokens.len() < 2 {
        return None;
    }
    let newest: Vec<f64> = tokens.iter().rev().take(RECENT).copied().collect();
    Some(mean(&newest)? / first)
}

/// The mean; `None` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few values")]
    let count = values.len() as f64;
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count)
}

fn verdict(judgement: &Judgement) -> String {
    let Some(last) = judgement.last_valid else {
        return "No evaluation so far: nothing can be said of the validation reward.".to_owned();
    };
    let first = judgement.first_valid.unwrap_or(last);
    let mut text = format!("Validation reward {:.3} at step {}", last.reward, last.step);
    if first.step != last.step {
        text = format!(
            "Validation reward {:.3} (step {}) → {:.3} (step {}), {}",
            first.reward,
            first.step,
            last.reward,
            last.step,
            judgement.trend.direction.word()
        );
    }
    if let Some(best) = judgement.best_valid.filter(|best| best.step != last.step) {
        text = format!("{text}; best {:.3} at step {}", best.reward, best.step);
    }
    if judgement.plateau {
        text.push_str("; on a plateau");
    }
    match judgement.alarms.first() {
        None => format!("{text}. No alarm."),
        Some(alarm) => format!("{text}. {}: {}", alarm.severity.word(), alarm.message),
    }
}

#[cfg(test)]
mod tests;
