//! The generated code, and a server of it.

#[allow(dead_code)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/manifest.rs"));
}
use rft_mcp_runtime::{
    engine::{Engine, Settings},
    server::Server,
    tool::Table,
    upstream::Provider,
};

#[derive(Debug)]
struct Functions;
impl generated::Handlers for Functions {}
pub static TABLE: &Table = generated::Manifest::<Functions>::TABLE;

/// A server of every tool, whose provider is at this address.
pub fn server(address: &str, files: Vec<std::path::PathBuf>) -> Server {
    let sets = TABLE.server.sets.iter().map(|set| set.name.to_owned()).collect();
    let settings = Settings { sets: Some(sets), files_roots: files, ..Settings::default() };
    let env = |_: &str| Some("none-needed".to_owned());
    let provider = Provider::resolve(&TABLE.providers[0], Some(address), &env).unwrap();
    Server::new(Engine::new(TABLE, provider, &settings).unwrap(), "0.0.0")
}
