//! An MCP server for reinforcement fine-tuning, compiled from a manifest.
pub mod generated;
