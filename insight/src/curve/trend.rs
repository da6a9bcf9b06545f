//! Where validation rewards go. Only those: training rewards of different steps are not comparable.

use serde::Serialize;

use super::{View, mean};
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
/// A change that the scatter around the line explains is none.
pub(super) fn of(points: &[(u64, f64)], view: &View) -> Trend {
    let skip = points.len().saturating_sub(WINDOW);
    let newest: Vec<f64> = points
        .iter()
        .skip(skip)
        .map(|(_, reward)| *reward)
        .collect();
    let Some(line) = Line::through(&newest) else {
        return Trend {
            direction: Direction::Unknown,
            change: None,
            evaluations: newest.len(),
        };
    };
    let least = view.thresholds.min_delta.max(view.share(2.0 * line.error));
    let share = view.share(line.change);
    let direction = if share > least {
        Direction::Rising
    } else if share < -least {
        Direction::Falling
    } else {
        Direction::Flat
    };
    Trend {
        direction,
        change: Some(rounded(line.change)),
        evaluations: newest.len(),
    }
}

/// A line through evenly spaced values.
struct Line {
    /// From the first to the last.
    change: f64,
    /// The standard error of that.
    error: f64,
}

impl Line {
    #[expect(clippy::cast_precision_loss, reason = "a few values")]
    fn through(values: &[f64]) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let points = || {
            let middle = (count - 1.0) / 2.0;
            let x = move |index: usize| index as f64 - middle;
            values
                .iter()
                .enumerate()
                .map(move |(index, value)| (x(index), value - mean))
        };
        let square: f64 = points().map(|(x, _)| x * x).sum();
        let slope = points().map(|(x, y)| x * y).sum::<f64>() / square;
        let scatter: f64 = points().map(|(x, y)| (y - slope * x).powi(2)).sum();
        // Two points are always on a line.
        let freedom = (count - 2.0).max(1.0);
        Some(Self {
            change: slope * (count - 1.0),
            error: (scatter / freedom / square).sqrt() * (count - 1.0),
        })
    }
}

/// Whether the last `patience` evaluations gained nothing on the best stretch before them, and lost little: a fall is
/// no plateau. Means of as many evaluations are compared, so that one lucky evaluation decides nothing.
pub(super) fn is_plateau(points: &[(u64, f64)], view: &View) -> bool {
    let thresholds = view.thresholds;
    let Some(before) = points.len().checked_sub(thresholds.patience) else {
        return false;
    };
    let rewards: Vec<f64> = points.iter().map(|(_, reward)| *reward).collect();
    let (earlier, recent) = rewards.split_at(before);
    let width = thresholds.patience.min(earlier.len()).max(1);
    // Too few before for a mean of as many: then the highest of them.
    let width = if width < thresholds.patience {
        1
    } else {
        width
    };
    let best = earlier.windows(width).filter_map(mean).reduce(f64::max);
    let (Some(best), Some(recently)) = (best, mean(recent)) else {
        return false;
    };
    let gain = view.share(recently - best);
    gain < thresholds.min_delta && gain > -thresholds.collapse / 2.0
}
