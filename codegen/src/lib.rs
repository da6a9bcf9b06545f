//! Compiles a manifest of MCP tools into Rust.

mod diagnostics;
mod fields;
mod load;
mod model;
mod names;
mod node;
mod parse;
mod read;
mod refs;
mod rewrite;
mod schema;
mod source;
mod types;

pub use diagnostics::{Diagnostic, Diagnostics};
