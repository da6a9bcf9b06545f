//! What is told by webhook.

use tokio_postgres::{Client, types::Type};

use super::{
    Postgres,
    query::{all, one, plain, run},
    rows::{get, record},
    watches::find,
};
use crate::{
    outbox::{HELD, Letter, Outbox, body, id, unreadable},
    rows::DECISION,
    store::StoreError,
    watch::Watch,
};

impl Outbox for Postgres {
    fn outgoing(&self, scope: &str, most: u32, lease: f64) -> Result<Vec<Letter>, StoreError> {
        self.pool.transact(async |client, now| {
            // A time that can not have been written by this clock was written before it was set back.
            let due = all(
                client,
                "SELECT id, watch, decision, body, attempts FROM rft_mcp.outbox
                 WHERE scope = $1 AND sent_at IS NULL AND given_up_at IS NULL AND (due_at <= $2 OR made_at > $2 + 1)
                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED",
                &[
                    (&scope, Type::TEXT),
                    (&now, Type::FLOAT8),
                    (&i64::from(most), Type::INT8),
                ],
            )
            .await?;
            let mut letters = Vec::new();
            for row in &due {
                let (id, attempts): (String, i64) = (get(row, "id")?, get(row, "attempts")?);
                let written: Option<String> = get(row, "body")?;
                let body = if let Some(body) = written {
                    body
                } else {
                    let (of, decision) = (get(row, "watch")?, get(row, "decision")?);
                    match write(client, scope, of, decision, now).await {
                        Ok(body) => body,
                        // It holds up no other.
                        Err(StoreError::Content(error)) => {
                            give_up(client, &id, &unreadable(&id, &error), now).await?;
                            continue;
                        }
                        Err(error) => return Err(error),
                    }
                };
                run(
                    client,
                    "UPDATE rft_mcp.outbox SET body = $2, attempts = $3, due_at = $4, made_at = least(made_at, $5)
                     WHERE id = $1",
                    &[
                        (&id, Type::TEXT),
                        (&body, Type::TEXT),
                        (&(attempts + 1), Type::INT8),
                        (&(now + lease), Type::FLOAT8),
                        (&now, Type::FLOAT8),
                    ],
                )
                .await?;
                letters.push(Letter {
                    id,
                    body,
                    attempt: attempts + 1,
                });
            }
            Ok(letters)
        })
    }

    fn delivered(&self, letter: &Letter) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            run(
                client,
                "UPDATE rft_mcp.outbox SET sent_at = $2, answer = NULL WHERE id = $1 AND sent_at IS NULL",
                &[(&letter.id, Type::TEXT), (&now, Type::FLOAT8)],
            )
            .await?;
            Ok(())
        })
    }

    fn undelivered(
        &self,
        letter: &Letter,
        why: &str,
        again: Option<f64>,
    ) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            run(
                client,
                "UPDATE rft_mcp.outbox SET answer = $3, due_at = coalesce($4, due_at),
                     given_up_at = CASE WHEN $4 IS NULL THEN $5 END
                 WHERE id = $1 AND attempts = $2 AND sent_at IS NULL",
                &[
                    (&letter.id, Type::TEXT),
                    (&letter.attempt, Type::INT8),
                    (&plain(why), Type::TEXT),
                    (&again.map(|wait| now + wait), Type::FLOAT8),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?;
            Ok(())
        })
    }
}

async fn give_up(client: &Client, id: &str, why: &str, now: f64) -> Result<(), StoreError> {
    run(
        client,
        "UPDATE rft_mcp.outbox SET answer = $2, given_up_at = $3 WHERE id = $1",
        &[
            (&id, Type::TEXT),
            (&plain(why), Type::TEXT),
            (&now, Type::FLOAT8),
        ],
    )
    .await?;
    Ok(())
}

async fn write(
    client: &Client,
    scope: &str,
    of: &str,
    decision: Option<i64>,
    now: f64,
) -> Result<String, StoreError> {
    let found = find(client, scope, of, "").await?.ok_or(StoreError::Lost)?;
    let decided = match decision {
        Some(decision) => {
            let sql = format!("SELECT {DECISION} FROM rft_mcp.decisions WHERE id = $1");
            let row = one(client, &sql, &[(&decision, Type::INT8)]).await?;
            row.as_ref().map(record).transpose()?
        }
        None => None,
    };
    Ok(body(&found, decided.as_ref(), now))
}

/// A decision is to be told, once it is known what becomes of it or in a while.
pub async fn decided(
    client: &Client,
    of: &Watch,
    decision: i64,
    settled: bool,
    now: f64,
) -> Result<(), StoreError> {
    let due = if settled { now } else { now + HELD };
    run(
        client,
        "INSERT INTO rft_mcp.outbox (id, scope, watch, decision, made_at, due_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
        &[
            (&id(), Type::TEXT),
            (&of.scope, Type::TEXT),
            (&of.id, Type::TEXT),
            (&decision, Type::INT8),
            (&now, Type::FLOAT8),
            (&due, Type::FLOAT8),
        ],
    )
    .await?;
    Ok(())
}

/// It is known what became of the decisions of a watch: what was held back goes now.
pub async fn settled(client: &Client, of: &str, now: f64) -> Result<(), StoreError> {
    run(
        client,
        "UPDATE rft_mcp.outbox SET due_at = least(due_at, $2)
         WHERE watch = $1 AND decision IS NOT NULL AND attempts = 0 AND sent_at IS NULL AND EXISTS
             (SELECT 1 FROM rft_mcp.decisions WHERE decisions.id = outbox.decision AND outcome <> 'open')",
        &[(&of, Type::TEXT), (&now, Type::FLOAT8)],
    )
    .await?;
    Ok(())
}

/// The end of a watch is to be told.
pub async fn ended(client: &Client, of: &Watch, now: f64) -> Result<(), StoreError> {
    run(
        client,
        "INSERT INTO rft_mcp.outbox (id, scope, watch, made_at, due_at) VALUES ($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING",
        &[
            (&id(), Type::TEXT),
            (&of.scope, Type::TEXT),
            (&of.id, Type::TEXT),
            (&now, Type::FLOAT8),
        ],
    )
    .await?;
    Ok(())
}
