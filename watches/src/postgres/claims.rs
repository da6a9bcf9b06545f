//! Watches that a process looks after: claimed, held and given back.

use tokio_postgres::{Client, types::Type};

use super::{
    query::{all, one, plain, run},
    rate,
    rows::{get, record, watch},
};
use crate::{
    rows::{DECISION, WATCH, json, looked_after},
    store::{Claim, Claimed, Next, Rate, StoreError},
    watch::State,
};

/// What is due, of scope $1 at $2 with leases of $3. A time that can not have been written by this clock was written
/// before it was set back.
const DUE: &str = "scope = $1 AND state <> 'ended' AND due_at <= $2
     AND (lease_until IS NULL OR lease_until <= $2 OR lease_until > $2 + 2 * $3)";

/// What was looked at before the clock was set back: its time to be due means nothing any more.
const SET_BACK: &str = "scope = $1 AND state <> 'ended' AND looked_at > $2 + 1";

/// Whether there is anything to claim.
pub async fn is_any_due(
    client: &Client,
    now: f64,
    scope: &str,
    lease: f64,
) -> Result<bool, StoreError> {
    let found = one(
        client,
        &format!(
            "SELECT EXISTS (SELECT 1 FROM rft_mcp.watches WHERE {DUE})
                 OR EXISTS (SELECT 1 FROM rft_mcp.watches WHERE {SET_BACK}) AS due"
        ),
        &[
            (&scope, Type::TEXT),
            (&now, Type::FLOAT8),
            (&lease, Type::FLOAT8),
        ],
    )
    .await?;
    Ok(found.map_or(Ok(false), |row| get(&row, "due"))?)
}

/// Claims watches that are due, the one that waits longest first.
pub async fn claim(
    client: &Client,
    now: f64,
    scope: &str,
    owner: &str,
    most: u32,
    lease: f64,
    rate: Rate,
) -> Result<Claimed, StoreError> {
    let spent = rate::spent(client, scope).await?;
    let allowed = spent.allow(now, most, rate);
    if allowed == 0 {
        let wait = Some(spent.wait(now, rate));
        return Ok(Claimed {
            claims: Vec::new(),
            wait,
        });
    }
    run(
        client,
        &format!("UPDATE rft_mcp.watches SET due_at = $2, looked_at = $2 WHERE {SET_BACK}"),
        &[(&scope, Type::TEXT), (&now, Type::FLOAT8)],
    )
    .await?;
    // One that somebody is about to change or give back is not waited for.
    let due = all(
        client,
        &format!(
            "WITH due AS (
                 SELECT id AS due, owner IS NOT NULL AS taken_over FROM rft_mcp.watches
                 WHERE {DUE} ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED)
             UPDATE rft_mcp.watches SET owner = $5, lease_until = $2 + $3, fence = fence + 1,
                 woken_at = NULL
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
        let Some(watch) = looked_after(get(row, "id")?, watch(row))? else {
            continue;
        };
        claims.push(Claim {
            watch,
            fence: get(row, "fence")?,
            open: None,
            taken_over: get(row, "taken_over")?,
            trail: None,
            now,
        });
    }
    if claims.is_empty() {
        return Ok(Claimed::default());
    }
    claims.sort_by(|one, other| one.watch.due_at.total_cmp(&other.watch.due_at));
    open(client, &mut claims).await?;
    trails(client, &mut claims).await?;
    let after = spent.after(now, claims.len(), rate);
    rate::spend(client, scope, after.next).await?;
    let is_rationed = claims.len() == allowed as usize && allowed < most;
    let wait = is_rationed.then(|| after.wait(now, rate));
    Ok(Claimed { claims, wait })
}

/// Adds the decisions that are not settled.
async fn open(client: &Client, claims: &mut Vec<Claim>) -> Result<(), StoreError> {
    let ids: Vec<String> = claims.iter().map(|claim| claim.watch.id.clone()).collect();
    let found = all(
        client,
        &format!("SELECT {DECISION}, watch FROM rft_mcp.decisions WHERE watch = ANY ($1) AND outcome = 'open'"),
        &[(&ids, Type::TEXT_ARRAY)],
    ).await?;
    for row in &found {
        let of: &str = get(row, "watch")?;
        match looked_after(of, record(row))? {
            None => claims.retain(|claim| claim.watch.id != of),
            Some(record) => {
                if let Some(claim) = claims.iter_mut().find(|claim| claim.watch.id == of) {
                    claim.open = Some(record);
                }
            }
        }
    }
    Ok(())
}

/// Adds where looks ended. What can not be read is gone on from by nobody.
async fn trails(client: &Client, claims: &mut [Claim]) -> Result<(), StoreError> {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.watch.id.as_str()).collect();
    let found = all(
        client,
        "SELECT watch, trail FROM rft_mcp.trails WHERE watch = ANY ($1)",
        &[(&ids, Type::TEXT_ARRAY)],
    )
    .await?;
    for row in &found {
        let (of, trail): (&str, &str) = (get(row, "watch")?, get(row, "trail")?);
        if let Some(claim) = claims.iter_mut().find(|claim| claim.watch.id == of) {
            claim.trail = serde_json::from_str(trail).ok();
        }
    }
    Ok(())
}

/// Gives a watch back.
pub async fn release(
    client: &Client,
    now: f64,
    claim: &Claim,
    next: &Next,
) -> Result<(), StoreError> {
    let reason = next.reason.as_deref().map(plain);
    let released = run(
        client,
        "UPDATE rft_mcp.watches SET state = $3, reason = $4, arming = $5, since = $6, memory = $7,
             progress_at = CASE WHEN $8 THEN $10 ELSE progress_at END,
             looked_at = CASE WHEN $9 THEN $10 ELSE looked_at END,
             ended_at = CASE WHEN $3 = 'ended' THEN $10 END,
             due_at = CASE WHEN woken_at IS NOT NULL THEN $10 ELSE $10 + $11 END,
             owner = NULL, lease_until = NULL
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
    )
    .await?;
    if released == 0 {
        return Err(StoreError::Lost);
    }
    let trail = next.trail.as_ref().filter(|_| next.state != State::Ended);
    if trail == claim.trail.as_ref() {
        return Ok(());
    }
    let id = [(&claim.watch.id as _, Type::TEXT)];
    match trail {
        Some(trail) => {
            let [id] = id;
            run(
                client,
                "INSERT INTO rft_mcp.trails (watch, trail) VALUES ($1, $2)
                 ON CONFLICT (watch) DO UPDATE SET trail = excluded.trail",
                &[id, (&json(trail)?, Type::TEXT)],
            )
            .await?
        }
        None => run(client, "DELETE FROM rft_mcp.trails WHERE watch = $1", &id).await?,
    };
    Ok(())
}

/// Whether nobody has claimed, changed or stopped the watch since; nobody does until the transaction ends.
pub async fn held(client: &Client, claim: &Claim) -> Result<(), StoreError> {
    let found = one(
        client,
        "SELECT 1 FROM rft_mcp.watches WHERE id = $1 AND fence = $2 FOR UPDATE",
        &[(&claim.watch.id, Type::TEXT), (&claim.fence, Type::INT8)],
    )
    .await?;
    found.map(|_| ()).ok_or(StoreError::Lost)
}

/// The same, and holds it for longer.
pub async fn hold(client: &Client, claim: &Claim, now: f64, lease: f64) -> Result<(), StoreError> {
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
