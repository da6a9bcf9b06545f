//! Watches of jobs in this program: where they are kept, and who looks after them.

pub(crate) mod heard;
mod hook;
mod jobs;

use std::{path::PathBuf, sync::Arc, time::Duration};

use futures::future::OptionFuture;
use rft_mcp_monitors::Settings;
use rft_mcp_runtime::{
    engine::{Context, Engine},
    tool::FunctionError,
};
#[cfg(feature = "postgres")]
use rft_mcp_watches::{Address, Postgres};
use rft_mcp_watches::{
    Courier, Keeper, Options, Patience, Sqlite, Store, StoreError, Told, Watch, Watcher,
};
use tokio::{
    sync::{Mutex, OnceCell},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

pub use self::hook::{Hook, HookError};
use self::jobs::Jobs;
use crate::knowledge;

/// The file in the data directory.
const FILE: &str = "watches.sqlite";

/// Seconds until it is tried again to begin, at first and at most.
const AGAIN: [u64; 2] = [1, 60];

/// Where watches are kept.
#[derive(Debug)]
enum Place {
    /// A file in a directory, which servers of one machine share.
    Directory(Option<PathBuf>),
    /// A database, which servers of several machines share.
    #[cfg(feature = "postgres")]
    Database(Box<Address>),
}

/// How much a server looks at jobs; what is absent is as the manifest has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ration {
    /// Looks a second, of all servers of a database together, if all are told the same.
    pub per_second: Option<f64>,
    /// Looks under way at a time.
    pub at_once: Option<u32>,
}

/// Watches of a server: opened when there are any, or the first is made.
#[derive(Debug)]
pub struct Watching {
    place: Place,
    looks_after: bool,
    speed: f64,
    ration: Ration,
    hook: Option<Hook>,
    hears: bool,
    shutdown: CancellationToken,
    store: OnceCell<Arc<dyn Store>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Watching {
    /// Watches in this directory; without one none can be made. They are looked after until the token is cancelled, or
    /// only shown.
    #[must_use]
    pub fn new(directory: Option<PathBuf>, looks_after: bool, shutdown: CancellationToken) -> Self {
        Self::at(Place::Directory(directory), looks_after, shutdown)
    }

    /// Watches in this database. They are looked after until the token is cancelled, or only shown.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub fn shared(database: Address, looks_after: bool, shutdown: CancellationToken) -> Self {
        Self::at(Place::Database(Box::new(database)), looks_after, shutdown)
    }

    fn at(place: Place, looks_after: bool, shutdown: CancellationToken) -> Self {
        Self {
            place,
            looks_after,
            speed: 1.0,
            ration: Ration::default(),
            hook: None,
            hears: false,
            shutdown,
            store: OnceCell::new(),
            task: Mutex::default(),
        }
    }

    /// The same at a provider whose time is simulated, and goes so many times faster: so often are jobs looked at, as
    /// far as the limit on requests lets them.
    #[must_use]
    pub fn hastened(self, speed: f64) -> Self {
        Self { speed, ..self }
    }

    /// The same with another limit on looks than the manifest has.
    #[must_use]
    pub fn rationed(self, ration: Ration) -> Self {
        Self { ration, ..self }
    }

    /// The same, and what is decided is told there.
    #[must_use]
    pub fn telling(self, hook: Option<Hook>) -> Self {
        Self { hook, ..self }
    }

    /// The same where the provider tells by webhooks of what happens to jobs, so that they need not be looked at as often.
    #[must_use]
    pub fn hearing(self, hears: bool) -> Self {
        Self { hears, ..self }
    }

    /// Seconds between looks where a watch says none.
    pub(crate) fn interval(&self, settings: &Settings) -> f64 {
        if self.hears {
            settings.webhook_interval
        } else {
            settings.pace.interval
        }
    }

    /// Watches that are forgotten, and looked after by nobody: for examples.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn passing() -> Result<Self, FunctionError> {
        let store: Arc<dyn Store> = Arc::new(Sqlite::in_memory().map_err(|error| told(&error))?);
        let mut passing = Self::new(None, false, CancellationToken::new());
        passing.store = OnceCell::new_with(Some(store));
        Ok(passing)
    }

    /// Looks after the watches there are. Without any in a directory nothing is made, and nothing runs; in a database
    /// others may make some at any time.
    ///
    /// # Errors
    /// When they can not be read.
    pub async fn begin(&self, context: &Context) -> Result<(), FunctionError> {
        if self.is_there() {
            self.store(context).await?;
        }
        Ok(())
    }

    /// Begins later with what could not be begun, as soon as it can be.
    pub fn retry(context: Context) {
        tokio::spawn(async move {
            let [mut wait, most] = AGAIN;
            while let Some(watching) = context.engine.kept::<Self>() {
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_secs(wait)) => {}
                    () = watching.shutdown.cancelled() => break,
                }
                if watching.begin(&context).await.is_ok() {
                    tracing::info!("watches are looked after");
                    break;
                }
                wait = (2 * wait).min(most);
            }
        });
    }

    /// Whether there may be watches. Nothing is opened.
    #[must_use]
    pub fn is_there(&self) -> bool {
        match &self.place {
            _ if self.store.initialized() => true,
            Place::Directory(directory) => directory
                .as_ref()
                .is_some_and(|directory| directory.join(FILE).exists()),
            #[cfg(feature = "postgres")]
            Place::Database(_) => true,
        }
    }

    /// Ends what was begun, so that other servers need not wait for it.
    pub async fn end(&self) {
        self.shutdown.cancel();
        if let Some(task) = self.task.lock().await.take() {
            // One that panicked has ended.
            let _ = task.await;
        }
    }

    /// The watches; those who look after them begin.
    ///
    /// # Errors
    /// When there is no directory for them, or they can not be read.
    pub async fn store(&self, context: &Context) -> Result<Arc<dyn Store>, FunctionError> {
        let open = async || {
            let store = self.open().await?;
            if !self.looks_after {
                return Ok(store);
            }
            let engine = context.engine.clone();
            let mut settings = knowledge::monitors()?.clone();
            settings.per_second = self.ration.per_second.unwrap_or(settings.per_second);
            settings.at_once = self.ration.at_once.unwrap_or(settings.at_once);
            let tell: Told = Arc::new(move |watch: &Watch| announce(&engine, watch));
            let jobs = Arc::new(Jobs(Context::new(context.engine.clone())));
            let keeper = Keeper::new(
                Arc::clone(&store),
                Arc::clone(&jobs) as _,
                scope(context),
                Patience::USUAL.hastened(self.speed),
                Arc::clone(&tell),
            );
            let watcher = Watcher::new(
                Arc::clone(&store),
                jobs,
                Arc::new(settings),
                Options {
                    speed: self.speed,
                    ..Options::of(scope(context))
                },
                tell,
            );
            let courier = self
                .hook
                .clone()
                .map(|hook| Courier::new(Arc::clone(&store), Arc::new(hook), scope(context)));
            let shutdown = self.shutdown.clone();
            let task = tokio::spawn(async move {
                let courier = courier.map(|courier| courier.run(shutdown.clone()));
                futures::join!(
                    watcher.run(shutdown.clone()),
                    keeper.run(shutdown),
                    OptionFuture::from(courier)
                );
            });
            *self.task.lock().await = Some(task);
            Ok(store)
        };
        self.store.get_or_try_init(open).await.map(Arc::clone)
    }

    async fn open(&self) -> Result<Arc<dyn Store>, FunctionError> {
        let open: Box<dyn FnOnce() -> Result<Arc<dyn Store>, StoreError> + Send> = match &self.place
        {
            Place::Directory(None) => return Err(FunctionError(
                "there is no directory to keep watches in: the server has to be started with --data-dir".to_owned(),
            )),
            Place::Directory(Some(directory)) => {
                let (file, tells) = (directory.join(FILE), self.hook.is_some());
                Box::new(move || {
                    let store = Sqlite::open(&file)?;
                    Ok(Arc::new(if tells { store.telling() } else { store }))
                })
            }
            #[cfg(feature = "postgres")]
            Place::Database(address) => {
                let (address, tells) = (address.as_ref().clone(), self.hook.is_some());
                Box::new(move || {
                    let store = Postgres::new(address)?;
                    Ok(Arc::new(if tells { store.telling() } else { store }))
                })
            }
        };
        tokio::task::spawn_blocking(open)
            .await
            .unwrap_or(Err(StoreError::GivenUp))
            .map_err(|error| told(&error))
    }
}

/// Servers of another provider or address do not look after these watches.
pub(crate) fn scope(context: &Context) -> String {
    let provider = context.engine.upstream().provider();
    format!("{} {}", provider.name(), provider.address())
}

/// Tells clients that listen that a watch has changed, which is read by its own id and its job's, and so may its job.
pub(crate) fn announce(engine: &Engine, watch: &Watch) {
    for (resource, id) in [
        ("watch", &watch.id),
        ("watch", &watch.job),
        ("job", &watch.job),
    ] {
        engine.changed(resource, &[("id", id)]);
    }
}

/// What an agent is told when the database can not be used.
pub(crate) fn told(error: &StoreError) -> FunctionError {
    let next = match error {
        StoreError::Watched { .. } | StoreError::Newer { .. } => "",
        StoreError::Lost | StoreError::GivenUp => ". Call again",
        #[cfg(feature = "postgres")]
        StoreError::Server(_) => {
            ". Tell the person who runs the server: is PostgreSQL there, and --database-url right? Watches go on when it \
             is back, and other tools work"
        }
        StoreError::Database(_) | StoreError::File(_) | StoreError::Content(_) => {
            ". Tell the person who runs the server: is its disk full, or --data-dir not writable? Other tools work"
        }
    };
    FunctionError(format!("{error}{next}"))
}
