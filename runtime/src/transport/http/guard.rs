//! Who may ask. A web page that a user visits can reach a server on the user's machine: by itself, which its
//! `Origin` tells, or by a name that it made point here (DNS rebinding), which the `Host` tells.

mod allowed;

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
            ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HOST, ORIGIN, VARY,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use rmcp::ErrorData;

pub use self::allowed::{AllowedHost, AllowedOrigin, ParseHostError, ParseOriginError};
use self::allowed::{Authority, Origin};
use super::reply;

/// The rules of one listener.
pub(super) struct Guard {
    bound: IpAddr,
    hosts: Vec<AllowedHost>,
    origins: Vec<AllowedOrigin>,
}

/// Why a request is refused, and how to allow it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Refusal {
    #[error("the request has no readable `Host` header")]
    NoHost,
    #[error(
        "host `{0}` is not allowed, as a guard against DNS rebinding: connect by an allowed name, or start the \
         server with `--allowed-host {0}`"
    )]
    Host(String),
    #[error("the `Origin` header is not readable")]
    UnreadableOrigin,
    #[error(
        "pages of `{0}` are not allowed to use this server: to allow them, start it with `--allowed-origin {0}`"
    )]
    Origin(String),
}

/// The layer over every endpoint that speaks MCP: refuses with 403, and lets pages of allowed origins read the
/// answers.
pub(super) async fn check(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    if let Err(refusal) = guard.admit(request.headers()) {
        tracing::warn!(%refusal, "refused a request");
        let error = ErrorData::invalid_request(refusal.to_string(), None);
        return reply::refused(StatusCode::FORBIDDEN, error);
    }
    let Some(origin) = request.headers().get(ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let mut response = match preflight(&request) {
        Some(response) => response,
        None => next.run(request).await,
    };
    response
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    // Without it a page can not go on with the session that it began.
    response.headers_mut().insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("mcp-session-id"),
    );
    response
        .headers_mut()
        .append(VARY, HeaderValue::from_static("origin"));
    response
}

/// The answer to a browser that asks whether a page may send a request.
fn preflight(request: &Request) -> Option<Response> {
    let headers = request.headers();
    if request.method() != Method::OPTIONS || !headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
        return None;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    let allow = response.headers_mut();
    allow.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, DELETE"),
    );
    // All of them: the page is trusted, and `Mcp-Param-*` headers have names that tools choose.
    if let Some(names) = headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        allow.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    Some(response)
}

impl Guard {
    pub(super) fn new(bound: IpAddr, hosts: Vec<AllowedHost>, origins: Vec<AllowedOrigin>) -> Self {
        Self {
            bound,
            hosts,
            origins,
        }
    }

    fn admit(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers
            .get(HOST)
            .and_then(|host| host.to_str().ok())
            .ok_or(Refusal::NoHost)?;
        let authority: Authority = host.parse().map_err(|_| Refusal::NoHost)?;
        if !self.is_host_allowed(&authority) {
            return Err(Refusal::Host(authority.to_string()));
        }
        let Some(origin) = headers.get(ORIGIN) else {
            // Not a browser, or a page asking the place that served it.
            return Ok(());
        };
        let origin = origin.to_str().map_err(|_| Refusal::UnreadableOrigin)?;
        let origin: Origin = origin.parse().map_err(|_| Refusal::UnreadableOrigin)?;
        if self.is_origin_allowed(&origin) {
            Ok(())
        } else {
            Err(Refusal::Origin(origin.to_string()))
        }
    }

    fn is_host_allowed(&self, host: &Authority) -> bool {
        host.is_loopback()
            // Bound to more than loopback, we can not know by which addresses we are reached. An address is no
            // danger: rebinding takes a name.
            || (!self.bound.is_loopback() && host.is_address())
            || self.hosts.iter().any(|allowed| allowed.matches(host))
    }

    fn is_origin_allowed(&self, origin: &Origin) -> bool {
        // Served elsewhere, pages of some user's own machine are as foreign as any.
        (self.bound.is_loopback() && origin.is_loopback())
            || self.origins.iter().any(|allowed| allowed.matches(origin))
    }
}

#[cfg(test)]
mod tests {

    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const EVERYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

    /// `hosts` and `origins` as a user lists them, parted by spaces.
    fn guard(bound: IpAddr, hosts: &str, origins: &str) -> Guard {
        let hosts = hosts
            .split_whitespace()
            .map(|host| host.parse().unwrap())
            .collect();
        let origins = origins
            .split_whitespace()
            .map(|origin| origin.parse().unwrap())
            .collect();
        Guard::new(bound, hosts, origins)
    }

    fn host(guard: &Guard, host: &str) -> bool {
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_str(host).unwrap())]);
        guard.admit(&headers).is_ok()
    }

    fn origin(guard: &Guard, origin: &str) -> bool {
        let headers = HeaderMap::from_iter([
            (HOST, HeaderValue::from_static("localhost")),
            (ORIGIN, HeaderValue::from_str(origin).unwrap()),
        ]);
        guard.admit(&headers).is_ok()
    }

    #[test]
    fn loopback_names_are_allowed_with_any_port() {
        for bound in [LOOPBACK, IpAddr::V6(Ipv6Addr::LOCALHOST), EVERYWHERE] {
            let guard = guard(bound, "", "");
            for name in [
                "localhost",
                "LocalHost:1",
                "127.0.0.1:8000",
                "127.9.9.9",
                "[::1]",
                "[::1]:65535",
            ] {
                assert!(host(&guard, name), "{name} on {bound}");
            }
        }
    }

    #[test]
    fn names_that_only_look_like_loopback_are_refused() {
        let guard = guard(LOOPBACK, "", "");
        for name in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example:8000",
            "user@localhost",
            "10.0.0.1",
            "",
            "::1",
            "localhost:x",
        ] {
            assert!(!host(&guard, name), "{name}");
        }
    }

    #[test]
    fn a_request_without_a_host_is_refused() {
        assert_eq!(
            guard(LOOPBACK, "", "").admit(&HeaderMap::new()),
            Err(Refusal::NoHost)
        );
    }

    #[test]
    fn addresses_are_allowed_where_the_server_listens_to_more_than_loopback() {
        let guard = guard(EVERYWHERE, "", "");
        assert!(host(&guard, "192.168.1.5:8000"));
        assert!(host(&guard, "[2001:db8::1]:8000"));
        assert!(!host(&guard, "evil.example:8000"));
    }

    #[test]
    fn listed_hosts_are_allowed_with_their_port_or_any() {
        let guard = guard(LOOPBACK, "mcp.example proxy.example:8443", "");
        assert!(host(&guard, "mcp.example"));
        assert!(host(&guard, "MCP.example:8000"));
        assert!(host(&guard, "proxy.example:8443"));
        assert!(!host(&guard, "proxy.example"));
        assert!(!host(&guard, "proxy.example:8000"));
        assert!(!host(&guard, "other.mcp.example"));
    }

    #[test]
    fn pages_of_this_machine_are_allowed_only_where_the_server_is_bound_to_it() {
        for page in [
            "http://localhost:6274",
            "https://127.0.0.1",
            "http://[::1]:3000",
        ] {
            assert!(origin(&guard(LOOPBACK, "", ""), page), "{page}");
            assert!(!origin(&guard(EVERYWHERE, "", ""), page), "{page}");
        }
    }

    #[test]
    fn other_pages_are_refused() {
        let guard = guard(LOOPBACK, "", "");
        for page in [
            "http://evil.example",
            "null",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "ftp://localhost",
            "localhost",
            "",
        ] {
            assert!(!origin(&guard, page), "{page}");
        }
    }

    #[test]
    fn listed_origins_are_allowed_with_their_scheme_and_port() {
        let guard = guard(
            LOOPBACK,
            "",
            "https://app.example http://dev.example:* null vscode-webview://abc",
        );
        assert!(origin(&guard, "https://app.example"));
        assert!(origin(&guard, "https://app.example:443"));
        assert!(!origin(&guard, "https://app.example:8443"));
        assert!(!origin(&guard, "http://app.example"));
        assert!(origin(&guard, "http://dev.example:3000"));
        assert!(origin(&guard, "null"));
        assert!(origin(&guard, "vscode-webview://abc"));
    }

    #[test]
    fn a_refusal_says_how_to_allow() {
        let guard = guard(LOOPBACK, "", "");
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("evil.example:80"))]);
        let text = guard.admit(&headers).unwrap_err().to_string();
        assert!(
            text.ends_with("start the server with `--allowed-host evil.example:80`"),
            "{text}"
        );
    }
}
