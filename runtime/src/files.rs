//! Local files, under the directories that were given and nowhere else.
//!
//! Neither `..` nor a symbolic link leads out: every step of a path is opened below the directory, by the system where
//! it can and else one by one, so that nothing can be exchanged between a look and the opening. Only plain files are
//! opened, and none is written over unless that was asked for.

use std::{
    fs::File,
    io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use cap_fs_ext::OpenOptionsSyncExt as _;
use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};

/// The directories that files may be in. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    dirs: Arc<[Root]>,
    read_only: bool,
}

#[derive(Debug)]
struct Root {
    dir: Dir,
    path: PathBuf,
    /// As it was given, which may lead there through links.
    given: PathBuf,
}

/// Why a local file can not be used: a sentence that says what to do, for the agent to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// A directory that was given is none.
    #[error("`{path}` can not be a files root: {reason}. Give a directory that is there")]
    Root {
        /// The directory as it was given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// No directory was given.
    #[error(
        "this server uses no local files: leave the path out and give or take the content itself, or have the server \
         started with --files-root DIR"
    )]
    NoRoots,
    /// The path leads out of the directories.
    #[error(
        "`{path}` is outside of the directories that this server may use: give a path under {roots}"
    )]
    Outside {
        /// The path as it was given.
        path: String,
        /// The directories.
        roots: String,
    },
    /// There is nothing.
    #[error(
        "there is no file `{path}` under {roots}: check the path, which may be relative to there"
    )]
    Missing {
        /// The path as it was given.
        path: String,
        /// The directories.
        roots: String,
    },
    /// A directory, a device, a pipe or a socket.
    #[error("`{path}` is no plain file but {what}: give the path of a file")]
    Special {
        /// The path as it was given.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// A file is there and may not be written over.
    #[error(
        "`{path}` is there already and is not written over: give another path, or remove it first"
    )]
    Exists {
        /// The path as it was given.
        path: String,
    },
    /// The server changes nothing.
    #[error(
        "this server is read-only and writes no files: leave the path out to get the content itself"
    )]
    ReadOnly,
    /// Anything else that the system says.
    #[error("`{path}` can not be used: {reason}")]
    Io {
        /// The path as it was given.
        path: String,
        /// What the system says.
        reason: String,
    },
}

impl Roots {
    /// Opens the directories. A relative path is looked for in each, in this order, and written to the first.
    ///
    /// # Errors
    /// When one is no directory that can be opened.
    pub fn open(paths: &[PathBuf]) -> Result<Self, FileError> {
        let open = |path: &PathBuf| {
            let unfit = |error: io::Error| FileError::Root {
                path: path.display().to_string(),
                reason: reason(&error),
            };
            let canonical = path.canonicalize().map_err(unfit)?;
            let dir = Dir::open_ambient_dir(&canonical, ambient_authority()).map_err(unfit)?;
            Ok(Root {
                dir,
                path: canonical,
                given: std::path::absolute(path).map_err(unfit)?,
            })
        };
        Ok(Self {
            dirs: paths.iter().map(open).collect::<Result<_, _>>()?,
            read_only: false,
        })
    }

    /// The same directories, with nothing written to them.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }

    /// Opens a file to read, and its size in bytes.
    ///
    /// # Errors
    /// When it is no plain file under the directories.
    pub fn read(&self, path: &str) -> Result<(File, u64), FileError> {
        let mut options = OpenOptions::new();
        // A pipe without a writer must not hold the thread.
        options.read(true).nonblock(true);
        let mut last = None;
        for (root, inside) in self.places(path)? {
            match self.plain(root, &inside, path) {
                Ok(()) => {}
                Err(error @ FileError::Missing { .. }) => {
                    last = Some(error);
                    continue;
                }
                Err(error) => return Err(error),
            }
            let file = root.dir.open_with(&inside, &options);
            let file = file.map_err(|error| self.failed(path, &error))?.into_std();
            // What was looked at may have been exchanged since.
            let data = file.metadata().map_err(|error| self.failed(path, &error))?;
            if !data.is_file() {
                return Err(FileError::Special {
                    path: path.to_owned(),
                    what: "something else",
                });
            }
            return Ok((file, data.len()));
        }
        Err(last.unwrap_or(FileError::NoRoots))
    }

    /// Begins to write a file; it is there whole once it is [finished](Writing::finish), and gone if it never is.
    ///
    /// # Errors
    /// When it can not be made under the directories, or is there and `overwrite` is not said.
    pub fn write(&self, path: &str, overwrite: bool) -> Result<Writing, FileError> {
        if self.read_only {
            return Err(FileError::ReadOnly);
        }
        let mut places = self.places(path)?;
        let (root, target) = places.swap_remove(0);
        let there = match self.plain(root, &target, path) {
            Ok(()) => true,
            Err(FileError::Missing { .. }) => false,
            Err(error) => return Err(error),
        };
        if there && !overwrite {
            return Err(FileError::Exists {
                path: path.to_owned(),
            });
        }
        let unfit = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => FileError::Exists {
                path: path.to_owned(),
            },
            io::ErrorKind::NotFound => FileError::Io {
                path: path.to_owned(),
                reason:
                    "the directory it would be in is not there; make it first, or give another path"
                        .to_owned(),
            },
            _ => self.failed(path, &error),
        };
        let at = if overwrite {
            beside(&target)
        } else {
            target.clone()
        };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let file = root.dir.open_with(&at, &options).map_err(unfit)?;
        let dir = root.dir.try_clone().map_err(unfit)?;
        Ok(Writing {
            file: Some(file.into_std()),
            dir,
            shown: root.path.join(&target),
            at,
            target,
            finished: false,
        })
    }

    /// Where a path may lead: the directories, with the way inside.
    fn places(&self, path: &str) -> Result<Vec<(&Root, PathBuf)>, FileError> {
        if self.dirs.is_empty() {
            return Err(FileError::NoRoots);
        }
        let given = Path::new(path);
        let places: Vec<_> = if given.is_absolute() {
            let inside = |root| strip(root, given);
            self.dirs.iter().filter_map(inside).collect()
        } else {
            self.dirs
                .iter()
                .map(|root| (root, given.to_owned()))
                .collect()
        };
        let names_something = given
            .components()
            .any(|component| matches!(component, Component::Normal(_)));
        if places.is_empty() || !names_something {
            return Err(self.outside(path));
        }
        Ok(places)
    }

    /// Whether a plain file is there, links followed.
    fn plain(&self, root: &Root, inside: &Path, path: &str) -> Result<(), FileError> {
        let data = root
            .dir
            .metadata(inside)
            .map_err(|error| self.failed(path, &error))?;
        if data.is_file() {
            return Ok(());
        }
        Err(FileError::Special {
            path: path.to_owned(),
            what: if data.is_dir() {
                "a directory"
            } else {
                "a device, a pipe or a socket"
            },
        })
    }

    fn failed(&self, path: &str, error: &io::Error) -> FileError {
        // What leads out is refused before the system is asked, so it has no number.
        let escapes =
            error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none();
        if escapes {
            return self.outside(path);
        }
        if error.kind() == io::ErrorKind::NotFound {
            return FileError::Missing {
                path: path.to_owned(),
                roots: self.names(),
            };
        }
        FileError::Io {
            path: path.to_owned(),
            reason: reason(error),
        }
    }

    fn outside(&self, path: &str) -> FileError {
        FileError::Outside {
            path: path.to_owned(),
            roots: self.names(),
        }
    }

    fn names(&self) -> String {
        let names: Vec<_> = self
            .dirs
            .iter()
            .map(|root| format!("`{}`", root.path.display()))
            .collect();
        names.join(" or ")
    }
}

/// A file that is being written.
#[derive(Debug)]
pub struct Writing {
    file: Option<File>,
    dir: Dir,
    /// Where it is written meanwhile.
    at: PathBuf,
    target: PathBuf,
    shown: PathBuf,
    finished: bool,
}

impl Writing {
    /// The file to write to; `None` when it was taken before.
    pub fn take(&mut self) -> Option<File> {
        self.file.take()
    }

    /// Puts it in its place, and says where that is.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn finish(mut self) -> Result<PathBuf, FileError> {
        if self.at != self.target {
            self.dir
                .rename(&self.at, &self.dir, &self.target)
                .map_err(|error| FileError::Io {
                    path: self.shown.display().to_string(),
                    reason: reason(&error),
                })?;
        }
        self.finished = true;
        Ok(self.shown.clone())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.finished {
            // There is nobody to tell, and nothing else to do.
            let _ = self.dir.remove_file(&self.at);
        }
    }
}

/// The way to a path inside a root, by either of its names.
fn strip<'r>(root: &'r Root, path: &Path) -> Option<(&'r Root, PathBuf)> {
    let mut names = [&root.path, &root.given].into_iter();
    let inside = names.find_map(|name| path.strip_prefix(name).ok())?;
    Some((root, inside.to_owned()))
}

/// A name beside a file that no other file has.
fn beside(target: &Path) -> PathBuf {
    use std::hash::{BuildHasher as _, RandomState};
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // The standard library seeds each hasher anew.
    target.with_file_name(format!(".{name}.{:016x}", RandomState::new().hash_one(0)))
}

/// What the system says, without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}
