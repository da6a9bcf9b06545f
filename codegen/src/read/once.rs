//! `once:`

use super::{place, request::named};
use crate::{
    diagnostics::{Mistake, Report},
    fields::{Fields, text},
    model::{Beside, Once, Place, Undo},
    node::{Kind, Node, Text},
    schema::BRIEF,
};

/// A shorter token would be given twice by accident; a longer one is taken by few providers.
const LENGTHS: (u64, u64) = (8, 128);

/// How a launch happens once; `None` when it could not be read, which has been reported.
pub(super) fn read(node: &Node, report: &mut Report) -> Option<Once> {
    let mut fields = Fields::of(node, node.span, "`once`", report);
    let token = fields.required(
        "token",
        "say where the token goes in the body: `token: metadata.launch_token`",
    );
    let token = token.and_then(|node| text(node, "token", fields.report));
    let find = fields.required("find", "name the tool that lists what was started");
    let find = find.and_then(|node| text(node, "find", fields.report));
    let with = fields
        .optional("with")
        .map(|node| named(node, "with", fields.report))
        .unwrap_or_default();
    let undo = fields.optional("undo");
    let undo = undo.and_then(|node| self::undo(node, fields.report));
    let beside = fields.optional("beside");
    let beside = beside.and_then(|node| self::beside(node, fields.report));
    fields.finish();
    Some(Once {
        span: node.span,
        token: token?,
        find: find?,
        with,
        undo,
        beside,
    })
}

/// What is told of a launch; `None` when it could not be read, which has been reported.
fn beside(node: &Node, report: &mut Report) -> Option<Beside> {
    let mut fields = Fields::of(node, node.span, "`beside`", report);
    let native = fields.required("native", "name the Rust function");
    let native = native.and_then(|node| text(node, "native", fields.report));
    let with = fields.required("with", "say what it is given: `with: { limit: $limit }`");
    let with = with.map(|node| named(node, "with", fields.report));
    fields.finish();
    Some(Beside {
        native: native?,
        with: with.unwrap_or_default(),
    })
}

/// How what was started twice is ended; `None` when it could not be read, which has been reported.
fn undo(node: &Node, report: &mut Report) -> Option<Undo> {
    let mut fields = Fields::of(node, node.span, "`undo`", report);
    let tool = fields.required("tool", "name the tool that ends what was started");
    let tool = tool.and_then(|node| text(node, "tool", fields.report));
    let with = fields.required("with", "say its inputs: `with: { id: $response.id }`");
    let with = with.map(|node| named(node, "with", fields.report));
    let age = fields.required(
        "age",
        "say when it was started: `age: $response.created_at`",
    );
    let age = age.and_then(|node| since(node, fields.report));
    fields.finish();
    Some(Undo {
        tool: tool?,
        with: with.unwrap_or_default(),
        age: age?,
    })
}

fn since(node: &Node, report: &mut Report) -> Option<Place> {
    let text = text(node, "age", report)?;
    match place::parse(&text.text) {
        Ok((name, path)) if name == "response" => Some(Place {
            span: text.span,
            name,
            path,
        }),
        _ => {
            let message = format!("`{}` is no place in the reply", text.text);
            let mistake = Mistake::new("once", text.span, message);
            report.add(mistake.help("write it as `$response.created_at`"));
            None
        }
    }
}

/// Adds the input that takes the token.
pub(super) fn add_input(input: &mut Node, once: &Once, report: &mut Report) {
    let text = |text: &str| Text {
        text: text.to_owned(),
        span: once.token.span,
    };
    let node = |kind| Node::new(once.token.span, kind);
    let Kind::Map(members) = &mut input.kind else {
        return;
    };
    if members.iter().all(|(key, _)| key.text != "properties") {
        members.push((text("properties"), node(Kind::Map(Vec::new()))));
    }
    let properties = members.iter_mut().find(|(key, _)| key.text == "properties");
    let Some((
        _,
        Node {
            kind: Kind::Map(properties),
            ..
        },
    )) = properties
    else {
        return;
    };
    let name = once.input();
    if let Some((key, _)) = properties.iter().find(|(key, _)| key.text == name) {
        let message = format!("`once` adds the input `{name}`, which is here already");
        report.add(Mistake::new("once", key.span, message).help("remove it here"));
        return;
    }
    // Short, since every client pays for it; the lengths are said when they are broken.
    let description = "Same token, same result; else random.";
    let schema = vec![
        (text(BRIEF), node(Kind::Bool(true))),
        (text("type"), node(Kind::Text("string".to_owned()))),
        (text("minLength"), node(Kind::Number(LENGTHS.0.into()))),
        (text("maxLength"), node(Kind::Number(LENGTHS.1.into()))),
        (
            text("description"),
            node(Kind::Text(description.to_owned())),
        ),
    ];
    properties.push((text(name), node(Kind::Map(schema))));
}
