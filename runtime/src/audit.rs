//! A log of every call that changes something: who called what, and what came of it. Two lines a call, one before
//! anything is sent and one after, so that a call is never made unlogged and one that was broken off is seen to be.
//!
//! Neither arguments nor results are in it: of arguments their names and a hash of all, of results the ids. A line that
//! can not be written before a call refuses the call.

mod record;
pub(crate) mod time;

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use serde_json::{Map, Value};

pub(crate) use self::record::{About, Call, Record, Why};

/// A log that is open.
#[derive(Debug)]
pub(crate) struct AuditLog {
    path: PathBuf,
    file: Mutex<Lines>,
}

#[derive(Debug)]
struct Lines {
    file: File,
    /// Whether the last line may be in the file by half.
    torn: bool,
}

/// Why an audit log can not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the audit log `{path}` can not be written: {reason}. Give a file that may be appended to, in a directory that is there"
)]
pub struct AuditError {
    /// The file as it was given.
    pub path: String,
    /// What the system says.
    pub reason: String,
}

impl AuditLog {
    /// Opens a file to append to, made when it is not there, for its owner alone.
    pub(crate) fn open(path: &Path) -> Result<Self, AuditError> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(path).map_err(|error| AuditError {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            path: path.to_owned(),
            file: Mutex::new(Lines { file, torn: false }),
        })
    }

    /// Writes a line, and waits until it is on the disk: whoever asks later must find it. Such calls are few, and a few
    /// milliseconds are nothing beside what they do.
    fn write(
        &self,
        members: Map<String, Value>,
        redact: impl FnOnce(String) -> String,
    ) -> io::Result<()> {
        let mut line = Map::new();
        line.insert("time".to_owned(), time::utc(SystemTime::now()).into());
        line.extend(members);
        let mut text = redact(Value::Object(line).to_string());
        text.push('\n');
        let mut lines = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.torn {
            text.insert(0, '\n');
        }
        // One write, so that lines of several processes do not mix.
        let written = lines.file.write_all(text.as_bytes());
        lines.torn = written.is_err();
        written?;
        match lines.file.sync_data() {
            // A pipe or a terminal has no disk.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            other => other,
        }
    }
}
