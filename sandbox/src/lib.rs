//! A simulated fine-tuning provider.
//!
//! It speaks the wire format of the hosted fine-tuning APIs (files, jobs, events, checkpoints, graders, models) and
//! keeps everything in memory. Nothing is trained and nothing is billed: every reply carries `x-simulated: true`.
//!
//! A job has no background task. Its state, events, checkpoints and bill are a pure function of the request, the
//! seed, the moments at which it was paused, resumed or cancelled, and the time now; time runs [`Config::speed`]
//! times faster than life. So the same seed and the same calls at the same times give the same bytes.
//!
//! The shapes, states, limits and refusals are the real ones, as far as they are published. Made up are the rewards
//! (`curve.rs` says how), every duration, the wording of some messages, what `usage_metrics` holds, and the scores of
//! model and python graders. Only the reinforcement method is simulated.
//!
//! Answers of models are made up too, and say so.
//!
//! No key is needed, so that it can be tried without one, unless [`Config::requires_key`] says so: then, and always
//! where [`Flavour`] shows a provider whose gateway stands before the API, any key will do. [`Flavour`] says where
//! providers differ otherwise.

mod check;
mod clock;
mod connection;
mod curve;
mod errors;
pub mod faults;
mod files;
mod flavour;
mod gate;
mod grader;
mod ids;
mod inference;
mod jobs;
mod models;
mod page;
mod paging;
mod permissions;
mod random;
mod routes;
mod scenario;
mod uploads;
mod world;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use tokio::net::TcpListener;

pub use crate::faults::Faults;
pub use crate::flavour::{Flavour, UnknownFlavour};
pub use crate::scenario::{Scenario, UnknownScenario};
use crate::world::World;

/// The id of the training file that every sandbox starts with.
pub const TRAINING_FILE: &str = "file-sandbox-train";
/// The id of the validation file that every sandbox starts with.
pub const VALIDATION_FILE: &str = "file-sandbox-valid";

/// How a sandbox behaves. `Config::default()` runs in real time, is healthy and holds 256 MB.
#[derive(Debug, Clone)]
pub struct Config {
    /// Simulated seconds per real second; timestamps run ahead of the wall clock accordingly. What is not a positive,
    /// finite number counts as 1.
    pub speed: f64,
    /// The provider whose differences it shows.
    pub flavour: Flavour,
    /// Whether a request without a key is refused with 401, as the real provider does.
    pub requires_key: bool,
    /// What happens to the jobs.
    pub scenario: Scenario,
    /// Everything random (ids, rewards, waits) follows from it.
    pub seed: u64,
    /// The simulated time at which the sandbox starts.
    pub start: SystemTime,
    /// Contents of [`TRAINING_FILE`] and [`VALIDATION_FILE`], JSONL; a small built-in pair when absent.
    pub examples: Option<(Vec<u8>, Vec<u8>)>,
    /// Most bytes of files held at once, uploads under way included.
    pub store_limit: u64,
    /// Most jobs held at once.
    pub job_limit: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            speed: 1.0,
            flavour: Flavour::OpenAi,
            requires_key: false,
            scenario: Scenario::Healthy,
            seed: 0,
            start: SystemTime::now(),
            examples: None,
            store_limit: 256 << 20,
            job_limit: 1_000,
        }
    }
}

/// A simulated provider. Clones share their state.
#[derive(Debug, Clone)]
pub struct Sandbox {
    world: Arc<World>,
    faults: Faults,
}

impl Sandbox {
    /// A provider without jobs, that holds the two example files.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self {
            world: Arc::new(World::new(config)),
            faults: Faults::default(),
        }
    }

    /// The faults that are asked for; the same that `/sandbox/faults` lists.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The API under [`Flavour::base_path`], and `/sandbox` beside it. Faults that drop the connection need [`Sandbox::serve`]:
    /// elsewhere they end the reply's body with an error.
    pub fn router(&self) -> Router {
        routes::router(Arc::clone(&self.world), self.faults.clone())
    }

    /// Serves until `shutdown` resolves and the calls under way have ended. The caller owns the address.
    ///
    /// # Errors
    /// What the listener reports; a single connection's failure ends that connection only.
    pub async fn serve<F>(self, listener: TcpListener, shutdown: F) -> io::Result<()>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let service = self
            .router()
            .into_make_service_with_connect_info::<connection::Handle>();
        axum::serve(connection::Listener::new(listener), service)
            .with_graceful_shutdown(shutdown)
            .await
    }
}
