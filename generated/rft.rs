// Generated from the manifest by rft-mcp-codegen. Change the manifest, not this file.

#[allow(clippy::wildcard_imports)]
use ::rft_mcp_runtime::tool::*;
/// Inputs and outputs of tools and functions, and what native prompts and resources take.
#[allow(dead_code, missing_docs, clippy::all, clippy::pedantic)]
pub mod types {
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Action {
        #[serde(rename = "pause")]
        Pause,
        #[serde(rename = "notify")]
        Notify,
        #[serde(rename = "cancel")]
        Cancel,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Advanced {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after_resume: ::std::option::Option<AfterResume>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub budget_hours: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub budget_usd: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub early_stop_delta: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub early_stop_patience: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub early_stop_warmup: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hourly_usd: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_steps: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub poll_interval: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reward_clip: ::std::option::Option<RewardClip>,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum AfterResume {
        #[serde(rename = "rearm")]
        Rearm,
        #[serde(rename = "end")]
        End,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Alarm {
        pub code: ::std::string::String,
        pub help: ::std::string::String,
        pub message: ::std::string::String,
        pub severity: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct At {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reward: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Budget {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hourly_usd: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hours: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub usd: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CalibrateGraderInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub answers: ::std::option::Option<
            ::std::vec::Vec<CalibrateGraderInputAnswersItem>,
        >,
        pub grader: Grader,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_schema: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rows: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_text: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CalibrateGraderInputAnswersItem {
        pub answer: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub example: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CalibrateGraderOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub errors: ::std::option::Option<
            ::std::vec::Vec<CalibrateGraderOutputErrorsItem>,
        >,
        pub failed: i64,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub failure: ::std::option::Option<::std::string::String>,
        pub graded: i64,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub graders: ::std::option::Option<
            ::std::vec::Vec<CalibrateGraderOutputGradersItem>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rewards: ::std::option::Option<CalibrateGraderOutputRewards>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub seconds: ::std::option::Option<f64>,
        pub signal: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tokens: ::std::option::Option<f64>,
        pub verdict: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct CalibrateGraderOutputErrorsItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub count: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub details: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub help: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rows: ::std::option::Option<::std::vec::Vec<i64>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct CalibrateGraderOutputGradersItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mean: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub min: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct CalibrateGraderOutputRewards {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub deviation: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub histogram: ::std::option::Option<::std::vec::Vec<i64>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mean: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub median: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub min: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ClipNoteInput {
        pub grader: Grader,
        pub limits: RewardClip,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ClipRewardInput {
        pub grader: Grader,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limits: ::std::option::Option<RewardClip>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Collapse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fall: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CompareJobsInput {
        pub job_ids: ::std::vec::Vec<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CompareJobsOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub best: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub differences: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        pub jobs: ::std::vec::Vec<CompareJobsOutputJobsItem>,
        pub verdict: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub warnings: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct CompareJobsOutputJobsItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alarms: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub best_valid: ::std::option::Option<At>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub first_valid: ::std::option::Option<At>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gain: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gap: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hours: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub job_id: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_valid: ::std::option::Option<At>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_growth: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub usd: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct CreateCheckpointPermissionsInput {
        pub checkpoint: ::std::string::String,
        pub project_ids: ::std::vec::Vec<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Dataset {
        pub bytes: i64,
        pub examples: i64,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub keys: ::std::option::Option<::std::vec::Vec<DatasetKeysItem>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub lines: ::std::option::Option<i64>,
        pub problems: ::std::vec::Vec<Problem>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tokens: ::std::option::Option<DatasetTokens>,
        pub valid_examples: i64,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct DatasetKeysItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub count: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub kinds: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct DatasetTokens {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mean: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub median: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub p95: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub total: ::std::option::Option<i64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct DeleteCheckpointPermissionInput {
        pub checkpoint: ::std::string::String,
        pub permission_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct DownloadFileInput {
        pub file_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub offset: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub path: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct EarlyStop {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub delta: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metric: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub patience: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub warmup: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub window: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Ended {}
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Estimate {
        pub assumptions: ::std::vec::Vec<::std::string::String>,
        pub basis: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hours: ::std::option::Option<Span>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub savings: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub steps: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub steps_done: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub usd: ::std::option::Option<Span>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub usd_so_far: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct EstimateCostInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub examples: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hourly_usd: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hyperparameters: ::std::option::Option<Reinforcement>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub job_id: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub like_job: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_examples: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_path: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ExplainFailureOutput {
        pub cause: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub evidence: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub known: ::std::option::Option<bool>,
        pub status: ::std::string::String,
        pub steps: ::std::vec::Vec<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ExportMetricsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub from_step: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_bytes: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ExportMetricsOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub columns: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        pub csv: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next: ::std::option::Option<i64>,
        pub rows: i64,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct File {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bytes: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<i64>,
        pub file_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub filename: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub purpose: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct GetJobStatusInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub event_limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        pub job_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct GetRewardCurveInput {
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub picture: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub points: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct GetRewardCurveOutput {
        pub curve: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub graders: ::std::option::Option<
            ::std::vec::Vec<GetRewardCurveOutputGradersItem>,
        >,
        pub job_id: ::std::string::String,
        pub judgement: Judgement,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub left_out: ::std::option::Option<i64>,
        pub status: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub steps: ::std::option::Option<::std::vec::Vec<GetRewardCurveOutputStepsItem>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct GetRewardCurveOutputGradersItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub errors: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub train: ::std::option::Option<::std::vec::Vec<At>>,
        #[serde(rename = "type", skip_serializing_if = "::std::option::Option::is_none")]
        pub type_: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid: ::std::option::Option<::std::vec::Vec<At>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct GetRewardCurveOutputStepsItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reasoning_tokens: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub train_reward: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_parse_error: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_reasoning_tokens: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_reward: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct GetWatchInput {
        pub watch_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(tag = "type", deny_unknown_fields)]
    pub enum Grader {
        #[serde(rename = "string_check")]
        StringCheck {
            input: ::std::string::String,
            name: ::std::string::String,
            operation: StringCheckOperation,
            reference: ::std::string::String,
        },
        #[serde(rename = "text_similarity")]
        TextSimilarity {
            evaluation_metric: TextSimilarityEvaluationMetric,
            input: ::std::string::String,
            name: ::std::string::String,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            pass_threshold: ::std::option::Option<::serde_json::Number>,
            reference: ::std::string::String,
        },
        #[serde(rename = "score_model")]
        ScoreModel {
            input: ::std::vec::Vec<ScoreModelInputItem>,
            model: ::std::string::String,
            name: ::std::string::String,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            pass_threshold: ::std::option::Option<::serde_json::Number>,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            range: ::std::option::Option<::std::vec::Vec<::serde_json::Number>>,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            sampling_params: ::std::option::Option<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        },
        #[serde(rename = "python")]
        Python {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            image_tag: ::std::option::Option<::std::string::String>,
            name: ::std::string::String,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            pass_threshold: ::std::option::Option<::serde_json::Number>,
            source: ::std::string::String,
        },
        #[serde(rename = "multi")]
        Multi {
            calculate_output: ::std::string::String,
            graders: ::std::collections::BTreeMap<
                ::std::string::String,
                MultiGradersValue,
            >,
            name: ::std::string::String,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            pass_threshold: ::std::option::Option<::serde_json::Number>,
        },
        #[serde(rename = "endpoint")]
        Endpoint {
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            headers: ::std::option::Option<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
            >,
            name: ::std::string::String,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            pass_threshold: ::std::option::Option<::serde_json::Number>,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            rate_limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
            url: ::std::string::String,
        },
        #[serde(rename = "lambda")]
        Lambda {
            lambda: LambdaLambda,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            name: ::std::option::Option<::std::string::String>,
        },
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct IntegrationsItem {
        #[serde(rename = "type")]
        pub type_: IntegrationsItemType,
        pub wandb: IntegrationsItemWandb,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum IntegrationsItemType {
        #[serde(rename = "wandb")]
        Wandb,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct IntegrationsItemWandb {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub entity: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        pub project: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct JsonSchemaFormatInput {
        pub schema: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Judgement {
        pub alarms: ::std::vec::Vec<Alarm>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub best_valid: ::std::option::Option<At>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub evaluations: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub first_valid: ::std::option::Option<At>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gap: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_valid: ::std::option::Option<At>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub plateau: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_growth: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub total_steps: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trend: ::std::option::Option<JudgementTrend>,
        pub verdict: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct JudgementTrend {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub change: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub direction: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub evaluations: ::std::option::Option<i64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LambdaLambda {
        pub function: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LintGraderInput {
        pub grader: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_schema: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_text: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct LintGraderOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub asks_model: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub needs: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        pub problems: ::std::vec::Vec<Problem>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub range: ::std::option::Option<LintGraderOutputRange>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub uses_output_json: ::std::option::Option<bool>,
        pub valid: bool,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct LintGraderOutputRange {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub high: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub low: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListCheckpointPermissionsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub all_pages: ::std::option::Option<bool>,
        pub checkpoint: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub order: ::std::option::Option<ListCheckpointPermissionsInputOrder>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project_id: ::std::option::Option<::std::string::String>,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ListCheckpointPermissionsInputOrder {
        #[serde(rename = "ascending")]
        Ascending,
        #[serde(rename = "descending")]
        Descending,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListCheckpointsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub all_pages: ::std::option::Option<bool>,
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListFilesInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub all_pages: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub order: ::std::option::Option<ListFilesInputOrder>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub purpose: ::std::option::Option<::std::string::String>,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ListFilesInputOrder {
        #[serde(rename = "asc")]
        Asc,
        #[serde(rename = "desc")]
        Desc,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListJobEventsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub all_pages: ::std::option::Option<bool>,
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListJobsInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub all_pages: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<
            ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListModelsInput {}
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ListWatchesInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ListWatchesOutput {
        pub has_more: bool,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next: ::std::option::Option<::std::string::String>,
        pub watches: ::std::vec::Vec<Watch>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct MaxSteps {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub steps: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct Metrics {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reasoning_tokens: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub train_reward: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_parse_error: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_reward: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_step: ::std::option::Option<i64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct MultiGradersValue {
        #[serde(rename = "type")]
        pub type_: MultiGradersValueType,
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MultiGradersValueType {
        #[serde(rename = "string_check")]
        StringCheck,
        #[serde(rename = "text_similarity")]
        TextSimilarity,
        #[serde(rename = "score_model")]
        ScoreModel,
        #[serde(rename = "python")]
        Python,
        #[serde(rename = "endpoint")]
        Endpoint,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct NewestMetricsInput {
        pub events: ::std::vec::Vec<::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OneFile {
        pub file_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OneJob {
        pub job_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct OneModel {
        pub model: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ParseErrors {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metric: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rate: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct PreflightInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub base_model: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub budget_usd: ::std::option::Option<::serde_json::Number>,
        pub grader: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hourly_usd: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hyperparameters: ::std::option::Option<Reinforcement>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_schema: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_path: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct PreflightOutput {
        pub checks: ::std::vec::Vec<PreflightOutputChecksItem>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cost: ::std::option::Option<Estimate>,
        pub ready: bool,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct PreflightOutputChecksItem {
        pub check: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub help: ::std::option::Option<::std::string::String>,
        pub message: ::std::string::String,
        pub outcome: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Problem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at: ::std::option::Option<::std::string::String>,
        pub code: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub count: ::std::option::Option<i64>,
        pub help: ::std::string::String,
        pub level: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub lines: ::std::option::Option<::std::vec::Vec<i64>>,
        pub message: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct Progress {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fraction: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub total_steps: ::std::option::Option<i64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ProgressInput {
        pub events: ::std::vec::Vec<::serde_json::Value>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct RankCheckpointsOutput {
        pub checkpoints: ::std::vec::Vec<RankCheckpointsOutputCheckpointsItem>,
        pub reason: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub recommended: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct RankCheckpointsOutputCheckpointsItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub concerns: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gap: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rank: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tokens: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub train_reward: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_reward: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Reinforcement {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub batch_size: ::std::option::Option<ReinforcementBatchSize>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub compute_multiplier: ::std::option::Option<ReinforcementComputeMultiplier>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub eval_interval: ::std::option::Option<ReinforcementEvalInterval>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub eval_samples: ::std::option::Option<ReinforcementEvalSamples>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub learning_rate_multiplier: ::std::option::Option<
            ReinforcementLearningRateMultiplier,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub n_epochs: ::std::option::Option<ReinforcementNEpochs>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reasoning_effort: ::std::option::Option<ReinforcementReasoningEffort>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum ReinforcementBatchSize {
        ReinforcementBatchSizeWord(ReinforcementBatchSizeWord),
        Integer(::rft_mcp_runtime::tool::Integer),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementBatchSizeWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum ReinforcementComputeMultiplier {
        ReinforcementComputeMultiplierWord(ReinforcementComputeMultiplierWord),
        Number(::serde_json::Number),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementComputeMultiplierWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum ReinforcementEvalInterval {
        ReinforcementEvalIntervalWord(ReinforcementEvalIntervalWord),
        Integer(::rft_mcp_runtime::tool::Integer),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementEvalIntervalWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum ReinforcementEvalSamples {
        ReinforcementEvalSamplesWord(ReinforcementEvalSamplesWord),
        Integer(::rft_mcp_runtime::tool::Integer),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementEvalSamplesWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum ReinforcementLearningRateMultiplier {
        ReinforcementLearningRateMultiplierWord(ReinforcementLearningRateMultiplierWord),
        Number(::serde_json::Number),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementLearningRateMultiplierWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(untagged)]
    pub enum ReinforcementNEpochs {
        ReinforcementNEpochsWord(ReinforcementNEpochsWord),
        Integer(::rft_mcp_runtime::tool::Integer),
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementNEpochsWord {
        #[serde(rename = "auto")]
        Auto,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ReinforcementReasoningEffort {
        #[serde(rename = "default")]
        Default,
        #[serde(rename = "low")]
        Low,
        #[serde(rename = "medium")]
        Medium,
        #[serde(rename = "high")]
        High,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RewardClip {
        pub max: ::serde_json::Number,
        pub min: ::serde_json::Number,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RewardHacking {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gap: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_growth: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Rules {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub budget: ::std::option::Option<Budget>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub collapse: ::std::option::Option<Collapse>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub early_stop: ::std::option::Option<EarlyStop>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended: ::std::option::Option<Ended>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_steps: ::std::option::Option<MaxSteps>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub parse_errors: ::std::option::Option<ParseErrors>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reward_hacking: ::std::option::Option<RewardHacking>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub stalled: ::std::option::Option<Stalled>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RunGraderInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub example: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        pub grader: Grader,
        pub model_sample: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SampleModelInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub api: ::std::option::Option<SampleModelInputApi>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_completion_tokens: ::std::option::Option<::serde_json::Number>,
        pub messages: ::std::vec::Vec<SampleModelInputMessagesItem>,
        pub model: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reasoning_effort: ::std::option::Option<SampleModelInputReasoningEffort>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_schema: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub samples: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub seed: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SampleModelInputApi {
        #[serde(rename = "chat")]
        Chat,
        #[serde(rename = "responses")]
        Responses,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct SampleModelInputMessagesItem {
        pub content: ::std::string::String,
        pub role: SampleModelInputMessagesItemRole,
        #[serde(flatten)]
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SampleModelInputMessagesItemRole {
        #[serde(rename = "system")]
        System,
        #[serde(rename = "developer")]
        Developer,
        #[serde(rename = "user")]
        User,
        #[serde(rename = "assistant")]
        Assistant,
        #[serde(rename = "tool")]
        Tool,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SampleModelInputReasoningEffort {
        #[serde(rename = "low")]
        Low,
        #[serde(rename = "medium")]
        Medium,
        #[serde(rename = "high")]
        High,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct SampleModelOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub failed: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub failure: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub model: ::std::option::Option<::std::string::String>,
        pub samples: ::std::vec::Vec<SampleModelOutputSamplesItem>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub usage: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct SampleModelOutputSamplesItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub finish_reason: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub refusal: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub text: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tool_calls: ::std::option::Option<
            ::std::vec::Vec<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ScoreModelInputItem {
        pub content: ::std::string::String,
        pub role: ScoreModelInputItemRole,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ScoreModelInputItemRole {
        #[serde(rename = "system")]
        System,
        #[serde(rename = "developer")]
        Developer,
        #[serde(rename = "user")]
        User,
        #[serde(rename = "assistant")]
        Assistant,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct Span {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub high: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub likely: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub low: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct Stalled {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<Action>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub seconds: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StartJobInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub advanced: ::std::option::Option<Advanced>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub base_model: ::std::option::Option<::std::string::String>,
        pub grader: Grader,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hyperparameters: ::std::option::Option<Reinforcement>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub integrations: ::std::option::Option<::std::vec::Vec<IntegrationsItem>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub launch_token: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<
            ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub response_schema: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub seed: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub suffix: ::std::option::Option<::std::string::String>,
        pub training_file: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_type: ::std::option::Option<::std::string::String>,
        pub validation_file: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct StopWatchInput {
        pub watch_id: ::std::string::String,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum StringCheckOperation {
        #[serde(rename = "eq")]
        Eq,
        #[serde(rename = "ne")]
        Ne,
        #[serde(rename = "like")]
        Like,
        #[serde(rename = "ilike")]
        Ilike,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum TextSimilarityEvaluationMetric {
        #[serde(rename = "fuzzy_match")]
        FuzzyMatch,
        #[serde(rename = "bleu")]
        Bleu,
        #[serde(rename = "gleu")]
        Gleu,
        #[serde(rename = "meteor")]
        Meteor,
        #[serde(rename = "rouge_1")]
        Rouge1,
        #[serde(rename = "rouge_2")]
        Rouge2,
        #[serde(rename = "rouge_3")]
        Rouge3,
        #[serde(rename = "rouge_4")]
        Rouge4,
        #[serde(rename = "rouge_5")]
        Rouge5,
        #[serde(rename = "rouge_l")]
        RougeL,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateWatchInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after_resume: ::std::option::Option<AfterResume>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub poll_interval: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rules: ::std::option::Option<Rules>,
        pub watch_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UploadFileInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub content: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_after: ::std::option::Option<UploadFileInputExpiresAfter>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub filename: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub purpose: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct UploadFileInputExpiresAfter {
        pub anchor: UploadFileInputExpiresAfterAnchor,
        pub seconds: ::rft_mcp_runtime::tool::Integer,
    }
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum UploadFileInputExpiresAfterAnchor {
        #[serde(rename = "created_at")]
        CreatedAt,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ValidateDatasetInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub grader: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training_text: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_file: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_path: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation_text: ::std::option::Option<::std::string::String>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct ValidateDatasetOutput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub overlap: ::std::option::Option<ValidateDatasetOutputOverlap>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training: ::std::option::Option<Dataset>,
        pub valid: bool,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation: ::std::option::Option<Dataset>,
        pub verdict: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct ValidateDatasetOutputOverlap {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub count: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub lines: ::std::option::Option<
            ::std::vec::Vec<ValidateDatasetOutputOverlapLinesItem>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct ValidateDatasetOutputOverlapLinesItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub training: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub validation: ::std::option::Option<i64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct ValidateGraderInput {
        pub grader: Grader,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WaitForJobInput {
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_seconds: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub poll_seconds: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub valid_reward: ::std::option::Option<::serde_json::Number>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WaitForJobOutput {
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metrics: ::std::option::Option<Metrics>,
        pub next: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub progress: ::std::option::Option<Progress>,
        pub reached: ::std::string::String,
        pub status: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub waited_seconds: ::std::option::Option<f64>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WaitForWatchInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub decided_at: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_seconds: ::std::option::Option<::rft_mcp_runtime::tool::Integer>,
        pub watch_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WaitForWatchOutput {
        pub next: ::std::string::String,
        pub reached: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub waited_seconds: ::std::option::Option<f64>,
        pub watch: WholeWatch,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct Watch {
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub job_status: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub looked_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_look_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        pub state: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trouble: ::std::option::Option<::std::string::String>,
        pub watch_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct WatchJobInput {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after_resume: ::std::option::Option<AfterResume>,
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub poll_interval: ::std::option::Option<::serde_json::Number>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rules: ::std::option::Option<Rules>,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WholeWatch {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after_resume: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub armed_at_step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub arming: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<i64>,
        pub decisions: ::std::vec::Vec<WholeWatchDecisionsItem>,
        pub job_id: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub job_status: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub looked_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_look_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub poll_interval: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        pub rules: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub standings: ::std::option::Option<::std::vec::Vec<WholeWatchStandingsItem>>,
        pub state: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub step: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trouble: ::std::option::Option<::std::string::String>,
        pub watch_id: ::std::string::String,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct WholeWatchDecisionsItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub action: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub answer: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub attempts: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub decided_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub outcome: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub points: ::std::option::Option<
            ::std::vec::Vec<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rule: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub settled_at: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub values: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
    }
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct WholeWatchStandingsItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub near: ::std::option::Option<f64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rule: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub says: ::std::option::Option<::std::string::String>,
    }
    pub type GetFileInput = OneFile;
    pub type DeleteFileInput = OneFile;
    pub type UploadFileOutput = File;
    pub type EstimateCostOutput = Estimate;
    pub type RankCheckpointsInput = OneJob;
    pub type ExplainFailureInput = OneJob;
    pub type PauseJobInput = OneJob;
    pub type ResumeJobInput = OneJob;
    pub type CancelJobInput = OneJob;
    pub type GetModelInput = OneModel;
    pub type DeleteModelInput = OneModel;
    pub type WatchJobOutput = WholeWatch;
    pub type GetWatchOutput = WholeWatch;
    pub type UpdateWatchOutput = WholeWatch;
    pub type StopWatchOutput = WholeWatch;
    pub type ClipRewardOutput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type ClipNoteOutput = ::std::option::Option<::std::string::String>;
    pub type JsonSchemaFormatOutput = ::serde_json::Map<
        ::std::string::String,
        ::serde_json::Value,
    >;
    pub type NewestMetricsOutput = ::std::option::Option<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    >;
    pub type ProgressOutput = ::std::option::Option<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    >;
}
/// What native tools and functions know, as compact JSON text.
#[allow(dead_code)]
pub mod data {
    /// A measured training step and a measured validation, and how their times are scaled.
    pub const COSTS: &str = "{\"step_samples\":501,\"step_seconds\":629,\"eval_samples\":20,\"eval_seconds\":102,\"rollouts\":16,\"growth\":0.7,\"spread\":2.5,\"auto\":{\"batch_size\":32,\"n_epochs\":2,\"evaluations\":10}}";
    /// Causes of failed jobs, told by the error's code or by words in what the provider says (in small letters).
    pub const FAILURES: &str = "{\"causes\":[{\"codes\":[\"insufficient_quota\",\"credit_balance_exhausted\",\"organization_spend_limit_exceeded\",\"project_spend_limit_exceeded\",\"organization_usage_limit_exceeded\",\"billing_hard_limit_reached\"],\"says\":[\"quota\",\"spend limit\",\"billing\",\"credit balance\"],\"cause\":\"The account has no money left for it, or a spending limit was reached.\",\"steps\":[\"Raise the limit or add credit in the provider's console; nothing here can.\",\"The work done is billed; look for checkpoints with list_checkpoints before you launch again.\"]},{\"codes\":[\"invalid_training_file\",\"invalid_validation_file\",\"invalid_file_format\",\"invalid_dataset\",\"duplicate_examples\"],\"says\":[\"training file\",\"validation file\",\"invalid file\",\"jsonl\",\"no examples\",\"same example\"],\"cause\":\"A data file was rejected.\",\"steps\":[\"Run validate_dataset on the file; it names the lines and how to mend them.\",\"Upload the mended file and start a new job; a rejected one costs nothing.\"]},{\"codes\":[\"invalid_grader\",\"grader_error\",\"grader_validation_failed\"],\"says\":[\"grader\",\"calculate_output\",\"def grade\"],\"cause\":\"The grader was rejected, or failed on too many answers.\",\"steps\":[\"Run lint_grader with the data's keys, then calibrate_grader on some rows.\",\"Launch again once every row gets a reward.\"]},{\"codes\":[\"model_not_found\",\"model_not_available\",\"model_deprecated\"],\"says\":[\"does not exist\",\"not available for fine-tuning\",\"deprecated\",\"shut down\"],\"cause\":\"The model can not be trained at this provider any more, or not by this account.\",\"steps\":[\"Run preflight; it reads the model's shutdown date.\",\"Choose another base_model, or another provider.\"]},{\"codes\":[\"content_policy_violation\",\"moderation_failed\",\"usage_policy_violation\"],\"says\":[\"moderation\",\"usage polic\",\"safety\",\"blocked\"],\"cause\":\"The safety screening refused the data or the model that came out of it.\",\"steps\":[\"Look for moderation_checks events with list_job_events; they name the categories.\",\"Take out the examples of those categories, and train again.\"]},{\"codes\":[\"rate_limit_exceeded\",\"slow_down\"],\"says\":[\"rate limit\",\"too many requests\"],\"cause\":\"The grader's model, or the job itself, ran into a rate limit.\",\"steps\":[\"Use a smaller model for grading, a smaller batch_size, or ask for a higher limit.\",\"Then start a new job.\"]},{\"codes\":[\"timeout\",\"grader_timeout\"],\"says\":[\"timed out\",\"timeout\"],\"cause\":\"Something took too long, most often the grader.\",\"steps\":[\"Run calibrate_grader; it says how long a grading takes.\",\"Make the grader faster, then start a new job.\"]},{\"codes\":[\"server_error\",\"internal_error\",\"server_is_overloaded\"],\"says\":[\"internal error\",\"server error\",\"overloaded\",\"simulated failure\"],\"cause\":\"The provider failed; neither the data nor the grader is known to be at fault.\",\"steps\":[\"Look for a checkpoint with list_checkpoints; the work done is billed and can be used.\",\"Start the same job again, once; if it fails at the same step, ask the provider with the job's id.\"]}]}";
    /// Our name of each metric, and where it is found. `data` are JSON Pointers into an event's data or a checkpoint's metrics, `message` is what stands before the number in an event's message, `column` a column of a result file.
    pub const METRICS: &str = "{\"step\":{\"data\":[\"/step\"],\"message\":[\"Step \"],\"column\":[\"step\"]},\"total_steps\":{\"data\":[\"/total_steps\"],\"message\":[\"/\"]},\"metrics\":{\"train_reward\":{\"data\":[\"/scores/train_reward_mean\",\"/train_reward_mean\",\"/train_mean_reward\",\"/critic_rewards_mean\"],\"message\":[\"train mean reward=\"],\"column\":[\"train_mean_reward\",\"train_reward_mean\",\"critic_rewards_mean\"]},\"valid_reward\":{\"data\":[\"/scores/valid_reward_mean\",\"/valid_reward_mean\",\"/full_valid_mean_reward\",\"/valid_mean_reward\"],\"message\":[\"full validation mean reward=\",\"validation mean reward=\"],\"column\":[\"full_valid_mean_reward\",\"valid_reward_mean\",\"valid_mean_reward\"]},\"valid_parse_error\":{\"data\":[\"/full_valid_mean_parse_error\"],\"message\":[\"full validation mean parse error=\"],\"column\":[\"full_valid_mean_parse_error\"]},\"unresponsive\":{\"data\":[\"/mean_unresponsive_rewards\"],\"column\":[\"mean_unresponsive_rewards\"]},\"reasoning_tokens\":{\"data\":[\"/usage/samples/train_reasoning_tokens_mean\",\"/reasoning_tokens_mean\"],\"column\":[\"reasoning_tokens_mean\",\"train_reasoning_tokens_mean\"]},\"valid_reasoning_tokens\":{\"data\":[\"/usage/samples/valid_reasoning_tokens_mean\",\"/valid_reasoning_tokens_mean\"],\"column\":[\"valid_reasoning_tokens_mean\"]},\"completion_tokens\":{\"data\":[\"/completion_tokens_mean\"],\"column\":[\"completion_tokens_mean\"]},\"sampling_seconds\":{\"data\":[\"/timing/step/sampling\"],\"column\":[\"sampling_duration\"]},\"training_seconds\":{\"data\":[\"/timing/step/training\"],\"column\":[\"training_duration\"]},\"eval_seconds\":{\"data\":[\"/timing/step/eval\"],\"column\":[\"eval_duration\"]},\"step_seconds\":{\"data\":[\"/timing/step/full_iteration\"],\"column\":[\"total_duration\"]},\"policy_loss\":{\"column\":[\"pg_loss_sum\"]}},\"graders\":[{\"data\":[\"/scores/graders\"],\"column\":[\"scores/graders/{type}/{name}/\"],\"metrics\":{\"train_reward\":[\"train_reward_mean\"],\"valid_reward\":[\"valid_reward_mean\"]}},{\"data\":[\"/errors/graders\"],\"column\":[\"errors/graders/{type}/{name}/errors/\",\"errors/graders/{type}/{name}/\"],\"metrics\":{\"train_sample_parse_error\":[\"train_sample_parse_error_mean\"],\"valid_sample_parse_error\":[\"valid_sample_parse_error_mean\"],\"train_invalid_variable_error\":[\"train_invalid_variable_error_mean\"],\"valid_invalid_variable_error\":[\"valid_invalid_variable_error_mean\"],\"train_other_error\":[\"train_other_error_mean\"],\"valid_other_error\":[\"valid_other_error_mean\"],\"train_python_grader_server_error\":[\"train_python_grader_server_error_mean\"],\"valid_python_grader_server_error\":[\"valid_python_grader_server_error_mean\"],\"train_python_grader_runtime_error\":[\"train_python_grader_runtime_error_mean\"],\"valid_python_grader_runtime_error\":[\"valid_python_grader_runtime_error_mean\"],\"train_model_grader_server_error\":[\"train_model_grader_server_error_mean\"],\"valid_model_grader_server_error\":[\"valid_model_grader_server_error_mean\"]}},{\"data\":[\"/timing/graders\"],\"metrics\":{\"train_seconds\":[\"train_execution_latency_mean\"],\"valid_seconds\":[\"valid_execution_latency_mean\"]}}],\"models\":[{\"data\":[\"/model_graders_token_usage\"],\"metrics\":{\"train_prompt_tokens\":[\"train_prompt_tokens\"],\"train_completion_tokens\":[\"train_completion_tokens\"],\"train_cached_tokens\":[\"train_cached_tokens\"],\"valid_prompt_tokens\":[\"eval_prompt_tokens\"],\"valid_completion_tokens\":[\"eval_completion_tokens\"],\"valid_cached_tokens\":[\"eval_cached_tokens\"]}}]}";
    /// What statuses mean, how often jobs are looked at, and the rules of watches with their parameters.
    pub const MONITORS: &str = "{\"statuses\":{\"waits\":[\"validating_files\",\"queued\"],\"rests\":[\"pausing\",\"paused\"],\"ended\":[\"succeeded\",\"failed\",\"cancelled\"]},\"told\":{\"pause\":[\"pausing\",\"paused\"],\"cancel\":[\"cancel\"]},\"pace\":{\"interval\":60,\"least\":5,\"most\":900,\"jitter\":0.1},\"webhook_interval\":300,\"per_second\":2,\"at_once\":8,\"keep_days\":90,\"usual\":[\"ended\",\"collapse\",\"reward_hacking\",\"parse_errors\",\"early_stop\",\"stalled\"],\"rules\":{\"ended\":{},\"budget\":{\"action\":\"pause\"},\"max_steps\":{\"action\":\"pause\"},\"collapse\":{\"action\":\"pause\",\"fall\":0.25},\"reward_hacking\":{\"action\":\"pause\",\"gap\":0.1,\"token_growth\":3},\"parse_errors\":{\"action\":\"pause\",\"rate\":0.5,\"metric\":\"valid_parse_error\"},\"early_stop\":{\"action\":\"pause\",\"delta\":0.01,\"patience\":5,\"warmup\":2,\"window\":1,\"metric\":\"valid_reward\"},\"stalled\":{\"action\":\"notify\",\"seconds\":7200}}}";
}
/// What the manifest names in Rust: functions, and native tools, prompts, resources and completions.
#[allow(clippy::all, clippy::pedantic)]
pub trait Handlers: 'static {
    /// Wraps a grader so that its reward stays within limits; without limits the grader as it is.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn clip_reward(
        input: types::ClipRewardInput,
    ) -> Result<types::ClipRewardOutput, FunctionError>;
    /// Says so when the limits can not change any reward of this grader; null when they can.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn clip_note(
        input: types::ClipNoteInput,
    ) -> Result<types::ClipNoteOutput, FunctionError>;
    /// A response_format of type json_schema that holds this schema.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn json_schema_format(
        input: types::JsonSchemaFormatInput,
    ) -> Result<types::JsonSchemaFormatOutput, FunctionError>;
    /// The newest metrics among a job's events, read from any of the names providers use; null when there are none.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn newest_metrics(
        input: types::NewestMetricsInput,
    ) -> Result<types::NewestMetricsOutput, FunctionError>;
    /// How far a job is, in steps, from its newest metrics; null before the first step.
    ///
    /// # Errors
    /// What to do instead, for the agent to read.
    fn progress(
        input: types::ProgressInput,
    ) -> Result<types::ProgressOutput, FunctionError>;
    /// Checks JSONL data by every rule of fine-tuning before a job does: messages, roles, sizes, counts, the keys a grader needs, examples that are in both files. Names lines and how to mend them.
    fn validate_dataset(
        input: types::ValidateDatasetInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::ValidateDatasetOutput, FunctionError>,
    > + Send;
    /// Finds what is wrong with a grader before a provider sees it, all at once: structure, templates against the keys of the data, the formula, what silently scores 0. calibrate_grader then tries it.
    fn lint_grader(
        input: types::LintGraderInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::LintGraderOutput, FunctionError>,
    > + Send;
    /// Runs a grader on given answers, or on answers that a model gives to rows of the data, and says how the rewards lie, what went wrong, and whether there is anything to learn. Tokens of models are billed.
    fn calibrate_grader(
        input: types::CalibrateGraderInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::CalibrateGraderOutput, FunctionError>,
    > + Send;
    /// Goes through what makes jobs fail or cost too much before start_job: the model and its shutdown date, the provider, both files, the grader, the estimated cost. Each check says what to do.
    fn preflight(
        input: types::PreflightInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::PreflightOutput, FunctionError>,
    > + Send;
    /// Hours and dollars of a job, from its own timing with job_id, else from the data and the hyperparameters (rough; better with like_job, a job whose steps are alike).
    fn estimate_cost(
        input: types::EstimateCostInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::EstimateCostOutput, FunctionError>,
    > + Send;
    /// Training and validation reward of every step, of each grader too, with errors, tokens, and what they mean: trend, plateau, gap, alarms about reward hacking. As data, as text and, on demand, as a picture.
    fn get_reward_curve(
        input: types::GetRewardCurveInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::GetRewardCurveOutput, FunctionError>,
    > + Send;
    /// A job's checkpoints by validation reward, with the gap to the training reward, tokens and step, and which one to use and why.
    fn rank_checkpoints(
        input: types::RankCheckpointsInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::RankCheckpointsOutput, FunctionError>,
    > + Send;
    /// Two to five jobs side by side: rewards, gap, tokens, hours, dollars, what was set differently, and which is best.
    fn compare_jobs(
        input: types::CompareJobsInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::CompareJobsOutput, FunctionError>,
    > + Send;
    /// What ended a job, what the provider said, what its curve shows, and what to do next.
    fn explain_failure(
        input: types::ExplainFailureInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::ExplainFailureOutput, FunctionError>,
    > + Send;
    /// Every metric of every step of a job as CSV, those of each grader too.
    fn export_metrics(
        input: types::ExportMetricsInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::ExportMetricsOutput, FunctionError>,
    > + Send;
    /// Waits until a job ends, or until what is asked for: a status, a step, a validation reward. Comes back by itself after max_seconds (50 by default, since clients give up after 60); then call it again.
    fn wait_for_job(
        input: types::WaitForJobInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::WaitForJobOutput, FunctionError>,
    > + Send;
    /// Answers of a model to one conversation, to see what training changed: ask the base model and a checkpoint the same. Tokens are billed.
    fn sample_model(
        input: types::SampleModelInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::SampleModelOutput, FunctionError>,
    > + Send;
    /// Lets the server look at a job every minute and pause it when a rule decides: a plateau, a budget, a collapse, reward hacking. It goes on without you, and after restarts. Look with get_watch.
    fn watch_job(
        input: types::WatchJobInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::WatchJobOutput, FunctionError>,
    > + Send;
    /// How the rules of a watch stand, what it decided on which points, and what the provider answered.
    fn get_watch(
        input: types::GetWatchInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::GetWatchOutput, FunctionError>,
    > + Send;
    /// Waits until a watch decides and the provider has answered, or until it ends. Comes back by itself after max_seconds (50 by default, since clients give up after 60); then call it again.
    fn wait_for_watch(
        input: types::WaitForWatchInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::WaitForWatchOutput, FunctionError>,
    > + Send;
    /// The jobs that are watched, newest first.
    fn list_watches(
        input: types::ListWatchesInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::ListWatchesOutput, FunctionError>,
    > + Send;
    /// Gives a watch other rules (all of them anew), another pace, or says what becomes of it after a resume.
    fn update_watch(
        input: types::UpdateWatchInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::UpdateWatchOutput, FunctionError>,
    > + Send;
    /// The server looks after the job no more. The job itself goes on as it is.
    fn stop_watch(
        input: types::StopWatchInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::StopWatchOutput, FunctionError>,
    > + Send;
    /// `upload_file` of a file that is too large for a request.
    fn upload_in_parts(
        input: types::UploadFileInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<types::UploadFileOutput, FunctionError>,
    > + Send;
    /// What a call of `start_job` would use up.
    fn price_launch(
        input: types::StartJobInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Estimate, FunctionError>> + Send;
    /// What a call of `resume_job` would use up.
    fn price_resume(
        input: types::ResumeJobInput,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<Output = Result<Estimate, FunctionError>> + Send;
    /// Told of each step of what a call of `start_job` starts.
    fn guard_launch(
        given: ::serde_json::Map<String, ::serde_json::Value>,
        along: Along,
        context: ::rft_mcp_runtime::engine::Context,
    ) -> impl ::std::future::Future<
        Output = Result<::serde_json::Map<String, ::serde_json::Value>, FunctionError>,
    > + Send;
}
/// The manifest, with the functions of `H`.
#[derive(Debug)]
pub struct Manifest<H>(::std::marker::PhantomData<H>);
#[allow(clippy::all, clippy::pedantic)]
impl<H: Handlers> Manifest<H> {
    /// The whole manifest as data.
    pub const TABLE: &'static Table = &Table {
        server: ServerSpec {
            name: "rft-mcp",
            title: "Reinforcement fine-tuning",
            instructions: "Tools for reinforcement fine-tuning (RFT) jobs. A job costs about $100 an hour of training and runs for hours. Launch once with start_job, keep the job_id, then look with get_job_status every few minutes; when a launch fails, repeat it with its launch_token only. Pausing keeps the newest snapshot and stops the bill; cancelling can not be undone.",
            sets: &[
                SetSpec {
                    name: "core",
                    description: "Launch, watch, pause and judge jobs",
                    default: true,
                },
                SetSpec {
                    name: "jobs",
                    description: "Everything about jobs and their events",
                    default: true,
                },
                SetSpec {
                    name: "data",
                    description: "Files of examples and results",
                    default: true,
                },
                SetSpec {
                    name: "graders",
                    description: "Try graders before a job uses them",
                    default: true,
                },
                SetSpec {
                    name: "models",
                    description: "Ask, look at and delete models",
                    default: true,
                },
                SetSpec {
                    name: "insight",
                    description: "Judge data, graders, runs and costs",
                    default: false,
                },
                SetSpec {
                    name: "watches",
                    description: "Let the server pause jobs by rules while nobody looks",
                    default: false,
                },
                SetSpec {
                    name: "admin",
                    description: "Share checkpoints with other projects; needs an administrator's key",
                    default: false,
                },
            ],
            client: ClientUse {
                asks: &[],
                logs: false,
                announces: &[],
            },
            limits: Limits {
                connect_seconds: 5,
                request_seconds: 600,
                response_bytes: 8388608,
                result_bytes: 100000,
            },
            spending: &[
                LimitSpec {
                    name: "launch_usd",
                    description: "dollars for one launch",
                    most: Some(1000.0),
                },
                LimitSpec {
                    name: "day_usd",
                    description: "dollars for the jobs of a day",
                    most: Some(2000.0),
                },
                LimitSpec {
                    name: "running_jobs",
                    description: "jobs at once",
                    most: Some(3.0),
                },
            ],
        },
        providers: &[
            ProviderSpec {
                name: "openai",
                title: "OpenAI",
                notice: "OpenAI shut down o4-mini-2025-04-16, its model for reinforcement fine-tuning, on 2026-10-23. It takes new jobs only of organizations that trained before (and not since 2026-07-02 of those that had stopped), and of nobody from 2027-01-06 on. Existing jobs can be read.",
                base_url: Some(
                    &[
                        Piece::Env {
                            name: "OPENAI_BASE_URL",
                            default: Some("https://api.openai.com/v1"),
                        },
                    ],
                ),
                auth: &[
                    Auth::Bearer(
                        &[
                            Piece::Env {
                                name: "OPENAI_API_KEY",
                                default: None,
                            },
                        ],
                    ),
                ],
                keys: &[
                    (
                        "admin",
                        &[
                            Auth::Bearer(
                                &[
                                    Piece::Env {
                                        name: "OPENAI_ADMIN_KEY",
                                        default: None,
                                    },
                                ],
                            ),
                        ],
                    ),
                ],
                headers: &[
                    (
                        "OpenAI-Organization",
                        &[
                            Piece::Env {
                                name: "OPENAI_ORG_ID",
                                default: Some(""),
                            },
                        ],
                    ),
                    (
                        "OpenAI-Project",
                        &[
                            Piece::Env {
                                name: "OPENAI_PROJECT_ID",
                                default: Some(""),
                            },
                        ],
                    ),
                ],
                query: &[],
                values: &[
                    ("model", "\"o4-mini-2025-04-16\""),
                    ("training_examples", "{\"least\":1,\"most\":50000}"),
                    ("validation_examples", "{\"least\":1,\"most\":1000}"),
                    ("file_bytes", "536870912"),
                    ("upload_bytes", "8589934592"),
                    ("part_bytes", "67108864"),
                    ("hourly_usd", "100"),
                    ("closing", "\"2027-01-06\""),
                ],
                lacks: &["endpoint_grader", "lambda_grader", "training_type"],
            },
            ProviderSpec {
                name: "azure",
                title: "Azure OpenAI",
                notice: "A fine-tuned model must be deployed before it answers. Jobs pause by themselves at $5,000. Only existing customers can train o4-mini-2025-04-16, until 2027-04-16 at least.",
                base_url: Some(
                    &[
                        Piece::Env {
                            name: "AZURE_OPENAI_ENDPOINT",
                            default: None,
                        },
                        Piece::Literal("/openai/v1"),
                    ],
                ),
                auth: &[
                    Auth::Header(
                        "api-key",
                        &[
                            Piece::Env {
                                name: "AZURE_OPENAI_API_KEY",
                                default: None,
                            },
                        ],
                    ),
                    Auth::Bearer(
                        &[
                            Piece::Env {
                                name: "AZURE_OPENAI_AD_TOKEN",
                                default: None,
                            },
                        ],
                    ),
                ],
                keys: &[],
                headers: &[],
                query: &[],
                values: &[
                    ("model", "\"o4-mini-2025-04-16\""),
                    ("training_examples", "{\"least\":1,\"most\":50000}"),
                    ("validation_examples", "{\"least\":1,\"most\":1000}"),
                    ("file_bytes", "536870912"),
                    ("upload_bytes", "8589934592"),
                    ("part_bytes", "67108864"),
                    ("open_until", "\"2027-04-16\""),
                    ("pauses_at_usd", "5000"),
                    ("deploying", "\"az cognitiveservices account deployment create\""),
                ],
                lacks: &[
                    "list_checkpoint_permissions",
                    "create_checkpoint_permissions",
                    "delete_checkpoint_permission",
                    "lambda_grader",
                ],
            },
            ProviderSpec {
                name: "azure-legacy",
                title: "Azure OpenAI (dated API)",
                notice: "A fine-tuned model must be deployed before it answers, and answers at an address of its own. Jobs pause by themselves at $5,000. Only existing customers can train o4-mini-2025-04-16, until 2027-04-16 at least.",
                base_url: Some(
                    &[
                        Piece::Env {
                            name: "AZURE_OPENAI_ENDPOINT",
                            default: None,
                        },
                        Piece::Literal("/openai"),
                    ],
                ),
                auth: &[
                    Auth::Header(
                        "api-key",
                        &[
                            Piece::Env {
                                name: "AZURE_OPENAI_API_KEY",
                                default: None,
                            },
                        ],
                    ),
                    Auth::Bearer(
                        &[
                            Piece::Env {
                                name: "AZURE_OPENAI_AD_TOKEN",
                                default: None,
                            },
                        ],
                    ),
                ],
                keys: &[],
                headers: &[],
                query: &[
                    (
                        "api-version",
                        &[
                            Piece::Env {
                                name: "AZURE_OPENAI_API_VERSION",
                                default: Some("2025-04-01-preview"),
                            },
                        ],
                    ),
                ],
                values: &[
                    ("model", "\"o4-mini-2025-04-16\""),
                    ("training_examples", "{\"least\":1,\"most\":50000}"),
                    ("validation_examples", "{\"least\":1,\"most\":1000}"),
                    ("file_bytes", "536870912"),
                    ("upload_bytes", "8589934592"),
                    ("part_bytes", "67108864"),
                    ("open_until", "\"2027-04-16\""),
                    ("pauses_at_usd", "5000"),
                ],
                lacks: &[
                    "list_checkpoint_permissions",
                    "create_checkpoint_permissions",
                    "delete_checkpoint_permission",
                    "delete_model",
                    "sample_model",
                    "lambda_grader",
                ],
            },
            ProviderSpec {
                name: "bedrock",
                title: "Amazon Bedrock",
                notice: "A cancelled job can not be resumed, and jobs can not be paused.",
                base_url: Some(
                    &[
                        Piece::Literal("https://bedrock-mantle."),
                        Piece::Env {
                            name: "AWS_REGION",
                            default: Some("us-west-2"),
                        },
                        Piece::Literal(".api.aws/v1"),
                    ],
                ),
                auth: &[
                    Auth::Bearer(
                        &[
                            Piece::Env {
                                name: "AWS_BEARER_TOKEN_BEDROCK",
                                default: None,
                            },
                        ],
                    ),
                ],
                keys: &[],
                headers: &[],
                query: &[],
                values: &[
                    ("model", "\"openai.gpt-oss-20b\""),
                    ("trains", "[\"openai.gpt-oss-20b\",\"qwen.qwen3-32b\"]"),
                    ("training_examples", "{\"least\":100,\"most\":20000}"),
                    ("validation_examples", "{\"least\":1,\"most\":1000}"),
                    ("file_bytes", "536870912"),
                ],
                lacks: &[
                    "pause_job",
                    "resume_job",
                    "validate_grader",
                    "run_grader",
                    "calibrate_grader",
                    "list_checkpoint_permissions",
                    "create_checkpoint_permissions",
                    "delete_checkpoint_permission",
                    "delete_model",
                    "metadata_filter",
                    "suffix",
                    "pausing",
                    "training_type",
                    "string_check_grader",
                    "text_similarity_grader",
                    "score_model_grader",
                    "python_grader",
                    "multi_grader",
                    "endpoint_grader",
                ],
            },
            ProviderSpec {
                name: "sandbox",
                title: "Sandbox (simulated)",
                notice: "Everything this provider answers is simulated. No model is trained and nothing is billed.",
                base_url: None,
                auth: &[],
                keys: &[],
                headers: &[],
                query: &[],
                values: &[
                    ("model", "\"o4-mini-2025-04-16\""),
                    ("training_examples", "{\"least\":1,\"most\":50000}"),
                    ("validation_examples", "{\"least\":1,\"most\":1000}"),
                    ("file_bytes", "536870912"),
                    ("upload_bytes", "8589934592"),
                    ("part_bytes", "67108864"),
                    ("hourly_usd", "100"),
                ],
                lacks: &["endpoint_grader", "lambda_grader", "training_type"],
            },
        ],
        tools: &[
            ToolSpec {
                name: "list_checkpoints",
                title: "List a job's checkpoints",
                description: "What a job kept, the three best by validation reward.",
                effect: Effect::Read,
                sets: &["core"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Up to 100.\"},\"after\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The `next` of the page before.\"},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 1000 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"checkpoints\"],\"properties\":{\"checkpoints\":{\"type\":\"array\",\"description\":\"Each with id, step, model (the name to call it by), created_at and metrics.\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"model\":{\"type\":\"string\",\"description\":\"Name to call it by.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"metrics\":{\"type\":\"object\"}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"},\"truncated\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/after",
                        "/properties/job_id",
                        "/properties/limit",
                    ],
                    output: &["/properties/checkpoints"],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListCheckpointsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                                Segment::Literal("/checkpoints"),
                            ],
                            query: &[
                                (
                                    "limit",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("limit")],
                                    }),
                                ),
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("after")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "checkpoints",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "step",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("step_number")],
                                                }),
                                            ),
                                            (
                                                "model",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("fine_tuned_model_checkpoint")],
                                                }),
                                            ),
                                            (
                                                "created_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                            (
                                                "metrics",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("metrics")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                            (
                                "has_more",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("has_more")],
                                }),
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "after",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                        },
                        more: Some(Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("has_more")],
                        }),
                        max_pages: 20,
                        max_items: 1000,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "list_checkpoint_permissions",
                title: "List who may use a checkpoint",
                description: "The projects that a checkpoint is shared with. Needs an administrator's key.",
                effect: Effect::Read,
                sets: &["admin"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"checkpoint\"],\"properties\":{\"checkpoint\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The checkpoint's model name, as list_checkpoints shows it.\"},\"project_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Only this project's.\"},\"order\":{\"type\":\"string\",\"enum\":[\"ascending\",\"descending\"],\"description\":\"By time; descending when absent.\"},\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Up to 100.\"},\"after\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The `next` of the page before.\"},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 1000 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"permissions\"],\"properties\":{\"permissions\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"permission_id\"],\"properties\":{\"permission_id\":{\"type\":\"string\"},\"project_id\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"},\"truncated\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/after", "/properties/limit"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListCheckpointPermissionsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/fine_tuning/checkpoints/"),
                                Segment::Param("checkpoint"),
                                Segment::Literal("/permissions"),
                            ],
                            query: &[
                                (
                                    "project_id",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("project_id")],
                                    }),
                                ),
                                (
                                    "order",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("order")],
                                    }),
                                ),
                                (
                                    "limit",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("limit")],
                                    }),
                                ),
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("after")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: Some("admin"),
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "permissions",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "permission_id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "project_id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("project_id")],
                                                }),
                                            ),
                                            (
                                                "created_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                            (
                                "has_more",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("has_more")],
                                }),
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "after",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                        },
                        more: Some(Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("has_more")],
                        }),
                        max_pages: 20,
                        max_items: 1000,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "create_checkpoint_permissions",
                title: "Share a checkpoint",
                description: "Lets projects of the organisation use a checkpoint as a model. Needs an administrator's key.",
                effect: Effect::Write,
                sets: &["admin"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"checkpoint\",\"project_ids\"],\"properties\":{\"checkpoint\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The checkpoint's model name, as list_checkpoints shows it.\"},\"project_ids\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"string\",\"minLength\":1},\"description\":\"Ids of the projects (proj_…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"permissions\"],\"properties\":{\"permissions\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"permission_id\"],\"properties\":{\"permission_id\":{\"type\":\"string\"},\"project_id\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::CreateCheckpointPermissionsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/fine_tuning/checkpoints/"),
                                Segment::Param("checkpoint"),
                                Segment::Literal("/permissions"),
                            ],
                            query: &[],
                            headers: &[],
                            key: Some("admin"),
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "project_ids",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("project_ids")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "permissions",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "permission_id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "project_id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("project_id")],
                                                }),
                                            ),
                                            (
                                                "created_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "delete_checkpoint_permission",
                title: "Stop sharing a checkpoint",
                description: "Takes a project's permission to use a checkpoint away. Needs an administrator's key.",
                effect: Effect::Destructive,
                sets: &["admin"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"checkpoint\",\"permission_id\"],\"properties\":{\"checkpoint\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The checkpoint's model name, as list_checkpoints shows it.\"},\"permission_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"From list_checkpoint_permissions.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"permission_id\",\"deleted\"],\"properties\":{\"permission_id\":{\"type\":\"string\"},\"deleted\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::DeleteCheckpointPermissionInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Delete,
                            path: &[
                                Segment::Literal("/fine_tuning/checkpoints/"),
                                Segment::Param("checkpoint"),
                                Segment::Literal("/permissions/"),
                                Segment::Param("permission_id"),
                            ],
                            query: &[],
                            headers: &[],
                            key: Some("admin"),
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "permission_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "deleted",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("deleted")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "list_files",
                title: "List files",
                description: "Uploaded files and results of jobs, newest first.",
                effect: Effect::Read,
                sets: &["data"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"purpose\":{\"type\":\"string\",\"description\":\"Only these: fine-tune for data, fine-tune-results for what jobs made.\"},\"order\":{\"type\":\"string\",\"enum\":[\"asc\",\"desc\"],\"description\":\"asc has the oldest first.\"},\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Up to 100.\"},\"after\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The `next` of the page before.\"},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 1000 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"files\"],\"properties\":{\"files\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"file_id\"],\"properties\":{\"file_id\":{\"type\":\"string\"},\"filename\":{\"type\":\"string\"},\"bytes\":{\"type\":\"integer\"},\"purpose\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"expires_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"},\"truncated\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/after", "/properties/limit"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListFilesInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/files")],
                            query: &[
                                (
                                    "purpose",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("purpose")],
                                    }),
                                ),
                                (
                                    "order",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("order")],
                                    }),
                                ),
                                (
                                    "limit",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("limit")],
                                    }),
                                ),
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("after")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "files",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "file_id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "filename",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("filename")],
                                                }),
                                            ),
                                            (
                                                "bytes",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("bytes")],
                                                }),
                                            ),
                                            (
                                                "purpose",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("purpose")],
                                                }),
                                            ),
                                            (
                                                "status",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("status")],
                                                }),
                                            ),
                                            (
                                                "created_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                            (
                                                "expires_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("expires_at")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                            (
                                "has_more",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("has_more")],
                                }),
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "after",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                        },
                        more: Some(Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("has_more")],
                        }),
                        max_pages: 20,
                        max_items: 1000,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "get_file",
                title: "Look at a file",
                description: "Name, size and purpose of one file, not its content.",
                effect: Effect::Read,
                sets: &["data"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"file_id\"],\"properties\":{\"file_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the file (file-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"file_id\"],\"properties\":{\"file_id\":{\"type\":\"string\"},\"filename\":{\"type\":\"string\"},\"bytes\":{\"type\":\"integer\"},\"purpose\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"expires_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::GetFileInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/files/"),
                                Segment::Param("file_id"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "file_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "filename",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("filename")],
                                }),
                            ),
                            (
                                "bytes",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("bytes")],
                                }),
                            ),
                            (
                                "purpose",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("purpose")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                            (
                                "created_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("created_at")],
                                }),
                            ),
                            (
                                "expires_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("expires_at")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "delete_file",
                title: "Delete a file",
                description: "Removes a file for good. Jobs that already started with it go on.",
                effect: Effect::Destructive,
                sets: &["data"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"file_id\"],\"properties\":{\"file_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the file (file-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"file_id\",\"deleted\"],\"properties\":{\"file_id\":{\"type\":\"string\"},\"deleted\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Delete the file "),
                            Bit::Argument("file_id"),
                            Bit::Literal(" for good?"),
                        ],
                        estimate: None,
                        unasked: Unasked::Allow,
                    },
                ),
                audit: &["file_id"],
                task: None,
                typed: typed::<types::DeleteFileInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Delete,
                            path: &[
                                Segment::Literal("/files/"),
                                Segment::Param("file_id"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "file_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "deleted",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("deleted")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "upload_file",
                title: "Upload a file",
                description: "Uploads JSONL to train on, from a local path or given as text, and returns its file_id for start_job. A file that is too large for a request goes in parts; after a failure the same call sends only those that are missing.",
                effect: Effect::Write,
                sets: &["data"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file; this or content.\"},\"content\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The lines themselves, when they are few.\"},\"filename\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Default is the path's.\"},\"purpose\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Default fine-tune.\"},\"expires_after\":{\"type\":\"object\",\"description\":\"When it is deleted by itself.\",\"additionalProperties\":false,\"required\":[\"anchor\",\"seconds\"],\"properties\":{\"anchor\":{\"type\":\"string\",\"enum\":[\"created_at\"]},\"seconds\":{\"type\":\"integer\",\"minimum\":3600,\"maximum\":2592000}}}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"file_id\"],\"properties\":{\"file_id\":{\"type\":\"string\"},\"filename\":{\"type\":\"string\"},\"bytes\":{\"type\":\"integer\"},\"purpose\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"expires_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds {
                    timeout_seconds: Some(1800),
                    retry: None,
                    result_bytes: None,
                },
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: Some(
                    &TaskSpec {
                        required: false,
                        after_seconds: 10,
                        ttl_seconds: 3600,
                        poll_seconds: 2,
                    },
                ),
                typed: typed::<types::UploadFileInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[Segment::Literal("/files")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            upload: Some(UploadSpec {
                                fields: &[
                                    (
                                        "purpose",
                                        Template::First(
                                            &[
                                                Template::Take(Place {
                                                    root: Root::Input,
                                                    path: &[Step::Key("purpose")],
                                                }),
                                                Template::Text("fine-tune"),
                                            ],
                                        ),
                                    ),
                                    (
                                        "expires_after",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("expires_after")],
                                        }),
                                    ),
                                ],
                                types: &[],
                                files: &[
                                    FileSpec {
                                        part: "file",
                                        each: None,
                                        optional: false,
                                        filename: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("filename")],
                                            }),
                                        ),
                                        unnamed: "data.jsonl",
                                        media_type: Some("application/jsonl"),
                                        text: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("content")],
                                            }),
                                        ),
                                        base64: None,
                                        path: Some(
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("path")],
                                            }),
                                        ),
                                        max_bytes: 536870912,
                                        most: Some(
                                            Template::Take(Place {
                                                root: Root::Provider,
                                                path: &[Step::Key("file_bytes")],
                                            }),
                                        ),
                                        larger: Some(|input, context| native(
                                            input,
                                            context,
                                            H::upload_in_parts,
                                        )),
                                    },
                                ],
                                raw: false,
                            }),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "file_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "filename",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("filename")],
                                }),
                            ),
                            (
                                "bytes",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("bytes")],
                                }),
                            ),
                            (
                                "purpose",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("purpose")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                            (
                                "created_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("created_at")],
                                }),
                            ),
                            (
                                "expires_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("expires_at")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "download_file",
                title: "Read a file",
                description: "The content of a file: data, or a job's results. As text up to 64 KB at a time (go on with offset), or written to a new local file with path.",
                effect: Effect::Read,
                sets: &["data"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"file_id\"],\"properties\":{\"file_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Local file to make.\"},\"offset\":{\"type\":\"integer\",\"minimum\":0,\"description\":\"Bytes to skip; the `next` of the call before.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"},\"path\":{\"type\":\"string\",\"description\":\"Where it was written.\"},\"bytes\":{\"type\":\"integer\",\"description\":\"Size of the whole file.\"},\"truncated\":{\"type\":\"boolean\"},\"next\":{\"type\":\"integer\",\"description\":\"Pass as offset for what follows.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds {
                    timeout_seconds: Some(1800),
                    retry: None,
                    result_bytes: None,
                },
                brief: Brief {
                    input: &["/properties/file_id"],
                    output: &[],
                },
                confirm: None,
                audit: &["file_id", "path"],
                task: None,
                typed: typed::<types::DownloadFileInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/files/"),
                                Segment::Param("file_id"),
                                Segment::Literal("/content"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            download: Some(DownloadSpec {
                                path: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("path")],
                                    }),
                                ),
                                overwrite: None,
                                offset: Some(
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("offset")],
                                    }),
                                ),
                                inline_bytes: 65536,
                                file_bytes: 4294967296,
                                base64: false,
                            }),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "text",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("text")],
                                }),
                            ),
                            (
                                "path",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("path")],
                                }),
                            ),
                            (
                                "bytes",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("bytes")],
                                }),
                            ),
                            (
                                "truncated",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("truncated")],
                                }),
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("next")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "validate_grader",
                title: "Check a grader",
                description: "Says whether the provider accepts a grader: its structure, its templates and its formula. It runs nothing; run_grader shows what it scores.",
                effect: Effect::Read,
                sets: &["graders"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"grader\"],\"properties\":{\"grader\":{\"description\":\"Scores each answer. Templates: {{ item.key }} from the data line, {{ sample.output_text }}, and {{ sample.output_json.key }} (needs response_schema).\",\"anyOf\":[{\"type\":\"object\",\"description\":\"1 when the comparison holds, else 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"operation\"],\"properties\":{\"type\":{\"const\":\"string_check\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"operation\":{\"type\":\"string\",\"enum\":[\"eq\",\"ne\",\"like\",\"ilike\"]}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"evaluation_metric\"],\"properties\":{\"type\":{\"const\":\"text_similarity\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"evaluation_metric\":{\"type\":\"string\",\"description\":\"fuzzy_match, bleu, gleu, meteor, rouge_1 to rouge_5 or rouge_l\",\"enum\":[\"fuzzy_match\",\"bleu\",\"gleu\",\"meteor\",\"rouge_1\",\"rouge_2\",\"rouge_3\",\"rouge_4\",\"rouge_5\",\"rouge_l\"]},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A model's score, cut to range (default 0 to 1).\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"model\",\"input\"],\"properties\":{\"type\":{\"const\":\"score_model\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"model\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"array\",\"description\":\"Messages for the model: [{role, content}], with templates.\",\"minItems\":1,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"role\",\"content\"],\"properties\":{\"role\":{\"type\":\"string\",\"enum\":[\"system\",\"developer\",\"user\",\"assistant\"]},\"content\":{\"type\":\"string\"}}}},\"range\":{\"type\":\"array\",\"description\":\"[lowest, highest]\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"number\"}},\"pass_threshold\":{\"type\":\"number\"},\"sampling_params\":{\"type\":\"object\",\"description\":\"seed, top_p, temperature, max_completions_tokens, reasoning_effort\"}}},{\"type\":\"object\",\"description\":\"grade(sample, item); an exception counts as 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"source\"],\"properties\":{\"type\":{\"const\":\"python\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"source\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":262143},\"image_tag\":{\"type\":\"string\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"Graders joined by a formula over their keys.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"graders\",\"calculate_output\"],\"properties\":{\"type\":{\"const\":\"multi\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"graders\":{\"type\":\"object\",\"description\":\"Map from variable name to a grader that is not multi.\",\"minProperties\":1,\"additionalProperties\":{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"type\":\"string\",\"enum\":[\"string_check\",\"text_similarity\",\"score_model\",\"python\",\"endpoint\"]}}}},\"calculate_output\":{\"type\":\"string\",\"minLength\":1,\"description\":\"+ - * / ^ and min max abs floor ceil exp sqrt log\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A server of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"url\"],\"properties\":{\"type\":{\"const\":\"endpoint\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"url\":{\"type\":\"string\",\"minLength\":1},\"headers\":{\"type\":\"object\",\"description\":\"Name to text.\",\"additionalProperties\":{\"type\":\"string\"}},\"pass_threshold\":{\"type\":\"number\"},\"rate_limit\":{\"type\":\"integer\",\"description\":\"Calls at once.\",\"minimum\":1,\"maximum\":2147483647}}},{\"type\":\"object\",\"description\":\"A function of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"lambda\"],\"properties\":{\"type\":{\"const\":\"lambda\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"lambda\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"function\"],\"properties\":{\"function\":{\"type\":\"string\",\"minLength\":1,\"description\":\"ARN of the function.\"}}}}}]}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"valid\"],\"properties\":{\"valid\":{\"type\":\"boolean\",\"description\":\"Always true; a grader that is not accepted is an error that says why.\"},\"grader\":{\"type\":\"object\",\"description\":\"The grader as the provider read it.\"}}}",
                ),
                instead: &[],
                features: &[
                    Feature {
                        name: "string_check_grader",
                        at: "/properties/grader/anyOf/0",
                    },
                    Feature {
                        name: "text_similarity_grader",
                        at: "/properties/grader/anyOf/1",
                    },
                    Feature {
                        name: "score_model_grader",
                        at: "/properties/grader/anyOf/2",
                    },
                    Feature {
                        name: "python_grader",
                        at: "/properties/grader/anyOf/3",
                    },
                    Feature {
                        name: "multi_grader",
                        at: "/properties/grader/anyOf/4",
                    },
                    Feature {
                        name: "endpoint_grader",
                        at: "/properties/grader/anyOf/5",
                    },
                    Feature {
                        name: "lambda_grader",
                        at: "/properties/grader/anyOf/6",
                    },
                ],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/grader/anyOf/1/properties/evaluation_metric",
                        "/properties/grader/anyOf/2/properties/input",
                        "/properties/grader/anyOf/2/properties/range",
                        "/properties/grader/anyOf/4/properties/calculate_output",
                        "/properties/grader/anyOf/4/properties/graders",
                        "/properties/grader/anyOf/5/properties/headers",
                        "/properties/grader/anyOf/5/properties/rate_limit",
                        "/properties/grader/anyOf/6/properties/lambda/properties/function",
                    ],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ValidateGraderInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/fine_tuning/alpha/graders/validate"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "grader",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("grader")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            ("valid", Template::Bool(true)),
                            (
                                "grader",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("grader")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "run_grader",
                title: "Run a grader on one answer",
                description: "Scores one answer as a job would. Errors are in the result, with a reward of 0: a grader that fails on every answer teaches nothing, so try good and bad answers. A model's tokens are billed.",
                effect: Effect::Costly,
                sets: &["graders"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"grader\",\"model_sample\"],\"properties\":{\"grader\":{\"description\":\"Scores each answer. Templates: {{ item.key }} from the data line, {{ sample.output_text }}, and {{ sample.output_json.key }} (needs response_schema).\",\"anyOf\":[{\"type\":\"object\",\"description\":\"1 when the comparison holds, else 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"operation\"],\"properties\":{\"type\":{\"const\":\"string_check\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"operation\":{\"type\":\"string\",\"enum\":[\"eq\",\"ne\",\"like\",\"ilike\"]}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"evaluation_metric\"],\"properties\":{\"type\":{\"const\":\"text_similarity\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"evaluation_metric\":{\"type\":\"string\",\"description\":\"fuzzy_match, bleu, gleu, meteor, rouge_1 to rouge_5 or rouge_l\",\"enum\":[\"fuzzy_match\",\"bleu\",\"gleu\",\"meteor\",\"rouge_1\",\"rouge_2\",\"rouge_3\",\"rouge_4\",\"rouge_5\",\"rouge_l\"]},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A model's score, cut to range (default 0 to 1).\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"model\",\"input\"],\"properties\":{\"type\":{\"const\":\"score_model\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"model\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"array\",\"description\":\"Messages for the model: [{role, content}], with templates.\",\"minItems\":1,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"role\",\"content\"],\"properties\":{\"role\":{\"type\":\"string\",\"enum\":[\"system\",\"developer\",\"user\",\"assistant\"]},\"content\":{\"type\":\"string\"}}}},\"range\":{\"type\":\"array\",\"description\":\"[lowest, highest]\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"number\"}},\"pass_threshold\":{\"type\":\"number\"},\"sampling_params\":{\"type\":\"object\",\"description\":\"seed, top_p, temperature, max_completions_tokens, reasoning_effort\"}}},{\"type\":\"object\",\"description\":\"grade(sample, item); an exception counts as 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"source\"],\"properties\":{\"type\":{\"const\":\"python\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"source\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":262143},\"image_tag\":{\"type\":\"string\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"Graders joined by a formula over their keys.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"graders\",\"calculate_output\"],\"properties\":{\"type\":{\"const\":\"multi\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"graders\":{\"type\":\"object\",\"description\":\"Map from variable name to a grader that is not multi.\",\"minProperties\":1,\"additionalProperties\":{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"type\":\"string\",\"enum\":[\"string_check\",\"text_similarity\",\"score_model\",\"python\",\"endpoint\"]}}}},\"calculate_output\":{\"type\":\"string\",\"minLength\":1,\"description\":\"+ - * / ^ and min max abs floor ceil exp sqrt log\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A server of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"url\"],\"properties\":{\"type\":{\"const\":\"endpoint\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"url\":{\"type\":\"string\",\"minLength\":1},\"headers\":{\"type\":\"object\",\"description\":\"Name to text.\",\"additionalProperties\":{\"type\":\"string\"}},\"pass_threshold\":{\"type\":\"number\"},\"rate_limit\":{\"type\":\"integer\",\"description\":\"Calls at once.\",\"minimum\":1,\"maximum\":2147483647}}},{\"type\":\"object\",\"description\":\"A function of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"lambda\"],\"properties\":{\"type\":{\"const\":\"lambda\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"lambda\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"function\"],\"properties\":{\"function\":{\"type\":\"string\",\"minLength\":1,\"description\":\"ARN of the function.\"}}}}}]},\"model_sample\":{\"type\":\"string\",\"description\":\"The answer to score, as sample.output_text; JSON text gives sample.output_json too.\"},\"example\":{\"type\":\"object\",\"description\":\"A line of the data, which the grader's templates take as item.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"reward\"],\"properties\":{\"reward\":{\"type\":\"number\"},\"sub_rewards\":{\"type\":\"object\",\"description\":\"Reward of each grader of a multi grader.\"},\"errors\":{\"type\":\"object\",\"description\":\"What went wrong; true or a text where something did.\"},\"seconds\":{\"type\":\"number\"},\"token_usage\":{\"type\":\"object\",\"description\":\"Tokens of each model that graded.\"},\"simulated\":{\"type\":\"string\",\"description\":\"What of this is made up.\"}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "item",
                        help: "use example",
                    },
                    Instead {
                        within: "",
                        name: "reference_answer",
                        help: "put it into example, which templates take as item: {reference_answer: …}",
                    },
                ],
                features: &[
                    Feature {
                        name: "string_check_grader",
                        at: "/properties/grader/anyOf/0",
                    },
                    Feature {
                        name: "text_similarity_grader",
                        at: "/properties/grader/anyOf/1",
                    },
                    Feature {
                        name: "score_model_grader",
                        at: "/properties/grader/anyOf/2",
                    },
                    Feature {
                        name: "python_grader",
                        at: "/properties/grader/anyOf/3",
                    },
                    Feature {
                        name: "multi_grader",
                        at: "/properties/grader/anyOf/4",
                    },
                    Feature {
                        name: "endpoint_grader",
                        at: "/properties/grader/anyOf/5",
                    },
                    Feature {
                        name: "lambda_grader",
                        at: "/properties/grader/anyOf/6",
                    },
                ],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/grader/anyOf/1/properties/evaluation_metric",
                        "/properties/grader/anyOf/2/properties/input",
                        "/properties/grader/anyOf/2/properties/range",
                        "/properties/grader/anyOf/4/properties/calculate_output",
                        "/properties/grader/anyOf/4/properties/graders",
                        "/properties/grader/anyOf/5/properties/headers",
                        "/properties/grader/anyOf/5/properties/rate_limit",
                        "/properties/grader/anyOf/6/properties/lambda/properties/function",
                    ],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::RunGraderInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[Segment::Literal("/fine_tuning/alpha/graders/run")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "grader",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("grader")],
                                            }),
                                        ),
                                        (
                                            "model_sample",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("model_sample")],
                                            }),
                                        ),
                                        (
                                            "item",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("example")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "reward",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("reward")],
                                }),
                            ),
                            (
                                "sub_rewards",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("sub_rewards")],
                                }),
                            ),
                            (
                                "errors",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("metadata"), Step::Key("errors")],
                                }),
                            ),
                            (
                                "seconds",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("metadata"), Step::Key("execution_time")],
                                }),
                            ),
                            (
                                "token_usage",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("model_grader_token_usage_per_model")],
                                }),
                            ),
                            (
                                "simulated",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("metadata"), Step::Key("simulated")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "validate_dataset",
                title: "Check training data",
                description: "Checks JSONL data by every rule of fine-tuning before a job does: messages, roles, sizes, counts, the keys a grader needs, examples that are in both files. Names lines and how to mend them.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"training_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"training_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"training_text\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":4000000,\"description\":\"The lines themselves (JSONL).\"},\"validation_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"validation_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"validation_text\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":4000000,\"description\":\"The lines themselves (JSONL).\"},\"grader\":{\"type\":\"object\",\"description\":\"A grader; every line must have the keys its templates take.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"valid\",\"verdict\"],\"properties\":{\"valid\":{\"type\":\"boolean\",\"description\":\"Whether nothing is an error.\"},\"verdict\":{\"type\":\"string\"},\"training\":{\"type\":\"object\",\"required\":[\"examples\",\"valid_examples\",\"bytes\",\"problems\"],\"properties\":{\"examples\":{\"type\":\"integer\"},\"valid_examples\":{\"type\":\"integer\"},\"lines\":{\"type\":\"integer\"},\"bytes\":{\"type\":\"integer\"},\"tokens\":{\"type\":\"object\",\"description\":\"Of the prompts, estimated at four characters a token.\",\"properties\":{\"total\":{\"type\":\"integer\"},\"mean\":{\"type\":\"integer\"},\"median\":{\"type\":\"integer\"},\"p95\":{\"type\":\"integer\"},\"max\":{\"type\":\"integer\"}}},\"keys\":{\"type\":\"array\",\"description\":\"What stands beside messages, for graders as item.NAME.\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"},\"kinds\":{\"type\":\"string\"}}}},\"problems\":{\"type\":\"array\",\"description\":\"The worst first.\",\"items\":{\"type\":\"object\",\"required\":[\"code\",\"level\",\"message\",\"help\"],\"properties\":{\"code\":{\"type\":\"string\"},\"level\":{\"type\":\"string\",\"description\":\"error, warning or note.\"},\"message\":{\"type\":\"string\"},\"help\":{\"type\":\"string\",\"description\":\"How to mend it.\"},\"at\":{\"type\":\"string\",\"description\":\"JSON Pointer in the grader.\"},\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"description\":\"The first lines, counted from 1.\"},\"count\":{\"type\":\"integer\"}}}}}},\"validation\":{\"type\":\"object\",\"required\":[\"examples\",\"valid_examples\",\"bytes\",\"problems\"],\"properties\":{\"examples\":{\"type\":\"integer\"},\"valid_examples\":{\"type\":\"integer\"},\"lines\":{\"type\":\"integer\"},\"bytes\":{\"type\":\"integer\"},\"tokens\":{\"type\":\"object\",\"description\":\"Of the prompts, estimated at four characters a token.\",\"properties\":{\"total\":{\"type\":\"integer\"},\"mean\":{\"type\":\"integer\"},\"median\":{\"type\":\"integer\"},\"p95\":{\"type\":\"integer\"},\"max\":{\"type\":\"integer\"}}},\"keys\":{\"type\":\"array\",\"description\":\"What stands beside messages, for graders as item.NAME.\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"},\"kinds\":{\"type\":\"string\"}}}},\"problems\":{\"type\":\"array\",\"description\":\"The worst first.\",\"items\":{\"type\":\"object\",\"required\":[\"code\",\"level\",\"message\",\"help\"],\"properties\":{\"code\":{\"type\":\"string\"},\"level\":{\"type\":\"string\",\"description\":\"error, warning or note.\"},\"message\":{\"type\":\"string\"},\"help\":{\"type\":\"string\",\"description\":\"How to mend it.\"},\"at\":{\"type\":\"string\",\"description\":\"JSON Pointer in the grader.\"},\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"description\":\"The first lines, counted from 1.\"},\"count\":{\"type\":\"integer\"}}}}}},\"overlap\":{\"type\":\"object\",\"description\":\"Examples that are in both files.\",\"properties\":{\"count\":{\"type\":\"integer\"},\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"training\":{\"type\":\"integer\"},\"validation\":{\"type\":\"integer\"}}}}}}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "file_id",
                        help: "use training_file, or validation_file",
                    },
                    Instead {
                        within: "",
                        name: "text",
                        help: "use training_text, or validation_text",
                    },
                    Instead {
                        within: "",
                        name: "path",
                        help: "use training_path, or validation_path",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/training_file", "/properties/validation_file"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ValidateDatasetInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::validate_dataset,
                )),
            },
            ToolSpec {
                name: "lint_grader",
                title: "Check a grader without running it",
                description: "Finds what is wrong with a grader before a provider sees it, all at once: structure, templates against the keys of the data, the formula, what silently scores 0. calibrate_grader then tries it.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"grader\"],\"properties\":{\"grader\":{\"type\":\"object\",\"description\":\"The grader, right or wrong.\"},\"training_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"training_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"training_text\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":4000000,\"description\":\"The lines themselves (JSONL).\"},\"response_schema\":{\"type\":\"object\",\"description\":\"JSON Schema of the answers.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"valid\",\"problems\"],\"properties\":{\"valid\":{\"type\":\"boolean\",\"description\":\"Whether nothing is an error.\"},\"problems\":{\"type\":\"array\",\"description\":\"The worst first.\",\"items\":{\"type\":\"object\",\"required\":[\"code\",\"level\",\"message\",\"help\"],\"properties\":{\"code\":{\"type\":\"string\"},\"level\":{\"type\":\"string\",\"description\":\"error, warning or note.\"},\"message\":{\"type\":\"string\"},\"help\":{\"type\":\"string\",\"description\":\"How to mend it.\"},\"at\":{\"type\":\"string\",\"description\":\"JSON Pointer in the grader.\"},\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"description\":\"The first lines, counted from 1.\"},\"count\":{\"type\":\"integer\"}}}},\"range\":{\"type\":\"object\",\"description\":\"Between which values the reward lies.\",\"properties\":{\"low\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"}}},\"needs\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":\"Keys that every line of the data must have.\"},\"uses_output_json\":{\"type\":\"boolean\",\"description\":\"Whether it reads answers as JSON, which needs response_schema.\"},\"asks_model\":{\"type\":\"boolean\",\"description\":\"Whether it asks a model, whose tokens are billed.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/training_file"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::LintGraderInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::lint_grader,
                )),
            },
            ToolSpec {
                name: "calibrate_grader",
                title: "Try a grader on some rows",
                description: "Runs a grader on given answers, or on answers that a model gives to rows of the data, and says how the rewards lie, what went wrong, and whether there is anything to learn. Tokens of models are billed.",
                effect: Effect::Costly,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"grader\"],\"properties\":{\"grader\":{\"description\":\"Scores each answer. Templates: {{ item.key }} from the data line, {{ sample.output_text }}, and {{ sample.output_json.key }} (needs response_schema).\",\"anyOf\":[{\"type\":\"object\",\"description\":\"1 when the comparison holds, else 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"operation\"],\"properties\":{\"type\":{\"const\":\"string_check\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"operation\":{\"type\":\"string\",\"enum\":[\"eq\",\"ne\",\"like\",\"ilike\"]}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"evaluation_metric\"],\"properties\":{\"type\":{\"const\":\"text_similarity\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"evaluation_metric\":{\"type\":\"string\",\"description\":\"fuzzy_match, bleu, gleu, meteor, rouge_1 to rouge_5 or rouge_l\",\"enum\":[\"fuzzy_match\",\"bleu\",\"gleu\",\"meteor\",\"rouge_1\",\"rouge_2\",\"rouge_3\",\"rouge_4\",\"rouge_5\",\"rouge_l\"]},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A model's score, cut to range (default 0 to 1).\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"model\",\"input\"],\"properties\":{\"type\":{\"const\":\"score_model\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"model\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"array\",\"description\":\"Messages for the model: [{role, content}], with templates.\",\"minItems\":1,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"role\",\"content\"],\"properties\":{\"role\":{\"type\":\"string\",\"enum\":[\"system\",\"developer\",\"user\",\"assistant\"]},\"content\":{\"type\":\"string\"}}}},\"range\":{\"type\":\"array\",\"description\":\"[lowest, highest]\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"number\"}},\"pass_threshold\":{\"type\":\"number\"},\"sampling_params\":{\"type\":\"object\",\"description\":\"seed, top_p, temperature, max_completions_tokens, reasoning_effort\"}}},{\"type\":\"object\",\"description\":\"grade(sample, item); an exception counts as 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"source\"],\"properties\":{\"type\":{\"const\":\"python\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"source\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":262143},\"image_tag\":{\"type\":\"string\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"Graders joined by a formula over their keys.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"graders\",\"calculate_output\"],\"properties\":{\"type\":{\"const\":\"multi\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"graders\":{\"type\":\"object\",\"description\":\"Map from variable name to a grader that is not multi.\",\"minProperties\":1,\"additionalProperties\":{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"type\":\"string\",\"enum\":[\"string_check\",\"text_similarity\",\"score_model\",\"python\",\"endpoint\"]}}}},\"calculate_output\":{\"type\":\"string\",\"minLength\":1,\"description\":\"+ - * / ^ and min max abs floor ceil exp sqrt log\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A server of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"url\"],\"properties\":{\"type\":{\"const\":\"endpoint\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"url\":{\"type\":\"string\",\"minLength\":1},\"headers\":{\"type\":\"object\",\"description\":\"Name to text.\",\"additionalProperties\":{\"type\":\"string\"}},\"pass_threshold\":{\"type\":\"number\"},\"rate_limit\":{\"type\":\"integer\",\"description\":\"Calls at once.\",\"minimum\":1,\"maximum\":2147483647}}},{\"type\":\"object\",\"description\":\"A function of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"lambda\"],\"properties\":{\"type\":{\"const\":\"lambda\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"lambda\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"function\"],\"properties\":{\"function\":{\"type\":\"string\",\"minLength\":1,\"description\":\"ARN of the function.\"}}}}}]},\"answers\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":50,\"description\":\"Answers to grade; else a model is asked for them.\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"answer\"],\"properties\":{\"answer\":{\"type\":\"string\"},\"example\":{\"type\":\"object\",\"description\":\"The line it answers, which templates take as item.\"}}}},\"training_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"training_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"training_text\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":4000000,\"description\":\"The lines themselves (JSONL).\"},\"rows\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":50,\"description\":\"How many rows to ask about (default 10).\"},\"model\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Model to ask; the provider's default when absent.\"},\"response_schema\":{\"type\":\"object\",\"description\":\"JSON Schema of the answers.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"graded\",\"failed\",\"signal\",\"verdict\"],\"properties\":{\"verdict\":{\"type\":\"string\"},\"signal\":{\"type\":\"string\",\"description\":\"good, none, too_low, too_high, errors or unknown.\"},\"graded\":{\"type\":\"integer\"},\"failed\":{\"type\":\"integer\",\"description\":\"Rows without a reward.\"},\"failure\":{\"type\":\"string\",\"description\":\"Why the first of those has none.\"},\"rewards\":{\"type\":\"object\",\"properties\":{\"min\":{\"type\":\"number\"},\"mean\":{\"type\":\"number\"},\"median\":{\"type\":\"number\"},\"max\":{\"type\":\"number\"},\"deviation\":{\"type\":\"number\"},\"histogram\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"description\":\"Counts in ten parts of the grader's range.\"}}},\"graders\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"mean\":{\"type\":\"number\"},\"min\":{\"type\":\"number\"},\"max\":{\"type\":\"number\"}}}},\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"error\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"},\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"details\":{\"type\":\"string\"},\"help\":{\"type\":\"string\"}}}},\"seconds\":{\"type\":\"number\",\"description\":\"A grading took.\"},\"tokens\":{\"type\":\"number\",\"description\":\"A grading used of models.\"}}}",
                ),
                instead: &[],
                features: &[
                    Feature {
                        name: "string_check_grader",
                        at: "/properties/grader/anyOf/0",
                    },
                    Feature {
                        name: "text_similarity_grader",
                        at: "/properties/grader/anyOf/1",
                    },
                    Feature {
                        name: "score_model_grader",
                        at: "/properties/grader/anyOf/2",
                    },
                    Feature {
                        name: "python_grader",
                        at: "/properties/grader/anyOf/3",
                    },
                    Feature {
                        name: "multi_grader",
                        at: "/properties/grader/anyOf/4",
                    },
                    Feature {
                        name: "endpoint_grader",
                        at: "/properties/grader/anyOf/5",
                    },
                    Feature {
                        name: "lambda_grader",
                        at: "/properties/grader/anyOf/6",
                    },
                ],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/grader/anyOf/1/properties/evaluation_metric",
                        "/properties/grader/anyOf/2/properties/input",
                        "/properties/grader/anyOf/2/properties/range",
                        "/properties/grader/anyOf/4/properties/calculate_output",
                        "/properties/grader/anyOf/4/properties/graders",
                        "/properties/grader/anyOf/5/properties/headers",
                        "/properties/grader/anyOf/5/properties/rate_limit",
                        "/properties/grader/anyOf/6/properties/lambda/properties/function",
                        "/properties/training_file",
                    ],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: Some(
                    &TaskSpec {
                        required: false,
                        after_seconds: 10,
                        ttl_seconds: 3600,
                        poll_seconds: 2,
                    },
                ),
                typed: typed::<types::CalibrateGraderInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::calibrate_grader,
                )),
            },
            ToolSpec {
                name: "preflight",
                title: "Check everything before a launch",
                description: "Goes through what makes jobs fail or cost too much before start_job: the model and its shutdown date, the provider, both files, the grader, the estimated cost. Each check says what to do.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"grader\"],\"properties\":{\"training_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"training_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"validation_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"validation_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"grader\":{\"type\":\"object\",\"description\":\"The grader, right or wrong.\"},\"base_model\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Model to train; the provider's default when absent.\"},\"response_schema\":{\"type\":\"object\",\"description\":\"JSON Schema of the answers.\"},\"hyperparameters\":{\"type\":\"object\",\"description\":\"Each a number or \\\"auto\\\": batch_size (1 to 256), n_epochs (1 to 50), learning_rate_multiplier, compute_multiplier (up to 10, raises cost), eval_interval (steps), eval_samples; reasoning_effort (default, low, medium, high).\",\"additionalProperties\":false,\"properties\":{\"batch_size\":{\"description\":\"Examples per batch.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":256}]},\"learning_rate_multiplier\":{\"description\":\"Factor on the provider's learning rate.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\",\"exclusiveMinimum\":0}]},\"n_epochs\":{\"description\":\"Passes over the training data.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":50}]},\"compute_multiplier\":{\"description\":\"Factor on exploration per example; raises cost.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\",\"exclusiveMinimum\":0.00001,\"maximum\":10}]},\"eval_interval\":{\"description\":\"Steps between validations.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]},\"eval_samples\":{\"description\":\"Samples per validation example.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]},\"reasoning_effort\":{\"type\":\"string\",\"enum\":[\"default\",\"low\",\"medium\",\"high\"]}}},\"budget_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"description\":\"Most that it may cost.\"},\"hourly_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"description\":\"Price of an hour of training, where it is not known here.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"ready\",\"checks\"],\"properties\":{\"ready\":{\"type\":\"boolean\",\"description\":\"Whether no check failed.\"},\"checks\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"check\",\"outcome\",\"message\"],\"properties\":{\"check\":{\"type\":\"string\"},\"outcome\":{\"type\":\"string\",\"description\":\"pass, warn or fail.\"},\"message\":{\"type\":\"string\"},\"help\":{\"type\":\"string\",\"description\":\"What to do.\"}}}},\"cost\":{\"type\":\"object\",\"required\":[\"basis\",\"assumptions\"],\"properties\":{\"steps\":{\"type\":\"integer\"},\"steps_done\":{\"type\":\"integer\"},\"hours\":{\"type\":\"object\",\"properties\":{\"low\":{\"type\":\"number\"},\"likely\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"}}},\"usd\":{\"type\":\"object\",\"properties\":{\"low\":{\"type\":\"number\"},\"likely\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"}}},\"usd_so_far\":{\"type\":\"number\"},\"basis\":{\"type\":\"string\",\"description\":\"Where the numbers come from.\"},\"assumptions\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"savings\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}}}",
                ),
                instead: &[
                    Instead {
                        within: "/hyperparameters",
                        name: "learning_rate",
                        help: "the API has no absolute learning rate; use learning_rate_multiplier, a factor on the provider's own rate (1 keeps it, 0.5 halves it)",
                    },
                    Instead {
                        within: "/hyperparameters",
                        name: "max_steps",
                        help: "steps follow from n_epochs × training examples ÷ batch_size; set n_epochs or batch_size",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/hyperparameters",
                        "/properties/training_file",
                        "/properties/validation_file",
                    ],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::PreflightInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::preflight,
                )),
            },
            ToolSpec {
                name: "estimate_cost",
                title: "Estimate what a job costs",
                description: "Hours and dollars of a job, from its own timing with job_id, else from the data and the hyperparameters (rough; better with like_job, a job whose steps are alike).",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"like_job\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a job to take the timing from.\"},\"training_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"training_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"validation_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"validation_path\":{\"type\":\"string\",\"minLength\":1,\"description\":\"A local JSONL file, instead of an uploaded one.\"},\"examples\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000000,\"description\":\"Training examples, instead of a file.\"},\"validation_examples\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000000,\"description\":\"Validation examples, instead of a file.\"},\"hyperparameters\":{\"type\":\"object\",\"description\":\"Each a number or \\\"auto\\\": batch_size (1 to 256), n_epochs (1 to 50), learning_rate_multiplier, compute_multiplier (up to 10, raises cost), eval_interval (steps), eval_samples; reasoning_effort (default, low, medium, high).\",\"additionalProperties\":false,\"properties\":{\"batch_size\":{\"description\":\"Examples per batch.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":256}]},\"learning_rate_multiplier\":{\"description\":\"Factor on the provider's learning rate.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\",\"exclusiveMinimum\":0}]},\"n_epochs\":{\"description\":\"Passes over the training data.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":50}]},\"compute_multiplier\":{\"description\":\"Factor on exploration per example; raises cost.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\",\"exclusiveMinimum\":0.00001,\"maximum\":10}]},\"eval_interval\":{\"description\":\"Steps between validations.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]},\"eval_samples\":{\"description\":\"Samples per validation example.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]},\"reasoning_effort\":{\"type\":\"string\",\"enum\":[\"default\",\"low\",\"medium\",\"high\"]}}},\"hourly_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"description\":\"Price of an hour of training; the provider's when it is known.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"basis\",\"assumptions\"],\"properties\":{\"steps\":{\"type\":\"integer\"},\"steps_done\":{\"type\":\"integer\"},\"hours\":{\"type\":\"object\",\"properties\":{\"low\":{\"type\":\"number\"},\"likely\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"}}},\"usd\":{\"type\":\"object\",\"properties\":{\"low\":{\"type\":\"number\"},\"likely\":{\"type\":\"number\"},\"high\":{\"type\":\"number\"}}},\"usd_so_far\":{\"type\":\"number\"},\"basis\":{\"type\":\"string\",\"description\":\"Where the numbers come from.\"},\"assumptions\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"savings\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}",
                ),
                instead: &[
                    Instead {
                        within: "/hyperparameters",
                        name: "learning_rate",
                        help: "the API has no absolute learning rate; use learning_rate_multiplier, a factor on the provider's own rate (1 keeps it, 0.5 halves it)",
                    },
                    Instead {
                        within: "/hyperparameters",
                        name: "max_steps",
                        help: "steps follow from n_epochs × training examples ÷ batch_size; set n_epochs or batch_size",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/hyperparameters",
                        "/properties/job_id",
                        "/properties/training_file",
                        "/properties/validation_file",
                    ],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::EstimateCostInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::estimate_cost,
                )),
            },
            ToolSpec {
                name: "get_reward_curve",
                title: "Look at a job's reward curve",
                description: "Training and validation reward of every step, of each grader too, with errors, tokens, and what they mean: trend, plateau, gap, alarms about reward hacking. As data, as text and, on demand, as a picture.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"points\":{\"type\":\"integer\",\"minimum\":2,\"maximum\":1000,\"description\":\"Most steps to return (default 100); the whole run is judged all the same.\"},\"picture\":{\"type\":\"boolean\",\"description\":\"Also draw it, as an image (SVG).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\",\"judgement\",\"curve\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"judgement\":{\"type\":\"object\",\"required\":[\"verdict\",\"alarms\"],\"properties\":{\"verdict\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"total_steps\":{\"type\":\"integer\"},\"evaluations\":{\"type\":\"integer\"},\"first_valid\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}},\"last_valid\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}},\"best_valid\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}},\"trend\":{\"type\":\"object\",\"properties\":{\"direction\":{\"type\":\"string\",\"description\":\"rising, flat, falling or unknown.\"},\"change\":{\"type\":\"number\"},\"evaluations\":{\"type\":\"integer\"}}},\"plateau\":{\"type\":\"boolean\"},\"gap\":{\"type\":\"number\",\"description\":\"Training minus validation reward, mean of the newest three evaluations; above 0.05 of the range watch, above 0.10 stop.\"},\"token_growth\":{\"type\":\"number\",\"description\":\"Tokens of an answer as a factor of those at the start.\"},\"alarms\":{\"type\":\"array\",\"description\":\"The worst first.\",\"items\":{\"type\":\"object\",\"required\":[\"code\",\"severity\",\"message\",\"help\"],\"properties\":{\"code\":{\"type\":\"string\"},\"severity\":{\"type\":\"string\",\"description\":\"stop, warn or note.\"},\"message\":{\"type\":\"string\"},\"help\":{\"type\":\"string\",\"description\":\"What to do.\"}}}}}},\"curve\":{\"type\":\"string\",\"description\":\"The curve drawn in characters.\"},\"steps\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"train_reward\":{\"type\":\"number\"},\"valid_reward\":{\"type\":\"number\"},\"reasoning_tokens\":{\"type\":\"number\"},\"valid_reasoning_tokens\":{\"type\":\"number\"},\"valid_parse_error\":{\"type\":\"number\"}}}},\"graders\":{\"type\":\"array\",\"description\":\"Each grader's rewards and errors; they are not averages of one another.\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"train\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}}},\"valid\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}}},\"errors\":{\"type\":\"object\",\"description\":\"Shares of the newest step.\"}}}},\"left_out\":{\"type\":\"integer\",\"description\":\"Steps that are not among those returned.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::GetRewardCurveInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::get_reward_curve,
                )),
            },
            ToolSpec {
                name: "rank_checkpoints",
                title: "Choose a checkpoint",
                description: "A job's checkpoints by validation reward, with the gap to the training reward, tokens and step, and which one to use and why.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"checkpoints\",\"reason\"],\"properties\":{\"recommended\":{\"type\":\"string\",\"description\":\"Name of the model to use.\"},\"reason\":{\"type\":\"string\"},\"checkpoints\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"rank\":{\"type\":\"integer\"},\"id\":{\"type\":\"string\"},\"model\":{\"type\":\"string\",\"description\":\"Name to call it by.\"},\"step\":{\"type\":\"integer\"},\"valid_reward\":{\"type\":\"number\"},\"train_reward\":{\"type\":\"number\"},\"gap\":{\"type\":\"number\"},\"tokens\":{\"type\":\"number\"},\"concerns\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::RankCheckpointsInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::rank_checkpoints,
                )),
            },
            ToolSpec {
                name: "compare_jobs",
                title: "Compare jobs",
                description: "Two to five jobs side by side: rewards, gap, tokens, hours, dollars, what was set differently, and which is best.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_ids\"],\"properties\":{\"job_ids\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":5,\"description\":\"Ids of the jobs to compare.\",\"items\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"}}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"jobs\",\"verdict\"],\"properties\":{\"verdict\":{\"type\":\"string\"},\"best\":{\"type\":\"string\",\"description\":\"Id of the best job.\"},\"warnings\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"differences\":{\"type\":\"object\",\"description\":\"What was set differently, a value for each job in order.\"},\"jobs\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"first_valid\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}},\"best_valid\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}},\"last_valid\":{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\"},\"reward\":{\"type\":\"number\"}}},\"gain\":{\"type\":\"number\"},\"gap\":{\"type\":\"number\"},\"token_growth\":{\"type\":\"number\"},\"hours\":{\"type\":\"number\"},\"usd\":{\"type\":\"number\"},\"alarms\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_ids/items"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::CompareJobsInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::compare_jobs,
                )),
            },
            ToolSpec {
                name: "explain_failure",
                title: "Explain why a job failed",
                description: "What ended a job, what the provider said, what its curve shows, and what to do next.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"status\",\"cause\",\"steps\"],\"properties\":{\"status\":{\"type\":\"string\"},\"cause\":{\"type\":\"string\"},\"known\":{\"type\":\"boolean\",\"description\":\"Whether this error is known; if not, read the evidence.\"},\"evidence\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"steps\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":\"What to do, in order.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ExplainFailureInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::explain_failure,
                )),
            },
            ToolSpec {
                name: "export_metrics",
                title: "Export metrics as CSV",
                description: "Every metric of every step of a job as CSV, those of each grader too.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"from_step\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000000,\"description\":\"Step to begin with; the `next` of the part before.\"},\"max_bytes\":{\"type\":\"integer\",\"minimum\":1000,\"maximum\":1000000,\"description\":\"Most bytes of CSV (default 100000).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"csv\",\"rows\"],\"properties\":{\"csv\":{\"type\":\"string\"},\"rows\":{\"type\":\"integer\"},\"columns\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"next\":{\"type\":\"integer\",\"description\":\"Pass as from_step for the next part, when there is one.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ExportMetricsInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::export_metrics,
                )),
            },
            ToolSpec {
                name: "wait_for_job",
                title: "Wait for a job",
                description: "Waits until a job ends, or until what is asked for: a status, a step, a validation reward. Comes back by itself after max_seconds (50 by default, since clients give up after 60); then call it again.",
                effect: Effect::Read,
                sets: &["insight"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"status\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"string\"},\"description\":\"Statuses to wake on, such as [running, paused].\"},\"step\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000000,\"description\":\"Step to wake on.\"},\"valid_reward\":{\"type\":\"number\",\"description\":\"Validation reward to wake on.\"},\"max_seconds\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":3600,\"description\":\"Longest wait (default 50).\"},\"poll_seconds\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":300,\"description\":\"Seconds between looks (default 5).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\",\"reached\",\"next\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"reached\":{\"type\":\"string\",\"description\":\"What woke it: ended, status, step, reward or time.\"},\"waited_seconds\":{\"type\":\"number\"},\"progress\":{\"type\":\"object\",\"description\":\"step, total_steps and fraction (0 to 1).\",\"properties\":{\"step\":{\"type\":\"integer\"},\"total_steps\":{\"type\":\"integer\"},\"fraction\":{\"type\":\"number\",\"description\":\"0 to 1.\"}}},\"metrics\":{\"type\":\"object\",\"description\":\"step, train_reward, valid_reward, valid_step, valid_parse_error, reasoning_tokens\",\"properties\":{\"step\":{\"type\":\"integer\"},\"train_reward\":{\"type\":\"number\"},\"valid_reward\":{\"type\":\"number\",\"description\":\"The newest there is.\"},\"valid_step\":{\"type\":\"integer\",\"description\":\"Step of valid_reward.\"},\"valid_parse_error\":{\"type\":\"number\"},\"reasoning_tokens\":{\"type\":\"number\"}}},\"next\":{\"type\":\"string\",\"description\":\"What to do now.\"}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "timeout",
                        help: "use max_seconds",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &["/properties/metrics", "/properties/progress"],
                },
                confirm: None,
                audit: &[],
                task: Some(
                    &TaskSpec {
                        required: false,
                        after_seconds: 5,
                        ttl_seconds: 7200,
                        poll_seconds: 5,
                    },
                ),
                typed: typed::<types::WaitForJobInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::wait_for_job,
                )),
            },
            ToolSpec {
                name: "start_job",
                title: "Start a training job",
                description: "Launches a paid RFT job (about $100 an hour) from two uploaded JSONL files and a grader. Repeat it with its launch_token only: that starts no second job.",
                effect: Effect::Costly,
                sets: &["core", "jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"training_file\",\"validation_file\",\"grader\"],\"properties\":{\"training_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"validation_file\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of a JSONL file (file-…).\"},\"grader\":{\"description\":\"Scores each answer. Templates: {{ item.key }} from the data line, {{ sample.output_text }}, and {{ sample.output_json.key }} (needs response_schema).\",\"anyOf\":[{\"type\":\"object\",\"description\":\"1 when the comparison holds, else 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"operation\"],\"properties\":{\"type\":{\"const\":\"string_check\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"operation\":{\"type\":\"string\",\"enum\":[\"eq\",\"ne\",\"like\",\"ilike\"]}}},{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"input\",\"reference\",\"evaluation_metric\"],\"properties\":{\"type\":{\"const\":\"text_similarity\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"string\"},\"reference\":{\"type\":\"string\"},\"evaluation_metric\":{\"type\":\"string\",\"description\":\"fuzzy_match, bleu, gleu, meteor, rouge_1 to rouge_5 or rouge_l\",\"enum\":[\"fuzzy_match\",\"bleu\",\"gleu\",\"meteor\",\"rouge_1\",\"rouge_2\",\"rouge_3\",\"rouge_4\",\"rouge_5\",\"rouge_l\"]},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A model's score, cut to range (default 0 to 1).\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"model\",\"input\"],\"properties\":{\"type\":{\"const\":\"score_model\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"model\":{\"type\":\"string\",\"minLength\":1},\"input\":{\"type\":\"array\",\"description\":\"Messages for the model: [{role, content}], with templates.\",\"minItems\":1,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"role\",\"content\"],\"properties\":{\"role\":{\"type\":\"string\",\"enum\":[\"system\",\"developer\",\"user\",\"assistant\"]},\"content\":{\"type\":\"string\"}}}},\"range\":{\"type\":\"array\",\"description\":\"[lowest, highest]\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"number\"}},\"pass_threshold\":{\"type\":\"number\"},\"sampling_params\":{\"type\":\"object\",\"description\":\"seed, top_p, temperature, max_completions_tokens, reasoning_effort\"}}},{\"type\":\"object\",\"description\":\"grade(sample, item); an exception counts as 0.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"source\"],\"properties\":{\"type\":{\"const\":\"python\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"source\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":262143},\"image_tag\":{\"type\":\"string\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"Graders joined by a formula over their keys.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"graders\",\"calculate_output\"],\"properties\":{\"type\":{\"const\":\"multi\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"graders\":{\"type\":\"object\",\"description\":\"Map from variable name to a grader that is not multi.\",\"minProperties\":1,\"additionalProperties\":{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"type\":\"string\",\"enum\":[\"string_check\",\"text_similarity\",\"score_model\",\"python\",\"endpoint\"]}}}},\"calculate_output\":{\"type\":\"string\",\"minLength\":1,\"description\":\"+ - * / ^ and min max abs floor ceil exp sqrt log\"},\"pass_threshold\":{\"type\":\"number\"}}},{\"type\":\"object\",\"description\":\"A server of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"name\",\"url\"],\"properties\":{\"type\":{\"const\":\"endpoint\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"url\":{\"type\":\"string\",\"minLength\":1},\"headers\":{\"type\":\"object\",\"description\":\"Name to text.\",\"additionalProperties\":{\"type\":\"string\"}},\"pass_threshold\":{\"type\":\"number\"},\"rate_limit\":{\"type\":\"integer\",\"description\":\"Calls at once.\",\"minimum\":1,\"maximum\":2147483647}}},{\"type\":\"object\",\"description\":\"A function of yours scores.\",\"additionalProperties\":false,\"required\":[\"type\",\"lambda\"],\"properties\":{\"type\":{\"const\":\"lambda\"},\"name\":{\"type\":\"string\",\"minLength\":1},\"lambda\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"function\"],\"properties\":{\"function\":{\"type\":\"string\",\"minLength\":1,\"description\":\"ARN of the function.\"}}}}}]},\"base_model\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Model to train; else the provider's default.\"},\"response_schema\":{\"type\":\"object\",\"description\":\"JSON Schema that every answer must follow.\"},\"hyperparameters\":{\"type\":\"object\",\"description\":\"Each a number or \\\"auto\\\": batch_size (1 to 256), n_epochs (1 to 50), learning_rate_multiplier, compute_multiplier (up to 10, raises cost), eval_interval (steps), eval_samples; reasoning_effort (default, low, medium, high).\",\"additionalProperties\":false,\"properties\":{\"batch_size\":{\"description\":\"Examples per batch.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":256}]},\"learning_rate_multiplier\":{\"description\":\"Factor on the provider's learning rate.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\",\"exclusiveMinimum\":0}]},\"n_epochs\":{\"description\":\"Passes over the training data.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":50}]},\"compute_multiplier\":{\"description\":\"Factor on exploration per example; raises cost.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"number\",\"exclusiveMinimum\":0.00001,\"maximum\":10}]},\"eval_interval\":{\"description\":\"Steps between validations.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]},\"eval_samples\":{\"description\":\"Samples per validation example.\",\"anyOf\":[{\"type\":\"string\",\"const\":\"auto\"},{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]},\"reasoning_effort\":{\"type\":\"string\",\"enum\":[\"default\",\"low\",\"medium\",\"high\"]}}},\"suffix\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64,\"description\":\"Part of the trained model's name.\"},\"seed\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":2147483647,\"description\":\"Makes a run repeatable.\"},\"training_type\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Standard, GlobalStandard or DeveloperTier.\"},\"metadata\":{\"type\":\"object\",\"description\":\"Labels, up to 16 with launch_token.\",\"maxProperties\":16,\"additionalProperties\":{\"type\":\"string\",\"maxLength\":512}},\"integrations\":{\"type\":\"array\",\"description\":\"[{type: wandb, wandb: {project, name, entity, tags}}]\",\"maxItems\":5,\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"type\",\"wandb\"],\"properties\":{\"type\":{\"type\":\"string\",\"const\":\"wandb\"},\"wandb\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"project\"],\"properties\":{\"project\":{\"type\":\"string\",\"minLength\":1},\"name\":{\"type\":\"string\"},\"entity\":{\"type\":\"string\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}}}},\"advanced\":{\"type\":\"object\",\"description\":\"reward_clip: {min, max} keeps rewards within. The server pauses it by early_stop_delta, early_stop_patience, max_steps, budget_usd, budget_hours.\",\"additionalProperties\":false,\"properties\":{\"reward_clip\":{\"type\":\"object\",\"description\":\"Keeps every reward within, by wrapping the grader.\",\"additionalProperties\":false,\"required\":[\"min\",\"max\"],\"properties\":{\"min\":{\"type\":\"number\"},\"max\":{\"type\":\"number\"}}},\"early_stop_delta\":{\"type\":\"number\",\"minimum\":0,\"maximum\":1,\"description\":\"The least gain of the validation reward, as a share of the grader's range, over its best before.\"},\"early_stop_patience\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000,\"description\":\"Evaluations in a row without that gain (default 5).\"},\"early_stop_warmup\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000,\"description\":\"Evaluations that do not count at the beginning (default 2).\"},\"max_steps\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000,\"description\":\"The last step that is wanted.\"},\"budget_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"description\":\"Dollars of training.\"},\"budget_hours\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"description\":\"Hours of training.\"},\"hourly_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"description\":\"The price of an hour for budget_usd, where the provider publishes none.\"},\"poll_interval\":{\"type\":\"number\",\"minimum\":5,\"maximum\":86400,\"description\":\"Seconds between looks (default 60).\"},\"after_resume\":{\"type\":\"string\",\"enum\":[\"rearm\",\"end\"],\"description\":\"When the job it paused goes on: rearm (default) counts from there, end ends the watch.\"}}},\"launch_token\":{\"type\":\"string\",\"minLength\":8,\"maxLength\":128,\"description\":\"Same token, same result; else random.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},\"model\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"watch_id\":{\"type\":\"string\"},\"note\":{\"type\":\"string\"},\"launch_token\":{\"type\":\"string\"}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "learning_rate",
                        help: "the API has no absolute learning rate; use hyperparameters.learning_rate_multiplier, a factor on the provider's own rate (1 keeps it, 0.5 halves it)",
                    },
                    Instead {
                        within: "",
                        name: "model",
                        help: "use base_model",
                    },
                    Instead {
                        within: "",
                        name: "response_format",
                        help: "use response_schema, which takes the JSON Schema alone",
                    },
                    Instead {
                        within: "",
                        name: "method",
                        help: "the method is always reinforcement; give grader, response_schema and hyperparameters at the top",
                    },
                    Instead {
                        within: "/hyperparameters",
                        name: "learning_rate",
                        help: "the API has no absolute learning rate; use learning_rate_multiplier, a factor on the provider's own rate (1 keeps it, 0.5 halves it)",
                    },
                    Instead {
                        within: "/hyperparameters",
                        name: "max_steps",
                        help: "steps follow from n_epochs × training examples ÷ batch_size; set n_epochs or batch_size",
                    },
                    Instead {
                        within: "/advanced",
                        name: "delta",
                        help: "use early_stop_delta",
                    },
                    Instead {
                        within: "/advanced",
                        name: "patience",
                        help: "use early_stop_patience",
                    },
                    Instead {
                        within: "/advanced",
                        name: "warmup",
                        help: "use early_stop_warmup",
                    },
                    Instead {
                        within: "/advanced",
                        name: "usd",
                        help: "use budget_usd",
                    },
                    Instead {
                        within: "/advanced",
                        name: "hours",
                        help: "use budget_hours",
                    },
                    Instead {
                        within: "/advanced",
                        name: "budget",
                        help: "use budget_usd or budget_hours",
                    },
                    Instead {
                        within: "/advanced",
                        name: "steps",
                        help: "use max_steps",
                    },
                    Instead {
                        within: "/advanced",
                        name: "early_stop",
                        help: "use early_stop_delta, early_stop_patience and early_stop_warmup",
                    },
                    Instead {
                        within: "/advanced",
                        name: "rules",
                        help: "launch the job, and give them to watch_job",
                    },
                ],
                features: &[
                    Feature {
                        name: "string_check_grader",
                        at: "/properties/grader/anyOf/0",
                    },
                    Feature {
                        name: "text_similarity_grader",
                        at: "/properties/grader/anyOf/1",
                    },
                    Feature {
                        name: "score_model_grader",
                        at: "/properties/grader/anyOf/2",
                    },
                    Feature {
                        name: "python_grader",
                        at: "/properties/grader/anyOf/3",
                    },
                    Feature {
                        name: "multi_grader",
                        at: "/properties/grader/anyOf/4",
                    },
                    Feature {
                        name: "endpoint_grader",
                        at: "/properties/grader/anyOf/5",
                    },
                    Feature {
                        name: "lambda_grader",
                        at: "/properties/grader/anyOf/6",
                    },
                    Feature {
                        name: "suffix",
                        at: "/properties/suffix",
                    },
                    Feature {
                        name: "training_type",
                        at: "/properties/training_type",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/early_stop_delta",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/early_stop_patience",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/early_stop_warmup",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/max_steps",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/budget_usd",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/budget_hours",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/hourly_usd",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/poll_interval",
                    },
                    Feature {
                        name: "pausing",
                        at: "/properties/advanced/properties/after_resume",
                    },
                ],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/advanced",
                        "/properties/base_model",
                        "/properties/grader/anyOf/1/properties/evaluation_metric",
                        "/properties/grader/anyOf/2/properties/input",
                        "/properties/grader/anyOf/2/properties/range",
                        "/properties/grader/anyOf/4/properties/calculate_output",
                        "/properties/grader/anyOf/4/properties/graders",
                        "/properties/grader/anyOf/5/properties/headers",
                        "/properties/grader/anyOf/5/properties/rate_limit",
                        "/properties/grader/anyOf/6/properties/lambda/properties/function",
                        "/properties/hyperparameters",
                        "/properties/integrations",
                        "/properties/launch_token",
                        "/properties/metadata",
                        "/properties/seed",
                        "/properties/suffix",
                        "/properties/training_file",
                        "/properties/training_type",
                        "/properties/validation_file",
                    ],
                    output: &[],
                },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Start a paid job on "),
                            Bit::Argument("training_file"),
                            Bit::Literal(", validated on "),
                            Bit::Argument("validation_file"),
                            Bit::Literal("?"),
                        ],
                        estimate: Some(|input, context| estimate(
                            input,
                            context,
                            H::price_launch,
                        )),
                        unasked: Unasked::Refuse,
                    },
                ),
                audit: &[
                    "training_file",
                    "validation_file",
                    "base_model",
                    "suffix",
                    "seed",
                    "training_type",
                    "launch_token",
                ],
                task: None,
                typed: typed::<types::StartJobInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[Segment::Literal("/fine_tuning/jobs")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: Some(
                                Template::Object(
                                    &[
                                        (
                                            "model",
                                            Template::First(
                                                &[
                                                    Template::Take(Place {
                                                        root: Root::Input,
                                                        path: &[Step::Key("base_model")],
                                                    }),
                                                    Template::Take(Place {
                                                        root: Root::Provider,
                                                        path: &[Step::Key("model")],
                                                    }),
                                                ],
                                            ),
                                        ),
                                        (
                                            "training_file",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("training_file")],
                                            }),
                                        ),
                                        (
                                            "validation_file",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("validation_file")],
                                            }),
                                        ),
                                        (
                                            "suffix",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("suffix")],
                                            }),
                                        ),
                                        (
                                            "seed",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("seed")],
                                            }),
                                        ),
                                        (
                                            "trainingType",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("training_type")],
                                            }),
                                        ),
                                        (
                                            "metadata",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("metadata")],
                                            }),
                                        ),
                                        (
                                            "integrations",
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("integrations")],
                                            }),
                                        ),
                                        (
                                            "method",
                                            Template::Object(
                                                &[
                                                    ("type", Template::Text("reinforcement")),
                                                    (
                                                        "reinforcement",
                                                        Template::Object(
                                                            &[
                                                                (
                                                                    "grader",
                                                                    Template::Call(
                                                                        &CallSpec {
                                                                            name: "clip_reward",
                                                                            function: |arguments| function(arguments, H::clip_reward),
                                                                            arguments: &[
                                                                                (
                                                                                    "grader",
                                                                                    Template::Take(Place {
                                                                                        root: Root::Input,
                                                                                        path: &[Step::Key("grader")],
                                                                                    }),
                                                                                ),
                                                                                (
                                                                                    "limits",
                                                                                    Template::Take(Place {
                                                                                        root: Root::Input,
                                                                                        path: &[Step::Key("advanced"), Step::Key("reward_clip")],
                                                                                    }),
                                                                                ),
                                                                            ],
                                                                            required: &["grader"],
                                                                        },
                                                                    ),
                                                                ),
                                                                (
                                                                    "response_format",
                                                                    Template::Call(
                                                                        &CallSpec {
                                                                            name: "json_schema_format",
                                                                            function: |arguments| function(
                                                                                arguments,
                                                                                H::json_schema_format,
                                                                            ),
                                                                            arguments: &[
                                                                                (
                                                                                    "schema",
                                                                                    Template::Take(Place {
                                                                                        root: Root::Input,
                                                                                        path: &[Step::Key("response_schema")],
                                                                                    }),
                                                                                ),
                                                                            ],
                                                                            required: &["schema"],
                                                                        },
                                                                    ),
                                                                ),
                                                                (
                                                                    "hyperparameters",
                                                                    Template::Take(Place {
                                                                        root: Root::Input,
                                                                        path: &[Step::Key("hyperparameters")],
                                                                    }),
                                                                ),
                                                            ],
                                                        ),
                                                    ),
                                                ],
                                            ),
                                        ),
                                    ],
                                ),
                            ),
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                            (
                                "model",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("model")],
                                }),
                            ),
                            (
                                "created_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("created_at")],
                                }),
                            ),
                            (
                                "note",
                                Template::Call(
                                    &CallSpec {
                                        name: "clip_note",
                                        function: |arguments| function(arguments, H::clip_note),
                                        arguments: &[
                                            (
                                                "grader",
                                                Template::Take(Place {
                                                    root: Root::Input,
                                                    path: &[Step::Key("grader")],
                                                }),
                                            ),
                                            (
                                                "limits",
                                                Template::Take(Place {
                                                    root: Root::Input,
                                                    path: &[Step::Key("advanced"), Step::Key("reward_clip")],
                                                }),
                                            ),
                                        ],
                                        required: &["grader", "limits"],
                                    },
                                ),
                            ),
                        ],
                    ),
                    page: None,
                    once: Some(
                        &OnceSpec {
                            input: "launch_token",
                            path: &["metadata", "launch_token"],
                            most: Some(16),
                            find: "list_jobs",
                            with: &[
                                (
                                    "metadata",
                                    Template::Object(
                                        &[
                                            (
                                                "launch_token",
                                                Template::Take(Place {
                                                    root: Root::Input,
                                                    path: &[Step::Key("launch_token")],
                                                }),
                                            ),
                                        ],
                                    ),
                                ),
                                ("limit", Template::Integer(100)),
                            ],
                            undo: Some(UndoSpec {
                                tool: "cancel_job",
                                with: &[
                                    (
                                        "job_id",
                                        Template::Take(Place {
                                            root: Root::Reply(0),
                                            path: &[Step::Key("id")],
                                        }),
                                    ),
                                ],
                                age: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("created_at")],
                                },
                            }),
                            beside: Some(BesideSpec {
                                with: &[
                                    (
                                        "rules",
                                        Template::Object(
                                            &[
                                                (
                                                    "early_stop",
                                                    Template::Object(
                                                        &[
                                                            (
                                                                "delta",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[
                                                                        Step::Key("advanced"),
                                                                        Step::Key("early_stop_delta"),
                                                                    ],
                                                                }),
                                                            ),
                                                            (
                                                                "patience",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[
                                                                        Step::Key("advanced"),
                                                                        Step::Key("early_stop_patience"),
                                                                    ],
                                                                }),
                                                            ),
                                                            (
                                                                "warmup",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[
                                                                        Step::Key("advanced"),
                                                                        Step::Key("early_stop_warmup"),
                                                                    ],
                                                                }),
                                                            ),
                                                        ],
                                                    ),
                                                ),
                                                (
                                                    "max_steps",
                                                    Template::Object(
                                                        &[
                                                            (
                                                                "steps",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[Step::Key("advanced"), Step::Key("max_steps")],
                                                                }),
                                                            ),
                                                        ],
                                                    ),
                                                ),
                                                (
                                                    "budget",
                                                    Template::Object(
                                                        &[
                                                            (
                                                                "usd",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[Step::Key("advanced"), Step::Key("budget_usd")],
                                                                }),
                                                            ),
                                                            (
                                                                "hours",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[Step::Key("advanced"), Step::Key("budget_hours")],
                                                                }),
                                                            ),
                                                            (
                                                                "hourly_usd",
                                                                Template::Take(Place {
                                                                    root: Root::Input,
                                                                    path: &[Step::Key("advanced"), Step::Key("hourly_usd")],
                                                                }),
                                                            ),
                                                        ],
                                                    ),
                                                ),
                                            ],
                                        ),
                                    ),
                                    (
                                        "poll_interval",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("advanced"), Step::Key("poll_interval")],
                                        }),
                                    ),
                                    (
                                        "after_resume",
                                        Template::Take(Place {
                                            root: Root::Input,
                                            path: &[Step::Key("advanced"), Step::Key("after_resume")],
                                        }),
                                    ),
                                ],
                                native: |given, along, context| Box::pin(
                                    H::guard_launch(given, along, context),
                                ),
                            }),
                        },
                    ),
                },
            },
            ToolSpec {
                name: "get_job_status",
                title: "Look at a job",
                description: "Status, progress, newest rewards and events of one job. Call it again to follow a job until it is succeeded, failed or cancelled.",
                effect: Effect::Read,
                sets: &["core", "jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"event_limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Newest events, up to 100 (default 10).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\",\"description\":\"validating_files, queued, running, pausing, paused, succeeded, failed or cancelled; any other means not ended.\"},\"model\":{\"type\":\"string\"},\"fine_tuned_model\":{\"type\":\"string\",\"description\":\"Once there is one.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"finished_at\":{\"type\":\"integer\"},\"estimated_finish\":{\"type\":\"integer\"},\"error\":{\"type\":\"object\",\"description\":\"Why it failed: code, message, param.\",\"properties\":{\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},\"param\":{\"type\":\"string\"}}},\"progress\":{\"type\":\"object\",\"description\":\"step, total_steps and fraction (0 to 1).\",\"properties\":{\"step\":{\"type\":\"integer\"},\"total_steps\":{\"type\":\"integer\"},\"fraction\":{\"type\":\"number\",\"description\":\"0 to 1.\"}}},\"metrics\":{\"type\":\"object\",\"description\":\"step, train_reward, valid_reward, valid_step, valid_parse_error, reasoning_tokens\",\"properties\":{\"step\":{\"type\":\"integer\"},\"train_reward\":{\"type\":\"number\"},\"valid_reward\":{\"type\":\"number\",\"description\":\"The newest there is.\"},\"valid_step\":{\"type\":\"integer\",\"description\":\"Step of valid_reward.\"},\"valid_parse_error\":{\"type\":\"number\"},\"reasoning_tokens\":{\"type\":\"number\"}}},\"events\":{\"type\":\"array\",\"description\":\"Newest first, each with at, level, type and message.\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"level\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},\"data\":{\"type\":\"object\",\"description\":\"Metrics as the provider sent them.\"}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/event_limit", "/properties/job_id"],
                    output: &[
                        "/properties/error",
                        "/properties/events",
                        "/properties/metrics",
                        "/properties/progress",
                    ],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::GetJobStatusInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "job",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                        RequestSpec {
                            name: "events",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                                Segment::Literal("/events"),
                            ],
                            query: &[
                                (
                                    "limit",
                                    Template::First(
                                        &[
                                            Template::Take(Place {
                                                root: Root::Input,
                                                path: &[Step::Key("event_limit")],
                                            }),
                                            Template::Integer(10),
                                        ],
                                    ),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                            (
                                "model",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("model")],
                                }),
                            ),
                            (
                                "fine_tuned_model",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("fine_tuned_model")],
                                }),
                            ),
                            (
                                "created_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("created_at")],
                                }),
                            ),
                            (
                                "finished_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("finished_at")],
                                }),
                            ),
                            (
                                "estimated_finish",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("estimated_finish")],
                                }),
                            ),
                            (
                                "error",
                                Template::Object(
                                    &[
                                        (
                                            "code",
                                            Template::Take(Place {
                                                root: Root::Reply(0),
                                                path: &[Step::Key("error"), Step::Key("code")],
                                            }),
                                        ),
                                        (
                                            "message",
                                            Template::Take(Place {
                                                root: Root::Reply(0),
                                                path: &[Step::Key("error"), Step::Key("message")],
                                            }),
                                        ),
                                        (
                                            "param",
                                            Template::Take(Place {
                                                root: Root::Reply(0),
                                                path: &[Step::Key("error"), Step::Key("param")],
                                            }),
                                        ),
                                    ],
                                ),
                            ),
                            (
                                "progress",
                                Template::Call(
                                    &CallSpec {
                                        name: "progress",
                                        function: |arguments| function(arguments, H::progress),
                                        arguments: &[
                                            (
                                                "events",
                                                Template::Take(Place {
                                                    root: Root::Reply(1),
                                                    path: &[Step::Key("data")],
                                                }),
                                            ),
                                        ],
                                        required: &["events"],
                                    },
                                ),
                            ),
                            (
                                "metrics",
                                Template::Call(
                                    &CallSpec {
                                        name: "newest_metrics",
                                        function: |arguments| function(
                                            arguments,
                                            H::newest_metrics,
                                        ),
                                        arguments: &[
                                            (
                                                "events",
                                                Template::Take(Place {
                                                    root: Root::Reply(1),
                                                    path: &[Step::Key("data")],
                                                }),
                                            ),
                                        ],
                                        required: &["events"],
                                    },
                                ),
                            ),
                            (
                                "events",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(1),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                            (
                                                "level",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("level")],
                                                }),
                                            ),
                                            (
                                                "type",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("type")],
                                                }),
                                            ),
                                            (
                                                "message",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("message")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "list_jobs",
                title: "List jobs",
                description: "Jobs of this account, newest first.",
                effect: Effect::Read,
                sets: &["core", "jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Up to 100.\"},\"after\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The `next` of the page before.\"},\"metadata\":{\"type\":\"object\",\"description\":\"Labels, up to 16 with launch_token.\",\"maxProperties\":16,\"additionalProperties\":{\"type\":\"string\",\"maxLength\":512}},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 1000 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"jobs\"],\"properties\":{\"jobs\":{\"type\":\"array\",\"description\":\"Each with job_id, status, model, fine_tuned_model, created_at, metadata.\",\"items\":{\"type\":\"object\",\"required\":[\"job_id\",\"status\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\",\"description\":\"validating_files, queued, running, pausing, paused, succeeded, failed or cancelled; any other means not ended.\"},\"model\":{\"type\":\"string\"},\"fine_tuned_model\":{\"type\":\"string\",\"description\":\"The trained model, once there is one.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"finished_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"estimated_finish\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"training_file\":{\"type\":\"string\"},\"validation_file\":{\"type\":\"string\"},\"metadata\":{\"type\":\"object\"},\"error\":{\"type\":\"object\",\"description\":\"Why it failed: code, message, param.\",\"properties\":{\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},\"param\":{\"type\":\"string\"}}}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"},\"truncated\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[
                    Feature {
                        name: "metadata_filter",
                        at: "/properties/metadata",
                    },
                ],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/after",
                        "/properties/limit",
                        "/properties/metadata",
                    ],
                    output: &["/properties/jobs"],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListJobsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/fine_tuning/jobs")],
                            query: &[
                                (
                                    "limit",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("limit")],
                                    }),
                                ),
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("after")],
                                    }),
                                ),
                                (
                                    "metadata",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("metadata")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "jobs",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "job_id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "status",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("status")],
                                                }),
                                            ),
                                            (
                                                "model",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("model")],
                                                }),
                                            ),
                                            (
                                                "fine_tuned_model",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("fine_tuned_model")],
                                                }),
                                            ),
                                            (
                                                "created_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                            (
                                                "finished_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("finished_at")],
                                                }),
                                            ),
                                            (
                                                "metadata",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("metadata")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                            (
                                "has_more",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("has_more")],
                                }),
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "after",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                        },
                        more: Some(Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("has_more")],
                        }),
                        max_pages: 20,
                        max_items: 1000,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "list_job_events",
                title: "List a job's events",
                description: "Every message, metrics and check event of a job, newest first, with the metrics as the provider sent them.",
                effect: Effect::Read,
                sets: &["jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Up to 100.\"},\"after\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The `next` of the page before.\"},\"all_pages\":{\"type\":\"boolean\",\"description\":\"Every page, up to 1000 items.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"events\"],\"properties\":{\"events\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"level\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},\"data\":{\"type\":\"object\",\"description\":\"Metrics as the provider sent them.\"}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"},\"truncated\":{\"type\":\"boolean\"},\"note\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &[
                        "/properties/after",
                        "/properties/job_id",
                        "/properties/limit",
                    ],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListJobEventsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                                Segment::Literal("/events"),
                            ],
                            query: &[
                                (
                                    "limit",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("limit")],
                                    }),
                                ),
                                (
                                    "after",
                                    Template::Take(Place {
                                        root: Root::Input,
                                        path: &[Step::Key("after")],
                                    }),
                                ),
                            ],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "events",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "id",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created_at")],
                                                }),
                                            ),
                                            (
                                                "level",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("level")],
                                                }),
                                            ),
                                            (
                                                "type",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("type")],
                                                }),
                                            ),
                                            (
                                                "message",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("message")],
                                                }),
                                            ),
                                            (
                                                "data",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("data")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                            (
                                "has_more",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("has_more")],
                                }),
                            ),
                            (
                                "next",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                    page: Some(PageSpec {
                        input: "after",
                        items: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data")],
                        },
                        after: Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
                        },
                        more: Some(Place {
                            root: Root::Reply(0),
                            path: &[Step::Key("has_more")],
                        }),
                        max_pages: 20,
                        max_items: 1000,
                    }),
                    once: None,
                },
            },
            ToolSpec {
                name: "pause_job",
                title: "Pause a job",
                description: "Takes a snapshot and stops the bill; resume_job goes on from it. Prefer it to cancelling.",
                effect: Effect::Write,
                sets: &["core", "jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: None,
                audit: &["job_id"],
                task: None,
                typed: typed::<types::PauseJobInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                                Segment::Literal("/pause"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "resume_job",
                title: "Resume a paused job",
                description: "Goes on with a paused job from its snapshot. The bill runs again.",
                effect: Effect::Costly,
                sets: &["core", "jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Resume "),
                            Bit::Argument("job_id"),
                            Bit::Literal("? It costs money again."),
                        ],
                        estimate: Some(|input, context| estimate(
                            input,
                            context,
                            H::price_resume,
                        )),
                        unasked: Unasked::Refuse,
                    },
                ),
                audit: &["job_id"],
                task: None,
                typed: typed::<types::ResumeJobInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                                Segment::Literal("/resume"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "cancel_job",
                title: "Cancel a job",
                description: "Ends a job for good; the work done is billed and it can not be resumed. Use pause_job to keep the choice.",
                effect: Effect::Destructive,
                sets: &["core", "jobs"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"job_id\",\"status\"],\"properties\":{\"job_id\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id"],
                    output: &[],
                },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Cancel "),
                            Bit::Argument("job_id"),
                            Bit::Literal(" for good? It can not be resumed."),
                        ],
                        estimate: None,
                        unasked: Unasked::Allow,
                    },
                ),
                audit: &["job_id"],
                task: None,
                typed: typed::<types::CancelJobInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Post,
                            path: &[
                                Segment::Literal("/fine_tuning/jobs/"),
                                Segment::Param("job_id"),
                                Segment::Literal("/cancel"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "status",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("status")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "list_models",
                title: "List models",
                description: "Every model this account can use, trained ones included.",
                effect: Effect::Read,
                sets: &["models"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"models\"],\"properties\":{\"models\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"model\"],\"properties\":{\"model\":{\"type\":\"string\"},\"owner\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"shutdown_date\":{\"type\":\"string\",\"description\":\"When it stops to answer, if that is known.\"}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListModelsInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[Segment::Literal("/models")],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "models",
                                Template::Each {
                                    list: Place {
                                        root: Root::Reply(0),
                                        path: &[Step::Key("data")],
                                    },
                                    item: &Template::Object(
                                        &[
                                            (
                                                "model",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("id")],
                                                }),
                                            ),
                                            (
                                                "owner",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("owned_by")],
                                                }),
                                            ),
                                            (
                                                "created_at",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("created")],
                                                }),
                                            ),
                                            (
                                                "shutdown_date",
                                                Template::Take(Place {
                                                    root: Root::Item,
                                                    path: &[Step::Key("shutdown_date")],
                                                }),
                                            ),
                                        ],
                                    ),
                                },
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "get_model",
                title: "Look at a model",
                description: "Says whether a model exists and when it will be shut down. Look before a launch.",
                effect: Effect::Read,
                sets: &["models"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"model\"],\"properties\":{\"model\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Name of the model.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"model\"],\"properties\":{\"model\":{\"type\":\"string\"},\"owner\":{\"type\":\"string\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"shutdown_date\":{\"type\":\"string\",\"description\":\"When it stops to answer, if that is known.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::GetModelInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Get,
                            path: &[
                                Segment::Literal("/models/"),
                                Segment::Param("model"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "model",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "owner",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("owned_by")],
                                }),
                            ),
                            (
                                "created_at",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("created")],
                                }),
                            ),
                            (
                                "shutdown_date",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("shutdown_date")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "delete_model",
                title: "Delete a trained model",
                description: "Removes a fine-tuned model for good. Base models can not be deleted.",
                effect: Effect::Destructive,
                sets: &["models"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"model\"],\"properties\":{\"model\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Name of the model.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"model\",\"deleted\"],\"properties\":{\"model\":{\"type\":\"string\"},\"deleted\":{\"type\":\"boolean\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: Some(
                    &ConfirmSpec {
                        ask: &[
                            Bit::Literal("Delete the model "),
                            Bit::Argument("model"),
                            Bit::Literal(" for good?"),
                        ],
                        estimate: None,
                        unasked: Unasked::Allow,
                    },
                ),
                audit: &["model"],
                task: None,
                typed: typed::<types::DeleteModelInput>,
                action: Action::Http {
                    requests: &[
                        RequestSpec {
                            name: "response",
                            method: Method::Delete,
                            path: &[
                                Segment::Literal("/models/"),
                                Segment::Param("model"),
                            ],
                            query: &[],
                            headers: &[],
                            key: None,
                            body: None,
                            ..RequestSpec::PLAIN
                        },
                    ],
                    result: Template::Object(
                        &[
                            (
                                "model",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            (
                                "deleted",
                                Template::Take(Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("deleted")],
                                }),
                            ),
                        ],
                    ),
                    page: None,
                    once: None,
                },
            },
            ToolSpec {
                name: "sample_model",
                title: "Ask a model or a checkpoint",
                description: "Answers of a model to one conversation, to see what training changed: ask the base model and a checkpoint the same. Tokens are billed.",
                effect: Effect::Costly,
                sets: &["models"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"model\",\"messages\"],\"properties\":{\"model\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Name of the model; a checkpoint's from list_checkpoints, or fine_tuned_model of a job that succeeded.\"},\"api\":{\"type\":\"string\",\"enum\":[\"chat\",\"responses\"],\"description\":\"Which API to ask: chat completions (default), or responses, which takes neither seed nor messages of tools.\"},\"messages\":{\"type\":\"array\",\"minItems\":1,\"description\":\"As in a line of the data; the last one is the user's.\",\"items\":{\"type\":\"object\",\"required\":[\"role\",\"content\"],\"properties\":{\"role\":{\"type\":\"string\",\"enum\":[\"system\",\"developer\",\"user\",\"assistant\",\"tool\"]},\"content\":{\"type\":\"string\"}}}},\"samples\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":16,\"description\":\"How many answers (default 1).\"},\"response_schema\":{\"type\":\"object\",\"description\":\"JSON Schema that every answer must follow.\"},\"max_completion_tokens\":{\"type\":\"integer\",\"minimum\":1,\"description\":\"Most tokens, reasoning included.\"},\"reasoning_effort\":{\"type\":\"string\",\"enum\":[\"low\",\"medium\",\"high\"],\"description\":\"How long it thinks.\"},\"seed\":{\"type\":\"integer\",\"description\":\"Makes an answer repeatable.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"samples\"],\"properties\":{\"model\":{\"type\":\"string\"},\"samples\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"},\"refusal\":{\"type\":\"string\"},\"tool_calls\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"finish_reason\":{\"type\":\"string\"}}}},\"usage\":{\"type\":\"object\",\"description\":\"Tokens.\"},\"failed\":{\"type\":\"integer\",\"description\":\"Answers that did not come, when some did.\"},\"failure\":{\"type\":\"string\",\"description\":\"Why the first of those did not.\"}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "prompt",
                        help: "use messages: [{role: user, content: …}]",
                    },
                    Instead {
                        within: "",
                        name: "input",
                        help: "use messages: [{role: user, content: …}]",
                    },
                    Instead {
                        within: "",
                        name: "max_tokens",
                        help: "use max_completion_tokens, which counts reasoning too",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::SampleModelInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::sample_model,
                )),
            },
            ToolSpec {
                name: "watch_job",
                title: "Watch a job",
                description: "Lets the server look at a job every minute and pause it when a rule decides: a plateau, a budget, a collapse, reward hacking. It goes on without you, and after restarts. Look with get_watch.",
                effect: Effect::Write,
                sets: &["watches"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"job_id\"],\"properties\":{\"job_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the job (ftjob-…).\"},\"rules\":{\"type\":\"object\",\"description\":\"What to hold the job against, each rule with what is other than usual, as { early_stop: { delta: 0.02 }, budget: { usd: 300 } }: budget, max_steps, early_stop, collapse, reward_hacking, parse_errors, stalled, ended. All but budget and max_steps when absent.\",\"minProperties\":1,\"additionalProperties\":false,\"properties\":{\"ended\":{\"type\":\"object\",\"description\":\"Tells that the job has ended; takes nothing.\",\"additionalProperties\":false,\"properties\":{}},\"budget\":{\"type\":\"object\",\"description\":\"Money or hours used up: usd, hours, hourly_usd (where the provider does not say what a job costs).\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"usd\":{\"type\":\"number\",\"exclusiveMinimum\":0},\"hours\":{\"type\":\"number\",\"exclusiveMinimum\":0},\"hourly_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0}}},\"max_steps\":{\"type\":\"object\",\"description\":\"steps: the last one that is wanted.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"steps\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000}}},\"collapse\":{\"type\":\"object\",\"description\":\"fall: how far below its best the validation reward has to be, as a share of the grader's range.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"fall\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1}}},\"reward_hacking\":{\"type\":\"object\",\"description\":\"gap: train minus validation reward, as a share of the range; token_growth: a factor.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"gap\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1},\"token_growth\":{\"type\":\"number\",\"minimum\":1.1,\"maximum\":1000}}},\"parse_errors\":{\"type\":\"object\",\"description\":\"rate: the share of answers that can not be parsed.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"rate\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1},\"metric\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}}},\"early_stop\":{\"type\":\"object\",\"description\":\"delta: the least gain of an evaluation, as a share of the range; patience: evaluations without one; warmup, window, metric.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"delta\":{\"type\":\"number\",\"minimum\":0,\"maximum\":1},\"patience\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000},\"warmup\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000},\"window\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100},\"metric\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}}},\"stalled\":{\"type\":\"object\",\"description\":\"seconds: how long a job that runs reports nothing new.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"seconds\":{\"type\":\"number\",\"minimum\":60,\"maximum\":1000000}}}}},\"poll_interval\":{\"type\":\"number\",\"minimum\":5,\"maximum\":86400,\"description\":\"Seconds between looks (default 60).\"},\"after_resume\":{\"type\":\"string\",\"enum\":[\"rearm\",\"end\"],\"description\":\"When the job it paused goes on: rearm (default) counts from there, end ends the watch.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"watch_id\",\"job_id\",\"state\",\"rules\",\"decisions\"],\"properties\":{\"watch_id\":{\"type\":\"string\"},\"job_id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\",\"description\":\"watching, acting (a pause is on its way), resting (it paused the job) or ended.\"},\"reason\":{\"type\":\"string\",\"description\":\"Why it ended.\"},\"job_status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"trouble\":{\"type\":\"string\",\"description\":\"Why the last look or act failed.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"looked_at\":{\"type\":\"integer\"},\"next_look_at\":{\"type\":\"integer\"},\"poll_interval\":{\"type\":\"number\"},\"after_resume\":{\"type\":\"string\"},\"arming\":{\"type\":\"integer\",\"description\":\"One more after each resume.\"},\"armed_at_step\":{\"type\":\"integer\",\"description\":\"Steps before it do not count.\"},\"rules\":{\"type\":\"object\"},\"standings\":{\"type\":\"array\",\"description\":\"How the rules stand that have not decided.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"near\":{\"type\":\"number\",\"description\":\"From 0 to 1.\"},\"says\":{\"type\":\"string\"}}}},\"decisions\":{\"type\":\"array\",\"description\":\"The newest first.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"action\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"points\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"values\":{\"type\":\"object\"},\"outcome\":{\"type\":\"string\",\"description\":\"open, done or moot.\"},\"answer\":{\"type\":\"string\",\"description\":\"What the provider answered, or what was found.\"},\"attempts\":{\"type\":\"integer\"},\"decided_at\":{\"type\":\"integer\"},\"settled_at\":{\"type\":\"integer\"}}}}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "early_stop_delta",
                        help: "use rules, as { early_stop: { delta: 0.02 } }",
                    },
                    Instead {
                        within: "",
                        name: "max_steps",
                        help: "use rules, as { max_steps: { steps: 100 } }",
                    },
                    Instead {
                        within: "",
                        name: "budget",
                        help: "use rules, as { budget: { usd: 300 } }",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/job_id", "/properties/rules"],
                    output: &[],
                },
                confirm: None,
                audit: &["job_id", "rules", "poll_interval", "after_resume"],
                task: None,
                typed: typed::<types::WatchJobInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::watch_job,
                )),
            },
            ToolSpec {
                name: "get_watch",
                title: "Look at a watch",
                description: "How the rules of a watch stand, what it decided on which points, and what the provider answered.",
                effect: Effect::Read,
                sets: &["watches"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"watch_id\"],\"properties\":{\"watch_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the watch (watch-…), or of its job.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"watch_id\",\"job_id\",\"state\",\"rules\",\"decisions\"],\"properties\":{\"watch_id\":{\"type\":\"string\"},\"job_id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\",\"description\":\"watching, acting (a pause is on its way), resting (it paused the job) or ended.\"},\"reason\":{\"type\":\"string\",\"description\":\"Why it ended.\"},\"job_status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"trouble\":{\"type\":\"string\",\"description\":\"Why the last look or act failed.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"looked_at\":{\"type\":\"integer\"},\"next_look_at\":{\"type\":\"integer\"},\"poll_interval\":{\"type\":\"number\"},\"after_resume\":{\"type\":\"string\"},\"arming\":{\"type\":\"integer\",\"description\":\"One more after each resume.\"},\"armed_at_step\":{\"type\":\"integer\",\"description\":\"Steps before it do not count.\"},\"rules\":{\"type\":\"object\"},\"standings\":{\"type\":\"array\",\"description\":\"How the rules stand that have not decided.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"near\":{\"type\":\"number\",\"description\":\"From 0 to 1.\"},\"says\":{\"type\":\"string\"}}}},\"decisions\":{\"type\":\"array\",\"description\":\"The newest first.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"action\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"points\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"values\":{\"type\":\"object\"},\"outcome\":{\"type\":\"string\",\"description\":\"open, done or moot.\"},\"answer\":{\"type\":\"string\",\"description\":\"What the provider answered, or what was found.\"},\"attempts\":{\"type\":\"integer\"},\"decided_at\":{\"type\":\"integer\"},\"settled_at\":{\"type\":\"integer\"}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::GetWatchInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::get_watch,
                )),
            },
            ToolSpec {
                name: "wait_for_watch",
                title: "Wait for a watch",
                description: "Waits until a watch decides and the provider has answered, or until it ends. Comes back by itself after max_seconds (50 by default, since clients give up after 60); then call it again.",
                effect: Effect::Read,
                sets: &["watches"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"watch_id\"],\"properties\":{\"watch_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the watch (watch-…), or of its job.\"},\"decided_at\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":99999999999,\"description\":\"Unix seconds, of the newest decision that you know: a later one comes back at once. Else those at the call are known.\"},\"max_seconds\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":86400,\"description\":\"Longest wait (default 50).\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"reached\",\"watch\",\"next\"],\"properties\":{\"reached\":{\"type\":\"string\",\"description\":\"What woke it: decision, ended or time.\"},\"waited_seconds\":{\"type\":\"number\"},\"watch\":{\"type\":\"object\",\"required\":[\"watch_id\",\"job_id\",\"state\",\"rules\",\"decisions\"],\"properties\":{\"watch_id\":{\"type\":\"string\"},\"job_id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\",\"description\":\"watching, acting (a pause is on its way), resting (it paused the job) or ended.\"},\"reason\":{\"type\":\"string\",\"description\":\"Why it ended.\"},\"job_status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"trouble\":{\"type\":\"string\",\"description\":\"Why the last look or act failed.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"looked_at\":{\"type\":\"integer\"},\"next_look_at\":{\"type\":\"integer\"},\"poll_interval\":{\"type\":\"number\"},\"after_resume\":{\"type\":\"string\"},\"arming\":{\"type\":\"integer\",\"description\":\"One more after each resume.\"},\"armed_at_step\":{\"type\":\"integer\",\"description\":\"Steps before it do not count.\"},\"rules\":{\"type\":\"object\"},\"standings\":{\"type\":\"array\",\"description\":\"How the rules stand that have not decided.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"near\":{\"type\":\"number\",\"description\":\"From 0 to 1.\"},\"says\":{\"type\":\"string\"}}}},\"decisions\":{\"type\":\"array\",\"description\":\"The newest first.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"action\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"points\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"values\":{\"type\":\"object\"},\"outcome\":{\"type\":\"string\",\"description\":\"open, done or moot.\"},\"answer\":{\"type\":\"string\",\"description\":\"What the provider answered, or what was found.\"},\"attempts\":{\"type\":\"integer\"},\"decided_at\":{\"type\":\"integer\"},\"settled_at\":{\"type\":\"integer\"}}}}}},\"next\":{\"type\":\"string\",\"description\":\"What to do now.\"}}}",
                ),
                instead: &[
                    Instead {
                        within: "",
                        name: "timeout",
                        help: "use max_seconds",
                    },
                ],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &[],
                task: Some(
                    &TaskSpec {
                        required: false,
                        after_seconds: 5,
                        ttl_seconds: 90000,
                        poll_seconds: 10,
                    },
                ),
                typed: typed::<types::WaitForWatchInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::wait_for_watch,
                )),
            },
            ToolSpec {
                name: "list_watches",
                title: "List watches",
                description: "The jobs that are watched, newest first.",
                effect: Effect::Read,
                sets: &["watches"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"ended\":{\"type\":\"boolean\",\"description\":\"Also those that have ended.\"},\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"description\":\"Up to 100.\"},\"after\":{\"type\":\"string\",\"minLength\":1,\"description\":\"The `next` of the page before.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"watches\",\"has_more\"],\"properties\":{\"watches\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"watch_id\",\"job_id\",\"state\"],\"properties\":{\"watch_id\":{\"type\":\"string\"},\"job_id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\",\"description\":\"watching, acting (a pause is on its way), resting (it paused the job) or ended.\"},\"reason\":{\"type\":\"string\",\"description\":\"Why it ended.\"},\"job_status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"trouble\":{\"type\":\"string\",\"description\":\"Why the last look or act failed.\"},\"looked_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"next_look_at\":{\"type\":\"integer\"}}}},\"has_more\":{\"type\":\"boolean\"},\"next\":{\"type\":\"string\",\"description\":\"Give it as `after`.\"}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/after", "/properties/limit"],
                    output: &[],
                },
                confirm: None,
                audit: &[],
                task: None,
                typed: typed::<types::ListWatchesInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::list_watches,
                )),
            },
            ToolSpec {
                name: "update_watch",
                title: "Change a watch",
                description: "Gives a watch other rules (all of them anew), another pace, or says what becomes of it after a resume.",
                effect: Effect::Write,
                sets: &["watches"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"watch_id\"],\"properties\":{\"watch_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the watch (watch-…), or of its job.\"},\"rules\":{\"type\":\"object\",\"description\":\"What to hold the job against, each rule with what is other than usual, as { early_stop: { delta: 0.02 }, budget: { usd: 300 } }: budget, max_steps, early_stop, collapse, reward_hacking, parse_errors, stalled, ended. All but budget and max_steps when absent.\",\"minProperties\":1,\"additionalProperties\":false,\"properties\":{\"ended\":{\"type\":\"object\",\"description\":\"Tells that the job has ended; takes nothing.\",\"additionalProperties\":false,\"properties\":{}},\"budget\":{\"type\":\"object\",\"description\":\"Money or hours used up: usd, hours, hourly_usd (where the provider does not say what a job costs).\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"usd\":{\"type\":\"number\",\"exclusiveMinimum\":0},\"hours\":{\"type\":\"number\",\"exclusiveMinimum\":0},\"hourly_usd\":{\"type\":\"number\",\"exclusiveMinimum\":0}}},\"max_steps\":{\"type\":\"object\",\"description\":\"steps: the last one that is wanted.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"steps\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000}}},\"collapse\":{\"type\":\"object\",\"description\":\"fall: how far below its best the validation reward has to be, as a share of the grader's range.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"fall\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1}}},\"reward_hacking\":{\"type\":\"object\",\"description\":\"gap: train minus validation reward, as a share of the range; token_growth: a factor.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"gap\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1},\"token_growth\":{\"type\":\"number\",\"minimum\":1.1,\"maximum\":1000}}},\"parse_errors\":{\"type\":\"object\",\"description\":\"rate: the share of answers that can not be parsed.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"rate\":{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":1},\"metric\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}}},\"early_stop\":{\"type\":\"object\",\"description\":\"delta: the least gain of an evaluation, as a share of the range; patience: evaluations without one; warmup, window, metric.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"delta\":{\"type\":\"number\",\"minimum\":0,\"maximum\":1},\"patience\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000},\"warmup\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000},\"window\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100},\"metric\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}}},\"stalled\":{\"type\":\"object\",\"description\":\"seconds: how long a job that runs reports nothing new.\",\"additionalProperties\":false,\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"pause\",\"notify\",\"cancel\"],\"description\":\"pause (default), notify, or cancel, which can not be undone.\"},\"seconds\":{\"type\":\"number\",\"minimum\":60,\"maximum\":1000000}}}}},\"poll_interval\":{\"type\":\"number\",\"minimum\":5,\"maximum\":86400,\"description\":\"Seconds between looks (default 60).\"},\"after_resume\":{\"type\":\"string\",\"enum\":[\"rearm\",\"end\"],\"description\":\"When the job it paused goes on: rearm (default) counts from there, end ends the watch.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"watch_id\",\"job_id\",\"state\",\"rules\",\"decisions\"],\"properties\":{\"watch_id\":{\"type\":\"string\"},\"job_id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\",\"description\":\"watching, acting (a pause is on its way), resting (it paused the job) or ended.\"},\"reason\":{\"type\":\"string\",\"description\":\"Why it ended.\"},\"job_status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"trouble\":{\"type\":\"string\",\"description\":\"Why the last look or act failed.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"looked_at\":{\"type\":\"integer\"},\"next_look_at\":{\"type\":\"integer\"},\"poll_interval\":{\"type\":\"number\"},\"after_resume\":{\"type\":\"string\"},\"arming\":{\"type\":\"integer\",\"description\":\"One more after each resume.\"},\"armed_at_step\":{\"type\":\"integer\",\"description\":\"Steps before it do not count.\"},\"rules\":{\"type\":\"object\"},\"standings\":{\"type\":\"array\",\"description\":\"How the rules stand that have not decided.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"near\":{\"type\":\"number\",\"description\":\"From 0 to 1.\"},\"says\":{\"type\":\"string\"}}}},\"decisions\":{\"type\":\"array\",\"description\":\"The newest first.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"action\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"points\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"values\":{\"type\":\"object\"},\"outcome\":{\"type\":\"string\",\"description\":\"open, done or moot.\"},\"answer\":{\"type\":\"string\",\"description\":\"What the provider answered, or what was found.\"},\"attempts\":{\"type\":\"integer\"},\"decided_at\":{\"type\":\"integer\"},\"settled_at\":{\"type\":\"integer\"}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief {
                    input: &["/properties/rules"],
                    output: &[],
                },
                confirm: None,
                audit: &["watch_id", "rules", "poll_interval", "after_resume"],
                task: None,
                typed: typed::<types::UpdateWatchInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::update_watch,
                )),
            },
            ToolSpec {
                name: "stop_watch",
                title: "End a watch",
                description: "The server looks after the job no more. The job itself goes on as it is.",
                effect: Effect::Write,
                sets: &["watches"],
                input: "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"watch_id\"],\"properties\":{\"watch_id\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Id of the watch (watch-…), or of its job.\"}}}",
                output: Some(
                    "{\"type\":\"object\",\"required\":[\"watch_id\",\"job_id\",\"state\",\"rules\",\"decisions\"],\"properties\":{\"watch_id\":{\"type\":\"string\"},\"job_id\":{\"type\":\"string\"},\"state\":{\"type\":\"string\",\"description\":\"watching, acting (a pause is on its way), resting (it paused the job) or ended.\"},\"reason\":{\"type\":\"string\",\"description\":\"Why it ended.\"},\"job_status\":{\"type\":\"string\"},\"step\":{\"type\":\"integer\"},\"trouble\":{\"type\":\"string\",\"description\":\"Why the last look or act failed.\"},\"created_at\":{\"type\":\"integer\",\"description\":\"Unix seconds.\"},\"looked_at\":{\"type\":\"integer\"},\"next_look_at\":{\"type\":\"integer\"},\"poll_interval\":{\"type\":\"number\"},\"after_resume\":{\"type\":\"string\"},\"arming\":{\"type\":\"integer\",\"description\":\"One more after each resume.\"},\"armed_at_step\":{\"type\":\"integer\",\"description\":\"Steps before it do not count.\"},\"rules\":{\"type\":\"object\"},\"standings\":{\"type\":\"array\",\"description\":\"How the rules stand that have not decided.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"near\":{\"type\":\"number\",\"description\":\"From 0 to 1.\"},\"says\":{\"type\":\"string\"}}}},\"decisions\":{\"type\":\"array\",\"description\":\"The newest first.\",\"items\":{\"type\":\"object\",\"properties\":{\"rule\":{\"type\":\"string\"},\"action\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"points\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"values\":{\"type\":\"object\"},\"outcome\":{\"type\":\"string\",\"description\":\"open, done or moot.\"},\"answer\":{\"type\":\"string\",\"description\":\"What the provider answered, or what was found.\"},\"attempts\":{\"type\":\"integer\"},\"decided_at\":{\"type\":\"integer\"},\"settled_at\":{\"type\":\"integer\"}}}}}}",
                ),
                instead: &[],
                features: &[],
                bounds: Bounds::NONE,
                brief: Brief { input: &[], output: &[] },
                confirm: None,
                audit: &["watch_id"],
                task: None,
                typed: typed::<types::StopWatchInput>,
                action: Action::Native(|input, context| native(
                    input,
                    context,
                    H::stop_watch,
                )),
            },
        ],
        prompts: &[
            PromptSpec {
                name: "design_grader",
                title: "Design a grader",
                description: "Writes a grader for a task, checks it, and tries it on answers before any money depends on it.",
                arguments: &[
                    ArgumentSpec {
                        name: "task",
                        title: "Task",
                        description: "What the model shall do, and what makes an answer good.",
                        required: true,
                        default: None,
                        complete: Complete::Nothing,
                    },
                    ArgumentSpec {
                        name: "training_file",
                        title: "Training data",
                        description: "Id of the uploaded data.",
                        required: false,
                        default: None,
                        complete: Complete::Tool {
                            tool: "list_files",
                            input: Template::Object(
                                &[
                                    ("purpose", Template::Text("fine-tune")),
                                    ("limit", Template::Integer(100)),
                                ],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("files")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("file_id")],
                                }),
                            },
                        },
                    },
                ],
                says: Says::Messages(
                    &[
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Design a grader for reinforcement fine-tuning. The task: ",
                                    ),
                                    Bit::Argument("task"),
                                    Bit::Literal(
                                        "\n\nA grader turns an answer into a number, and training makes answers that get more of it. It must therefore reward\nwhat I want, and nothing that only looks like it. The guide is the resource rft://guide/graders. Do the steps\nbelow in this order, and go on only when a step is right. Start no job.\n\nSay first what a perfect, a half-right and a wrong answer look like, and by what a program tells them apart. Ask\nme if the task does not say.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("The data is the file "),
                                    Bit::Argument("training_file"),
                                    Bit::Literal(
                                        ". Read a few of its lines: what stands beside `messages` is what templates\ntake as item.NAME.",
                                    ),
                                ],
                            ),
                            when: Some("training_file"),
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[Bit::Literal("Look at the lines with download_file.")],
                            ),
                            when: Some("training_file"),
                            tool: Some("download_file"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Write the grader. Take only types that the schemas of the tools name for this provider, and the simplest that\ncan do it: string_check for one exact answer, text_similarity for a wording, python for anything that can be\ncomputed, score_model where only reading can tell, multi to join several, endpoint or lambda for code of my own.\nGive partial credit: a reward that is 0 for nearly every answer teaches nothing. Put a limit on length where\nlonger answers could score more.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Check it with lint_grader, with the data and the response schema where there are any, and mend every error and\nevery warning. What scores 0 in silence is named there.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("lint_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Then ask the provider itself with validate_grader.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("validate_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Try it with run_grader on answers that you write: a perfect one, a half-right one, a wrong one, an empty one,\none that copies the question, and one that is long and says nothing. The order of the rewards must be the order\nof their worth. Read `errors` of each: an error counts as 0.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("run_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Then let calibrate_grader grade answers of the base model to 10 rows of the data; say before that tokens are\nbilled. There is something to learn when the rewards are spread, with a mean between about 0.1 and 0.9. Mend the\ngrader, or the data, until `signal` is good.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("calibrate_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "The provider tries no graders here, so try the function behind it yourself on the same kinds of answers: a\nperfect, a half-right, a wrong, an empty, a copied and a long one.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: Some("run_grader"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "End with: the grader as JSON, ready for a launch; the rewards of the answers you tried, in a table; the response\nschema if it needs one; how an answer could score without being good, and why that is unlikely.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                    ],
                ),
            },
            PromptSpec {
                name: "launch_job",
                title: "Launch an RFT job",
                description: "From data and a grader to a running job, checked step by step, with the price said before it is spent.",
                arguments: &[
                    ArgumentSpec {
                        name: "training_file",
                        title: "Training data",
                        description: "Id of an uploaded file, or a local path.",
                        required: true,
                        default: None,
                        complete: Complete::Tool {
                            tool: "list_files",
                            input: Template::Object(
                                &[
                                    ("purpose", Template::Text("fine-tune")),
                                    ("limit", Template::Integer(100)),
                                ],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("files")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("file_id")],
                                }),
                            },
                        },
                    },
                    ArgumentSpec {
                        name: "validation_file",
                        title: "Validation data",
                        description: "Id of an uploaded file, or a local path; other examples than those of the training data.",
                        required: true,
                        default: None,
                        complete: Complete::Tool {
                            tool: "list_files",
                            input: Template::Object(
                                &[
                                    ("purpose", Template::Text("fine-tune")),
                                    ("limit", Template::Integer(100)),
                                ],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("files")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("file_id")],
                                }),
                            },
                        },
                    },
                    ArgumentSpec {
                        name: "grader",
                        title: "Grader",
                        description: "The grader as JSON.",
                        required: false,
                        default: Some(
                            "the one that we designed; ask me when there is none",
                        ),
                        complete: Complete::Nothing,
                    },
                    ArgumentSpec {
                        name: "base_model",
                        title: "Base model",
                        description: "Model to train.",
                        required: false,
                        default: Some("the provider's default"),
                        complete: Complete::Tool {
                            tool: "list_models",
                            input: Template::Object(&[]),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("models")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("model")],
                                }),
                            },
                        },
                    },
                    ArgumentSpec {
                        name: "budget_usd",
                        title: "Budget",
                        description: "Most dollars that it may cost.",
                        required: false,
                        default: None,
                        complete: Complete::Nothing,
                    },
                ],
                says: Says::Messages(
                    &[
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Launch a reinforcement fine-tuning job.\n- training data: ",
                                    ),
                                    Bit::Argument("training_file"),
                                    Bit::Literal("\n- validation data: "),
                                    Bit::Argument("validation_file"),
                                    Bit::Literal("\n- grader: "),
                                    Bit::Argument("grader"),
                                    Bit::Literal("\n- base model: "),
                                    Bit::Argument("base_model"),
                                    Bit::Literal(
                                        "\n\nA job bills by the hour and runs for hours, so check first and launch once. The guides are rft://guide/launching\nand rft://guide/money. Do the steps below in this order; when one finds a mistake, mend it, or ask me, before\nyou go on.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("My budget is $"),
                                    Bit::Argument("budget_usd"),
                                    Bit::Literal(
                                        ". A job whose likely cost is above it is not launched.",
                                    ),
                                ],
                            ),
                            when: Some("budget_usd"),
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Check both sets of data together, with the grader, by validate_dataset. Mend every mistake it names; an example\nmust never be in both.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("validate_dataset"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Upload what is a local path with upload_file; what begins with file- is uploaded already.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("upload_file"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Check the grader with lint_grader against the training data.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("lint_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Ask the provider whether it accepts the grader with validate_grader.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("validate_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "See whether there is anything to learn with calibrate_grader on 10 rows. With a `signal` of none, too_low,\ntoo_high or errors, stop and tell me: a job would cost money and gain nothing.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("calibrate_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Run preflight with everything that the launch will get, and the budget if there is one. Anything that is `fail`\nstops the launch; say what is `warn`.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("preflight"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "See with get_model whether the model is there and when it is shut down.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("get_model"),
                            without: Some("preflight"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Estimate hours and dollars with estimate_cost.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("estimate_cost"),
                            without: Some("preflight"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Then tell me in five lines what will be launched: provider, model, data, grader, hours and dollars expected.\nWait for my yes.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "After my yes call start_job once, and keep its job_id and launch_token. If the call fails, or you do not know\nwhether it worked, repeat it with the same launch_token: that can not start a second job. Never repeat it\nwithout.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("start_job"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "This server launches no jobs. Say so, and what would be sent.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: Some("start_job"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Follow it with wait_for_job until its first steps have rewards, then look at get_reward_curve, and tell me\nwhether the reward moves.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("wait_for_job"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Follow it with get_job_status every few minutes until its first steps have rewards, and tell me whether the\nreward moves.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: Some("wait_for_job"),
                        },
                    ],
                ),
            },
            PromptSpec {
                name: "diagnose_run",
                title: "Diagnose a run",
                description: "Says how a job does, what is wrong with it, and whether to go on, pause, or stop.",
                arguments: &[
                    ArgumentSpec {
                        name: "job_id",
                        title: "Job",
                        description: "Id of the job (ftjob-…).",
                        required: true,
                        default: None,
                        complete: Complete::Tool {
                            tool: "list_jobs",
                            input: Template::Object(
                                &[("limit", Template::Integer(100))],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("jobs")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("job_id")],
                                }),
                            },
                        },
                    },
                ],
                says: Says::Messages(
                    &[
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("Diagnose the fine-tuning job "),
                                    Bit::Argument("job_id"),
                                    Bit::Literal(
                                        ". Look only: pause, resume, cancel or launch nothing before I say so. The\nguide is rft://guide/curve. Begin with get_job_status: the status, how far it is, the newest events.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "If it failed, or was cancelled by nobody you know of, ask explain_failure. It names the cause, the evidence and\nwhat to do, in order.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("explain_failure"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Look at get_reward_curve, and judge by these, in this order:\n- errors of the graders: a share above a tenth means that the reward is not what it says;\n- the training reward stays near 0 or near the top from the start: there is nothing to learn;\n- the gap of training over validation: above 0.05 of the range watch it, above 0.10 the job learns the grader;\n- the validation reward falls from its best while the training reward rises: reward hacking;\n- the answers grow threefold in tokens: length is rewarded;\n- the validation reward is flat over three evaluations or more: the rest of the run buys nothing.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("get_reward_curve"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Read the rewards from list_job_events with all_pages: the training and validation reward of each step, errors of\ngraders, tokens. The same signs hold: a gap above 0.05 is a warning and above 0.10 an alarm, rewards that do not\nmove in three evaluations are a plateau, answers that grow threefold mean that length is rewarded.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("list_job_events"),
                            without: Some("get_reward_curve"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Say with estimate_cost what it has cost and what is still to come.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("estimate_cost"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Read the moderation_checks and warnings among the events with list_job_events, if the status or the curve does\nnot explain itself.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("list_job_events"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "End with: one sentence of verdict; the evidence, with step numbers; and one advice of go on, pause, cancel, or\nrelaunch with a change, with what it saves or costs. A pause keeps a snapshot where the provider has pausing; a\ncancelled job can not be resumed, and its work is billed.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                    ],
                ),
            },
            PromptSpec {
                name: "choose_checkpoint",
                title: "Choose a checkpoint",
                description: "Ranks a job's checkpoints, tries the best ones on real questions, and says which one to use.",
                arguments: &[
                    ArgumentSpec {
                        name: "job_id",
                        title: "Job",
                        description: "Id of the job (ftjob-…).",
                        required: true,
                        default: None,
                        complete: Complete::Tool {
                            tool: "list_jobs",
                            input: Template::Object(
                                &[("limit", Template::Integer(100))],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("jobs")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("job_id")],
                                }),
                            },
                        },
                    },
                    ArgumentSpec {
                        name: "other_job",
                        title: "Another job",
                        description: "Id of a job to compare it with.",
                        required: false,
                        default: None,
                        complete: Complete::Tool {
                            tool: "list_jobs",
                            input: Template::Object(
                                &[("limit", Template::Integer(100))],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("jobs")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("job_id")],
                                }),
                            },
                        },
                    },
                ],
                says: Says::Messages(
                    &[
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("Choose the checkpoint of the job "),
                                    Bit::Argument("job_id"),
                                    Bit::Literal(
                                        " to use. The guide is rft://guide/checkpoints. The newest is not the\nbest by itself; the best is the one whose validation reward is highest without having learnt the grader.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Start with rank_checkpoints. It orders them by validation reward and says what speaks against each: a gap to the\ntraining reward, answers that can not be parsed.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("rank_checkpoints"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Start with list_checkpoints, and order them by validation reward. One whose training reward is more than 0.10\nabove its validation reward has learnt the grader.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: Some("rank_checkpoints"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("Compare the runs with compare_jobs for "),
                                    Bit::Argument("job_id"),
                                    Bit::Literal(" and "),
                                    Bit::Argument("other_job"),
                                    Bit::Literal(", and take the better one's checkpoints."),
                                ],
                            ),
                            when: Some("other_job"),
                            tool: Some("compare_jobs"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal("Do the same for the job "),
                                    Bit::Argument("other_job"),
                                    Bit::Literal(
                                        ", and take the better one's checkpoints. Rewards of other graders do not\ncompare.",
                                    ),
                                ],
                            ),
                            when: Some("other_job"),
                            tool: None,
                            without: Some("compare_jobs"),
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Ask the base model and the two best checkpoints the same three questions with sample_model, questions that are\nnot in the training data; say before that tokens are billed. Read the answers: better, or only more of what the\ngrader likes? Where a provider needs a deployment first, say so, and skip this until there is one.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("sample_model"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "Score those answers with run_grader, to see that what is better to read also scores more.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: Some("run_grader"),
                            without: None,
                        },
                        MessageSpec {
                            role: Role::User,
                            content: BlockSpec::Text(
                                &[
                                    Bit::Literal(
                                        "End with: the name of the model to use; its validation reward beside that of the base model or the first\nevaluation; the runner-up and why it lost; what to watch when it is used.",
                                    ),
                                ],
                            ),
                            when: None,
                            tool: None,
                            without: None,
                        },
                    ],
                ),
            },
        ],
        resources: &[
            ResourceSpec {
                name: "guide_graders",
                title: "Guide: graders",
                description: "What graders there are, how to write one that teaches, and how they fail without saying so.",
                uri: "rft://guide/graders",
                segments: &[Segment::Literal("rft://guide/graders")],
                mime_type: "text/markdown",
                variables: &[],
                read: Read::Text(
                    &[
                        Bit::Literal(
                            "# Graders\n\nA grader turns an answer into a number. Training makes answers more likely that get more of it, and nothing else: what\nthe grader does not see, the model does not learn; what the grader likes by mistake, the model learns too.\n\n## The types\n\n| type | scores | use it for |\n|---|---|---|\n| `string_check` | 1 when `input` and `reference` compare by `operation` (eq, ne, like, ilike), else 0 | one exact answer |\n| `text_similarity` | how alike two texts are, by `evaluation_metric` (fuzzy_match, bleu, gleu, meteor, rouge_1 to rouge_5, rouge_l) | wordings |\n| `python` | what your `grade(sample, item)` returns; 2 minutes, no network, less than 256 kB | anything that can be computed |\n| `score_model` | what a model says, cut to `range` (0 to 1) | what only reading can tell; its tokens are billed |\n| `multi` | `calculate_output`, a formula over the keys of `graders` (a map, not a list; not nested) | several aspects |\n| `endpoint` (Azure), `lambda` (Bedrock) | what code of yours answers | anything else |\n\nFormulas have `+ - * / ^` and `min max abs floor ceil exp sqrt log`. Providers lack some types; the schema of\n`start_job` has those of this one.\n\n## Templates\n\n- `\\{{ item.answer }}` takes `answer` from the data line: every key beside `messages` is there. A key that a line lacks\n  is an error on that line, and its reward 0.\n- `\\{{ sample.output_text }}` is the answer as text.\n- `\\{{ sample.output_json.total }}` is a part of an answer in JSON. It needs a `response_schema` at launch: without one\n  every answer scores 0.\n- `\\{{ sample.output_tools[0].function.name }}` is a tool call.\n\n## What makes one good\n\n- **Spread.** Answers of the base model must get different rewards. A mean near 0 or near 1 teaches nothing. Give\n  partial credit: for the right form, for a part of the answer, for being close.\n- **Order.** A better answer always scores more. Try a perfect, a half-right, a wrong, an empty, a copied and a long\n  answer, and look whether the order is yours.\n- **No way around.** Ask how an answer could score without being good: many guesses in one text, words of the reference\n  repeated, great length, flattery of the judging model. Close each.\n- **Speed.** A job waits for its grader. Seconds for each answer become hours of bill.\n\n## How they fail without saying so\n\n- An exception in python counts as 0, as does a model's score that is no number.\n- A template that names no key of the data scores 0 on each line.\n- `multi` with a list instead of a map of graders is refused by providers, though the published schema shows a list.\n- Rewards outside of what you expect: `advanced.reward_clip` at launch keeps them within limits.\n\n`lint_grader` finds these without running anything, `run_grader` scores one answer and has the errors in its result,\n`calibrate_grader` says whether there is a signal.\n\nTools named here that are not listed belong to a set that this server was started without (`--sets`), or the provider\nlacks them.\n",
                        ),
                    ],
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "guide_launching",
                title: "Guide: launching a job",
                description: "From data to a running job, what every setting does, and how to launch once.",
                uri: "rft://guide/launching",
                segments: &[Segment::Literal("rft://guide/launching")],
                mime_type: "text/markdown",
                variables: &[],
                read: Read::Text(
                    &[
                        Bit::Literal(
                            "# Launching a job\n\n## Before\n\n1. **Data.** Two JSONL files, uploaded for `fine-tune`. A line has `messages` (the last one of the user) and whatever\n   the grader takes as `item.NAME`. At most 50,000 examples to train on and 1,000 to validate (Bedrock: 100 to 20,000).\n   No example may be in both. `validate_dataset` names lines and how to mend them.\n2. **Grader.** The guide is `rft://guide/graders`. `lint_grader`, then `validate_grader`, then `calibrate_grader`.\n3. **Model.** `get_model` or `preflight` say whether it is there and when it is shut down.\n4. **Price.** `estimate_cost`, or `preflight` with `budget_usd`.\n\n## The settings\n\nAll are optional, and `auto` leaves the choice to the provider. Change one at a time.\n\n| setting | what it does | when to change it |\n|---|---|---|\n| `n_epochs` (1 to 50) | passes over the data | down for a first look, up when the reward still rises at the end |\n| `batch_size` (1 to 256) | examples a step; steps = examples × epochs ÷ batch | up when the reward jumps about |\n| `learning_rate_multiplier` | factor on the provider's rate; there is no absolute rate | 0.5 when rewards collapse, 2 when nothing moves |\n| `compute_multiplier` (up to 10) | answers tried for each example | up when good answers are rare; the bill grows with it |\n| `eval_interval` | steps between validations | so that there are 8 or more in the run: each can leave a checkpoint |\n| `eval_samples` | answers for each validation example | up when the validation reward is noisy |\n| `reasoning_effort` | how long it thinks | as it will be used later |\n\nThe number of steps follows from data, epochs and batch. `response_schema` makes each answer JSON of\nthat form. With `advanced` the server watches the job and pauses it while nobody looks: `early_stop_delta` (the least gain\nof the validation reward, a share of its range) with `early_stop_patience` (evaluations, 5) and `early_stop_warmup`,\n`max_steps`, `budget_usd`, `budget_hours`. `seed` makes a run repeatable. `metadata` is for your own labels.\n\n## Once\n\n`start_job` says a `launch_token`. Keep it with the `job_id`. After a time-out, a lost connection or an error of the\nprovider, call `start_job` again with the same arguments **and that token**: the job is found and not started twice.\nWithout the token a second job may start, and bill.\n\n## After\n\nThe status goes validating_files, queued, running, and ends as succeeded, failed or cancelled; pausing and paused lie\nbetween, and any other word means that it has not ended. A queue may last hours and costs nothing. `wait_for_job` waits\nfor a status, a step or a reward, and `get_reward_curve` judges it: `rft://guide/curve`.\n\nTools named here that are not listed belong to a set that this server was started without (`--sets`), or the provider\nlacks them.\n",
                        ),
                    ],
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "guide_curve",
                title: "Guide: reading the curve",
                description: "What rewards, gaps and alarms of a run mean, and what to do about each.",
                uri: "rft://guide/curve",
                segments: &[Segment::Literal("rft://guide/curve")],
                mime_type: "text/markdown",
                variables: &[],
                read: Read::Text(
                    &[
                        Bit::Literal(
                            "# Reading the curve\n\n`get_reward_curve` has it as numbers, as a drawing and as a judgement. Two rewards are of interest.\n\n- **Training reward**: of the answers of that step. Each step has other examples, so two steps do not compare well; look\n  at the trend of many.\n- **Validation reward**: of the same examples each time. This one counts. It is there only on steps with a validation.\n\nDo not average the graders inside a multi grader: each has its own scale and its own count.\n\n## What it looks like, and what to do\n\n| what is seen | what it means | what to do |\n|---|---|---|\n| both rise | it learns | go on |\n| both flat from the start, near 0 | no answer ever scores | pause; partial credit in the grader, easier examples, more `compute_multiplier` |\n| both flat from the start, near the top | nothing is left to learn | pause; harder examples, a stricter grader |\n| validation flat over three validations or more | a plateau | the rest of the run buys little: pause, choose a checkpoint |\n| training above validation by more than 0.05 of the range | it begins to learn these examples | watch the next validations |\n| the same by more than 0.10 | it has learnt the examples, or the grader | pause; read answers; use an earlier checkpoint |\n| training rises, validation falls from its best | reward hacking: the grader is pleased, the task is not done | pause, use the best checkpoint, mend the grader |\n| validation falls far below its best and stays | a collapse | pause; lower `learning_rate_multiplier` or `n_epochs` |\n| answers grow threefold in tokens | length is rewarded | read some; limit length in the grader |\n| a share of errors above a tenth | rewards are not what they say | pause; `calibrate_grader` names the error |\n\nTwo points are no trend. Judge after three validations, except for errors, which are wrong from the first.\n\n## Reading answers\n\nNumbers do not tell reward hacking from learning; answers do. Ask the base model and the newest checkpoint the same with\n`sample_model`, and read what changed.\n\n## Pause or cancel\n\n`pause_job` keeps a snapshot, stops the bill and can be resumed. `cancel_job` can not, and the work is billed as well.\nSome providers have no pausing; there cancel, after looking for checkpoints with `list_checkpoints`.\n\nTools named here that are not listed belong to a set that this server was started without (`--sets`), or the provider\nlacks them.\n",
                        ),
                    ],
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "guide_checkpoints",
                title: "Guide: choosing a checkpoint",
                description: "Which checkpoint to use and how to see that it is better.",
                uri: "rft://guide/checkpoints",
                segments: &[Segment::Literal("rft://guide/checkpoints")],
                mime_type: "text/markdown",
                variables: &[],
                read: Read::Text(
                    &[
                        Bit::Literal(
                            "# Choosing a checkpoint\n\nA checkpoint is made at each validation, and the three best by validation reward are kept; so a run with few validations\nhas few to choose from. Each is a model of its own with a name to call it by, and so is the end of the run. The last is\nnot the best by itself.\n\n1. **Rank** them with `rank_checkpoints`: by validation reward, with the gap to the training reward, tokens, and what\n   speaks against each.\n2. **Prefer**, of two whose validation rewards differ by less than about 0.02 of the range, the one with the smaller\n   gap, then the one with shorter answers, then the earlier one. With a small validation set even 0.05 may be chance.\n3. **Leave out** one whose training reward is more than 0.10 of the range above its validation reward, or of whose\n   answers a tenth can not be parsed.\n4. **Try** the best two beside the base model with `sample_model`: the same questions, none from the training data. Read\n   the answers. Score them with `run_grader`: where you and the grader disagree, the grader is wrong.\n5. **Compare runs** with `compare_jobs`, which says what was set differently. Rewards compare only where grader and\n   validation data are the same; it warns where they are not.\n\nOn Azure a checkpoint answers only once it is deployed. Permission for other projects to use one is given by the tools\nof the set `admin`.\n\nIf no checkpoint beats the first validation by more than chance, use the base model, and mend the grader or the data\nbefore the next run: `rft://guide/graders`.\n\nTools named here that are not listed belong to a set that this server was started without (`--sets`), or the provider\nlacks them.\n",
                        ),
                    ],
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "guide_money",
                title: "Guide: money",
                description: "What jobs cost, what makes them dear, and how to stop the bill.",
                uri: "rft://guide/money",
                segments: &[Segment::Literal("rft://guide/money")],
                mime_type: "text/markdown",
                variables: &[],
                read: Read::Text(
                    &[
                        Bit::Literal(
                            "# Money\n\nOpenAI bills training by the wall clock, about $100 an hour, by the second, and the tokens of grading models at their\nown prices. Azure pauses a job by itself at $5,000. Prices of other providers: give `hourly_usd` to have them counted.\n\n**Free**: the queue, the checking of files, a job that is refused. **Billed**: the work done, whether the job succeeds,\nfails, is paused or cancelled.\n\n## What makes a job dear\n\n- `compute_multiplier`: twice of it is nearly twice the hours.\n- Steps: examples × `n_epochs` ÷ `batch_size`.\n- A slow grader: the job waits for it, on the clock.\n- Many validations of a large set: `eval_samples`, a small `eval_interval`, more than a few hundred examples.\n- Long answers; they may grow during the run.\n\n## Before a launch\n\n`estimate_cost` says hours and dollars with a low and a high end. For a job that has not run it may be off by 2.5 either\nway; with `like_job`, a job whose steps are alike, it is much closer. `preflight` holds it against `budget_usd`.\n\n`start_job` and `resume_job` may ask the person, with the estimate, and be refused: a decline is an answer, so ask what\nto change. Where a refusal says so, ask the person yourself and call again with `confirm: true`, never without asking.\nLimits of the server (dollars for a launch, for a day, jobs at once; $1,000, $2,000 and 3 unless it was started with\nothers) can not be talked away: do less, or tell the person, who can raise them with `--spending`.\n\nA first run on a tenth of the data with `n_epochs` 1 costs little and shows whether there is anything to learn.\n\n## During a run\n\n`estimate_cost` with `job_id` takes the job's own timing: what it has cost, what is still to come. `get_reward_curve`\nsays whether what is to come buys anything.\n\n## To stop the bill\n\n- `start_job` with `advanced: { budget_usd: 300, budget_hours: 4 }` lets the server pause the job there by itself.\n- `pause_job` stops it and keeps a snapshot; `resume_job` starts it again. Ask a person before you resume.\n- `cancel_job` ends the job for good.\n- A client that goes away, and a `wait_for_job` that ends, stop nothing: the job runs on at the provider.\n\n## Never twice\n\nA launch that seems to have failed may have worked. Repeat it only with its `launch_token`: `rft://guide/launching`.\nLook with `list_jobs` when you are not sure.\n\nTools named here that are not listed belong to a set that this server was started without (`--sets`), or the provider\nlacks them.\n",
                        ),
                    ],
                ),
                subscribe: false,
            },
            ResourceSpec {
                name: "jobs",
                title: "Jobs",
                description: "The newest jobs of this account, as list_jobs gives them.",
                uri: "rft://jobs",
                segments: &[Segment::Literal("rft://jobs")],
                mime_type: "application/json",
                variables: &[],
                read: Read::Tool {
                    tool: "list_jobs",
                    input: Template::Object(&[("limit", Template::Integer(20))]),
                },
                subscribe: false,
            },
            ResourceSpec {
                name: "job",
                title: "A job",
                description: "Status, progress, newest rewards and events of a job, as get_job_status gives them.",
                uri: "rft://jobs/{id}",
                segments: &[Segment::Literal("rft://jobs/"), Segment::Param("id")],
                mime_type: "application/json",
                variables: &[
                    VariableSpec {
                        name: "id",
                        complete: Complete::Tool {
                            tool: "list_jobs",
                            input: Template::Object(
                                &[("limit", Template::Integer(100))],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("jobs")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("job_id")],
                                }),
                            },
                        },
                    },
                ],
                read: Read::Tool {
                    tool: "get_job_status",
                    input: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("id")],
                                }),
                            ),
                            ("event_limit", Template::Integer(20)),
                        ],
                    ),
                },
                subscribe: true,
            },
            ResourceSpec {
                name: "curve",
                title: "A job's reward curve",
                description: "The rewards of each step, drawn and judged, as get_reward_curve gives them.",
                uri: "rft://jobs/{id}/curve",
                segments: &[
                    Segment::Literal("rft://jobs/"),
                    Segment::Param("id"),
                    Segment::Literal("/curve"),
                ],
                mime_type: "application/json",
                variables: &[
                    VariableSpec {
                        name: "id",
                        complete: Complete::Tool {
                            tool: "list_jobs",
                            input: Template::Object(
                                &[("limit", Template::Integer(100))],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("jobs")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("job_id")],
                                }),
                            },
                        },
                    },
                ],
                read: Read::Tool {
                    tool: "get_reward_curve",
                    input: Template::Object(
                        &[
                            (
                                "job_id",
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                },
                subscribe: false,
            },
            ResourceSpec {
                name: "watch",
                title: "A watch",
                description: "How its rules stand, and what it decided on which points, as get_watch gives it; by the id of the watch or its job.",
                uri: "rft://watches/{id}",
                segments: &[Segment::Literal("rft://watches/"), Segment::Param("id")],
                mime_type: "application/json",
                variables: &[
                    VariableSpec {
                        name: "id",
                        complete: Complete::Tool {
                            tool: "list_watches",
                            input: Template::Object(
                                &[("limit", Template::Integer(100))],
                            ),
                            values: Template::Each {
                                list: Place {
                                    root: Root::Reply(0),
                                    path: &[Step::Key("watches")],
                                },
                                item: &Template::Take(Place {
                                    root: Root::Item,
                                    path: &[Step::Key("watch_id")],
                                }),
                            },
                        },
                    },
                ],
                read: Read::Tool {
                    tool: "get_watch",
                    input: Template::Object(
                        &[
                            (
                                "watch_id",
                                Template::Take(Place {
                                    root: Root::Input,
                                    path: &[Step::Key("id")],
                                }),
                            ),
                        ],
                    ),
                },
                subscribe: true,
            },
        ],
    };
}
