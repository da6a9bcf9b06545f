//! How often the provider of a scope is asked, by all processes together.

use crate::store::Rate;

/// The longest that a provider is not asked, in seconds, however long it asks to wait.
pub const LONGEST: f64 = 3_600.0;

/// What all processes together have asked of a provider, as the database has it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spent {
    /// A clock that each look moves on, and that lags by a burst at most.
    pub next: f64,
    /// Until when the provider is not asked at all.
    pub quiet: f64,
}

impl Spent {
    /// How many of `most` looks the rate allows now. A time that is ahead was written before the database's clock was
    /// set back.
    pub fn allow(self, now: f64, most: u32, rate: Rate) -> u32 {
        if self.quiet > now && self.quiet < now + 2.0 * LONGEST {
            return 0;
        }
        let idle = (now - self.behind(now)) * rate.per_second;
        let allowed = idle.floor().clamp(0.0, f64::from(most.min(rate.burst)));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        {
            allowed as u32
        }
    }

    /// The same after so many looks.
    pub fn after(self, now: f64, looks: usize, rate: Rate) -> Self {
        let looks = f64::from(u32::try_from(looks).unwrap_or(u32::MAX));
        let earliest = now - f64::from(rate.burst) / rate.per_second;
        Self {
            next: self.behind(now).max(earliest) + looks / rate.per_second,
            ..self
        }
    }

    /// Seconds until it allows another look.
    pub fn wait(self, now: f64, rate: Rate) -> f64 {
        let quiet = self.quiet - now;
        if quiet > 0.0 && quiet < 2.0 * LONGEST {
            return quiet;
        }
        (self.behind(now) + 1.0 / rate.per_second - now).max(0.0)
    }

    fn behind(self, now: f64) -> f64 {
        if self.next > now + 1.0 {
            0.0
        } else {
            self.next
        }
    }
}
