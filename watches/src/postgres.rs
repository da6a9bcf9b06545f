//! Watches in a database of PostgreSQL, which the processes of any number of machines share.

mod address;
mod migrations;
mod pool;
mod promises;
mod rate;
mod rows;

use std::error::Error as _;

use rft_mcp_monitors::{Action, Decision, Since};
use tokio_postgres::{Client, Row, types::Type};

pub use self::address::{Address, AddressError};
use self::{
    pool::{LIMIT, Pool},
    rows::{get, record, watch},
};
use crate::{
    rows::{DECISION, WATCH, json},
    store::{Claim, Claimed, Next, Rate, Store, StoreError},
    watch::{Change, Memory, New, Outcome, Record, Watch},
};

/// The schema that the tables are in.
const SCHEMA: &str = "rft_mcp";

/// What is due, of scope $1 at $2 with leases of $3. A time that can not have been written by this clock was written
/// before it was set back.
const DUE: &str = "scope = $1 AND state <> 'ended' AND (due_at <= $2 OR looked_at > $2 + 1)
     AND (lease_until IS NULL OR lease_until <= $2 OR lease_until > $2 + 2 * $3)";

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
}

impl Postgres {
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
        Ok(Self { pool })
    }
}

impl Store for Postgres {
    fn add(&self, new: &New) -> Result<Watch, StoreError> {
        self.pool
            .transact(async |client, now| add(client, now, new).await)
    }

    fn find(&self, scope: &str, id: &str) -> Result<Option<Watch>, StoreError> {
        self.pool
            .wait(async |client| find(client, scope, id, "").await)
    }

    fn list(
        &self,
        scope: &str,
        ended: bool,
        after: Option<&str>,
        most: u32,
    ) -> Result<Vec<Watch>, StoreError> {
        self.pool.wait(async |client| {
            let rows = all(
                client,
                &format!(
                    "SELECT {WATCH} FROM rft_mcp.watches WHERE scope = $1 AND ($2 OR state <> 'ended')
                         AND ($3 IS NULL OR place < (SELECT place FROM rft_mcp.watches WHERE id = $3))
                     ORDER BY place DESC LIMIT $4"
                ),
                &[
                    (&scope, Type::TEXT),
                    (&ended, Type::BOOL),
                    (&after, Type::TEXT),
                    (&i64::from(most), Type::INT8),
                ],
            ).await?;
            rows.iter().map(watch).collect()
        })
    }

    fn decisions(&self, watch: &str, most: u32) -> Result<Vec<Record>, StoreError> {
        self.pool.wait(async |client| {
            let rows = all(
                client,
                &format!("SELECT {DECISION} FROM rft_mcp.decisions WHERE watch = $1 ORDER BY id DESC LIMIT $2"),
                &[(&watch, Type::TEXT), (&i64::from(most), Type::INT8)],
            ).await?;
            rows.iter().map(record).collect()
        })
    }

    fn change(&self, scope: &str, id: &str, change: &Change) -> Result<Option<Watch>, StoreError> {
        self.pool.transact(async |client, now| {
            let Some(mut watch) = find(client, scope, id, "FOR UPDATE").await? else {
                return Ok(None);
            };
            if let Some(rules) = &change.rules {
                watch.rules = rules.clone();
            }
            watch.pace.interval = change.interval.unwrap_or(watch.pace.interval);
            let after = change.after_resume.unwrap_or(watch.after_resume);
            // Rules that were told of may be told of again. What they are counted from stays.
            run(
                client,
                "UPDATE rft_mcp.watches SET rules = $2, pace = $3, after_resume = $4,
                     arming = arming + (state = 'watching')::int, due_at = $5, fence = fence + 1, owner = NULL,
                     lease_until = NULL
                 WHERE id = $1 AND state <> 'ended'",
                &[
                    (&watch.id, Type::TEXT),
                    (&json(&watch.rules)?, Type::TEXT),
                    (&json(&watch.pace)?, Type::TEXT),
                    (&json(&after)?, Type::TEXT),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?;
            find(client, scope, &watch.id, "").await
        })
    }

    fn stop(&self, scope: &str, id: &str, reason: &str) -> Result<Option<Watch>, StoreError> {
        let reason = plain(reason);
        self.pool.transact(async |client, now| {
            let Some(watch) = find(client, scope, id, "FOR UPDATE").await? else {
                return Ok(None);
            };
            let id = &watch.id;
            run(
                client,
                "UPDATE rft_mcp.watches SET state = 'ended', reason = $2, ended_at = $3, fence = fence + 1,
                     owner = NULL, lease_until = NULL
                 WHERE id = $1 AND state <> 'ended'",
                &[
                    (id, Type::TEXT),
                    (&reason, Type::TEXT),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?;
            run(
                client,
                "UPDATE rft_mcp.decisions SET outcome = 'moot', answer = $2, settled_at = $3
                 WHERE watch = $1 AND outcome = 'open'",
                &[
                    (id, Type::TEXT),
                    (&reason, Type::TEXT),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?;
            find(client, scope, id, "").await
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
        if !self.is_any_due(scope, lease)? {
            return Ok(Claimed::default());
        }
        self.pool.transact(async |client, now| {
            let spent = rate::spent(client, scope).await?;
            let allowed = spent.allow(now, most, rate);
            if allowed == 0 {
                let wait = Some(spent.wait(now, rate));
                return Ok(Claimed {
                    claims: Vec::new(),
                    wait,
                });
            }
            // One that somebody is about to change or give back is not waited for.
            let due = all(
                client,
                &format!(
                    "WITH due AS (
                         SELECT id AS due, owner IS NOT NULL AS taken_over FROM rft_mcp.watches
                         WHERE {DUE} ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED)
                     UPDATE rft_mcp.watches SET owner = $5, lease_until = $2 + $3, fence = fence + 1
                     FROM due WHERE id = due.due RETURNING {WATCH}, fence, taken_over"
                ),
                &[
                    (&scope, Type::TEXT),
                    (&now, Type::FLOAT8),
                    (&lease, Type::FLOAT8),
                    (&i64::from(allowed), Type::INT8),
                    (&owner, Type::TEXT),
                ],
            )
            .await?;
            let mut claims = Vec::new();
            for row in &due {
                claims.push(Claim {
                    watch: watch(row)?,
                    fence: get(row, "fence")?,
                    open: None,
                    taken_over: get(row, "taken_over")?,
                    now,
                });
            }
            if claims.is_empty() {
                return Ok(Claimed::default());
            }
            claims.sort_by(|one, other| one.watch.due_at.total_cmp(&other.watch.due_at));
            open(client, &mut claims).await?;
            let after = spent.after(now, claims.len(), rate);
            rate::spend(client, scope, after.next).await?;
            let is_rationed = claims.len() == allowed as usize && allowed < most;
            let wait = is_rationed.then(|| after.wait(now, rate));
            Ok(Claimed { claims, wait })
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
            hold(client, claim, now, lease).await?;
            let added = one(
                client,
                &format!(
                    "INSERT INTO rft_mcp.decisions
                         (watch, arming, rule, action, decision, seen, outcome, attempts, decided_at)
                     VALUES ($1, $2, $3, $4, $5, $6, 'open', 1, $7) ON CONFLICT DO NOTHING RETURNING {DECISION}"
                ),
                &[
                    (&claim.watch.id, Type::TEXT),
                    (&claim.watch.arming, Type::INT8),
                    (&decision.rule.word(), Type::TEXT),
                    (&json(&decision.action)?, Type::TEXT),
                    (&json(decision)?, Type::TEXT),
                    (&json(&seen)?, Type::TEXT),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?
            .ok_or(StoreError::Lost)?;
            run(
                client,
                "UPDATE rft_mcp.watches SET state = 'acting' WHERE id = $1",
                &[(&claim.watch.id, Type::TEXT)],
            )
            .await?;
            record(&added)
        })
    }

    fn attempt(&self, claim: &Claim, record: i64, lease: f64) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            hold(client, claim, now, lease).await?;
            run(
                client,
                "UPDATE rft_mcp.decisions SET attempts = attempts + 1 WHERE id = $1 AND outcome = 'open'",
                &[(&record, Type::INT8)],
            )
            .await?;
            Ok(())
        })
    }

    fn notice(&self, claim: &Claim, decision: &Decision) -> Result<bool, StoreError> {
        debug_assert!(decision.action == Action::Notify, "others are intended");
        self.pool.transact(async |client, now| {
            held(client, claim).await?;
            let added = run(
                client,
                "INSERT INTO rft_mcp.decisions
                     (watch, arming, rule, action, decision, seen, outcome, attempts, decided_at, settled_at)
                 VALUES ($1, $2, $3, $4, $5, '[]', 'done', 0, $6, $6) ON CONFLICT DO NOTHING",
                &[
                    (&claim.watch.id, Type::TEXT),
                    (&claim.watch.arming, Type::INT8),
                    (&decision.rule.word(), Type::TEXT),
                    (&json(&decision.action)?, Type::TEXT),
                    (&json(decision)?, Type::TEXT),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?;
            Ok(added > 0)
        })
    }

    fn settle(
        &self,
        claim: &Claim,
        record: i64,
        outcome: Outcome,
        answer: &str,
    ) -> Result<(), StoreError> {
        let settled = outcome != Outcome::Open;
        self.pool.transact(async |client, now| {
            held(client, claim).await?;
            run(
                client,
                "UPDATE rft_mcp.decisions SET outcome = $2, answer = $3, settled_at = $4 WHERE id = $1",
                &[
                    (&record, Type::INT8),
                    (&outcome.word(), Type::TEXT),
                    (&plain(answer), Type::TEXT),
                    (&settled.then_some(now), Type::FLOAT8),
                ],
            )
            .await?;
            Ok(())
        })
    }

    fn release(&self, claim: &Claim, next: &Next) -> Result<(), StoreError> {
        let reason = next.reason.as_deref().map(plain);
        self.pool.transact(async |client, now| {
            let released = run(
                client,
                "UPDATE rft_mcp.watches SET state = $3, reason = $4, arming = $5, since = $6, memory = $7,
                     progress_at = CASE WHEN $8 THEN $10 ELSE progress_at END,
                     looked_at = CASE WHEN $9 THEN $10 ELSE looked_at END,
                     ended_at = CASE WHEN $3 = 'ended' THEN $10 END,
                     due_at = $10 + $11, owner = NULL, lease_until = NULL
                 WHERE id = $1 AND fence = $2",
                &[
                    (&claim.watch.id, Type::TEXT),
                    (&claim.fence, Type::INT8),
                    (&next.state.word(), Type::TEXT),
                    (&reason, Type::TEXT),
                    (&next.arming, Type::INT8),
                    (&json(&next.since)?, Type::TEXT),
                    (&json(&next.memory)?, Type::TEXT),
                    (&next.progress, Type::BOOL),
                    (&next.looked, Type::BOOL),
                    (&now, Type::FLOAT8),
                    (&next.wait, Type::FLOAT8),
                ],
            ).await?;
            if released == 0 {
                return Err(StoreError::Lost);
            }
            Ok(())
        })
    }

    fn quiet(&self, scope: &str, seconds: f64) -> Result<(), StoreError> {
        self.pool
            .transact(async |client, now| Ok(rate::quiet(client, scope, now, seconds).await?))
    }

    fn forget(&self, scope: &str, seconds: f64, most: u32) -> Result<u32, StoreError> {
        self.pool.transact(async |client, now| {
            // An older program wrote no time, and one that is ahead was written before the clock was set back.
            run(
                client,
                "UPDATE rft_mcp.watches SET ended_at = $2
                 WHERE scope = $1 AND state = 'ended' AND (ended_at IS NULL OR ended_at > $2 + 1)",
                &[(&scope, Type::TEXT), (&now, Type::FLOAT8)],
            )
            .await?;
            // Those that somebody else forgets now are left to them.
            let rows = all(
                client,
                "SELECT id FROM rft_mcp.watches WHERE scope = $1 AND state = 'ended' AND ended_at < $2
                 ORDER BY ended_at LIMIT $3 FOR UPDATE SKIP LOCKED",
                &[
                    (&scope, Type::TEXT),
                    (&(now - seconds), Type::FLOAT8),
                    (&i64::from(most), Type::INT8),
                ],
            )
            .await?;
            let old: Vec<&str> = rows.iter().map(|row| get(row, "id")).collect::<Result<_, _>>()?;
            let old = [(&old as _, Type::TEXT_ARRAY)];
            run(client, "DELETE FROM rft_mcp.decisions WHERE watch = ANY ($1)", &old).await?;
            run(client, "DELETE FROM rft_mcp.promises WHERE watch = ANY ($1)", &old).await?;
            run(client, "DELETE FROM rft_mcp.watches WHERE id = ANY ($1)", &old).await?;
            Ok(u32::try_from(rows.len()).unwrap_or(most))
        })
    }
}

impl Postgres {
    fn is_any_due(&self, scope: &str, lease: f64) -> Result<bool, StoreError> {
        self.pool.transact(async |client, now| {
            let found = one(
                client,
                &format!("SELECT 1 FROM rft_mcp.watches WHERE {DUE} LIMIT 1"),
                &[
                    (&scope, Type::TEXT),
                    (&now, Type::FLOAT8),
                    (&lease, Type::FLOAT8),
                ],
            )
            .await?;
            Ok(found.is_some())
        })
    }
}

/// A value and its type.
type Value<'a> = (&'a (dyn tokio_postgres::types::ToSql + Sync), Type);

/// The rows of a statement, which is sent with its values at once.
async fn all(client: &Client, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, ServerError> {
    Ok(client.query_typed(sql, values).await?)
}

/// The row of a statement, where it has one.
async fn one(client: &Client, sql: &str, values: &[Value<'_>]) -> Result<Option<Row>, ServerError> {
    Ok(client.query_typed_opt(sql, values).await?)
}

/// How many rows a statement changed.
async fn run(client: &Client, sql: &str, values: &[Value<'_>]) -> Result<u64, ServerError> {
    Ok(client.execute_typed(sql, values).await?)
}

/// Adds a watch, unless its job has one.
async fn add(client: &Client, now: f64, new: &New) -> Result<Watch, StoreError> {
    let (scope, job) = (&new.scope, &new.job);
    let there = "SELECT id FROM rft_mcp.watches WHERE scope = $1 AND job = $2 AND state <> 'ended'";
    let named = [(scope as _, Type::TEXT), (job as _, Type::TEXT)];
    let id = format!("watch-{}", uuid::Uuid::new_v4().simple());
    let (rules, pace) = (json(&new.rules)?, json(&new.pace)?);
    let (after, since) = (json(&new.after_resume)?, json(&Since::default())?);
    let memory = json(&Memory::default())?;
    // Others wait at the index of one watch a job.
    let added = one(
        client,
        &format!(
            "INSERT INTO rft_mcp.watches (id, scope, job, state, rules, pace, after_resume, arming, since, memory, \
                 progress_at, created_at, due_at)
             VALUES ($1, $2, $3, 'watching', $4, $5, $6, 1, $7, $8, $9, $9, $9)
             ON CONFLICT (scope, job) WHERE state <> 'ended' DO NOTHING RETURNING {WATCH}"
        ),
        &[
            (&id, Type::TEXT), (scope, Type::TEXT), (job, Type::TEXT), (&rules, Type::TEXT),
            (&pace, Type::TEXT), (&after, Type::TEXT), (&since, Type::TEXT), (&memory, Type::TEXT),
            (&now, Type::FLOAT8),
        ],
    )
    .await?;
    if let Some(row) = added {
        return watch(&row);
    }
    // Absent where that watch has just ended.
    let there = one(client, there, &named).await?.ok_or(StoreError::Lost)?;
    Err(StoreError::Watched {
        job: job.clone(),
        watch: get(&there, "id")?,
    })
}

async fn find(
    client: &Client,
    scope: &str,
    id: &str,
    lock: &str,
) -> Result<Option<Watch>, StoreError> {
    let found = one(
        client,
        &format!(
            "SELECT {WATCH} FROM rft_mcp.watches WHERE scope = $1 AND (id = $2 OR job = $2)
             ORDER BY id = $2 DESC, state = 'ended', place DESC LIMIT 1 {lock}"
        ),
        &[(&scope, Type::TEXT), (&id, Type::TEXT)],
    )
    .await?;
    found.as_ref().map(watch).transpose()
}

/// Adds the decisions that are not settled.
async fn open(client: &Client, claims: &mut [Claim]) -> Result<(), StoreError> {
    let ids: Vec<String> = claims.iter().map(|claim| claim.watch.id.clone()).collect();
    let found = all(
        client,
        &format!("SELECT {DECISION}, watch FROM rft_mcp.decisions WHERE watch = ANY ($1) AND outcome = 'open'"),
        &[(&ids, Type::TEXT_ARRAY)],
    ).await?;
    for row in &found {
        let of: &str = get(row, "watch")?;
        if let Some(claim) = claims.iter_mut().find(|claim| claim.watch.id == of) {
            claim.open = Some(record(row)?);
        }
    }
    Ok(())
}

/// Whether nobody has claimed, changed or stopped the watch since; nobody does until the transaction ends.
async fn held(client: &Client, claim: &Claim) -> Result<(), StoreError> {
    let found = one(
        client,
        "SELECT 1 FROM rft_mcp.watches WHERE id = $1 AND fence = $2 FOR UPDATE",
        &[(&claim.watch.id, Type::TEXT), (&claim.fence, Type::INT8)],
    )
    .await?;
    found.map(|_| ()).ok_or(StoreError::Lost)
}

/// The same, and holds it for longer.
async fn hold(client: &Client, claim: &Claim, now: f64, lease: f64) -> Result<(), StoreError> {
    let held = run(
        client,
        "UPDATE rft_mcp.watches SET lease_until = $3 WHERE id = $1 AND fence = $2",
        &[
            (&claim.watch.id, Type::TEXT),
            (&claim.fence, Type::INT8),
            (&(now + lease), Type::FLOAT8),
        ],
    )
    .await?;
    if held == 0 {
        return Err(StoreError::Lost);
    }
    Ok(())
}

/// What somebody else said, as a column of text takes it: PostgreSQL has no NUL.
fn plain(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
