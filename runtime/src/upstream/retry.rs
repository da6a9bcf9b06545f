//! When a request is sent again, and after how long: as the providers' official SDKs do for reads, and for
//! everything else only where the provider certainly did not act.

mod asked;

use std::{
    hash::{BuildHasher as _, RandomState},
    time::{Duration, SystemTime},
};

use reqwest::header::HeaderMap;

pub(super) use self::asked::asked;
use crate::tool::{Effect, Retry};

/// How often a request is sent again at most, unless its tool says otherwise.
const TIMES: u32 = 2;
/// A provider that asks for a longer wait is not asked again.
const LONGEST_ASKED: Duration = Duration::from_secs(120);

/// Error codes of status 429 that waiting does not mend.
const NEVER: [&str; 5] = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
];

/// When a call's requests are sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    times: u32,
    /// Whether also after a failure that does not say whether the provider acted.
    ambiguous: bool,
}

impl Policy {
    /// What follows from the effect, or what the tool says instead. What costs money is never sent again after an
    /// ambiguous failure, whatever is said.
    #[must_use]
    pub fn of(effect: Effect, own: Option<Retry>) -> Self {
        let usual = Retry {
            times: TIMES,
            ambiguous: effect == Effect::Read,
        };
        let Retry { times, ambiguous } = own.unwrap_or(usual);
        Self {
            times,
            ambiguous: ambiguous && effect != Effect::Costly,
        }
    }
}

/// How an attempt failed.
#[derive(Debug, Clone, Copy)]
pub enum Failure<'a> {
    /// No connection: nothing was sent.
    Connect,
    /// Time-out or a broken connection after something was sent, or a reply that broke off.
    Ambiguous,
    /// The provider answered with an error.
    Status {
        /// The status code.
        status: u16,
        /// The reply's headers.
        headers: &'a HeaderMap,
        /// The error code in the body.
        code: Option<&'a str>,
    },
}

/// How long to wait before the next attempt; `None` to give up. `attempt` counts from 0, `jitter` is from 0
/// (none) to 1.
#[must_use]
pub fn wait(
    policy: Policy,
    attempt: u32,
    failure: Failure<'_>,
    jitter: f64,
    now: SystemTime,
) -> Option<Duration> {
    if attempt >= policy.times || !may_repeat(policy.ambiguous, failure) {
        return None;
    }
    let asked = match failure {
        Failure::Status { headers, .. } => asked(headers, now),
        _ => None,
    };
    match asked {
        Some(wait) if wait > LONGEST_ASKED => None,
        Some(wait) => Some(wait),
        None => Some(backoff(attempt, jitter)),
    }
}

fn may_repeat(ambiguous: bool, failure: Failure<'_>) -> bool {
    match failure {
        Failure::Connect => true,
        Failure::Ambiguous => ambiguous,
        Failure::Status {
            code: Some(code), ..
        } if NEVER.contains(&code) => false,
        Failure::Status {
            status, headers, ..
        } => {
            let should = headers
                .get("x-should-retry")
                .and_then(|value| value.to_str().ok());
            match should {
                Some("false") => false,
                Some("true") if ambiguous => true,
                // A refusal for too many requests is the one answer that says nothing was done.
                _ if !ambiguous => status == 429,
                _ => passes(status),
            }
        }
    }
}

/// Whether a status may be another one a moment later: not now, rather than no.
pub(super) const fn passes(status: u16) -> bool {
    matches!(status, 408 | 409 | 429 | 500..)
}

/// 0.5·2ⁿ seconds, at most 8, less up to a quarter.
fn backoff(attempt: u32, jitter: f64) -> Duration {
    let seconds = (0.5 * 2f64.powi(attempt.try_into().unwrap_or(i32::MAX))).min(8.0);
    Duration::from_secs_f64(seconds * (1.0 - 0.25 * jitter.clamp(0.0, 1.0)))
}

/// A number from 0 to 1, different each time: the standard library seeds each hasher anew.
#[must_use]
pub fn jitter() -> f64 {
    f64::from(u16::try_from(RandomState::new().hash_one(0) & 0xffff).unwrap_or(0))
        / f64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [Effect; 4] = [
        Effect::Read,
        Effect::Write,
        Effect::Costly,
        Effect::Destructive,
    ];

    fn after(
        effect: Effect,
        attempt: u32,
        status: u16,
        pairs: &[(&'static str, &str)],
        code: Option<&str>,
    ) -> Option<u64> {
        let headers: HeaderMap = pairs
            .iter()
            .map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap()))
            .collect();
        let failure = Failure::Status {
            status,
            headers: &headers,
            code,
        };
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let policy = Policy::of(effect, None);
        wait(policy, attempt, failure, 0.0, now)
            .map(|wait| u64::try_from(wait.as_millis()).unwrap())
    }

    #[test]
    fn reads_are_repeated_as_the_official_sdks_do() {
        for status in [408, 409, 429, 500, 502, 503, 504, 529] {
            assert_eq!(
                after(Effect::Read, 0, status, &[], None),
                Some(500),
                "{status}"
            );
            assert_eq!(
                after(Effect::Read, 1, status, &[], None),
                Some(1000),
                "{status}"
            );
            assert_eq!(after(Effect::Read, 2, status, &[], None), None, "{status}");
        }
        for status in [400, 401, 403, 404, 413, 422] {
            assert_eq!(after(Effect::Read, 0, status, &[], None), None, "{status}");
        }
        assert_eq!(
            after(Effect::Read, 0, 400, &[("x-should-retry", "true")], None),
            Some(500)
        );
        assert_eq!(
            after(Effect::Read, 0, 500, &[("x-should-retry", "false")], None),
            None
        );
    }

    #[test]
    fn the_provider_says_how_long_to_wait() {
        let wait = |pairs: &[(&'static str, &str)]| after(Effect::Read, 0, 429, pairs, None);
        assert_eq!(
            wait(&[("retry-after-ms", "250"), ("retry-after", "9")]),
            Some(250)
        );
        assert_eq!(wait(&[("retry-after", "2.5")]), Some(2500));
        assert_eq!(
            wait(&[("retry-after", "Mon, 12 Jan 1970 13:46:50 GMT")]),
            Some(10_000)
        );
        assert_eq!(wait(&[("retry-after", "120")]), Some(120_000));
        assert_eq!(wait(&[("retry-after", "121")]), None);
        assert_eq!(wait(&[("retry-after", "1e300")]), None);
        assert_eq!(wait(&[("retry-after-ms", "1e300")]), None);
        assert_eq!(wait(&[("retry-after", "-1")]), Some(500));
        assert_eq!(wait(&[("retry-after", "9".repeat(400).as_str())]), None);
        for far in ["Mon, 12 Jan 1970 13:48:41 +0000", "1 Jan 9999 00:00 GMT"] {
            assert_eq!(wait(&[("retry-after", far)]), None, "{far}");
        }
    }

    #[test]
    fn dates_of_every_form_are_waited_for() {
        for date in [
            "Mon, 12 Jan 1970 13:46:50 +0000",
            "Mon, 12 Jan 1970 14:46:50 +0100",
            "Monday, 12-Jan-70 13:46:50 GMT",
            "Mon Jan 12 13:46:50 1970",
        ] {
            let wait = after(Effect::Read, 0, 429, &[("retry-after", date)], None);
            assert_eq!(wait, Some(10_000), "{date}");
        }
    }

    #[test]
    fn a_provider_that_asks_for_no_wait_is_not_asked_at_once() {
        for value in ["0", "0.0", "-0", "-3", "nan", "inf", "-infinity", "soon"] {
            for name in ["retry-after-ms", "retry-after"] {
                let wait = after(Effect::Read, 1, 429, &[(name, value)], None);
                assert_eq!(wait, Some(1000), "{name}: {value}");
            }
        }
        let past = "Mon, 12 Jan 1970 13:46:40 GMT";
        let wait = after(Effect::Read, 1, 429, &[("retry-after", past)], None);
        assert_eq!(wait, Some(1000));
        // The first header that is a number counts, as in the SDK.
        let both = [("retry-after-ms", "0"), ("retry-after", "9")];
        assert_eq!(after(Effect::Read, 0, 429, &both, None), Some(500));
        let both = [("retry-after-ms", "soon"), ("retry-after", "9")];
        assert_eq!(after(Effect::Read, 0, 429, &both, None), Some(9000));
    }

    #[test]
    fn a_spent_budget_is_never_asked_again() {
        for code in NEVER {
            for effect in EVERY {
                assert_eq!(
                    after(effect, 0, 429, &[("x-should-retry", "true")], Some(code)),
                    None,
                    "{code}"
                );
            }
        }
        assert_eq!(
            after(Effect::Read, 0, 429, &[], Some("slow_down")),
            Some(500)
        );
    }

    #[test]
    fn what_changes_something_is_repeated_only_when_nothing_was_done() {
        for effect in EVERY.into_iter().skip(1) {
            let now = SystemTime::UNIX_EPOCH;
            let policy = Policy::of(effect, None);
            assert!(wait(policy, 0, Failure::Connect, 0.0, now).is_some());
            assert!(wait(policy, 0, Failure::Ambiguous, 0.0, now).is_none());
            assert_eq!(after(effect, 0, 429, &[], None), Some(500));
            for status in [408, 409, 500, 502, 503, 504] {
                assert_eq!(
                    after(effect, 0, status, &[("x-should-retry", "true")], None),
                    None,
                    "{effect:?} {status}"
                );
            }
        }
    }

    #[test]
    fn a_tool_may_say_otherwise_but_never_repeat_what_may_have_cost_money() {
        let says = |times, ambiguous| Some(Retry { times, ambiguous });
        let again = |effect, own, attempt| {
            let now = SystemTime::UNIX_EPOCH;
            wait(
                Policy::of(effect, own),
                attempt,
                Failure::Ambiguous,
                0.0,
                now,
            )
            .is_some()
        };
        assert!(again(Effect::Write, says(1, true), 0));
        assert!(!again(Effect::Write, says(1, true), 1));
        assert!(again(Effect::Read, says(5, true), 4));
        assert!(!again(Effect::Read, says(0, true), 0));
        assert!(!again(Effect::Read, says(5, false), 0));
        assert!(!again(Effect::Costly, says(5, true), 0));
    }

    #[test]
    fn jitter_takes_off_at_most_a_quarter_and_backoff_ends_at_eight_seconds() {
        assert_eq!(backoff(0, 1.0), Duration::from_millis(375));
        assert_eq!(backoff(9, 0.0), Duration::from_secs(8));
        assert!((0.0..=1.0).contains(&jitter()));
    }
}
