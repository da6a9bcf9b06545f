//! The file of metrics that a job leaves behind (CSV).

use std::{collections::BTreeMap, io::Read};

use super::{
    number::{measured, whole},
    series::{Collector, GraderId, Step},
    table::{GraderGroup, Table},
};

/// Columns that are looked at.
const MOST_COLUMNS: usize = 2_000;

/// Why a result file can not be read.
#[derive(Debug)]
pub enum ResultsError {
    /// It is no CSV.
    Csv(csv::Error),
    /// No column says which step a row is of; the columns there are.
    NoStep(Vec<String>),
}

impl std::fmt::Display for ResultsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Csv(error) => write!(f, "the result file is no CSV: {error}"),
            Self::NoStep(columns) => write!(
                f,
                "the result file has no column for the step: its columns are {}",
                columns.join(", ")
            ),
        }
    }
}

impl std::error::Error for ResultsError {}

/// What a column holds.
enum Column {
    Step,
    Metric(String),
    Grader(GraderId, String),
}

impl Collector<'_> {
    /// Takes a result file, row by row. Rows without a step are none.
    ///
    /// # Errors
    /// When it is no CSV with a column for the step.
    pub fn results(&mut self, file: impl Read) -> Result<(), ResultsError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let headers = reader.byte_headers().map_err(ResultsError::Csv)?.clone();
        let headers: Vec<String> = headers
            .iter()
            .take(MOST_COLUMNS)
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        let columns = columns(self.table(), &headers);
        if !columns.values().any(|(_, c)| matches!(c, Column::Step)) {
            return Err(ResultsError::NoStep(headers.into_iter().take(20).collect()));
        }
        let mut row = csv::ByteRecord::new();
        while reader
            .read_byte_record(&mut row)
            .map_err(ResultsError::Csv)?
        {
            if let Some(step) = read(&columns, &row) {
                self.add(step, None);
            }
        }
        Ok(())
    }
}

/// What each column holds, with the rank of its name among its metric's: a lower one is preferred.
fn columns(table: &Table, headers: &[String]) -> BTreeMap<usize, (usize, Column)> {
    headers
        .iter()
        .enumerate()
        .filter_map(|(index, name)| Some((index, column(table, name)?)))
        .collect()
}

fn column(table: &Table, name: &str) -> Option<(usize, Column)> {
    let rank = |names: &[String]| names.iter().position(|known| known == name);
    if let Some(rank) = rank(&table.step.column) {
        return Some((rank, Column::Step));
    }
    for (metric, names) in &table.metrics {
        if let Some(rank) = rank(&names.column) {
            return Some((rank, Column::Metric(metric.clone())));
        }
    }
    table
        .graders
        .iter()
        .find_map(|group| of_grader(group, name))
}

/// `scores/graders/python/exact/train_reward_mean` by `scores/graders/{type}/{name}/`. A name may hold slashes: the
/// type ends at the first one, and the key begins after the last.
fn of_grader(group: &GraderGroup, column: &str) -> Option<(usize, Column)> {
    for pattern in &group.column {
        let Some((before, after)) = pattern.split_once("{type}/{name}") else {
            continue;
        };
        let Some((kind, rest)) = column
            .strip_prefix(before)
            .and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        for (metric, keys) in &group.metrics {
            for (rank, key) in keys.iter().enumerate() {
                if let Some(name) = rest.strip_suffix(&format!("{after}{key}")) {
                    let id = GraderId {
                        name: name.to_owned(),
                        kind: kind.to_owned(),
                    };
                    return Some((rank, Column::Grader(id, metric.clone())));
                }
            }
        }
    }
    None
}

fn read(columns: &BTreeMap<usize, (usize, Column)>, row: &csv::ByteRecord) -> Option<Step> {
    let mut step = Step::default();
    let mut number: Option<(usize, u64)> = None;
    let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, (rank, column)) in columns {
        let Some(value) = row.get(*index).and_then(cell) else {
            continue;
        };
        match column {
            Column::Step => {
                if number.is_none_or(|(known, _)| *rank < known) {
                    number = whole(value).map(|value| (*rank, value)).or(number);
                }
            }
            Column::Metric(name) => {
                if ranks.get(name.as_str()).is_none_or(|known| rank < known) {
                    ranks.insert(name, *rank);
                    step.values.insert(name.clone(), value);
                }
            }
            Column::Grader(id, name) => {
                step.graders
                    .entry(id.clone())
                    .or_default()
                    .entry(name.clone())
                    .or_insert(value);
            }
        }
    }
    step.step = number?.1;
    Some(step)
}

fn cell(bytes: &[u8]) -> Option<f64> {
    let number: f64 = std::str::from_utf8(bytes).ok()?.trim().parse().ok()?;
    measured(number)
}
