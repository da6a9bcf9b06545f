//! What the provider says by itself.

use tokio_postgres::types::Type;

use super::{Postgres, query::run};
use crate::{
    store::StoreError,
    wake::{REMEMBERED, Wake},
};

impl Wake for Postgres {
    fn wake(&self, scope: &str, job: &str, message: &str) -> Result<Option<u32>, StoreError> {
        self.pool.transact(async |client, now| {
            run(
                client,
                "DELETE FROM rft_mcp.heard WHERE at < $1",
                &[(&(now - REMEMBERED), Type::FLOAT8)],
            )
            .await?;
            let new = run(
                client,
                "INSERT INTO rft_mcp.heard (id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                &[(&message, Type::TEXT), (&now, Type::FLOAT8)],
            )
            .await?;
            if new == 0 {
                return Ok(None);
            }
            let woken = run(
                client,
                "UPDATE rft_mcp.watches SET woken_at = $3, due_at = least(due_at, $3)
                 WHERE scope = $1 AND job = $2 AND state <> 'ended'",
                &[
                    (&scope, Type::TEXT),
                    (&job, Type::TEXT),
                    (&now, Type::FLOAT8),
                ],
            )
            .await?;
            Ok(Some(u32::try_from(woken).unwrap_or(u32::MAX)))
        })
    }
}
