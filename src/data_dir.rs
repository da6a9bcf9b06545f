//! Where the program keeps what outlives it.

use std::path::PathBuf;

/// What a person's data is in, by the XDG base directory specification.
pub(crate) fn own() -> Option<PathBuf> {
    let given = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let usual = || Some(std::env::home_dir()?.join(".local/share"));
    let base = given.filter(|path| path.is_absolute()).or_else(usual)?;
    Some(base.join("rft-mcp"))
}
