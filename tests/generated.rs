//! The manifest and what it was compiled to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use rft_mcp::generated::{Handlers, Manifest, types};
use rft_mcp_runtime::tool::FunctionError;

#[path = "../codegen/tests/support/mod.rs"]
mod support;

/// `generated/rft.rs` is the manifest as Rust, kept so that a change of either can be read in review.
#[test]
fn the_copy_is_what_the_manifest_compiles_to() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/rft.rs");
    let compiled = include_str!(concat!(env!("OUT_DIR"), "/manifest.rs"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, compiled).expect("the copy can be written");
    }
    let copy = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        copy == compiled,
        "`generated/rft.rs` is not what `manifest/` compiles to: run `UPDATE_GOLDEN=1 cargo test --test generated`, and review the difference"
    );
}

/// Every input that a tool's schema accepts is accepted by its type and written back the same.
#[test]
fn types_take_what_schemas_accept() {
    support::round_trip::round_trip(Manifest::<NoFunctions>::TABLE);
}

/// Types are tried without running anything.
struct NoFunctions;

fn none<T>() -> Result<T, FunctionError> {
    Err(FunctionError("no functions in this test".to_owned()))
}

impl Handlers for NoFunctions {
    fn clip_reward(_: types::ClipRewardInput) -> Result<types::ClipRewardOutput, FunctionError> {
        none()
    }

    fn clip_note(_: types::ClipNoteInput) -> Result<types::ClipNoteOutput, FunctionError> {
        none()
    }

    fn json_schema_format(
        _: types::JsonSchemaFormatInput,
    ) -> Result<types::JsonSchemaFormatOutput, FunctionError> {
        none()
    }

    fn newest_metrics(
        _: types::NewestMetricsInput,
    ) -> Result<types::NewestMetricsOutput, FunctionError> {
        none()
    }

    fn progress(_: types::ProgressInput) -> Result<types::ProgressOutput, FunctionError> {
        none()
    }
}
