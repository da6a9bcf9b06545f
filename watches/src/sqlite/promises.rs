//! Watches that were promised.

use rusqlite::{OptionalExtension as _, params};

use super::{Sqlite, add, find};
use crate::{
    promise::{Kept, Patience, Promise, Promises},
    rows::{content, json},
    store::StoreError,
    watch::New,
};

/// A promise as it is in the table.
type Row = (String, String, String, Option<String>);

impl Promises for Sqlite {
    fn promise(&self, promise: &Promise, patience: Patience) -> Result<(), StoreError> {
        self.transact(|transaction, now| {
            transaction.execute(
                "INSERT INTO promises (scope, token, rules, pace, after_resume, made_at, due_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (scope, token) DO UPDATE SET rules = ?3, pace = ?4, after_resume = ?5, looks = 0, made_at = ?6,
                     due_at = ?7
                 WHERE watch IS NULL",
                params![
                    promise.scope, promise.token, json(&promise.rules)?, json(&promise.pace)?,
                    json(&promise.after_resume)?, now, now + patience.first
                ],
            )?;
            Ok(())
        })
    }

    fn keep(&self, scope: &str, token: &str, job: &str) -> Result<Option<Kept>, StoreError> {
        self.transact(|transaction, now| {
            let row: Option<Row> = transaction
                .query_row(
                    "SELECT rules, pace, after_resume, watch FROM promises WHERE scope = ?1 AND token = ?2",
                    [scope, token],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
                .optional()?;
            let Some((rules, pace, after_resume, kept)) = row else {
                return Ok(None);
            };
            if let Some(kept) = kept
                && let Some(watch) = find(transaction, scope, &kept)?
                && watch.job == job
            {
                return Ok(Some(Kept { watch, is_new: false }));
            }
            let new = New {
                scope: scope.to_owned(),
                job: job.to_owned(),
                rules: content(&rules)?,
                pace: content(&pace)?,
                after_resume: content(&after_resume)?,
            };
            let (watch, is_new) = match add(transaction, now, &new) {
                Ok(watch) => (Some(watch), true),
                Err(StoreError::Watched { watch, .. }) => (find(transaction, scope, &watch)?, false),
                Err(error) => return Err(error),
            };
            let watch = watch.ok_or(StoreError::Lost)?;
            transaction.execute(
                "UPDATE promises SET watch = ?3 WHERE scope = ?1 AND token = ?2",
                [scope, token, &watch.id],
            )?;
            Ok(Some(Kept { watch, is_new }))
        })
    }

    fn take_back(&self, scope: &str, token: &str) -> Result<(), StoreError> {
        self.transact(|transaction, _| {
            transaction.execute(
                "DELETE FROM promises WHERE scope = ?1 AND token = ?2 AND watch IS NULL",
                [scope, token],
            )?;
            Ok(())
        })
    }

    fn promised(
        &self,
        scope: &str,
        patience: Patience,
        most: u32,
    ) -> Result<Vec<String>, StoreError> {
        // Most rounds find none: they do not hold off the writers.
        let any = "SELECT EXISTS (SELECT 1 FROM promises WHERE scope = ?1 AND watch IS NULL)";
        if !self
            .connection()
            .query_row(any, [scope], |row| row.get(0))?
        {
            return Ok(Vec::new());
        }
        self.transact(|transaction, now| {
            transaction.execute(
                "DELETE FROM promises WHERE scope = ?1 AND watch IS NULL AND made_at < ?2",
                params![scope, now - patience.total],
            )?;
            // A time that can not have been written by this clock was written before it was set back.
            let due: Vec<(String, i64)> = transaction
                .prepare(
                    "SELECT token, looks FROM promises
                     WHERE scope = ?1 AND watch IS NULL AND (due_at <= ?2 OR made_at > ?2 + 1)
                     ORDER BY due_at LIMIT ?3",
                )?
                .query_map(params![scope, now, most], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?
                .collect::<Result<_, _>>()?;
            for (token, looks) in &due {
                transaction.execute(
                    "UPDATE promises SET looks = looks + 1, due_at = ?3, made_at = min(made_at, ?4)
                     WHERE scope = ?1 AND token = ?2",
                    params![scope, token, now + patience.wait(*looks), now],
                )?;
            }
            Ok(due.into_iter().map(|(token, _)| token).collect())
        })
    }
}
