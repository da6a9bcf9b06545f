//! What the manifest says of monitors.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{decision::RuleName, facts::Statuses, rules::Rules, schedule::Pace};

/// The manifest's data: what statuses mean, how often jobs are looked at, and the parameters of the rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What a status means.
    pub statuses: Statuses,
    /// What tells that a job was paused or cancelled.
    pub told: Told,
    /// How often jobs are looked at.
    pub pace: Pace,
    /// Seconds between looks where the provider tells by webhooks of what happens, and a watch says no other.
    pub webhook_interval: f64,
    /// Looks a second, of all watches at one provider together.
    pub per_second: f64,
    /// Looks that a process has under way at a time.
    pub at_once: u32,
    /// Days that a watch is kept after it ended.
    pub keep_days: f64,
    /// The rules of a watch that names none.
    pub usual: Vec<RuleName>,
    /// Each rule's parameters, by its name. Some have to be given: how many steps, how much money.
    pub rules: Map<String, Value>,
}

/// Words of a job's messages, in small letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Of a pause.
    pub pause: Vec<String>,
    /// Of a cancellation.
    pub cancel: Vec<String>,
}

/// A rule that can not be used as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such rule; those there are.
    Unknown(String, Vec<String>),
    /// Its parameters do not fit, or one that has no default is missing.
    Parameters(String, String),
    /// A budget without a limit.
    NoLimit,
}

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(name, known) => write!(
                f,
                "there is no rule `{name}`: the rules are {}",
                known.join(", ")
            ),
            Self::Parameters(name, why) => write!(f, "the rule `{name}` can not be used: {why}"),
            Self::NoLimit => write!(
                f,
                "the rule `budget` can not be used: give usd, hours, or both"
            ),
        }
    }
}

impl std::error::Error for Unusable {}

impl Settings {
    /// The rules that were named, each with what was given and the rest from here; the usual ones where none was.
    ///
    /// # Errors
    /// When there is no such rule, or its parameters are not whole.
    pub fn rules(&self, given: Option<&Map<String, Value>>) -> Result<Rules, Unusable> {
        let mut rules = Map::new();
        let usual: Map<String, Value> = self
            .usual
            .iter()
            .map(|name| (name.word().to_owned(), Value::Object(Map::new())))
            .collect();
        for (name, own) in given.unwrap_or(&usual) {
            let Some(parameters) = self.rules.get(name) else {
                let known = self.rules.keys().cloned().collect();
                return Err(Unusable::Unknown(name.clone(), known));
            };
            let mut parameters = parameters.clone();
            if let (Some(parameters), Some(own)) = (parameters.as_object_mut(), own.as_object()) {
                parameters.extend(own.clone());
            }
            let alone = Map::from_iter([(name.clone(), parameters.clone())]);
            serde_json::from_value::<Rules>(Value::Object(alone))
                .map_err(|error| Unusable::Parameters(name.clone(), error.to_string()))?;
            rules.insert(name.clone(), parameters);
        }
        let rules: Rules = serde_json::from_value(Value::Object(rules))
            .map_err(|error| Unusable::Parameters("rules".to_owned(), error.to_string()))?;
        match rules.budget {
            Some(budget) if budget.usd.is_none() && budget.hours.is_none() => {
                Err(Unusable::NoLimit)
            }
            _ => Ok(rules),
        }
    }
}
