//! Headers that are nobody's to give: they follow from the request, the connection, and who calls.

/// What the HTTP client sends, by parts of the protocol that no tool sees (RFC 9110, RFC 9112), and who it says it is.
const OF_SERVER: [&str; 15] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
];

/// Why a header is none that an operation or a request has of its own; `None` for one that it may have.
pub(crate) fn owner(name: &str) -> Option<Owner> {
    match name.to_ascii_lowercase().as_str() {
        "accept" => Some(Owner::Reply),
        "content-type" => Some(Owner::Body),
        "authorization" => Some(Owner::Auth),
        "cookie" => Some(Owner::Cookies),
        name => OF_SERVER.contains(&name).then_some(Owner::Server),
    }
}

/// What sets a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The kind of reply that is taken.
    Reply,
    /// The kind of body.
    Body,
    /// Who calls.
    Auth,
    /// What is the same for every call: cookies are a state, which a call has none of.
    Cookies,
    Server,
}

impl Owner {
    /// Why a document's parameter of that name is left out.
    pub(crate) fn of_parameter(self) -> &'static str {
        match self {
            Self::Reply => "OpenAPI ignores it, as it follows from the kind of the reply",
            Self::Body => "OpenAPI ignores it, as it follows from the kind of the body",
            Self::Auth => "OpenAPI ignores it, as it follows from the security schemes",
            Self::Cookies => {
                "cookies are not sent; one that is the same for every call goes into `headers` of the provider"
            }
            Self::Server => "the server sets it itself",
        }
    }

    /// What to do about it in a manifest.
    pub(crate) fn of_manifest(self) -> &'static str {
        match self {
            Self::Cookies => {
                "leave it out; a cookie that is the same for every call goes into `headers` of the provider"
            }
            Self::Auth => "leave it out; who calls is said by `auth` in `providers.yaml`",
            Self::Body => "leave it out: it follows from the kind of the body",
            Self::Reply | Self::Server => {
                "leave it out: it follows from the request and its connection"
            }
        }
    }
}

/// What HTTP calls a token, which names of headers are.
pub(crate) fn is_token(name: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(token)
}
