//! What clients of every revision see, on every transport.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test may panic, and reads best with json!(…) as an argument"
)]

#[path = "transport/confirm.rs"]
mod confirm;
#[path = "transport/fixture.rs"]
mod fixture;
#[path = "transport/http.rs"]
mod http;
#[path = "transport/offers.rs"]
mod offers;
#[path = "transport/pitfalls.rs"]
mod pitfalls;
#[path = "transport/protocol.rs"]
mod protocol;
#[path = "transport/sessions.rs"]
mod sessions;
#[path = "transport/sse.rs"]
mod sse;
#[path = "transport/stdio.rs"]
mod stdio;
#[path = "transport/tasks.rs"]
mod tasks;
