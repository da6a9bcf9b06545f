//! Requests that are noted instead of sent, so that what a Rust function would send can be shown.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::Notify;

use super::{Upstream, UpstreamError};
use crate::pipeline::request::Request;

/// What would have been sent so far.
#[derive(Debug, Default)]
pub(crate) struct Rehearsal {
    noted: Mutex<Vec<Request>>,
    wake: Notify,
    /// Whether the function ends by itself, and not because it would fail.
    ended: AtomicBool,
}

impl Rehearsal {
    fn note(&self, request: &Request) {
        // Whole between any two of its uses, whoever panicked.
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.push(request.clone());
        self.wake.notify_one();
    }

    /// Waits until something was noted.
    pub(crate) async fn noted(&self) {
        self.wake.notified().await;
    }

    /// Says that what remains is done elsewhere than at the provider.
    fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    /// Whether what remained was to be done elsewhere.
    pub(crate) fn ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// What was noted, in its order.
    pub(crate) fn take(&self) -> Vec<Request> {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *noted)
    }
}

impl Upstream {
    /// From now on nothing is sent.
    pub(crate) fn rehearse(&self) -> &Rehearsal {
        self.rehearsal.get_or_init(Rehearsal::default)
    }

    /// Whether nothing is sent from now on; whoever asks does nothing more.
    pub(crate) fn ends_rehearsal(&self) -> bool {
        let rehearsal = self.rehearsal.get();
        rehearsal.inspect(|rehearsal| rehearsal.end()).is_some()
    }

    /// Notes a request where nothing is to be sent.
    ///
    /// # Errors
    /// [`UpstreamError::Rehearsed`], when it was noted.
    pub(super) fn rehearsed(&self, request: &Request) -> Result<(), UpstreamError> {
        match self.rehearsal.get() {
            None => Ok(()),
            Some(rehearsal) => {
                rehearsal.note(request);
                Err(UpstreamError::Rehearsed)
            }
        }
    }
}
