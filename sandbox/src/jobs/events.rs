use serde_json::{Value, json};

use super::job::{FAILURE, Job};
use super::metrics::Metrics;
use super::timeline::{Entry, What};
use crate::clock::unix;
use crate::errors::simulated;

/// An entry of a job's timeline with the id that its event has.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) id: String,
    entry: Entry,
}

/// A job's events, newest first, each made when it is asked for.
pub(super) fn newest_first(job: &Job, entries: &[Entry]) -> impl Iterator<Item = Event> {
    let ids = job.ids().named("event");
    entries
        .iter()
        .enumerate()
        .rev()
        .map(move |(ordinal, entry)| Event {
            id: ids.numbered(ordinal as u64).id("ftevent-", 24),
            entry: *entry,
        })
}

impl Event {
    /// The event object.
    pub(super) fn view(&self, job: &Job) -> Value {
        let (kind, data) = match self.entry.what {
            What::Step(step) => ("metrics", Metrics::of(job, step).data()),
            What::Screened(step) => ("moderation_checks", moderation(job, step)),
            _ => ("message", json!({})),
        };
        let level = match self.entry.what {
            What::Rejected | What::Failed => "error",
            _ => "info",
        };
        json!({
            "object": "fine_tuning.job.event",
            "id": self.id,
            "created_at": unix(self.entry.at),
            "level": level,
            "message": simulated(message(job, self.entry.what)),
            "data": data,
            "type": kind,
        })
    }
}

fn message(job: &Job, what: What) -> String {
    match what {
        What::Created => format!("Created fine-tuning job: {}", job.id),
        What::Validating => format!(
            "Validating training file: {} and validation file: {}",
            job.request.training_file, job.request.validation_file
        ),
        What::Rejected => job
            .plan
            .rejection
            .as_ref()
            .map_or_else(|| FAILURE.to_owned(), |rejection| rejection.message.clone()),
        What::Queued => "Files validated, moving job to queued state".to_owned(),
        What::Started => "Fine-tuning job started".to_owned(),
        What::Step(step) => Metrics::of(job, step).message(),
        What::Checkpoint(step) => {
            format!(
                "New checkpoint created at step {step}: {}",
                job.checkpoint_name(step)
            )
        }
        What::PauseAsked => "Fine-tuning job pausing, saving a snapshot".to_owned(),
        What::LimitReached => {
            "Fine-tuning job pausing by itself: its cost reached the limit of $5,000".to_owned()
        }
        What::Snapshot(step) => {
            format!(
                "Snapshot created at step {step}: {}",
                job.checkpoint_name(step)
            )
        }
        What::Screened(step) => {
            format!(
                "Moderation checks for snapshot {} passed.",
                job.checkpoint_name(step)
            )
        }
        What::Paused(step) => format!("Fine-tuning job paused after step {step}"),
        What::Resumed => "Fine-tuning job resumed, moving job to queued state".to_owned(),
        What::CancelAsked => "Fine-tuning job cancel requested".to_owned(),
        What::Cancelled => "Fine-tuning job cancelled".to_owned(),
        What::Failed => FAILURE.to_owned(),
        What::ScreeningFinal => {
            "Evaluating model against our usage policies before enabling".to_owned()
        }
        What::ModelCreated => format!("New fine-tuned model created: {}", job.model_name()),
        What::Succeeded => "The job has successfully completed".to_owned(),
    }
}

/// The outcome of a screening that found nothing.
fn moderation(job: &Job, step: u32) -> Value {
    const CATEGORIES: [&str; 13] = [
        "advice",
        "harassment/threatening",
        "hate",
        "hate/threatening",
        "highly-sensitive",
        "illicit",
        "propaganda",
        "self-harm/instructions",
        "self-harm/intent",
        "sensitive",
        "sexual/minors",
        "sexual",
        "violence",
    ];
    let results: Vec<Value> = CATEGORIES
        .iter()
        .map(|category| json!({"category": category, "flagged": false, "enforcement": "block"}))
        .collect();
    json!({
        "snapshot": job.checkpoint_name(step),
        "blocked": false,
        "results": results,
    })
}
