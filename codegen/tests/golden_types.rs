//! The Rust of the golden manifests, compiled without a warning, and every tool tried with inputs that its
//! schema accepts.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use rft_mcp_runtime::{
    engine::Context,
    tool::{Along, Block, Body, Estimate, FunctionError, Message, Partial},
};

mod support;

#[deny(warnings)]
#[allow(dead_code, reason = "a library would export it")]
mod shapes {
    include!("golden/shapes.rs");
}

#[deny(warnings)]
mod library {
    include!("golden/library.rs");
}

struct Nothing;

impl shapes::Handlers for Nothing {}

impl library::Handlers for Nothing {
    fn full_name(
        input: library::types::FullNameInput,
    ) -> Result<library::types::FullNameOutput, FunctionError> {
        let library::types::FullNameInput { first, last } = input;
        Ok(Some(
            last.map_or(first.clone(), |last| format!("{first} {last}")),
        ))
    }

    fn r#match(
        input: library::types::MatchInput,
    ) -> Result<library::types::MatchOutput, FunctionError> {
        Ok(input.words.contains(&input.word))
    }

    async fn count_words(
        input: library::types::CountWordsInput,
        _context: Context,
    ) -> Result<library::types::CountWordsOutput, FunctionError> {
        let words = i64::try_from(input.text.split_whitespace().count()).unwrap_or(i64::MAX);
        Ok(library::types::CountWordsOutput {
            words,
            share: None,
            longest: None,
        })
    }

    async fn measure(
        _: library::types::MeasureInput,
        _: Context,
    ) -> Result<library::types::MeasureOutput, FunctionError> {
        Ok(library::types::MeasureOutput { area: None })
    }

    async fn draw(_: library::types::DrawInput, _: Context) -> Result<Vec<Block>, FunctionError> {
        Ok(vec![Block::image(&[1], "image/png")])
    }

    async fn converse(
        arguments: library::types::ConversePrompt,
        _: Context,
    ) -> Result<Vec<Message>, FunctionError> {
        let kind = arguments.type_.unwrap_or_default();
        Ok(vec![Message::user(Block::text(arguments.mood + &kind))])
    }

    async fn shelf(
        variables: library::types::ShelfResource,
        _: Context,
    ) -> Result<Body, FunctionError> {
        Ok(Body::text(variables.shelf))
    }

    async fn count_loans(
        input: library::types::LendInput,
        _: Context,
    ) -> Result<Estimate, FunctionError> {
        Ok(Estimate {
            text: format!("Book {}.", input.id.0),
            ..Estimate::default()
        })
    }

    async fn note_loan(
        given: serde_json::Map<String, serde_json::Value>,
        _: Along,
        _: Context,
    ) -> Result<serde_json::Map<String, serde_json::Value>, FunctionError> {
        Ok(given)
    }

    async fn readers(partial: Partial, _: Context) -> Result<Vec<String>, FunctionError> {
        Ok(vec![partial.value])
    }
}

#[test]
fn shapes_take_what_their_schemas_accept() {
    support::round_trip::round_trip(shapes::Manifest::<Nothing>::TABLE);
}

#[test]
fn library_takes_what_its_schemas_accept() {
    support::round_trip::round_trip(library::Manifest::<Nothing>::TABLE);
}

/// A file of data is a constant that reads back as what was written.
#[test]
fn data_is_json() {
    let shelves: serde_json::Value = serde_json::from_str(library::data::SHELVES).unwrap();
    assert_eq!(
        shelves,
        serde_json::json!({"floors": [0, 1.5, "two\"#"], "rooms": {"a/b": null}})
    );
}
