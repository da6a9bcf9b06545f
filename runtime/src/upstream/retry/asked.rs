//! How long the provider asks to wait: its headers, read as the official Python SDK reads them.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

use super::mail_date;

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
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let away = mail_date::parse(text)?.saturating_sub(i64::try_from(now.as_secs()).ok()?);
    // Centuries are as long as what fits.
    let away = i32::try_from(away.clamp(i32::MIN.into(), i32::MAX.into())).ok()?;
    Some(f64::from(away) - f64::from(now.subsec_nanos()) / 1e9)
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
