//! Requests that are noted instead of sent, so that what a Rust function would send can be shown.

use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::{Upstream, UpstreamError};
use crate::pipeline::request::Request;

/// What would have been sent so far.
#[derive(Debug, Default)]
pub(crate) struct Rehearsal {
    noted: Mutex<Vec<Request>>,
    wake: Notify,
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
