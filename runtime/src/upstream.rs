//! The client that talks to a provider; nothing else does.

pub(crate) mod download;
mod environment;
mod error;
mod provider;
mod rehearsal;
mod retry;
mod salvage;
mod secrets;
pub(crate) mod upload;

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use reqwest::{
    Client, Response, Url,
    header::{
        ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, LOCATION,
        USER_AGENT,
    },
    redirect,
};
use serde_json::{Map, Value};

pub(crate) use self::error::excerpt;
pub(crate) use self::rehearsal::Rehearsal;
pub use self::{
    download::Download,
    error::{StatusError, UpstreamError},
    provider::{Provider, ProviderError},
    upload::{Content, File, Upload},
};
use self::{
    error::request_id,
    retry::{Failure, Policy},
};
use crate::{
    files::Roots,
    pipeline::request::Request,
    tool::{Bounds, Effect, Limits, Method},
};

/// Redirects that are followed within a host.
const MAX_REDIRECTS: usize = 5;
/// With this header a simulator says what it is.
const SIMULATED: &str = "x-simulated";
/// The most of an error's body that is read.
const ERROR_BYTES: usize = 64 * 1024;

/// A client of one provider. Connections are kept and used again.
#[derive(Debug)]
pub struct Upstream {
    provider: Provider,
    limits: Limits,
    user_agent: String,
    roots: Roots,
    /// Built by the first request: TLS takes longer to set up than all the rest of a start.
    client: OnceLock<Client>,
    /// Whether a reply said that it is simulated.
    is_simulated: AtomicBool,
    /// Where it only notes what it would send.
    rehearsal: OnceLock<Rehearsal>,
}

/// A reply that can be used.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The provider's id of the request.
    pub request_id: Option<String>,
    /// The body; `null` when there is none.
    pub body: Value,
    /// The headers that the request keeps, as an object.
    pub headers: Value,
    /// The size of the body as it came, in bytes.
    pub bytes: usize,
    /// Whether the body went on, and the list in it with it.
    pub is_cut: bool,
}

/// What the call allows that a request is sent for.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// What the call changes.
    pub effect: Effect,
    /// Where the tool's limits are its own.
    pub bounds: Bounds,
    /// Whether the reply is a list, of which the beginning is better than nothing when it is too large.
    pub is_list: bool,
}

impl From<Effect> for Terms {
    fn from(effect: Effect) -> Self {
        Self {
            effect,
            bounds: Bounds::NONE,
            is_list: false,
        }
    }
}

impl Upstream {
    /// A client of this provider. `user_agent` is what it calls itself; `roots` hold the local files that requests
    /// may name.
    #[must_use]
    pub fn new(provider: Provider, limits: Limits, user_agent: String, roots: Roots) -> Self {
        if provider.is_exposed() {
            tracing::warn!("keys for {provider} travel unencrypted: use https");
        }
        Self {
            provider,
            limits,
            user_agent,
            roots,
            client: OnceLock::new(),
            is_simulated: AtomicBool::new(false),
            rehearsal: OnceLock::new(),
        }
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    /// The directories that local files may be in.
    pub(crate) fn roots(&self) -> &Roots {
        &self.roots
    }

    /// The limits in use.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether who answers is a simulator, whatever the provider is called: it said so with `x-simulated: true`.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.is_simulated.load(Ordering::Relaxed)
    }

    /// Sends a request, again where that is safe for a call of this effect.
    ///
    /// # Errors
    /// When there is no reply that can be used.
    pub async fn send(
        &self,
        request: &Request,
        terms: impl Into<Terms>,
    ) -> Result<Reply, UpstreamError> {
        self.rehearsed(request)?;
        let terms = terms.into();
        let mut attempt = 0;
        loop {
            match self.attempt(request, &terms).await {
                Ok(reply) => return Ok(reply),
                Err(failed) => self.pause(&terms, attempt, failed).await?,
            }
            attempt += 1;
        }
    }

    /// Sends a read and hands its body on as it comes, of any length and any kind.
    ///
    /// # Errors
    /// When there is no body, or it breaks off: what was handed on can not be taken back, so it is not read again.
    pub async fn stream(
        &self,
        request: &Request,
        mut take: impl FnMut(&[u8]) + Send,
    ) -> Result<(), UpstreamError> {
        self.rehearsed(request)?;
        let terms = Effect::Read.into();
        let mut attempt = 0;
        let mut response = loop {
            match self.open(request, &terms).await {
                Ok(response) => break response,
                Err(failed) => self.pause(&terms, attempt, failed).await?,
            }
            attempt += 1;
        };
        while let Some(chunk) = self.chunk(&mut response, &terms).await? {
            take(&chunk);
        }
        Ok(())
    }

    /// Waits until a request may be sent again, or says that it must not be.
    async fn pause(
        &self,
        terms: &Terms,
        attempt: u32,
        (error, headers): (UpstreamError, HeaderMap),
    ) -> Result<(), UpstreamError> {
        let failure = match &error {
            UpstreamError::Connect { .. } => Failure::Connect,
            UpstreamError::Timeout { .. } | UpstreamError::Broken { .. } => Failure::Ambiguous,
            UpstreamError::Status(error) => Failure::Status {
                status: error.status,
                headers: &headers,
                code: error.code.as_deref(),
            },
            UpstreamError::Redirect { .. }
            | UpstreamError::TooLarge { .. }
            | UpstreamError::Malformed { .. }
            | UpstreamError::Key { .. }
            | UpstreamError::Binary { .. }
            | UpstreamError::Unsaved { .. }
            | UpstreamError::Local(_)
            | UpstreamError::Rehearsed
            | UpstreamError::Request(_) => return Err(error),
        };
        let policy = Policy::of(terms.effect, terms.bounds.retry);
        let Some(wait) = retry::wait(policy, attempt, failure, retry::jitter(), SystemTime::now())
        else {
            return Err(error);
        };
        let error = error.in_short();
        tracing::info!(attempt, wait_ms = wait.as_millis(), error, "sending again");
        tokio::time::sleep(wait).await;
        Ok(())
    }

    async fn attempt(
        &self,
        request: &Request,
        terms: &Terms,
    ) -> Result<Reply, (UpstreamError, HeaderMap)> {
        let plain = |error| (error, HeaderMap::new());
        let writing = match &request.download {
            Some(download) => download.prepare(&self.roots).await.map_err(plain)?,
            None => None,
        };
        let mut response = self.open(request, terms).await?;
        let provider = self.provider.spec.title;
        let mut reply = Reply {
            status: response.status().as_u16(),
            request_id: self.request_id(response.headers()),
            body: Value::Null,
            headers: self.kept(request, response.headers()),
            bytes: 0,
            is_cut: false,
        };
        if let Some(download) = &request.download {
            // Boxed, since other calls should not be as large as these rare ones.
            let received = Box::pin(download.receive(self, terms, response, writing)).await;
            reply.body = received.map_err(plain)?;
            return Ok(reply);
        }
        let limit = self.limits.response_bytes;
        let (text, is_cut) = self
            .read(&mut response, limit, terms.is_list, terms)
            .await
            .map_err(plain)?;
        (reply.bytes, reply.is_cut) = (text.len(), is_cut);
        reply.body = match text.trim() {
            "" => Value::Null,
            text if is_cut => {
                salvage::list(text).ok_or_else(|| plain(self.too_large(limit as u64)))?
            }
            text => {
                let read = serde_json::from_str(text).ok();
                read.or_else(|| salvage::no_numbers(text)).ok_or_else(|| {
                    plain(UpstreamError::Malformed {
                        provider,
                        status: reply.status,
                        excerpt: excerpt(text),
                    })
                })?
            }
        };
        Ok(reply)
    }

    /// A response that is a success, its body still to be read.
    async fn open(
        &self,
        request: &Request,
        terms: &Terms,
    ) -> Result<Response, (UpstreamError, HeaderMap)> {
        let plain = |error| (error, HeaderMap::new());
        let mut response = self
            .start(request, &self.provider.url(&request.target), terms)
            .await
            .map_err(plain)?;
        for _ in 0..MAX_REDIRECTS {
            let Some(next) = self.next(request, &response) else {
                break;
            };
            response = self
                .start(request, next.as_str(), terms)
                .await
                .map_err(plain)?;
        }
        let status = response.status();
        let provider = self.provider.spec.title;
        let coding = response.headers().get(CONTENT_ENCODING);
        if let Some(coding) = coding.filter(|coding| *coding != "identity") {
            return Err(plain(UpstreamError::Malformed {
                provider,
                status: status.as_u16(),
                excerpt: format!(
                    "it is compressed ({}), though that was not asked for; whatever stands between must not compress it",
                    excerpt(&String::from_utf8_lossy(coding.as_bytes()))
                ),
            }));
        }
        if status.is_redirection() {
            return Err(plain(UpstreamError::Redirect {
                provider,
                status: status.as_u16(),
            }));
        }
        if !status.is_success() {
            let headers = response.headers().clone();
            let (body, _) = self
                .read(&mut response, ERROR_BYTES, true, terms)
                .await
                .unwrap_or_default();
            let mut error = StatusError::read(provider, status.as_u16(), &headers, &body);
            error.request_id = self.request_id(&headers);
            return Err((UpstreamError::Status(Box::new(error)), headers));
        }
        Ok(response)
    }

    /// The headers that a request keeps; like a body they can echo anything.
    fn kept(&self, request: &Request, headers: &HeaderMap) -> Value {
        let mut kept = Map::new();
        for name in request.reply_headers {
            if let Some(value) = headers.get(*name).and_then(|value| value.to_str().ok()) {
                kept.insert(
                    (*name).to_owned(),
                    self.provider.redact(excerpt(value)).into(),
                );
            }
        }
        Value::Object(kept)
    }

    /// The provider's id of a request: like a body it can echo anything.
    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        Some(self.provider.redact(request_id(headers)?))
    }

    /// Where a redirect leads, if it may be followed: reads only, since others would be sent twice or as
    /// something else, and on the provider's own origin only, since the credentials go along.
    fn next(&self, request: &Request, response: &Response) -> Option<Url> {
        if !response.status().is_redirection() || request.method != Method::Get {
            return None;
        }
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        let next = response.url().join(location).ok()?;
        (next.origin() == self.provider.base.origin()).then_some(next)
    }

    async fn start(
        &self,
        request: &Request,
        url: &str,
        terms: &Terms,
    ) -> Result<Response, UpstreamError> {
        let mut builder = self
            .client()?
            .request(method(request.method), url)
            .headers(self.provider.headers(request.key)?);
        builder = builder.header(USER_AGENT, &self.user_agent);
        let own = |header: HeaderName| {
            let mut names = request.headers.iter().map(|(name, _)| name);
            names.any(|name| header.as_str().eq_ignore_ascii_case(name))
        };
        if !own(ACCEPT) {
            let accept = match request.download {
                Some(_) => "*/*",
                None => "application/json",
            };
            builder = builder.header(ACCEPT, accept);
        }
        // Without it any coding is welcome, says RFC 9110, and none is undone here.
        builder = builder.header(ACCEPT_ENCODING, "identity");
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        if let Some(body) = &request.body {
            if !own(CONTENT_TYPE) {
                builder = builder.header(CONTENT_TYPE, "application/json");
            }
            builder = builder.body(body.to_string());
        } else if let Some(form) = &request.form {
            builder = builder
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.clone());
        } else if let Some(upload) = &request.upload {
            builder = Box::pin(upload.put(builder, &self.roots)).await?;
        }
        if let Some(seconds) = terms.bounds.timeout_seconds {
            builder = builder.timeout(Duration::from_secs(seconds));
        }
        let sent = builder.send().await;
        let response = sent.map_err(|error| self.failed(&error, terms))?;
        if response
            .headers()
            .get(SIMULATED)
            .is_some_and(|value| value == "true")
        {
            self.is_simulated.store(true, Ordering::Relaxed);
        }
        Ok(response)
    }

    /// Reads a body up to `limit` bytes, without the provider's keys, and whether it goes on. `cut` takes what fits
    /// instead of failing.
    async fn read(
        &self,
        response: &mut Response,
        limit: usize,
        cut: bool,
        terms: &Terms,
    ) -> Result<(String, bool), UpstreamError> {
        let (mut bytes, mut is_cut) = (Vec::new(), false);
        while let Some(chunk) = self.chunk(response, terms).await? {
            let room = limit - bytes.len();
            if chunk.len() > room {
                if !cut {
                    return Err(self.too_large(limit as u64));
                }
                bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
                is_cut = true;
                break;
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok((self.provider.redact(text), is_cut))
    }

    /// The next piece of a body.
    async fn chunk(
        &self,
        response: &mut Response,
        terms: &Terms,
    ) -> Result<Option<bytes::Bytes>, UpstreamError> {
        let chunk = response.chunk().await;
        chunk.map_err(|error| self.failed(&error, terms))
    }

    fn too_large(&self, limit: u64) -> UpstreamError {
        UpstreamError::TooLarge {
            provider: self.provider.spec.title,
            limit,
        }
    }

    fn failed(&self, error: &reqwest::Error, terms: &Terms) -> UpstreamError {
        let provider = self.provider.spec.title;
        if error.is_connect() {
            UpstreamError::Connect { provider }
        } else if error.is_timeout() {
            let own = terms.bounds.timeout_seconds;
            UpstreamError::Timeout {
                provider,
                seconds: own.unwrap_or(self.limits.request_seconds),
            }
        } else if error.is_builder() {
            UpstreamError::Request("a header or the address is not valid".to_owned())
        } else {
            UpstreamError::Broken { provider }
        }
    }

    fn client(&self) -> Result<&Client, UpstreamError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let builder = client_builder(self.provider.base.scheme() == "https")
            .connect_timeout(Duration::from_secs(self.limits.connect_seconds))
            .timeout(Duration::from_secs(self.limits.request_seconds));
        let client = builder
            .build()
            .map_err(|error| UpstreamError::Request(error.to_string()))?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// A builder of HTTP clients with the lighter crypto provider, and without any roots to load where no address is
/// https anyway.
pub fn client_builder(encrypted: bool) -> reqwest::ClientBuilder {
    // Another part of the process may have chosen one before: then that one serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .tcp_nodelay(true)
        .redirect(redirect::Policy::none());
    if encrypted {
        return builder;
    }
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    builder.tls_backend_preconfigured(config)
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}
