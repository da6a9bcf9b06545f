//! `server.yaml` and `providers.yaml` of a manifest that a document begins.

use std::{collections::BTreeMap, fmt::Write as _};

use heck::{ToKebabCase as _, ToShoutySnakeCase as _};
use serde_json::{Map, Value, json};

use super::{text::brief, write};
use crate::{
    node::Node,
    openapi::{Document, Operation, text},
};

/// So long that `mcp__NAME__` leaves room for the names of tools.
const LONGEST_NAME: usize = 24;

/// Both files.
pub(super) fn files(document: &Document, operations: &[&Operation<'_>]) -> Vec<(String, String)> {
    let title = document
        .at(&["info", "title"])
        .and_then(Node::text)
        .unwrap_or("API");
    let name = name(title);
    vec![
        (
            "providers.yaml".to_owned(),
            providers(document, operations, title, &name),
        ),
        (
            "server.yaml".to_owned(),
            server(document, operations, title, &name),
        ),
    ]
}

/// The server's name: the words of the title but `API`, as many as there is room for.
fn name(title: &str) -> String {
    let mut name = String::new();
    let words = title.to_kebab_case();
    let plain: String = words
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    for word in plain.split('-').filter(|word| !matches!(*word, "" | "api")) {
        if name.len() + word.len() + 1 > LONGEST_NAME {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return "api".to_owned();
    }
    name
}

fn server(document: &Document, operations: &[&Operation<'_>], title: &str, name: &str) -> String {
    let mut sets = Map::new();
    for operation in operations {
        let tag = operation.tags().first().copied().unwrap_or("tools");
        let described = document
            .at(&["tags"])
            .map_or(&[][..], Node::elements)
            .iter()
            .find(|one| text(one, "name") == Some(tag))
            .and_then(|one| text(one, "description"))
            .map(|text| brief(text, 120))
            .filter(|text| !text.is_empty());
        let set =
            json!({ "description": described.unwrap_or_else(|| tag.to_owned()), "default": true });
        sets.entry(write::group(operation)).or_insert(set);
    }
    let described = document
        .at(&["info", "description"])
        .and_then(Node::text)
        .map(|text| brief(text, 400))
        .filter(|text| !text.is_empty());
    let server = json!({
        "name": name,
        "title": brief(title, 80),
        "instructions": described.unwrap_or_else(|| format!("Tools for {title}.")),
        "types": "native",
        "sets": sets,
    });
    format!(
        "# What the server says of itself, and its tool sets. `types: native` keeps the build short: inputs are validated,\n\
         # and only native tools have Rust types of their own.\n{}",
        write::yaml(&server)
    )
}

fn providers(
    document: &Document,
    operations: &[&Operation<'_>],
    title: &str,
    name: &str,
) -> String {
    let prefix = name.to_shouty_snake_case();
    let mut provider = Map::new();
    provider.insert("title".to_owned(), json!(brief(title, 80)));
    provider.insert("base_url".to_owned(), json!(base_url(document, &prefix)));
    let (ways, other) = auth(document, operations, &prefix);
    match ways.as_slice() {
        [] => {}
        [way] => {
            provider.insert("auth".to_owned(), way.clone());
        }
        several => {
            provider.insert("auth".to_owned(), json!(several));
        }
    }
    let mut text = "# Where the requests go, and how they say who calls. ${NAME} is taken from the environment.\n".to_owned();
    for scheme in other {
        let _ = writeln!(
            text,
            "# - the security scheme `{scheme}` is none that can be sent: put its header into `auth` by hand"
        );
    }
    text.push_str(&write::yaml(&json!({ name: provider })));
    text
}

/// The address of the document's first server, from the environment where it says nothing certain.
fn base_url(document: &Document, prefix: &str) -> String {
    let server = document
        .at(&["servers"])
        .and_then(|servers| servers.elements().first());
    let url = server
        .and_then(|server| text(server, "url"))
        .unwrap_or_default()
        .trim_end_matches('/');
    let absolute = url.starts_with("https://") || url.starts_with("http://");
    if !absolute || url.contains('$') {
        return format!("${{{prefix}_BASE_URL}}");
    }
    if !url.contains('{') {
        return format!("${{{prefix}_BASE_URL:-{url}}}");
    }
    let mut address = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        address.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let variable = format!("{prefix}_{}", name.to_shouty_snake_case());
        let default = server
            .and_then(|server| server.get("variables")?.get(name)?.get("default"))
            .and_then(Node::text)
            .filter(|default| !default.is_empty() && !default.contains('}'));
        match default {
            Some(default) => {
                let _ = write!(address, "${{{variable}:-{default}}}");
            }
            None => {
                let _ = write!(address, "${{{variable}}}");
            }
        }
        rest = after;
    }
    address + rest
}

/// Ways to say who calls, in the order in which the document asks for them; and the names of those that can not be
/// sent.
fn auth<'d>(
    document: &'d Document,
    operations: &[&Operation<'d>],
    prefix: &str,
) -> (Vec<Value>, Vec<&'d str>) {
    let asked = operations
        .iter()
        .filter_map(|operation| operation.node.get("security"))
        .chain(document.at(&["security"]));
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    // The most asked for is tried first.
    for (name, _) in asked.flat_map(Node::elements).flat_map(Node::members) {
        *order.entry(name.text.as_str()).or_default() += 1;
    }
    let schemes = document
        .at(&["components", "securitySchemes"])
        .map_or(&[][..], Node::members);
    let mut named: Vec<_> = schemes
        .iter()
        .map(|(name, scheme)| (name.text.as_str(), scheme))
        .filter(|(name, _)| order.is_empty() || order.contains_key(name))
        .collect();
    let whole = document.at(&["security"]).map_or(&[][..], Node::elements);
    let is_whole = |name: &str| whole.iter().any(|one| one.get(name).is_some());
    named.sort_by_key(|(name, _)| {
        (
            !is_whole(name),
            std::cmp::Reverse(order.get(name).copied().unwrap_or_default()),
        )
    });
    let (mut ways, mut other) = (Vec::new(), Vec::new());
    for (name, scheme) in named {
        let scheme = document.resolve(scheme).unwrap_or(scheme);
        let variable = variable(name, prefix);
        let kind = text(scheme, "type").unwrap_or_default();
        let http = text(scheme, "scheme")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let header = text(scheme, "name").filter(|_| text(scheme, "in") == Some("header"));
        match (kind, http.as_str(), header) {
            ("http", "bearer", _) | ("oauth2" | "openIdConnect", ..) => {
                ways.push(json!({ "bearer": format!("${{{variable}}}") }));
            }
            ("http", "basic", _) => ways.push(json!({
                "header": "Authorization",
                "value": format!("Basic ${{{variable}}}"),
            })),
            ("apiKey", _, Some(header)) => ways.push(json!({
                "header": header,
                "value": format!("${{{variable}}}"),
            })),
            _ => other.push(name),
        }
    }
    (ways, other)
}

/// The variable that holds a key: `AdminApiKeyAuth` of `acme` is in `ACME_ADMIN_API_KEY`.
fn variable(scheme: &str, prefix: &str) -> String {
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
