//! The grader is learnt rather than the task.

use rft_mcp_insight::{
    curve::{Direction, judge},
    metrics::Series,
};
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says, points},
    facts::Facts,
};

/// Evaluations without which nothing is compared.
const LEAST: usize = 2;
/// Evaluations that are shown in the record.
const SHOWN: usize = 3;

/// Decides when training rewards have left validation rewards behind, or answers grow while the validation reward does
/// not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardHacking {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// Train minus validation reward of the newest evaluations, as a share of the grader's range.
    pub gap: f64,
    /// Tokens of an answer, as a factor of those at the start.
    pub token_growth: f64,
}

impl Rule for RewardHacking {
    const NAME: RuleName = RuleName::RewardHacking;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, facts: &Facts<'_>, armed: &Series) -> Says {
        let both: Vec<(u64, f64, f64)> = armed
            .steps
            .iter()
            .filter_map(|step| {
                Some((
                    step.step,
                    step.get("train_reward")?,
                    step.get("valid_reward")?,
                ))
            })
            .collect();
        if both.len() < LEAST {
            return Says::waits("two evaluations are needed");
        }
        let mut view = facts.view;
        view.thresholds.gap_stop = self.gap;
        // Growth is seen against the start of the job, whenever the watch was armed.
        let growth = judge(facts.series, &view).token_growth.unwrap_or(1.0);
        let judgement = judge(armed, &view);
        let gap = judgement.gap.unwrap_or_default() / (view.range.1 - view.range.0);
        let rises = matches!(
            judgement.trend.direction,
            Direction::Rising | Direction::Unknown
        );
        let is_long = growth >= self.token_growth && !rises;
        if gap <= self.gap && !is_long {
            let says = format!("gap {gap:.3}, answers {growth:.1} times as long");
            let longer = if rises {
                0.0
            } else {
                growth / self.token_growth
            };
            return Says::until((gap / self.gap).max(longer), 1.0, says);
        }
        let newest = both
            .get(both.len().saturating_sub(SHOWN)..)
            .unwrap_or_default();
        let trains: Vec<(u64, f64)> = newest.iter().map(|(step, one, _)| (*step, *one)).collect();
        let valids: Vec<(u64, f64)> = newest.iter().map(|(step, _, one)| (*step, *one)).collect();
        let mut shown = points("train_reward", &trains);
        shown.extend(points("valid_reward", &valids));
        let reason = if gap > self.gap {
            format!(
                "the training reward is {gap:.3} of the grader's range above the validation reward: it learns to please \
                 the grader"
            )
        } else {
            format!(
                "answers are {growth:.1} times as long as at the start, and the validation reward does not rise"
            )
        };
        Says::Decides(Finding {
            reason,
            points: shown,
            values: vec![
                ("gap", gap),
                ("max_gap", self.gap),
                ("token_growth", growth),
                ("max_token_growth", self.token_growth),
            ],
        })
    }
}
