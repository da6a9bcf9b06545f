//! Sends what is to be told until it is taken. It has a loop of its own, so that whoever takes letters slowly or not at all
//! holds up no look at a job.

use std::{fmt, sync::Arc, time::Duration};

use futures::future::{BoxFuture, join_all};
use tokio_util::sync::CancellationToken;

use crate::{
    outbox::Letter,
    store::{Store, StoreError, ask},
};

/// How often the database is asked for letters.
const EVERY: Duration = Duration::from_secs(2);
/// The longest wait for a database that can not be used.
const LONGEST: Duration = Duration::from_secs(60);
/// Letters at a time.
const MOST: u32 = 8;
/// Seconds that a letter is nobody else's: longer than an endpoint may take.
const LEASE: f64 = 60.0;
/// Seconds until a letter is sent again, after each attempt; then it is given up. They are those that Standard Webhooks
/// proposes.
const WAITS: [f64; 9] = [
    5.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0,
];

/// Where letters go.
pub trait Endpoint: Send + Sync + 'static {
    /// Sends a letter once.
    fn post<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>>;
}

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Undelivered {
    /// Says so, without the address.
    pub why: String,
    /// Seconds that it asked to wait.
    pub retry_after: Option<f64>,
    /// Whether it says that it takes none any more.
    pub gone: bool,
}

/// Brings the letters of a scope to an endpoint.
#[derive(Clone)]
pub struct Courier {
    store: Arc<dyn Store>,
    endpoint: Arc<dyn Endpoint>,
    scope: String,
}

impl fmt::Debug for Courier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Courier")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

impl Courier {
    /// Puts one together; nothing runs yet.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, endpoint: Arc<dyn Endpoint>, scope: String) -> Self {
        Self {
            store,
            endpoint,
            scope,
        }
    }

    /// Sends letters until it is told to end.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut failures: u32 = 0;
        while !shutdown.is_cancelled() {
            let round = tokio::select! {
                round = self.round() => round,
                // What is on its way is sent again by whoever comes next, with the same id.
                () = shutdown.cancelled() => break,
            };
            let wait = match round {
                // There may be more.
                Ok(count) if count == MOST as usize => Duration::ZERO,
                Ok(_) => {
                    failures = 0;
                    EVERY
                }
                Err(error) => {
                    // Once for each time that it goes away.
                    if failures == 0 {
                        tracing::error!(%error, "webhooks are not sent");
                    }
                    failures = failures.saturating_add(1);
                    (EVERY * 2_u32.pow(failures.min(10))).min(LONGEST)
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = shutdown.cancelled() => break,
            }
        }
    }

    /// Sends the letters that are due now, once. How many those were.
    ///
    /// # Errors
    /// When the database can not be used. A letter that was taken may be sent again then.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let scope = self.scope.clone();
        let letters = ask(&self.store, move |store| {
            store.outgoing(&scope, MOST, LEASE)
        })
        .await?;
        let count = letters.len();
        let sent = letters.into_iter().map(|letter| self.send(letter));
        join_all(sent)
            .await
            .into_iter()
            .collect::<Result<Vec<()>, _>>()?;
        Ok(count)
    }

    async fn send(&self, letter: Letter) -> Result<(), StoreError> {
        let Err(undelivered) = self.endpoint.post(&letter).await else {
            return ask(&self.store, move |store| store.delivered(&letter)).await;
        };
        let Undelivered {
            why,
            retry_after,
            gone,
        } = undelivered;
        let tried = usize::try_from(letter.attempt - 1).unwrap_or_default();
        let usual = WAITS.get(tried).filter(|_| !gone).copied();
        // However long it asks to wait, a day at most.
        let again = usual.map(|wait| wait.max(retry_after.unwrap_or_default().min(86_400.0)));
        if again.is_none() {
            tracing::error!(
                letter = letter.id,
                why,
                "a webhook was not taken, and is given up"
            );
        } else {
            tracing::warn!(letter = letter.id, why, again, "a webhook was not taken");
        }
        ask(&self.store, move |store| {
            store.undelivered(&letter, &why, again)
        })
        .await
    }
}
