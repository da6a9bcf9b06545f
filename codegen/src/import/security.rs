//! Who calls: the document's security schemes as a provider's `auth` and `keys`.

use std::collections::BTreeMap;

use heck::ToShoutySnakeCase as _;
use serde_json::{Map, Value, json};

use super::names;
use crate::{
    node::Node,
    openapi::{Document, Operation, text},
};

/// The schemes of a document, in the order in which they are asked for.
pub(super) struct Security<'d> {
    document: &'d Document,
    prefix: String,
    schemes: Vec<(&'d str, &'d Node)>,
    /// Those by which most operations are called: `auth`.
    usual: Vec<&'d str>,
}

/// How a scheme is sent.
enum Way {
    /// As an element of `auth` or `keys`.
    Auth(Value),
    /// In the query.
    Query,
    /// Not at all.
    None,
}

/// What a provider has of it.
#[derive(Default)]
pub(super) struct Written {
    pub(super) auth: Option<Value>,
    pub(super) keys: Map<String, Value>,
    pub(super) headers: Map<String, Value>,
    pub(super) query: Map<String, Value>,
    /// What is to be done by hand.
    pub(super) told: Vec<String>,
}

impl<'d> Security<'d> {
    pub(super) fn of(document: &'d Document, operations: &[&Operation<'d>], prefix: &str) -> Self {
        let asked = operations
            .iter()
            .filter_map(|operation| operation.node.get("security"))
            .chain(document.at(&["security"]));
        let mut order: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, _) in asked.flat_map(Node::elements).flat_map(Node::members) {
            *order.entry(name.text.as_str()).or_default() += 1;
        }
        let schemes = document
            .at(&["components", "securitySchemes"])
            .map_or(&[][..], Node::members);
        let mut schemes: Vec<_> = schemes
            .iter()
            .map(|(name, scheme)| (name.text.as_str(), scheme))
            .filter(|(name, _)| order.is_empty() || order.contains_key(name))
            .collect();
        let whole = document.at(&["security"]).map_or(&[][..], Node::elements);
        let is_whole = |name: &str| whole.iter().any(|one| one.get(name).is_some());
        // The most asked for is tried first.
        schemes.sort_by_key(|(name, _)| {
            let count = order.get(name).copied().unwrap_or_default();
            (!is_whole(name), std::cmp::Reverse(count))
        });
        let names = || schemes.iter().map(|(name, _)| *name);
        let usual: Vec<_> = if whole.is_empty() {
            // Where nothing is said of the whole, what goes with the most asked for does.
            let first = names().next();
            let together = |name: &str| {
                let of = operations.iter().filter_map(|one| one.node.get("security"));
                let asks = |list: &Node, name: &str| {
                    list.elements().iter().any(|one| one.get(name).is_some())
                };
                order.is_empty()
                    || first.is_some_and(|first| {
                        Some(name) == Some(first)
                            || of
                                .into_iter()
                                .any(|list| asks(list, first) && asks(list, name))
                    })
            };
            names().filter(|name| together(name)).collect()
        } else {
            names().filter(|name| is_whole(name)).collect()
        };
        Self {
            document,
            prefix: prefix.to_owned(),
            schemes,
            usual,
        }
    }

    /// The key that an operation is called with, where it is not the usual one; the names of schemes that the provider
    /// does not send, where it needs such.
    pub(super) fn key(&self, operation: &Operation<'_>) -> Result<Option<String>, String> {
        let alternatives = operation
            .node
            .get("security")
            .map_or(&[][..], Node::elements);
        let usual = |one: &Node| {
            let mut names = one.members().iter();
            names.all(|(name, _)| self.usual.contains(&name.text.as_str()))
        };
        if alternatives.is_empty() || alternatives.iter().any(usual) {
            return Ok(None);
        }
        let mut names = alternatives.iter().flat_map(Node::members);
        let key = names.find_map(|(name, _)| {
            let (_, scheme) = self.schemes.iter().find(|(one, _)| *one == name.text)?;
            let unusual = !self.usual.contains(&name.text.as_str());
            (unusual && matches!(self.way(&name.text, scheme), Way::Auth(_)))
                .then(|| names::identifier(&name.text))
        });
        let names = alternatives.iter().flat_map(Node::members);
        let names: Vec<_> = names.map(|(name, _)| name.text.as_str()).collect();
        key.map(Some).ok_or_else(|| names.join("`, `"))
    }

    /// The headers that hold keys, which the provider sends.
    pub(super) fn headers(&self) -> Vec<&'d str> {
        let schemes = self.schemes.iter();
        let schemes = schemes.filter_map(|(_, scheme)| self.document.resolve(scheme).ok());
        let in_header = schemes.filter(|scheme| text(scheme, "in") == Some("header"));
        in_header
            .filter_map(|scheme| text(scheme, "name"))
            .collect()
    }

    /// What the provider sends, and what is to be done by hand.
    pub(super) fn written(&self, operations: &[&Operation<'_>]) -> Written {
        let keys = operations.iter().filter_map(|one| self.key(one).ok());
        let keys: Vec<_> = keys.flatten().collect();
        let mut written = Written::default();
        let mut ways = Vec::new();
        for (name, scheme) in &self.schemes {
            let resolved = self.document.resolve(scheme).unwrap_or(scheme);
            let usual = self.usual.contains(name);
            let value = json!(format!("${{{}}}", self.variable(name)));
            let sent_as = text(resolved, "name").unwrap_or_default().to_owned();
            match self.way(name, scheme) {
                Way::Query if usual => {
                    written.query.insert(sent_as, value);
                }
                Way::Auth(_) if usual && self.comes_second(name, operations) => {
                    if text(resolved, "in") == Some("header") {
                        written.headers.insert(sent_as, value);
                    } else {
                        written.told.push(format!(
                            "the scheme `{name}` is asked for beside another, and `auth` is one way: add its header to `headers`"
                        ));
                    }
                }
                Way::Auth(way) => {
                    let basic = text(resolved, "scheme");
                    if basic.is_some_and(|one| one.eq_ignore_ascii_case("basic")) {
                        written.told.push(format!(
                            "${{{}}} holds the base64 of `user:password`",
                            self.variable(name)
                        ));
                    }
                    let key = names::identifier(name);
                    if usual {
                        ways.push(way);
                    } else if keys.contains(&key) {
                        written.keys.insert(key, way);
                    }
                }
                Way::Query => written.told.push(format!(
                    "the scheme `{name}` puts a key into the query of some operations, which can not be said of some only: for a provider of these alone add `query: {{ {sent_as}: \"${{{}}}\" }}`",
                    self.variable(name)
                )),
                Way::None => written.told.push(format!(
                    "the security scheme `{name}` is none that can be sent: put its header into `auth` by hand"
                )),
            }
        }
        written.auth = match ways.as_slice() {
            [] => None,
            [way] => Some(way.clone()),
            several => Some(json!(several)),
        };
        written
    }

    /// Whether a scheme is only ever asked for after another one, together with it.
    fn comes_second(&self, name: &str, operations: &[&Operation<'_>]) -> bool {
        let asked = operations.iter().filter_map(|one| one.node.get("security"));
        let asked = asked.chain(self.document.at(&["security"]));
        let with = asked
            .flat_map(Node::elements)
            .filter(|one| one.get(name).is_some());
        let mut first = with.map(|one| {
            one.members()
                .first()
                .is_some_and(|(key, _)| key.text == name)
        });
        let mut there = first.by_ref().peekable();
        there.peek().is_some() && there.all(|first| !first)
    }

    fn way(&self, name: &str, scheme: &'d Node) -> Way {
        let scheme = self.document.resolve(scheme).unwrap_or(scheme);
        let variable = self.variable(name);
        let kind = text(scheme, "type").unwrap_or_default();
        let http = text(scheme, "scheme")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let key = text(scheme, "name").unwrap_or_default();
        let header =
            |header: &str, value: String| Way::Auth(json!({ "header": header, "value": value }));
        match (kind, http.as_str(), text(scheme, "in")) {
            ("http", "bearer", _) | ("oauth2" | "openIdConnect", ..) => {
                Way::Auth(json!({ "bearer": format!("${{{variable}}}") }))
            }
            ("http", "basic", _) => header("Authorization", format!("Basic ${{{variable}}}")),
            ("apiKey", _, Some("header")) => header(key, format!("${{{variable}}}")),
            ("apiKey", _, Some("cookie")) => header("Cookie", format!("{key}=${{{variable}}}")),
            ("apiKey", _, Some("query")) => Way::Query,
            _ => Way::None,
        }
    }

    /// The variable that holds a key: `AdminApiKeyAuth` of `acme` is in `ACME_ADMIN_API_KEY`.
    fn variable(&self, scheme: &str) -> String {
        let prefix = &self.prefix;
        let name = scheme.to_shouty_snake_case();
        let name = name.strip_suffix("_AUTH").unwrap_or(&name);
        let name = match name {
            "" | "BEARER" | "AUTH" | "O_AUTH2" | "OAUTH2" | "O" => "TOKEN",
            name => name,
        };
        let plain: String = name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        match plain.strip_prefix(&format!("{prefix}_")) {
            Some(rest) => format!("{prefix}_{rest}"),
            None => format!("{prefix}_{plain}"),
        }
    }
}
