//! `rank_checkpoints`, `compare_jobs` and `explain_failure`.

use std::ops::ControlFlow;

use rft_mcp_insight::{
    checkpoints::rank,
    compare::{self, compare},
    cost::timing,
    curve::judge,
    failure::explain,
};
use rft_mcp_runtime::{engine::Context, tool::FunctionError};
use serde_json::{Value, json};

use super::{cost, list::pages, output, run::Run};
use crate::{
    generated::types::{
        CompareJobsInput, CompareJobsOutput, ExplainFailureInput, ExplainFailureOutput,
        RankCheckpointsInput, RankCheckpointsOutput,
    },
    knowledge,
};

/// Pages of checkpoints that are read.
const MOST_PAGES: usize = 20;

pub(crate) async fn rank_checkpoints(
    input: RankCheckpointsInput,
    context: Context,
) -> Result<RankCheckpointsOutput, FunctionError> {
    let run = Run::read(&context, &input.job_id).await?;
    let checkpoints = checkpoints(&context, &input.job_id).await?;
    output(rank(
        knowledge::metrics()?,
        &checkpoints,
        &run.series,
        &run.view(),
    ))
}

async fn checkpoints(context: &Context, id: &str) -> Result<Vec<Value>, FunctionError> {
    let mut all: Vec<Value> = Vec::new();
    let path = ["fine_tuning", "jobs", id, "checkpoints"];
    // The best are kept, so those that can not be reached are no loss.
    pages(context, &path, MOST_PAGES, |page| {
        all.extend_from_slice(page);
        ControlFlow::Continue(())
    })
    .await?;
    Ok(all)
}

pub(crate) async fn compare_jobs(
    input: CompareJobsInput,
    context: Context,
) -> Result<CompareJobsOutput, FunctionError> {
    let hourly = cost::hourly_usd(&context);
    let mut runs = Vec::new();
    for id in &input.job_ids {
        let run = Run::read(&context, id).await?;
        let judgement = judge(&run.series, &run.view());
        let seconds = timing(&run.series).map(|timing| timing.total);
        let usd = run.spent().or_else(|| Some(seconds? / 3_600.0 * hourly?));
        runs.push(compare::Run {
            job: run.job,
            judgement,
            seconds,
            usd,
        });
    }
    output(compare(&runs))
}

pub(crate) async fn explain_failure(
    input: ExplainFailureInput,
    context: Context,
) -> Result<ExplainFailureOutput, FunctionError> {
    let run = Run::read(&context, &input.job_id).await?;
    let judgement = judge(&run.series, &run.view());
    let explanation = explain(knowledge::failures()?, &run.job, &run.messages, &judgement);
    output(json!({
        "status": run.status(),
        "cause": explanation.cause,
        "known": explanation.known,
        "evidence": explanation.evidence,
        "steps": explanation.steps,
    }))
}
