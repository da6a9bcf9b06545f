//! Where webhooks go: one address, each message signed.

use std::{
    fmt,
    net::IpAddr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures::future::BoxFuture;
use reqwest::{Client, StatusCode, Url, header};
use rft_mcp_runtime::upstream::client_builder;
use rft_mcp_watches::{
    Endpoint, Letter, Undelivered,
    webhook::{Secret, SecretError},
};

/// How long a receiver may take to answer.
const LIMIT: Duration = Duration::from_secs(15);

/// An address that takes webhooks, and the secret that signs them. It shows neither.
#[derive(Clone)]
pub struct Hook {
    client: Client,
    url: Url,
    secret: Secret,
}

/// Why webhooks can not be sent. It shows no address, which may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HookError {
    /// The address is none.
    #[error("expected an address such as `https://example.org/hooks/rft`")]
    Address,
    /// It would go over the network as it is.
    #[error(
        "the address has to be https://, or http:// of this machine (127.0.0.1, [::1], localhost)"
    )]
    Plain,
    /// It has a name and a password.
    #[error("the address has a user or a password: receivers know the server by the signature")]
    User,
    /// The secret is none.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// No client could be made.
    #[error("no client could be made: {0}")]
    Client(String),
}

impl Hook {
    /// Webhooks to this address.
    ///
    /// # Errors
    /// When it is none that may be sent to.
    pub fn new(url: &str, secret: &str) -> Result<Self, HookError> {
        let url = Url::parse(url.trim()).map_err(|_| HookError::Address)?;
        let encrypted = match url.scheme() {
            "https" => true,
            "http" if is_here(&url) => false,
            "http" => return Err(HookError::Plain),
            _ => return Err(HookError::Address),
        };
        if !url.has_host() {
            return Err(HookError::Address);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(HookError::User);
        }
        let secret = Secret::parse(secret)?;
        // It follows no redirects: whoever gives an address is the one who is told.
        let client = client_builder(encrypted)
            .connect_timeout(LIMIT)
            .timeout(LIMIT)
            .user_agent(concat!("rft-mcp/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| HookError::Client(error.without_url().to_string()))?;
        Ok(Self {
            client,
            url,
            secret,
        })
    }

    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = since.unwrap_or_default().as_secs();
        // Signed anew each time: receivers refuse old timestamps.
        let signature = self.secret.sign(&letter.id, now, letter.body.as_bytes());
        let request = self
            .client
            .post(self.url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", &letter.id)
            .header("webhook-timestamp", now)
            .header("webhook-signature", signature)
            .body(letter.body.clone());
        let response = request.send().await.map_err(|error| {
            let why = if error.is_timeout() {
                format!("it did not answer within {} seconds", LIMIT.as_secs())
            } else {
                let error = error.without_url();
                let mut why = error.to_string();
                let mut cause = std::error::Error::source(&error);
                while let Some(next) = cause {
                    why = format!("{why}: {next}");
                    cause = next.source();
                }
                why
            };
            Undelivered {
                why,
                retry_after: None,
                gone: false,
            }
        })?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let retry_after = response.headers().get(header::RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let what = if status.is_redirection() {
            ", which is not followed"
        } else {
            ""
        };
        Err(Undelivered {
            why: format!("it answered {}{what}", status.as_u16()),
            retry_after: retry_after.filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0),
            gone: status == StatusCode::GONE,
        })
    }
}

impl Endpoint for Hook {
    fn post<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(self.send(letter))
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook(…)")
    }
}

/// Whether an address is of this machine, without looking up any name but one that means nothing else.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn only_https_or_this_machine_is_written_to() {
        for good in [
            "https://example.org/hook?token=1",
            "http://127.0.0.1:9/a",
            "http://127.8.8.8/",
            "http://[::1]:9/a",
            "http://localhost:8080/",
        ] {
            assert!(Hook::new(good, SECRET).is_ok(), "{good}");
        }
        for (wrong, error) in [
            ("http://example.org/", HookError::Plain),
            ("http://10.0.0.1/", HookError::Plain),
            ("http://localhost.example.org/", HookError::Plain),
            ("http://127.0.0.1.example.org/", HookError::Plain),
            ("http://0.0.0.0/", HookError::Plain),
            ("ftp://127.0.0.1/", HookError::Address),
            ("example.org/hook", HookError::Address),
            ("file:///etc/passwd", HookError::Address),
            ("https://me:word@example.org/", HookError::User),
            ("http://127.0.0.1@example.org/", HookError::Plain),
        ] {
            assert_eq!(Hook::new(wrong, SECRET).unwrap_err(), error, "{wrong}");
        }
        let hook = Hook::new("https://example.org/told-to-nobody", SECRET).unwrap();
        assert_eq!(format!("{hook:?}"), "Hook(…)");
        assert!(Hook::new("https://example.org/", "secret").is_err());
    }
}
