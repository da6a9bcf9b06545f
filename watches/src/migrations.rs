//! The tables in both dialects, and how older ones become the newest.

/// A change of the tables, which takes a database from the version of its place in [`STEPS`] to the next.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// For `SQLite`.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    #[cfg(feature = "postgres")]
    pub postgres: &'static str,
}

/// What was released is never changed: add one, in both dialects.
pub const STEPS: &[Step] = &[
    Step {
        sqlite: include_str!("migrations/1.sqlite.sql"),
        #[cfg(feature = "postgres")]
        postgres: include_str!("migrations/1.postgres.sql"),
    },
    // When watches ended, so that old ones can be forgotten.
    Step {
        sqlite: include_str!("migrations/2.sqlite.sql"),
        #[cfg(feature = "postgres")]
        postgres: include_str!("migrations/2.postgres.sql"),
    },
    // Watches of jobs that are about to be launched.
    Step {
        sqlite: include_str!("migrations/3.sqlite.sql"),
        #[cfg(feature = "postgres")]
        postgres: include_str!("migrations/3.postgres.sql"),
    },
    // Where looks ended; and what is due, and of which job, without reading every watch.
    Step {
        sqlite: include_str!("migrations/4.sqlite.sql"),
        #[cfg(feature = "postgres")]
        postgres: include_str!("migrations/4.postgres.sql"),
    },
    // Webhooks: what is to be told, and what was heard.
    Step {
        sqlite: include_str!("migrations/5.sqlite.sql"),
        #[cfg(feature = "postgres")]
        postgres: include_str!("migrations/5.postgres.sql"),
    },
];
