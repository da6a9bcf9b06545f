//! The loop that looks after watches.

use std::{fmt, sync::Arc, time::Duration};

use futures::future::join_all;
use rft_mcp_monitors::Settings;
use tokio::{task::JoinSet, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{
    provider::Provider,
    store::{Claim, Claimed, Rate, Store, StoreError, ask},
    turn::Turn,
    watch::Watch,
};

/// How long turns that were begun may take once the loop is told to end.
const GRACE: Duration = Duration::from_secs(5);
/// The longest wait for a database that can not be used.
const LONGEST: Duration = Duration::from_secs(60);
/// The shortest time between two claims, so that what is due meanwhile is claimed together.
const LEAST: Duration = Duration::from_millis(20);
/// How often old watches are forgotten.
const TIDY: Duration = Duration::from_secs(60 * 60);
/// How many of them in one transaction, which others wait for.
const TIDIED: u32 = 200;

/// How watches are looked after.
#[derive(Debug, Clone)]
pub struct Options {
    /// The provider and its address.
    pub scope: String,
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

/// How a loop goes on.
struct Going {
    /// When watches are claimed next.
    next: Instant,
    /// When old ones are forgotten next.
    tidy: Instant,
    /// Failures of the database since it last could be used.
    failures: u32,
}

impl Default for Going {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            next: now,
            tidy: now,
            failures: 0,
        }
    }
}

impl Going {
    /// The database can be used, and gave this.
    fn claimed(&mut self, claimed: &Claimed, room: u32, options: &Options) {
        if self.failures > 0 {
            tracing::info!("watches are looked after again");
            self.failures = 0;
        }
        let wait = match claimed.wait {
            // Somebody may let the provider be asked earlier, and clocks are set.
            Some(seconds) => Duration::from_secs_f64(seconds.clamp(0.0, LONGEST.as_secs_f64())),
            // There may be more that are due: they are claimed as soon as there is room.
            None if claimed.claims.len() >= room as usize => Duration::ZERO,
            None => options.idle,
        };
        self.next = Instant::now() + wait.max(LEAST.min(options.idle));
    }

    fn failed(&mut self, error: &StoreError, options: &Options) {
        // Once for each time that it goes away.
        if self.failures == 0 {
            tracing::error!(%error, "watches are not looked after");
        }
        // Those that were under way fail together.
        if self.failures == 0 || Instant::now() >= self.next {
            self.failures = self.failures.saturating_add(1);
            let wait = options.idle * 2_u32.pow(self.failures.min(10));
            self.next = Instant::now() + wait.min(LONGEST);
        }
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

    /// Looks after watches until it is told to end, and then ends what it has begun. Each look that ends makes room for
    /// another, so that a slow one holds up no others. A database that can not be used is tried again.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut turns = JoinSet::new();
        let mut state = Going::default();
        // Turns that are given up are like a process that died: others go on when their leases end.
        let late = async {
            shutdown.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::pin!(late);
        while !(shutdown.is_cancelled() && turns.is_empty()) {
            let room = self.room(turns.len());
            let goes_on = room > 0 && !shutdown.is_cancelled();
            tokio::select! {
                () = &mut late => break,
                () = shutdown.cancelled(), if !shutdown.is_cancelled() => {}
                Some(ended) = turns.join_next(), if !turns.is_empty() => match ended {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => state.failed(&error, &self.options),
                    Err(error) => tracing::error!(%error, "a look at a job broke off"),
                },
                () = tokio::time::sleep_until(state.next), if goes_on => match self.claim(room).await {
                    Ok(claimed) => {
                        state.claimed(&claimed, room, &self.options);
                        for claim in claimed.claims {
                            let watcher = self.clone();
                            turns.spawn(async move { watcher.turn(claim).await });
                        }
                        if Instant::now() >= state.tidy && self.forget().await {
                            state.tidy = Instant::now() + TIDY;
                        }
                    }
                    Err(error) => state.failed(&error, &self.options),
                },
            }
        }
    }

    /// Looks after the watches that are due now, once. How many those were.
    ///
    /// # Errors
    /// When the database can not be used. Watches that were claimed are due again when their lease ends.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let claims = self.claim(self.room(0)).await?.claims;
        let count = claims.len();
        let turns = claims.into_iter().map(|claim| self.turn(claim));
        join_all(turns)
            .await
            .into_iter()
            .collect::<Result<Vec<()>, _>>()?;
        Ok(count)
    }

    /// How many looks there is room for beside so many.
    fn room(&self, under_way: usize) -> u32 {
        let under_way = u32::try_from(under_way).unwrap_or(u32::MAX);
        self.settings.at_once.saturating_sub(under_way)
    }

    /// Claims so many watches that are due, at most.
    async fn claim(&self, most: u32) -> Result<Claimed, StoreError> {
        let (scope, owner) = (self.options.scope.clone(), self.owner.clone());
        let lease = self.options.lease();
        let rate = Rate {
            per_second: self.settings.per_second,
            burst: self.settings.at_once,
        };
        ask(&self.store, move |store| {
            store.claim(&scope, &owner, most, lease, rate)
        })
        .await
    }

    /// Forgets some of the watches that ended long ago. Whether those are all for now.
    async fn forget(&self) -> bool {
        let scope = self.options.scope.clone();
        let seconds = self.settings.keep_days * 24.0 * 60.0 * 60.0;
        match ask(&self.store, move |store| {
            store.forget(&scope, seconds, TIDIED)
        })
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
}
