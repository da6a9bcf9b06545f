//! The connections of a listener: accepted until the server ends, and closed once nothing is answered on them.
//!
//! `axum::serve` would do but for two things: it waits for ever for a request of which only a part came, and at
//! the end it waits for such a request as for one that is answered.

use std::{
    convert::Infallible,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    serve::Listener,
};
use hyper::{
    Request,
    body::{Body as HttpBody, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::net::TcpStream;
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// How long a connection may take to carry away its last answer, and a request to arrive of which a part was there
/// at the signal to end.
pub(super) const LINGER: Duration = Duration::from_secs(1);

/// Who is connected. Dropping it closes every connection.
pub(super) struct Connections {
    open: TaskTracker,
    /// What is answered on any of them.
    answers: TaskTracker,
    close: CancellationToken,
    receive: Duration,
    ending: CancellationToken,
}

impl Connections {
    /// Requests may take `receive` to arrive; at the signal `ending` connections close when they have answered.
    pub(super) fn new(receive: Duration, ending: CancellationToken) -> Self {
        Self {
            open: TaskTracker::new(),
            answers: closed(),
            close: CancellationToken::new(),
            receive,
            ending,
        }
    }

    /// Accepts connections until the signal.
    pub(super) async fn accept(&self, mut listener: impl Listener<Io = TcpStream>, app: &Router) {
        loop {
            let stream = tokio::select! {
                (stream, _) = listener.accept() => stream,
                () = self.ending.cancelled() => break,
            };
            let connection = self.serve(stream, app.clone());
            let close = self.close.clone();
            self.open.spawn(async move {
                tokio::select! {
                    () = connection => {}
                    () = close.cancelled() => {}
                }
            });
        }
        self.open.close();
    }

    /// How many requests are being answered.
    pub(super) fn answers(&self) -> usize {
        self.answers.len()
    }

    /// Waits until all are closed, after the signal.
    pub(super) async fn closed(&self) {
        self.open.wait().await;
    }

    fn serve(&self, stream: TcpStream, app: Router) -> impl Future<Output = ()> + use<> {
        let (here, everywhere) = (closed(), self.answers.clone());
        let (counted, app) = (here.clone(), TowerToHyperService::new(app));
        let service = service_fn(move |request: Request<Incoming>| {
            let running = (counted.token(), everywhere.token());
            let response = app.call(request);
            async move { Ok::<_, Infallible>(response.await?.map(|body| Answer { body, running })) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.receive)
            .serve_connection(TokioIo::new(stream), service);
        let ending = self.ending.clone();
        async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = &mut connection => ended,
                () = ending.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    tokio::select! {
                        ended = &mut connection => ended,
                        () = unanswering(&here) => Ok(()),
                    }
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke off");
            }
        }
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        self.close.cancel();
    }
}

/// A tracker that can be waited for at any time; it still counts what comes.
fn closed() -> TaskTracker {
    let tracker = TaskTracker::new();
    tracker.close();
    tracker
}

/// Waits until a connection has answered nothing for as long as it may linger.
async fn unanswering(answers: &TaskTracker) {
    loop {
        answers.wait().await;
        tokio::time::sleep(LINGER).await;
        if answers.is_empty() {
            return;
        }
    }
}

/// A body whose request is being answered until the last of it was taken.
struct Answer {
    body: Body,
    #[expect(dead_code, reason = "is counted until it is dropped")]
    running: (TaskTrackerToken, TaskTrackerToken),
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
