//! `server.yaml`

use super::allow;
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, entries, mistyped, texts},
    model::{Budget, ClientUse, Limit, Limits, Server, Set, Types},
    node::{Kind, Node},
};

/// What the server says of itself, its sets and its limits.
pub(crate) fn read(node: &Node, report: &mut Report) -> Server {
    let mut fields = Fields::of(node, node.span, "the server", report);
    let server = Server {
        read: true,
        span: node.key("name").map(|key| key.span),
        name: name(&mut fields),
        title: fields.text("title").unwrap_or_default(),
        instructions: fields.text("instructions").unwrap_or_default(),
        sets: fields
            .optional("sets")
            .map(|sets| read_sets(sets, fields.report))
            .unwrap_or_default(),
        limits: fields
            .optional("limits")
            .map(|limits| read_limits(limits, fields.report))
            .unwrap_or_default(),
        spending: fields
            .optional("spending")
            .map(|spending| read_spending(spending, fields.report))
            .unwrap_or_default(),
        client: fields
            .optional("client")
            .map(|client| read_client(client, fields.report))
            .unwrap_or_default(),
        budget: fields
            .optional("budget")
            .map(|budget| read_budget(budget, fields.report))
            .unwrap_or_default(),
        allow: allow::read(&mut fields),
        types: fields
            .optional("types")
            .map(|types| read_types(types, fields.report))
            .unwrap_or_default(),
    };
    fields.finish();
    server
}

/// The name that clients know the server by, as programs are named.
fn name(fields: &mut Fields<'_, '_>) -> String {
    let name = fields.required_text("name", "clients show it beside the tools");
    if let Some(node) = fields.optional("name")
        && name.contains(char::is_whitespace)
    {
        let words = name.split_whitespace().collect::<Vec<_>>();
        let message = "`name` has blanks, and programs know the server by it";
        let help = format!(
            "write `{}`; `title` is for people",
            words.join("-").to_lowercase()
        );
        fields
            .report
            .add(Mistake::new("wrong-type", node.span, message).help(help));
    }
    name
}

fn read_types(node: &Node, report: &mut Report) -> Types {
    match node.text() {
        Some("all") => Types::All,
        Some("native") => Types::Native,
        _ => {
            mistyped(node, "types", "`all` or `native`", report);
            Types::default()
        }
    }
}

/// What a client may be asked for, each with its name in Rust.
const ASKS: [(&str, &str); 3] = [
    ("elicitation", "Elicitation"),
    ("sampling", "Sampling"),
    ("roots", "Roots"),
];

/// The lists that may change, each with its name in Rust.
const LISTS: [(&str, &str); 3] = [
    ("tools", "Tools"),
    ("prompts", "Prompts"),
    ("resources", "Resources"),
];

fn read_client(node: &Node, report: &mut Report) -> ClientUse {
    let mut fields = Fields::of(node, node.span, "`client`", report);
    let asks = fields.optional("asks");
    let announces = fields.optional("announces");
    let client = ClientUse {
        asks: asks
            .map(|node| words(node, "asks", &ASKS, fields.report))
            .unwrap_or_default(),
        logs: fields.bool("logs", false),
        announces: announces
            .map(|node| words(node, "announces", &LISTS, fields.report))
            .unwrap_or_default(),
    };
    fields.finish();
    client
}

/// Words of a list of a few, as Rust has them; each once.
fn words(
    node: &Node,
    name: &str,
    known: &[(&str, &'static str)],
    report: &mut Report,
) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in texts(node, name, report) {
        let mut known_words = known.iter();
        match known_words.find(|(name, _)| *name == word.text) {
            Some((_, rust)) if !found.contains(rust) => found.push(*rust),
            Some(_) => {
                let message = format!("`{}` stands in `{name}` twice", word.text);
                report.add(Mistake::new("client-use", word.span, message).help("remove one"));
            }
            None => {
                let message = format!("there is no `{}` in `{name}`", word.text);
                let mistake = Mistake::new("client-use", word.span, message);
                report.add(mistake.nearest(&word.text, known.iter().map(|(name, _)| *name)));
            }
        }
    }
    found
}

fn read_sets(node: &Node, report: &mut Report) -> Vec<Set> {
    let mut sets = Vec::new();
    for (name, node) in entries(node, "sets", report) {
        let mut fields = Fields::of(node, name.span, format!("set `{}`", name.text), report);
        let description = fields.description();
        let default = fields.bool("default", false);
        fields.finish();
        sets.push(Set {
            name: name.clone(),
            description,
            default,
        });
    }
    sets
}

fn read_limits(node: &Node, report: &mut Report) -> Limits {
    let usual = Limits::default();
    let mut fields = Fields::of(node, node.span, "`limits`", report);
    let limits = Limits {
        connect_seconds: fields.count("connect_seconds", usual.connect_seconds),
        request_seconds: fields.count("request_seconds", usual.request_seconds),
        response_bytes: fields.count("response_bytes", usual.response_bytes),
        result_bytes: fields.count("result_bytes", usual.result_bytes),
    };
    fields.finish();
    limits
}

fn read_spending(node: &Node, report: &mut Report) -> Vec<Limit> {
    let mut limits = Vec::new();
    for (name, node) in entries(node, "spending", report) {
        let mut fields = Fields::of(node, name.span, format!("limit `{}`", name.text), report);
        let description = fields.description();
        let most = fields.optional("most");
        let most = most.and_then(|node| match &node.kind {
            Kind::Number(number) if number.as_f64().is_some_and(|most| most >= 0.0) => {
                Some(number.clone())
            }
            _ => {
                mistyped(node, "most", "a number from 0", fields.report);
                None
            }
        });
        fields.finish();
        limits.push(Limit {
            name: name.clone(),
            description,
            most,
        });
    }
    limits
}

fn read_budget(node: &Node, report: &mut Report) -> Budget {
    let usual = Budget::default();
    let mut fields = Fields::of(node, node.span, "`budget`", report);
    let budget = Budget {
        span: Some(node.span),
        tool: fields.count("tool", usual.tool),
        set: fields.count("set", usual.set),
        total: fields.count("total", usual.total),
    };
    fields.finish();
    budget
}
