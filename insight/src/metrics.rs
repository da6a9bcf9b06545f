//! Metrics of a job, read from events, message texts, checkpoints and result files under any of the names that
//! providers give them.

mod event;
mod number;
mod results;
mod series;
mod table;

pub(crate) use event::values;
pub use event::{newest, progress};
pub use number::{finite, number};
pub use results::ResultsError;
pub use series::{Collector, GraderId, MOST_STEPS, Series, Step};
pub use table::{GraderGroup, ModelGroup, Names, Table};

#[cfg(test)]
pub(crate) mod tests;
