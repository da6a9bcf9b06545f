//! Whether what an example says is sent is a request at all, as it is sent.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{
    diagnostics::Mistake,
    headers::is_token,
    model::ExampleRequest,
    names::leads_up,
    node::{Kind, Node},
    source::Span,
};

/// What an upload is said by: the form's `fields` and its file, or several `files`; a `text` alone when it is no form.
const UPLOAD: [&str; 4] = ["fields", "filename", "text", "files"];
/// What each of several files is said by.
const FILE: [&str; 3] = ["part", "filename", "text"];

/// What no path is sent with. What else is encoded is told by `manifest test`, which sends it.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ');

/// What is wrong with a request of an example, whoever makes it.
pub(super) fn mistakes(sent: &ExampleRequest) -> Vec<Mistake> {
    let mut found = Vec::new();
    path(sent, &mut found);
    for (name, node) in [("query", &sent.query), ("form", &sent.form)] {
        if let Some(node) = node
            && object(&format!("`{name}`"), node, &mut found)
        {
            pairs(name, node, &mut found);
        }
    }
    if let Some(node) = &sent.headers {
        headers(node, &mut found);
    }
    if let Some(node) = &sent.upload {
        upload(node, &mut found);
    }
    let bodies = [&sent.body, &sent.form, &sent.upload];
    if let [_, other, ..] = bodies.into_iter().flatten().collect::<Vec<_>>().as_slice() {
        let message = "a request has one of `body`, `form` and `upload`";
        let help = "keep what is sent; what goes beside a file stands in the `fields` of `upload`";
        found.push(wrong(other.span, message).help(help));
    }
    found
}

fn wrong(span: Span, message: impl Into<String>) -> Mistake {
    Mistake::new("example-request", span, message.into())
}

fn path(sent: &ExampleRequest, found: &mut Vec<Mistake>) {
    let path = sent.path.text.as_str();
    if path.is_empty() {
        return;
    }
    let message = if !path.starts_with('/') {
        "a path begins with `/`".to_owned()
    } else if let Some(c) = path.chars().find(|c| "{}?#".contains(*c)) {
        format!("`{c}` is in no path as it is sent")
    } else if let Some(c) = path.chars().find(|c| !c.is_ascii_graphic()) {
        let message = format!("`{}` is sent encoded", c.escape_debug());
        let encoded = utf8_percent_encode(path, ENCODED);
        found.push(wrong(sent.path.span, message).help(format!("write `{encoded}`")));
        return;
    } else if path.split('/').any(leads_up) {
        "no path is sent with `.` or `..` as a step".to_owned()
    } else if path.split('%').skip(1).any(|after| !is_encoded(after)) {
        "a `%` is followed by two digits or letters from `A` to `F`".to_owned()
    } else {
        return;
    };
    let help =
        "write the path under the base URL with its values, `/jobs/job-1`, and `query` beside it";
    found.push(wrong(sent.path.span, message).help(help));
}

/// Whether what follows a `%` makes it a character.
fn is_encoded(after: &str) -> bool {
    after
        .get(..2)
        .is_some_and(|two| two.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Whether it is an object, which it must be.
fn object(what: &str, node: &Node, found: &mut Vec<Mistake>) -> bool {
    if !matches!(node.kind, Kind::Map(_) | Kind::Broken) {
        let message = format!("{what} must be an object, not {}", node.describe());
        found.push(wrong(node.span, message).help("write `{ name: value }`"));
    }
    matches!(node.kind, Kind::Map(_))
}

/// What has no value is not sent, neither in a query nor in a form.
fn pairs(name: &str, node: &Node, found: &mut Vec<Mistake>) {
    let members = node.members().iter().map(|(_, value)| value);
    for value in members.chain(node.elements()) {
        if matches!(value.kind, Kind::Null) {
            let message = format!("nothing of a {name} is sent as `null`");
            found.push(wrong(value.span, message).help("leave it out, or write `\"\"`"));
        }
        pairs(name, value, found);
    }
}

/// Headers of a request or a response, of which each has a name and a text that HTTP can carry.
pub(super) fn headers_of(node: &Node, found: &mut Vec<(Span, String, &'static str)>) {
    if !matches!(node.kind, Kind::Map(_) | Kind::Broken) {
        let message = format!("`headers` must be an object, not {}", node.describe());
        found.push((node.span, message, "write `headers: { name: value }`"));
    }
    for (name, value) in node.members() {
        if !is_token(&name.text) {
            let message = format!("`{}` is no name of a header", name.text);
            found.push((name.span, message, "use letters, digits and `-`"));
        }
        let carried = match &value.kind {
            Kind::Text(text) => text.chars().all(|c| matches!(c, '\t' | ' '..='~')),
            Kind::Number(_) | Kind::Bool(_) | Kind::Broken => true,
            Kind::Null | Kind::List(_) | Kind::Map(_) => false,
        };
        if !carried {
            let message = format!("what `{}` is given, no header can carry", name.text);
            let help = "write it in ASCII, on one line";
            found.push((value.span, message, help));
        }
    }
}

fn headers(node: &Node, found: &mut Vec<Mistake>) {
    let mut told = Vec::new();
    headers_of(node, &mut told);
    let told = told.into_iter();
    found.extend(told.map(|(span, message, help)| wrong(span, message).help(help)));
}

fn upload(node: &Node, found: &mut Vec<Mistake>) {
    if !object("`upload`", node, found) {
        return;
    }
    keys("an example's `upload`", node, &UPLOAD, found);
    if let Some(fields) = node.get("fields") {
        object("`fields`", fields, found);
    }
    let Some(files) = node.get("files") else {
        return;
    };
    for (key, _) in node.members() {
        if matches!(key.text.as_str(), "filename" | "text") {
            let message = format!("`{}` is of one file, and these are several", key.text);
            found.push(wrong(key.span, message).help("put it into the list `files`"));
        }
    }
    if !matches!(files.kind, Kind::List(_) | Kind::Broken) {
        let message = format!("`files` must be a list, not {}", files.describe());
        let help = "write `files: [{ part: p, filename: a.txt, text: its text }]`";
        found.push(wrong(files.span, message).help(help));
    }
    for file in files.elements() {
        if object("each of `files`", file, found) {
            keys("a file", file, &FILE, found);
        }
    }
}

fn keys(what: &str, node: &Node, known: &[&'static str], found: &mut Vec<Mistake>) {
    for (key, value) in node.members() {
        if !known.contains(&key.text.as_str()) {
            let message = format!("{what} has no key `{}`", key.text);
            let mistake = wrong(key.span, message);
            found.push(mistake.nearest(&key.text, known.iter().copied()));
        } else if matches!(key.text.as_str(), "part" | "filename" | "text")
            && !matches!(value.kind, Kind::Text(_) | Kind::Broken)
        {
            let message = format!("`{}` must be a text, not {}", key.text, value.describe());
            found.push(wrong(value.span, message).help("write it in quotes"));
        }
    }
}
