//! Watches in a file of `SQLite`, which the processes of one machine share.

mod claims;
mod migrations;
mod outbox;
mod promises;
mod rate;
mod rows;
mod wake;

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rft_mcp_monitors::{Action, Decision, Since};
use rusqlite::{
    Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior, named_params,
    params,
};

use self::{
    claims::{held, hold},
    rows::{record, watch},
};
use crate::{
    rows::{DECISION, WATCH, json, readable},
    store::{Claim, Claimed, Next, Rate, Store, StoreError},
    watch::{Change, Memory, New, Outcome, Record, State, Watch},
};

/// The time, by the database's clock.
const NOW: &str = "SELECT unixepoch('subsec') + ?1";

/// How long a transaction waits for those of other processes.
const BUSY: Duration = Duration::from_secs(10);

/// A file with watches.
#[derive(Debug)]
pub struct Sqlite {
    connection: Mutex<Connection>,
    offset: f64,
    tells: bool,
}

impl Sqlite {
    /// The same, and what is decided in it from now on is to be told by webhook.
    #[must_use]
    pub fn telling(self) -> Self {
        Self {
            tells: true,
            ..self
        }
    }

    /// Opens the file, makes it where there is none, and brings it up to date.
    ///
    /// # Errors
    /// When it can not be used, or a newer program wrote it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::with_clock(path, 0.0)
    }

    /// The same, with a clock that is so many seconds ahead of the others: what a machine does whose clock is set
    /// while it runs.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub fn with_clock(path: &Path, offset: f64) -> Result<Self, StoreError> {
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory)?;
        }
        Self::of(Connection::open(path)?, offset)
    }

    /// Watches that are forgotten with the value.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::of(Connection::open_in_memory()?, 0.0)
    }

    fn of(mut connection: Connection, offset: f64) -> Result<Self, StoreError> {
        connection.busy_timeout(BUSY)?;
        // Readers do not wait for writers.
        write_ahead(&connection)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrations::run(&mut connection)?;
        Ok(Self {
            connection: Mutex::new(connection),
            offset,
            tells: false,
        })
    }

    /// Does something in one transaction, which holds off other writers from its beginning. What is committed survives a
    /// loss of power: a decision is sent only then.
    fn transact<T>(
        &self,
        act: impl FnOnce(&Transaction<'_>, f64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.at("full", act)
    }

    /// The same without waiting for the disk, of what may be lost with the machine's power: who has a watch, which is
    /// nobody when the machine starts again; and what a look found, which the next one finds. A transaction that is
    /// waited for makes those before it last too. To wait twice a look would bound how many watches a file can have.
    fn transact_lightly<T>(
        &self,
        act: impl FnOnce(&Transaction<'_>, f64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.at("normal", act)
    }

    fn at<T>(
        &self,
        synchronous: &str,
        act: impl FnOnce(&Transaction<'_>, f64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection();
        connection.pragma_update(None, "synchronous", synchronous)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let now: f64 = transaction.query_row(NOW, [self.offset], |row| row.get(0))?;
        let value = act(&transaction, now)?;
        transaction.commit()?;
        Ok(value)
    }

    fn is_any_due(&self, scope: &str, lease: f64) -> Result<bool, StoreError> {
        let connection = self.connection();
        let now: f64 = connection.query_row(NOW, [self.offset], |row| row.get(0))?;
        claims::is_any_due(&connection, now, scope, lease)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Sqlite {
    fn add(&self, new: &New) -> Result<Watch, StoreError> {
        self.transact(|transaction, now| add(transaction, now, new))
    }

    fn find(&self, scope: &str, id: &str) -> Result<Option<Watch>, StoreError> {
        find(&self.connection(), scope, id)
    }

    fn list(
        &self,
        scope: &str,
        ended: bool,
        after: Option<&str>,
        most: u32,
    ) -> Result<Vec<Watch>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare(&format!(
            "SELECT {WATCH} FROM watches WHERE scope = :scope AND (:ended OR state <> 'ended')
                 AND (:after IS NULL OR rowid < (SELECT rowid FROM watches WHERE id = :after))
             ORDER BY rowid DESC LIMIT :most"
        ))?;
        let rows = statement.query_and_then(
            named_params! { ":scope": scope, ":ended": ended, ":after": after, ":most": most },
            watch,
        )?;
        rows.collect()
    }

    fn decisions(&self, watch: &str, most: u32) -> Result<Vec<Record>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare(&format!(
            "SELECT {DECISION} FROM decisions WHERE watch = ?1 ORDER BY id DESC LIMIT ?2"
        ))?;
        let rows = statement.query_and_then(params![watch, most], record)?;
        readable(rows)
    }

    fn change(&self, scope: &str, id: &str, change: &Change) -> Result<Option<Watch>, StoreError> {
        self.transact(|transaction, now| {
            let Some(mut watch) = find(transaction, scope, id)? else {
                return Ok(None);
            };
            if let Some(rules) = &change.rules {
                watch.rules = rules.clone();
            }
            watch.pace.interval = change.interval.unwrap_or(watch.pace.interval);
            let after = change.after_resume.unwrap_or(watch.after_resume);
            // Rules that were told of may be told of again. What they are counted from stays.
            transaction.execute(
                "UPDATE watches SET rules = :rules, pace = :pace, after_resume = :after,
                     arming = arming + (state = 'watching'), due_at = :now, fence = fence + 1, owner = NULL,
                     lease_until = NULL
                 WHERE id = :id AND state <> 'ended'",
                named_params! {
                    ":rules": json(&watch.rules)?, ":pace": json(&watch.pace)?, ":after": json(&after)?, ":now": now,
                    ":id": watch.id,
                },
            )?;
            find(transaction, scope, &watch.id)
        })
    }

    fn stop(&self, scope: &str, id: &str, reason: &str) -> Result<Option<Watch>, StoreError> {
        self.transact(|transaction, now| {
            let Some(watch) = find(transaction, scope, id)? else {
                return Ok(None);
            };
            let ended = transaction.execute(
                "UPDATE watches SET state = 'ended', reason = ?1, ended_at = ?3, fence = fence + 1, owner = NULL,
                     lease_until = NULL
                 WHERE id = ?2 AND state <> 'ended'",
                params![reason, watch.id, now],
            )?;
            transaction.execute(
                "UPDATE decisions SET outcome = 'moot', answer = ?1, settled_at = ?2 WHERE watch = ?3 AND outcome = 'open'",
                params![reason, now, watch.id],
            )?;
            transaction.execute("DELETE FROM trails WHERE watch = ?1", [&watch.id])?;
            outbox::settled(transaction, &watch.id, now)?;
            if self.tells && ended > 0 {
                outbox::ended(transaction, &watch, now)?;
            }
            find(transaction, scope, &watch.id)
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
        // Most rounds find nothing: they do not hold off the writers.
        if !self.is_any_due(scope, lease)? {
            return Ok(Claimed::default());
        }
        self.transact_lightly(|transaction, now| {
            claims::claim(transaction, now, scope, owner, most, lease, rate)
        })
    }

    fn intend(
        &self,
        claim: &Claim,
        decision: &Decision,
        seen: &[String],
        lease: f64,
    ) -> Result<Record, StoreError> {
        self.transact(|transaction, now| {
            hold(transaction, claim, now, lease)?;
            let added = transaction.execute(
                "INSERT INTO decisions (watch, arming, rule, action, decision, seen, outcome, attempts, decided_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', 1, ?7) ON CONFLICT DO NOTHING",
                params![
                    claim.watch.id, claim.watch.arming, decision.rule.word(), json(&decision.action)?,
                    json(decision)?, json(&seen)?, now
                ],
            )?;
            if added == 0 {
                return Err(StoreError::Lost);
            }
            let id = transaction.last_insert_rowid();
            if self.tells {
                outbox::decided(transaction, &claim.watch, id, false, now)?;
            }
            transaction.execute(
                "UPDATE watches SET state = 'acting' WHERE id = ?1",
                [&claim.watch.id],
            )?;
            transaction
                .prepare(&format!("SELECT {DECISION} FROM decisions WHERE id = ?1"))?
                .query_and_then([id], record)?
                .next()
                .unwrap_or(Err(StoreError::Lost))
        })
    }

    fn attempt(&self, claim: &Claim, record: i64, lease: f64) -> Result<(), StoreError> {
        self.transact(|transaction, now| {
            hold(transaction, claim, now, lease)?;
            transaction.execute(
                "UPDATE decisions SET attempts = attempts + 1 WHERE id = ?1 AND outcome = 'open'",
                [record],
            )?;
            Ok(())
        })
    }

    fn notice(&self, claim: &Claim, decision: &Decision) -> Result<bool, StoreError> {
        debug_assert!(decision.action == Action::Notify, "others are intended");
        self.transact(|transaction, now| {
            held(transaction, claim)?;
            let added = transaction.execute(
                "INSERT INTO decisions (watch, arming, rule, action, decision, seen, outcome, attempts, decided_at, settled_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, '[]', 'done', 0, ?6, ?6) ON CONFLICT DO NOTHING",
                params![
                    claim.watch.id, claim.watch.arming, decision.rule.word(), json(&decision.action)?,
                    json(decision)?, now
                ],
            )?;
            if added > 0 && self.tells {
                let id = transaction.last_insert_rowid();
                outbox::decided(transaction, &claim.watch, id, true, now)?;
            }
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
        self.transact(|transaction, now| {
            held(transaction, claim)?;
            transaction.execute(
                "UPDATE decisions SET outcome = ?1, answer = ?2, settled_at = iif(?1 = 'open', NULL, ?3) WHERE id = ?4",
                params![outcome.word(), answer, now, record],
            )?;
            outbox::settled(transaction, &claim.watch.id, now)
        })
    }

    fn release(&self, claim: &Claim, next: &Next) -> Result<(), StoreError> {
        self.transact_lightly(|transaction, now| {
            claims::release(transaction, now, claim, next)?;
            if self.tells && next.state == State::Ended {
                outbox::ended(transaction, &claim.watch, now)?;
            }
            Ok(())
        })
    }

    fn quiet(&self, scope: &str, seconds: f64) -> Result<(), StoreError> {
        self.transact(|transaction, now| rate::quiet(transaction, scope, now, seconds))
    }

    fn forget(&self, scope: &str, seconds: f64, most: u32) -> Result<u32, StoreError> {
        self.transact(|transaction, now| {
            // An older program wrote no time, and one that is ahead was written before the clock was set back.
            transaction.execute(
                "UPDATE watches SET ended_at = ?2
                 WHERE scope = ?1 AND state = 'ended' AND (ended_at IS NULL OR ended_at > ?2 + 1)",
                params![scope, now],
            )?;
            let old: Vec<String> = transaction
                .prepare(
                    "SELECT id FROM watches WHERE scope = ?1 AND state = 'ended' AND ended_at < ?2
                     ORDER BY ended_at LIMIT ?3",
                )?
                .query_map(params![scope, now - seconds, most], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for id in &old {
                transaction.execute("DELETE FROM outbox WHERE watch = ?1", [id])?;
                transaction.execute("DELETE FROM decisions WHERE watch = ?1", [id])?;
                transaction.execute("DELETE FROM promises WHERE watch = ?1", [id])?;
                transaction.execute("DELETE FROM trails WHERE watch = ?1", [id])?;
                transaction.execute("DELETE FROM watches WHERE id = ?1", [id])?;
            }
            Ok(u32::try_from(old.len()).unwrap_or(most))
        })
    }
}

/// Adds a watch, unless its job has one.
fn add(transaction: &Transaction<'_>, now: f64, new: &New) -> Result<Watch, StoreError> {
    let there: Option<String> = transaction
        .query_row(
            "SELECT id FROM watches WHERE scope = ?1 AND job = ?2 AND state <> 'ended'",
            params![new.scope, new.job],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(watch) = there {
        let job = new.job.clone();
        return Err(StoreError::Watched { job, watch });
    }
    let id = format!("watch-{}", uuid::Uuid::new_v4().simple());
    transaction.execute(
        "INSERT INTO watches (id, scope, job, state, rules, pace, after_resume, arming, since, memory, \
             progress_at, created_at, due_at)
         VALUES (:id, :scope, :job, 'watching', :rules, :pace, :after, 1, :since, :memory, :now, :now, :now)",
        named_params! {
            ":id": id, ":scope": new.scope, ":job": new.job, ":rules": json(&new.rules)?,
            ":pace": json(&new.pace)?, ":after": json(&new.after_resume)?,
            ":since": json(&Since::default())?, ":memory": json(&Memory::default())?, ":now": now,
        },
    )?;
    find(transaction, &new.scope, &id)?.ok_or(StoreError::Lost)
}

fn find(connection: &Connection, scope: &str, id: &str) -> Result<Option<Watch>, StoreError> {
    // Both at once would read every watch of the scope.
    for by in [
        "id = ?2",
        "job = ?2 ORDER BY state = 'ended', rowid DESC LIMIT 1",
    ] {
        let found = connection
            .prepare(&format!(
                "SELECT {WATCH} FROM watches WHERE scope = ?1 AND {by}"
            ))?
            .query_and_then(params![scope, id], watch)?
            .next()
            .transpose()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Switches to a write-ahead log. `SQLite` does not wait for others who switch at the same moment, whatever the time-out
/// of the connection says, since each could be waiting for the other.
fn write_ahead(connection: &Connection) -> Result<(), rusqlite::Error> {
    let until = Instant::now() + BUSY;
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < until =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            switched => return switched,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of the level inside a transaction does nothing, and says nothing.
    #[test]
    fn the_disk_is_waited_for_after_a_claim_that_failed_too() {
        let store = Sqlite::in_memory().unwrap();
        let level = |transaction: &Transaction<'_>| -> Result<i64, StoreError> {
            Ok(transaction.query_row("PRAGMA synchronous", [], |row| row.get(0))?)
        };
        for _ in 0..2 {
            let light = store.transact_lightly(|transaction, _| level(transaction));
            assert_eq!(light.unwrap(), 1, "normal");
            let lost = store.transact_lightly(|_, _| Err::<(), _>(StoreError::Lost));
            assert!(matches!(lost, Err(StoreError::Lost)));
            let waits = store.transact(|transaction, _| level(transaction));
            assert_eq!(waits.unwrap(), 2, "full");
        }
    }
}
