//! Where local files may be.

use std::path::{Path, PathBuf};

/// The directories that were given, or else the working directory. A client may start a server anywhere: where
/// that would open a whole disk or a home with all its keys, there are no files until a directory is named.
pub fn or_here(given: Vec<PathBuf>) -> Vec<PathBuf> {
    if !given.is_empty() {
        return given;
    }
    let home = std::env::home_dir().and_then(|home| home.canonicalize().ok());
    match std::env::current_dir().and_then(|here| here.canonicalize()) {
        Ok(here) if is_narrow(&here, home.as_deref()) => vec![here],
        _ => Vec::new(),
    }
}

/// Whether a directory neither is nor holds a whole home.
fn is_narrow(here: &Path, home: Option<&Path>) -> bool {
    here.parent().is_some() && !home.is_some_and(|home| home.starts_with(here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_or_what_holds_it_is_not_opened_unasked() {
        let home = Path::new("/home/a");
        for (here, narrow) in [
            ("/", false),
            ("/home", false),
            ("/home/a", false),
            ("/home/a/work", true),
            ("/home/b", true),
        ] {
            assert_eq!(is_narrow(Path::new(here), Some(home)), narrow, "{here}");
        }
        assert!(is_narrow(Path::new("/srv"), None) && !is_narrow(Path::new("/"), None));
    }
}
