//! What is known of a job when its rules are asked.

use rft_mcp_insight::{curve::View, metrics::Series};
use serde::{Deserialize, Serialize};

/// What a status means. The names are data: providers have their own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// It has not begun, or waits to go on.
    pub waits: Vec<String>,
    /// It is paused, or about to be.
    pub rests: Vec<String>,
    /// It goes no further.
    pub ended: Vec<String>,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It has not begun, or waits to go on.
    Waits,
    /// It trains, or does something that has no known name.
    Runs,
    /// It is paused, or about to be.
    Rests,
    /// It goes no further.
    Ended,
}

impl Statuses {
    /// What a job of this status does. A status that is not known has not ended.
    #[must_use]
    pub fn phase(&self, status: &str) -> Phase {
        let among = |names: &[String]| names.iter().any(|name| name == status);
        if among(&self.ended) {
            Phase::Ended
        } else if among(&self.rests) {
            Phase::Rests
        } else if among(&self.waits) {
            Phase::Waits
        } else {
            Phase::Runs
        }
    }
}

/// Where a watch was armed: what lies before is not held against the job.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Since {
    /// The newest step then.
    pub step: u64,
    /// Dollars spent then.
    #[serde(default)]
    pub usd: f64,
    /// Hours of training then.
    #[serde(default)]
    pub hours: f64,
}

/// What is known of a job.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// As the provider names it.
    pub status: &'a str,
    /// What that means.
    pub statuses: &'a Statuses,
    /// Its metrics.
    pub series: &'a Series,
    /// Whether every page of its events was read to the end.
    pub complete: bool,
    /// How rewards are to be seen: the range of the grader.
    pub view: View,
    /// Dollars so far, where the provider says.
    pub spent: Option<f64>,
    /// Dollars an hour, where that is known.
    pub hourly_usd: Option<f64>,
    /// Seconds since something new was last seen, by the clock of the database.
    pub quiet: Option<f64>,
    /// Where the watch was armed.
    pub since: Since,
}

impl Facts<'_> {
    /// What the job does.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.statuses.phase(self.status)
    }

    /// Whether nothing is missing: a series that was cut has lost its beginning.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.complete && !self.series.cut
    }

    /// The steps since the watch was armed.
    pub(crate) fn armed(&self) -> Series {
        Series {
            steps: self
                .series
                .steps
                .iter()
                .filter(|step| step.step > self.since.step)
                .cloned()
                .collect(),
            total_steps: self.series.total_steps,
            cut: self.series.cut,
        }
    }

    /// Hours of training so far, by the timing of its steps.
    #[must_use]
    pub fn hours(&self) -> Option<f64> {
        let timing = rft_mcp_insight::cost::timing(self.series)?;
        let running = rft_mcp_insight::cost::running(self.series, &timing, true, None, None);
        Some(running.hours?.likely)
    }

    /// Dollars so far: what the provider says, or else time at the hourly price.
    #[must_use]
    pub fn usd(&self) -> Option<f64> {
        let spent = self.spent.filter(|spent| spent.is_finite());
        let price = self.hourly_usd.filter(|price| price.is_finite());
        spent.or_else(|| Some(self.hours()? * price?))
    }

    /// Where a watch that is armed now begins.
    #[must_use]
    pub fn now(&self) -> Since {
        Since {
            step: self.series.steps.last().map_or(0, |step| step.step),
            usd: self.usd().unwrap_or_default(),
            hours: self.hours().unwrap_or_default(),
        }
    }
}
