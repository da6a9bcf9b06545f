//! Compiles a manifest of MCP tools into Rust.

mod diagnostics;
mod load;
mod names;
mod node;
mod parse;
mod refs;
mod source;

pub use diagnostics::{Diagnostic, Diagnostics};
