//! Where a look at a job ended, so that the next one can go on from there.

use std::collections::{BTreeMap, BTreeSet};

use rft_mcp_insight::metrics::{Series, Step};
use serde::{Deserialize, Serialize};

/// What was read of a job, to the end, with the metrics that its rules ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "Columns", from = "Columns")]
pub struct Trail {
    /// The id of the newest event.
    pub event: String,
    /// The id of the newest message, where there was one.
    pub message: Option<String>,
    /// The metrics that it has, whether they were ever measured or not.
    pub names: BTreeSet<String>,
    /// Only these.
    pub series: Series,
}

/// A trail as the database has it: names once, not with each step.
#[derive(Serialize, Deserialize)]
struct Columns {
    event: String,
    message: Option<String>,
    total: Option<u64>,
    step: Vec<u64>,
    at: Vec<Option<i64>>,
    values: BTreeMap<String, Vec<Option<f64>>>,
}

impl From<Trail> for Columns {
    fn from(trail: Trail) -> Self {
        let steps = &trail.series.steps;
        let column = |name: &String| steps.iter().map(|step| step.get(name)).collect();
        Self {
            values: trail
                .names
                .iter()
                .map(|name| (name.clone(), column(name)))
                .collect(),
            step: steps.iter().map(|step| step.step).collect(),
            at: steps.iter().map(|step| step.at).collect(),
            total: trail.series.total_steps,
            event: trail.event,
            message: trail.message,
        }
    }
}

impl From<Columns> for Trail {
    fn from(columns: Columns) -> Self {
        let steps = columns.step.iter().zip(columns.at).enumerate();
        let steps = steps.map(|(index, (step, at))| Step {
            step: *step,
            at,
            values: columns
                .values
                .iter()
                .filter_map(|(name, column)| Some((name.clone(), (*column.get(index)?)?)))
                .collect(),
            ..Step::default()
        });
        Self {
            series: Series {
                steps: steps.collect(),
                total_steps: columns.total,
                cut: false,
            },
            names: columns.values.into_keys().collect(),
            event: columns.event,
            message: columns.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_is_read_as_it_was_written() {
        let step = |number: u64, values: &[(&str, f64)]| Step {
            step: number,
            at: (number > 1).then_some(1_700_000_000),
            values: values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), *value))
                .collect(),
            ..Step::default()
        };
        let names = ["train_reward", "valid_reward", "never"].map(str::to_owned);
        let trail = Trail {
            event: "ftevent-1".to_owned(),
            message: None,
            names: names.into(),
            series: Series {
                steps: vec![
                    step(1, &[("train_reward", 0.1)]),
                    step(4, &[("train_reward", 1.0 / 3.0), ("valid_reward", 0.0)]),
                    step(9, &[]),
                ],
                total_steps: Some(90),
                cut: false,
            },
        };
        let text = serde_json::to_string(&trail).unwrap();
        assert_eq!(
            serde_json::from_str::<Trail>(&text).unwrap(),
            trail,
            "{text}"
        );
    }
}
