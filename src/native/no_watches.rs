//! The tools of watches, in a program that was built without them.

use rft_mcp_runtime::{
    engine::Context,
    tool::{Along, FunctionError},
};
use serde_json::{Map, Value};

use crate::generated::types::{
    GetWatchInput, GetWatchOutput, ListWatchesInput, ListWatchesOutput, StopWatchInput,
    StopWatchOutput, UpdateWatchInput, UpdateWatchOutput, WaitForWatchInput, WaitForWatchOutput,
    WatchJobInput, WatchJobOutput,
};

/// Says so.
fn none<T>() -> Result<T, FunctionError> {
    Err(FunctionError(
        "this program was built without watches: look with wait_for_job or get_reward_curve"
            .to_owned(),
    ))
}

pub(crate) async fn guard_launch(
    given: Map<String, Value>,
    _: Along,
    _: Context,
) -> Result<Map<String, Value>, FunctionError> {
    if given.is_empty() {
        return Ok(given);
    }
    Err(FunctionError(
        "`/advanced`: this program was built without watches, so nobody would pause the job: leave out all but reward_clip, \
         and look with wait_for_job or get_reward_curve"
            .to_owned(),
    ))
}

pub(crate) async fn watch_job(
    _: WatchJobInput,
    _: Context,
) -> Result<WatchJobOutput, FunctionError> {
    none()
}

pub(crate) async fn get_watch(
    _: GetWatchInput,
    _: Context,
) -> Result<GetWatchOutput, FunctionError> {
    none()
}

pub(crate) async fn wait_for_watch(
    _: WaitForWatchInput,
    _: Context,
) -> Result<WaitForWatchOutput, FunctionError> {
    none()
}

pub(crate) async fn list_watches(
    _: ListWatchesInput,
    _: Context,
) -> Result<ListWatchesOutput, FunctionError> {
    none()
}

pub(crate) async fn update_watch(
    _: UpdateWatchInput,
    _: Context,
) -> Result<UpdateWatchOutput, FunctionError> {
    none()
}

pub(crate) async fn stop_watch(
    _: StopWatchInput,
    _: Context,
) -> Result<StopWatchOutput, FunctionError> {
    none()
}
