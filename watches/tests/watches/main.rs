//! Watches, tried to be broken.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    clippy::print_stderr,
    reason = "tests"
)]

mod acts;
mod fake;
mod kills;
mod stores;

use std::path::PathBuf;

/// A directory that is removed at the end of a test.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let name = format!("rft-mcp-watches-{}", uuid::Uuid::new_v4().simple());
        Self(std::env::temp_dir().join(name))
    }

    fn file(&self) -> PathBuf {
        self.0.join("watches.sqlite")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
