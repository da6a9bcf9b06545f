//! `server.yaml` and `providers.yaml` of a manifest that a document begins.

use std::fmt::Write as _;

use heck::{ToKebabCase as _, ToShoutySnakeCase as _};
use serde_json::{Map, Value, json};

use super::{
    names::UNTAGGED,
    security::Security,
    text::{brief, one_line},
    write,
};
use crate::{
    node::Node,
    openapi::{Document, Operation, text},
};

/// So long that `mcp__NAME__` leaves room for the names of tools.
const LONGEST_NAME: usize = 24;

/// Both files.
pub(super) fn files(
    document: &Document,
    operations: &[&Operation<'_>],
    security: &Security<'_>,
) -> Vec<(String, String)> {
    let title = title(document);
    let name = name(title);
    vec![
        (
            "providers.yaml".to_owned(),
            providers(document, operations, security, title, &name),
        ),
        (
            "server.yaml".to_owned(),
            server(document, operations, title, &name),
        ),
    ]
}

/// The provider that a document's operations need, for a manifest that has none with its address.
pub(super) fn provider(
    document: &Document,
    operations: &[&Operation<'_>],
    security: &Security<'_>,
) -> String {
    let title = title(document);
    providers(document, operations, security, title, &name(title))
}

fn title(document: &Document) -> &str {
    document
        .at(&["info", "title"])
        .and_then(Node::text)
        .unwrap_or("API")
}

/// The prefix of the variables that hold keys and addresses.
pub(super) fn prefix(document: &Document) -> String {
    name(title(document)).to_shouty_snake_case()
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
        let tag = operation.tag().unwrap_or(UNTAGGED);
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

/// A provider for `providers.yaml`, with comments that say what is to be done by hand.
fn providers(
    document: &Document,
    operations: &[&Operation<'_>],
    security: &Security<'_>,
    title: &str,
    name: &str,
) -> String {
    let prefix = name.to_shouty_snake_case();
    let mut provider = Map::new();
    provider.insert("title".to_owned(), json!(brief(title, 80)));
    provider.insert("base_url".to_owned(), json!(base_url(document, &prefix)));
    let written = security.written(operations);
    if let Some(auth) = written.auth {
        provider.insert("auth".to_owned(), auth);
    }
    for (key, members) in [
        ("keys", written.keys),
        ("headers", written.headers),
        ("query", written.query),
    ] {
        if !members.is_empty() {
            provider.insert(key.to_owned(), Value::Object(members));
        }
    }
    let mut text = "# Where the requests go, and how they say who calls. ${NAME} is taken from the environment.\n".to_owned();
    for line in written.told {
        let _ = writeln!(text, "# - {}", one_line(&line));
    }
    text.push_str(&write::yaml(&json!({ name: provider })));
    text
}

/// The address of the document's first server, as it is said.
pub(super) fn address(document: &Document) -> Option<&str> {
    let server = document.at(&["servers"])?.elements().first()?;
    let url = text(server, "url")?.trim_end_matches('/');
    (!url.is_empty()).then_some(url)
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
