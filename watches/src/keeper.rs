//! Keeps promises of watches whose launch was not heard of: the process died in between, or its answer was lost.

use std::{fmt, sync::Arc, time::Duration};

use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::{
    promise::{Kept, Patience},
    provider::Trouble,
    store::{Store, StoreError, ask},
    watcher::Told,
};

/// How often promises are looked through.
const EVERY: Duration = Duration::from_secs(30);
/// How many at a time.
const MOST: u32 = 4;

/// Where launched jobs are found.
pub trait Launches: Send + Sync + 'static {
    /// The oldest job that carries this token, where there is one.
    fn find<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Option<String>, Trouble>>;
}

/// Looks for the jobs of promises that were not kept.
#[derive(Clone)]
pub struct Keeper {
    store: Arc<dyn Store>,
    launches: Arc<dyn Launches>,
    scope: String,
    patience: Patience,
    told: Told,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper")
            .field("scope", &self.scope)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

impl Keeper {
    /// Puts one together; nothing runs yet.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        launches: Arc<dyn Launches>,
        scope: String,
        patience: Patience,
        told: Told,
    ) -> Self {
        Self {
            store,
            launches,
            scope,
            patience,
            told,
        }
    }

    /// Looks through promises at once, and again and again until it is told to end.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut failing = false;
        let first = Duration::try_from_secs_f64(self.patience.first).unwrap_or(EVERY);
        let every = EVERY.min(first);
        while !shutdown.is_cancelled() {
            let round = tokio::select! {
                round = self.round() => round,
                () = shutdown.cancelled() => break,
            };
            match round {
                Ok(_) => failing = false,
                // Once for each time that it goes away.
                Err(error) if !failing => {
                    tracing::error!(%error, "launches are not looked for");
                    failing = true;
                }
                Err(_) => {}
            }
            tokio::select! {
                () = tokio::time::sleep(every) => {}
                () = shutdown.cancelled() => break,
            }
        }
    }

    /// Looks for the jobs that are due to be looked for, once. How many watches were made.
    ///
    /// # Errors
    /// When the database can not be used.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let (scope, patience) = (self.scope.clone(), self.patience);
        let tokens = ask(&self.store, move |store| {
            store.promised(&scope, patience, MOST)
        })
        .await?;
        let mut made = 0;
        for token in tokens {
            let job = match self.launches.find(&token).await {
                Ok(Some(job)) => job,
                // Not yet, or never: it is looked for again, more and more rarely.
                Ok(None) => continue,
                Err(error) => {
                    tracing::warn!(%error, "could not look for a launch that is to be watched");
                    continue;
                }
            };
            let (scope, id) = (self.scope.clone(), job.clone());
            let kept = ask(&self.store, move |store| store.keep(&scope, &token, &id)).await?;
            if let Some(Kept {
                watch,
                is_new: true,
            }) = kept
            {
                tracing::info!(
                    job,
                    watch = watch.id,
                    "a launch that was not heard of is watched"
                );
                (self.told)(&watch);
                made += 1;
            }
        }
        Ok(made)
    }
}
