//! What the manifest's files of data say, read once.

use std::sync::OnceLock;

use rft_mcp_insight::{cost::Measured, failure::Explanations, metrics::Table};
use rft_mcp_runtime::tool::FunctionError;
use serde::de::DeserializeOwned;

use crate::generated::data;

/// Where providers put their metrics.
pub fn metrics() -> Result<&'static Table, FunctionError> {
    static TABLE: OnceLock<Result<Table, String>> = OnceLock::new();
    read(&TABLE, data::METRICS)
}

/// What errors of jobs mean.
pub fn failures() -> Result<&'static Explanations, FunctionError> {
    static EXPLANATIONS: OnceLock<Result<Explanations, String>> = OnceLock::new();
    read(&EXPLANATIONS, data::FAILURES)
}

/// How long steps take.
pub fn costs() -> Result<&'static Measured, FunctionError> {
    static MEASURED: OnceLock<Result<Measured, String>> = OnceLock::new();
    read(&MEASURED, data::COSTS)
}

/// What watches hold jobs against.
#[cfg(feature = "watches")]
pub fn monitors() -> Result<&'static rft_mcp_monitors::Settings, FunctionError> {
    static SETTINGS: OnceLock<Result<rft_mcp_monitors::Settings, String>> = OnceLock::new();
    read(&SETTINGS, data::MONITORS)
}

/// The build has checked each against its schema, and a test that each schema is as strict as its type.
fn read<T: DeserializeOwned>(
    cell: &'static OnceLock<Result<T, String>>,
    text: &str,
) -> Result<&'static T, FunctionError> {
    cell.get_or_init(|| serde_json::from_str(text).map_err(|error| error.to_string()))
        .as_ref()
        .map_err(|error| FunctionError(format!("the manifest's data can not be used: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_as_its_type() {
        assert!(metrics().unwrap().metrics.contains_key("valid_reward"));
        assert!(!failures().unwrap().causes.is_empty());
        assert!(costs().unwrap().step_seconds > 0.0);
        #[cfg(feature = "watches")]
        assert!(monitors().unwrap().rules(None).is_ok());
    }
}
