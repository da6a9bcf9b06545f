//! Where validation rewards go. Only those: training rewards of different steps are not comparable.

use serde::Serialize;

use super::View;
use crate::round::rounded;

/// Evaluations that the newest trend is taken of.
const WINDOW: usize = 5;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Up.
    Rising,
    /// Neither up nor down by more than noise.
    Flat,
    /// Down.
    Falling,
    /// Fewer than two evaluations.
    Unknown,
}

impl Direction {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Flat => "flat",
            Self::Falling => "falling",
            Self::Unknown => "too early to say which way",
        }
    }
}

/// The line through the newest evaluations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Trend {
    /// Which way.
    pub direction: Direction,
    /// Change of the reward along the line, from the first of these evaluations to the last.
    pub change: Option<f64>,
    /// How many evaluations.
    pub evaluations: usize,
}

/// The trend of the newest points, by least squares over their order: evaluations are evenly spaced but for the last.
pub(super) fn of(points: &[(u64, f64)], view: &View) -> Trend {
    let skip = points.len().saturating_sub(WINDOW);
    let newest: Vec<f64> = points
        .iter()
        .skip(skip)
        .map(|(_, reward)| *reward)
        .collect();
    let Some(change) = change(&newest) else {
        return Trend {
            direction: Direction::Unknown,
            change: None,
            evaluations: newest.len(),
        };
    };
    let share = view.share(change);
    let direction = if share > view.thresholds.min_delta {
        Direction::Rising
    } else if share < -view.thresholds.min_delta {
        Direction::Falling
    } else {
        Direction::Flat
    };
    Trend {
        direction,
        change: Some(rounded(change)),
        evaluations: newest.len(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few values")]
fn change(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let count = values.len() as f64;
    let middle = (count - 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / count;
    let (mut above, mut below) = (0.0, 0.0);
    for (index, value) in values.iter().enumerate() {
        let x = index as f64 - middle;
        above += x * (value - mean);
        below += x * x;
    }
    Some(above / below * (count - 1.0))
}

/// Whether the last `patience` evaluations gained nothing on the best before them, and lost little: a fall is no
/// plateau.
pub(super) fn is_plateau(points: &[(u64, f64)], view: &View) -> bool {
    let thresholds = view.thresholds;
    let Some(before) = points.len().checked_sub(thresholds.patience) else {
        return false;
    };
    let (earlier, recent) = points.split_at(before);
    let highest = |points: &[(u64, f64)]| points.iter().map(|(_, reward)| *reward).reduce(f64::max);
    let (Some(best), Some(recently)) = (highest(earlier), highest(recent)) else {
        return false;
    };
    let gain = view.share(recently - best);
    gain < thresholds.min_delta && gain > -thresholds.collapse / 2.0
}
