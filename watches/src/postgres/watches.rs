//! Watches as agents make, read, change and stop them.

use rft_mcp_monitors::Since;
use tokio_postgres::{Client, types::Type};

use super::{
    query::{all, one, plain, run},
    rows::{get, watch},
};
use crate::{
    rows::{WATCH, json},
    store::StoreError,
    watch::{Change, Memory, New, Watch},
};

/// Adds a watch that is due at once.
pub async fn add(client: &Client, now: f64, new: &New) -> Result<Watch, StoreError> {
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

/// A watch by its id, or the newest one of a job; `lock` is the end of the statement.
pub async fn find(
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

/// The watches of a scope after one of this id, the newest first.
pub async fn list(
    client: &Client,
    scope: &str,
    ended: bool,
    after: Option<&str>,
    most: u32,
) -> Result<Vec<Watch>, StoreError> {
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
    )
    .await?;
    rows.iter().map(watch).collect()
}

/// Changes a watch that has not ended, and takes it from whoever looks after it.
pub async fn change(
    client: &Client,
    now: f64,
    scope: &str,
    id: &str,
    change: &Change,
) -> Result<Option<Watch>, StoreError> {
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
}

/// Ends a watch, and takes it from whoever looks after it; and whether it had not ended before.
pub async fn stop(
    client: &Client,
    now: f64,
    scope: &str,
    id: &str,
    reason: &str,
) -> Result<Option<(Watch, bool)>, StoreError> {
    let reason = plain(reason);
    let Some(watch) = find(client, scope, id, "FOR UPDATE").await? else {
        return Ok(None);
    };
    let id = &watch.id;
    let ended = run(
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
    run(
        client,
        "DELETE FROM rft_mcp.trails WHERE watch = $1",
        &[(id, Type::TEXT)],
    )
    .await?;
    let stopped = find(client, scope, id, "").await?;
    Ok(stopped.map(|watch| (watch, ended > 0)))
}

/// Forgets watches that ended longer than so many seconds ago.
pub async fn forget(
    client: &Client,
    now: f64,
    scope: &str,
    seconds: f64,
    most: u32,
) -> Result<u32, StoreError> {
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
    let old: Vec<&str> = rows
        .iter()
        .map(|row| get(row, "id"))
        .collect::<Result<_, _>>()?;
    let old = [(&old as _, Type::TEXT_ARRAY)];
    run(
        client,
        "DELETE FROM rft_mcp.outbox WHERE watch = ANY ($1)",
        &old,
    )
    .await?;
    run(
        client,
        "DELETE FROM rft_mcp.decisions WHERE watch = ANY ($1)",
        &old,
    )
    .await?;
    run(
        client,
        "DELETE FROM rft_mcp.promises WHERE watch = ANY ($1)",
        &old,
    )
    .await?;
    run(
        client,
        "DELETE FROM rft_mcp.trails WHERE watch = ANY ($1)",
        &old,
    )
    .await?;
    run(
        client,
        "DELETE FROM rft_mcp.watches WHERE id = ANY ($1)",
        &old,
    )
    .await?;
    Ok(u32::try_from(rows.len()).unwrap_or(most))
}
