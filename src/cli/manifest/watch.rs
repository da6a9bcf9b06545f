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

/// The same for every directory.
#[derive(Debug, Default, PartialEq, Eq)]
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
        // What changes of a directory is what is in it; its own time changes with hidden files too.
        let look = if metadata.is_dir() {
            Look::default()
        } else {
            Look {
                length: metadata.len(),
                changed: metadata.modified().ok(),
                id: id(&metadata),
            }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// A directory with one file, and that file.
    fn directory() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("tools.yaml");
        fs::write(&file, "a: 1\n").unwrap();
        (dir, file)
    }

    fn set_time(file: &Path, time: SystemTime) {
        let file = fs::File::options().write(true).open(file).unwrap();
        file.set_modified(time).unwrap();
    }

    #[test]
    fn each_thing_that_can_change_alone_is_a_change() {
        let (dir, file) = directory();
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        let first = Seen::now(dir.path());
        assert_eq!(first, Seen::now(dir.path()));

        // As long as before, and the same file.
        fs::write(&file, "a: 2\n").unwrap();
        set_time(&file, time + Duration::from_secs(1));
        let later = Seen::now(dir.path());
        assert_ne!(first, later);

        // As old as before, which a copy that keeps times may be.
        fs::write(&file, "a: 234\n").unwrap();
        set_time(&file, time);
        assert_ne!(first, Seen::now(dir.path()));

        // As old and as long: another file, moved to the name.
        fs::write(&file, "a: 1\n").unwrap();
        set_time(&file, time);
        assert_eq!(first, Seen::now(dir.path()));
        let beside = dir.path().join(".beside");
        fs::write(&beside, "a: 3\n").unwrap();
        set_time(&beside, time);
        fs::rename(&beside, &file).unwrap();
        if cfg!(unix) {
            assert_ne!(first, Seen::now(dir.path()));
        }
    }

    #[test]
    fn files_and_directories_are_seen_to_come_and_go() {
        let (dir, file) = directory();
        let first = Seen::now(dir.path());
        let more = dir.path().join("more");
        fs::create_dir(&more).unwrap();
        let second = Seen::now(dir.path());
        assert_ne!(first, second);
        fs::write(more.join("new.yaml"), "").unwrap();
        assert_ne!(second, Seen::now(dir.path()));
        fs::remove_dir_all(&more).unwrap();
        assert_eq!(first, Seen::now(dir.path()));
        fs::remove_file(&file).unwrap();
        assert_ne!(first, Seen::now(dir.path()));
    }

    /// An editor that keeps a file of its own beside what it edits is no reason to check anything again.
    #[test]
    fn hidden_files_are_no_change() {
        let (dir, _) = directory();
        let first = Seen::now(dir.path());
        let hidden = dir.path().join(".tools.yaml.swp");
        fs::write(&hidden, "a: 1\n").unwrap();
        assert_eq!(first, Seen::now(dir.path()));
        fs::write(&hidden, "a: 1\nb: 2\n").unwrap();
        fs::create_dir(dir.path().join(".git")).unwrap();
        fs::write(dir.path().join(".git/index"), "").unwrap();
        assert_eq!(first, Seen::now(dir.path()));
        fs::remove_file(&hidden).unwrap();
        assert_eq!(first, Seen::now(dir.path()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_directory_above_is_not_followed() {
        let (dir, _) = directory();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("above")).unwrap();
        let paths = Seen::now(dir.path()).0.into_keys();
        let paths: Vec<_> = paths
            .map(|path| path.strip_prefix(dir.path()).unwrap().to_owned())
            .collect();
        assert_eq!(paths, [PathBuf::new(), PathBuf::from("tools.yaml")]);
    }
}
