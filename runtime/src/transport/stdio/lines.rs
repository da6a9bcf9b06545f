//! Messages as lines of JSON. rmcp's own transport for them says nothing to a line that is not JSON, and a client
//! that waits for an answer to it would wait for ever.

use std::{borrow::Cow, io};

use bytes::{Buf as _, BytesMut};
use futures::{StreamExt as _, future::BoxFuture};
use rmcp::{
    ErrorData, RoleServer,
    model::{ClientJsonRpcMessage, RequestId, ServerJsonRpcMessage},
    transport::{Transport, async_rw::AsyncRwTransport},
};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite, Empty};
use tokio_util::codec::{Decoder, FramedRead};

use crate::transport::unreadable;

/// The most bytes of a line, as many as rmcp takes.
const LINE_BYTES: usize = 16 << 20;

/// An rmcp transport over byte streams that answers every line which is no message.
pub(super) struct Lines<R, W: AsyncWrite> {
    read: FramedRead<R, Splitter>,
    write: AsyncRwTransport<RoleServer, Empty, W>,
    /// An answer that is not written yet. A field, because rmcp drops and polls again the future of `receive`
    /// whenever it has something to send.
    answer: Option<BoxFuture<'static, io::Result<()>>>,
}

impl<R, W> Lines<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    pub(super) fn new(reader: R, writer: W) -> Self {
        let splitter = Splitter {
            limit: LINE_BYTES,
            seen: 0,
            skips: false,
        };
        Self {
            read: FramedRead::new(reader, splitter),
            write: AsyncRwTransport::new_server(tokio::io::empty(), writer),
            answer: None,
        }
    }
}

impl<R, W> Transport<RoleServer> for Lines<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn name() -> Cow<'static, str> {
        "stdio".into()
    }

    fn send(
        &mut self,
        item: ServerJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.write.send(item)
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            if let Some(answer) = &mut self.answer {
                let written = answer.await;
                self.answer = None;
                written.ok()?;
            }
            let line = self.read.next().await?;
            let line = line
                .inspect_err(|error| tracing::error!(%error, "the input could not be read"))
                .ok()?;
            match read(&line) {
                Read::Message(message) => return Some(*message),
                Read::Nothing => {}
                Read::Mistake(id, error) => {
                    let answer = ServerJsonRpcMessage::error(error, id);
                    self.answer = Some(Box::pin(self.write.send(answer)));
                }
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.write.close().await
    }
}

/// What a line says.
enum Read {
    Message(Box<ClientJsonRpcMessage>),
    /// Nothing to answer to.
    Nothing,
    Mistake(Option<RequestId>, ErrorData),
}

fn read(line: &Line) -> Read {
    let bytes = match line {
        Line::Whole(bytes) => bytes.as_ref(),
        Line::TooLong => {
            let message = format!("the line is longer than {LINE_BYTES} bytes");
            return Read::Mistake(None, ErrorData::invalid_request(message, None));
        }
    };
    // RFC 8259 lets a reader ignore a byte order mark, which some shells write.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Read::Nothing;
    }
    if let Ok(message) = serde_json::from_slice(bytes) {
        return Read::Message(Box::new(message));
    }
    if is_notification(bytes) {
        tracing::debug!("ignored a notification of another protocol");
        return Read::Nothing;
    }
    let (id, error) = unreadable::explain("line", bytes);
    Read::Mistake(id, error)
}

/// Whether the message is one that must never be answered, whatever is wrong with it.
fn is_notification(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok_and(|value| {
        value.get("method").is_some_and(Value::is_string) && value.get("id").is_none()
    })
}

/// Cuts bytes into lines and never holds more than one and what was read with it.
struct Splitter {
    limit: usize,
    /// Bytes at the start of the buffer that have no end of line in them.
    seen: usize,
    /// Whether the line at hand was told as too long and the rest of it is left out.
    skips: bool,
}

enum Line {
    Whole(BytesMut),
    TooLong,
}

impl Decoder for Splitter {
    type Item = Line;
    type Error = io::Error;

    fn decode(&mut self, buffer: &mut BytesMut) -> io::Result<Option<Line>> {
        loop {
            let fresh = buffer.get(self.seen..).unwrap_or_default();
            let end = fresh.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(buffer.len(), |end| self.seen + end);
            self.seen = 0;
            match end {
                // The rest of what was too long is done.
                Some(_) if self.skips => {
                    buffer.advance(length + 1);
                    self.skips = false;
                }
                Some(_) => {
                    let line = buffer.split_to(length);
                    buffer.advance(1);
                    let fits = length <= self.limit;
                    return Ok(Some(if fits {
                        Line::Whole(line)
                    } else {
                        Line::TooLong
                    }));
                }
                None if self.skips => {
                    buffer.clear();
                    return Ok(None);
                }
                None if length > self.limit => {
                    buffer.clear();
                    self.skips = true;
                    return Ok(Some(Line::TooLong));
                }
                None => {
                    self.seen = length;
                    return Ok(None);
                }
            }
        }
    }

    /// The last line may lack its end.
    fn decode_eof(&mut self, buffer: &mut BytesMut) -> io::Result<Option<Line>> {
        if let Some(line) = self.decode(buffer)? {
            return Ok(Some(line));
        }
        self.seen = 0;
        Ok((!buffer.is_empty()).then(|| Line::Whole(buffer.split())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is cut from bytes that come in pieces of `size`: each line, or `None` for one that is too long.
    fn cut(text: &str, limit: usize, size: usize) -> Vec<Option<String>> {
        let mut splitter = Splitter {
            limit,
            seen: 0,
            skips: false,
        };
        let mut buffer = BytesMut::new();
        let mut lines = Vec::new();
        let mut keep = |line| match line {
            Line::Whole(line) => lines.push(Some(String::from_utf8(line.to_vec()).unwrap())),
            Line::TooLong => lines.push(None),
        };
        for piece in text.as_bytes().chunks(size) {
            buffer.extend_from_slice(piece);
            while let Some(line) = splitter.decode(&mut buffer).unwrap() {
                keep(line);
            }
            assert!(buffer.len() <= limit + size, "more is held than needed");
        }
        while let Some(line) = splitter.decode_eof(&mut buffer).unwrap() {
            keep(line);
        }
        lines
    }

    #[test]
    fn lines_are_the_same_however_their_bytes_come() {
        let text = "one\n\nfour and more\ntwo\n12345678\nlast";
        let lines = ["one", "", "?", "two", "12345678", "last"]
            .map(|line| (line != "?").then(|| line.to_owned()));
        for size in 1..text.len() {
            assert_eq!(cut(text, 8, size), lines, "in pieces of {size}");
        }
    }
}
