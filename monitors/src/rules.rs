//! The rules, each in its file: its parameters, and what it says.

mod budget;
mod collapse;
mod early_stop;
mod ended;
mod max_steps;
mod parse_errors;
mod reward_hacking;
mod stalled;

use std::collections::BTreeSet;

use rft_mcp_insight::metrics::Series;
use serde::{Deserialize, Serialize};

pub use self::{
    budget::Budget, collapse::Collapse, early_stop::EarlyStop, ended::Ended, max_steps::MaxSteps,
    parse_errors::ParseErrors, reward_hacking::RewardHacking, stalled::Stalled,
};
use crate::{
    decision::{Action, RuleName, Says},
    facts::Facts,
};

/// The rules of a watch; those that are absent say nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_steps: Option<MaxSteps>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collapse: Option<Collapse>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward_hacking: Option<RewardHacking>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parse_errors: Option<ParseErrors>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early_stop: Option<EarlyStop>,
    /// See there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stalled: Option<Stalled>,
}

/// What a rule of any kind has.
trait Rule {
    const NAME: RuleName;

    fn action(&self) -> Action;

    /// `armed` are the steps since the watch was armed.
    fn ask(&self, facts: &Facts<'_>, armed: &Series) -> Says;
}

impl Rules {
    /// The metrics that they ask for: on a series of these they say what they say on a whole one.
    #[must_use]
    pub fn metrics(&self) -> BTreeSet<String> {
        let mut names = vec!["train_reward", "valid_reward", "reasoning_tokens"];
        if self.budget.is_some() {
            names.extend([
                "step_seconds",
                "sampling_seconds",
                "training_seconds",
                "eval_seconds",
            ]);
        }
        names.extend(self.parse_errors.as_ref().map(|rule| rule.metric.as_str()));
        names.extend(self.early_stop.as_ref().map(|rule| rule.metric.as_str()));
        names.into_iter().map(str::to_owned).collect()
    }

    /// What each says, the weightiest first.
    pub(crate) fn ask(&self, facts: &Facts<'_>) -> Vec<(RuleName, Action, Says)> {
        let armed = facts.armed();
        [
            of(self.ended.as_ref(), facts, &armed),
            of(self.budget.as_ref(), facts, &armed),
            of(self.max_steps.as_ref(), facts, &armed),
            of(self.collapse.as_ref(), facts, &armed),
            of(self.reward_hacking.as_ref(), facts, &armed),
            of(self.parse_errors.as_ref(), facts, &armed),
            of(self.early_stop.as_ref(), facts, &armed),
            of(self.stalled.as_ref(), facts, &armed),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn of<R: Rule>(
    rule: Option<&R>,
    facts: &Facts<'_>,
    armed: &Series,
) -> Option<(RuleName, Action, Says)> {
    let rule = rule?;
    Some((R::NAME, rule.action(), rule.ask(facts, armed)))
}
