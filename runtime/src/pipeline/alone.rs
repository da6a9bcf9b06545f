//! The right to look at limits and to launch while no other process does that shares the directory: each then sees what
//! the one before it started.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
    time::Duration,
};

use tokio::time::Instant;

/// In the directory that processes share.
const NAME: &str = "limits.lock";
/// How long others are waited for: longer than a launch takes that is answered.
const LONGEST: Duration = Duration::from_secs(60);
/// How often it is tried.
const PAUSE: Duration = Duration::from_millis(50);

/// The right, until it is dropped, or the process ends however it may.
#[derive(Debug)]
pub(super) struct Alone(#[expect(dead_code, reason = "its lock ends with it")] File);

impl Alone {
    /// Waits until no other process has it. `None` where nothing can be locked: limits then hold within this process.
    ///
    /// # Errors
    /// When others do not end; for the client.
    pub(super) async fn wait(directory: &Path) -> Result<Option<Self>, String> {
        let file = match open(directory) {
            Ok(file) => file,
            Err(error) => {
                tracing::warn!(directory = %directory.display(), %error, "limits are not held against other processes");
                return Ok(None);
            }
        };
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self(file))),
                Err(TryLockError::WouldBlock) if began.elapsed() < LONGEST => {
                    tokio::time::sleep(PAUSE).await;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(format!(
                        "nothing was sent: another process that shares {} launches something, and has not ended within \
                         {} s. Limits can not be looked at before: call again",
                        directory.display(),
                        LONGEST.as_secs()
                    ));
                }
                Err(TryLockError::Error(error)) => {
                    tracing::warn!(directory = %directory.display(), %error, "limits are not held against other processes");
                    return Ok(None);
                }
            }
        }
    }
}

fn open(directory: &Path) -> io::Result<File> {
    fs::create_dir_all(directory)?;
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(directory.join(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_after_the_other_has_it() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("not/there/yet");
        let first = Alone::wait(&place).await.unwrap().unwrap();
        let told = Alone::wait(&place).await.unwrap_err();
        assert!(told.contains("call again"), "{told}");
        let waits = tokio::spawn(async move { Alone::wait(&place).await });
        tokio::time::sleep(PAUSE * 3).await;
        assert!(!waits.is_finished());
        drop(first);
        assert!(waits.await.unwrap().unwrap().is_some());
    }

    #[tokio::test]
    async fn where_nothing_can_be_locked_calls_go_on() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Alone::wait(file.path()).await.unwrap().is_none());
    }
}
