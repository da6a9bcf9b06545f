//! The client that talks to a provider; nothing else does.

mod error;
mod provider;
mod retry;

use std::{
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use reqwest::{
    Client, Response, Url,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, LOCATION, USER_AGENT},
    redirect::Policy,
};
use serde_json::Value;

pub(crate) use self::error::excerpt;
use self::{error::request_id, retry::Failure};
pub use self::{
    error::{StatusError, UpstreamError},
    provider::{Provider, ProviderError},
};
use crate::{
    pipeline::request::Request,
    tool::{Effect, Limits, Method},
};

/// Redirects that are followed within a host.
const MAX_REDIRECTS: usize = 5;
/// The most of an error's body that is read.
const ERROR_BYTES: usize = 64 * 1024;

/// A client of one provider. Connections are kept and used again.
#[derive(Debug)]
pub struct Upstream {
    provider: Provider,
    limits: Limits,
    user_agent: String,
    /// Built by the first request: TLS takes longer to set up than all the rest of a start.
    client: OnceLock<Client>,
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
}

impl Upstream {
    /// A client of this provider. `user_agent` is what it calls itself.
    #[must_use]
    pub fn new(provider: Provider, limits: Limits, user_agent: String) -> Self {
        if provider.is_exposed() {
            tracing::warn!("keys for {provider} travel unencrypted: use https");
        }
        Self {
            provider,
            limits,
            user_agent,
            client: OnceLock::new(),
        }
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    /// Sends a request, again where that is safe for a call of this effect.
    ///
    /// # Errors
    /// When there is no reply that can be used.
    pub async fn send(&self, request: &Request, effect: Effect) -> Result<Reply, UpstreamError> {
        let mut attempt = 0;
        loop {
            let (error, headers) = match self.attempt(request).await {
                Ok(reply) => return Ok(reply),
                Err(failed) => failed,
            };
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
                | UpstreamError::Request(_) => return Err(error),
            };
            let Some(wait) =
                retry::wait(effect, attempt, failure, retry::jitter(), SystemTime::now())
            else {
                return Err(error);
            };
            tracing::info!(attempt, wait_ms = wait.as_millis(), %error, "sending again");
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, request: &Request) -> Result<Reply, (UpstreamError, HeaderMap)> {
        let plain = |error| (error, HeaderMap::new());
        let mut response = self
            .start(request, &self.provider.url(&request.target))
            .await
            .map_err(plain)?;
        for _ in 0..MAX_REDIRECTS {
            let Some(next) = self.next(request, &response) else {
                break;
            };
            response = self.start(request, next.as_str()).await.map_err(plain)?;
        }
        let status = response.status();
        let headers = response.headers().clone();
        if status.is_redirection() {
            let provider = self.provider.spec.title;
            return Err(plain(UpstreamError::Redirect {
                provider,
                status: status.as_u16(),
            }));
        }
        let provider = self.provider.spec.title;
        if !status.is_success() {
            let body = self
                .read(&mut response, ERROR_BYTES, true)
                .await
                .unwrap_or_default();
            let mut error = StatusError::read(provider, status.as_u16(), &headers, &body);
            error.request_id = self.request_id(&headers);
            return Err((UpstreamError::Status(Box::new(error)), headers));
        }
        let body = self
            .read(&mut response, self.limits.response_bytes, false)
            .await
            .map_err(plain)?;
        let body = match body.trim() {
            "" => Value::Null,
            text => serde_json::from_str(text).map_err(|_| {
                plain(UpstreamError::Malformed {
                    provider,
                    status: status.as_u16(),
                    excerpt: excerpt(text),
                })
            })?,
        };
        Ok(Reply {
            status: status.as_u16(),
            request_id: self.request_id(&headers),
            body,
        })
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

    async fn start(&self, request: &Request, url: &str) -> Result<Response, UpstreamError> {
        let mut builder = self
            .client()?
            .request(method(request.method), url)
            .headers(self.provider.headers(request.key)?);
        builder = builder
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, &self.user_agent);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        if let Some(body) = &request.body {
            builder = builder
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        builder.send().await.map_err(|error| self.failed(&error))
    }

    /// Reads a body up to `limit` bytes, without the provider's keys. `cut` takes what fits instead of failing.
    async fn read(
        &self,
        response: &mut Response,
        limit: usize,
        cut: bool,
    ) -> Result<String, UpstreamError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.failed(&error))?
        {
            if bytes.len() + chunk.len() > limit {
                if cut {
                    break;
                }
                return Err(UpstreamError::TooLarge {
                    provider: self.provider.spec.title,
                    limit,
                });
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(self.provider.redact(text))
    }

    fn failed(&self, error: &reqwest::Error) -> UpstreamError {
        let provider = self.provider.spec.title;
        if error.is_connect() {
            UpstreamError::Connect { provider }
        } else if error.is_timeout() {
            UpstreamError::Timeout {
                provider,
                seconds: self.limits.request_seconds,
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
    let builder = Client::builder().tcp_nodelay(true).redirect(Policy::none());
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
