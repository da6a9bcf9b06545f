//! What a native tool may ask of the provider. It goes through the same client as every other call: keys, retries,
//! redirects and caps are the same.

use std::{path::Path, time::SystemTime};

use serde_json::Value;
use tokio::io::AsyncReadExt as _;

use super::{Context, Engine, Shown, Unlisted};
use crate::{
    audit::Record,
    client::Client,
    files::FileError,
    pipeline::{
        once,
        request::{Request, target},
    },
    tool::{Bounds, Effect, FunctionError, Method, ProviderSpec},
    upstream::{File, Reply, Terms, Upload, UpstreamError},
};

/// Bytes of a local file that are held at once.
const CHUNK: usize = 1 << 18;

impl Context {
    /// A context for use outside of a call, such as on a command line.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            client: Client::default(),
            shown: Shown::default(),
            record: Record::default(),
        }
    }

    /// Whether the call is run for the requests that it would send, and for nothing else: a function asks before it does
    /// something that is no request, and fails then, with whatever it likes.
    #[must_use]
    pub fn is_rehearsed(&self) -> bool {
        self.engine.upstream().ends_rehearsal()
    }

    /// Reads something: `["jobs", id, "events"]` with `[("limit", "5")]`. Every step is encoded, and the provider's
    /// JSON comes as it is.
    ///
    /// # Errors
    /// When a step leads elsewhere, or there is no reply that can be used.
    pub async fn read(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Value, UpstreamError> {
        let request = get(path, query)?;
        let upstream = self.engine.upstream();
        Ok(upstream.send(&request, Effect::Read).await?.body)
    }

    /// Posts something, or nothing at all with `None`. It is sent again as safely as `effect` asks for.
    ///
    /// # Errors
    /// As [`Context::read`].
    pub async fn post(
        &self,
        path: &[&str],
        body: impl Into<Option<Value>> + Send,
        effect: Effect,
    ) -> Result<Value, UpstreamError> {
        let request = Request {
            body: body.into(),
            ..Request::plain(Method::Post, target(path, &[])?)
        };
        let sent = self.engine.upstream().send(&request, effect).await;
        Ok(self.noted(sent)?.body)
    }

    /// Posts a file as a form. Sending it again must do no harm: `bounds` say how often, also when it is not known
    /// whether it arrived.
    ///
    /// # Errors
    /// As [`Context::read`], and when a local file can not be read.
    pub async fn post_file(
        &self,
        path: &[&str],
        file: File,
        bounds: Bounds,
    ) -> Result<Value, UpstreamError> {
        let request = Request {
            upload: Some(Upload {
                fields: Vec::new(),
                files: vec![file],
                raw: false,
            }),
            ..Request::plain(Method::Post, target(path, &[])?)
        };
        let terms = Terms {
            effect: Effect::Write,
            bounds,
            is_list: false,
        };
        let sent = self.engine.upstream().send(&request, terms).await;
        Ok(self.noted(sent)?.body)
    }

    /// The size of a local file in bytes, and when it was last changed.
    ///
    /// # Errors
    /// When it is no plain file under the files roots.
    pub async fn stat(&self, path: &str) -> Result<(u64, Option<SystemTime>), UpstreamError> {
        let (roots, path) = (self.engine.upstream().roots().clone(), path.to_owned());
        let read = tokio::task::spawn_blocking(move || {
            let (file, length) = roots.read(&path)?;
            let changed = file.metadata().and_then(|data| data.modified());
            Ok::<_, FileError>((length, changed.ok()))
        });
        Ok(read.await.map_err(|_| FileError::NoRoots)??)
    }

    /// Reads bytes, however many, and hands them on as they come. Nothing is kept.
    ///
    /// # Errors
    /// As [`Context::read`]; also when the body breaks off, and then some of it was handed on.
    pub async fn stream(
        &self,
        path: &[&str],
        take: impl FnMut(&[u8]) + Send,
    ) -> Result<(), UpstreamError> {
        self.engine.upstream().stream(&get(path, &[])?, take).await
    }

    /// Reads a local file under the files roots, however large, and hands its bytes on as they come. Nothing is kept.
    ///
    /// # Errors
    /// When it is no plain file there that can be read; then some of it may have been handed on.
    pub async fn file(
        &self,
        path: &str,
        mut take: impl FnMut(&[u8]) + Send,
    ) -> Result<(), UpstreamError> {
        let failed = |error: &dyn std::fmt::Display| {
            UpstreamError::Local(FileError::Io {
                path: path.to_owned(),
                reason: error.to_string(),
            })
        };
        let (roots, at) = (self.engine.upstream().roots().clone(), path.to_owned());
        let open = tokio::task::spawn_blocking(move || roots.read(&at));
        let (file, _) = open.await.map_err(|error| failed(&error))??;
        let mut file = tokio::fs::File::from_std(file);
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = file
                .read(&mut chunk)
                .await
                .map_err(|error| failed(&error))?;
            match chunk.get(..read) {
                Some([]) | None => return Ok(()),
                Some(bytes) => take(bytes),
            }
        }
    }

    /// What a tool that starts something once started with this token, the oldest of several; `None` when the
    /// provider's list has none. Nothing is sent but what that takes.
    ///
    /// # Errors
    /// When the list can not be read whole, or no such tool is there.
    pub async fn started(&self, tool: &str, token: &str) -> Result<Option<Value>, Unlisted> {
        let mut tools = self.engine.table().tools.iter();
        match tools.find(|spec| spec.name == tool) {
            Some(spec) => once::started(&self.engine, spec, token).await,
            None => Err(Unlisted::Broken(format!("there is no tool `{tool}`"))),
        }
    }

    /// What became of a request that may change something, for the audit log.
    pub(crate) fn noted(&self, sent: Result<Reply, UpstreamError>) -> Result<Reply, UpstreamError> {
        match &sent {
            Ok(reply) => self.record.accepted(reply.request_id.as_deref()),
            Err(error) => self.record.failed(error.request_id(), error.is_ambiguous()),
        }
        sent
    }

    /// Where a function may keep what outlives the process; it may not be there yet.
    #[must_use]
    pub fn data_dir(&self) -> Option<&Path> {
        self.engine.inner.data_dir.as_deref()
    }

    /// Whether a limit on what calls use up holds, such as one that is costly to find out about.
    #[must_use]
    pub fn is_limited(&self, limit: &str) -> bool {
        self.engine.spending().most(limit).is_some()
    }

    /// What `providers.yaml` says of the provider under this name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.engine.upstream().provider().values().get(name)
    }

    /// The provider, as the manifest has it.
    #[must_use]
    pub fn provider(&self) -> &'static ProviderSpec {
        self.engine.upstream().provider().spec
    }
}

fn get(path: &[&str], query: &[(&str, &str)]) -> Result<Request, UpstreamError> {
    Ok(Request::plain(Method::Get, target(path, query)?))
}

/// In the words for a call that changes nothing.
impl From<UpstreamError> for FunctionError {
    fn from(error: UpstreamError) -> Self {
        Self(error.advise(Effect::Read))
    }
}
