//! A watch of one job, and what was decided in it.

use rft_mcp_monitors::{Decision, Phase, RuleName, Rules, Since, Standing, schedule::Pace};
use serde::{Deserialize, Serialize};

/// What a watch is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its rules are asked.
    Watching,
    /// A decision was written down, and the job is not known to have followed it.
    Acting,
    /// The job was paused by it.
    Resting,
    /// It does nothing any more.
    Ended,
}

impl State {
    /// As the database has it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Watching => "watching",
            Self::Acting => "acting",
            Self::Resting => "resting",
            Self::Ended => "ended",
        }
    }
}

/// What becomes of a watch when the job that it paused goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AfterResume {
    /// Its rules count from there.
    #[default]
    Rearm,
    /// It ends.
    End,
}

/// What is remembered from one look to the next.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The job's status, as the provider names it.
    pub status: Option<String>,
    /// What that means.
    pub phase: Option<Phase>,
    /// Looks in a row that found that.
    pub looks: u32,
    /// Looks in a row that failed.
    pub failures: u32,
    /// Looks in a row that found no such job.
    pub gone: u32,
    /// The newest step.
    pub step: Option<u64>,
    /// Changes whenever the job reports something new.
    pub mark: String,
    /// Looks since one that read everything.
    pub partial: u32,
    /// Rules that told something, and in which arming: it is not told again.
    pub noticed: Vec<(i64, RuleName)>,
    /// How the rules stand.
    pub standings: Vec<Standing>,
    /// Why the last look or act failed.
    pub trouble: Option<String>,
}

/// What a new watch is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct New {
    /// The provider and its address: a watch is looked after by servers of the same only.
    pub scope: String,
    /// The job's id.
    pub job: String,
    /// See there.
    pub rules: Rules,
    /// See there.
    pub pace: Pace,
    /// See there.
    pub after_resume: AfterResume,
}

/// What is to be changed of a watch; what is absent stays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// See there.
    pub rules: Option<Rules>,
    /// Seconds between looks.
    pub interval: Option<f64>,
    /// See there.
    pub after_resume: Option<AfterResume>,
}

/// A watch. Times are Unix seconds by the database's clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Its own id.
    pub id: String,
    /// The provider and its address.
    pub scope: String,
    /// The job's id.
    pub job: String,
    /// See there.
    pub state: State,
    /// Why it ended.
    pub reason: Option<String>,
    /// See there.
    pub rules: Rules,
    /// See there.
    pub pace: Pace,
    /// See there.
    pub after_resume: AfterResume,
    /// Counted from 1, and one more after each resume.
    pub arming: i64,
    /// Where it was armed.
    pub since: Since,
    /// See there.
    pub memory: Memory,
    /// When something new was last seen.
    pub progress_at: f64,
    /// When it was made.
    pub created_at: f64,
    /// When the job was last looked at.
    pub looked_at: Option<f64>,
    /// When it is looked at next.
    pub due_at: f64,
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is not known to have been followed.
    Open,
    /// It was followed.
    Done,
    /// There was nothing left to do, or nothing could be done.
    Moot,
}

impl Outcome {
    /// As the database has it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Moot => "moot",
        }
    }
}

/// A decision and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// In the order they were made.
    pub id: i64,
    /// Of which arming.
    pub arming: i64,
    /// What was decided, and on what.
    pub decision: Decision,
    /// Ids of the messages that told of pauses before.
    pub seen: Vec<String>,
    /// See there.
    pub outcome: Outcome,
    /// How often it was sent to the provider.
    pub attempts: u32,
    /// What the provider answered, or what was found.
    pub answer: Option<String>,
    /// When it was made.
    pub decided_at: f64,
    /// When that outcome was known.
    pub settled_at: Option<f64>,
}
