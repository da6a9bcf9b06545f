//! The build script, all but its `main`.

use std::{env, fs, io::Write, path::PathBuf, process::ExitCode};

use crate::{compile, examples};

/// Compiles the manifest in `dir` into the file `name` of cargo's `OUT_DIR`; to be returned from a build
/// script's `main`. Beside it, with the end `.examples.json`, are the manifest's examples for a program that shows
/// them. The script runs again when anything under `dir` changes. Mistakes go to stderr, which cargo shows; warnings
/// are cargo's own, in the same words as `manifest check` has.
#[must_use]
pub fn build(dir: &str, name: &str) -> ExitCode {
    let told = match compile(dir) {
        Ok(compiled) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(name);
            let examples = out.with_extension("examples.json");
            let written = fs::write(&out, &compiled.rust)
                .and_then(|()| fs::write(&examples, examples::text(&compiled.examples)));
            match written {
                Ok(()) => {
                    // A directory stands for all that is in it, files that are yet to come included.
                    let _ = writeln!(std::io::stdout(), "cargo::rerun-if-changed={dir}");
                    // Cargo shows warnings line by line.
                    for line in compiled.warnings.iter().flat_map(|warning| {
                        let told = warning.to_string();
                        told.lines().map(str::to_owned).collect::<Vec<_>>()
                    }) {
                        let _ = writeln!(std::io::stdout(), "cargo::warning={line}");
                    }
                    return ExitCode::SUCCESS;
                }
                Err(error) => format!("can not write `{}`: {error}", out.display()),
            }
        }
        Err(diagnostics) => diagnostics.to_string(),
    };
    let _ = writeln!(std::io::stderr(), "{told}");
    ExitCode::FAILURE
}
