//! A job's rewards in the terminal, as they come.

use std::io::Write;

use rft_mcp_insight::picture::bar;
use serde_json::Value;

use super::{Error, marked, print};

/// Draws a line for each step, and under it, where somebody looks, what the job does now.
pub struct Curve {
    live: bool,
    to: To,
    /// The least and the highest reward there can be.
    range: (f64, f64),
    shown: Option<u64>,
    now: String,
    validation: Option<(f64, f64)>,
}

/// Where it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Stdout,
    /// Beside what a program prints for others.
    Stderr,
}

impl Curve {
    pub fn new(live: bool, to: To) -> Self {
        Self {
            live,
            to,
            range: (0.0, 1.0),
            shown: None,
            now: String::new(),
            validation: None,
        }
    }

    /// Rewards are drawn as shares of this range.
    pub fn within(&mut self, range: (f64, f64)) {
        self.range = range;
    }

    /// Shows what a look at the job gave.
    pub fn show(&mut self, status: &Value) -> Result<(), Error> {
        let number = |pointer: &str| status.pointer(pointer).and_then(Value::as_f64);
        let step = status.pointer("/metrics/step").and_then(Value::as_u64);
        if let (Some(step), Some(train)) = (step, number("/metrics/train_reward")) {
            self.step(step, Some(train), number("/metrics/valid_reward"))?;
        }
        let now = status.get("status").and_then(Value::as_str);
        self.now(now.unwrap_or_default())
    }

    /// Shows a step, unless it was shown.
    pub fn step(&mut self, step: u64, train: Option<f64>, valid: Option<f64>) -> Result<(), Error> {
        if let Some(valid) = valid {
            let first = self.validation.map_or(valid, |(first, _)| first);
            self.validation = Some((first, valid));
        }
        if self.shown.is_some_and(|shown| shown >= step) {
            return Ok(());
        }
        let Some(drawn) = train.or(valid) else {
            return Ok(());
        };
        self.shown = Some(step);
        let named = |name: &str, reward: Option<f64>| {
            reward.map_or_else(String::new, |reward| format!("  {name} {reward:.3}"))
        };
        let bar = bar(drawn, self.range);
        let (train, valid) = (named("train", train), named("valid", valid));
        self.line(&format!("      {step:>3} {bar}{train}{valid}"))
    }

    /// Shows what the job does now, where that is news.
    pub fn now(&mut self, now: &str) -> Result<(), Error> {
        if now == self.now {
            return Ok(());
        }
        self.rest()?;
        now.clone_into(&mut self.now);
        if self.live {
            self.write(&format!("      … {now}"))
        } else {
            self.put(&format!("      … {now}"))
        }
    }

    /// Shows a line above what the job does now.
    pub fn line(&mut self, text: &str) -> Result<(), Error> {
        let now = if self.live {
            std::mem::take(&mut self.now)
        } else {
            String::new()
        };
        if !now.is_empty() {
            self.write("\r\x1b[2K")?;
        }
        self.put(&marked(text))?;
        if now.is_empty() {
            Ok(())
        } else {
            self.now(&now)
        }
    }

    /// Ends the line that says what the job does now.
    pub fn rest(&mut self) -> Result<(), Error> {
        if self.live && !self.now.is_empty() {
            self.write("\r\x1b[2K")?;
            self.now.clear();
        }
        Ok(())
    }

    /// The first and the last validation reward.
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.validation
    }

    fn put(&self, text: &str) -> Result<(), Error> {
        match self.to {
            To::Stdout => print(text),
            To::Stderr => self.write(&format!("{text}\n")),
        }
    }

    fn write(&self, text: &str) -> Result<(), Error> {
        let written = match self.to {
            To::Stdout => flushed(std::io::stdout().lock(), text),
            To::Stderr => flushed(std::io::stderr().lock(), text),
        };
        written.map_err(Error::io("draw in the terminal"))
    }
}

fn flushed(mut to: impl Write, text: &str) -> std::io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}
