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

/// The same as text.
#[cfg(feature = "watches")]
pub fn text(name: &str) -> Result<Option<(secrecy::SecretString, String)>, Error> {
    let Some((value, from)) = named(name)? else {
        return Ok(None);
    };
    // Told without the text, of which a part may be a password.
    let value = String::from_utf8(value)
        .map_err(|_| Error::Usage(format!("{from}: what it holds is not UTF-8")))?;
    Ok(Some((value.into(), from)))
}

/// A text of the command line that is not shown: never an error, which would show it.
#[cfg(feature = "watches")]
#[expect(clippy::unnecessary_wraps, reason = "as clap wants it")]
pub fn unseen(text: &str) -> Result<secrecy::SecretString, std::convert::Infallible> {
    Ok(text.into())
}

/// What is in a file.
pub fn file(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(Error::io(format!("read the key in `{}`", path.display())))
}

fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
