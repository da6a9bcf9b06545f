//! Days that were announced for an end: of a provider's new jobs, of a model. Once such a day is there, what is said of
//! it is said otherwise.

use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};
use rft_mcp_runtime::engine::Context;
use serde_json::Value;

/// Since when there are no new jobs.
const CLOSING: &str = "closing";
/// Until when there are new jobs at least.
const OPEN_UNTIL: &str = "open_until";

/// How a provider stands to new jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// No end is announced.
    Never,
    /// An end is announced, and not there yet.
    Ahead,
    /// It takes none since this day.
    Closed(NaiveDate),
    /// It said that it takes some until this day, which is over; whether it still does nobody knows.
    Doubtful(NaiveDate),
}

impl Closing {
    /// By the values of the provider, on this day.
    pub(super) fn of(context: &Context, today: NaiveDate) -> Self {
        Self::by(|name| context.value(name), today)
    }

    fn by<'v>(value: impl Fn(&str) -> Option<&'v Value>, today: NaiveDate) -> Self {
        let day = |name| value(name).and_then(Value::as_str).and_then(day);
        match (day(CLOSING), day(OPEN_UNTIL)) {
            (Some(closing), _) if closing <= today => Self::Closed(closing),
            (_, Some(until)) if until < today => Self::Doubtful(until),
            (None, None) => Self::Never,
            _ => Self::Ahead,
        }
    }

    /// What there is to say before a launch, once the day is there.
    pub(super) fn told(self, provider: &str) -> Option<String> {
        match self {
            Self::Never | Self::Ahead => None,
            Self::Closed(day) => Some(format!("{provider} takes no new jobs since {day}")),
            Self::Doubtful(day) => Some(format!(
                "{provider} takes new jobs until {day} at least, which is over: it may refuse them now"
            )),
        }
    }
}

/// A day as `2027-01-06`, also where a time of the day follows.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    text.trim().get(..10)?.parse().ok()
}

/// Today in UTC.
pub(super) fn today() -> NaiveDate {
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn on(today: &str, values: &Value) -> Closing {
        Closing::by(|name| values.get(name), day(today).unwrap())
    }

    #[test]
    fn an_end_is_told_from_its_day_on() {
        let closing = json!({"closing": "2027-01-06"});
        assert_eq!(on("2026-11-25", &closing), Closing::Ahead);
        assert_eq!(on("2027-01-05", &closing).told("Here"), None);
        let told = Some("Here takes no new jobs since 2027-01-06".to_owned());
        assert_eq!(on("2027-01-06", &closing).told("Here"), told);
        assert_eq!(on("2031-01-01", &closing).told("Here"), told);
    }

    #[test]
    fn a_day_that_is_the_least_leaves_a_doubt_when_it_is_over() {
        let until = json!({"open_until": "2027-04-16"});
        assert_eq!(on("2027-04-16", &until), Closing::Ahead);
        let doubtful = on("2027-04-17", &until);
        assert_eq!(doubtful, Closing::Doubtful(day("2027-04-16").unwrap()));
        assert!(doubtful.told("Here").unwrap().contains("may refuse"));
        // What is sure weighs more.
        let both = json!({"open_until": "2027-04-16", "closing": "2027-06-01"});
        assert_eq!(on("2027-05-01", &both), doubtful);
        assert_eq!(
            on("2027-06-01", &both),
            Closing::Closed(day("2027-06-01").unwrap())
        );
    }

    #[test]
    fn without_a_day_there_is_no_end() {
        assert_eq!(on("2027-01-06", &json!({})), Closing::Never);
        assert_eq!(
            on("2027-01-06", &json!({"closing": "soon"})),
            Closing::Never
        );
        assert_eq!(day("2026-10-23T00:00:00Z"), day("2026-10-23"));
        assert_eq!(day("2026-13-01"), None);
        assert_eq!(day("é"), None);
    }
}
