//! HTTP+SSE of revision 2024-11-05, which the protocol deprecated and some clients still need: the client holds
//! a stream open for what the server says, and posts what it says itself.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, StreamExt as _, stream};
use rmcp::{
    ErrorData, RoleServer,
    model::{ClientJsonRpcMessage, ServerJsonRpcMessage},
    service::{RunningService, serve_server_with_ct},
    transport::{Transport, common::server_side_http::session_id},
};
use serde::Deserialize;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio_util::{
    sync::{CancellationToken, DropGuard},
    task::TaskTracker,
};

use super::{Arrival, SseOptions, idle::idle, reply};
use crate::{
    server::{Calls, Handler, Server},
    transport::session::{Ending, Session},
};

/// Messages that wait in one direction of a session before the sender waits.
const QUEUE: usize = 64;

/// Requests of a session that run or whose answers its client has not read, before more are refused.
const OPEN: usize = 256;

/// The open sessions.
pub(super) struct Sessions {
    server: Server,
    options: SseOptions,
    arrival: Arrival,
    ending: Ending,
    slots: Arc<Semaphore>,
    open: Mutex<HashMap<Arc<str>, Inbox>>,
}

/// Where the messages of a session's client go.
#[derive(Clone)]
struct Inbox {
    messages: mpsc::Sender<ClientJsonRpcMessage>,
    /// Told of every message, to put off the idle time-out.
    active: Arc<Notify>,
    calls: Calls,
    /// What waits to be read by the client.
    unread: TaskTracker,
}

impl Inbox {
    /// Whether the client asks faster than it reads. Posting costs it nothing, and every answer is kept for it.
    fn is_full(&self) -> bool {
        self.calls.count() + self.unread.len() >= OPEN
    }
}

impl Sessions {
    pub(super) fn new(
        server: Server,
        options: SseOptions,
        arrival: Arrival,
        drain: Duration,
        shutdown: CancellationToken,
    ) -> Self {
        // The input ends when the client's stream does: nobody is left to read an answer.
        let ending = Ending {
            shutdown,
            drain,
            grace: Duration::ZERO,
        };
        let slots = Arc::new(Semaphore::new(options.sessions));
        Self {
            server,
            options,
            arrival,
            ending,
            slots,
            open: Mutex::default(),
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Arc<str>, Inbox>> {
        // The map is whole between any two of its operations, whoever panicked.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /sse`: opens a session; its first event says where the client posts.
pub(super) async fn open(State(sessions): State<Arc<Sessions>>) -> Response {
    let Ok(slot) = Arc::clone(&sessions.slots).try_acquire_owned() else {
        let limit = sessions.options.sessions;
        let message = format!(
            "{limit} sessions are open, which is the limit: close one, or use Streamable HTTP at /mcp\n"
        );
        return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
    };
    let id = session_id();
    let (messages, incoming) = mpsc::channel(QUEUE);
    let (replies, outgoing) = mpsc::channel(QUEUE);
    let inbox = Inbox {
        messages,
        active: Arc::new(Notify::new()),
        calls: Calls::until(sessions.ending.shutdown.clone()),
        unread: TaskTracker::new(),
    };
    sessions.open().insert(Arc::clone(&id), inbox.clone());

    let endpoint = Event::default()
        .event("endpoint")
        .data(format!("/messages?sessionId={id}"));
    let gone = CancellationToken::new();
    let events = events(endpoint, outgoing, gone.clone().drop_guard());
    let channel = Channel {
        incoming,
        replies,
        unread: inbox.unread,
    };
    let (active, calls) = (inbox.active, inbox.calls);
    tokio::spawn(async move {
        serve(&sessions, channel, &active, &calls, gone).await;
        sessions.open().remove(&id);
        drop(slot);
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// What the client reads. Dropping it, which the server does when the client is gone, ends the session.
fn events(
    endpoint: Event,
    outgoing: mpsc::Receiver<ServerJsonRpcMessage>,
    session: DropGuard,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let messages = stream::unfold((outgoing, session), async |(mut outgoing, session)| {
        let message = outgoing.recv().await?;
        let event = Event::default()
            .event("message")
            .json_data(message)
            .unwrap_or_else(|error| {
                tracing::error!(%error, "a message could not be written");
                Event::default().comment("a message could not be written")
            });
        Some((event, (outgoing, session)))
    });
    stream::once(async { endpoint }).chain(messages).map(Ok)
}

/// Serves one session until its client is gone, it idles or the server ends.
async fn serve(
    sessions: &Sessions,
    channel: Channel,
    active: &Notify,
    calls: &Calls,
    gone: CancellationToken,
) {
    let transport = Session::new(channel, calls.clone(), sessions.ending.clone());
    let handler = sessions.server.handler(calls.clone());
    let session = async {
        match serve_server_with_ct(handler, transport, gone.clone()).await {
            Ok(session) => wait(session).await,
            Err(error) => tracing::debug!(%error, "a session ended in its handshake"),
        }
    };
    tokio::select! {
        () = session => {}
        () = idle(sessions.options.idle, active, calls) => tracing::debug!("an idle session was closed"),
    }
    gone.cancel();
    calls.abort();
}

async fn wait(session: RunningService<RoleServer, Handler>) {
    if let Err(error) = session.waiting().await {
        tracing::error!(%error, "a session broke off");
    }
}

/// The query of `POST /messages`.
#[derive(Deserialize)]
pub(super) struct Recipient {
    #[serde(rename = "sessionId")]
    session_id: String,
}

/// `POST /messages?sessionId=…`: takes a message; the answer comes on the session's stream.
pub(super) async fn message(
    State(sessions): State<Arc<Sessions>>,
    recipient: Result<Query<Recipient>, QueryRejection>,
    body: Body,
) -> Response {
    let Ok(Query(Recipient { session_id })) = recipient else {
        let message = "say whom it is from: POST to the address that the first event of GET /sse has, with `sessionId`";
        let error = ErrorData::invalid_request(message, None);
        return reply::refused(StatusCode::BAD_REQUEST, error);
    };
    let body = match sessions.arrival.whole(body).await {
        Ok(body) => body,
        Err(refused) => return refused,
    };
    let inbox = sessions.open().get(session_id.as_str()).cloned();
    let Some(inbox) = inbox else {
        return no_session();
    };
    let Ok(message) = serde_json::from_slice(&body) else {
        return reply::unreadable(&body);
    };
    if let ClientJsonRpcMessage::Request(request) = &message
        && inbox.is_full()
    {
        let message = format!(
            "{OPEN} requests of this session are open: read their answers, on the stream of GET /sse, and send this \
             one again; nothing was done"
        );
        let error = ErrorData::invalid_request(message, None);
        let id = Some(request.id.clone());
        return reply::respond(StatusCode::TOO_MANY_REQUESTS, id, error);
    }
    inbox.active.notify_one();
    match inbox.messages.send(message).await {
        Ok(()) => StatusCode::ACCEPTED.into_response(),
        Err(_) => no_session(),
    }
}

fn no_session() -> Response {
    let message = "no open session has this `sessionId`: open one with GET /sse";
    reply::refused(
        StatusCode::NOT_FOUND,
        ErrorData::invalid_request(message, None),
    )
}

/// A session's messages as an rmcp transport.
struct Channel {
    incoming: mpsc::Receiver<ClientJsonRpcMessage>,
    replies: mpsc::Sender<ServerJsonRpcMessage>,
    unread: TaskTracker,
}

impl Transport<RoleServer> for Channel {
    type Error = mpsc::error::SendError<ServerJsonRpcMessage>;

    fn send(
        &mut self,
        item: ServerJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        let (replies, unread) = (self.replies.clone(), self.unread.token());
        async move {
            let sent = replies.send(item).await;
            drop(unread);
            sent
        }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        self.incoming.recv().await
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.incoming.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        engine::{Engine, Settings},
        tool::{ClientUse, Limits, ProviderSpec, ServerSpec, Table},
        upstream::Provider,
    };

    static TABLE: Table = Table {
        server: ServerSpec {
            name: "empty",
            title: "Empty",
            instructions: "",
            sets: &[],
            client: ClientUse {
                asks: &[],
                logs: false,
                announces: &[],
            },
            limits: Limits {
                connect_seconds: 1,
                request_seconds: 1,
                response_bytes: 1,
                result_bytes: 1,
            },
            spending: &[],
        },
        providers: &[ProviderSpec {
            name: "here",
            title: "Here",
            notice: "",
            base_url: None,
            auth: &[],
            headers: &[],
            values: &[],
            lacks: &[],
            keys: &[],
            query: &[],
        }],
        tools: &[],
        prompts: &[],
        resources: &[],
    };

    fn sessions() -> Arc<Sessions> {
        let provider =
            Provider::resolve(&TABLE.providers[0], Some("http://127.0.0.1:1"), &|_| None).unwrap();
        let engine = Engine::new(&TABLE, provider, &Settings::default()).unwrap();
        Arc::new(Sessions::new(
            Server::new(engine, "1"),
            SseOptions::default(),
            Arrival::new(1 << 10, Duration::ZERO, CancellationToken::new()),
            Duration::ZERO,
            CancellationToken::new(),
        ))
    }

    /// A client could not tell: the entry's receiver is gone, so messages to it are refused all the same.
    #[tokio::test(start_paused = true)]
    async fn nothing_is_kept_of_a_session_that_ended() {
        let sessions = sessions();
        let hung_up = open(State(Arc::clone(&sessions))).await;
        let idle = open(State(Arc::clone(&sessions))).await;
        assert_eq!(sessions.open().len(), 2);
        drop(hung_up);
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(sessions.open().len(), 1);
        tokio::time::sleep(SseOptions::default().idle).await;
        assert_eq!(sessions.open().len(), 0);
        drop(idle);
    }
}
