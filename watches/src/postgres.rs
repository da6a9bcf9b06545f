//! Watches in a database of PostgreSQL, which the processes of any number of machines share.

mod address;
mod claims;
mod decisions;
mod migrations;
mod outbox;
mod pool;
mod promises;
mod query;
mod rate;
mod rows;
mod wake;
mod watches;

use std::error::Error as _;

use rft_mcp_monitors::{Action, Decision};

pub use self::address::{Address, AddressError};
use self::pool::{LIMIT, Pool};
use crate::{
    store::{Claim, Claimed, Next, Rate, Store, StoreError},
    watch::{Change, New, Outcome, Record, State, Watch},
};

/// The schema that the tables are in.
const SCHEMA: &str = "rft_mcp";

/// What a server of PostgreSQL did not do.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// It refused, or can not be reached.
    #[error("PostgreSQL: {}", said(.0))]
    Client(#[from] tokio_postgres::Error),
    /// It is not known what it did.
    #[error("PostgreSQL did not answer within {} seconds", LIMIT.as_secs())]
    Silent,
    /// It can not hold what providers say.
    #[error("PostgreSQL: the database has the encoding {0}: make one with the encoding UTF8")]
    Encoding(String),
    /// It was written by a newer version of the program.
    #[error(
        "the tables have version {found}, and this program knows {known}: use the newer program, or another database"
    )]
    Newer {
        /// Of the tables.
        found: i64,
        /// Of the program.
        known: i64,
    },
}

/// An error of the client with what it is about: alone it says `db error`.
fn said(error: &tokio_postgres::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(why) = cause {
        said = format!("{said}: {why}");
        cause = why.source();
    }
    said
}

/// A database with watches. It is connected to when something is asked of it, and again after it was away.
#[derive(Debug)]
pub struct Postgres {
    pool: Pool,
    tells: bool,
}

impl Postgres {
    /// The same, and what is decided in it from now on is to be told by webhook.
    #[must_use]
    pub fn telling(self) -> Self {
        Self {
            tells: true,
            ..self
        }
    }

    /// Watches at this address. Nothing is connected yet.
    ///
    /// # Errors
    /// When there is no thread for the connections.
    pub fn new(address: Address) -> Result<Self, StoreError> {
        Self::with_clock(address, 0.0)
    }

    /// The same, with a clock that is so many seconds ahead of the others: what a database does whose clock is set
    /// while it runs.
    ///
    /// # Errors
    /// As [`Postgres::new`].
    pub fn with_clock(address: Address, offset: f64) -> Result<Self, StoreError> {
        let pool = Pool::new(address, offset)?;
        Ok(Self { pool, tells: false })
    }
}

impl Store for Postgres {
    fn add(&self, new: &New) -> Result<Watch, StoreError> {
        self.pool
            .transact(async |client, now| watches::add(client, now, new).await)
    }

    fn find(&self, scope: &str, id: &str) -> Result<Option<Watch>, StoreError> {
        self.pool
            .wait(async |client| watches::find(client, scope, id, "").await)
    }

    fn list(
        &self,
        scope: &str,
        ended: bool,
        after: Option<&str>,
        most: u32,
    ) -> Result<Vec<Watch>, StoreError> {
        self.pool
            .wait(async |client| watches::list(client, scope, ended, after, most).await)
    }

    fn decisions(&self, watch: &str, most: u32) -> Result<Vec<Record>, StoreError> {
        self.pool
            .wait(async |client| decisions::of(client, watch, most).await)
    }

    fn change(&self, scope: &str, id: &str, change: &Change) -> Result<Option<Watch>, StoreError> {
        self.pool
            .transact(async |client, now| watches::change(client, now, scope, id, change).await)
    }

    fn stop(&self, scope: &str, id: &str, reason: &str) -> Result<Option<Watch>, StoreError> {
        self.pool.transact(async |client, now| {
            let stopped = watches::stop(client, now, scope, id, reason).await?;
            let Some((watch, ended)) = stopped else {
                return Ok(None);
            };
            outbox::settled(client, &watch.id, now).await?;
            if self.tells && ended {
                outbox::ended(client, &watch, now).await?;
            }
            Ok(Some(watch))
        })
    }

    fn claim(
        &self,
        scope: &str,
        owner: &str,
        most: u32,
        lease: f64,
        rate: Rate,
    ) -> Result<Claimed, StoreError> {
        // Most rounds find nothing: they make nobody wait.
        let is_any_due = self
            .pool
            .transact(async |client, now| claims::is_any_due(client, now, scope, lease).await)?;
        if !is_any_due {
            return Ok(Claimed::default());
        }
        self.pool.transact(async |client, now| {
            claims::claim(client, now, scope, owner, most, lease, rate).await
        })
    }

    fn intend(
        &self,
        claim: &Claim,
        decision: &Decision,
        seen: &[String],
        lease: f64,
    ) -> Result<Record, StoreError> {
        self.pool.transact(async |client, now| {
            let record = decisions::intend(client, now, claim, decision, seen, lease).await?;
            if self.tells {
                outbox::decided(client, &claim.watch, record.id, false, now).await?;
            }
            Ok(record)
        })
    }

    fn attempt(&self, claim: &Claim, record: i64, lease: f64) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            decisions::attempt(client, now, claim, record, lease).await
        })
    }

    fn notice(&self, claim: &Claim, decision: &Decision) -> Result<bool, StoreError> {
        debug_assert!(decision.action == Action::Notify, "others are intended");
        self.pool.transact(async |client, now| {
            let added = decisions::notice(client, now, claim, decision).await?;
            if let Some(record) = added.filter(|_| self.tells) {
                outbox::decided(client, &claim.watch, record, true, now).await?;
            }
            Ok(added.is_some())
        })
    }

    fn settle(
        &self,
        claim: &Claim,
        record: i64,
        outcome: Outcome,
        answer: &str,
    ) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            decisions::settle(client, now, claim, record, outcome, answer).await?;
            outbox::settled(client, &claim.watch.id, now).await
        })
    }

    fn release(&self, claim: &Claim, next: &Next) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            claims::release(client, now, claim, next).await?;
            if self.tells && next.state == State::Ended {
                outbox::ended(client, &claim.watch, now).await?;
            }
            Ok(())
        })
    }

    fn quiet(&self, scope: &str, seconds: f64) -> Result<(), StoreError> {
        self.pool
            .transact(async |client, now| Ok(rate::quiet(client, scope, now, seconds).await?))
    }

    fn forget(&self, scope: &str, seconds: f64, most: u32) -> Result<u32, StoreError> {
        self.pool
            .transact(async |client, now| watches::forget(client, now, scope, seconds, most).await)
    }
}
