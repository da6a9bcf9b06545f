//! Serves the tools that a manifest was compiled to, over MCP.
//!
//! In the order data flows: a transport reads a request, the server finds it to be a call of a tool, the engine
//! runs it through the pipeline, and the upstream client talks to the provider. What the tools are for is not
//! known here.

pub mod transport;

pub mod server;

pub mod engine;

pub mod client;

pub mod completions;

mod audit;
mod pipeline;
mod sorted;

pub use audit::AuditError;

pub mod prompts;

pub mod files;
pub mod resources;

pub mod upstream;

pub mod tool;
