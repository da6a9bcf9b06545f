//! Money or hours are used up.

use rft_mcp_insight::metrics::Series;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says},
    facts::Facts,
};

/// Decides when as many dollars or hours of training are used up. Both count from where the watch was armed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// Dollars, by what the provider says or else by the time at the hourly price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usd: Option<f64>,
    /// Hours of training, by the timing of the steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// The provider's price of an hour, where it does not say what a job costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hourly_usd: Option<f64>,
}

impl Rule for Budget {
    const NAME: RuleName = RuleName::Budget;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, facts: &Facts<'_>, _: &Series) -> Says {
        let facts = Facts {
            hourly_usd: self.hourly_usd.or(facts.hourly_usd),
            ..facts.clone()
        };
        let usd = part(facts.usd(), facts.since.usd, self.usd, "$", "");
        let hours = part(facts.hours(), facts.since.hours, self.hours, "", " h");
        match (usd, hours) {
            (Some(Part::Over(finding)), _) | (_, Some(Part::Over(finding))) => {
                Says::Decides(finding)
            }
            (Some(Part::Within(near, says)), Some(Part::Within(other, also))) => {
                Says::until(near.max(other), 1.0, format!("{says}, {also}"))
            }
            (Some(Part::Within(near, says)), None) | (None, Some(Part::Within(near, says))) => {
                Says::until(near, 1.0, says)
            }
            (None, None) => Says::waits(
                "it is not known what the job has cost: the provider does not say, and there is no hourly_usd or no \
                 timing",
            ),
        }
    }
}

enum Part {
    Over(Finding),
    Within(f64, String),
}

/// `None` where there is no limit, or nothing to hold against it.
fn part(
    used: Option<f64>,
    before: f64,
    limit: Option<f64>,
    sign: &str,
    unit: &str,
) -> Option<Part> {
    let limit = limit.filter(|limit| limit.is_finite())?;
    let used = used.filter(|used| used.is_finite())? - before;
    let says = format!("{sign}{used:.2}{unit} of {sign}{limit:.2}{unit}");
    if used < limit {
        return Some(Part::Within(used / limit, says));
    }
    let name = if unit.is_empty() { "usd" } else { "hours" };
    Some(Part::Over(Finding {
        reason: format!("the budget is used up: {says}"),
        points: Vec::new(),
        values: vec![
            (name, used),
            (
                if unit.is_empty() {
                    "max_usd"
                } else {
                    "max_hours"
                },
                limit,
            ),
        ],
    }))
}
