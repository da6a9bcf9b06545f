//! A second product from the same engine: an issue tracker's tools, with nothing of fine-tuning.
//!
//! It shows what a product of one's own takes: a manifest, this file, and a build script of one line.

/// What `manifest/` was compiled to.
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/manifest.rs"));
}

use rft_mcp_runtime::{
    engine::Context,
    tool::{FunctionError, Table},
};

use crate::generated::{
    Handlers,
    types::{CountWordsInput, CountWordsOutput, NamesInput, NamesOutput},
};

/// The manifest, compiled.
pub static TABLE: &Table = generated::Manifest::<Functions>::TABLE;

/// The functions that the manifest names.
#[derive(Debug)]
pub struct Functions;

impl Handlers for Functions {
    fn names(input: NamesInput) -> Result<NamesOutput, FunctionError> {
        let names = input
            .labels
            .iter()
            .filter_map(|label| label.get("name")?.as_str());
        Ok(names.map(str::to_owned).collect())
    }

    async fn count_words(
        input: CountWordsInput,
        _: Context,
    ) -> Result<CountWordsOutput, FunctionError> {
        Ok(CountWordsOutput {
            words: input
                .text
                .split_whitespace()
                .count()
                .try_into()
                .unwrap_or(i64::MAX),
        })
    }
}
