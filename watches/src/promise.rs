//! A watch of a job that is about to be launched: written down before the launch, and kept once the job is there, so that a
//! process which dies in between loses none.

use rft_mcp_monitors::{Rules, schedule::Pace};

use crate::{
    store::StoreError,
    watch::{AfterResume, Watch},
};

/// What is to be watched once it is launched.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// The provider and its address.
    pub scope: String,
    /// Which the job will carry.
    pub token: String,
    /// See there.
    pub rules: Rules,
    /// See there.
    pub pace: Pace,
    /// See there.
    pub after_resume: AfterResume,
}

/// A promise that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The watch of the job, which may have ended since.
    pub watch: Watch,
    /// Whether it was made just now.
    pub is_new: bool,
}

/// How long promises are gone after whose launch was not heard of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patience {
    /// Seconds until the first look for the job, and between looks; they double.
    pub first: f64,
    /// Seconds between looks at most.
    pub most: f64,
    /// Seconds after which there is taken to be no job.
    pub total: f64,
}

impl Patience {
    /// A launch takes two minutes at most and a list lags by seconds, but who launches may be stopped in between.
    pub const USUAL: Self = Self {
        first: 60.0,
        most: 3_600.0,
        total: 24.0 * 3_600.0,
    };

    /// The same where the provider's time goes so many times faster.
    #[must_use]
    pub fn hastened(self, speed: f64) -> Self {
        Self {
            first: self.first / speed,
            most: self.most / speed,
            total: self.total,
        }
    }

    /// Seconds until the next look after so many.
    #[must_use]
    pub fn wait(self, looks: i64) -> f64 {
        let doubled = 2_f64.powi(i32::try_from(looks.clamp(0, 30)).unwrap_or(30));
        (self.first * doubled).min(self.most)
    }
}

/// Keeps promises of watches. Every method is one transaction.
pub trait Promises {
    /// Writes a promise down, in the place of one with its token that was not kept. One that was kept stays.
    fn promise(&self, promise: &Promise, patience: Patience) -> Result<(), StoreError>;

    /// Makes the watch that was promised for what has this token, once: told again, or for a job that is watched already,
    /// it gives the watch there is. `None` where nothing was promised.
    fn keep(&self, scope: &str, token: &str, job: &str) -> Result<Option<Kept>, StoreError>;

    /// Takes back what was promised and not kept.
    fn take_back(&self, scope: &str, token: &str) -> Result<(), StoreError>;

    /// The tokens of promises whose jobs are to be looked for now, `most` of them, which are due again later. Those that
    /// are too old are taken back.
    fn promised(
        &self,
        scope: &str,
        patience: Patience,
        most: u32,
    ) -> Result<Vec<String>, StoreError>;
}
