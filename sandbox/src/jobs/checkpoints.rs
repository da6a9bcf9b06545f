use std::cmp::{Ordering, Reverse};

use serde_json::{Value, json};

use super::job::Job;
use super::metrics::Metrics;
use super::timeline::{Entry, Status, Timeline, What};
use crate::clock::{Moment, unix};
use crate::flavour::Flavour;

/// The best by validation reward that are kept.
const KEPT: usize = 3;

/// The model after a step, saved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checkpoint {
    pub(super) step: u32,
    at: Moment,
    reward: f64,
}

/// The checkpoints that exist now, newest first: one for each validation and each pause, of which the best three are
/// kept. While a job is paused its snapshot is one of them, however it ranks: a resume needs it.
pub(super) fn kept(job: &Job, timeline: &Timeline) -> Vec<Checkpoint> {
    let paused = matches!(timeline.status, Status::Pausing | Status::Paused);
    let pinned = timeline.snapshot.filter(|_| paused);
    // By reward; of equals the newer is the better.
    let rank = |c: &Checkpoint| (pinned == Some(c.step), c.reward, c.step);
    let mut best: Vec<Checkpoint> = Vec::with_capacity(KEPT + 1);
    let mut newest = 0;
    for Entry { at, what } in &timeline.entries {
        let (What::Checkpoint(step) | What::Snapshot(step)) = *what else {
            continue;
        };
        // A pause right after an evaluation saves the same model again.
        if step == newest {
            continue;
        }
        newest = step;
        best.push(Checkpoint {
            step,
            at: *at,
            reward: job.plan.valid_scores(&job.request, step).reward,
        });
        best.sort_by(|a, b| rank(b).partial_cmp(&rank(a)).unwrap_or(Ordering::Equal));
        best.truncate(KEPT);
    }
    best.sort_by_key(|checkpoint| Reverse(checkpoint.step));
    best
}

impl Checkpoint {
    pub(super) fn id(&self, job: &Job) -> String {
        let ids = job.ids().named("checkpoint");
        ids.numbered(u64::from(self.step)).id("ftckpt_", 24)
    }

    /// The checkpoint object. The published names of its metrics are losses, which reinforcement does not have; the
    /// rewards are under the names that Azure uses.
    pub(super) fn view(&self, job: &Job) -> Value {
        let point = job.plan.point(self.step);
        let train = Metrics::of(job, self.step).train_reward();
        let metrics = if job.request.flavour == Flavour::Bedrock {
            json!({
                "step": self.step,
                "critic_rewards_mean": train,
                "valid_mean_reward": self.reward,
            })
        } else {
            json!({
                "step": self.step,
                "train_mean_reward": train,
                "full_valid_mean_reward": self.reward,
                "reasoning_tokens_mean": point.train_tokens,
                "completion_tokens_mean": point.train_tokens + 46.0,
                "full_valid_mean_parse_error": point.parse_error,
            })
        };
        json!({
            "object": "fine_tuning.job.checkpoint",
            "id": self.id(job),
            "created_at": unix(self.at),
            "fine_tuned_model_checkpoint": job.checkpoint_name(self.step),
            "fine_tuning_job_id": job.id,
            "step_number": self.step,
            "metrics": metrics,
        })
    }
}

impl Job {
    /// When the model of this name came to be: the result of this job or one of its checkpoints that are kept.
    pub(crate) fn model_made(&self, name: &str, now: Moment) -> Option<Moment> {
        let rest = name.strip_prefix(&self.model_name())?;
        let timeline = self.timeline(now);
        if rest.is_empty() {
            return timeline
                .finished
                .filter(|_| timeline.status == Status::Succeeded);
        }
        let step: u32 = rest.strip_prefix(":ckpt-step-")?.parse().ok()?;
        let kept = kept(self, &timeline);
        kept.into_iter()
            .find(|checkpoint| checkpoint.step == step)
            .map(|checkpoint| checkpoint.at)
    }
}
