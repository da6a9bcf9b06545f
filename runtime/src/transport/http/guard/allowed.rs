//! Hosts and origins, as headers name them and as users list them.

use std::{fmt, net::IpAddr, str::FromStr};

use axum::http::uri;

/// A host that requests may name, as a user lists it: `mcp.example` with any port, or `mcp.example:8443`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost(Authority);

/// The text is no host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no host: write `mcp.example` for any port, or `mcp.example:8443` for one")]
pub struct ParseHostError(String);

/// An origin of web pages that may use the server, as a user lists it: `https://app.example` for its usual port,
/// `https://app.example:8443`, `http://localhost:*` for any port, or `null`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedOrigin {
    origin: Origin,
    any_port: bool,
}

/// The text is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no origin: write `https://app.example`, `https://app.example:8443`, or `https://app.example:*`"
)]
pub struct ParseOriginError(String);

/// A host with its port, as a `Host` header has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authority {
    /// In lower case.
    host: Host,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Host {
    Name(String),
    Address(IpAddr),
}

/// Where a web page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// A page that has none to show, such as a local file.
    Null,
    /// The page's address up to its path.
    Site {
        /// In lower case.
        scheme: String,
        /// Where the page was loaded from.
        authority: Authority,
    },
}

impl AllowedHost {
    pub(super) fn matches(&self, host: &Authority) -> bool {
        self.0.host == host.host && (self.0.port.is_none() || self.0.port == host.port)
    }
}

impl FromStr for AllowedHost {
    type Err = ParseHostError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse()
            .map(Self)
            .map_err(|Unreadable| ParseHostError(text.to_owned()))
    }
}

impl AllowedOrigin {
    pub(super) fn matches(&self, origin: &Origin) -> bool {
        match (&self.origin, origin) {
            (Origin::Null, Origin::Null) => true,
            (
                Origin::Site { scheme, authority },
                Origin::Site {
                    scheme: of,
                    authority: at,
                },
            ) => {
                scheme == of
                    && authority.host == at.host
                    && (self.any_port || authority.port_of(scheme) == at.port_of(scheme))
            }
            _ => false,
        }
    }
}

impl FromStr for AllowedOrigin {
    type Err = ParseOriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (origin, any_port) = text
            .strip_suffix(":*")
            .map_or((text, false), |origin| (origin, true));
        let origin = origin
            .parse()
            .map_err(|Unreadable| ParseOriginError(text.to_owned()))?;
        let has_port =
            matches!(&origin, Origin::Site { authority, .. } if authority.port.is_some());
        if any_port && (has_port || origin == Origin::Null) {
            return Err(ParseOriginError(text.to_owned()));
        }
        Ok(Self { origin, any_port })
    }
}

impl Authority {
    pub(super) fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Name(name) => name == "localhost",
            Host::Address(address) => address.is_loopback(),
        }
    }

    pub(super) fn is_address(&self) -> bool {
        matches!(self.host, Host::Address(_))
    }

    /// The port, or the one that `scheme` implies.
    fn port_of(&self, scheme: &str) -> Option<u16> {
        self.port.or(match scheme {
            "http" => Some(80),
            "https" => Some(443),
            _ => None,
        })
    }
}

impl Origin {
    pub(super) fn is_loopback(&self) -> bool {
        matches!(self, Self::Site { scheme, authority }
            if matches!(scheme.as_str(), "http" | "https") && authority.is_loopback())
    }
}

/// Not what a header of this name holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

impl FromStr for Authority {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let authority: uri::Authority = text.parse().map_err(|_| Unreadable)?;
        let name = authority.host();
        // `Authority` takes user names and any text for a port; neither belongs here.
        let port = match text.strip_prefix(name) {
            Some("") => None,
            Some(port) => Some(
                port.strip_prefix(':')
                    .and_then(|port| port.parse().ok())
                    .ok_or(Unreadable)?,
            ),
            None => return Err(Unreadable),
        };
        let bare = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .unwrap_or(name);
        let host = match bare.parse() {
            Ok(address) => Host::Address(address),
            Err(_) if bare.is_empty() || bare.contains(['[', ']', ':']) => return Err(Unreadable),
            Err(_) => Host::Name(bare.to_ascii_lowercase()),
        };
        Ok(Self { host, port })
    }
}

impl FromStr for Origin {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "null" {
            return Ok(Self::Null);
        }
        let (scheme, authority) = text.split_once("://").ok_or(Unreadable)?;
        let scheme: uri::Scheme = scheme.parse().map_err(|_| Unreadable)?;
        Ok(Self::Site {
            scheme: scheme.as_str().to_ascii_lowercase(),
            authority: authority.parse()?,
        })
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Name(name) => f.write_str(name)?,
            Host::Address(IpAddr::V4(address)) => write!(f, "{address}")?,
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]")?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Site { scheme, authority } => write!(f, "{scheme}://{authority}"),
        }
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn a_listed_host_must_be_one() {
        for text in [
            "",
            "https://mcp.example",
            "mcp.example/path",
            "a b",
            "mcp.example:port",
        ] {
            let error = text.parse::<AllowedHost>().unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("`{text}` is no host")),
                "{error}"
            );
        }
    }

    #[test]
    fn a_listed_origin_must_be_one() {
        for text in [
            "app.example",
            "https://app.example/path",
            "https://",
            "null:*",
            "http://a:1:*",
            "*",
        ] {
            let error = text.parse::<AllowedOrigin>().unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("`{text}` is no origin")),
                "{error}"
            );
        }
    }

    #[test]
    fn headers_are_shown_as_they_came() {
        for text in [
            "mcp.example",
            "mcp.example:80",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:8000",
        ] {
            assert_eq!(text.parse::<Authority>().unwrap().to_string(), text);
        }
        for text in ["null", "https://app.example", "http://[::1]:8000"] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), text);
        }
    }
}
