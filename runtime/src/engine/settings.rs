//! What the command line may choose.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{audit::AuditError, files::FileError, tool::Limits};

/// What the command line may choose.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The tool sets to serve; those the manifest marks when `None`.
    pub sets: Option<Vec<String>>,
    /// Serve only tools that change nothing.
    pub read_only: bool,
    /// Limits instead of the manifest's.
    pub limits: Option<Limits>,
    /// The directories that local files may be in; none when empty.
    pub files_roots: Vec<PathBuf>,
    /// Whether the person is asked before a call whose tool says so.
    pub asking: Asking,
    /// Limits on what calls use up instead of the manifest's, by name; `None` for no limit.
    pub spending: BTreeMap<String, Option<f64>>,
    /// A directory for what Rust functions keep beyond the process; it may not be there yet.
    pub data_dir: Option<PathBuf>,
    /// A file that gets a line before and after every call that changes something.
    pub audit_log: Option<PathBuf>,
    /// Who makes the calls that come from no client, for the audit log.
    pub caller: Option<Caller>,
}

/// Who makes calls where there is no client that says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// The program.
    pub program: String,
    /// Whose account it runs in, where that is known.
    pub user: Option<String>,
}

/// Whether the person is asked before a call whose tool says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Asking {
    /// Where the client can ask; otherwise the manifest says whether the call is made.
    #[default]
    Auto,
    /// Always; a call whose client can not ask is refused until it says that the person agreed.
    Always,
    /// Never. A limit of which it can not be said whether it is kept must be confirmed all the same.
    Never,
}

/// Why an engine can not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// A set that the manifest does not have.
    #[error("there is no tool set `{name}`: the sets are {}", known.join(", "))]
    UnknownSet {
        /// The name given.
        name: String,
        /// The sets there are.
        known: Vec<&'static str>,
    },
    /// A limit that the manifest does not have.
    #[error("there is no limit `{name}`: {}", limits(known))]
    UnknownLimit {
        /// The name given.
        name: String,
        /// The limits there are.
        known: Vec<&'static str>,
    },
    /// A files root that can not be used.
    #[error(transparent)]
    Files(#[from] FileError),
    /// An audit log that can not be used.
    #[error(transparent)]
    Audit(#[from] AuditError),
}

fn limits(known: &[&str]) -> String {
    match known {
        [] => "the manifest has none".to_owned(),
        known => format!("the limits are {}", known.join(", ")),
    }
}
