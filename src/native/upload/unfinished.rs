//! Uploads that were begun and not ended: in files of the data directory, so that another process goes on with them,
//! and in memory where there is none.
//!
//! A file is locked while somebody uploads: two that send the same at once begin an upload each. It holds ids, names and
//! sizes, and neither keys nor content. That a file's parts are still the same is seen when it is put together, by the
//! checksum of the whole.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use data_encoding::HEXLOWER;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How long an upload may be gone on with; providers keep one for an hour.
const KEPT: Duration = Duration::from_secs(55 * 60);
/// Uploads that are remembered in memory, the newest.
const MOST_KEPT: usize = 16;
/// The directory in the data directory.
const FOLDER: &str = "uploads";
/// A file that is larger was not written here.
const LARGEST: u64 = 1 << 20;

/// Where there is no directory to keep them in.
static MEMORY: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// What is uploaded, and where to: an upload is gone on with for the same only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Key {
    /// The provider with its address.
    pub(super) provider: String,
    /// As it was given.
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) changed: Option<SystemTime>,
    /// The request that began it.
    pub(super) request: Value,
}

/// An upload at the provider, with the parts that arrived.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) id: String,
    pub(super) at: SystemTime,
    /// Unix seconds by the provider's clock.
    pub(super) created_at: i64,
    /// Ids by their places.
    pub(super) parts: BTreeMap<u64, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    key: Key,
    begun: Begun,
}

/// An upload under way: what arrived stays known when it does not end, whatever the reason.
pub(super) struct Running {
    kept: Option<Kept>,
    key: Key,
    /// Whether an earlier call began it.
    resumed: bool,
    slot: Option<Slot>,
}

/// The file of an upload, which nobody else uses.
struct Slot {
    file: File,
    path: PathBuf,
}

impl Running {
    /// Goes on with what is known of this upload.
    pub(super) fn of(key: Key, data: Option<&Path>) -> Self {
        let mut slot = data.and_then(|data| match Slot::open(&data.join(FOLDER), &key) {
            Ok(slot) => slot,
            Err(error) => {
                let data = data.display();
                tracing::warn!(%data, %error, "an upload that breaks off is gone on with by this process only");
                None
            }
        });
        let kept = slot.as_mut().and_then(Slot::read);
        let kept = kept.filter(|kept| kept.key == key && kept.is_fresh());
        let kept = kept.or_else(|| {
            let mut memory = memory();
            let at = memory.iter().position(|kept| kept.key == key);
            at.map(|at| memory.remove(at))
        });
        Self {
            resumed: kept.is_some(),
            kept,
            key,
            slot,
        }
    }

    pub(super) const fn key(&self) -> &Key {
        &self.key
    }

    /// What is at the provider, if anything is.
    pub(super) fn begun(&self) -> Option<&Begun> {
        self.kept.as_ref().map(|kept| &kept.begun)
    }

    /// Whether an earlier call began it.
    pub(super) const fn resumed(&self) -> bool {
        self.resumed
    }

    pub(super) fn begin(&mut self, begun: Begun) {
        self.kept = Some(Kept {
            key: self.key.clone(),
            begun,
        });
        self.write();
    }

    /// A part arrived.
    pub(super) fn arrived(&mut self, part: u64, id: String) {
        if let Some(kept) = &mut self.kept {
            kept.begun.parts.insert(part, id);
        }
        self.write();
    }

    /// There is nothing to go on with.
    pub(super) fn end(&mut self) {
        self.kept = None;
        if let Some(slot) = self.slot.take() {
            // One that stays is found to be old later.
            let _ = fs::remove_file(&slot.path);
        }
    }

    fn write(&mut self) {
        let (Some(slot), Some(kept)) = (&mut self.slot, &self.kept) else {
            return;
        };
        if let Err(error) = slot.write(kept) {
            let path = slot.path.display();
            tracing::warn!(%path, %error, "what arrived of an upload is known to this process only");
            self.slot = None;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        match (&self.slot, self.kept.take()) {
            (None, Some(kept)) => {
                let mut memory = memory();
                if memory.len() >= MOST_KEPT {
                    memory.remove(0);
                }
                memory.push(kept);
            }
            // Nothing was begun.
            (Some(slot), None) => drop(fs::remove_file(&slot.path)),
            _ => {}
        }
    }
}

impl Kept {
    fn is_fresh(&self) -> bool {
        // One from the future was written by a clock that is not to be trusted.
        self.begun.at.elapsed().is_ok_and(|age| age < KEPT)
    }
}

fn memory() -> MutexGuard<'static, Vec<Kept>> {
    // Whole between any two of its uses, whoever panicked.
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.retain(Kept::is_fresh);
    memory
}

impl Slot {
    /// The file for this upload; none when somebody else has it.
    fn open(folder: &Path, key: &Key) -> io::Result<Option<Self>> {
        let mut directory = fs::DirBuilder::new();
        directory.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            directory.mode(0o700);
        }
        directory.create(folder)?;
        sweep(folder);
        // A name, not a proof: whose file it is, is read in it.
        let name = HEXLOWER.encode(&Md5::digest(serde_json::to_vec(key)?));
        let path = folder.join(format!("{name}.json"));
        let file = own(&path)?;
        Ok(file.map(|file| Self { file, path }))
    }

    /// What it says; nothing when it was not written to its end.
    fn read(&mut self) -> Option<Kept> {
        let mut text = Vec::new();
        let file = &self.file;
        file.take(LARGEST).read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }

    fn write(&mut self, kept: &Kept) -> io::Result<()> {
        let text = serde_json::to_vec(kept)?;
        self.file.rewind()?;
        self.file.write_all(&text)?;
        self.file.set_len(text.len() as u64)
    }
}

/// Closing is not enough where a process that is being started holds the file for a moment.
#[cfg(unix)]
impl Drop for Slot {
    fn drop(&mut self) {
        // What is not unlocked is closed in the next moment.
        let _ = rustix::fs::flock(&self.file, rustix::fs::FlockOperation::Unlock);
    }
}

/// Opens a file for one process alone, and makes it when it is not there. `None` when another has it.
fn own(path: &Path) -> io::Result<Option<File>> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let file = options.mode(0o600).open(path)?;
        // The standard library locks files since 1.89 only.
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(file)),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        /// What the system says of a file that another process has.
        const SHARED: i32 = 32;
        // Others may delete it and nothing else.
        match options.share_mode(4).open(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.raw_os_error() == Some(SHARED) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Takes away what no provider knows any more. What can not be taken away is in nobody's way.
fn sweep(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else {
        return;
    };
    for file in files.flatten() {
        let changed = file.metadata().and_then(|data| data.modified());
        let age = changed.ok().and_then(|changed| changed.elapsed().ok());
        if age.is_some_and(|age| age > 2 * KEPT) {
            let _ = fs::remove_file(file.path());
        }
    }
}
