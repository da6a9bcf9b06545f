//! The manifest and what it was compiled to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use rft_mcp::generated::{Handlers, Manifest, types};
use rft_mcp_runtime::{
    engine::Context,
    tool::{Along, Estimate, FunctionError},
};

use serde_json::{Map, Value};

#[path = "../codegen/tests/support/mod.rs"]
mod support;

/// `generated/rft.rs` is the manifest as Rust, kept so that a change of either can be read in review.
#[test]
fn the_copy_is_what_the_manifest_compiles_to() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/rft.rs");
    let compiled = include_str!(concat!(env!("OUT_DIR"), "/manifest.rs"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, compiled).expect("the copy can be written");
    }
    let copy = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        copy == compiled,
        "`generated/rft.rs` is not what `manifest/` compiles to: run `UPDATE_GOLDEN=1 cargo test --test generated`, and review the difference"
    );
}

/// Every input that a tool's schema accepts is accepted by its type and written back the same.
#[test]
fn types_take_what_schemas_accept() {
    support::round_trip::round_trip(Manifest::<NoFunctions>::TABLE);
}

/// Types are tried without running anything.
struct NoFunctions;

fn none<T>() -> Result<T, FunctionError> {
    Err(FunctionError("no functions in this test".to_owned()))
}

impl Handlers for NoFunctions {
    fn clip_reward(_: types::ClipRewardInput) -> Result<types::ClipRewardOutput, FunctionError> {
        none()
    }

    fn clip_note(_: types::ClipNoteInput) -> Result<types::ClipNoteOutput, FunctionError> {
        none()
    }

    fn json_schema_format(
        _: types::JsonSchemaFormatInput,
    ) -> Result<types::JsonSchemaFormatOutput, FunctionError> {
        none()
    }

    fn newest_metrics(
        _: types::NewestMetricsInput,
    ) -> Result<types::NewestMetricsOutput, FunctionError> {
        none()
    }

    fn progress(_: types::ProgressInput) -> Result<types::ProgressOutput, FunctionError> {
        none()
    }

    async fn validate_dataset(
        _: types::ValidateDatasetInput,
        _: Context,
    ) -> Result<types::ValidateDatasetOutput, FunctionError> {
        none()
    }

    async fn lint_grader(
        _: types::LintGraderInput,
        _: Context,
    ) -> Result<types::LintGraderOutput, FunctionError> {
        none()
    }

    async fn calibrate_grader(
        _: types::CalibrateGraderInput,
        _: Context,
    ) -> Result<types::CalibrateGraderOutput, FunctionError> {
        none()
    }

    async fn sample_model(
        _: types::SampleModelInput,
        _: Context,
    ) -> Result<types::SampleModelOutput, FunctionError> {
        none()
    }

    async fn preflight(
        _: types::PreflightInput,
        _: Context,
    ) -> Result<types::PreflightOutput, FunctionError> {
        none()
    }

    async fn price_launch(_: types::StartJobInput, _: Context) -> Result<Estimate, FunctionError> {
        Ok(Estimate::default())
    }

    async fn price_resume(_: types::ResumeJobInput, _: Context) -> Result<Estimate, FunctionError> {
        Ok(Estimate::default())
    }

    async fn estimate_cost(
        _: types::EstimateCostInput,
        _: Context,
    ) -> Result<types::EstimateCostOutput, FunctionError> {
        none()
    }

    async fn get_reward_curve(
        _: types::GetRewardCurveInput,
        _: Context,
    ) -> Result<types::GetRewardCurveOutput, FunctionError> {
        none()
    }

    async fn rank_checkpoints(
        _: types::RankCheckpointsInput,
        _: Context,
    ) -> Result<types::RankCheckpointsOutput, FunctionError> {
        none()
    }

    async fn compare_jobs(
        _: types::CompareJobsInput,
        _: Context,
    ) -> Result<types::CompareJobsOutput, FunctionError> {
        none()
    }

    async fn explain_failure(
        _: types::ExplainFailureInput,
        _: Context,
    ) -> Result<types::ExplainFailureOutput, FunctionError> {
        none()
    }

    async fn export_metrics(
        _: types::ExportMetricsInput,
        _: Context,
    ) -> Result<types::ExportMetricsOutput, FunctionError> {
        none()
    }

    async fn upload_in_parts(
        _: types::UploadFileInput,
        _: Context,
    ) -> Result<types::UploadFileOutput, FunctionError> {
        none()
    }

    async fn wait_for_job(
        _: types::WaitForJobInput,
        _: Context,
    ) -> Result<types::WaitForJobOutput, FunctionError> {
        none()
    }

    async fn guard_launch(
        _: Map<String, Value>,
        _: Along,
        _: Context,
    ) -> Result<Map<String, Value>, FunctionError> {
        none()
    }

    async fn watch_job(
        _: types::WatchJobInput,
        _: Context,
    ) -> Result<types::WatchJobOutput, FunctionError> {
        none()
    }

    async fn get_watch(
        _: types::GetWatchInput,
        _: Context,
    ) -> Result<types::GetWatchOutput, FunctionError> {
        none()
    }

    async fn wait_for_watch(
        _: types::WaitForWatchInput,
        _: Context,
    ) -> Result<types::WaitForWatchOutput, FunctionError> {
        none()
    }

    async fn list_watches(
        _: types::ListWatchesInput,
        _: Context,
    ) -> Result<types::ListWatchesOutput, FunctionError> {
        none()
    }

    async fn update_watch(
        _: types::UpdateWatchInput,
        _: Context,
    ) -> Result<types::UpdateWatchOutput, FunctionError> {
        none()
    }

    async fn stop_watch(
        _: types::StopWatchInput,
        _: Context,
    ) -> Result<types::StopWatchOutput, FunctionError> {
        none()
    }
}
