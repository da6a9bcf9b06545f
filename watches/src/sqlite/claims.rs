//! Watches that a process looks after: claimed, held and given back.

use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params, params};

use super::{
    rate,
    rows::{record, watch},
};
use crate::{
    rows::{DECISION, WATCH, json, looked_after},
    store::{Claim, Claimed, Next, Rate, StoreError},
    watch::State,
};

/// What is due, of scope ?1 at ?2 with leases of ?3. A time that can not have been written by this clock was written
/// before it was set back.
const DUE: &str = "scope = ?1 AND state <> 'ended' AND due_at <= ?2
     AND (lease_until IS NULL OR lease_until <= ?2 OR lease_until > ?2 + 2 * ?3)";

/// What was looked at before the clock was set back: its time to be due means nothing any more.
const SET_BACK: &str = "scope = ?1 AND state <> 'ended' AND looked_at > ?2 + 1";

/// Whether there is anything to claim.
pub fn is_any_due(
    connection: &Connection,
    now: f64,
    scope: &str,
    lease: f64,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT EXISTS (SELECT 1 FROM watches WHERE {DUE}) OR EXISTS (SELECT 1 FROM watches WHERE {SET_BACK})"
    ))?;
    Ok(statement.query_row(params![scope, now, lease], |row| row.get(0))?)
}

/// Claims watches that are due, the one that waits longest first.
pub fn claim(
    transaction: &Transaction<'_>,
    now: f64,
    scope: &str,
    owner: &str,
    most: u32,
    lease: f64,
    rate: Rate,
) -> Result<Claimed, StoreError> {
    let spent = rate::spent(transaction, scope)?;
    let allowed = spent.allow(now, most, rate);
    transaction.execute(
        &format!("UPDATE watches SET due_at = ?2, looked_at = ?2 WHERE {SET_BACK}"),
        params![scope, now],
    )?;
    let mut statement = transaction.prepare(&format!(
        "SELECT {WATCH}, fence, owner IS NOT NULL AS taken_over FROM watches
         WHERE {DUE} ORDER BY due_at LIMIT ?4"
    ))?;
    let due = statement.query_and_then(params![scope, now, lease, allowed], |row| {
        let (fence, taken_over): (i64, bool) = (row.get("fence")?, row.get("taken_over")?);
        Ok::<_, StoreError>((
            row.get::<_, String>("id")?,
            watch(row),
            fence + 1,
            taken_over,
        ))
    })?;
    let mut claims = Vec::new();
    for due in due {
        let (id, watch, fence, taken_over) = due?;
        transaction.execute(
            "UPDATE watches SET owner = ?1, lease_until = ?2, fence = ?3, woken_at = NULL WHERE id = ?4",
            params![owner, now + lease, fence, id],
        )?;
        let open = transaction
            .prepare(&format!(
                "SELECT {DECISION} FROM decisions WHERE watch = ?1 AND outcome = 'open'"
            ))?
            .query_and_then([&id], record)?
            .next()
            .transpose();
        let read = watch.and_then(|watch| Ok((watch, open?)));
        let Some((watch, open)) = looked_after(&id, read)? else {
            continue;
        };
        // What can not be read is gone on from by nobody.
        let trail: Option<String> = transaction
            .prepare("SELECT trail FROM trails WHERE watch = ?1")?
            .query_row([&watch.id], |row| row.get(0))
            .optional()?;
        claims.push(Claim {
            trail: trail.and_then(|trail| serde_json::from_str(&trail).ok()),
            watch,
            fence,
            open,
            taken_over,
            now,
        });
    }
    let after = spent.after(now, claims.len(), rate);
    if !claims.is_empty() {
        rate::spend(transaction, scope, after.next)?;
    }
    let is_rationed = claims.len() == allowed as usize && allowed < most;
    let wait = is_rationed.then(|| after.wait(now, rate));
    Ok(Claimed { claims, wait })
}

/// Gives a watch back.
pub fn release(
    transaction: &Transaction<'_>,
    now: f64,
    claim: &Claim,
    next: &Next,
) -> Result<(), StoreError> {
    held(transaction, claim)?;
    transaction.execute(
        "UPDATE watches SET state = :state, reason = :reason, arming = :arming, since = :since,
             memory = :memory, progress_at = iif(:progress, :now, progress_at),
             looked_at = iif(:looked, :now, looked_at), ended_at = iif(:state = 'ended', :now, NULL),
             due_at = iif(woken_at IS NOT NULL, :now, :due), owner = NULL, lease_until = NULL
         WHERE id = :id",
        named_params! {
            ":state": next.state.word(), ":reason": next.reason, ":arming": next.arming,
            ":since": json(&next.since)?, ":memory": json(&next.memory)?, ":progress": next.progress,
            ":looked": next.looked, ":now": now, ":due": now + next.wait, ":id": claim.watch.id,
        },
    )?;
    let trail = next.trail.as_ref().filter(|_| next.state != State::Ended);
    if trail != claim.trail.as_ref() {
        let id = &claim.watch.id;
        match trail {
            Some(trail) => transaction.execute(
                "INSERT INTO trails (watch, trail) VALUES (?1, ?2)
                 ON CONFLICT (watch) DO UPDATE SET trail = excluded.trail",
                params![id, json(trail)?],
            )?,
            None => transaction.execute("DELETE FROM trails WHERE watch = ?1", [id])?,
        };
    }
    Ok(())
}

/// Whether nobody has claimed, changed or stopped the watch since.
pub fn held(transaction: &Transaction<'_>, claim: &Claim) -> Result<(), StoreError> {
    let holds: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM watches WHERE id = ?1 AND fence = ?2)",
        params![claim.watch.id, claim.fence],
        |row| row.get(0),
    )?;
    if holds { Ok(()) } else { Err(StoreError::Lost) }
}

/// The same, and holds it for longer.
pub fn hold(
    transaction: &Transaction<'_>,
    claim: &Claim,
    now: f64,
    lease: f64,
) -> Result<(), StoreError> {
    held(transaction, claim)?;
    transaction.execute(
        "UPDATE watches SET lease_until = ?1 WHERE id = ?2",
        params![now + lease, claim.watch.id],
    )?;
    Ok(())
}
