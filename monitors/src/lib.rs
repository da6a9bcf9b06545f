//! Decides when a fine-tuning job is to be paused, and when to look at it next. Pure functions: no network, no
//! database, no clock.
//!
//! [`decide`] holds what is known of a job, [`Facts`], against [`Rules`] and gives a [`Verdict`]: the [`Decision`]s, each
//! with the points and values it rests on, and how near the other rules are. [`schedule`] says when to look again.

mod decision;
mod facts;
mod rules;
pub mod schedule;
mod settings;

pub use decision::{Action, Decision, Point, RuleName, Standing, Verdict, decide};
pub use facts::{Facts, Phase, Since, Statuses};
pub use rules::{
    Budget, Collapse, EarlyStop, Ended, MaxSteps, ParseErrors, RewardHacking, Rules, Stalled,
};
pub use settings::{Settings, Told, Unusable};

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "numbers that were rounded")]
mod tests;
