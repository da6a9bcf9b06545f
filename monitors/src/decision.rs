//! What the rules say of a job.

use std::collections::BTreeMap;

use rft_mcp_insight::rounded;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    facts::{Facts, Phase},
    rules::Rules,
};

/// What is done when a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Pause the job: its snapshot is kept, and the bill stops.
    #[default]
    Pause,
    /// Write it down, and tell whoever listens.
    Notify,
    /// Cancel the job for good.
    Cancel,
}

/// A rule, by the name it has in the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleName {
    /// The job has ended.
    Ended,
    /// Money or hours are used up.
    Budget,
    /// Enough steps are done.
    MaxSteps,
    /// The reward has fallen from its best.
    Collapse,
    /// The grader is learnt rather than the task.
    RewardHacking,
    /// Answers can not be parsed.
    ParseErrors,
    /// The reward has stopped to rise.
    EarlyStop,
    /// Nothing new is reported.
    Stalled,
}

impl RuleName {
    /// As the manifest has it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Budget => "budget",
            Self::MaxSteps => "max_steps",
            Self::Collapse => "collapse",
            Self::RewardHacking => "reward_hacking",
            Self::ParseErrors => "parse_errors",
            Self::EarlyStop => "early_stop",
            Self::Stalled => "stalled",
        }
    }
}

/// A measured value that a decision rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Counted from 1.
    pub step: u64,
    /// Our name of the metric.
    pub metric: String,
    /// As it was measured.
    pub value: f64,
}

/// A decision, with all it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Which rule.
    pub rule: RuleName,
    /// What is to be done.
    pub action: Action,
    /// Why, in one sentence.
    pub reason: String,
    /// The points that were compared, the first one first.
    #[serde(deserialize_with = "known_points")]
    pub points: Vec<Point>,
    /// What was measured and what it was held against, by name.
    #[serde(deserialize_with = "known_values")]
    pub values: BTreeMap<String, f64>,
}

/// A number that is not finite is none in JSON: what was written so is left out.
fn known_points<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<Point>, D::Error> {
    #[derive(Deserialize)]
    struct Written {
        step: u64,
        metric: String,
        value: Option<f64>,
    }
    let written = Vec::<Written>::deserialize(from)?;
    let point = |one: Written| {
        Some(Point {
            step: one.step,
            metric: one.metric,
            value: one.value?,
        })
    };
    Ok(written.into_iter().filter_map(point).collect())
}

/// The same of values by name.
fn known_values<'a, D: Deserializer<'a>>(from: D) -> Result<BTreeMap<String, f64>, D::Error> {
    let written = BTreeMap::<String, Option<f64>>::deserialize(from)?;
    let named = |(name, value): (String, Option<f64>)| Some((name, value?));
    Ok(written.into_iter().filter_map(named).collect())
}

/// How a rule that did not decide stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Which rule.
    pub rule: RuleName,
    /// How near it is to deciding, from 0 to 1.
    pub near: f64,
    /// How it stands, in a few words.
    pub says: String,
}

/// What all rules say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// In the order of their weight: the first is acted on.
    pub decisions: Vec<Decision>,
    /// The rules that did not decide.
    pub standings: Vec<Standing>,
}

impl Verdict {
    /// How near the nearest rule is, from 0 to 1.
    #[must_use]
    pub fn nearest(&self) -> f64 {
        self.standings
            .iter()
            .fold(0.0, |near, one| f64::max(near, one.near))
    }
}

/// What one rule says.
pub(crate) enum Says {
    Decides(Finding),
    Waits { near: f64, says: String },
}

/// What a rule found.
pub(crate) struct Finding {
    pub reason: String,
    pub points: Vec<Point>,
    pub values: Vec<(&'static str, f64)>,
}

impl Says {
    /// Waits for something without which nothing can be said.
    pub fn waits(says: &str) -> Self {
        Self::Waits {
            near: 0.0,
            says: says.to_owned(),
        }
    }

    /// Waits until `value` reaches `limit`.
    pub fn until(value: f64, limit: f64, says: String) -> Self {
        let near = if limit > 0.0 { value / limit } else { 0.0 };
        Self::Waits {
            near: near.clamp(0.0, 1.0),
            says,
        }
    }
}

/// Points of a metric, for a record.
pub(crate) fn points(metric: &str, of: &[(u64, f64)]) -> Vec<Point> {
    of.iter()
        .map(|(step, value)| Point {
            step: *step,
            metric: metric.to_owned(),
            value: rounded(*value),
        })
        .collect()
}

/// Holds a job against rules. Only a job that runs can be paused, and only whole data decides: else nothing but its end
/// is told.
#[must_use]
pub fn decide(rules: &Rules, facts: &Facts<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let sure = facts.is_whole();
    for (rule, action, says) in rules.ask(facts) {
        let says = match (rule, facts.phase()) {
            (RuleName::Ended, _) => says,
            (_, Phase::Runs) if !sure => Says::waits("waits for data that is whole"),
            (_, Phase::Runs) => says,
            (_, Phase::Waits) => Says::waits("the job does not run yet"),
            (_, Phase::Rests) => Says::waits("the job is paused"),
            (_, Phase::Ended) => continue,
        };
        match says {
            Says::Decides(finding) => verdict.decisions.push(Decision {
                rule,
                action,
                reason: finding.reason,
                points: finding.points,
                values: finding
                    .values
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), rounded(value)))
                    .collect(),
            }),
            Says::Waits { near, says } => verdict.standings.push(Standing {
                rule,
                near: rounded(near),
                says,
            }),
        }
    }
    verdict
}
