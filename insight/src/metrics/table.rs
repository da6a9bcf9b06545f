//! The names that providers use, as data.

use indexmap::IndexMap;
use serde::Deserialize;

/// Where each metric is found. The manifest holds it, so that a new name is a line of YAML.
#[derive(Debug, Clone, Deserialize)]
pub struct Table {
    /// Where an event says which step it is of.
    pub step: Names,
    /// Where it says how many steps there are.
    pub total_steps: Names,
    /// Our name of a metric, and theirs.
    pub metrics: IndexMap<String, Names>,
    /// Metrics that each grader has.
    #[serde(default)]
    pub graders: Vec<GraderGroup>,
    /// Metrics that each model that grades has.
    #[serde(default)]
    pub models: Vec<ModelGroup>,
}

/// The names of one metric, most telling first.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Names {
    /// JSON Pointers into an event's data, or a checkpoint's metrics.
    #[serde(default)]
    pub data: Vec<String>,
    /// What stands before the number in an event's message.
    #[serde(default)]
    pub message: Vec<String>,
    /// Columns of a result file.
    #[serde(default)]
    pub column: Vec<String>,
}

/// A list of objects, one a grader, each with its `name` and `type`.
#[derive(Debug, Clone, Deserialize)]
pub struct GraderGroup {
    /// JSON Pointers of the list.
    #[serde(default)]
    pub data: Vec<String>,
    /// What the columns of a grader begin with; `{type}` and `{name}` stand for the grader's.
    #[serde(default)]
    pub column: Vec<String>,
    /// Our name of a metric, and the keys it has in the list or after the beginning of a column.
    pub metrics: IndexMap<String, Vec<String>>,
}

/// An object from the names of models to what was used of them.
#[derive(Debug, Clone, Deserialize)]
pub struct ModelGroup {
    /// JSON Pointers of the object.
    pub data: Vec<String>,
    /// Our name of a metric, and the keys it has there.
    pub metrics: IndexMap<String, Vec<String>>,
}
