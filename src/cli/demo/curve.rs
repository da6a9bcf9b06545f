//! A job's rewards in the terminal, as they come.

use std::io::Write as _;

use serde_json::Value;

use super::at;
use crate::cli::{Error, print};

/// The width of a reward of 1.
const WIDTH: usize = 40;

/// Draws a line for each step, and under it, where somebody looks, what the job does now.
pub struct Curve {
    live: bool,
    shown: Option<u64>,
    now: String,
    validation: Option<(f64, f64)>,
}

impl Curve {
    pub fn new(live: bool) -> Self {
        Self {
            live,
            shown: None,
            now: String::new(),
            validation: None,
        }
    }

    /// Shows what a look at the job gave.
    pub fn show(&mut self, status: &Value) -> Result<(), Error> {
        let number = |pointer: &str| status.pointer(pointer).and_then(Value::as_f64);
        let step = status.pointer("/metrics/step").and_then(Value::as_u64);
        if let Some(valid) = number("/metrics/valid_reward") {
            let first = self.validation.map_or(valid, |(first, _)| first);
            self.validation = Some((first, valid));
        }
        if let (Some(step), Some(train)) = (
            step.filter(|step| self.shown != Some(*step)),
            number("/metrics/train_reward"),
        ) {
            self.shown = Some(step);
            self.rest()?;
            let valid = number("/metrics/valid_reward");
            let valid = valid.map_or_else(String::new, |valid| format!("  valid {valid:.3}"));
            print(&format!(
                "      {step:>3} {}  train {train:.3}{valid}",
                bar(train)
            ))?;
        }
        let now = at(status, "/status");
        if now != self.now {
            self.rest()?;
            now.clone_into(&mut self.now);
            if self.live {
                let mut stdout = std::io::stdout().lock();
                let drawn = write!(stdout, "      … {now}").and_then(|()| stdout.flush());
                drawn.map_err(Error::io("draw in the terminal"))?;
            } else {
                print(&format!("      … {now}"))?;
            }
        }
        Ok(())
    }

    /// Ends the line that says what the job does now.
    pub fn rest(&mut self) -> Result<(), Error> {
        if self.live && !self.now.is_empty() {
            let mut stdout = std::io::stdout().lock();
            let cleared = write!(stdout, "\r\x1b[2K").and_then(|()| stdout.flush());
            cleared.map_err(Error::io("draw in the terminal"))?;
            self.now.clear();
        }
        Ok(())
    }

    /// The first and the last validation reward.
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.validation
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a bar's length is between 0 and its width"
)]
fn bar(reward: f64) -> String {
    let filled = (reward.clamp(0.0, 1.0) * WIDTH as f64).round() as usize;
    format!(
        "{}{}",
        "█".repeat(filled),
        "·".repeat(WIDTH.saturating_sub(filled))
    )
}
