//! Decisions of watches, and what became of them.

use rft_mcp_monitors::Decision;
use tokio_postgres::{Client, types::Type};

use super::{
    claims::{held, hold},
    query::{all, one, plain, run},
    rows::{get, record},
};
use crate::{
    rows::{DECISION, json, readable},
    store::{Claim, StoreError},
    watch::{Outcome, Record},
};

/// The newest decisions of a watch, the newest first.
pub async fn of(client: &Client, watch: &str, most: u32) -> Result<Vec<Record>, StoreError> {
    let rows = all(
        client,
        &format!(
            "SELECT {DECISION} FROM rft_mcp.decisions WHERE watch = $1 ORDER BY id DESC LIMIT $2"
        ),
        &[(&watch, Type::TEXT), (&i64::from(most), Type::INT8)],
    )
    .await?;
    readable(rows.iter().map(record))
}

/// Writes down a decision before it is acted on.
pub async fn intend(
    client: &Client,
    now: f64,
    claim: &Claim,
    decision: &Decision,
    seen: &[String],
    lease: f64,
) -> Result<Record, StoreError> {
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
}

/// Counts another attempt at one.
pub async fn attempt(
    client: &Client,
    now: f64,
    claim: &Claim,
    record: i64,
    lease: f64,
) -> Result<(), StoreError> {
    hold(client, claim, now, lease).await?;
    run(
        client,
        "UPDATE rft_mcp.decisions SET attempts = attempts + 1 WHERE id = $1 AND outcome = 'open'",
        &[(&record, Type::INT8)],
    )
    .await?;
    Ok(())
}

/// Writes down one that only tells something. Its number, where it is new.
pub async fn notice(
    client: &Client,
    now: f64,
    claim: &Claim,
    decision: &Decision,
) -> Result<Option<i64>, StoreError> {
    held(client, claim).await?;
    let added = one(
        client,
        "INSERT INTO rft_mcp.decisions
             (watch, arming, rule, action, decision, seen, outcome, attempts, decided_at, settled_at)
         VALUES ($1, $2, $3, $4, $5, '[]', 'done', 0, $6, $6) ON CONFLICT DO NOTHING RETURNING id",
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
    Ok(added.map(|row| get(&row, "id")).transpose()?)
}

/// Writes down what became of one.
pub async fn settle(
    client: &Client,
    now: f64,
    claim: &Claim,
    record: i64,
    outcome: Outcome,
    answer: &str,
) -> Result<(), StoreError> {
    let settled = outcome != Outcome::Open;
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
}
