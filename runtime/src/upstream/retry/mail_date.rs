//! Dates as `email.utils.parsedate_tz` of Python reads them, which the official SDK asks: RFC 5322, RFC 850, `asctime`
//! and what old senders make of them, with any zone or none. The crates for dates refuse half of these.

use std::collections::VecDeque;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Hours from UTC, times 100.
const ZONES: [(&str, i64); 14] = [
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("AST", -400),
    ("ADT", -300),
    ("EST", -500),
    ("EDT", -400),
    ("CST", -600),
    ("CDT", -500),
    ("MST", -700),
    ("MDT", -600),
    ("PST", -800),
    ("PDT", -700),
];

/// Seconds since 1970. A date without a zone, or with one that is not known, is in UTC.
pub(super) fn parse(text: &str) -> Option<i64> {
    let [mut day, mut month, mut year, mut time, mut zone] = parts(text)?;
    if [day, month, year].contains(&"") {
        return None;
    }
    if month_of(month).is_none() {
        (day, month) = (month, day);
    }
    let month = month_of(month)?;
    // `asctime` has the year last.
    if year.find(':').is_some_and(|at| at > 0) {
        (year, time) = (time, year);
    }
    year = without_comma(year);
    if !year.chars().next()?.is_ascii_digit() {
        (year, zone) = (zone, year);
    }
    let [hours, minutes, seconds] = clock(without_comma(time))?;
    let year = match integer(year)? {
        year if year >= 100 => year,
        year if year > 68 => year + 1900,
        year => year + 2000,
    };
    let days = first_of(year, month)?
        .checked_add(integer(without_comma(day))?)?
        .checked_sub(1)?;
    days.checked_mul(24)?
        .checked_add(hours)?
        .checked_mul(60)?
        .checked_add(minutes)?
        .checked_mul(60)?
        .checked_add(seconds)?
        .checked_sub(offset(zone)?)
}

/// Day, month, year, time and zone, by where they stand.
fn parts(text: &str) -> Option<[&str; 5]> {
    let mut words: VecDeque<&str> = text.split_ascii_whitespace().collect();
    let first = words.front_mut()?;
    if first.ends_with(',') || DAYS.contains(&first.to_ascii_lowercase().as_str()) {
        words.pop_front();
    } else if let Some((_, after)) = first.rsplit_once(',') {
        *first = after;
    }
    if words.len() == 3 {
        // RFC 850: `06-Nov-94`.
        let date: Vec<&str> = words.front()?.split('-').collect();
        if date.len() == 3 {
            words.pop_front();
            words = date.into_iter().chain(words).collect();
        }
    }
    if words.len() == 4 {
        let last = words.pop_back()?;
        let (time, zone) = match last.find('+').or_else(|| last.find('-')) {
            Some(at) if at > 0 => last.split_at(at),
            _ => (last, ""),
        };
        words.extend([time, zone]);
    }
    words.truncate(5);
    words.make_contiguous().try_into().ok()
}

fn without_comma(word: &str) -> &str {
    word.strip_suffix(',').unwrap_or(word)
}

/// From 1, of a name in full or its first three letters.
fn month_of(word: &str) -> Option<i64> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || month.get(..3) == Some(&word))?;
    i64::try_from(at + 1).ok()
}

/// Hours, minutes and seconds, which are 0 when they are left out.
fn clock(time: &str) -> Option<[i64; 3]> {
    let apart = if time.contains(':') { ':' } else { '.' };
    let numbers: Option<Vec<i64>> = time.split(apart).map(integer).collect();
    match *numbers? {
        [hours, minutes] => Some([hours, minutes, 0]),
        [hours, minutes, seconds] => Some([hours, minutes, seconds]),
        _ => None,
    }
}

/// A whole number with a sign or none.
fn integer(word: &str) -> Option<i64> {
    word.parse().ok()
}

/// Seconds that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    let zone = zone.to_ascii_uppercase();
    let named = ZONES.iter().find(|(name, _)| *name == zone);
    let hundreds = named.map_or_else(|| integer(&zone).unwrap_or(0), |(_, hundreds)| *hundreds);
    (hundreds / 100)
        .checked_mul(3600)?
        .checked_add(hundreds % 100 * 60)
}

/// Days from 1970 to the first of a month, in the calendar of today.
fn first_of(year: i64, month: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    // Years begin in March here, so that a leap day ends one.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    Some(year * 365 + leap_days + (153 * month + 2) / 5 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `mktime_tz(parsedate_tz(…))` of Python 3.11 says.
    #[test]
    fn dates_are_read_as_python_reads_them() {
        let cases = [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Sun, 06 Nov 1994 08:49:37 +0000", Some(784_111_777)),
            ("Sun, 06 Nov 1994 08:49:37 -0000", Some(784_111_777)),
            ("Sun, 06 Nov 1994 10:19:37 +0130", Some(784_111_777)),
            ("Sun, 06 Nov 1994 00:49:37 PST", Some(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Sunday, 06-Nov-25 08:49:37 GMT", Some(1_762_418_977)),
            ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
            ("Sun Nov  6 08:49:37 2094", Some(3_939_871_777)),
            ("06 Nov 1994 08:49:37", Some(784_111_777)),
            ("6 November 1994 08:49 UTC", Some(784_111_740)),
            ("Sun, 06 Nov 1994 08:49:37+0000", Some(784_111_777)),
            ("Sun, 06 Nov 1994 08.49.37 GMT", Some(784_111_777)),
            ("Sun,06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Nov 6, 1994, 08:49:37 Z", Some(784_111_777)),
            ("Thu, 29 Feb 2024 23:59:60 EST", Some(1_709_269_200)),
            ("Wed, 1 Mar 2000 00:00:00 NOWHERE", Some(951_868_800)),
            ("Mon, 1 Jan 0099 00:00:00 GMT", Some(915_148_800)),
            ("Sun Nov 6 08:49:37 GMT 1994", Some(784_111_777)),
            ("", None),
            ("soon", None),
            ("Sun,", None),
            ("06 Nov 1994", None),
            ("06 Smarch 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08 GMT", None),
            ("2094-11-06T08:49:37Z", None),
            ("06 Nov 99999 08:49:37 GMT", None),
            ("06--94 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 8:4:3:7 GMT", None),
            ("-0500 Nov 06 08:49:37 x", Some(1_119_084_577)),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse(text), seconds, "{text}");
        }
    }
}
