//! `client-format`: clients' validators refuse a schema whose `format` they do not know.

use super::inputs;
use crate::{
    diagnostics::{Mistake, Report},
    model::Manifest,
};

/// Those of JSON Schema 2020-12 and of the validators that clients use, `OpenAPI`'s numbers among them.
const KNOWN: [&str; 27] = [
    "byte",
    "binary",
    "date",
    "date-time",
    "double",
    "duration",
    "email",
    "float",
    "hostname",
    "idn-email",
    "idn-hostname",
    "int32",
    "int64",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    inputs::visit(manifest, &mut |tool, schema| {
        if let Some(node) = schema.get("format")
            && let Some(format) = node.text()
            && !KNOWN.contains(&format)
        {
            let message = format!("clients do not know the format `{format}`, and some refuse it");
            let mistake = Mistake::new("client-format", node.span, message);
            let help = "say it with `minimum`, `maximum` or `pattern`, or in the description";
            report.add(mistake.help(help).tool(&tool.name.text));
        }
    });
}
