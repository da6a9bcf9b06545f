//! A curve in characters.

use std::fmt::Write as _;

use super::{extent, thinned};
use crate::metrics::Series;

const WIDTH: usize = 60;
const HEIGHT: usize = 12;
/// Characters of a bar for a whole reward.
const BAR: usize = 40;

/// The rewards over the steps: `·` is training, `●` validation.
#[must_use]
pub fn text(series: &Series) -> String {
    let (train, valid) = (
        thinned(&series.points("train_reward")),
        thinned(&series.points("valid_reward")),
    );
    let Some((steps, values)) = extent(&[&train, &valid]) else {
        return "no rewards so far".to_owned();
    };
    let mut rows = vec![vec![' '; WIDTH]; HEIGHT];
    for (points, mark) in [(&train, '·'), (&valid, '●')] {
        for (step, value) in points {
            #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
            let column = place(*step as f64, steps, WIDTH);
            let row = HEIGHT - 1 - place(*value, values, HEIGHT);
            if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = mark;
            }
        }
    }
    // Writing to a string can not fail.
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let label = match index {
            0 => format!("{:>7.3}", values.1),
            last if last == HEIGHT - 1 => format!("{:>7.3}", values.0),
            _ => " ".repeat(7),
        };
        let row: String = row.iter().collect();
        let _ = writeln!(text, "{label} ┤{}", row.trim_end());
    }
    let _ = writeln!(text, "{} └{}", " ".repeat(7), "─".repeat(WIDTH));
    let (first, last) = (
        format!("step {:.0}", steps.0.ceil()),
        format!("{:.0}", steps.1.floor()),
    );
    let room = WIDTH.saturating_sub(first.chars().count() + last.chars().count());
    let _ = writeln!(text, "{}{first}{}{last}", " ".repeat(9), " ".repeat(room));
    let _ = writeln!(text, "{}· training  ● validation", " ".repeat(9));
    text
}

/// A reward as a bar; `range` is empty at its lower end and full at its upper.
#[must_use]
pub fn bar(reward: f64, range: (f64, f64)) -> String {
    let filled = place(reward, range, BAR + 1);
    format!("{}{}", "█".repeat(filled), "·".repeat(BAR - filled))
}

/// The cell of a value, of so many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "between 0 and the number of cells"
)]
fn place(value: f64, (low, high): (f64, f64), cells: usize) -> usize {
    let last = cells.saturating_sub(1);
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    ((share * last as f64).round() as usize).min(last)
}
