//! Brings a database up to date.

use tokio_postgres::{Client, types::Type};

use super::{SCHEMA, ServerError};
use crate::migrations::STEPS;

/// Of the lock that those hold who change the tables: any number that nobody else takes.
const LOCK: i64 = 0x7266_742d_6d63_7001;

/// Whether it is there, and up to date or newer: most who connect find it so, and need no lock.
const FOUND: &str =
    "SELECT to_regclass('rft_mcp.version') IS NOT NULL, current_setting('server_encoding')";

/// Brings a database up to date. Processes that start at once wait for each other here.
pub async fn run(client: &Client) -> Result<(), ServerError> {
    let row = client.query_typed_one(FOUND, &[]).await?;
    let (is_there, encoding): (bool, String) = (row.try_get(0)?, row.try_get(1)?);
    if encoding != "UTF8" {
        return Err(ServerError::Encoding(encoding));
    }
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if is_there {
        let found = version(client).await?;
        if found > known {
            return Err(ServerError::Newer { found, known });
        }
        if found == known {
            return Ok(());
        }
    }
    let steps = async {
        client
            .batch_execute("BEGIN; SET LOCAL lock_timeout = '15s'")
            .await?;
        client
            .query_typed("SELECT pg_advisory_xact_lock($1)", &[(&LOCK, Type::INT8)])
            .await?;
        change(client, known).await?;
        client.batch_execute("COMMIT").await?;
        Ok(())
    };
    // The connection is dropped where this fails, and with it what was begun.
    steps.await
}

/// Takes the steps that are missing, of which others may have taken some meanwhile.
async fn change(client: &Client, known: i64) -> Result<(), ServerError> {
    // Whoever may not make a schema can be given one.
    let row = client
        .query_typed_one("SELECT to_regnamespace('rft_mcp') IS NULL", &[])
        .await?;
    if row.try_get(0)? {
        client
            .batch_execute(&format!("CREATE SCHEMA {SCHEMA}"))
            .await?;
    }
    client
        .batch_execute(&format!(
            "SET LOCAL search_path TO {SCHEMA};
             CREATE TABLE IF NOT EXISTS version (number BIGINT NOT NULL);
             INSERT INTO version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM version)"
        ))
        .await?;
    let found = version(client).await?;
    if found > known {
        return Err(ServerError::Newer { found, known });
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        client.batch_execute(step.postgres).await?;
    }
    let number = "UPDATE rft_mcp.version SET number = $1";
    client
        .execute_typed(number, &[(&known, Type::INT8)])
        .await?;
    Ok(())
}

async fn version(client: &Client) -> Result<i64, ServerError> {
    let row = client
        .query_typed_opt("SELECT number FROM rft_mcp.version", &[])
        .await?;
    Ok(row.map_or(Ok(0), |row| row.try_get(0))?)
}
