//! Everything a sandbox holds, behind one lock: calls are short, and none waits while it has the lock.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use indexmap::IndexMap;
use serde_json::Value;

use crate::Config;
use crate::clock::{Clock, Moment};
use crate::errors::ApiError;
use crate::files::{Dataset, File};
use crate::flavour::Flavour;
use crate::ids::Ids;
use crate::jobs::{Job, Request};
use crate::permissions::Permissions;
use crate::random::Random;
use crate::scenario::Scenario;
use crate::uploads::{Announced, Uploads};

#[derive(Debug)]
pub(crate) struct World {
    clock: Clock,
    flavour: Flavour,
    requires_key: bool,
    scenario: Scenario,
    seed: u64,
    random: Random,
    store_limit: u64,
    job_limit: usize,
    store: Mutex<Store>,
}

#[derive(Debug, Default)]
struct Store {
    /// In the order they came.
    files: IndexMap<String, File>,
    jobs: IndexMap<String, Job>,
    uploads: Uploads,
    permissions: Permissions,
    /// Models by the names of their deployments.
    deployments: IndexMap<String, String>,
    /// Names of fine-tuned models that were deleted, and ids of result files that were.
    deleted: HashSet<String>,
    /// Bytes of uploads that are under way.
    arriving: u64,
    /// How many ids were given out.
    serial: u64,
}

impl Store {
    fn bytes(&self) -> u64 {
        let files = self.files.values().map(|file| file.content.len() as u64);
        files.sum::<u64>() + self.uploads.bytes() + self.arriving
    }

    /// A file that a job may use.
    fn dataset(&self, param: &'static str, id: &str) -> Result<&Dataset, ApiError> {
        let invalid = |message: String| {
            Err(ApiError::invalid(
                match param {
                    "training_file" => "invalid_training_file",
                    _ => "invalid_validation_file",
                },
                param.to_owned(),
                message,
            ))
        };
        match self.files.get(id) {
            None => invalid(format!("Invalid {param}: no such file '{id}'.")),
            Some(file) if file.purpose != "fine-tune" => invalid(format!(
                "Invalid {param}: the purpose of file '{id}' is '{}', expected 'fine-tune'.",
                file.purpose
            )),
            Some(file) => Ok(&file.dataset),
        }
    }
}

impl World {
    pub(crate) fn new(config: Config) -> Self {
        let clock = Clock::new(config.start, config.speed);
        let files = File::preloaded(config.examples, clock.start());
        let store = Store {
            files: files
                .into_iter()
                .map(|file| (file.id.clone(), file))
                .collect(),
            ..Store::default()
        };
        Self {
            flavour: config.flavour,
            requires_key: config.requires_key,
            scenario: config.scenario,
            seed: config.seed,
            random: Random::new(config.seed),
            store_limit: config.store_limit,
            job_limit: config.job_limit,
            store: Mutex::new(store),
            clock,
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    pub(crate) const fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) const fn requires_key(&self) -> bool {
        self.requires_key
    }

    pub(crate) const fn flavour(&self) -> Flavour {
        self.flavour
    }

    pub(crate) const fn scenario(&self) -> Scenario {
        self.scenario
    }

    pub(crate) const fn seed(&self) -> u64 {
        self.seed
    }

    /// The id of the next request. Not from the store's numbering: reading must not change what is created later.
    pub(crate) fn request_id(&self, number: u64) -> String {
        self.random.named("request").numbered(number).id("req_", 32)
    }

    /// Every file, oldest first, result files among them.
    pub(crate) fn files(&self) -> Vec<File> {
        let now = self.now();
        let store = self.store(now);
        let results: Vec<File> = store
            .jobs
            .values()
            .filter_map(|job| job.results(now))
            .filter(|file| !store.deleted.contains(&file.id))
            .collect();
        let mut files: Vec<File> = store.files.values().cloned().collect();
        drop(store);
        files.extend(results);
        files.sort_by(|a, b| a.created.total_cmp(&b.created));
        files
    }

    pub(crate) fn file(&self, id: &str) -> Option<File> {
        let now = self.now();
        let store = self.store(now);
        if store.deleted.contains(id) {
            return None;
        }
        store.files.get(id).cloned().or_else(|| {
            let mut jobs = store.jobs.values();
            jobs.find(|job| job.result_file() == id)?.results(now)
        })
    }

    /// Room for an upload, none yet.
    pub(crate) fn room(&self) -> Room<'_> {
        Room {
            world: self,
            bytes: 0,
        }
    }

    /// Keeps a file in the room that was made for it, and only then gives the room back.
    pub(crate) fn add_file(
        &self,
        _room: Room<'_>,
        file: impl FnOnce(String, Moment) -> File,
    ) -> File {
        let now = self.now();
        let mut store = self.store(now);
        let (_, id) = Ids::new(self.random, &mut store.serial).next("file-", 22);
        let file = file(id, now);
        store.files.insert(file.id.clone(), file.clone());
        file
    }

    /// Does something with the uploads, with ids for what is new.
    pub(crate) fn with_uploads<T>(
        &self,
        act: impl FnOnce(&mut Uploads, Ids<'_>, Moment) -> T,
    ) -> T {
        let now = self.now();
        let store = &mut *self.store(now);
        let ids = Ids::new(self.random, &mut store.serial);
        act(&mut store.uploads, ids, now)
    }

    /// Makes a file of an upload's parts. They are joined before the store is held, so that nobody waits for that.
    pub(crate) fn complete_upload(
        &self,
        id: &str,
        announced: Announced,
        parts: &[Bytes],
    ) -> Result<Value, ApiError> {
        let content = Bytes::from(parts.concat());
        let dataset = Dataset::read(&content);
        let now = self.now();
        let store = &mut *self.store(now);
        let (_, file) = Ids::new(self.random, &mut store.serial).next("file-", 22);
        let file = File {
            id: file,
            name: announced.filename,
            purpose: announced.purpose,
            created: now,
            expires: announced.lifetime.map(|seconds| now + seconds),
            content,
            dataset: Arc::new(dataset),
        };
        // Somebody may have ended it in the meantime.
        let view = store.uploads.complete(id, file.view(), now)?;
        store.files.insert(file.id.clone(), file);
        Ok(view)
    }

    /// Does something with the permissions of checkpoints.
    pub(crate) fn with_permissions<T>(
        &self,
        act: impl FnOnce(&mut Permissions, Ids<'_>, Moment) -> T,
    ) -> T {
        let now = self.now();
        let store = &mut *self.store(now);
        let ids = Ids::new(self.random, &mut store.serial);
        act(&mut store.permissions, ids, now)
    }

    /// Lets a model answer under a name.
    pub(crate) fn deploy(&self, name: String, model: String) {
        self.store(self.now()).deployments.insert(name, model);
    }

    /// The model that answers under a name.
    pub(crate) fn deployed(&self, name: &str) -> Option<String> {
        self.store(self.now()).deployments.get(name).cloned()
    }

    /// Whether there was such a file.
    pub(crate) fn delete_file(&self, id: &str) -> bool {
        if self.file(id).is_none() {
            return false;
        }
        let mut store = self.store(self.now());
        if store.files.shift_remove(id).is_none() {
            store.deleted.insert(id.to_owned());
        }
        true
    }

    /// Creates a job and answers with its object.
    pub(crate) fn create_job(&self, request: Request) -> Result<Value, ApiError> {
        let now = self.now();
        let mut store = self.store(now);
        let store = &mut *store;
        if store.jobs.len() >= self.job_limit {
            return Err(ApiError::invalid(
                "sandbox_jobs_full",
                None,
                format!(
                    "The sandbox holds at most {} jobs: restart it, or start it with a higher limit.",
                    self.job_limit
                ),
            ));
        }
        store.dataset("training_file", &request.training_file)?;
        store.dataset("validation_file", &request.validation_file)?;
        let (number, id) = Ids::new(self.random, &mut store.serial).next("ftjob-", 24);
        let train = store.dataset("training_file", &request.training_file)?;
        let valid = store.dataset("validation_file", &request.validation_file)?;
        let job = Job::new(
            id.clone(),
            request,
            (train, valid),
            self.scenario,
            self.random,
            number,
            now,
        );
        let view = job.view(now);
        store.jobs.insert(id, job);
        Ok(view)
    }

    /// Does something with one job at one moment.
    pub(crate) fn with_job<T>(
        &self,
        id: &str,
        act: impl FnOnce(&mut Job, Moment) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let now = self.now();
        let mut store = self.store(now);
        let job = store.jobs.get_mut(id).ok_or_else(|| {
            ApiError::not_found(
                "fine_tune_not_found",
                "fine_tuning_job_id",
                format!("Could not find fine tune: {id}"),
            )
        })?;
        act(job, now)
    }

    /// Looks at all jobs, oldest first.
    pub(crate) fn with_jobs<T>(&self, look: impl FnOnce(&IndexMap<String, Job>) -> T) -> T {
        look(&self.store(self.now()).jobs)
    }

    pub(crate) fn is_deleted(&self, name: &str) -> bool {
        self.store(self.now()).deleted.contains(name)
    }

    /// Deletes a fine-tuned model that exists.
    pub(crate) fn delete_model(&self, name: &str) {
        self.store(self.now()).deleted.insert(name.to_owned());
    }

    /// The store as it is now: without files that have expired.
    fn store(&self, now: Moment) -> MutexGuard<'_, Store> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if store.files.values().any(|file| file.is_expired(now)) {
            store.files.retain(|_, file| !file.is_expired(now));
        }
        store.uploads.expire(now);
        store
    }
}

/// Bytes that an upload takes up while it arrives; given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Room<'a> {
    world: &'a World,
    bytes: u64,
}

impl Room<'_> {
    /// Takes more, if there is as much left.
    pub(crate) fn grow(&mut self, bytes: u64) -> Result<(), ApiError> {
        let mut store = self.world.store(self.world.now());
        let limit = self.world.store_limit;
        if store.bytes() + bytes > limit {
            return Err(ApiError::too_large(
                "sandbox_store_full",
                format!(
                    "The sandbox holds at most {limit} bytes of files: delete some, or start it with a higher limit."
                ),
            ));
        }
        store.arriving += bytes;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        let mut store = self.world.store(self.world.now());
        store.arriving = store.arriving.saturating_sub(self.bytes);
    }
}
