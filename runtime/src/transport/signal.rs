//! The process's signal to end.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Signals so soon after the first are the same wish: a terminal sends Ctrl-C to a whole group of processes, and those that
/// started this one pass it on.
const ONCE: Duration = Duration::from_millis(500);

/// Cancelled when the process is asked to end, by SIGTERM or Ctrl-C. Asked again, for those who will not wait until calls
/// have finished, the process ends there and then, with 128 and the signal's number.
#[must_use]
pub fn on_signal() -> CancellationToken {
    let token = CancellationToken::new();
    let cancelled = token.clone();
    tokio::spawn(async move {
        let Some(mut signals) = Signals::new() else {
            return;
        };
        signals.next().await;
        cancelled.cancel();
        let asked = tokio::time::Instant::now();
        let signal = loop {
            let signal = signals.next().await;
            if asked.elapsed() >= ONCE {
                break signal;
            }
        };
        tracing::warn!("asked to end again: running calls are dropped");
        // For a log that is written by a thread of its own.
        tokio::time::sleep(Duration::from_millis(20)).await;
        std::process::exit(128 + signal);
    });
    token
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// None where the process can not listen to them, and its end is left to the system.
    fn new() -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Some(Self {
            terminate: signal(SignalKind::terminate()).ok()?,
            interrupt: signal(SignalKind::interrupt()).ok()?,
        })
    }

    /// The number of the next one.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.terminate.recv() => 15,
            _ = self.interrupt.recv() => 2,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Option<Self> {
        Some(Self)
    }

    async fn next(&mut self) -> i32 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        2
    }
}
