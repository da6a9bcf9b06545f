//! Files into the [`Manifest`]: every key known and of its type, every template parsed. What names mean
//! is not looked at here, that is for [`crate::check`].

mod allow;
mod functions;
mod place;
mod providers;
mod server;
mod template;
mod tools;

#[cfg(test)]
pub(crate) use template::KEYS as FORMS;

use std::path::Path;

use crate::{
    diagnostics::Report,
    load::Files,
    model::{Manifest, Server},
};

/// The manifest that the files make, as far as they can be read.
pub(crate) fn read(dir: &Path, files: &mut Files, report: &mut Report) -> Manifest {
    let server = files.required(dir, "server.yaml", report);
    let providers = files.required(dir, "providers.yaml", report);
    let functions = files
        .optional("functions.yaml")
        .map(|node| functions::read(node, files, report));
    let mut tools = Vec::new();
    for file in files.tools() {
        tools.extend(tools::read(file, files, report));
    }
    Manifest {
        server: if server.is_broken() {
            Server::default()
        } else {
            server::read(&server, report)
        },
        providers: providers::read(&providers, report),
        functions: functions.unwrap_or_default(),
        tools,
    }
}
