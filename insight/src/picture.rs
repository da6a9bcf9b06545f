//! Reward curves to look at: as text, and as SVG.

mod svg;
mod text;

pub use svg::svg;
pub use text::{bar, text};

/// Points drawn of one line.
const MOST_POINTS: usize = 400;

/// Of many points every so many-th, the last always.
fn thinned(points: &[(u64, f64)]) -> Vec<(u64, f64)> {
    let every = points.len().div_ceil(MOST_POINTS).max(1);
    let last = points.len().saturating_sub(1);
    points
        .iter()
        .enumerate()
        .filter(|(index, _)| index % every == 0 || *index == last)
        .map(|(_, point)| *point)
        .collect()
}

/// From the least to the highest value and step of some lines, with room where it is a single one.
fn extent(lines: &[&[(u64, f64)]]) -> Option<((f64, f64), (f64, f64))> {
    #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
    let points = || {
        lines
            .iter()
            .flat_map(|line| line.iter())
            .map(|(step, value)| (*step as f64, *value))
    };
    let fold = |pick: fn((f64, f64)) -> f64| {
        points()
            .map(pick)
            .fold(None, |ends: Option<(f64, f64)>, value| {
                let (low, high) = ends.unwrap_or((value, value));
                Some((low.min(value), high.max(value)))
            })
    };
    let (steps, values) = (fold(|point| point.0)?, fold(|point| point.1)?);
    let room = |(low, high): (f64, f64)| {
        if high > low {
            (low, high)
        } else {
            (low - 0.5, high + 0.5)
        }
    };
    Some((room(steps), room(values)))
}

#[cfg(test)]
mod tests;
