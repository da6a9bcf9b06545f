//! Why a job ended, in words that say what to do.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::curve::Judgement;

/// What errors mean, as data: a new explanation is an entry in YAML.
#[derive(Debug, Clone, Deserialize)]
pub struct Explanations {
    /// Looked at in order.
    pub causes: Vec<Cause>,
}

/// One cause.
#[derive(Debug, Clone, Deserialize)]
pub struct Cause {
    /// Error codes that mean it.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Texts in the error's message, or an event's, that mean it; in small letters.
    #[serde(default)]
    pub says: Vec<String>,
    /// What happened.
    pub cause: String,
    /// What to do, one step each.
    pub steps: Vec<String>,
}

/// An explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What happened.
    pub cause: String,
    /// Whether the error is one that is known; if not, this is a guess from what was seen.
    pub known: bool,
    /// What the provider said, word by word.
    pub evidence: Vec<String>,
    /// What to do next, in order.
    pub steps: Vec<String>,
}

/// Explains how a job is, from the job object, its newest events and its curve.
#[must_use]
pub fn explain(
    explanations: &Explanations,
    job: &Value,
    events: &[Value],
    judgement: &Judgement,
) -> Explanation {
    let status = job
        .get("status")
        .and_then(Value::as_str)
        .unwrap_or("unknown");
    let code = job.pointer("/error/code").and_then(Value::as_str);
    let message = job.pointer("/error/message").and_then(Value::as_str);
    let param = job.pointer("/error/param").and_then(Value::as_str);
    let mut evidence = Vec::new();
    if let Some(message) = message.filter(|message| !message.trim().is_empty()) {
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        let param = param
            .map(|param| format!(", about {param}"))
            .unwrap_or_default();
        evidence.push(format!("{}{code}{param}", short(message)));
    }
    let told: Vec<&str> = events
        .iter()
        .filter(|event| {
            matches!(
                event.get("level").and_then(Value::as_str),
                Some("error" | "warn" | "warning")
            )
        })
        .filter_map(|event| event.get("message").and_then(Value::as_str))
        .collect();
    for text in told.iter().take(5) {
        let text = short(text);
        if !evidence.iter().any(|known| known.contains(&text)) {
            evidence.push(text);
        }
    }
    if status != "failed" {
        return unfailed(status, judgement, evidence);
    }
    let words = message
        .into_iter()
        .chain(told)
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("\n");
    let found = explanations
        .causes
        .iter()
        .find(|cause| code.is_some_and(|code| cause.codes.iter().any(|known| known == code)))
        .or_else(|| {
            explanations
                .causes
                .iter()
                .find(|cause| cause.says.iter().any(|text| words.contains(text.as_str())))
        });
    if let Some(step) = judgement.step {
        evidence.push(format!("it ended after step {step}"));
    }
    evidence.extend(judgement.alarms.iter().map(|alarm| alarm.message.clone()));
    match found {
        Some(found) => Explanation {
            cause: found.cause.trim().to_owned(),
            known: true,
            evidence,
            steps: found.steps.clone(),
        },
        None => Explanation {
            cause: "the provider ended the job for a reason that is not known here".to_owned(),
            known: false,
            evidence,
            steps: vec![
                "read what the provider said above".to_owned(),
                "check the files with validate_dataset and the grader with lint_grader".to_owned(),
                "look at the newest events with list_job_events".to_owned(),
                "the work done is billed: use the newest checkpoint (list_checkpoints) if there is one".to_owned(),
            ],
        },
    }
}

fn unfailed(status: &str, judgement: &Judgement, mut evidence: Vec<String>) -> Explanation {
    evidence.push(judgement.verdict.clone());
    let mut steps: Vec<String> = judgement
        .alarms
        .iter()
        .map(|alarm| format!("{}: {}", alarm.message, alarm.help))
        .collect();
    let cause = match status {
        "succeeded" => {
            steps.push("choose a checkpoint with rank_checkpoints".to_owned());
            "the job did not fail: it succeeded".to_owned()
        }
        "cancelled" => {
            steps.push("the work done is billed; checkpoints that were kept can be used (list_checkpoints)".to_owned());
            "somebody cancelled the job; it can not be resumed".to_owned()
        }
        "paused" | "pausing" => {
            steps.push("resume_job goes on with it".to_owned());
            "the job is paused, not failed; a provider pauses at its own spending limit too"
                .to_owned()
        }
        other => {
            steps.push("wait_for_job waits for it".to_owned());
            format!("the job has not ended: its status is {other}")
        }
    };
    Explanation {
        cause,
        known: true,
        evidence,
        steps,
    }
}

fn short(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(500) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests;
