//! Sessions at `/mcp`: clients that keep state here, and no more than so many of them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use rmcp::transport::{
    StreamableHttpServerConfig, StreamableHttpService,
    streamable_http_server::{
        SessionManager as _,
        session::local::{LocalSessionManager, SessionConfig},
    },
};
use tokio::sync::{Mutex as AsyncMutex, Notify};
use tokio_util::sync::CancellationToken;

use super::greeting;
use crate::{
    server::{Calls, Handler, Server},
    transport::http::{Answer, idle::idle, reply},
};

/// The header that names a session.
const SESSION: &str = "mcp-session-id";

/// How many sessions there may be, and how long they live.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Bounds {
    /// The most of them.
    pub(in super::super) sessions: usize,
    /// How long one lives without a message, a running call and an open stream.
    pub(in super::super) idle: Duration,
}

/// The open sessions. Cheap to clone.
#[derive(Clone)]
pub(super) struct Sessions {
    service: Arc<StreamableHttpService<Handler, LocalSessionManager>>,
    manager: Arc<LocalSessionManager>,
    bounds: Bounds,
    /// The calls of all of them.
    calls: Calls,
    shutdown: CancellationToken,
    used: Arc<Mutex<HashMap<Arc<str>, Use>>>,
    /// Held while one is begun, so that those who come at once are counted too.
    begins: Arc<AsyncMutex<()>>,
}

/// What is known of a session's use.
#[derive(Clone, Default)]
struct Use {
    /// Told of every message, to put off the idle time-out.
    active: Arc<Notify>,
    /// Counts what its client is being told: the answers of POSTs, and the streams that it keeps open.
    answers: Calls,
    gone: CancellationToken,
}

impl Sessions {
    pub(super) fn new(
        server: &Server,
        calls: &Calls,
        bounds: Bounds,
        config: StreamableHttpServerConfig,
        shutdown: &CancellationToken,
    ) -> Self {
        let ended = CancellationToken::new();
        tokio::spawn(end(shutdown.clone(), calls.clone(), ended.clone()));
        let config = config
            .with_legacy_session_mode(true)
            .with_cancellation_token(ended);
        let (server, running) = (server.clone(), calls.clone());
        let handler = move || Ok(server.handler(running.clone()));
        let mut manager = LocalSessionManager::default();
        // It would end those in which a call takes longer, and those whose client only listens.
        let mut session = SessionConfig::default();
        session.keep_alive = None;
        manager.session_config = session;
        let manager = Arc::new(manager);
        let service = StreamableHttpService::new(handler, Arc::clone(&manager), config);
        Self {
            service: Arc::new(service),
            manager,
            bounds,
            calls: calls.clone(),
            shutdown: shutdown.clone(),
            used: Arc::default(),
            begins: Arc::default(),
        }
    }

    pub(super) async fn handle(&self, body: &[u8], request: Request) -> Response {
        if let Some(id) = named(request.headers()) {
            return self.go_on(&id, request).await;
        }
        if greeting(body).is_none() {
            return self.service.handle(request).await.map(Body::new);
        }
        let _begins = self.begins.lock().await;
        if self.manager.sessions.read().await.len() >= self.bounds.sessions {
            return reply::full(self.bounds.sessions);
        }
        let response = self.service.handle(request).await.map(Body::new);
        if let Some(id) = named(response.headers()) {
            self.begun(id);
        }
        response
    }

    /// A request in a session, which may have ended.
    async fn go_on(&self, id: &str, request: Request) -> Response {
        let used = self.used().get(id).cloned().unwrap_or_default();
        used.active.notify_one();
        let method = request.method().clone();
        // rmcp ends a session without writing what it was about to answer, and a call is done before its answer was
        // written: a POST counts as a call until its answer was taken. A GET's stream never ends.
        let answering = (method == Method::POST).then(|| self.calls.hold());
        let listening = used.answers.hold();
        let mut response = self.service.handle(request).await;
        if method == Method::DELETE && response.status().is_success() {
            used.gone.cancel();
            // Nothing is left to be done, as 202 would say; a client takes that for a failure.
            *response.status_mut() = StatusCode::NO_CONTENT;
        }
        response.map(|body| Body::new(Answer::new(Body::new(body), (answering, listening))))
    }

    /// Ends a session that has begun once it is idle.
    fn begun(&self, id: Arc<str>) {
        let used = Use::default();
        self.used().insert(Arc::clone(&id), used.clone());
        let sessions = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = idle(sessions.bounds.idle, &used.active, &used.answers) => {
                    tracing::debug!("an idle session was closed");
                    if let Err(error) = sessions.manager.close_session(&id).await {
                        tracing::debug!(%error, "an idle session could not be closed");
                    }
                }
                () = used.gone.cancelled() => {}
                () = sessions.shutdown.cancelled() => {}
            }
            sessions.used().remove(&id);
        });
    }

    fn used(&self) -> MutexGuard<'_, HashMap<Arc<str>, Use>> {
        // The map is whole between any two of its operations, whoever panicked.
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn has_session(headers: &HeaderMap) -> bool {
    headers.contains_key(SESSION)
}

fn named(headers: &HeaderMap) -> Option<Arc<str>> {
    Some(headers.get(SESSION)?.to_str().unwrap_or_default().into())
}

/// Ends the sessions once no call runs after the signal and no answer is to be taken; a server that drains too long ends
/// anyway.
async fn end(shutdown: CancellationToken, calls: Calls, ended: CancellationToken) {
    shutdown.cancelled().await;
    calls.idle().await;
    ended.cancel();
}
