//! What stands between a client and a call that spends or destroys: the launch that happens once, the person, limits
//! and the log.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

#[path = "safety/audit.rs"]
mod audit;
#[path = "safety/beside.rs"]
mod beside;
#[path = "safety/desk.rs"]
mod desk;
#[path = "safety/limits.rs"]
mod limits;
#[path = "safety/once.rs"]
mod once;
#[path = "safety/twice.rs"]
mod twice;
