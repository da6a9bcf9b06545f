//! Numbers as providers write them.

use serde_json::{Number, Value};

/// The largest number that anything measures: what is beyond it overflowed somewhere, and would fill pages when it is
/// written out.
const MOST: f64 = 1e15;

/// A finite number, also one written as text. 0 is a value; null, NaN and infinities are none, and nor is what is so
/// large that nothing measures it.
#[must_use]
pub fn finite(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    measured(number)
}

/// A number that can be a measurement.
pub(super) fn measured(number: f64) -> Option<f64> {
    (number.abs() <= MOST).then_some(number)
}

/// The same in JSON: without a fraction where it has none.
#[must_use]
pub fn number(number: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && (0.0..=EXACT).contains(&number) {
        return format!("{number:.0}").parse::<u64>().ok().map(Number::from);
    }
    Number::from_f64(number)
}

/// A count: whole and not negative.
pub(super) fn whole(number: f64) -> Option<u64> {
    let fits = number.fract() == 0.0 && (0.0..=MOST).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and within range"
    )]
    fits.then_some(number as u64)
}
