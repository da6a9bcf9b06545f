//! What was asked of the provider of a scope.

use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::{
    rate::{LONGEST, Spent},
    store::StoreError,
};

/// What all processes together have asked of it.
pub fn spent(transaction: &Transaction<'_>, scope: &str) -> Result<Spent, StoreError> {
    let known = transaction
        .query_row(
            "SELECT next_at, quiet_until FROM scopes WHERE scope = ?1",
            [scope],
            |row| {
                let (next, quiet) = (row.get(0)?, row.get(1)?);
                Ok(Spent { next, quiet })
            },
        )
        .optional()?;
    Ok(known.unwrap_or_default())
}

/// Moves its clock.
pub fn spend(transaction: &Transaction<'_>, scope: &str, next: f64) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO scopes (scope, next_at) VALUES (?1, ?2) ON CONFLICT (scope) DO UPDATE SET next_at = ?2",
        params![scope, next],
    )?;
    Ok(())
}

/// Lets nobody ask for so many seconds.
pub fn quiet(
    transaction: &Transaction<'_>,
    scope: &str,
    now: f64,
    seconds: f64,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO scopes (scope, quiet_until) VALUES (?1, ?2)
         ON CONFLICT (scope) DO UPDATE SET quiet_until = max(quiet_until, excluded.quiet_until)",
        params![scope, now + seconds.clamp(0.0, LONGEST)],
    )?;
    Ok(())
}
