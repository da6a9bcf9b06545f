//! `providers.yaml`: the only file with references to the environment.

use url::Url;

use crate::{
    check,
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, text, texts},
    model::{Auth, Piece, Provider},
    names::is_variable,
    node::{Kind, Node, Text},
};

/// The providers, in order; the first is the default.
pub(crate) fn read(node: &Node, report: &mut Report) -> Vec<Provider> {
    if node.is_broken() {
        return Vec::new();
    }
    let entries = entries(node, "providers.yaml", report);
    if entries.is_empty() {
        let mistake = Mistake::new("missing-key", node.span, "the manifest names no provider");
        report.add(mistake.help("give one a name, a `title` and a `base_url`"));
    }
    entries
        .iter()
        .map(|(name, node)| provider(name, node, report))
        .collect()
}

fn provider(name: &Text, node: &Node, report: &mut Report) -> Provider {
    let mut fields = Fields::of(node, name.span, format!("provider `{}`", name.text), report);
    let title = fields.required_text("title", "give the name that people know it by");
    let notice = fields.text("notice").unwrap_or_default();
    let embedded = fields.bool("embedded", false);
    let base_url =
        match fields.optional("base_url") {
            Some(url) if embedded => {
                let mistake = Mistake::new(
                    "wrong-type",
                    url.span,
                    "an embedded provider has no `base_url`",
                );
                fields
                    .report
                    .add(mistake.help("remove either `embedded` or `base_url`"));
                None
            }
            Some(url) => address(url, fields.report),
            None if embedded || node.is_broken() => None,
            None => {
                let message = format!("provider `{}` has no `base_url`", name.text);
                let mistake = Mistake::new("missing-key", name.span, message);
                fields.report.add(mistake.help(
                    "say where its API begins, or `embedded: true` for one inside the process",
                ));
                None
            }
        };
    let auth = fields
        .optional("auth")
        .map(|node| ways(node, fields.report))
        .unwrap_or_default();
    let keys = fields
        .optional("keys")
        .map(|node| keys(node, fields.report))
        .unwrap_or_default();
    let headers = fields
        .optional("headers")
        .map(|node| expanded(node, "headers", carried, fields.report))
        .unwrap_or_default();
    let query = fields
        .optional("query")
        .map(|node| expanded(node, "query", pieces, fields.report))
        .unwrap_or_default();
    let values = fields
        .optional("values")
        .map(|node| entries(node, "values", fields.report).to_vec())
        .unwrap_or_default();
    let lacks = fields
        .optional("lacks")
        .map(|node| texts(node, "lacks", fields.report))
        .unwrap_or_default();
    fields.finish();
    Provider {
        name: name.clone(),
        title,
        notice,
        base_url,
        auth,
        keys,
        headers,
        query,
        values,
        lacks,
    }
}

fn address(node: &Node, report: &mut Report) -> Option<Vec<Piece>> {
    let text = text(node, "base_url", report)?;
    if text.text.ends_with('/') {
        let mistake = Mistake::new("base-url", node.span, "`base_url` ends with a slash");
        report.add(mistake.help("the paths of tools begin with one; remove it here"));
    }
    let pieces = pieces(&text, report);
    if let Some(wrong) = wrong(&pieces) {
        let mistake = Mistake::new("base-url", node.span, format!("`base_url` {wrong}"));
        report.add(mistake.help(
            "write an address, such as `https://host/v1`, or take it from the environment: `${NAME}` or \
             `${NAME:-https://host/v1}`",
        ));
    }
    Some(pieces)
}

/// What is wrong with an address as it is when no variable is set but those that must be.
fn wrong(pieces: &[Piece]) -> Option<String> {
    let mut address = String::new();
    let after = |index: usize| pieces.get(index + 1);
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(text)
            | Piece::Env {
                default: Some(text),
                ..
            } => address.push_str(text),
            // At the beginning it is the address, or its scheme; elsewhere a part of it.
            Piece::Env { default: None, .. } if address.is_empty() => {
                address.push_str("https");
                if !matches!(after(index), Some(Piece::Literal(next)) if next.starts_with("://")) {
                    address.push_str("://host");
                }
            }
            Piece::Env { default: None, .. } => address.push('1'),
        }
    }
    // A parser of addresses passes over those, and over missing slashes.
    if address.chars().any(|c| !matches!(c, '!'..='~')) {
        return Some("has a character that no address has".to_owned());
    }
    if !address.contains("://") {
        return Some("is no address".to_owned());
    }
    let url = match Url::parse(&address) {
        Ok(url) => url,
        Err(error) => return Some(format!("is no address: {error}")),
    };
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "is no http or https address"
    } else if url.query().is_some() || url.fragment().is_some() {
        "has a query or a fragment, which paths can not follow"
    } else if !url.username().is_empty() || url.password().is_some() {
        "has a user name or password"
    } else {
        return None;
    };
    Some(wrong.to_owned())
}

/// One way to prove who calls, or several.
fn ways(node: &Node, report: &mut Report) -> Vec<Auth> {
    let ways = match &node.kind {
        Kind::List(ways) => ways.as_slice(),
        _ => std::slice::from_ref(node),
    };
    ways.iter().filter_map(|node| way(node, report)).collect()
}

fn way(node: &Node, report: &mut Report) -> Option<Auth> {
    let mut fields = Fields::of(node, node.span, "`auth`", report);
    let bearer = fields
        .optional("bearer")
        .and_then(|node| text(node, "bearer", fields.report));
    let header = fields
        .optional("header")
        .and_then(|node| text(node, "header", fields.report));
    let value = fields
        .optional("value")
        .and_then(|node| text(node, "value", fields.report));
    let way = match (bearer, header, value) {
        (Some(bearer), None, None) => Some(Auth::Bearer(carried(&bearer, fields.report))),
        (None, Some(header), Some(value)) => {
            Some(Auth::Header(header, carried(&value, fields.report)))
        }
        _ => {
            if matches!(node.kind, Kind::Map(_)) {
                let mistake = Mistake::new(
                    "missing-key",
                    node.span,
                    "`auth` is neither a bearer token nor a header",
                );
                fields
                    .report
                    .add(mistake.help("write `{ bearer: … }`, or `{ header: name, value: … }`"));
            }
            None
        }
    };
    fields.finish();
    if let Some(Auth::Bearer(secret) | Auth::Header(_, secret)) = &way
        && !secret
            .iter()
            .any(|piece| matches!(piece, Piece::Env { .. }))
    {
        let mistake = Mistake::new("environment", node.span, "the key itself stands in `auth`");
        report
            .add(mistake.help("take it from the environment with `${NAME}`, and revoke this one"));
    }
    way
}

/// Ways to prove who calls by the name of a key.
fn keys(node: &Node, report: &mut Report) -> Vec<(Text, Vec<Auth>)> {
    entries(node, "keys", report)
        .iter()
        .map(|(name, node)| (name.clone(), ways(node, report)))
        .collect()
}

/// Texts by name, with references to the environment.
fn expanded(
    node: &Node,
    what: &str,
    pieces: fn(&Text, &mut Report) -> Vec<Piece>,
    report: &mut Report,
) -> Vec<(Text, Vec<Piece>)> {
    let mut texts = Vec::new();
    for (name, node) in entries(node, what, report) {
        if let Some(text) = text(node, &name.text, report) {
            texts.push((name.clone(), pieces(&text, report)));
        }
    }
    texts
}

/// The pieces of a header's value.
fn carried(text: &Text, report: &mut Report) -> Vec<Piece> {
    let pieces = pieces(text, report);
    check::header(&pieces, text.span, report);
    pieces
}

/// `${NAME}` and `${NAME:-default}` in a text.
fn pieces(text: &Text, report: &mut Report) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.text.as_str();
    while let Some((before, after)) = rest.split_once("${") {
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        }
        let (inside, after) = after.split_once('}').unwrap_or_else(|| {
            let message = "`${` has no `}` after it";
            let mistake = Mistake::new("environment", text.span, message);
            report.add(mistake.help("end the name, or its default, with `}`"));
            (after, "")
        });
        let (name, default) = match inside.split_once(":-") {
            Some((name, default)) => (name, Some(default.to_owned())),
            None => (inside, None),
        };
        if !is_variable(name) {
            let message = format!("`{name}` is no name of an environment variable");
            let mistake = Mistake::new("environment", text.span, message);
            report.add(
                mistake.help("write `${NAME}` or `${NAME:-default}`, in capitals, digits and `_`"),
            );
        }
        pieces.push(Piece::Env {
            name: name.to_owned(),
            default,
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}
