//! `get_reward_curve` and `export_metrics`.

use rft_mcp_insight::{
    curve::judge,
    export::export,
    metrics::{GraderId, Series, Step},
    picture, rounded,
};
use rft_mcp_runtime::{
    engine::Context,
    tool::{Block, FunctionError},
};
use serde_json::{Map, Value, json};

use super::{output, run::Run};
use crate::generated::types::{
    ExportMetricsInput, ExportMetricsOutput, GetRewardCurveInput, GetRewardCurveOutput,
};

/// Steps returned where nobody says.
const POINTS: i64 = 100;
/// Bytes of CSV where nobody says.
const BYTES: i64 = 100_000;
/// Metrics of a step that are returned; the others are in the export.
const SHOWN: [&str; 5] = [
    "train_reward",
    "valid_reward",
    "reasoning_tokens",
    "valid_reasoning_tokens",
    "valid_parse_error",
];

pub(crate) async fn get_reward_curve(
    input: GetRewardCurveInput,
    context: Context,
) -> Result<GetRewardCurveOutput, FunctionError> {
    let run = Run::read(&context, &input.job_id).await?;
    let judgement = judge(&run.series, &run.view());
    let points = usize::try_from(input.points.map_or(POINTS, |points| points.0)).unwrap_or(1);
    let steps = chosen(&run.series, points);
    if input.picture.unwrap_or_default() {
        let title = format!("Rewards of {}", input.job_id);
        let svg = picture::svg(&run.series, &judgement, &title);
        context.show(Block::image(svg.as_bytes(), "image/svg+xml"));
    }
    let graders: Vec<Value> = run
        .series
        .graders()
        .iter()
        .map(|id| grader(&run.series, id, &steps))
        .collect();
    output(json!({
        "job_id": input.job_id,
        "status": run.status(),
        "judgement": judgement,
        "curve": picture::text(&run.series),
        "steps": steps.iter().map(|step| metrics(step)).collect::<Vec<_>>(),
        "graders": graders,
        "left_out": run.series.steps.len() - steps.len(),
    }))
}

/// At most so many steps: those with a validation first, then others, evenly; the first and the last always.
fn chosen(series: &Series, most: usize) -> Vec<&Step> {
    let count = series.steps.len();
    if count <= most {
        return series.steps.iter().collect();
    }
    let evenly = |indices: Vec<usize>, most: usize| -> Vec<usize> {
        if most == 0 {
            return Vec::new();
        }
        let every = indices.len().div_ceil(most).max(1);
        indices.into_iter().step_by(every).collect()
    };
    let is_valid = |index: &usize| {
        series
            .steps
            .get(*index)
            .is_some_and(|step| step.get("valid_reward").is_some())
    };
    let (valid, other): (Vec<usize>, Vec<usize>) = (1..count.saturating_sub(1)).partition(is_valid);
    let mut indices = vec![0, count - 1];
    indices.extend(evenly(valid, most.saturating_sub(2)));
    let left = most.saturating_sub(indices.len());
    if left > 0 {
        indices.extend(evenly(other, left));
    }
    indices.sort_unstable();
    indices.dedup();
    indices
        .into_iter()
        .filter_map(|index| series.steps.get(index))
        .collect()
}

fn metrics(step: &Step) -> Value {
    let mut shown = Map::new();
    shown.insert("step".to_owned(), step.step.into());
    for name in SHOWN {
        if let Some(value) = step.get(name) {
            shown.insert(name.to_owned(), rounded(value).into());
        }
    }
    Value::Object(shown)
}

fn grader(series: &Series, id: &GraderId, steps: &[&Step]) -> Value {
    let points = |name: &str| -> Vec<Value> {
        steps
            .iter()
            .filter_map(|step| {
                let reward = *step.graders.get(id)?.get(name)?;
                Some(json!({"step": step.step, "reward": rounded(reward)}))
            })
            .collect()
    };
    let newest = series
        .steps
        .iter()
        .rev()
        .find_map(|step| step.graders.get(id));
    let errors: Map<String, Value> = newest
        .into_iter()
        .flatten()
        .filter(|(name, share)| name.ends_with("_error") && **share > 0.0)
        .map(|(name, share)| (name.clone(), rounded(*share).into()))
        .collect();
    json!({
        "name": id.name,
        "type": id.kind,
        "train": points("train_reward"),
        "valid": points("valid_reward"),
        "errors": errors,
    })
}

pub(crate) async fn export_metrics(
    input: ExportMetricsInput,
    context: Context,
) -> Result<ExportMetricsOutput, FunctionError> {
    let run = Run::read(&context, &input.job_id).await?;
    let from = u64::try_from(input.from_step.map_or(1, |step| step.0)).unwrap_or(1);
    let most = usize::try_from(input.max_bytes.map_or(BYTES, |bytes| bytes.0)).unwrap_or(0);
    let export = export(&run.series, from, most);
    output(json!({
        "csv": export.csv,
        "rows": export.rows,
        "columns": export.columns,
        "next": export.next,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge;

    #[test]
    fn of_many_steps_the_validated_ones_stay() {
        let mut collector = rft_mcp_insight::metrics::Collector::new(knowledge::metrics().unwrap());
        for step in 1..=1_000 {
            collector.event(&json!({"data": {"step": step, "train_mean_reward": 0.5, "full_valid_mean_reward": (step % 50 == 0).then_some(0.5)}}));
        }
        let series = collector.finish();
        let steps = chosen(&series, 100);
        assert!(steps.len() <= 100 && steps.len() > 80, "{}", steps.len());
        assert_eq!((steps[0].step, steps[steps.len() - 1].step), (1, 1_000));
        let validated = steps
            .iter()
            .filter(|step| step.get("valid_reward").is_some());
        assert_eq!(validated.count(), 20);
        for most in [2, 3, 7, 1_000, 5_000] {
            assert!(chosen(&series, most).len() <= most.max(2), "{most}");
        }
    }
}
