//! The engine against a provider that answers by script.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

#[path = "engine/calls.rs"]
mod calls;
#[path = "engine/context.rs"]
mod context;
#[path = "engine/fake.rs"]
mod fake;
#[path = "engine/files.rs"]
mod files;
#[path = "engine/lists.rs"]
mod lists;
#[path = "engine/roots.rs"]
mod roots;
#[path = "engine/sending.rs"]
mod sending;
#[path = "engine/serving.rs"]
mod serving;
