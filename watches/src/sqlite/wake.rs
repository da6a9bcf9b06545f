//! What the provider says by itself.

use rusqlite::params;

use super::Sqlite;
use crate::{
    store::StoreError,
    wake::{REMEMBERED, Wake},
};

impl Wake for Sqlite {
    fn wake(&self, scope: &str, job: &str, message: &str) -> Result<Option<u32>, StoreError> {
        self.transact(|transaction, now| {
            transaction.execute("DELETE FROM heard WHERE at < ?1", [now - REMEMBERED])?;
            let new = transaction.execute(
                "INSERT INTO heard (id, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![message, now],
            )?;
            if new == 0 {
                return Ok(None);
            }
            let woken = transaction.execute(
                "UPDATE watches SET woken_at = ?3, due_at = min(due_at, ?3)
                 WHERE scope = ?1 AND job = ?2 AND state <> 'ended'",
                params![scope, job, now],
            )?;
            Ok(Some(u32::try_from(woken).unwrap_or(u32::MAX)))
        })
    }
}
