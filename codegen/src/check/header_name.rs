//! `header-name`: names that HTTP takes, and none that the runtime sets itself.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest},
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
    let providers = manifest
        .providers
        .iter()
        .flat_map(|provider| &provider.headers)
        .map(|(name, _)| name);
    providers.for_each(|name| header(name, false, report));
    for tool in &manifest.tools {
        if let Action::Http { requests, .. } = &tool.action {
            for request in requests {
                let names = request.headers.iter().map(|(name, _)| name);
                names.for_each(|name| header(name, request.body.is_some(), report));
            }
        }
    }
}

/// `typed`: whether it may say which kind of JSON the body is.
fn header(name: &Text, typed: bool, report: &mut Report) {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.text.is_empty() || !name.text.chars().all(token) {
        let message = format!("`{}` is no name of a header", name.text);
        report.add(
            Mistake::new("header-name", name.span, message).help("use letters, digits and `-`"),
        );
    } else if OWN.contains(&name.text.to_ascii_lowercase().as_str())
        && !(typed && name.text.eq_ignore_ascii_case("content-type"))
    {
        let message = format!("`{}` is set by the server itself", name.text);
        let mistake = Mistake::new("header-name", name.span, message);
        report.add(mistake.help("leave it out; who calls is said by `auth` in `providers.yaml`"));
    }
}
