//! `reserved-input`: a `$name` means one thing.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest},
    node::Node,
    uses,
};

const RESERVED: [&str; 3] = ["response", "provider", "item"];

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http { requests, .. } = &tool.action else {
            continue;
        };
        for (key, _) in tool.input.get("properties").map_or(&[][..], Node::members) {
            let reply =
                uses::is_reply(tool, &key.text) || uses::reply_headers(tool, &key.text).is_some();
            if reply || RESERVED.contains(&key.text.as_str()) {
                let what = if reply { "a reply" } else { "something else" };
                let message = format!("`${}` would mean this input and {what}", key.text);
                let mistake = Mistake::new("reserved-input", key.span, message);
                report.add(
                    mistake
                        .help("give the input another name")
                        .tool(&tool.name.text),
                );
            }
        }
        for request in requests.iter().filter(|_| requests.len() > 1) {
            if RESERVED.contains(&request.name.text.as_str())
                || uses::reply_headers(tool, &request.name.text).is_some()
            {
                let message = format!("a request can not be named `{}`", request.name.text);
                let mistake = Mistake::new("reserved-input", request.name.span, message);
                report.add(
                    mistake
                        .help("templates mean something else by it; name it after what it reads"),
                );
            }
        }
    }
}
