//! The validation reward has stopped to rise.

use rft_mcp_insight::{curve::mean, metrics::Series, rounded};
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says, points},
    facts::Facts,
};

/// Evaluations without which nothing is compared.
const LEAST: usize = 2;

/// Decides when `patience` evaluations in a row gained less than `delta` on the best before them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyStop {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// A smaller gain is none; a share of the grader's range.
    pub delta: f64,
    /// Evaluations at distinct steps without a gain.
    pub patience: usize,
    /// Evaluations at the start that do not count as ones without a gain.
    pub warmup: usize,
    /// Evaluations that a mean is taken of, against noise; 1 for none.
    pub window: usize,
    /// Our name of the metric.
    pub metric: String,
}

impl Rule for EarlyStop {
    const NAME: RuleName = RuleName::EarlyStop;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, facts: &Facts<'_>, armed: &Series) -> Says {
        let measured = armed.points(&self.metric);
        let range = facts.view.range.1 - facts.view.range.0;
        let patience = self.patience.max(1);
        let mut best: Option<Best> = None;
        let mut idle = 0;
        for (index, end) in (1..=measured.len()).enumerate() {
            let window = measured
                .get(end.saturating_sub(self.window.max(1))..end)
                .unwrap_or_default();
            let values: Vec<f64> = window.iter().map(|(_, value)| *value).collect();
            let (Some(mean), Some((step, _))) = (mean(&values), window.last()) else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|best| (mean - best.mean) / range >= self.delta)
            {
                best = Some(Best {
                    mean,
                    step: *step,
                    index,
                });
                idle = 0;
            } else if index >= self.warmup {
                idle += 1;
            }
        }
        let Some(best) = best else {
            return Says::waits("no evaluation so far");
        };
        let says = if idle > patience {
            format!("{idle} evaluations without a gain, where {patience} are enough")
        } else {
            format!("{idle} of {patience} evaluations without a gain")
        };
        if idle < patience || measured.len() < LEAST {
            #[expect(clippy::cast_precision_loss, reason = "a few evaluations")]
            return Says::until(idle as f64, patience as f64, says);
        }
        let compared = measured.get(best.index..).unwrap_or_default();
        let highest = compared
            .iter()
            .map(|(_, value)| *value)
            .fold(f64::NEG_INFINITY, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "a few evaluations")]
        let patience = patience as f64;
        Says::Decides(Finding {
            reason: format!(
                "{says}: at least {} was wanted on the {:.3} of step {}",
                rounded(self.delta * range),
                best.mean,
                best.step
            ),
            points: points(&self.metric, compared),
            values: vec![
                ("best", best.mean),
                ("highest_since", highest),
                ("delta", self.delta),
                ("patience", patience),
            ],
        })
    }
}

/// The best mean so far, and where its window ends.
struct Best {
    mean: f64,
    step: u64,
    index: usize,
}
