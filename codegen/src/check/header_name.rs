//! `header-name`: names that HTTP takes, and none that the runtime sets itself.

use crate::{
    diagnostics::{Mistake, Report},
    headers::{self, Owner, is_token},
    model::{Action, Auth, Manifest},
    node::Text,
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for provider in &manifest.providers {
        let names = provider.headers.iter().map(|(name, _)| name);
        names.for_each(|name| header(name, Place::Provider, report));
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
                    let typed = request.body.is_some();
                    header(name, Place::Request { typed }, report);
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

/// Where a header is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Provider,
    Request {
        /// Whether it may say which kind of JSON the body is.
        typed: bool,
    },
}

fn header(name: &Text, place: Place, report: &mut Report) {
    if !token(name, report) {
        return;
    }
    let owner = match headers::owner(&name.text) {
        None | Some(Owner::Reply) => return,
        Some(Owner::Body) if place == (Place::Request { typed: true }) => return,
        Some(Owner::Cookies) if place == Place::Provider => return,
        Some(owner) => owner,
    };
    let message = format!("`{}` is set by the server itself", name.text);
    let mistake = Mistake::new("header-name", name.span, message);
    report.add(mistake.help(owner.of_manifest()));
}
