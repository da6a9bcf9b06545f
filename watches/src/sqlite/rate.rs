//! How often the provider of a scope is asked, by all processes together.

use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::store::{Rate, StoreError};

/// The longest that a provider is not asked, in seconds, however long it asks to wait.
const LONGEST: f64 = 3_600.0;

/// How many of `most` looks the rate allows now: each takes its time from a clock that lags by a burst at most, and is
/// never ahead. One that is was written before the database's clock was set back.
pub fn allow(
    transaction: &Transaction<'_>,
    scope: &str,
    now: f64,
    most: u32,
    rate: Rate,
) -> Result<u32, StoreError> {
    let known: Option<(f64, f64)> = transaction
        .query_row(
            "SELECT next_at, quiet_until FROM scopes WHERE scope = ?1",
            [scope],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (next, quiet) = known.unwrap_or_default();
    if quiet > now && quiet < now + 2.0 * LONGEST {
        return Ok(0);
    }
    let next = if next > now + 1.0 { 0.0 } else { next };
    let idle = (now - next) * rate.per_second;
    let allowed = idle.floor().clamp(0.0, f64::from(most.min(rate.burst)));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    Ok(allowed as u32)
}

/// Takes the time of so many looks.
pub fn spend(
    transaction: &Transaction<'_>,
    scope: &str,
    now: f64,
    looks: usize,
    rate: Rate,
) -> Result<(), StoreError> {
    let looks = u32::try_from(looks).unwrap_or(u32::MAX);
    if looks == 0 {
        return Ok(());
    }
    let earliest = now - f64::from(rate.burst) / rate.per_second;
    transaction.execute(
        "INSERT INTO scopes (scope, next_at) VALUES (?1, ?2 + ?3)
         ON CONFLICT (scope) DO UPDATE SET next_at = iif(next_at > ?4 + 1, ?2, max(next_at, ?2)) + ?3",
        params![
            scope,
            earliest,
            f64::from(looks) / rate.per_second,
            now
        ],
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
