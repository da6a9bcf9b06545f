//! What was asked of the provider of a scope.

use tokio_postgres::{Client, types::Type};

use super::{ServerError, rows::get};
use crate::rate::{LONGEST, Spent};

/// What all processes together have asked of it. Others wait here until this transaction ends.
pub async fn spent(client: &Client, scope: &str) -> Result<Spent, ServerError> {
    let scope = [(&scope as _, Type::TEXT)];
    client
        .execute_typed(
            "INSERT INTO rft_mcp.scopes (scope) VALUES ($1) ON CONFLICT DO NOTHING",
            &scope,
        )
        .await?;
    let row = client
        .query_typed_one(
            "SELECT next_at, quiet_until FROM rft_mcp.scopes WHERE scope = $1 FOR UPDATE",
            &scope,
        )
        .await?;
    Ok(Spent {
        next: get(&row, "next_at")?,
        quiet: get(&row, "quiet_until")?,
    })
}

/// Moves its clock.
pub async fn spend(client: &Client, scope: &str, next: f64) -> Result<(), ServerError> {
    client
        .execute_typed(
            "UPDATE rft_mcp.scopes SET next_at = $2 WHERE scope = $1",
            &[(&scope, Type::TEXT), (&next, Type::FLOAT8)],
        )
        .await?;
    Ok(())
}

/// Lets nobody ask for so many seconds.
pub async fn quiet(
    client: &Client,
    scope: &str,
    now: f64,
    seconds: f64,
) -> Result<(), ServerError> {
    let until = now + seconds.clamp(0.0, LONGEST);
    client
        .execute_typed(
            "INSERT INTO rft_mcp.scopes AS known (scope, quiet_until) VALUES ($1, $2)
             ON CONFLICT (scope) DO UPDATE SET quiet_until = greatest(known.quiet_until, excluded.quiet_until)",
            &[(&scope, Type::TEXT), (&until, Type::FLOAT8)],
        )
        .await?;
    Ok(())
}
