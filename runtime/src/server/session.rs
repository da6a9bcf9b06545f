//! What is kept of a client while its connection or session lasts.
#![expect(
    deprecated,
    reason = "logging is deprecated, and there are clients with it"
)]

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rmcp::{
    RoleServer,
    model::{LoggingLevel, ResourceUpdatedNotificationParam},
    service::{Peer, SubscriptionContext},
};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_util::task::AbortOnDropHandle;

use crate::{client::Change, tool::List};

/// A session of a client before 2026-07-28.
#[derive(Debug)]
pub(super) struct Session {
    level: Mutex<LoggingLevel>,
    subscribed: Arc<Mutex<HashSet<String>>>,
    /// Tells the client of changes until the session ends.
    telling: Mutex<Option<AbortOnDropHandle<()>>>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            level: Mutex::new(LoggingLevel::Info),
            subscribed: Arc::default(),
            telling: Mutex::default(),
        }
    }
}

impl Session {
    pub(super) fn level(&self) -> LoggingLevel {
        *lock(&self.level)
    }

    pub(super) fn set_level(&self, level: LoggingLevel) {
        *lock(&self.level) = level;
    }

    pub(super) fn subscribe(&self, uri: String) {
        lock(&self.subscribed).insert(uri);
    }

    pub(super) fn unsubscribe(&self, uri: &str) {
        lock(&self.subscribed).remove(uri);
    }

    /// Tells the client of changes from now on.
    pub(super) fn tell(&self, changes: Receiver<Change>, peer: Peer<RoleServer>) {
        let telling = tokio::spawn(tell(changes, peer, Arc::clone(&self.subscribed)));
        *lock(&self.telling) = Some(AbortOnDropHandle::new(telling));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn tell(
    mut changes: Receiver<Change>,
    peer: Peer<RoleServer>,
    subscribed: Arc<Mutex<HashSet<String>>>,
) {
    while let Some(change) = next(&mut changes).await {
        let told = match change {
            Change::List(List::Tools) => peer.notify_tool_list_changed().await,
            Change::List(List::Prompts) => peer.notify_prompt_list_changed().await,
            Change::List(List::Resources) => peer.notify_resource_list_changed().await,
            Change::Resource(uri) if lock(&subscribed).contains(&uri) => {
                let updated = ResourceUpdatedNotificationParam::new(uri);
                peer.notify_resource_updated(updated).await
            }
            Change::Resource(_) => Ok(()),
        };
        if let Err(error) = told {
            tracing::debug!(%error, "a client is told no more changes");
            return;
        }
    }
}

/// Tells a client since 2026-07-28 of the changes that it listens for, until it hangs up.
pub(super) async fn listen(mut changes: Receiver<Change>, context: &SubscriptionContext) {
    let (accepted, sink) = (context.accepted(), context.sink());
    while let Some(change) = next(&mut changes).await {
        let told = match change {
            Change::List(List::Tools) if accepted.tools_list_changed == Some(true) => {
                sink.notify_tool_list_changed().await
            }
            Change::List(List::Prompts) if accepted.prompts_list_changed == Some(true) => {
                sink.notify_prompt_list_changed().await
            }
            Change::List(List::Resources) if accepted.resources_list_changed == Some(true) => {
                sink.notify_resource_list_changed().await
            }
            Change::Resource(uri)
                if accepted
                    .resource_subscriptions
                    .as_ref()
                    .is_some_and(|uris| uris.contains(&uri)) =>
            {
                sink.notify_resource_updated(uri).await
            }
            _ => Ok(()),
        };
        if let Err(error) = told {
            tracing::debug!(%error, "a client is told no more changes");
            return;
        }
    }
}

/// The next change; a client that was too slow for some is told the newest.
async fn next(changes: &mut Receiver<Change>) -> Option<Change> {
    loop {
        match changes.recv().await {
            Ok(change) => return Some(change),
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "a client was not told of changes");
            }
            Err(RecvError::Closed) => return None,
        }
    }
}
