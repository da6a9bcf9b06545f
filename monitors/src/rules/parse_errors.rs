//! Answers can not be parsed.

use rft_mcp_insight::metrics::Series;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says, points},
    facts::Facts,
};

/// Evaluations that have to agree.
const AGREE: usize = 2;

/// Decides when the newest two evaluations each have more answers that can not be parsed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParseErrors {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// The share of answers, from 0 to 1.
    pub rate: f64,
    /// Our name of the metric.
    pub metric: String,
}

impl Rule for ParseErrors {
    const NAME: RuleName = RuleName::ParseErrors;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, _: &Facts<'_>, armed: &Series) -> Says {
        let measured = armed.points(&self.metric);
        let newest = measured
            .get(measured.len().saturating_sub(AGREE)..)
            .unwrap_or_default();
        let Some((_, last)) = newest.last() else {
            return Says::waits("no evaluation so far");
        };
        let lowest = newest.iter().map(|(_, share)| *share).fold(1.0, f64::min);
        if newest.len() < AGREE || lowest <= self.rate {
            let says = format!("{:.0}% of the answers", last * 100.0);
            return Says::until(lowest.min(self.rate * 0.9), self.rate, says);
        }
        Says::Decides(Finding {
            reason: format!(
                "{:.0}% of the answers can not be parsed, in two evaluations at least {:.0}%",
                last * 100.0,
                lowest * 100.0
            ),
            points: points(&self.metric, newest),
            values: vec![("share", *last), ("rate", self.rate)],
        })
    }
}
