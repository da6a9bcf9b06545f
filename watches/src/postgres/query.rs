//! Statements, which are sent with their values at once.

use tokio_postgres::{Client, Row, types::Type};

use super::ServerError;

/// A value and its type.
pub type Value<'a> = (&'a (dyn tokio_postgres::types::ToSql + Sync), Type);

/// The rows of a statement, which is sent with its values at once.
pub async fn all(
    client: &Client,
    sql: &str,
    values: &[Value<'_>],
) -> Result<Vec<Row>, ServerError> {
    Ok(client.query_typed(sql, values).await?)
}

/// The row of a statement, where it has one.
pub async fn one(
    client: &Client,
    sql: &str,
    values: &[Value<'_>],
) -> Result<Option<Row>, ServerError> {
    Ok(client.query_typed_opt(sql, values).await?)
}

/// How many rows a statement changed.
pub async fn run(client: &Client, sql: &str, values: &[Value<'_>]) -> Result<u64, ServerError> {
    Ok(client.execute_typed(sql, values).await?)
}

/// What somebody else said, as a column of text takes it: PostgreSQL has no NUL.
pub fn plain(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
