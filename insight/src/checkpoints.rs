//! Which checkpoint to use.

use serde::Serialize;
use serde_json::Value;

use crate::{
    curve::View,
    metrics::{Series, Step, Table, values},
    round::rounded,
};

/// A checkpoint with what it was measured at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// 1 for the best validation reward.
    pub rank: usize,
    /// Its id.
    pub id: String,
    /// The name to call it by.
    pub model: String,
    /// The step it was taken at.
    pub step: u64,
    /// Its validation reward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_reward: Option<f64>,
    /// The training reward of its step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub train_reward: Option<f64>,
    /// Training minus validation reward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<f64>,
    /// Reasoning tokens of an answer, of validation where that was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<f64>,
    /// What speaks against it.
    pub concerns: Vec<String>,
}

/// Checkpoints in order, and the one to use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranking {
    /// The best validation reward first; those without one last.
    pub checkpoints: Vec<Ranked>,
    /// The name of the model to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommended: Option<String>,
    /// Why.
    pub reason: String,
}

/// Ranks checkpoints as the API lists them. Their own metrics come first, then the events of their step.
#[must_use]
pub fn rank(table: &Table, checkpoints: &[Value], series: &Series, view: &View) -> Ranking {
    let mut ranked: Vec<Ranked> = checkpoints
        .iter()
        .filter_map(|checkpoint| read(table, checkpoint, series, view))
        .collect();
    ranked.sort_by(|one, other| {
        let reward = |ranked: &Ranked| ranked.valid_reward.unwrap_or(f64::NEG_INFINITY);
        let gap = |ranked: &Ranked| ranked.gap.unwrap_or(f64::INFINITY);
        reward(other)
            .total_cmp(&reward(one))
            .then(gap(one).total_cmp(&gap(other)))
            .then(one.step.cmp(&other.step))
    });
    for (index, ranked) in ranked.iter_mut().enumerate() {
        ranked.rank = index + 1;
    }
    let (recommended, reason) = recommend(&ranked, view);
    Ranking {
        recommended: recommended.map(|ranked| ranked.model.clone()),
        reason,
        checkpoints: ranked,
    }
}

fn read(table: &Table, checkpoint: &Value, series: &Series, view: &View) -> Option<Ranked> {
    let text = |key: &str| checkpoint.get(key).and_then(Value::as_str);
    let own = values(table, checkpoint.get("metrics").unwrap_or(&Value::Null));
    let step = checkpoint.get("step_number").and_then(Value::as_u64)?;
    let event = series.step(step);
    let find = |name: &str| {
        own.get(name)
            .or_else(|| event.and_then(|event: &Step| event.get(name)))
    };
    let (valid, train) = (find("valid_reward"), find("train_reward"));
    let gap = train.zip(valid).map(|(train, valid)| train - valid);
    let mut concerns = Vec::new();
    if let Some(gap) = gap {
        let share = view.share(gap);
        if share > view.thresholds.gap_stop {
            concerns.push(format!(
                "its training reward is {gap:.3} above its validation reward: it may have learnt the grader"
            ));
        } else if share > view.thresholds.gap_warn {
            concerns.push(format!(
                "its training reward is {gap:.3} above its validation reward"
            ));
        }
    }
    if let Some(share) = find("valid_parse_error").filter(|share| *share > view.thresholds.errors) {
        concerns.push(format!(
            "{:.0}% of its answers can not be parsed",
            share * 100.0
        ));
    }
    Some(Ranked {
        rank: 0,
        id: text("id").unwrap_or_default().to_owned(),
        model: text("fine_tuned_model_checkpoint")?.to_owned(),
        step,
        valid_reward: valid.map(rounded),
        train_reward: train.map(rounded),
        gap: gap.map(rounded),
        tokens: find("valid_reasoning_tokens")
            .or_else(|| find("reasoning_tokens"))
            .map(rounded),
        concerns,
    })
}

/// Of those about as good as the best, the one with the fewest concerns, then with the fewest tokens, then the
/// earliest.
fn recommend<'r>(ranked: &'r [Ranked], view: &View) -> (Option<&'r Ranked>, String) {
    let Some(best) = ranked.first() else {
        return (
            None,
            "there is no checkpoint yet: one is taken at each validation".to_owned(),
        );
    };
    let Some(highest) = best.valid_reward else {
        return (
            None,
            "no checkpoint has a validation reward to rank it by".to_owned(),
        );
    };
    let close = |ranked: &&Ranked| {
        ranked
            .valid_reward
            .is_some_and(|reward| view.share(highest - reward) <= view.thresholds.min_delta)
    };
    let tokens = |ranked: &Ranked| ranked.tokens.unwrap_or(f64::INFINITY);
    let chosen = ranked
        .iter()
        .filter(close)
        .min_by(|one, other| {
            one.concerns
                .len()
                .cmp(&other.concerns.len())
                .then(tokens(one).total_cmp(&tokens(other)))
                .then(one.step.cmp(&other.step))
        })
        .unwrap_or(best);
    let mut reason = format!(
        "step {} has the best validation reward, {highest:.3}",
        best.step
    );
    if chosen.rank != best.rank {
        reason = format!(
            "step {} is within {} of the best validation reward ({:.3} at step {}), and {}",
            chosen.step,
            view.thresholds.min_delta,
            highest,
            best.step,
            if chosen.concerns.len() < best.concerns.len() {
                "less speaks against it"
            } else if tokens(chosen) < tokens(best) {
                "its answers are shorter"
            } else {
                "it was there earlier"
            }
        );
    }
    for concern in &chosen.concerns {
        reason = format!("{reason}; but {concern}");
    }
    (Some(chosen), reason)
}

#[cfg(test)]
mod tests;
