//! The loop that looks after watches.

use std::{collections::HashSet, fmt, sync::Arc, time::Duration};

use futures::future::join_all;
use rft_mcp_monitors::Settings;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{
    provider::Provider,
    store::{Claim, Rate, Store, StoreError},
    turn::Turn,
    watch::Watch,
};

/// How long a round that was begun may take once the loop is told to end.
const GRACE: Duration = Duration::from_secs(5);
/// The longest wait for a database that can not be used.
const LONGEST: Duration = Duration::from_secs(60);
/// How often old watches are forgotten.
const TIDY: Duration = Duration::from_secs(60 * 60);
/// How many of them in one transaction, which others wait for.
const TIDIED: u32 = 200;

/// How watches are looked after.
#[derive(Debug, Clone)]
pub struct Options {
    /// The provider and its address.
    pub scope: String,
    /// Watches that are looked after at a time.
    pub at_once: u32,
    /// How long reading a job may take.
    pub look: Duration,
    /// How long a pause may take. Whoever takes a watch over waits for this long, so that nobody is still sending.
    pub act: Duration,
    /// How long until a job is looked at again after a pause of which it is not known what became of it.
    pub settle: Duration,
    /// How often the database is asked for watches that are due.
    pub idle: Duration,
    /// What a lease has besides all that.
    pub slack: Duration,
    /// By how much the waits between looks are divided: 1, and more only where the provider's time is simulated and
    /// goes faster.
    pub speed: f64,
}

impl Options {
    /// What a server uses.
    #[must_use]
    pub fn of(scope: String) -> Self {
        Self {
            scope,
            at_once: 8,
            look: Duration::from_secs(60),
            act: Duration::from_secs(20),
            settle: Duration::from_secs(10),
            idle: Duration::from_secs(1),
            slack: Duration::from_secs(5),
            speed: 1.0,
        }
    }

    /// Long enough for all that is done with a claim, one after the other, and some more.
    pub(crate) fn lease(&self) -> f64 {
        (self.look + 3 * self.act + self.slack).as_secs_f64()
    }
}

/// Told of each watch that has changed, as it was before.
pub type Told = Arc<dyn Fn(&Watch) + Send + Sync>;

/// Looks after the watches of one scope.
#[derive(Clone)]
pub struct Watcher {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) options: Options,
    pub(crate) told: Told,
    owner: String,
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher")
            .field("owner", &self.owner)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Watcher {
    /// Puts one together; nothing runs yet.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        provider: Arc<dyn Provider>,
        settings: Arc<Settings>,
        options: Options,
        told: Told,
    ) -> Self {
        Self {
            store,
            provider,
            settings,
            options,
            told,
            owner: uuid::Uuid::new_v4().simple().to_string(),
        }
    }

    /// Looks after watches until it is told to end, and then ends what it has begun. A database that can not be used
    /// is tried again.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut failures: u32 = 0;
        let mut tidy = Instant::now();
        // A round that is given up is like a process that died: others go on when its lease ends.
        let late = async {
            shutdown.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::pin!(late);
        while !shutdown.is_cancelled() {
            let round = tokio::select! {
                round = self.round() => round,
                () = &mut late => break,
            };
            let wait = match round {
                Ok(0) => self.options.idle,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    // Once for each time that it goes away.
                    if failures == 0 {
                        tracing::error!(%error, "watches are not looked after");
                    }
                    failures = failures.saturating_add(1);
                    let wait = self.options.idle * 2_u32.pow(failures.min(10));
                    tokio::select! {
                        () = tokio::time::sleep(wait.min(LONGEST)) => continue,
                        () = shutdown.cancelled() => break,
                    }
                }
            };
            if failures > 0 {
                tracing::info!("watches are looked after again");
                failures = 0;
            }
            if Instant::now() >= tidy && self.forget().await {
                tidy = Instant::now() + TIDY;
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = shutdown.cancelled() => break,
            }
        }
    }

    /// Looks after the watches that are due now, once. How many those were.
    ///
    /// # Errors
    /// When the database can not be used. Watches that were claimed are due again when their lease ends.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let (owner, options) = (self.owner.clone(), self.options.clone());
        let rate = Rate {
            per_second: self.settings.per_second,
            burst: options.at_once,
        };
        let claims = self
            .ask(move |store| {
                store.claim(
                    &options.scope,
                    &owner,
                    options.at_once,
                    options.lease(),
                    rate,
                )
            })
            .await?;
        let count = claims.len();
        let jobs: HashSet<&str> = claims.iter().map(|one| one.watch.job.as_str()).collect();
        debug_assert_eq!(jobs.len(), count, "a job has one watch");
        let turns = claims.into_iter().map(|claim| self.turn(claim));
        join_all(turns)
            .await
            .into_iter()
            .collect::<Result<Vec<()>, _>>()?;
        Ok(count)
    }

    /// Forgets some of the watches that ended long ago. Whether those are all for now.
    async fn forget(&self) -> bool {
        let scope = self.options.scope.clone();
        let seconds = self.settings.keep_days * 24.0 * 60.0 * 60.0;
        match self
            .ask(move |store| store.forget(&scope, seconds, TIDIED))
            .await
        {
            Ok(0) => true,
            Ok(count) => {
                tracing::info!(count, "watches that ended long ago are forgotten");
                count < TIDIED
            }
            // They can wait.
            Err(error) => {
                tracing::warn!(%error, "watches that ended long ago are not forgotten");
                true
            }
        }
    }

    async fn turn(&self, claim: Claim) -> Result<(), StoreError> {
        let id = claim.watch.id.clone();
        match Turn::new(self, claim).take().await {
            // Whoever has it now goes on with it.
            Err(StoreError::Lost) => {
                tracing::info!(watch = id, "somebody else looks after this watch now");
                Ok(())
            }
            other => other,
        }
    }

    /// Asks the store where that may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = Arc::clone(&self.store);
        tokio::task::spawn_blocking(move || ask(store.as_ref()))
            .await
            .unwrap_or(Err(StoreError::GivenUp))
    }
}
