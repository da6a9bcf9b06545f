//! The local files of an example.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use crate::TestError;

/// A directory with the files of an example, gone afterwards. None when it has no files.
pub(crate) struct Files(Option<TempDir>);

impl Files {
    pub(crate) fn make(files: &[(String, String)]) -> Result<Self, TestError> {
        if files.is_empty() {
            return Ok(Self(None));
        }
        let made = TempDir::new().map_err(TestError::io("make a directory for files"))?;
        for (name, text) in files {
            let path = made.path().join(name);
            let inside = path.parent().map_or(Ok(()), fs::create_dir_all);
            inside
                .and_then(|()| fs::write(&path, text))
                .map_err(TestError::io(format!(
                    "write the file `{name}` of an example"
                )))?;
        }
        Ok(Self(Some(made)))
    }

    /// The directories that the tool may read.
    pub(crate) fn roots(&self) -> Vec<PathBuf> {
        let made = self.0.iter();
        made.map(|made| made.path().to_owned()).collect()
    }
}
