//! The tools that the manifest leaves to Rust.

mod calibrate;
mod closing;
mod cost;
mod curve;
mod data;
#[cfg(feature = "watches")]
mod follow;
#[cfg(feature = "watches")]
mod guard;
mod jobs;
mod list;
mod preflight;
mod run;
mod sample;
mod spend;
mod upload;
mod wait;
#[cfg_attr(not(feature = "watches"), path = "native/no_watches.rs")]
mod watches;

#[cfg(not(feature = "watches"))]
pub(crate) use self::watches::{guard_launch, wait_for_watch};
#[cfg(feature = "watches")]
pub(crate) use self::{follow::wait_for_watch, guard::guard_launch};

use rft_mcp_runtime::tool::FunctionError;
use serde::{Serialize, de::DeserializeOwned};

#[cfg(feature = "watches")]
pub(crate) use self::run::{Known, Reach};
pub(crate) use self::{
    calibrate::calibrate_grader,
    cost::estimate_cost,
    curve::{export_metrics, get_reward_curve},
    data::{held_against, judge, limits, lint_grader, lint_report, validate_dataset},
    jobs::{compare_jobs, explain_failure, rank_checkpoints},
    preflight::preflight,
    run::Run,
    sample::sample_model,
    spend::{price_launch, price_resume},
    upload::upload_in_parts,
    wait::wait_for_job,
    watches::{get_watch, list_watches, stop_watch, update_watch, watch_job},
};

/// What the manifest's output schema makes of a value: its type holds what the schema names.
fn output<T: DeserializeOwned>(value: impl Serialize) -> Result<T, FunctionError> {
    let unfit = |error: serde_json::Error| {
        FunctionError(format!("the result does not fit its type: {error}"))
    };
    serde_json::from_value(serde_json::to_value(value).map_err(unfit)?).map_err(unfit)
}
