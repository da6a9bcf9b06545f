//! Serves the tools that a manifest was compiled to.

pub mod engine;
pub mod tool;
