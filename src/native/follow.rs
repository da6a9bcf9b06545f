//! `wait_for_watch`: a watch as a call, or a task, that ends when it decides.

use std::time::Duration;

use rft_mcp_runtime::{engine::Context, tool::FunctionError};
use rft_mcp_watches::{Outcome, Record, State, Watch};
use serde_json::json;
use tokio::time::Instant;

use super::{
    output,
    watches::{one, whole},
};
use crate::generated::types::{WaitForWatchInput, WaitForWatchOutput};

/// Seconds to wait where nobody says: clients give up after 60.
const WAIT: i64 = 50;
/// How often the database is asked.
const POLL: Duration = Duration::from_secs(2);

pub(crate) async fn wait_for_watch(
    input: WaitForWatchInput,
    context: Context,
) -> Result<WaitForWatchOutput, FunctionError> {
    let seconds = input.max_seconds.map_or(WAIT, |seconds| seconds.0);
    let longest = Duration::from_secs(u64::try_from(seconds).unwrap_or(1));
    let began = Instant::now();
    let mut known = input.decided_at.map(|at| Known::Until(at.0));
    loop {
        let found = one(&context, &input.watch_id, |store, scope, id| {
            store.find(scope, id)
        });
        let (watch, records) = found.await?;
        let newest = records.first().map_or(i64::MIN, |record| record.id);
        let known = *known.get_or_insert(Known::Newest(newest));
        let reached = if records.iter().any(|record| known.lacks(record)) {
            Some("decision")
        } else if watch.state == State::Ended {
            Some("ended")
        } else {
            None
        };
        let left = longest.saturating_sub(began.elapsed());
        if reached.is_none() && !left.is_zero() {
            let (waited, total) = (began.elapsed().as_secs_f64(), longest.as_secs_f64());
            context.progress(waited, total, &said(&watch)).await;
            tokio::time::sleep(POLL.min(left)).await;
            continue;
        }
        let reached = reached.unwrap_or("time");
        return output(json!({
            "reached": reached,
            "waited_seconds": (began.elapsed().as_secs_f64() * 10.0).round() / 10.0,
            "watch": whole(&watch, &records),
            "next": next(reached, watch.state),
        }));
    }
}

/// The decisions that the caller knows.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// Those made until this Unix second.
    Until(i64),
    /// Those up to this one.
    Newest(i64),
}

impl Known {
    /// Whether it lacks a decision of which it is known what became.
    fn lacks(self, record: &Record) -> bool {
        let is_news = match self {
            Self::Until(second) => rft_mcp_watches::unix(record.decided_at) > second,
            Self::Newest(id) => record.id > id,
        };
        is_news && record.outcome != Outcome::Open
    }
}

/// How it stands, in a line, for who waits: the rule that is nearest to deciding.
fn said(watch: &Watch) -> String {
    let memory = &watch.memory;
    let standings = memory.standings.iter();
    let nearest = standings.max_by(|one, other| one.near.total_cmp(&other.near));
    let parts = [
        Some(watch.state.word().to_owned()),
        memory.status.as_ref().map(|status| format!("job {status}")),
        memory.step.map(|step| format!("step {step}")),
        nearest.map(|one| format!("{}: {}", one.rule.word(), one.says)),
        memory.trouble.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn next(reached: &str, state: State) -> &'static str {
    match (reached, state) {
        (_, State::Ended) => "nothing is watched any more: look at get_job_status",
        ("decision", State::Resting) => {
            "the job is paused: look at its decision and get_reward_curve, then resume_job, or choose a checkpoint"
        }
        ("decision", _) => "look at its decision; to wait for the next one call again",
        _ => {
            "nothing was decided: call again, with a larger max_seconds where you can wait as long"
        }
    }
}
