//! One call that runs as a task.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use rmcp::{
    ErrorData,
    model::{self, DetailedTask, InputRequests, InputResponses, JsonObject, TaskPayload},
};
use serde_json::Value;
use tokio::{
    sync::{OwnedSemaphorePermit, oneshot},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use super::{Owner, lock};
use crate::{
    audit::time::utc,
    client::Question,
    server::link::input_request,
    tool::{Effect, TaskSpec},
};

/// A call that runs as a task, or may become one.
#[derive(Debug)]
pub(in crate::server) struct Task {
    id: String,
    spec: &'static TaskSpec,
    owner: Owner,
    began: SystemTime,
    start: Instant,
    /// Whether it may be stopped when its time is over: nothing is lost by that.
    reads: bool,
    /// Whether what is asked now is asked in place.
    waits: AtomicBool,
    stop: CancellationToken,
    state: Mutex<State>,
    /// Given back when it is forgotten and no longer runs.
    _room: OwnedSemaphorePermit,
}

#[derive(Debug)]
struct State {
    message: Option<String>,
    updated: SystemTime,
    asked: BTreeMap<String, Open>,
    /// Keys that were asked by: none serves twice.
    used: BTreeSet<String>,
    end: Option<End>,
    ended: Option<Instant>,
}

/// A question that waits for its answer.
#[derive(Debug)]
struct Open {
    question: Question,
    answer: oneshot::Sender<Value>,
}

/// How a task ended.
#[derive(Debug, Clone)]
pub(in crate::server) enum End {
    /// With a result, which may say that the tool failed.
    Completed(JsonObject),
    /// Without one.
    Failed(ErrorData),
    /// It was stopped.
    Cancelled,
}

impl Task {
    pub(super) fn new(
        spec: &'static TaskSpec,
        effect: Effect,
        owner: Owner,
        room: OwnedSemaphorePermit,
    ) -> Self {
        let now = SystemTime::now();
        Self {
            id: uuid::Uuid::new_v4().to_string(),
            spec,
            owner,
            began: now,
            start: Instant::now(),
            reads: effect == Effect::Read,
            // What becomes a task at once has no rounds before.
            waits: AtomicBool::new(spec.after_seconds == 0),
            stop: CancellationToken::new(),
            state: Mutex::new(State {
                message: None,
                updated: now,
                asked: BTreeMap::new(),
                used: BTreeSet::new(),
                end: None,
                ended: None,
            }),
            _room: room,
        }
    }

    pub(in crate::server) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn is_of(&self, owner: &Owner) -> bool {
        self.owner.is(owner)
    }

    /// When it is stopped; `None` where what it does would be lost: that runs to its end.
    pub(in crate::server) fn stops(&self) -> Option<Instant> {
        self.reads.then(|| self.start + self.ttl())
    }

    /// When it is forgotten; `None` while nobody knows.
    pub(super) fn expires(&self) -> Option<Instant> {
        self.life(&lock(&self.state)).map(|life| self.start + life)
    }

    /// What only reads lives from its start. What does something runs as long as it has to, and from its end on its
    /// client may look what came of it.
    fn life(&self, state: &State) -> Option<Duration> {
        if self.reads {
            return Some(self.ttl());
        }
        let ran = state.ended?.saturating_duration_since(self.start);
        Some(ran + self.ttl())
    }

    fn ttl(&self) -> Duration {
        Duration::from_secs(self.spec.ttl_seconds)
    }

    /// Cancelled when the call is to stop.
    pub(in crate::server) fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// How long its call may take before it becomes a task.
    pub(in crate::server) fn after(&self) -> Duration {
        Duration::from_secs(self.spec.after_seconds)
    }

    /// From now on its call is no part of a request.
    pub(in crate::server) fn hand_over(&self) {
        self.waits.store(true, Ordering::Release);
    }

    /// Whether what is asked now is asked in place, rather than in rounds.
    pub(in crate::server) fn waits(&self) -> bool {
        self.waits.load(Ordering::Acquire)
    }

    /// Says how far it is.
    pub(in crate::server) fn tell(&self, message: String) {
        let mut state = lock(&self.state);
        state.message = Some(message);
        state.updated = SystemTime::now();
    }

    /// Ends it.
    pub(in crate::server) fn end(&self, end: End) {
        let mut state = lock(&self.state);
        // How far it was says nothing any more.
        state.message = matches!(end, End::Cancelled).then(|| {
            "it was stopped, and what it had sent by then may have taken effect: look before you call again"
                .to_owned()
        });
        state.end = Some(end);
        state.ended = Some(Instant::now());
        state.asked.clear();
        state.updated = SystemTime::now();
    }

    /// Asks, and waits for the answer, but not for ever: what runs to its end has to have one.
    pub(in crate::server) async fn ask(
        &self,
        key: &str,
        question: Question,
    ) -> Result<Value, String> {
        // Said at once when the client could not be shown it.
        input_request(question.clone())?;
        let (answer, answered) = oneshot::channel();
        let key = {
            let mut state = lock(&self.state);
            let mut name = key.to_owned();
            let mut n = 1_u64;
            while !state.used.insert(name.clone()) {
                n += 1;
                name = format!("{key}-{n}");
            }
            state.asked.insert(name.clone(), Open { question, answer });
            state.updated = SystemTime::now();
            name
        };
        let _asked = Asked { task: self, key };
        match tokio::time::timeout(self.ttl(), answered).await {
            Ok(answer) => {
                answer.map_err(|_| "the task ended before its question was answered".to_owned())
            }
            Err(_) => Err(format!(
                "nobody answered within {} seconds: call the tool again, and answer what `tasks/get` shows in \
                 `inputRequests` with `tasks/update`",
                self.spec.ttl_seconds
            )),
        }
    }

    /// Takes answers, all or none; the key of one that does not fit.
    pub(super) fn answer(&self, responses: InputResponses) -> Result<(), String> {
        let mut state = lock(&self.state);
        for (key, answer) in &responses {
            let open = state.asked.get(key);
            if open.is_some_and(|open| !open.question.is_answered_by(answer)) {
                return Err(key.clone());
            }
        }
        for (key, answer) in responses {
            if let Some(open) = state.asked.remove(&key) {
                // Who asked may have gone.
                let _ = open.answer.send(answer);
                state.updated = SystemTime::now();
            }
        }
        Ok(())
    }

    /// As clients see it, without what came of it.
    pub(in crate::server) fn shown(&self) -> model::Task {
        self.detailed().task
    }

    /// As clients see it.
    pub(in crate::server) fn detailed(&self) -> DetailedTask {
        let state = lock(&self.state);
        let payload = match &state.end {
            Some(End::Completed(result)) => TaskPayload::Completed {
                result: result.clone(),
            },
            Some(End::Failed(error)) => TaskPayload::Failed {
                error: object(serde_json::to_value(error)),
            },
            Some(End::Cancelled) => TaskPayload::Cancelled,
            None if state.asked.is_empty() => TaskPayload::Working,
            None => TaskPayload::InputRequired {
                input_requests: requests(&state.asked),
            },
        };
        let mut task = model::Task::new(
            &*self.id,
            payload.status(),
            utc(self.began),
            utc(state.updated),
        );
        task.status_message.clone_from(&state.message);
        task.ttl_ms = self
            .life(&state)
            .map(|life| life.as_millis().try_into().unwrap_or(u64::MAX));
        let task = task.with_poll_interval_ms(self.spec.poll_seconds.saturating_mul(1000));
        DetailedTask::new(task, payload)
    }
}

/// A question that is asked as long as this lives.
struct Asked<'a> {
    task: &'a Task,
    key: String,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        lock(&self.task.state).asked.remove(&self.key);
    }
}

fn requests(asked: &BTreeMap<String, Open>) -> InputRequests {
    let shown = asked.iter().filter_map(|(key, open)| {
        let request = input_request(open.question.clone()).ok()?;
        Some((key.clone(), request))
    });
    shown.collect()
}

/// The object of a value that is one.
pub(super) fn object(value: serde_json::Result<Value>) -> JsonObject {
    match value {
        Ok(Value::Object(object)) => object,
        _ => JsonObject::new(),
    }
}
