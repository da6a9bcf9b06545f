use proptest::prelude::*;

use super::Range;
use crate::formula::Formula;

fn range(text: &str, low: f64, high: f64) -> Option<(f64, f64)> {
    let formula = Formula::parse(text).ok()?;
    let range = Range::of_formula(&formula, &|_| Some(Range { low, high }));
    Some((range.low, range.high))
}

#[test]
fn bounds_are_those_of_the_formula() {
    for (text, expected) in [
        ("min(max(g, 0.2), 0.8)", (0.2, 0.8)),
        ("min(max(g, -5), 5)", (-1.0, 2.0)),
        // Wider than it is: the two distances are not known to move together.
        ("(0.2 + 0.8 + abs(g - 0.2) - abs(g - 0.8)) / 2", (-0.4, 1.4)),
        ("-g", (-2.0, 1.0)),
        ("g * g", (-2.0, 4.0)),
        ("g ^ 2", (0.0, 4.0)),
        ("g ^ 3", (-1.0, 8.0)),
        ("abs(g)", (0.0, 2.0)),
        ("floor(g / 2) + ceil(g / 2)", (-1.0, 2.0)),
        ("2 * g - 1", (-3.0, 3.0)),
    ] {
        let seen = range(text, -1.0, 2.0).unwrap_or((f64::NAN, f64::NAN));
        let near = (seen.0 - expected.0).abs() < 1e-12 && (seen.1 - expected.1).abs() < 1e-12;
        assert!(near, "{text}: {seen:?}, not {expected:?}");
    }
    for text in ["1 / g", "g ^ 0.5", "sqrt(g)", "log(g)"] {
        assert_eq!(
            range(text, -1.0, 2.0),
            Some((f64::NEG_INFINITY, f64::INFINITY)),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn no_value_lies_outside(
        low in -4.0..4.0_f64,
        width in 0.0..4.0_f64,
        share in 0.0..=1.0_f64,
        text in prop::sample::select(vec![
            "g + g * g - 3", "min(g, 1, 2 * g)", "max(g, 0) / 3", "abs(g - 1) ^ 2", "exp(g)", "g ^ 3 - g",
            "1 / (g + 10)", "sqrt(abs(g))", "-(g ^ 2) / 2", "floor(g) - ceil(-g)", "2 ^ g", "log(g + 5)",
        ]),
    ) {
        let within = Range { low, high: low + width };
        let formula = Formula::parse(text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let bounds = Range::of_formula(&formula, &|_| Some(within));
        let value = formula.evaluate(&|_| Some(within.at(share))).unwrap_or(f64::NAN);
        let slack = 1e-9 * (1.0 + value.abs());
        prop_assert!(bounds.low - slack <= value && value <= bounds.high + slack, "{value} {bounds:?}");
    }
}
