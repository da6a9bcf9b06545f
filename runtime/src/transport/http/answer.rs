//! The body of an answer, which something outlives until the client has taken it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// A body and what is dropped with it, such as what counts it: when the last of it was taken, or nobody takes it.
pub(super) struct Answer<T> {
    body: Body,
    #[expect(dead_code, reason = "is held until it is dropped")]
    held: T,
}

impl<T> Answer<T> {
    pub(super) fn new(body: Body, held: T) -> Self {
        Self { body, held }
    }
}

impl<T: Unpin> HttpBody for Answer<T> {
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
