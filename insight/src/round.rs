/// A number as people read it: four digits after the point.
#[must_use]
pub fn rounded(number: f64) -> f64 {
    let rounded = (number * 1e4).round() / 1e4;
    // No negative zero.
    if rounded == 0.0 { 0.0 } else { rounded }
}
