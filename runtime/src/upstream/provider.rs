//! Where requests go, and who they come from.

use std::fmt;

use reqwest::{
    Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{
    UpstreamError,
    environment::{expand, held, is_secret},
    secrets::Secrets,
};
use crate::{
    pipeline::request::encode,
    tool::{Auth, Piece, ProviderSpec},
};

/// A provider with its address and keys, resolved from the environment. `Debug` shows no key.
#[derive(Debug)]
pub struct Provider {
    pub(crate) spec: &'static ProviderSpec,
    pub(crate) base: Url,
    headers: HeaderMap,
    /// What proves who calls, unless a request names another key.
    auth: HeaderMap,
    /// The provider's other keys; those that are not set, as what there is to set.
    keys: Vec<(&'static str, Result<HeaderMap, String>)>,
    /// What goes to the query of every request, encoded; it may hold a key.
    query: SecretString,
    values: Value,
    secrets: Secrets,
}

/// Why a provider can not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// Variables that it needs are not set.
    #[error("{title} needs {}: set {}, as NAME or as NAME_FILE with the path of a file that holds it{hint}", names.join(" and "), if names.len() == 1 { "it" } else { "them" })]
    Missing {
        /// The provider's title.
        title: &'static str,
        /// The variables' names.
        names: Vec<String>,
        /// What else can be done; the caller knows what needs no key.
        hint: String,
    },
    /// A file that a `…_FILE` variable names can not be read.
    #[error("`{variable}` names a file that can not be read: {reason}")]
    File {
        /// The variable's name.
        variable: String,
        /// Why.
        reason: String,
    },
    /// The address is not one.
    #[error("the base URL of {title} {problem}: give it as https://host/path, without a key in it")]
    BaseUrl {
        /// The provider's title.
        title: &'static str,
        /// What is wrong; never the URL, which can hold a password.
        problem: &'static str,
    },
    /// The provider runs inside a process and was not given an address.
    #[error("{title} has no address of its own: give its base URL")]
    NoAddress {
        /// The provider's title.
        title: &'static str,
    },
    /// A value that can not be sent as a header.
    #[error(
        "`{header}` for {title} has characters that a header can not carry: check the variable it comes from"
    )]
    Header {
        /// The provider's title.
        title: &'static str,
        /// The header.
        header: &'static str,
    },
}

/// Of a server that sends no requests.
static NOBODY: ProviderSpec = ProviderSpec {
    name: "none",
    title: "This program",
    notice: "",
    base_url: Some(&[Piece::Literal("http://localhost")]),
    auth: &[],
    keys: &[],
    headers: &[],
    query: &[],
    values: &[],
    lacks: &[],
};

impl Provider {
    /// No provider, for a server that sends no requests: its manifest has no `providers.yaml`.
    ///
    /// # Errors
    /// Never: what can be wrong with a provider, no provider has.
    pub fn none() -> Result<Self, ProviderError> {
        Self::resolve(&NOBODY, None, &|_| None)
    }

    /// Resolves a provider. `env` reads the environment; `base_url`, if given, is used instead of the
    /// provider's own, and then the variables that its own address needs may be unset.
    ///
    /// # Errors
    /// Everything that is missing, in one error; an address or a key that can not be used.
    pub fn resolve(
        spec: &'static ProviderSpec,
        base_url: Option<&str>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ProviderError> {
        let mut missing = Vec::new();
        let base = match (base_url, spec.base_url) {
            (Some(given), _) => given.to_owned(),
            (None, Some(own)) => expand(own, env, &mut missing)?,
            (None, None) => return Err(ProviderError::NoAddress { title: spec.title }),
        };
        let (mut headers, mut secrets) = (HeaderMap::new(), Vec::new());
        let auth = match authorize(spec, spec.auth, env, &mut secrets)? {
            Ok(auth) => auth,
            Err(names) => {
                missing.push(names);
                HeaderMap::new()
            }
        };
        let mut keys = Vec::new();
        for (name, ways) in spec.keys {
            keys.push((*name, authorize(spec, ways, env, &mut secrets)?));
        }
        let mut query = Vec::new();
        for (name, text) in spec.query {
            let value = expand(text, env, &mut missing)?;
            if !value.is_empty() {
                query.push(format!("{}={}", encode(name), encode(&value)));
                if is_secret(text) {
                    secrets.extend(held(text, env)?);
                }
            }
        }
        for (name, text) in spec.headers {
            let value = expand(text, env, &mut missing)?;
            if !value.is_empty() {
                insert(spec, &mut headers, name, &value, is_secret(text))?;
                if is_secret(text) {
                    secrets.extend(held(text, env)?);
                }
            }
        }
        if !missing.is_empty() {
            missing.dedup();
            return Err(ProviderError::Missing {
                title: spec.title,
                names: missing,
                hint: String::new(),
            });
        }
        let values = spec
            .values
            .iter()
            // Codegen wrote the texts from values.
            .map(|(name, text)| {
                let value = serde_json::from_str(text).unwrap_or_default();
                ((*name).to_owned(), value)
            });
        Ok(Self {
            spec,
            base: address(spec.title, &base)?,
            headers,
            auth,
            keys,
            query: SecretString::from(query.join("&")),
            values: Value::Object(values.collect::<Map<_, _>>()),
            secrets: Secrets::of(&secrets),
        })
    }

    /// The provider's name in the manifest.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.spec.name
    }

    /// Its address, without a password, query or fragment.
    #[must_use]
    pub fn address(&self) -> String {
        let mut address = self.base.clone();
        // An address that can not have these has none.
        let _ = address.set_username("");
        let _ = address.set_password(None);
        address.set_query(None);
        address.set_fragment(None);
        address.to_string()
    }

    /// What the manifest says of it under `values`, an object; templates take it as `$provider.NAME`.
    #[must_use]
    pub fn values(&self) -> &Value {
        &self.values
    }

    /// Sets a value in the place of what the manifest says, such as a price that nobody publishes.
    pub fn set_value(&mut self, name: &str, value: Value) {
        if let Some(values) = self.values.as_object_mut() {
            values.insert(name.to_owned(), value);
        }
    }

    /// The headers of a request that is sent with this key.
    ///
    /// # Errors
    /// The variables to set, when the provider has such a key and it is not set.
    pub(crate) fn headers(&self, key: Option<&str>) -> Result<HeaderMap, UpstreamError> {
        let other = key.and_then(|key| self.keys.iter().find(|(name, _)| *name == key));
        let auth = match other {
            None => &self.auth,
            Some((_, Ok(auth))) => auth,
            Some((_, Err(names))) => {
                return Err(UpstreamError::Key {
                    provider: self.spec.title,
                    names: names.clone(),
                });
            }
        };
        let mut headers = self.headers.clone();
        headers.extend(auth.clone());
        Ok(headers)
    }

    /// Where a request goes.
    pub(crate) fn url(&self, target: &str) -> String {
        let base = self.base.as_str().trim_end_matches('/');
        match (self.query.expose_secret(), target.contains('?')) {
            ("", _) => format!("{base}{target}"),
            (query, true) => format!("{base}{target}&{query}"),
            (query, false) => format!("{base}{target}?{query}"),
        }
    }

    /// Whether its keys could be read on the way: plain HTTP to another machine.
    #[must_use]
    pub fn is_exposed(&self) -> bool {
        let loopback = self.base.host_str().is_some_and(|host| {
            host == "localhost"
                || host
                    .trim_matches(['[', ']'])
                    .parse()
                    .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        });
        self.base.scheme() == "http" && !loopback && !self.secrets.is_empty()
    }

    /// Text without the provider's keys, whoever put them there.
    pub(crate) fn redact(&self, text: String) -> String {
        self.secrets.redact(text)
    }

    /// [`Self::redact`] of every text in an object, names of members included. What came over the wire with escapes is
    /// found here, after they are undone.
    pub(crate) fn redact_members(&self, members: &mut Map<String, Value>) {
        self.secrets.redact_members(members);
    }
}

/// The headers of the first way to prove who calls whose variables are set; else what there is to set.
fn authorize(
    spec: &'static ProviderSpec,
    ways: &'static [Auth],
    env: &dyn Fn(&str) -> Option<String>,
    secrets: &mut Vec<SecretString>,
) -> Result<Result<HeaderMap, String>, ProviderError> {
    let mut unset = Vec::new();
    let mut headers = HeaderMap::new();
    for auth in ways {
        let (Auth::Bearer(text) | Auth::Header(_, text)) = auth;
        let mut lacking = Vec::new();
        let secret = expand(text, env, &mut lacking)?;
        if !lacking.is_empty() {
            unset.push(lacking.join(" with "));
            continue;
        }
        match auth {
            Auth::Bearer(_) => insert(
                spec,
                &mut headers,
                "authorization",
                &format!("Bearer {secret}"),
                true,
            )?,
            Auth::Header(name, _) => insert(spec, &mut headers, name, &secret, true)?,
        }
        let held = held(text, env)?;
        let whole = held.is_empty().then(|| SecretString::from(secret));
        secrets.extend(held.into_iter().chain(whole));
        return Ok(Ok(headers));
    }
    Ok(if unset.is_empty() {
        Ok(headers)
    } else {
        Err(unset.join(" or "))
    })
}

fn insert(
    spec: &'static ProviderSpec,
    headers: &mut HeaderMap,
    name: &'static str,
    value: &str,
    secret: bool,
) -> Result<(), ProviderError> {
    let unfit = |_| ProviderError::Header {
        title: spec.title,
        header: name,
    };
    let mut value = HeaderValue::from_str(value).map_err(unfit)?;
    value.set_sensitive(secret);
    let name = if name == "authorization" {
        Ok(AUTHORIZATION)
    } else {
        HeaderName::from_bytes(name.as_bytes())
    };
    let name = name.map_err(|_| ProviderError::Header {
        title: spec.title,
        header: "a header",
    })?;
    headers.insert(name, value);
    Ok(())
}

fn address(title: &'static str, base: &str) -> Result<Url, ProviderError> {
    let unfit = |problem| ProviderError::BaseUrl { title, problem };
    let url = Url::parse(base.trim_end_matches('/')).map_err(|_| unfit("is not a URL"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(unfit("is not an http or https URL"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(unfit("holds a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(unfit("holds a query or fragment"));
    }
    Ok(url)
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.spec.title, self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SPEC: ProviderSpec = ProviderSpec {
        name: "acme",
        title: "Acme",
        notice: "",
        base_url: Some(&[
            Piece::Literal("https://"),
            Piece::Env {
                name: "ACME_HOST",
                default: None,
            },
        ]),
        auth: &[
            Auth::Header(
                "api-key",
                &[Piece::Env {
                    name: "ACME_KEY",
                    default: None,
                }],
            ),
            Auth::Bearer(&[Piece::Env {
                name: "ACME_TOKEN",
                default: None,
            }]),
        ],
        keys: &[(
            "admin",
            &[Auth::Bearer(&[Piece::Env {
                name: "ACME_ADMIN",
                default: None,
            }])],
        )],
        headers: &[(
            "x-team",
            &[Piece::Env {
                name: "ACME_TEAM",
                default: Some(""),
            }],
        )],
        query: &[(
            "api version",
            &[Piece::Env {
                name: "ACME_VERSION",
                default: Some(""),
            }],
        )],
        values: &[("model", "\"m\""), ("steps", "[1, 2]")],
        lacks: &[],
    };

    fn resolve(base: Option<&str>, set: &[(&str, &str)]) -> Result<Provider, ProviderError> {
        let env = |name: &str| {
            set.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Provider::resolve(&SPEC, base, &env)
    }

    #[test]
    fn everything_missing_is_named_at_once() {
        let error = resolve(None, &[("ACME_KEY", " ")]).unwrap_err().to_string();
        assert_eq!(
            error,
            "Acme needs ACME_HOST and ACME_KEY or ACME_TOKEN: set them, as NAME or as NAME_FILE with the path of a file that holds it"
        );
    }

    #[test]
    fn the_first_way_to_authorize_that_is_set_is_used_and_never_shown() {
        let provider = resolve(
            None,
            &[("ACME_HOST", "a.example"), ("ACME_TOKEN", "s3cret")],
        )
        .unwrap();
        let headers = provider.headers(None).unwrap();
        assert_eq!(headers["authorization"], "Bearer s3cret");
        assert!(!headers.contains_key("api-key") && !headers.contains_key("x-team"));
        assert!(!format!("{provider:?} {provider}").contains("s3cret"));
        assert_eq!(provider.redact("key s3cret!".to_owned()), "key [redacted]!");
    }

    #[test]
    fn a_key_may_stand_in_a_file() {
        let path = std::env::temp_dir().join(format!("acme-key-{}", std::process::id()));
        std::fs::write(&path, "from-file\n").unwrap();
        let path_text = path.to_str().unwrap();
        let provider = resolve(
            Some("http://127.0.0.1:1/v1/"),
            &[("ACME_KEY_FILE", path_text)],
        )
        .unwrap();
        assert_eq!(provider.headers(None).unwrap()["api-key"], "from-file");
        assert_eq!(provider.base.as_str(), "http://127.0.0.1:1/v1");
        std::fs::remove_file(&path).unwrap();
        let error =
            resolve(Some("http://127.0.0.1:1"), &[("ACME_KEY_FILE", path_text)]).unwrap_err();
        assert!(error.to_string().contains("ACME_KEY_FILE"));
    }

    #[test]
    fn a_request_with_a_key_of_its_own_is_sent_with_that_alone() {
        let set = [("ACME_HOST", "a.example"), ("ACME_KEY", "usual-key")];
        let provider = resolve(None, &set).unwrap();
        let error = provider.headers(Some("admin")).unwrap_err().to_string();
        assert!(error.contains("ACME_ADMIN"), "{error}");
        // A provider without such a key has one key for everything.
        assert_eq!(
            provider.headers(Some("other")).unwrap()["api-key"],
            "usual-key"
        );
        let set = [&set[..], &[("ACME_ADMIN", "admin-key")]].concat();
        let provider = resolve(None, &set).unwrap();
        let headers = provider.headers(Some("admin")).unwrap();
        assert_eq!(headers["authorization"], "Bearer admin-key");
        assert!(!headers.contains_key("api-key"));
        assert_eq!(
            provider.redact("usual-key admin-key".to_owned()),
            "[redacted] [redacted]"
        );
    }

    #[test]
    fn what_every_query_holds_follows_the_request_s_own() {
        let set = [("ACME_KEY", "k"), ("ACME_VERSION", "1&2")];
        let provider = resolve(Some("http://127.0.0.1:1/v1/"), &set).unwrap();
        assert_eq!(
            provider.url("/a"),
            "http://127.0.0.1:1/v1/a?api%20version=1%262"
        );
        assert_eq!(
            provider.url("/a?b=c"),
            "http://127.0.0.1:1/v1/a?b=c&api%20version=1%262"
        );
        assert_eq!(
            provider.values(),
            &serde_json::json!({"model": "m", "steps": [1, 2]})
        );
    }

    #[test]
    fn keys_in_headers_and_queries_come_back_redacted() {
        static OTHER: ProviderSpec = ProviderSpec {
            name: "other",
            title: "Other",
            notice: "",
            base_url: Some(&[Piece::Literal("https://other.example")]),
            auth: &[Auth::Header(
                "Cookie",
                &[
                    Piece::Literal("sid="),
                    Piece::Env {
                        name: "SID",
                        default: None,
                    },
                ],
            )],
            keys: &[],
            headers: &[
                (
                    "X-App",
                    &[Piece::Env {
                        name: "APP",
                        default: None,
                    }],
                ),
                (
                    "X-Team",
                    &[Piece::Env {
                        name: "TEAM",
                        default: Some(""),
                    }],
                ),
            ],
            query: &[(
                "key",
                &[Piece::Env {
                    name: "KEY",
                    default: None,
                }],
            )],
            values: &[],
            lacks: &[],
        };
        let env = |name: &str| Some(format!("the-{}", name.to_lowercase()));
        let env = |name: &str| env(name).filter(|value| !value.contains("_file"));
        let provider = Provider::resolve(&OTHER, None, &env).unwrap();
        assert_eq!(
            provider.redact("the-sid the-app the-key the-team".to_owned()),
            "[redacted] [redacted] [redacted] the-team"
        );
        let headers = provider.headers(None).unwrap();
        assert!(headers["x-app"].is_sensitive() && headers["cookie"].is_sensitive());
        assert!(!headers["x-team"].is_sensitive());
        let shown = format!("{provider:?}");
        assert!(
            !shown.contains("the-app") && !shown.contains("the-key"),
            "{shown}"
        );
    }

    #[test]
    fn an_address_that_holds_a_password_is_refused_without_repeating_it() {
        for base in [
            "https://u:hunter2@a.example",
            "ftp://a.example",
            "a.example",
            "https://a.example?key=hunter2",
        ] {
            let error = resolve(Some(base), &[("ACME_KEY", "k")])
                .unwrap_err()
                .to_string();
            assert!(
                error.contains("Acme") && !error.contains("hunter2"),
                "{error}"
            );
        }
    }

    #[test]
    fn plain_http_to_another_machine_is_exposed() {
        let exposed = |base| {
            resolve(Some(base), &[("ACME_KEY", "k")])
                .unwrap()
                .is_exposed()
        };
        assert!(exposed("http://a.example"));
        assert!(
            !exposed("http://127.0.0.1:3")
                && !exposed("http://[::1]:3")
                && !exposed("https://a.example")
        );
    }
}
