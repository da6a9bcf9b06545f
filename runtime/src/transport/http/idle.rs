//! When a session has been idle for too long.

use std::time::Duration;

use tokio::sync::Notify;

use crate::server::Calls;

/// Waits until there was no message for `limit` and nothing runs.
pub(super) async fn idle(limit: Duration, active: &Notify, running: &Calls) {
    loop {
        tokio::select! {
            () = active.notified() => continue,
            () = tokio::time::sleep(limit) => {}
        }
        if running.is_idle() {
            return;
        }
        running.idle().await;
    }
}
