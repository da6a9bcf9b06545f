//! `download`: a file is taken of the reply to one request.

use crate::{
    diagnostics::{Mistake, Report},
    model::{Action, Manifest, Method},
};

pub(super) fn check(manifest: &Manifest, report: &mut Report) {
    for tool in &manifest.tools {
        let Action::Http { requests, page, .. } = &tool.action else {
            continue;
        };
        for request in requests {
            let Some(download) = &request.download else {
                continue;
            };
            let wrong = |message: &str| Mistake::new("download", download.span, message);
            let reads = request.method == Method::Get;
            if requests.len() > 1 {
                report.add(
                    wrong("a download is of a single request").help("make it a tool of its own"),
                );
            }
            if let (false, Some(offset)) = (reads, &download.offset) {
                let message = "going on at an offset would do this again";
                let mistake = Mistake::new("download", offset.span, message);
                report.add(mistake.help("remove `offset`, and let `path` take what is long"));
            }
            if let Some(page) = page {
                let mistake = Mistake::new("download", page.span, "a file has no pages");
                report.add(mistake.help("use `offset`, which goes on where a file was cut"));
            }
            if let (None, Some(overwrite)) = (&download.path, &download.overwrite) {
                let mistake = Mistake::new(
                    "download",
                    overwrite.span,
                    "nothing is written that could be written over",
                );
                report.add(mistake.help("add `path`, or remove `overwrite`"));
            }
        }
    }
}
