//! Whether the files under a directory have changed. Looked at again and again rather than told by the system:
//! that works on network shares and in containers too, whatever way an editor saves, and a look at hundreds of
//! files takes about a millisecond.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// How long the files must stay the same before they are read, so that none is half written.
const SETTLED: Duration = Duration::from_millis(20);

/// What is seen of each file and directory; nothing of a directory that is not there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seen(BTreeMap<PathBuf, Look>);

#[derive(Debug, PartialEq, Eq)]
struct Look {
    length: u64,
    changed: Option<SystemTime>,
    /// Tells a file from another that was moved to its name.
    id: u64,
}

impl Seen {
    /// What there is now.
    pub(super) fn now(dir: &Path) -> Self {
        let mut seen = Self::default();
        // What can not be looked at counts as absent, and is told by the check.
        let _ = seen.add(dir);
        seen
    }

    /// Waits until there is something else, and gives that.
    pub(super) fn wait(&self, dir: &Path) -> Self {
        loop {
            thread::sleep(PAUSE);
            let mut now = Self::now(dir);
            if now == *self {
                continue;
            }
            loop {
                thread::sleep(SETTLED);
                let then = Self::now(dir);
                if then == now {
                    return now;
                }
                now = then;
            }
        }
    }

    fn add(&mut self, path: &Path) -> io::Result<()> {
        let metadata = fs::metadata(path)?;
        let look = Look {
            length: metadata.len(),
            changed: metadata.modified().ok(),
            id: id(&metadata),
        };
        self.0.insert(path.to_owned(), look);
        if metadata.is_dir() {
            for entry in fs::read_dir(path)? {
                let entry = entry?;
                // Hidden files, such as those that editors save by, are no part of a manifest.
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                // A link to a directory above would be followed for ever.
                if !(entry.file_type()?.is_symlink() && entry.path().is_dir()) {
                    let _ = self.add(&entry.path());
                }
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn id(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn id(_: &fs::Metadata) -> u64 {
    0
}
