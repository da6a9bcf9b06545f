//! `wait_for_job`.

use std::time::Duration;

use rft_mcp_insight::metrics::{finite, newest, progress};
use rft_mcp_runtime::{engine::Context, tool::FunctionError};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{output, run::has_ended};
use crate::{
    functions::SHOWN,
    generated::types::{WaitForJobInput, WaitForJobOutput},
    knowledge,
};

/// Seconds to wait where nobody says: clients give up after 60.
const WAIT: i64 = 50;
/// Seconds between looks.
const POLL: i64 = 5;

pub(crate) async fn wait_for_job(
    input: WaitForJobInput,
    context: Context,
) -> Result<WaitForJobOutput, FunctionError> {
    let seconds = |given: Option<rft_mcp_runtime::tool::Integer>, usual: i64| {
        Duration::from_secs(u64::try_from(given.map_or(usual, |given| given.0)).unwrap_or(1))
    };
    let started = Instant::now();
    let until = started + seconds(input.max_seconds, WAIT);
    let poll = seconds(input.poll_seconds, POLL);
    let goal = Goal {
        status: input.status.unwrap_or_default(),
        step: input.step.and_then(|step| u64::try_from(step.0).ok()),
        valid_reward: input.valid_reward.and_then(|reward| reward.as_f64()),
    };
    loop {
        let look = Look::at(&context, &input.job_id).await?;
        let reached = goal.reached(&look);
        let left = until.saturating_duration_since(Instant::now());
        if reached.is_none() && !left.is_zero() {
            // Seconds grow from one to the next, as the protocol wants it; steps stand still at times.
            let waited = started.elapsed().as_secs_f64();
            let total = (until - started).as_secs_f64();
            context.progress(waited, total, &look.said()).await;
            tokio::time::sleep(poll.min(left)).await;
            continue;
        }
        let reached = reached.unwrap_or("time");
        return output(json!({
            "job_id": input.job_id,
            "status": look.status,
            "reached": reached,
            "waited_seconds": (started.elapsed().as_secs_f64() * 10.0).round() / 10.0,
            "progress": look.progress,
            "metrics": look.metrics,
            "next": next(reached, &look.status),
        }));
    }
}

/// What is waited for besides the end.
struct Goal {
    status: Vec<String>,
    step: Option<u64>,
    valid_reward: Option<f64>,
}

impl Goal {
    fn reached(&self, look: &Look) -> Option<&'static str> {
        let number =
            |object: &Option<Map<String, Value>>, name: &str| finite(object.as_ref()?.get(name)?);
        #[expect(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let step = self.step.is_some_and(|step| {
            number(&look.progress, "step").is_some_and(|now| now >= step as f64)
        });
        let reward = self.valid_reward.is_some_and(|reward| {
            number(&look.metrics, "valid_reward").is_some_and(|now| now >= reward)
        });
        if self.status.contains(&look.status) {
            Some("status")
        } else if has_ended(&look.status) {
            Some("ended")
        } else if step {
            Some("step")
        } else if reward {
            Some("reward")
        } else {
            None
        }
    }
}

/// The job as it is now.
struct Look {
    status: String,
    progress: Option<Map<String, Value>>,
    metrics: Option<Map<String, Value>>,
}

impl Look {
    /// In a line, for who waits.
    fn said(&self) -> String {
        let number =
            |object: &Option<Map<String, Value>>, name: &str| finite(object.as_ref()?.get(name)?);
        let step = number(&self.progress, "step").map(|step| {
            let total = number(&self.progress, "total_steps");
            let total = total.map_or_else(String::new, |total| format!(" of {total}"));
            format!("step {step}{total}")
        });
        let reward = number(&self.metrics, "valid_reward")
            .map(|reward| format!("validation reward {reward:.3}"));
        let said = [Some(self.status.clone()), step, reward];
        said.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    async fn at(context: &Context, id: &str) -> Result<Self, FunctionError> {
        let job = context.read(&["fine_tuning", "jobs", id], &[]).await?;
        let page = context
            .read(&["fine_tuning", "jobs", id, "events"], &[("limit", "50")])
            .await?;
        let events = page
            .get("data")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let table = knowledge::metrics()?;
        let status = job.get("status").and_then(Value::as_str);
        Ok(Self {
            status: status.unwrap_or("unknown").to_owned(),
            progress: progress(table, events),
            metrics: newest(table, events, &SHOWN),
        })
    }
}

fn next(reached: &str, status: &str) -> &'static str {
    match (reached, status) {
        (_, "succeeded") => "choose a checkpoint with rank_checkpoints",
        (_, "failed") => "ask explain_failure why",
        (_, "cancelled") => "checkpoints that were kept are in list_checkpoints",
        (_, "paused") => "resume_job goes on with it; a paused job does not go on by itself",
        ("step" | "reward", _) => "look at get_reward_curve, then wait on",
        _ => "it has not ended: call wait_for_job again, or look at get_reward_curve",
    }
}
