//! Webhooks of the provider, which wake watches. Nothing is decided on what they say: the job is read.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use rft_mcp_runtime::engine::{Context, Engine};
use rft_mcp_watches::{
    ask,
    webhook::{Secret, Signed},
};
use serde::Deserialize;

use super::{Watching, scope};

/// Where they come, over HTTP.
pub const PATH: &str = "/webhooks/openai";
/// What events of jobs begin with.
const JOB: &str = "fine_tuning.job.";
/// The most bytes of an event, which has an id or two.
const MOST: usize = 64 << 10;
/// How long one may take to arrive.
const LIMIT: Duration = Duration::from_secs(10);
/// The longest id of a message that is remembered.
const LONGEST: usize = 256;

/// What a server needs to hear them.
#[derive(Debug, Clone)]
struct Ear {
    engine: Engine,
    secret: Arc<Secret>,
}

/// What is told, but for what is not looked at.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    data: Subject,
}

#[derive(Deserialize)]
struct Subject {
    id: String,
}

/// Takes webhooks that this secret signed.
pub fn ear(engine: Engine, secret: Secret) -> Router {
    let ear = Ear {
        engine,
        secret: Arc::new(secret),
    };
    Router::new().route(PATH, post(hear).with_state(ear))
}

/// Says no more than whether it was taken: who does not know the secret learns nothing.
async fn hear(State(ear): State<Ear>, headers: HeaderMap, body: Body) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(timestamp), Some(signatures)) = (
        header("webhook-id"),
        header("webhook-timestamp"),
        header("webhook-signature"),
    ) else {
        return StatusCode::UNAUTHORIZED;
    };
    let body = match tokio::time::timeout(LIMIT, to_bytes(body, MOST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
    };
    let message = Signed {
        id,
        timestamp,
        signatures,
        body: &body,
    };
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = since.unwrap_or_default().as_secs();
    if id.len() > LONGEST || !ear.secret.holds(&message, now) {
        return StatusCode::UNAUTHORIZED;
    }
    let event = serde_json::from_slice::<Event>(&body).ok();
    let Some(job) = event.filter(|event| event.kind.starts_with(JOB)) else {
        // Of something else, which is no reason to be told again.
        return StatusCode::NO_CONTENT;
    };
    match ear.wake(job.data.id, id.to_owned()).await {
        Ok(()) => StatusCode::NO_CONTENT,
        // It is told again later.
        Err(why) => {
            tracing::warn!(why, "a webhook of the provider woke no watch");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

impl Ear {
    async fn wake(&self, job: String, message: String) -> Result<(), String> {
        let Some(watching) = self.engine.kept::<Watching>().filter(|one| one.is_there()) else {
            return Ok(());
        };
        let context = Context::new(self.engine.clone());
        let scope = scope(&context);
        let store = watching.store(&context).await.map_err(|error| error.0)?;
        let woken = ask(&store, move |store| store.wake(&scope, &job, &message)).await;
        let woken = woken.map_err(|error| error.to_string())?;
        tracing::debug!(?woken, "a webhook of the provider came");
        Ok(())
    }
}
