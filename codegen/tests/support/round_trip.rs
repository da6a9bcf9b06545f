//! Every input that a tool's schema accepts is accepted by its type and written back the same.

use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};
use rft_mcp_runtime::tool::{Table, ToolSpec};
use serde_json::Value;

use super::values::{same, values};

/// Tries every tool of a table.
pub fn round_trip(table: &Table) {
    table.tools.iter().for_each(tool);
}

fn tool(tool: &ToolSpec) {
    let schema: Value = serde_json::from_str(tool.input).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let inputs = values(&schema).prop_filter("valid", |input| validator.is_valid(input));
    // Seeded, so that a run is the same everywhere.
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..Config::default()
    });
    let tried = runner.run(&inputs, |input| {
        let back = (tool.typed)(input.clone());
        let back = back.map_err(|error| TestCaseError::fail(format!("refused: {error}")))?;
        prop_assert!(same(&input, &back), "written back as {back}");
        Ok(())
    });
    if let Err(error) = tried {
        panic!("`{}`: {error}", tool.name);
    }
}
