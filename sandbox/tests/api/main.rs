//! The sandbox as its clients see it. Every reply that passes through `support` is validated against the published
//! document.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![expect(
    clippy::float_cmp,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "what is compared is exact, `json!` is passed as it is written, and tables are long"
)]

mod curves;
mod datasets;
mod determinism;
mod document;
mod faults;
mod files;
mod flavours;
mod graders;
mod inference;
mod jobs;
mod lifecycle;
mod metrics;
mod models;
mod permissions;
mod refusals;
mod support;
mod uploads;
