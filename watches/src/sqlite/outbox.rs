//! What is told by webhook.

use rusqlite::{Row, Transaction, params};

use super::{Sqlite, find, rows::record};
use crate::{
    outbox::{HELD, Letter, Outbox, body, id, unreadable},
    rows::DECISION,
    store::StoreError,
    watch::Watch,
};

/// What is due, of scope ?1 at ?2. A time that can not have been written by this clock was written before it was set
/// back.
const DUE: &str =
    "scope = ?1 AND sent_at IS NULL AND given_up_at IS NULL AND (due_at <= ?2 OR made_at > ?2 + 1)";

/// A row that is due.
struct Due {
    id: String,
    watch: String,
    decision: Option<i64>,
    body: Option<String>,
    attempts: i64,
}

impl Due {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            watch: row.get("watch")?,
            decision: row.get("decision")?,
            body: row.get("body")?,
            attempts: row.get("attempts")?,
        })
    }
}

impl Outbox for Sqlite {
    fn outgoing(&self, scope: &str, most: u32, lease: f64) -> Result<Vec<Letter>, StoreError> {
        // Most rounds find none: they do not hold off the writers.
        let any = "SELECT EXISTS (SELECT 1 FROM outbox WHERE scope = ?1 AND sent_at IS NULL AND given_up_at IS NULL)";
        if !self
            .connection()
            .query_row(any, [scope], |row| row.get(0))?
        {
            return Ok(Vec::new());
        }
        self.transact(|transaction, now| {
            let due = transaction
                .prepare(&format!(
                    "SELECT id, watch, decision, body, attempts FROM outbox WHERE {DUE} ORDER BY due_at, rowid LIMIT ?3"
                ))?
                .query_map(params![scope, now, most], Due::of)?
                .collect::<Result<Vec<_>, _>>()?;
            let mut letters = Vec::new();
            for due in due {
                let body = match due.body {
                    Some(body) => body,
                    None => match write(transaction, scope, &due.watch, due.decision, now) {
                        Ok(body) => body,
                        // It holds up no other.
                        Err(StoreError::Content(error)) => {
                            transaction.execute(
                                "UPDATE outbox SET answer = ?2, given_up_at = ?3 WHERE id = ?1",
                                params![due.id, unreadable(&due.id, &error), now],
                            )?;
                            continue;
                        }
                        Err(error) => return Err(error),
                    },
                };
                let attempt = due.attempts + 1;
                transaction.execute(
                    "UPDATE outbox SET body = ?2, attempts = ?3, due_at = ?4, made_at = min(made_at, ?5) WHERE id = ?1",
                    params![due.id, body, attempt, now + lease, now],
                )?;
                letters.push(Letter {
                    id: due.id,
                    body,
                    attempt,
                });
            }
            Ok(letters)
        })
    }

    fn delivered(&self, letter: &Letter) -> Result<(), StoreError> {
        self.transact(|transaction, now| {
            transaction.execute(
                "UPDATE outbox SET sent_at = ?2, answer = NULL WHERE id = ?1 AND sent_at IS NULL",
                params![letter.id, now],
            )?;
            Ok(())
        })
    }

    fn undelivered(
        &self,
        letter: &Letter,
        why: &str,
        again: Option<f64>,
    ) -> Result<(), StoreError> {
        self.transact(|transaction, now| {
            transaction.execute(
                "UPDATE outbox SET answer = ?3, due_at = coalesce(?4, due_at), given_up_at = iif(?4 IS NULL, ?5, NULL)
                 WHERE id = ?1 AND attempts = ?2 AND sent_at IS NULL",
                params![letter.id, letter.attempt, why, again.map(|wait| now + wait), now],
            )?;
            Ok(())
        })
    }
}

fn write(
    transaction: &Transaction<'_>,
    scope: &str,
    of: &str,
    decision: Option<i64>,
    now: f64,
) -> Result<String, StoreError> {
    let found = find(transaction, scope, of)?.ok_or(StoreError::Lost)?;
    let decided = match decision {
        Some(decision) => transaction
            .prepare(&format!("SELECT {DECISION} FROM decisions WHERE id = ?1"))?
            .query_and_then([decision], record)?
            .next()
            .transpose()?,
        None => None,
    };
    Ok(body(&found, decided.as_ref(), now))
}

/// A decision is to be told, once it is known what becomes of it or in a while.
pub fn decided(
    transaction: &Transaction<'_>,
    of: &Watch,
    decision: i64,
    settled: bool,
    now: f64,
) -> Result<(), StoreError> {
    let due = if settled { now } else { now + HELD };
    transaction.execute(
        "INSERT INTO outbox (id, scope, watch, decision, made_at, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
        params![id(), of.scope, of.id, decision, now, due],
    )?;
    Ok(())
}

/// It is known what became of the decisions of a watch: what was held back goes now.
pub fn settled(transaction: &Transaction<'_>, of: &str, now: f64) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE outbox SET due_at = min(due_at, ?2)
         WHERE watch = ?1 AND decision IS NOT NULL AND attempts = 0 AND sent_at IS NULL AND EXISTS
             (SELECT 1 FROM decisions WHERE decisions.id = outbox.decision AND outcome <> 'open')",
        params![of, now],
    )?;
    Ok(())
}

/// The end of a watch is to be told.
pub fn ended(transaction: &Transaction<'_>, of: &Watch, now: f64) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO outbox (id, scope, watch, made_at, due_at) VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT DO NOTHING",
        params![id(), of.scope, of.id, now],
    )?;
    Ok(())
}
