//! The steps of a job, put together from events in any order.

use std::collections::{BTreeMap, BTreeSet, HashSet, btree_map::Entry};

use serde_json::Value;

use super::{event, table::Table};

/// Steps kept of one job. No real job comes near; a hostile reply must not fill the memory.
pub const MOST_STEPS: usize = 10_000;
/// Graders kept of one step.
const MOST_GRADERS: usize = 64;

/// What tells a grader from the others of a job.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GraderId {
    /// Its `name`.
    pub name: String,
    /// Its `type`.
    pub kind: String,
}

/// The metrics of one step. What is absent was not measured: validation on most steps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Step {
    /// Counted from 1.
    pub step: u64,
    /// Unix seconds of the newest event about it.
    pub at: Option<i64>,
    /// By our name of the metric.
    pub values: BTreeMap<String, f64>,
    /// By grader, then by our name of the metric.
    pub graders: BTreeMap<GraderId, BTreeMap<String, f64>>,
    /// By model that grades, then by our name of the metric.
    pub models: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Step {
    /// A metric.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.values.get(name).copied()
    }

    /// Takes what the other has; of both, the newer wins. A step may be told twice: trained again after a resume, or
    /// training and validation apart.
    fn merge(&mut self, other: Self) {
        let (mut newer, older) = if other.at >= self.at {
            (other, std::mem::take(self))
        } else {
            (std::mem::take(self), other)
        };
        fill(&mut newer.values, older.values);
        for (id, values) in older.graders {
            fill(newer.graders.entry(id).or_default(), values);
        }
        for (model, values) in older.models {
            fill(newer.models.entry(model).or_default(), values);
        }
        *self = newer;
    }
}

fn fill(newer: &mut BTreeMap<String, f64>, older: BTreeMap<String, f64>) {
    for (name, value) in older {
        newer.entry(name).or_insert(value);
    }
}

/// The steps of a job in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// Each step once, the first one first.
    pub steps: Vec<Step>,
    /// Steps of the whole job, where that was told.
    pub total_steps: Option<u64>,
    /// Whether there were more than [`MOST_STEPS`].
    pub cut: bool,
}

impl Series {
    /// Steps and values of a metric, where it was measured.
    #[must_use]
    pub fn points(&self, name: &str) -> Vec<(u64, f64)> {
        self.steps
            .iter()
            .filter_map(|step| Some((step.step, step.get(name)?)))
            .collect()
    }

    /// The same of one grader.
    #[must_use]
    pub fn grader_points(&self, id: &GraderId, name: &str) -> Vec<(u64, f64)> {
        self.steps
            .iter()
            .filter_map(|step| Some((step.step, *step.graders.get(id)?.get(name)?)))
            .collect()
    }

    /// Every grader that occurs.
    #[must_use]
    pub fn graders(&self) -> Vec<GraderId> {
        let mut ids: Vec<GraderId> = self
            .steps
            .iter()
            .flat_map(|step| step.graders.keys().cloned())
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// A step by its number.
    #[must_use]
    pub fn step(&self, number: u64) -> Option<&Step> {
        let index = self
            .steps
            .binary_search_by_key(&number, |step| step.step)
            .ok()?;
        self.steps.get(index)
    }

    /// These steps put together with others that were read before: of both, the newer wins, as if all had been read at once.
    #[must_use]
    pub fn with(self, before: &Self) -> Self {
        let mut steps: BTreeMap<u64, Step> = before
            .steps
            .iter()
            .map(|step| (step.step, step.clone()))
            .collect();
        for step in self.steps {
            match steps.entry(step.step) {
                Entry::Occupied(mut known) => known.get_mut().merge(step),
                Entry::Vacant(free) => {
                    free.insert(step);
                }
            }
        }
        let cut = self.cut || before.cut || steps.len() > MOST_STEPS;
        while steps.len() > MOST_STEPS {
            steps.pop_first();
        }
        Self {
            steps: steps.into_values().collect(),
            total_steps: self.total_steps.max(before.total_steps),
            cut,
        }
    }

    /// The same steps with these metrics only, and nothing of single graders and models.
    #[must_use]
    pub fn only(&self, names: &BTreeSet<String>) -> Self {
        let steps = self.steps.iter().map(|step| {
            let values = step.values.iter().filter(|(name, _)| names.contains(*name));
            Step {
                step: step.step,
                at: step.at,
                values: values.map(|(name, value)| (name.clone(), *value)).collect(),
                ..Step::default()
            }
        });
        Self {
            steps: steps.collect(),
            total_steps: self.total_steps,
            cut: self.cut,
        }
    }

    /// The sums, over all steps, of what each model that grades was used for.
    #[must_use]
    pub fn model_totals(&self) -> BTreeMap<String, BTreeMap<String, f64>> {
        let mut totals: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for (model, values) in self.steps.iter().flat_map(|step| &step.models) {
            let total = totals.entry(model.clone()).or_default();
            for (name, value) in values {
                *total.entry(name.clone()).or_default() += value;
            }
        }
        totals
    }
}

/// Puts a series together.
#[derive(Debug)]
pub struct Collector<'t> {
    table: &'t Table,
    steps: BTreeMap<u64, Step>,
    total_steps: Option<u64>,
    seen: HashSet<String>,
    cut: bool,
}

impl<'t> Collector<'t> {
    /// Reads by this table.
    #[must_use]
    pub fn new(table: &'t Table) -> Self {
        Self {
            table,
            steps: BTreeMap::new(),
            total_steps: None,
            seen: HashSet::new(),
            cut: false,
        }
    }

    /// Takes an event, in any order; one whose id was there already is dropped. Events without metrics are none.
    pub fn event(&mut self, event: &Value) {
        let Some((step, total)) = event::read(self.table, event) else {
            return;
        };
        if let Some(id) = event.get("id").and_then(Value::as_str)
            && !self.seen.insert(id.to_owned())
        {
            return;
        }
        self.add(step, total);
    }

    /// Takes a step. The newest ones are kept when there are too many.
    pub(super) fn add(&mut self, mut step: Step, total: Option<u64>) {
        self.total_steps = self.total_steps.max(total);
        while step.graders.len() > MOST_GRADERS {
            step.graders.pop_last();
        }
        while step.models.len() > MOST_GRADERS {
            step.models.pop_last();
        }
        self.steps
            .entry(step.step)
            .or_insert_with(|| Step {
                step: step.step,
                ..Step::default()
            })
            .merge(step);
        if self.steps.len() > MOST_STEPS {
            self.steps.pop_first();
            self.cut = true;
        }
    }

    pub(super) const fn table(&self) -> &'t Table {
        self.table
    }

    /// The series.
    #[must_use]
    pub fn finish(self) -> Series {
        Series {
            steps: self.steps.into_values().collect(),
            total_steps: self.total_steps,
            cut: self.cut,
        }
    }
}
