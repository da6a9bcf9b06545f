//! What is alarming about a run, and what to do.

use serde::Serialize;

use super::{Judgement, View, mean};
use crate::metrics::Series;

/// Evaluations that have to agree before a curve is called fallen.
const AGREE: usize = 2;

/// How urgent an alarm is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Pause the job: it costs money and gains nothing.
    Stop,
    /// Look into it.
    Warn,
    /// Worth knowing.
    Note,
}

impl Severity {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Stop => "Stop",
            Self::Warn => "Warning",
            Self::Note => "Note",
        }
    }
}

/// Something alarming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alarm {
    /// A word for programs, such as `gap`.
    pub code: &'static str,
    /// How urgent.
    pub severity: Severity,
    /// What was seen.
    pub message: String,
    /// What to do.
    pub help: String,
}

pub(super) fn of(series: &Series, judgement: &Judgement, view: &View) -> Vec<Alarm> {
    let mut alarms: Vec<Alarm> = [
        hacking(series, judgement, view),
        gap(judgement, view),
        collapse(series, judgement, view),
        tokens(judgement, view),
        unparsed(series, view),
        unresponsive(series, view),
        no_signal(judgement, view),
        plateau(judgement, view),
    ]
    .into_iter()
    .flatten()
    .chain(grader_errors(series, view))
    .collect();
    // Hacking says what a gap and a fall say apart.
    if alarms.iter().any(|alarm| alarm.code == "reward_hacking") {
        alarms.retain(|alarm| !matches!(alarm.code, "collapse" | "plateau"));
    }
    alarms.sort_by_key(|alarm| alarm.severity);
    alarms
}

fn alarm(code: &'static str, severity: Severity, message: String, help: &str) -> Alarm {
    Alarm {
        code,
        severity,
        message,
        help: help.to_owned(),
    }
}

/// Train minus validation.
fn gap(judgement: &Judgement, view: &View) -> Option<Alarm> {
    let gap = judgement.gap?;
    let share = view.share(gap);
    let (severity, help) = if share > view.thresholds.gap_stop {
        (
            Severity::Stop,
            "pause the job, and read answers of the newest checkpoint beside those of the best one: does the grader \
             reward what you want?",
        )
    } else if share > view.thresholds.gap_warn {
        (
            Severity::Warn,
            "watch the next evaluations; above twice this, pause the job",
        )
    } else {
        return None;
    };
    Some(alarm(
        "gap",
        severity,
        format!("the training reward is {gap:.3} above the validation reward"),
        help,
    ))
}

/// Training goes up while validation goes down from its best: what is learnt is the grader, not the task.
fn hacking(series: &Series, judgement: &Judgement, view: &View) -> Option<Alarm> {
    let best = judgement.best_valid?;
    let since: Vec<_> = series
        .steps
        .iter()
        .filter(|step| step.step >= best.step)
        .filter_map(|step| Some((step.get("train_reward")?, step.get("valid_reward")?)))
        .collect();
    let (first, rest) = since.split_first()?;
    if rest.len() < AGREE {
        return None;
    }
    let newest: Vec<_> = rest.iter().rev().take(AGREE).collect();
    let trains: Vec<f64> = newest.iter().map(|(train, _)| *train).collect();
    let valids: Vec<f64> = newest.iter().map(|(_, valid)| *valid).collect();
    let rise = view.share(mean(&trains)? - first.0);
    let fall = view.share(first.1 - mean(&valids)?);
    let apart = view.share(judgement.gap.unwrap_or_default()) > view.thresholds.gap_warn;
    if !(apart && rise > -view.thresholds.min_delta && fall > view.thresholds.gap_warn) {
        return None;
    }
    Some(alarm(
        "reward_hacking",
        Severity::Stop,
        format!(
            "the validation reward has fallen from {:.3} (step {}) while the training reward kept rising",
            best.reward, best.step
        ),
        "pause the job: it learns to please the grader. Use the checkpoint with the best validation reward, and mend \
         the grader before the next run",
    ))
}

fn collapse(series: &Series, judgement: &Judgement, view: &View) -> Option<Alarm> {
    let best = judgement.best_valid?;
    let valid = series.points("valid_reward");
    let newest: Vec<f64> = valid
        .iter()
        .rev()
        .take_while(|(step, _)| *step > best.step)
        .take(AGREE)
        .map(|(_, reward)| *reward)
        .collect();
    let fallen = |reward: &f64| view.share(best.reward - reward) > view.thresholds.collapse;
    if newest.len() < AGREE || !newest.iter().all(fallen) {
        return None;
    }
    Some(alarm(
        "collapse",
        Severity::Stop,
        format!(
            "the validation reward has fallen from {:.3} (step {}) to {:.3}",
            best.reward,
            best.step,
            newest.first().copied().unwrap_or_default()
        ),
        "pause the job and use the best checkpoint; next time lower learning_rate_multiplier or n_epochs",
    ))
}

fn tokens(judgement: &Judgement, view: &View) -> Option<Alarm> {
    let growth = judgement.token_growth?;
    let limit = view.thresholds.token_growth;
    let (severity, help) = if growth >= limit {
        (
            Severity::Warn,
            "long answers cost more and often mean that the grader rewards length: read some, and put a limit on \
             length into the grader",
        )
    } else if growth >= limit * 2.0 / 3.0 {
        (
            Severity::Note,
            "read some answers: is it thought, or filling?",
        )
    } else {
        return None;
    };
    Some(alarm(
        "token_growth",
        severity,
        format!("answers are {growth:.1} times as long as at the start"),
        help,
    ))
}

fn recent(series: &Series, name: &str) -> Option<f64> {
    let values: Vec<f64> = series
        .points(name)
        .iter()
        .rev()
        .take(super::RECENT)
        .map(|(_, value)| *value)
        .collect();
    mean(&values)
}

fn unparsed(series: &Series, view: &View) -> Option<Alarm> {
    let share = recent(series, "valid_parse_error")?;
    if share <= view.thresholds.errors {
        return None;
    }
    let severity = if share > 0.5 {
        Severity::Stop
    } else {
        Severity::Warn
    };
    Some(alarm(
        "parse_errors",
        severity,
        format!("{:.0}% of the answers can not be parsed", share * 100.0),
        "give response_schema, and say in the prompt what form an answer has; answers that do not parse get no reward",
    ))
}

fn unresponsive(series: &Series, view: &View) -> Option<Alarm> {
    let share = recent(series, "unresponsive")?;
    if share <= view.thresholds.errors {
        return None;
    }
    Some(alarm(
        "unresponsive",
        Severity::Warn,
        format!("{:.0}% of the answers got no reward at all", share * 100.0),
        "look for time-outs and errors of the grader in the events",
    ))
}

/// Errors of each grader. Never averaged over graders: their denominators differ.
fn grader_errors(series: &Series, view: &View) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    for id in series.graders() {
        let mut worst: Option<(String, f64)> = None;
        let names = series
            .steps
            .last()
            .and_then(|step| step.graders.get(&id))
            .map(|values| values.keys().cloned().collect::<Vec<_>>())
            .unwrap_or_default();
        for name in names {
            let Some(kind) = name
                .strip_suffix("_error")
                .and_then(|name| name.strip_prefix("train_").or(name.strip_prefix("valid_")))
            else {
                continue;
            };
            let values: Vec<f64> = series
                .grader_points(&id, &name)
                .iter()
                .rev()
                .take(super::RECENT)
                .map(|(_, value)| *value)
                .collect();
            let share = mean(&values).unwrap_or_default();
            if share > view.thresholds.errors
                && worst.as_ref().is_none_or(|(_, most)| share > *most)
            {
                worst = Some((kind.to_owned(), share));
            }
        }
        if let Some((kind, share)) = worst {
            alarms.push(alarm(
                "grader_errors",
                Severity::Warn,
                format!(
                    "grader `{}` fails on {:.0}% of the answers: {}",
                    id.name,
                    share * 100.0,
                    kind.replace('_', " ")
                ),
                crate::calibration::help(&format!("{kind}_error")),
            ));
        }
    }
    alarms
}

/// Nothing can be learnt where every answer gets the same reward.
fn no_signal(judgement: &Judgement, view: &View) -> Option<Alarm> {
    const EDGE: f64 = 0.02;
    let first = judgement.first_valid?;
    let share = view.share(first.reward - view.range.0);
    let stuck = |bad: bool| {
        let moved = judgement
            .best_valid
            .is_some_and(|best| view.share(best.reward - first.reward) > view.thresholds.min_delta);
        bad && !moved
    };
    if stuck(share < EDGE) {
        return Some(alarm(
            "no_signal",
            Severity::Warn,
            format!(
                "the reward began at {:.3} and has not moved: hardly any answer gets one",
                first.reward
            ),
            "give partial credit, easier examples, or a format the model can meet; calibrate_grader shows which",
        ));
    }
    if share > 1.0 - EDGE {
        return Some(alarm(
            "no_signal",
            Severity::Warn,
            format!(
                "the reward began at {:.3}: there is nothing left to learn",
                first.reward
            ),
            "use harder examples or a stricter grader",
        ));
    }
    None
}

fn plateau(judgement: &Judgement, view: &View) -> Option<Alarm> {
    if !judgement.plateau {
        return None;
    }
    let best = judgement.best_valid?;
    Some(alarm(
        "plateau",
        Severity::Note,
        format!(
            "the last {} evaluations gained less than {} on the ones before",
            view.thresholds.patience, view.thresholds.min_delta
        ),
        if view.share(best.reward - view.range.0) > 0.9 {
            "near the top of the range: pause the job and use the best checkpoint"
        } else {
            "more of the same will gain little: pause the job, or try another grader, harder data or another learning \
             rate"
        },
    ))
}
