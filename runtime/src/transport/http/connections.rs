//! The connections of a listener: accepted until the server has ended, and closed once nothing is answered on them.
//!
//! `axum::serve` would do but for three things: it waits for ever for a request of which only a part came, at the end
//! it waits for such a request as for one that is answered, and it answers no probe any more.

use std::{convert::Infallible, io, pin::pin, time::Duration};

use axum::Router;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::Answer;

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

    /// Accepts connections for as long as it is polled.
    pub(super) async fn accept(&self, listener: &TcpListener, app: &Router) -> Infallible {
        loop {
            let connection = self.serve(next(listener).await, app.clone());
            let close = self.close.clone();
            self.open.spawn(async move {
                tokio::select! {
                    () = connection => {}
                    () = close.cancelled() => {}
                }
            });
        }
    }

    /// How many requests are being answered.
    pub(super) fn answers(&self) -> usize {
        self.answers.len()
    }

    /// Waits until none is open, after the signal.
    pub(super) async fn closed(&self) {
        self.open.close();
        self.open.wait().await;
    }

    fn serve(&self, stream: TcpStream, app: Router) -> impl Future<Output = ()> + use<> {
        let (here, everywhere) = (closed(), self.answers.clone());
        let (counted, app) = (here.clone(), TowerToHyperService::new(app));
        let service = service_fn(move |request: Request<Incoming>| {
            let running = (counted.token(), everywhere.token());
            let response = app.call(request);
            async move { Ok::<_, Infallible>(response.await?.map(|body| Answer::new(body, running))) }
        });
        let ending = self.ending.clone();
        // Such as that of a probe, which gets one answer.
        let is_late = ending.is_cancelled();
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.receive)
            .keep_alive(!is_late)
            .serve_connection(TokioIo::new(stream), service);
        async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = &mut connection => ended,
                () = ending.cancelled() => {
                    if !is_late {
                        connection.as_mut().graceful_shutdown();
                    }
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

/// The next connection, with `TCP_NODELAY`: without it, Nagle's algorithm and delayed acknowledgements add 40 ms to a
/// call.
async fn next(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "could not set TCP_NODELAY");
                }
                return stream;
            }
            // Who was about to connect went away.
            Err(error) if is_of_client(&error) => {}
            // Most likely there are too many open files, until some connection closes.
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted; trying again in a second");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pitfall_6_connections_are_not_delayed() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (_client, stream) = tokio::join!(TcpStream::connect(address), next(&listener));
        assert!(stream.nodelay().unwrap());
    }
}
