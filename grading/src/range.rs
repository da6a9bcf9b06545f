//! Between which values a grader's reward lies, as far as its definition tells.

use crate::formula::{Formula, Function, Operator};

/// A closed interval. Its ends may be infinite, never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Range {
    /// 0 to 1.
    pub const UNIT: Self = Self {
        low: 0.0,
        high: 1.0,
    };
    /// Every number.
    pub const ALL: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    /// Interval arithmetic: never too narrow, too wide where a variable occurs twice.
    #[must_use]
    pub fn of_formula(formula: &Formula, variable: &dyn Fn(&str) -> Option<Self>) -> Self {
        match formula {
            Formula::Number(number) => Self::point(*number),
            Formula::Variable(name) => variable(name).unwrap_or(Self::ALL),
            Formula::Negate(of) => {
                let of = Self::of_formula(of, variable);
                Self {
                    low: -of.high,
                    high: -of.low,
                }
            }
            Formula::Binary(operator, left, right) => {
                let (left, right) = (
                    Self::of_formula(left, variable),
                    Self::of_formula(right, variable),
                );
                left.combine(*operator, right)
            }
            Formula::Call(function, arguments) => {
                let ranges: Vec<Self> = arguments
                    .iter()
                    .map(|argument| Self::of_formula(argument, variable))
                    .collect();
                Self::call(*function, &ranges)
            }
        }
    }

    /// Whether both ends are finite.
    #[must_use]
    pub fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    /// Nearest value within; NaN becomes the lower end.
    #[must_use]
    pub fn clamp(self, value: f64) -> f64 {
        if value.is_nan() {
            return self.low;
        }
        value.max(self.low).min(self.high)
    }

    /// The value a share of the way from low to high.
    #[must_use]
    pub fn at(self, share: f64) -> f64 {
        self.low + (self.high - self.low) * share
    }

    const fn point(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// The hull of some values; everything where one of them is not a number.
    fn hull(values: impl IntoIterator<Item = f64>) -> Self {
        let mut hull = Self {
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
        };
        for value in values {
            if value.is_nan() {
                return Self::ALL;
            }
            hull.low = hull.low.min(value);
            hull.high = hull.high.max(value);
        }
        if hull.low > hull.high {
            Self::ALL
        } else {
            hull
        }
    }

    fn combine(self, operator: Operator, right: Self) -> Self {
        let corners = || {
            [
                operator.apply(self.low, right.low),
                operator.apply(self.low, right.high),
                operator.apply(self.high, right.low),
                operator.apply(self.high, right.high),
            ]
        };
        match operator {
            Operator::Add => Self::hull([self.low + right.low, self.high + right.high]),
            Operator::Subtract => Self::hull([self.low - right.high, self.high - right.low]),
            Operator::Multiply => Self::hull(corners()),
            Operator::Divide if right.low > 0.0 || right.high < 0.0 => Self::hull(corners()),
            Operator::Divide => Self::ALL,
            // Monotonous in each of both while the base is positive.
            Operator::Power if self.low > 0.0 || (self.low >= 0.0 && right.low >= 0.0) => {
                Self::hull(corners())
            }
            Operator::Power => self.whole_power(right),
        }
    }

    /// A base that may be negative, to one whole and positive power.
    fn whole_power(self, right: Self) -> Self {
        let power = right.low;
        let is_point = right.low >= right.high;
        if !is_point || power.fract() != 0.0 || power < 1.0 {
            return Self::ALL;
        }
        let ends = [self.low.powf(power), self.high.powf(power)];
        if power % 2.0 == 0.0 && self.low < 0.0 && self.high > 0.0 {
            Self::hull(ends.into_iter().chain([0.0]))
        } else {
            Self::hull(ends)
        }
    }

    fn call(function: Function, ranges: &[Self]) -> Self {
        let first = ranges.first().copied().unwrap_or(Self::ALL);
        let ends = |pick: fn(f64, f64) -> f64| {
            ranges.iter().fold(first, |hull, range| Self {
                low: pick(hull.low, range.low),
                high: pick(hull.high, range.high),
            })
        };
        match function {
            Function::Min => ends(f64::min),
            Function::Max => ends(f64::max),
            Function::Abs if first.low < 0.0 && first.high > 0.0 => Self {
                low: 0.0,
                high: first.high.max(-first.low),
            },
            Function::Abs
            | Function::Floor
            | Function::Ceil
            | Function::Exp
            | Function::Sqrt
            | Function::Log => {
                Self::hull([function.apply(&[first.low]), function.apply(&[first.high])])
            }
        }
    }
}

#[cfg(test)]
mod tests;
