//! Enough steps are done.

use rft_mcp_insight::metrics::Series;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    decision::{Action, Finding, Point, RuleName, Says},
    facts::Facts,
};

/// Decides when the job has reported a step. The providers have no such limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaxSteps {
    /// What to do.
    #[serde(default)]
    pub action: Action,
    /// The last step that is wanted.
    pub steps: u64,
}

impl Rule for MaxSteps {
    const NAME: RuleName = RuleName::MaxSteps;

    fn action(&self) -> Action {
        self.action
    }

    fn ask(&self, facts: &Facts<'_>, armed: &Series) -> Says {
        if facts.since.step >= self.steps {
            return Says::waits("the job was let go on beyond these steps");
        }
        let Some(newest) = armed.steps.last() else {
            return Says::waits("no step so far");
        };
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let (done, wanted) = (newest.step as f64, self.steps as f64);
        if newest.step < self.steps {
            let says = format!("step {} of {}", newest.step, self.steps);
            return Says::until(done, wanted, says);
        }
        Says::Decides(Finding {
            reason: format!("step {} of at most {} is done", newest.step, self.steps),
            points: vec![Point {
                step: newest.step,
                metric: "step".to_owned(),
                value: done,
            }],
            values: vec![("step", done), ("max_steps", wanted)],
        })
    }
}
