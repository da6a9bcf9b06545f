//! How long the provider asks to wait: its headers, read as the official Python SDK reads them. Of the dates that Python
//! makes something of, those that no standard has ask for nothing here: the usual wait follows.

use std::time::{Duration, SystemTime};

use chrono::DateTime;
use reqwest::header::HeaderMap;

/// Seconds that are longer than any wait.
const ENDLESS: f64 = f64::MAX;

/// `retry-after-ms`, else `retry-after` in seconds or as a date. Nothing when there is none that can be read, or when
/// it asks for no wait: a provider that is busy is not asked again at once.
pub(in crate::upstream) fn asked(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let seconds = seconds(headers, now)?;
    (seconds.is_finite() && seconds > 0.0)
        .then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// Below 0 for what has passed, and infinite or no number only when the header says so in letters.
fn seconds(headers: &HeaderMap, now: SystemTime) -> Option<f64> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(milliseconds) = text("retry-after-ms").and_then(number) {
        return Some(milliseconds / 1000.0);
    }
    let text = text("retry-after")?;
    if let Some(seconds) = number(text) {
        return Some(seconds);
    }
    let away = match date(text)?.duration_since(now) {
        Ok(ahead) => ahead.as_secs_f64(),
        Err(past) => -past.duration().as_secs_f64(),
    };
    Some(away)
}

/// Any of HTTP's three forms of a date, or that of mail, which has any zone.
fn date(text: &str) -> Option<SystemTime> {
    let http = httpdate::parse_http_date(text).ok();
    http.or_else(|| Some(DateTime::parse_from_rfc2822(text).ok()?.into()))
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = text.parse::<f64>().ok()?;
    // A number too large is a long wait, but infinity in letters is none.
    if number == f64::INFINITY && text.contains(|c: char| c.is_ascii_digit()) {
        return Some(ENDLESS);
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python 3.11 says of the same texts.
    #[test]
    fn dates_of_every_standard_are_read() {
        let cases = [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Sun, 06 Nov 1994 08:49:37 +0000", Some(784_111_777)),
            ("Sun, 06 Nov 1994 08:49:37 -0000", Some(784_111_777)),
            ("Sun, 06 Nov 1994 10:19:37 +0130", Some(784_111_777)),
            ("Sun, 06 Nov 1994 00:49:37 PST", Some(784_111_777)),
            ("06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("6 Nov 1994 08:49 UT", Some(784_111_740)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Thursday, 06-Nov-25 08:49:37 GMT", Some(1_762_418_977)),
            ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
            ("Sat Nov  6 08:49:37 2094", Some(3_939_871_777)),
            ("Thu, 29 Feb 2024 23:59:59 EST", Some(1_709_269_199)),
            ("", None),
            ("soon", None),
            ("Sun,", None),
            ("06 Nov 1994", None),
            ("06 Smarch 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08 GMT", None),
            ("2094-11-06T08:49:37Z", None),
            ("06--94 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 8:4:3:7 GMT", None),
        ];
        for (text, seconds) in cases {
            let read = date(text).map(|date| {
                date.duration_since(SystemTime::UNIX_EPOCH)
                    .unwrap()
                    .as_secs()
            });
            assert_eq!(read, seconds, "{text}");
        }
    }
}
