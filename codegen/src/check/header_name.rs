//! `header-name`: names that HTTP takes, and none that the runtime sets itself.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Auth, Manifest},
    node::Text,
};

/// Headers that follow from the request.
const OWN: [&str; 5] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for provider in &manifest.providers {
        let names = provider.headers.iter().map(|(name, _)| name);
        names.for_each(|name| header(name, false, report));
        let ways = provider
            .auth
            .iter()
            .chain(provider.keys.iter().flat_map(|(_, ways)| ways));
        let keys = ways.filter_map(|way| match way {
            Auth::Header(name, _) => Some(name),
            Auth::Bearer(_) => None,
        });
        for name in keys.clone() {
            token(name, report);
        }
        let mut seen = Vec::new();
        for (name, _) in &provider.headers {
            once(name, seen.iter().copied().chain(keys.clone()), report);
            seen.push(name);
        }
    }
    let everywhere: Vec<_> = manifest
        .providers
        .iter()
        .flat_map(|provider| &provider.headers)
        .map(|(name, _)| name)
        .collect();
    for tool in &manifest.tools {
        if let Action::Http { requests, .. } = &tool.action {
            for request in requests {
                let mut seen = everywhere.clone();
                for (name, _) in &request.headers {
                    header(name, request.body.is_some(), report);
                    once(name, seen.iter().copied(), report);
                    seen.push(name);
                }
            }
        }
    }
}

/// A request has each header once, whatever the case of its letters.
fn once<'m>(name: &Text, mut before: impl Iterator<Item = &'m Text>, report: &mut Report) {
    if let Some(other) = before.find(|other| other.text.eq_ignore_ascii_case(&name.text)) {
        let message = format!("`{}` is sent already, as `{}`", name.text, other.text);
        let mistake = Mistake::new("header-name", name.span, message);
        report.add(mistake.help(
            "say it once: letter case makes no difference, and a provider's headers go with every request",
        ));
    }
}

/// Whether HTTP takes the name.
fn token(name: &Text, report: &mut Report) -> bool {
    let fits = is_token(&name.text);
    if !fits {
        let message = format!("`{}` is no name of a header", name.text);
        report.add(
            Mistake::new("header-name", name.span, message).help("use letters, digits and `-`"),
        );
    }
    fits
}

/// What HTTP calls a token.
pub(super) fn is_token(name: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(token)
}

/// `typed`: whether it may say which kind of JSON the body is.
fn header(name: &Text, typed: bool, report: &mut Report) {
    if !token(name, report) {
        return;
    }
    if OWN.contains(&name.text.to_ascii_lowercase().as_str())
        && !(typed && name.text.eq_ignore_ascii_case("content-type"))
    {
        let message = format!("`{}` is set by the server itself", name.text);
        let mistake = Mistake::new("header-name", name.span, message);
        report.add(mistake.help("leave it out; who calls is said by `auth` in `providers.yaml`"));
    }
}
