//! Watches that were promised.

use tokio_postgres::types::Type;

use super::{
    Postgres,
    query::{all, one, run},
    rows::get,
    watches::{add, find},
};
use crate::{
    promise::{Kept, Patience, Promise, Promises},
    rows::{content, json},
    store::StoreError,
    watch::New,
};

impl Promises for Postgres {
    fn promise(&self, promise: &Promise, patience: Patience) -> Result<(), StoreError> {
        self.pool.transact(async |client, now| {
            run(
                client,
                "INSERT INTO rft_mcp.promises AS known (scope, token, rules, pace, after_resume, made_at, due_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (scope, token) DO UPDATE SET rules = $3, pace = $4, after_resume = $5, looks = 0,
                     made_at = $6, due_at = $7
                 WHERE known.watch IS NULL",
                &[
                    (&promise.scope, Type::TEXT),
                    (&promise.token, Type::TEXT),
                    (&json(&promise.rules)?, Type::TEXT),
                    (&json(&promise.pace)?, Type::TEXT),
                    (&json(&promise.after_resume)?, Type::TEXT),
                    (&now, Type::FLOAT8),
                    (&(now + patience.first), Type::FLOAT8),
                ],
            )
            .await?;
            Ok(())
        })
    }

    fn keep(&self, scope: &str, token: &str, job: &str) -> Result<Option<Kept>, StoreError> {
        self.pool.transact(async |client, now| {
            // Others who keep the same wait here.
            let found = one(
                client,
                "SELECT rules, pace, after_resume, watch FROM rft_mcp.promises WHERE scope = $1 AND token = $2 FOR UPDATE",
                &[(&scope, Type::TEXT), (&token, Type::TEXT)],
            )
            .await?;
            let Some(row) = found else {
                return Ok(None);
            };
            if let Some(kept) = get::<Option<&str>>(&row, "watch")?
                && let Some(watch) = find(client, scope, kept, "").await?
                && watch.job == job
            {
                return Ok(Some(Kept { watch, is_new: false }));
            }
            let new = New {
                scope: scope.to_owned(),
                job: job.to_owned(),
                rules: content(get(&row, "rules")?)?,
                pace: content(get(&row, "pace")?)?,
                after_resume: content(get(&row, "after_resume")?)?,
            };
            let (watch, is_new) = match add(client, now, &new).await {
                Ok(watch) => (Some(watch), true),
                Err(StoreError::Watched { watch, .. }) => (find(client, scope, &watch, "").await?, false),
                Err(error) => return Err(error),
            };
            let watch = watch.ok_or(StoreError::Lost)?;
            run(
                client,
                "UPDATE rft_mcp.promises SET watch = $3 WHERE scope = $1 AND token = $2",
                &[(&scope, Type::TEXT), (&token, Type::TEXT), (&watch.id, Type::TEXT)],
            )
            .await?;
            Ok(Some(Kept { watch, is_new }))
        })
    }

    fn take_back(&self, scope: &str, token: &str) -> Result<(), StoreError> {
        self.pool.transact(async |client, _| {
            run(
                client,
                "DELETE FROM rft_mcp.promises WHERE scope = $1 AND token = $2 AND watch IS NULL",
                &[(&scope, Type::TEXT), (&token, Type::TEXT)],
            )
            .await?;
            Ok(())
        })
    }

    fn promised(
        &self,
        scope: &str,
        patience: Patience,
        most: u32,
    ) -> Result<Vec<String>, StoreError> {
        self.pool.transact(async |client, now| {
            run(
                client,
                "DELETE FROM rft_mcp.promises WHERE scope = $1 AND watch IS NULL AND made_at < $2",
                &[(&scope, Type::TEXT), (&(now - patience.total), Type::FLOAT8)],
            )
            .await?;
            // A time that can not have been written by this clock was written before it was set back.
            let due = all(
                client,
                "SELECT token, looks FROM rft_mcp.promises
                 WHERE scope = $1 AND watch IS NULL AND (due_at <= $2 OR made_at > $2 + 1)
                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED",
                &[
                    (&scope, Type::TEXT),
                    (&now, Type::FLOAT8),
                    (&i64::from(most), Type::INT8),
                ],
            )
            .await?;
            let mut tokens = Vec::new();
            for row in &due {
                let token: String = get(row, "token")?;
                let next = now + patience.wait(get(row, "looks")?);
                run(
                    client,
                    "UPDATE rft_mcp.promises SET looks = looks + 1, due_at = $3, made_at = least(made_at, $4)
                     WHERE scope = $1 AND token = $2",
                    &[
                        (&scope, Type::TEXT),
                        (&token, Type::TEXT),
                        (&next, Type::FLOAT8),
                        (&now, Type::FLOAT8),
                    ],
                )
                .await?;
                tokens.push(token);
            }
            Ok(tokens)
        })
    }
}
