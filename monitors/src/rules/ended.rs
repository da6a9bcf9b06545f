//! The job has ended.

use rft_mcp_insight::metrics::Series;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says},
    facts::{Facts, Phase},
};

/// Tells that the job has ended. There is nothing left to pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {}

impl Rule for Ended {
    const NAME: RuleName = RuleName::Ended;

    fn action(&self) -> Action {
        Action::Notify
    }

    fn ask(&self, facts: &Facts<'_>, _: &Series) -> Says {
        if facts.phase() != Phase::Ended {
            return Says::waits("the job has not ended");
        }
        Says::Decides(Finding {
            reason: format!("the job has ended: {}", facts.status),
            points: Vec::new(),
            values: Vec::new(),
        })
    }
}
