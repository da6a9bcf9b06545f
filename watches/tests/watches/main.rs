//! Watches, tried to be broken.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::print_stderr,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

mod acts;
mod cluster;
mod fake;
mod kills;
mod letters;
mod postgres;
mod promises;
mod stores;

use std::{path::PathBuf, sync::Arc};

use rft_mcp_watches::{Address, Postgres, Sqlite, Store, StoreError};

use cluster::Cluster;

/// A test on each of the stores: the function that it names, given a place for watches.
macro_rules! on_both {
    ($(#[$attribute:meta])+ $name:ident) => {
        mod $name {
            $(#[$attribute])+
            fn sqlite() {
                super::$name($crate::Place::file());
            }
            $(#[$attribute])+
            fn postgres() {
                super::$name($crate::Place::database());
            }
        }
    };
    ($(#[$attribute:meta])+ async $name:ident) => {
        mod $name {
            $(#[$attribute])+
            async fn sqlite() {
                super::$name($crate::Place::file()).await;
            }
            $(#[$attribute])+
            async fn postgres() {
                super::$name($crate::Place::database()).await;
            }
        }
    };
}
use on_both;

/// Where watches are kept: a directory that is removed at the end of a test, or a database.
enum Place {
    File(PathBuf),
    Database(String),
}

impl Place {
    fn file() -> Self {
        let name = format!("rft-mcp-watches-{}", uuid::Uuid::new_v4().simple());
        Self::File(std::env::temp_dir().join(name))
    }

    fn database() -> Self {
        Self::Database(Cluster::shared().database())
    }

    /// Another one of its kind.
    fn another(&self) -> Self {
        match self {
            Self::File(_) => Self::file(),
            Self::Database(_) => Self::database(),
        }
    }

    /// Makes it one that a newer program wrote.
    fn is_newer(&self) {
        match self {
            Self::File(_) => self.sql("PRAGMA user_version = 99"),
            Self::Database(_) => self.sql("UPDATE version SET number = 99"),
        }
    }

    /// Makes it one that the first version of the program wrote.
    fn is_of_the_first_version(&self) {
        match self {
            Self::File(directory) => {
                std::fs::create_dir_all(directory).unwrap();
                self.sql(include_str!("../../src/migrations/1.sqlite.sql"));
                self.sql("PRAGMA user_version = 1");
            }
            Self::Database(name) => {
                Cluster::shared().sql(name, "CREATE SCHEMA rft_mcp");
                self.sql(
                    "CREATE TABLE version (number BIGINT NOT NULL); INSERT INTO version VALUES (1)",
                );
                self.sql(include_str!("../../src/migrations/1.postgres.sql"));
            }
        }
    }

    /// Changes its tables.
    fn sql(&self, sql: &str) {
        match self {
            Self::File(_) => {
                let raw = rusqlite::Connection::open(self.address()).unwrap();
                raw.execute_batch(sql).unwrap();
            }
            Self::Database(name) => {
                let sql = format!("SET search_path TO rft_mcp; {sql}");
                Cluster::shared().sql(name, &sql);
            }
        }
    }

    /// What [`open`] takes.
    fn address(&self) -> String {
        match self {
            Self::File(directory) => directory.join("watches.sqlite").display().to_string(),
            Self::Database(name) => Cluster::shared().url(name),
        }
    }

    /// The watches as another process has them.
    fn open(&self) -> Arc<dyn Store> {
        self.ahead(0.0)
    }

    /// The same, whose clock is so many seconds ahead, and what is decided there is to be told.
    fn telling(&self, offset: f64) -> Arc<dyn Store> {
        let address = self.address();
        if address.starts_with("postgres://") {
            let address = Address::parse(&address.into()).unwrap();
            return Arc::new(Postgres::with_clock(address, offset).unwrap().telling());
        }
        Arc::new(
            Sqlite::with_clock(address.as_ref(), offset)
                .unwrap()
                .telling(),
        )
    }

    /// The same, whose clock is so many seconds ahead.
    fn ahead(&self, offset: f64) -> Arc<dyn Store> {
        open(&self.address(), offset).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::File(directory) = self {
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

/// A file, or what is at a URL.
fn open(address: &str, offset: f64) -> Result<Arc<dyn Store>, StoreError> {
    if address.starts_with("postgres://") {
        let address = Address::parse(&address.into()).unwrap();
        return Ok(Arc::new(Postgres::with_clock(address, offset)?));
    }
    Ok(Arc::new(Sqlite::with_clock(address.as_ref(), offset)?))
}
