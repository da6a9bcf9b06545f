//! `estimate_cost`.

use rft_mcp_insight::{
    cost::{Estimate, Job, Like, ended, plan, running, timing},
    dataset::{Needed, Part},
    metrics::finite,
};
use rft_mcp_runtime::{engine::Context, tool::FunctionError};
use serde_json::Value;

use super::{data::Source, output, run::Run};
use crate::{
    generated::types::{EstimateCostInput, EstimateCostOutput},
    knowledge,
};

pub(crate) async fn estimate_cost(
    input: EstimateCostInput,
    context: Context,
) -> Result<EstimateCostOutput, FunctionError> {
    let hourly = input
        .hourly_usd
        .as_ref()
        .and_then(serde_json::Number::as_f64)
        .or_else(|| hourly_usd(&context));
    if let Some(id) = &input.job_id {
        return output(of_job(&context, id, hourly).await?);
    }
    let like = match &input.like_job {
        Some(id) => {
            let run = Run::read(&context, id).await?;
            let unmeasured = || {
                FunctionError(format!(
                    "{id} has no steps with a timing to learn from: leave like_job out, or name a job that ran"
                ))
            };
            Some(Like {
                timing: timing(&run.series).ok_or_else(unmeasured)?,
                hyperparameters: run.hyperparameters(),
            })
        }
        None => None,
    };
    let count = |count: Option<rft_mcp_runtime::tool::Integer>| {
        count.and_then(|count| u64::try_from(count.0).ok())
    };
    let training = Source::of_file(Part::Training, input.training_file, input.training_path)?;
    let validation = Source::of_file(
        Part::Validation,
        input.validation_file,
        input.validation_path,
    )?;
    let counted = |part, count, source| counted(&context, part, count, source);
    let examples = counted(Part::Training, count(input.examples), training).await?;
    let examples = examples.ok_or_else(|| {
        FunctionError(
            "nothing to estimate: give job_id for a job that runs, or training_file (or training_path, or examples) \
             for one that is to run"
                .to_owned(),
        )
    })?;
    let validation_examples = counted(
        Part::Validation,
        count(input.validation_examples),
        validation,
    )
    .await?;
    let job = Job {
        examples,
        validation_examples,
        hyperparameters: json(&input.hyperparameters)?,
        asks_model: false,
    };
    output(plan(&job, knowledge::costs()?, hourly, like.as_ref()))
}

/// The estimate of a job that runs, or has run.
async fn of_job(
    context: &Context,
    id: &str,
    hourly: Option<f64>,
) -> Result<Estimate, FunctionError> {
    let run = Run::read(context, id).await?;
    let Some(timing) = timing(&run.series) else {
        if run.ended() {
            return Ok(ended(&run.series, run.lasted(), hourly, run.spent()));
        }
        return Err(FunctionError(format!(
            "{id} ({}) has no steps with a timing yet: ask again after its first step, or give training_file and \
             hyperparameters instead of job_id",
            run.status()
        )));
    };
    Ok(running(
        &run.series,
        &timing,
        run.ended(),
        hourly,
        run.spent(),
    ))
}

/// How many examples there are, as it was said or as the lines say.
async fn counted(
    context: &Context,
    part: Part,
    count: Option<u64>,
    source: Option<Source>,
) -> Result<Option<u64>, FunctionError> {
    match (count, source) {
        (Some(count), _) => Ok(Some(count)),
        (None, Some(source)) => {
            let dataset = source.read(context, part, Needed::default()).await?;
            Ok(Some(dataset.examples))
        }
        (None, None) => Ok(None),
    }
}

/// How many examples a file holds.
pub(super) async fn examples(
    context: &Context,
    file: &str,
    part: Part,
) -> Result<u64, FunctionError> {
    let source = Source::File(file.to_owned());
    Ok(source
        .read(context, part, Needed::default())
        .await?
        .examples)
}

/// What an hour of training costs at this provider, where that is published.
pub(super) fn hourly_usd(context: &Context) -> Option<f64> {
    finite(context.value("hourly_usd")?)
}

/// As it was given; null when it was not.
pub(super) fn json(value: &impl serde::Serialize) -> Result<Value, FunctionError> {
    serde_json::to_value(value).map_err(|error| FunctionError(error.to_string()))
}
