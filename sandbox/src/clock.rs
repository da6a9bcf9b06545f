use std::time::{SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// A moment of simulated time: seconds since the Unix epoch.
pub(crate) type Moment = f64;

/// Simulated time: it starts at a chosen moment and runs `speed` times faster than tokio's clock, so a test that
/// pauses that clock decides what time it is.
#[derive(Debug)]
pub(crate) struct Clock {
    origin: Instant,
    start: Moment,
    speed: f64,
}

impl Clock {
    pub(crate) fn new(start: SystemTime, speed: f64) -> Self {
        let start = start
            .duration_since(UNIX_EPOCH)
            .map_or(0.0, |since| since.as_secs_f64());
        let speed = if speed.is_finite() && speed > 0.0 {
            speed
        } else {
            1.0
        };
        Self {
            origin: Instant::now(),
            start,
            speed,
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.start + self.origin.elapsed().as_secs_f64() * self.speed
    }

    pub(crate) const fn start(&self) -> Moment {
        self.start
    }

    pub(crate) const fn speed(&self) -> f64 {
        self.speed
    }
}

/// The moment as the API writes it: whole seconds.
#[expect(
    clippy::cast_possible_truncation,
    reason = "moments are far below 2^53 seconds"
)]
pub(crate) fn unix(moment: Moment) -> i64 {
    moment.floor() as i64
}
