//! Nothing new is reported.

use rft_mcp_insight::metrics::Series;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, RuleName, Says},
    facts::Facts,
};

/// Decides when a job that runs has reported nothing new for a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stalled {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// How long.
    pub seconds: f64,
}

impl Rule for Stalled {
    const NAME: RuleName = RuleName::Stalled;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, facts: &Facts<'_>, _: &Series) -> Says {
        let Some(quiet) = facts.quiet.filter(|quiet| quiet.is_finite()) else {
            return Says::waits("nothing to compare with so far");
        };
        if quiet < self.seconds {
            let says = format!("{quiet:.0} s since something new");
            return Says::until(quiet, self.seconds, says);
        }
        Says::Decides(Finding {
            reason: format!("the job runs and has reported nothing new for {quiet:.0} s"),
            points: Vec::new(),
            values: vec![("seconds", quiet), ("max_seconds", self.seconds)],
        })
    }
}
