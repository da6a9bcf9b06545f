//! An MCP server for reinforcement fine-tuning, compiled from the manifest in `manifest/`.
//!
//! `build.rs` compiles the manifest into [`generated`]; [`functions`] is what it names in Rust: functions of its
//! templates, and the tools in [`native`], which judge with `rft-mcp-insight`; [`cli`] is the command line. Everything else is in `rft-mcp-runtime`, which would serve any manifest.

pub mod cli;
mod data_dir;
mod functions;
pub mod generated;
mod knowledge;
mod native;
#[cfg(feature = "watches")]
pub mod watching;

use rft_mcp_runtime::tool::Table;
use serde_json::Value;

use crate::functions::Functions;

/// The manifest, compiled.
pub static TABLE: &Table = generated::Manifest::<Functions>::TABLE;

/// The demo's training and validation data, JSONL; `data/README.md` says where it is from.
#[must_use]
pub fn examples() -> (Vec<u8>, Vec<u8>) {
    let (training, validation) = (
        include_bytes!("../data/train.jsonl"),
        include_bytes!("../data/valid.jsonl"),
    );
    (training.to_vec(), validation.to_vec())
}

/// A grader for [`examples`].
#[must_use]
pub fn grader() -> Value {
    serde_json::from_str(include_str!("../data/grader.json")).unwrap_or_default()
}

/// The form of an answer to [`examples`].
#[must_use]
pub fn response_schema() -> Value {
    serde_json::from_str(include_str!("../data/response_schema.json")).unwrap_or_default()
}
