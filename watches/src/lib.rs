//! Watches of fine-tuning jobs: kept in a database, shared by any number of processes, and acted on once.
//!
//! A [`Watcher`] claims the watches that are due, reads their jobs from a [`Provider`], asks `rft-mcp-monitors` what their
//! rules say, and acts. What keeps an act from being done twice is in the [`Store`]: leases by the database's clock, a
//! token that grows with every claim, and decisions that are written down before anything is sent.

mod courier;
mod keeper;
mod migrations;
mod outbox;
#[cfg(feature = "postgres")]
mod postgres;
mod promise;
mod provider;
mod rate;
mod rows;
mod sqlite;
mod store;
mod trail;
mod turn;
mod wake;
mod watch;
mod watcher;
pub mod webhook;

pub use courier::{Courier, Endpoint, Undelivered};
pub use keeper::{Keeper, Launches};
pub use outbox::{Letter, Outbox, unix, view};
#[cfg(feature = "postgres")]
pub use postgres::{Address, AddressError, Postgres, ServerError};
pub use promise::{Kept, Patience, Promise, Promises};
pub use provider::{Look, Message, Provider, Trouble};
pub use sqlite::Sqlite;
pub use store::{Claim, Claimed, Next, Rate, Store, StoreError, ask};
pub use trail::Trail;
pub use wake::Wake;
pub use watch::{AfterResume, Change, Memory, New, Outcome, Record, State, Watch};
pub use watcher::{Options, Told, Watcher};
