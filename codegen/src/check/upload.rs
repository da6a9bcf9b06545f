//! `upload`: a form has a file, and a method that takes a body.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Method},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http { requests, .. } = &tool.action else {
            continue;
        };
        for request in requests {
            let Some(upload) = &request.upload else {
                continue;
            };
            let wrong = |message: &str| Mistake::new("upload", upload.span, message);
            if upload.text.is_none() && upload.path.is_none() {
                report.add(
                    wrong("it is not said where the file's content comes from")
                        .help("add `text: $content`, `path: $path` or both"),
                );
            }
            if let Some(body) = &request.body {
                let mistake =
                    Mistake::new("upload", body.span, "a request has a `body` or an `upload`");
                report.add(mistake.help("put what goes beside the file into `fields`"));
            }
            if matches!(request.method, Method::Get | Method::Delete) {
                report.add(wrong("this method takes no file").help("use `post`, `put` or `patch`"));
            }
            let token = |text: &str| {
                let fits = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
                !text.is_empty() && text.chars().all(fits)
            };
            let media_type = &upload.media_type;
            let fits = media_type.text.split_once('/');
            if !fits.is_some_and(|(kind, name)| token(kind) && token(name)) {
                let message = format!("`{}` is no media type", media_type.text);
                let mistake = Mistake::new("upload", media_type.span, message);
                report.add(mistake.help("write it as `application/jsonl`"));
            }
        }
    }
}
