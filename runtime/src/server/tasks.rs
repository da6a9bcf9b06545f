//! Calls that run as tasks: their clients do not wait for the answer, and look for it from time to time. Tasks live in
//! this process, and end with it.

mod task;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rmcp::{
    ErrorData, RoleServer,
    model::{ClientCapabilities, InputResponses, TASKS_EXTENSION_ID},
    service::RequestContext,
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{sync::Semaphore, time::Instant};

pub(super) use self::task::{End, Task};
use crate::tool::{Effect, TaskSpec};

/// How many tasks there are at most, those that ended and may still be looked at among them.
pub(super) const MOST: usize = 256;

/// The tasks of a server, whatever connection or listener they came in by.
#[derive(Debug)]
pub(super) struct Tasks {
    open: Mutex<HashMap<String, Arc<Task>>>,
    room: Arc<Semaphore>,
}

/// Whose a task is, as far as requests tell: nobody else finds it. It does not print.
#[derive(Default)]
pub(super) struct Owner(Option<SecretString>);

impl Default for Tasks {
    fn default() -> Self {
        Self {
            open: Mutex::default(),
            room: Arc::new(Semaphore::new(MOST)),
        }
    }
}

impl Tasks {
    /// A task for a call that begins now, which nobody finds until it is [kept](Self::keep); `None` when there are too
    /// many.
    pub(super) fn begin(
        &self,
        spec: &'static TaskSpec,
        effect: Effect,
        owner: Owner,
    ) -> Option<Arc<Task>> {
        self.forget();
        let room = Arc::clone(&self.room).try_acquire_owned().ok()?;
        Some(Arc::new(Task::new(spec, effect, owner, room)))
    }

    /// Lets the client find a task from now on.
    pub(super) fn keep(&self, task: &Arc<Task>) {
        lock(&self.open).insert(task.id().to_owned(), Arc::clone(task));
    }

    /// The task of that name; the same error for one that never was, is no more, or is someone else's.
    pub(super) fn find(&self, id: &str, owner: &Owner) -> Result<Arc<Task>, ErrorData> {
        self.forget();
        let found = lock(&self.open).get(id).cloned();
        found.filter(|task| task.is_of(owner)).ok_or_else(|| {
            let message = "there is no such task: it may have expired, or have ended with the process that ran it. \
                           Look for what its call was to do before you call the tool again";
            ErrorData::invalid_params(message, None)
        })
    }

    /// Drops those that lived their time.
    fn forget(&self) {
        let now = Instant::now();
        lock(&self.open).retain(|_, task| task.expires().is_none_or(|expires| expires > now));
    }
}

impl Owner {
    /// Whoever sends a request.
    pub(super) fn of(context: &RequestContext<RoleServer>) -> Self {
        let parts = context.extensions.get::<axum::http::request::Parts>();
        Self(parts.and_then(|parts| {
            let key = parts.headers.get("authorization")?.to_str().ok()?;
            Some(key.into())
        }))
    }

    #[cfg(test)]
    pub(super) fn with(key: &str) -> Self {
        Self(Some(key.into()))
    }

    fn is(&self, other: &Self) -> bool {
        let text = |owner: &Self| owner.0.as_ref().map(|key| key.expose_secret().to_owned());
        text(self) == text(other)
    }
}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Owner")
    }
}

/// What a client is told that takes no tasks, of a tool that needs one.
pub(super) fn required(tool: &str) -> ErrorData {
    let capabilities = ClientCapabilities::builder().enable_tasks().build();
    let mut error = ErrorData::missing_required_client_capability(capabilities);
    error.message = format!(
        "`{tool}` was not called: it takes long, and runs only as a task. Call it with a client of 2026-07-28 that \
         declares `{TASKS_EXTENSION_ID}` among the extensions of its capabilities"
    )
    .into();
    error
}

/// What is told of a tool that needs a task where there are too many.
pub(super) fn full(tool: &str) -> String {
    format!(
        "`{tool}` was not called: the server keeps {MOST} tasks already. Wait until some expire, and call it again"
    )
}

/// Answers to what a task asked: those to what it did not ask, or asks no more, are ignored.
pub(super) fn answer(task: &Task, responses: InputResponses) -> Result<(), ErrorData> {
    task.answer(responses).map_err(|key| {
        let message = format!(
            "the answer to `{key}` has another form than was asked for, and none was taken: `tasks/get` shows in \
             `inputRequests` what is asked; answer again"
        );
        ErrorData::invalid_params(message, None)
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whole between any two of its uses, whoever panicked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
