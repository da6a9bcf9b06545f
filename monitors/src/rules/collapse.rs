//! The validation reward has fallen from its best.

use rft_mcp_insight::{
    curve::{View, judge},
    metrics::Series,
};
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says, points},
    facts::Facts,
};

/// The metric it looks at.
const VALID: &str = "valid_reward";

/// Decides when the newest two evaluations are that far below the best one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collapse {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// How far below, as a share of the grader's range.
    pub fall: f64,
}

impl Rule for Collapse {
    const NAME: RuleName = RuleName::Collapse;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, facts: &Facts<'_>, armed: &Series) -> Says {
        let mut view: View = facts.view;
        view.thresholds.collapse = self.fall;
        let judgement = judge(armed, &view);
        let (Some(best), Some(last)) = (judgement.best_valid, judgement.last_valid) else {
            return Says::waits("no evaluation so far");
        };
        let range = view.range.1 - view.range.0;
        let fallen = (best.reward - last.reward) / range;
        let decided = judgement
            .alarms
            .iter()
            .find(|alarm| alarm.code == "collapse" || alarm.code == "reward_hacking")
            .filter(|_| fallen > self.fall);
        let Some(_) = decided else {
            let says = format!("{fallen:.3} of the range below the best");
            // One evaluation decides nothing, however low.
            return Says::until(fallen.min(self.fall * 0.9), self.fall, says);
        };
        let measured = armed.points(VALID);
        let compared: Vec<(u64, f64)> = measured
            .iter()
            .filter(|(step, _)| *step >= best.step)
            .copied()
            .collect();
        Says::Decides(Finding {
            reason: format!(
                "the validation reward has fallen from {:.3} (step {}) to {:.3} (step {})",
                best.reward, best.step, last.reward, last.step
            ),
            points: points(VALID, &compared),
            values: vec![
                ("best", best.reward),
                ("newest", last.reward),
                ("fallen", fallen),
                ("fall", self.fall),
            ],
        })
    }
}
