/// A number as people read it: four digits after the point.
#[must_use]
pub fn rounded(number: f64) -> f64 {
    let rounded = (number * 1e4).round() / 1e4;
    // So large a number has no digits after the point.
    if !rounded.is_finite() {
        return number;
    }
    // No negative zero.
    if rounded == 0.0 { 0.0 } else { rounded }
}
