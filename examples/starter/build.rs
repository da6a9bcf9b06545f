//! Compiles `manifest/` into what `src/lib.rs` includes.

use std::process::ExitCode;

fn main() -> ExitCode {
    rft_mcp_codegen::build("manifest", "manifest.rs")
}
