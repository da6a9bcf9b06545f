use serde_json::{Value, json};

use crate::check::{self, Fields};
use crate::errors::ApiError;

/// How long the model thinks before it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    Default,
    Low,
    Medium,
    High,
}

impl Effort {
    const ALL: [(&'static str, Self); 4] = [
        ("default", Self::Default),
        ("low", Self::Low),
        ("medium", Self::Medium),
        ("high", Self::High),
    ];

    fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, effort)| *effort == self)
            .map_or("default", |(name, _)| name)
    }
}

/// The hyperparameters as they were asked for; `None` is `"auto"`.
#[derive(Debug, Clone)]
pub(crate) struct Hyperparameters {
    batch_size: Option<u32>,
    n_epochs: Option<u32>,
    learning_rate_multiplier: Option<f64>,
    compute_multiplier: Option<f64>,
    eval_interval: Option<u32>,
    eval_samples: Option<u32>,
    reasoning_effort: Effort,
}

/// The hyperparameters as they are used: every `"auto"` decided.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Examples a step, 1..=256.
    pub(crate) batch_size: u32,
    /// 1..=50.
    pub(crate) n_epochs: u32,
    pub(crate) learning_rate_multiplier: f64,
    pub(crate) compute_multiplier: f64,
    /// Steps from one evaluation to the next.
    pub(crate) eval_interval: u32,
    /// Answers graded for each validation example.
    pub(crate) eval_samples: u32,
    pub(crate) reasoning_effort: Effort,
    /// Steps of the whole job.
    pub(crate) total_steps: u32,
}

const KEYS: [&str; 7] = [
    "batch_size",
    "n_epochs",
    "learning_rate_multiplier",
    "compute_multiplier",
    "eval_interval",
    "eval_samples",
    "reasoning_effort",
];

impl Hyperparameters {
    /// What a request without hyperparameters means.
    pub(crate) const AUTO: Self = Self {
        batch_size: None,
        n_epochs: None,
        learning_rate_multiplier: None,
        compute_multiplier: None,
        eval_interval: None,
        eval_samples: None,
        reasoning_effort: Effort::Default,
    };

    pub(crate) fn parse(fields: &Fields<'_>) -> Result<Self, ApiError> {
        fields.deny_unknown(&KEYS)?;
        let effort =
            fields.optional_word("reasoning_effort", &Effort::ALL.map(|(name, _)| name))?;
        Ok(Self {
            batch_size: whole(fields, "batch_size", 256)?,
            n_epochs: whole(fields, "n_epochs", 50)?,
            learning_rate_multiplier: above(fields, "learning_rate_multiplier", 0.0, f64::MAX)?,
            compute_multiplier: above(fields, "compute_multiplier", 0.000_01, 10.0)?,
            eval_interval: whole(fields, "eval_interval", i64::from(u32::MAX))?,
            eval_samples: whole(fields, "eval_samples", i64::from(u32::MAX))?,
            reasoning_effort: Effort::ALL
                .into_iter()
                .find(|(name, _)| Some(*name) == effort)
                .map_or(Effort::Default, |(_, effort)| effort),
        })
    }

    /// Decides what was left to the provider: about twenty steps for a small file, ten evaluations a job.
    pub(crate) fn resolve(&self, examples: usize) -> Settings {
        let examples = u32::try_from(examples).unwrap_or(u32::MAX).max(1);
        let batch_size = self.batch_size.unwrap_or((examples / 10).clamp(1, 32));
        let steps = examples.div_ceil(batch_size);
        let n_epochs = self
            .n_epochs
            .unwrap_or_else(|| 20_u32.div_ceil(steps).clamp(1, 10));
        let total_steps = steps.saturating_mul(n_epochs);
        Settings {
            batch_size,
            n_epochs,
            learning_rate_multiplier: self.learning_rate_multiplier.unwrap_or(1.0),
            compute_multiplier: self.compute_multiplier.unwrap_or(1.0),
            eval_interval: self.eval_interval.unwrap_or((total_steps / 10).max(1)),
            eval_samples: self.eval_samples.unwrap_or(1),
            reasoning_effort: self.reasoning_effort,
            total_steps,
        }
    }

    /// As the job object echoes them; once they are decided, `settings` says how.
    pub(crate) fn view(&self, settings: Option<&Settings>) -> Value {
        match settings {
            None => json!({
                "batch_size": auto(self.batch_size),
                "n_epochs": auto(self.n_epochs),
                "learning_rate_multiplier": auto(self.learning_rate_multiplier),
                "compute_multiplier": auto(self.compute_multiplier),
                "eval_interval": auto(self.eval_interval),
                "eval_samples": auto(self.eval_samples),
                "reasoning_effort": self.reasoning_effort.name(),
            }),
            Some(settings) => json!({
                "batch_size": settings.batch_size,
                "n_epochs": settings.n_epochs,
                "learning_rate_multiplier": settings.learning_rate_multiplier,
                "compute_multiplier": settings.compute_multiplier,
                "eval_interval": settings.eval_interval,
                "eval_samples": settings.eval_samples,
                "reasoning_effort": settings.reasoning_effort.name(),
            }),
        }
    }
}

fn auto(value: Option<impl Into<Value>>) -> Value {
    value.map_or_else(|| "auto".into(), Into::into)
}

fn asked<'a>(fields: &Fields<'a>, key: &str) -> Option<&'a Value> {
    fields
        .get(key)
        .filter(|value| value.as_str() != Some("auto"))
}

/// An integer from 1 to `most`.
fn whole(fields: &Fields<'_>, key: &str, most: i64) -> Result<Option<u32>, ApiError> {
    let Some(value) = asked(fields, key) else {
        return Ok(None);
    };
    let number = check::integer(&fields.path(key), value, 1, most)?;
    Ok(u32::try_from(number).ok())
}

/// A number above `low`, at most `high`.
fn above(fields: &Fields<'_>, key: &str, low: f64, high: f64) -> Result<Option<f64>, ApiError> {
    let Some(value) = asked(fields, key) else {
        return Ok(None);
    };
    let path = fields.path(key);
    let number =
        check::number(value).ok_or_else(|| check::invalid_type(&path, "a number", value))?;
    let (code, which, bound) = if number <= low {
        (
            "decimal_below_min_value",
            "below minimum",
            format!("> {low}"),
        )
    } else if number > high {
        (
            "decimal_above_max_value",
            "above maximum",
            format!("<= {high}"),
        )
    } else {
        return Ok(Some(number));
    };
    let message = format!(
        "Invalid '{path}': decimal {which} value. Expected a value {bound}, but got {number} instead."
    );
    Err(ApiError::invalid(code, path, message))
}
