//! What nobody is to see, from the environment.

use std::{env, path::Path};

use super::Error;

/// What a variable holds, or the file that `NAME_FILE` names, and which of both it was. A variable without a text is
/// none.
pub fn named(name: &str) -> Result<Option<(Vec<u8>, String)>, Error> {
    if let Some(value) = set(name) {
        return Ok(Some((value.into_bytes(), name.to_owned())));
    }
    let file = format!("{name}_FILE");
    let Some(path) = set(&file) else {
        return Ok(None);
    };
    let what = format!("read the file that {file} names");
    let value = std::fs::read(path).map_err(Error::io(what))?;
    Ok(Some((value, file)))
}

/// Whether there is one.
#[cfg(feature = "postgres")]
pub fn is_named(name: &str) -> bool {
    set(name).or_else(|| set(&format!("{name}_FILE"))).is_some()
}

/// What is in a file.
pub fn file(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(Error::io(format!("read the key in `{}`", path.display())))
}

fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
