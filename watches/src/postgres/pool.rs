//! Connections to the database, and transactions on them.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{executor::block_on, try_join};
use tokio::{
    runtime::{Builder, Runtime},
    sync::Semaphore,
    task::coop::unconstrained,
    time::timeout,
};
use tokio_postgres::{Client, types::Type};

use super::{Address, ServerError, migrations};
use crate::store::StoreError;

/// Connections at most: as many as do something at a time while watches are looked after, and few enough for many
/// replicas at a server that allows a hundred.
const CONNECTIONS: usize = 4;

/// How long a call may take with all that it waits for.
pub const LIMIT: Duration = Duration::from_secs(20);

/// Begins a transaction. What is set holds for it alone, so that a pooler of transactions may be in between: whoever
/// died in the middle holds nobody off for long, and what is committed survives a loss of power, as a decision has to
/// before it is sent.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
     SELECT set_config('statement_timeout', '10s', true), set_config('lock_timeout', '10s', true), \
         set_config('idle_in_transaction_session_timeout', '20s', true); \
     SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

/// The time, by the database's clock.
const NOW: &str = "SELECT extract(epoch FROM clock_timestamp())::float8 + $1";

/// Connections that are made when they are needed, and again when they broke.
#[derive(Debug)]
pub struct Pool {
    address: Address,
    offset: f64,
    idle: Mutex<Vec<Client>>,
    free: Semaphore,
    /// Carries the connections; gone only while the pool is dropped.
    threads: Option<Arc<Runtime>>,
}

impl Pool {
    pub fn new(address: Address, offset: f64) -> std::io::Result<Self> {
        let threads = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("postgresql")
            .enable_all()
            .build()?;
        Ok(Self {
            address,
            offset,
            idle: Mutex::default(),
            free: Semaphore::new(CONNECTIONS),
            threads: Some(Arc::new(threads)),
        })
    }

    /// Does something in one transaction, which is told the time. Blocks.
    pub fn transact<T>(
        &self,
        act: impl AsyncFnOnce(&Client, f64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.wait(async |client| {
            let offset = [(&self.offset as _, Type::FLOAT8)];
            // Sent together.
            let ((), now) = try_join!(
                client.batch_execute(BEGIN),
                client.query_typed_one(NOW, &offset)
            )
            .map_err(ServerError::from)?;
            let now = now.try_get(0).map_err(ServerError::from)?;
            let value = act(client, now).await?;
            client
                .batch_execute("COMMIT")
                .await
                .map_err(ServerError::from)?;
            Ok(value)
        })
    }

    /// Does something on a connection, outside of any transaction. Blocks.
    pub fn wait<T>(
        &self,
        act: impl AsyncFnOnce(&Client) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(threads) = &self.threads else {
            return Err(StoreError::GivenUp);
        };
        // The caller's thread waits, whatever runs on it; the connections go on elsewhere.
        let _entered = threads.enter();
        let act = async {
            let _permit = self.free.acquire().await.map_err(|_| StoreError::GivenUp)?;
            let client = match self.idle() {
                Some(client) => client,
                None => self.connect(threads).await?,
            };
            let outcome = act(&client).await;
            // After a failure of any kind the transaction is undone. A connection of which that is not known is dropped.
            if outcome.is_ok() || client.batch_execute("ROLLBACK").await.is_ok() {
                self.lock().push(client);
            }
            outcome
        };
        let limited = async { timeout(LIMIT, act).await };
        // Not a task: who calls may be one, and have used up its share.
        match block_on(unconstrained(limited)) {
            Ok(outcome) => outcome,
            Err(_) => Err(ServerError::Silent.into()),
        }
    }

    fn idle(&self) -> Option<Client> {
        let mut idle = self.lock();
        // Those that broke meanwhile, as all do when the server is restarted.
        idle.retain(|client| !client.is_closed());
        idle.pop()
    }

    async fn connect(&self, threads: &Runtime) -> Result<Client, ServerError> {
        let (client, connection) = self
            .address
            .config
            .connect(self.address.tls.clone())
            .await?;
        threads.spawn(async {
            // Whoever uses the connection is told.
            let _ = connection.await;
        });
        migrations::run(&client).await?;
        Ok(client)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Client>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // To wait for its threads is not allowed where others run on this one.
        if let Some(threads) = self.threads.take().and_then(Arc::into_inner) {
            threads.shutdown_background();
        }
    }
}
