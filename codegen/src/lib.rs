//! Compiles a manifest of MCP tools into Rust.
