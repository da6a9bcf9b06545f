//! The Rust functions that the manifest's templates call.

mod clip;
mod metrics;

use rft_mcp_runtime::tool::FunctionError;
use serde_json::{Map, Value, json};

use crate::generated::{
    Handlers,
    types::{
        ClipNoteInput, ClipNoteOutput, ClipRewardInput, ClipRewardOutput, Grader,
        JsonSchemaFormatInput, JsonSchemaFormatOutput, NewestMetricsInput, NewestMetricsOutput,
        ProgressInput, ProgressOutput, RewardClip,
    },
};

/// Implements [`Handlers`]: pure functions, each with the types that `functions.yaml` gives it.
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
        Ok(object(json!({
            "type": "json_schema",
            "json_schema": { "name": "response", "strict": true, "schema": input.schema },
        })))
    }

    fn newest_metrics(input: NewestMetricsInput) -> Result<NewestMetricsOutput, FunctionError> {
        Ok(metrics::newest(&values(input.events)))
    }

    fn progress(input: ProgressInput) -> Result<ProgressOutput, FunctionError> {
        Ok(metrics::progress(&values(input.events)))
    }
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

fn values(objects: Vec<Map<String, Value>>) -> Vec<Value> {
    objects.into_iter().map(Value::Object).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
