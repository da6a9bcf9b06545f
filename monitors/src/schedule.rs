//! When a job is looked at next.

use serde::{Deserialize, Serialize};

use crate::facts::Phase;

/// How near a rule has to be for a job to be looked at more often.
const NEAR: f64 = 0.8;
/// How much more often then.
const OFTENER: f64 = 4.0;
/// Looks into a queue after which the pace has halved.
const QUEUED: f64 = 10.0;
/// How much more rarely a job is looked at in a long queue, or while it is paused.
const RARER: f64 = 10.0;
/// Failures after which the wait does not grow any more.
const MOST_FAILURES: u32 = 12;

/// How often jobs are looked at, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Between two looks at a job that runs.
    pub interval: f64,
    /// Never less.
    pub least: f64,
    /// Never more, unless the provider asks for it or `interval` is.
    pub most: f64,
    /// The share by which a wait is longer or shorter, so that watches do not go in step.
    pub jitter: f64,
}

/// What the next wait depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// What the job does.
    pub phase: Phase,
    /// How near the nearest rule is to deciding, from 0 to 1.
    pub near: f64,
    /// Looks in a row that found the job in the phase.
    pub looks: u32,
    /// Looks in a row that failed.
    pub failures: u32,
    /// Seconds that the provider asked to wait.
    pub retry_after: Option<f64>,
    /// Any number, another one for each watch and look.
    pub seed: u64,
}

/// Seconds until the next look.
#[must_use]
pub fn wait(pace: &Pace, state: &State) -> f64 {
    let factor = match state.phase {
        Phase::Runs if state.near >= NEAR => 1.0 / OFTENER,
        Phase::Runs => 1.0,
        Phase::Waits => (1.0 + f64::from(state.looks) / QUEUED).min(RARER),
        Phase::Rests | Phase::Ended => RARER / 2.0,
    };
    let failed = f64::from(2_u32.pow(state.failures.min(MOST_FAILURES)));
    let least = pace
        .least
        .max(state.retry_after.filter(|s| s.is_finite()).unwrap_or(0.0));
    let most = pace.most.max(pace.interval).max(least);
    let usual = (pace.interval * factor * failed).clamp(least, most);
    let shift = pace.jitter.clamp(0.0, 1.0) * (2.0 * share(state.seed) - 1.0);
    (usual * (1.0 + shift)).max(least)
}

/// A number from 0 to 1 that looks random (splitmix64).
fn share(seed: u64) -> f64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let share = (z >> 11) as f64 / (1_u64 << 53) as f64;
    share
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PACE: Pace = Pace {
        interval: 60.0,
        least: 5.0,
        most: 900.0,
        jitter: 0.1,
    };

    fn state(phase: Phase) -> State {
        State {
            phase,
            near: 0.0,
            looks: 0,
            failures: 0,
            retry_after: None,
            seed: 0,
        }
    }

    fn exactly(state: State) -> f64 {
        wait(
            &Pace {
                jitter: 0.0,
                ..PACE
            },
            &state,
        )
    }

    #[test]
    fn a_job_is_looked_at_oftener_near_a_decision_and_more_rarely_in_a_queue() {
        let runs = state(Phase::Runs);
        assert_eq!(exactly(runs), 60.0);
        assert_eq!(exactly(State { near: 0.8, ..runs }), 15.0);
        let waits = state(Phase::Waits);
        assert_eq!(exactly(waits), 60.0);
        assert_eq!(exactly(State { looks: 10, ..waits }), 120.0);
        assert_eq!(
            exactly(State {
                looks: 9_000,
                ..waits
            }),
            600.0
        );
        assert_eq!(exactly(state(Phase::Rests)), 300.0);
    }

    #[test]
    fn failures_double_the_wait_up_to_the_most_and_retry_after_is_kept() {
        let runs = state(Phase::Runs);
        assert_eq!(
            exactly(State {
                failures: 1,
                ..runs
            }),
            120.0
        );
        assert_eq!(
            exactly(State {
                failures: u32::MAX,
                ..runs
            }),
            900.0
        );
        let asked = State {
            retry_after: Some(4_000.0),
            ..runs
        };
        assert_eq!(exactly(asked), 4_000.0);
        for seed in 0..200 {
            assert!(wait(&PACE, &State { seed, ..asked }) >= 4_000.0);
        }
    }

    #[test]
    fn watches_do_not_go_in_step() {
        let waits: Vec<f64> = (0..100)
            .map(|seed| {
                wait(
                    &PACE,
                    &State {
                        seed,
                        ..state(Phase::Runs)
                    },
                )
            })
            .collect();
        let shortest = waits.iter().copied().fold(f64::MAX, f64::min);
        let longest = waits.iter().copied().fold(f64::MIN, f64::max);
        assert!(shortest >= 54.0 && longest <= 66.0, "{shortest} {longest}");
        assert!(longest - shortest > 10.0, "{shortest} {longest}");
    }

    proptest! {
        #[test]
        fn a_wait_is_within_its_limits(
            interval in 0.0..10_000.0_f64, near in 0.0..1.0_f64, looks: u32, failures: u32, seed: u64,
        ) {
            for phase in [Phase::Waits, Phase::Runs, Phase::Rests, Phase::Ended] {
                let pace = Pace { interval, ..PACE };
                let state = State { phase, near, looks, failures, retry_after: None, seed };
                let seconds = wait(&pace, &state);
                let most = 900.0_f64.max(interval) * 1.1;
                prop_assert!(seconds >= 5.0 && seconds <= most, "{seconds}");
            }
        }
    }
}
