//! What the manifest names in Rust: the functions that its templates call, and the tools that `native/` does.

mod clip;

use std::future::Future;

use rft_mcp_insight::metrics;
use rft_mcp_runtime::{
    engine::Context,
    tool::{Along, Estimate, FunctionError},
};
use serde_json::{Map, Value, json};

use crate::{
    generated::{
        Handlers,
        types::{
            CalibrateGraderInput, CalibrateGraderOutput, ClipNoteInput, ClipNoteOutput,
            ClipRewardInput, ClipRewardOutput, CompareJobsInput, CompareJobsOutput,
            EstimateCostInput, EstimateCostOutput, ExplainFailureInput, ExplainFailureOutput,
            ExportMetricsInput, ExportMetricsOutput, GetRewardCurveInput, GetRewardCurveOutput,
            GetWatchInput, GetWatchOutput, Grader, JsonSchemaFormatInput, JsonSchemaFormatOutput,
            LintGraderInput, LintGraderOutput, ListWatchesInput, ListWatchesOutput,
            NewestMetricsInput, NewestMetricsOutput, PreflightInput, PreflightOutput,
            ProgressInput, ProgressOutput, RankCheckpointsInput, RankCheckpointsOutput,
            ResumeJobInput, RewardClip, SampleModelInput, SampleModelOutput, StartJobInput,
            StopWatchInput, StopWatchOutput, UpdateWatchInput, UpdateWatchOutput, UploadFileInput,
            UploadFileOutput, ValidateDatasetInput, ValidateDatasetOutput, WaitForJobInput,
            WaitForJobOutput, WaitForWatchInput, WaitForWatchOutput, WatchJobInput, WatchJobOutput,
        },
    },
    knowledge, native,
};

/// The metrics that a look at a job shows.
pub(crate) const SHOWN: [&str; 4] = [
    "train_reward",
    "valid_reward",
    "valid_parse_error",
    "reasoning_tokens",
];

/// Implements [`Handlers`]: functions are pure, and all have the types that the manifest gives them.
#[derive(Debug)]
pub struct Functions;

impl Handlers for Functions {
    fn clip_reward(input: ClipRewardInput) -> Result<ClipRewardOutput, FunctionError> {
        let grader = json(&input.grader)?;
        let clipped = match input.limits {
            Some(limits) => clip::clip(grader, limits_of(&limits)?)?,
            None => grader,
        };
        Ok(object(clipped))
    }

    fn clip_note(input: ClipNoteInput) -> Result<ClipNoteOutput, FunctionError> {
        Ok(clip::note(&json(&input.grader)?, limits_of(&input.limits)?))
    }

    fn json_schema_format(
        input: JsonSchemaFormatInput,
    ) -> Result<JsonSchemaFormatOutput, FunctionError> {
        Ok(object(json_schema_format(&input.schema)))
    }

    fn newest_metrics(input: NewestMetricsInput) -> Result<NewestMetricsOutput, FunctionError> {
        Ok(metrics::newest(
            knowledge::metrics()?,
            &input.events,
            &SHOWN,
        ))
    }

    fn progress(input: ProgressInput) -> Result<ProgressOutput, FunctionError> {
        Ok(metrics::progress(knowledge::metrics()?, &input.events))
    }

    fn validate_dataset(
        input: ValidateDatasetInput,
        context: Context,
    ) -> impl Future<Output = Result<ValidateDatasetOutput, FunctionError>> + Send {
        native::validate_dataset(input, context)
    }

    fn lint_grader(
        input: LintGraderInput,
        context: Context,
    ) -> impl Future<Output = Result<LintGraderOutput, FunctionError>> + Send {
        native::lint_grader(input, context)
    }

    fn calibrate_grader(
        input: CalibrateGraderInput,
        context: Context,
    ) -> impl Future<Output = Result<CalibrateGraderOutput, FunctionError>> + Send {
        native::calibrate_grader(input, context)
    }

    fn sample_model(
        input: SampleModelInput,
        context: Context,
    ) -> impl Future<Output = Result<SampleModelOutput, FunctionError>> + Send {
        native::sample_model(input, context)
    }

    fn preflight(
        input: PreflightInput,
        context: Context,
    ) -> impl Future<Output = Result<PreflightOutput, FunctionError>> + Send {
        native::preflight(input, context)
    }

    fn estimate_cost(
        input: EstimateCostInput,
        context: Context,
    ) -> impl Future<Output = Result<EstimateCostOutput, FunctionError>> + Send {
        native::estimate_cost(input, context)
    }

    fn price_launch(
        input: StartJobInput,
        context: Context,
    ) -> impl Future<Output = Result<Estimate, FunctionError>> + Send {
        native::price_launch(input, context)
    }

    fn price_resume(
        input: ResumeJobInput,
        context: Context,
    ) -> impl Future<Output = Result<Estimate, FunctionError>> + Send {
        native::price_resume(input, context)
    }

    fn get_reward_curve(
        input: GetRewardCurveInput,
        context: Context,
    ) -> impl Future<Output = Result<GetRewardCurveOutput, FunctionError>> + Send {
        native::get_reward_curve(input, context)
    }

    fn rank_checkpoints(
        input: RankCheckpointsInput,
        context: Context,
    ) -> impl Future<Output = Result<RankCheckpointsOutput, FunctionError>> + Send {
        native::rank_checkpoints(input, context)
    }

    fn compare_jobs(
        input: CompareJobsInput,
        context: Context,
    ) -> impl Future<Output = Result<CompareJobsOutput, FunctionError>> + Send {
        native::compare_jobs(input, context)
    }

    fn explain_failure(
        input: ExplainFailureInput,
        context: Context,
    ) -> impl Future<Output = Result<ExplainFailureOutput, FunctionError>> + Send {
        native::explain_failure(input, context)
    }

    fn export_metrics(
        input: ExportMetricsInput,
        context: Context,
    ) -> impl Future<Output = Result<ExportMetricsOutput, FunctionError>> + Send {
        native::export_metrics(input, context)
    }

    fn upload_in_parts(
        input: UploadFileInput,
        context: Context,
    ) -> impl Future<Output = Result<UploadFileOutput, FunctionError>> + Send {
        native::upload_in_parts(input, context)
    }

    fn wait_for_job(
        input: WaitForJobInput,
        context: Context,
    ) -> impl Future<Output = Result<WaitForJobOutput, FunctionError>> + Send {
        native::wait_for_job(input, context)
    }

    fn guard_launch(
        given: Map<String, Value>,
        along: Along,
        context: Context,
    ) -> impl Future<Output = Result<Map<String, Value>, FunctionError>> + Send {
        native::guard_launch(given, along, context)
    }

    fn watch_job(
        input: WatchJobInput,
        context: Context,
    ) -> impl Future<Output = Result<WatchJobOutput, FunctionError>> + Send {
        native::watch_job(input, context)
    }

    fn get_watch(
        input: GetWatchInput,
        context: Context,
    ) -> impl Future<Output = Result<GetWatchOutput, FunctionError>> + Send {
        native::get_watch(input, context)
    }

    fn wait_for_watch(
        input: WaitForWatchInput,
        context: Context,
    ) -> impl Future<Output = Result<WaitForWatchOutput, FunctionError>> + Send {
        native::wait_for_watch(input, context)
    }

    fn list_watches(
        input: ListWatchesInput,
        context: Context,
    ) -> impl Future<Output = Result<ListWatchesOutput, FunctionError>> + Send {
        native::list_watches(input, context)
    }

    fn update_watch(
        input: UpdateWatchInput,
        context: Context,
    ) -> impl Future<Output = Result<UpdateWatchOutput, FunctionError>> + Send {
        native::update_watch(input, context)
    }

    fn stop_watch(
        input: StopWatchInput,
        context: Context,
    ) -> impl Future<Output = Result<StopWatchOutput, FunctionError>> + Send {
        native::stop_watch(input, context)
    }
}

/// A response format that holds this schema.
pub(crate) fn json_schema_format(schema: &Map<String, Value>) -> Value {
    json!({
        "type": "json_schema",
        "json_schema": { "name": "response", "strict": true, "schema": schema },
    })
}

fn limits_of(clip: &RewardClip) -> Result<clip::Limits, FunctionError> {
    let number = |number: &serde_json::Number| {
        let refused = || {
            FunctionError(format!(
                "`/advanced/reward_clip`: {number} is not a number that can be compared"
            ))
        };
        number.as_f64().ok_or_else(refused)
    };
    Ok(clip::Limits {
        min: number(&clip.min)?,
        max: number(&clip.max)?,
    })
}

fn json(grader: &Grader) -> Result<Value, FunctionError> {
    serde_json::to_value(grader).map_err(|error| FunctionError(error.to_string()))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
