//! Limits on rewards, which no provider offers: a formula around the grader.

use rft_mcp_grading::{Formula, Range};
use rft_mcp_runtime::tool::FunctionError;
use serde_json::{Value, json};

/// The limits.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// No reward is below.
    pub min: f64,
    /// No reward is above.
    pub max: f64,
}

/// Wraps a grader so that its reward stays within the limits.
///
/// # Errors
/// When the limits are empty, or the grader is of a kind that can not stand in a formula.
pub fn clip(mut grader: Value, limits: Limits) -> Result<Value, FunctionError> {
    if !(limits.min.is_finite() && limits.max.is_finite() && limits.min < limits.max) {
        return Err(FunctionError(format!(
            "`/advanced/reward_clip`: min {} must be below max {}",
            limits.min, limits.max
        )));
    }
    match kind(&grader) {
        "lambda" => Err(FunctionError(
            "`/advanced/reward_clip`: a lambda grader can not be wrapped; clip the reward inside the function, or leave \
             reward_clip out"
                .to_owned(),
        )),
        // Multi graders do not nest, so the formula itself is wrapped.
        "multi" => {
            let formula = grader.get("calculate_output").and_then(Value::as_str).unwrap_or_default();
            // What is no formula by itself could end the brackets around it, and go on outside of the limits.
            Formula::parse(formula).map_err(|error| {
                FunctionError(format!("`/grader/calculate_output` is no formula, so reward_clip can not wrap it: {error}"))
            })?;
            let clipped = within(&format!("({formula})"), limits);
            if let Some(members) = grader.as_object_mut() {
                members.insert("calculate_output".to_owned(), clipped.into());
            }
            Ok(grader)
        }
        _ => {
            // A threshold belongs to the outermost grader: Azure refuses it within a multi grader and takes it of the multi
            // grader itself. OpenAI's guides have it on graders that are not within another, and no provider is known to
            // refuse it of a multi grader. Bedrock has no multi grader, and its lambda grader no threshold.
            let threshold = grader.as_object_mut().and_then(|members| members.shift_remove("pass_threshold"));
            let mut outer = json!({
                "type": "multi",
                "name": "clipped",
                "graders": { "g": grader },
                "calculate_output": within("g", limits),
            });
            if let (Some(threshold), Some(members)) = (threshold, outer.as_object_mut()) {
                members.insert("pass_threshold".to_owned(), threshold);
            }
            Ok(outer)
        }
    }
}

/// Says so when the limits can not change any reward of this grader, leave only one, or leave its threshold outside.
#[must_use]
pub fn note(grader: &Value, limits: Limits) -> Option<String> {
    let Range { low, high } = range(grader);
    let gives = format!("a {} grader gives {low} to {high}", kind(grader));
    if limits.min <= low && limits.max >= high {
        let Limits { min, max } = limits;
        return Some(format!(
            "reward_clip {min} to {max} changes nothing: {gives} anyway"
        ));
    }
    let only = if limits.min >= high {
        limits.min
    } else if limits.max <= low {
        limits.max
    } else {
        return threshold_note(grader, limits);
    };
    Some(format!(
        "reward_clip makes every reward {only}, from which nothing can be learned: {gives}"
    ))
}

/// Says so when the limits leave the threshold outside, where it no longer tells rewards apart.
fn threshold_note(grader: &Value, limits: Limits) -> Option<String> {
    let threshold = grader.get("pass_threshold")?.as_f64()?;
    let Limits { min, max } = limits;
    let outcome = if threshold > max {
        "nothing passes"
    } else if threshold <= min {
        "everything passes"
    } else {
        return None;
    };
    Some(format!(
        "pass_threshold {threshold} is held against rewards that reward_clip keeps within {min} to {max}, so {outcome}"
    ))
}

/// Between which values the rewards of a grader lie, as far as its definition tells.
fn range(grader: &Value) -> Range {
    let known = match kind(grader) {
        "string_check" | "text_similarity" => Some(Range::UNIT),
        "score_model" => match grader.get("range").and_then(Value::as_array) {
            Some(range) => ends(range),
            None => Some(Range::UNIT),
        },
        "multi" => of_multi(grader),
        _ => None,
    };
    known.unwrap_or(Range::ALL)
}

fn ends(range: &[Value]) -> Option<Range> {
    let low = range.first()?.as_f64()?;
    let high = range.get(1)?.as_f64()?;
    Some(Range { low, high })
}

/// What the formula can give, of what its graders can.
fn of_multi(grader: &Value) -> Option<Range> {
    let formula = Formula::parse(grader.get("calculate_output")?.as_str()?).ok()?;
    let graders = grader.get("graders")?.as_object()?;
    Some(Range::of_formula(&formula, &|name| {
        graders.get(name).map(range)
    }))
}

fn within(formula: &str, limits: Limits) -> String {
    format!(
        "min(max({formula}, {}), {})",
        number(limits.min),
        number(limits.max)
    )
}

/// A number in the formula language, which is not documented to have a sign.
fn number(number: f64) -> String {
    if number < 0.0 {
        format!("(0 - {})", -number)
    } else {
        number.to_string()
    }
}

fn kind(grader: &Value) -> &str {
    grader
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Limits = Limits {
        min: -0.5,
        max: 1.0,
    };

    #[test]
    fn a_single_grader_is_wrapped_and_its_threshold_moves_out() {
        let clipped = clip(json!({"type": "string_check", "pass_threshold": 0.5}), UNIT).unwrap();
        let wrapped = json!({"type": "multi", "name": "clipped", "graders": {"g": {"type": "string_check"}},
            "calculate_output": "min(max(g, (0 - 0.5)), 1)", "pass_threshold": 0.5});
        assert_eq!(clipped, wrapped);
    }

    /// Wherever a grader has its threshold, none stays within another, which Azure refuses.
    #[test]
    fn a_threshold_stands_on_the_outermost_grader_alone() {
        let multi = json!({"type": "multi", "graders": {"a": {"type": "python"}}, "calculate_output": "a",
            "pass_threshold": 0.5});
        let kinds = [
            "string_check",
            "text_similarity",
            "score_model",
            "python",
            "endpoint",
        ];
        let single = kinds.map(|kind| json!({"type": kind, "pass_threshold": 0.5}));
        for grader in single.into_iter().chain([multi]) {
            let clipped = clip(grader.clone(), UNIT).unwrap();
            assert_eq!(clipped["pass_threshold"], 0.5, "{grader}");
            let inner = clipped["graders"].as_object().unwrap();
            assert!(
                inner
                    .values()
                    .all(|inner| inner.get("pass_threshold").is_none()),
                "{clipped}"
            );
        }
        let bare = clip(json!({"type": "python"}), UNIT).unwrap();
        assert_eq!(bare.get("pass_threshold"), None);
    }

    #[test]
    fn a_threshold_that_the_limits_leave_outside_is_noted() {
        let told = |threshold: f64| {
            note(
                &json!({"type": "python", "pass_threshold": threshold}),
                Limits { min: 0.2, max: 0.8 },
            )
        };
        assert!(told(0.9).unwrap().contains("nothing passes"));
        assert!(told(0.2).unwrap().contains("everything passes"));
        assert_eq!(told(0.8), None);
        assert_eq!(told(0.5), None);
    }

    #[test]
    fn a_multi_grader_keeps_its_graders_and_its_formula_is_wrapped() {
        let clipped = clip(
            json!({"type": "multi", "graders": {"a": {}}, "calculate_output": "a + 1"}),
            UNIT,
        )
        .unwrap();
        assert_eq!(
            clipped["calculate_output"],
            "min(max((a + 1), (0 - 0.5)), 1)"
        );
        assert_eq!(clipped["graders"], json!({"a": {}}));
    }

    #[test]
    fn what_can_not_be_clipped_says_why() {
        let error = clip(json!({"type": "lambda"}), UNIT)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("/advanced/reward_clip") && error.contains("lambda"),
            "{error}"
        );
        let error = clip(json!({"type": "python"}), Limits { min: 1.0, max: 1.0 })
            .unwrap_err()
            .to_string();
        assert!(error.contains("below"), "{error}");
    }

    #[test]
    fn a_formula_can_not_leave_its_limits() {
        for formula in ["a), 0), 1)*5 + min(max((b", "a+b)+(1", "a +", ""] {
            let multi = json!({"type": "multi", "graders": {"a": {}, "b": {}}, "calculate_output": formula});
            let error = clip(multi, UNIT).unwrap_err().to_string();
            assert!(
                error.contains("`/grader/calculate_output` is no formula"),
                "{error}"
            );
        }
    }

    #[test]
    fn limits_are_held_against_what_a_formula_can_give() {
        let exact = json!({"type": "string_check"});
        let told = |formula: &str, min: f64, max: f64| {
            let multi = json!({"type": "multi", "graders": {"a": exact, "b": exact}, "calculate_output": formula});
            note(&multi, Limits { min, max })
        };
        for (formula, max) in [("(a+b)/2", 1.0), ("min(max(a,b),1)", 1.0), ("a+b", 1e308)] {
            assert!(told(formula, 0.0, max).unwrap().contains("changes nothing"));
        }
        assert_eq!(told("a+b", 0.0, 1.0), None);
        let only = told("a+b", 2.0, 3.0).unwrap();
        assert!(only.contains("makes every reward 2"), "{only}");
        let only = note(
            &exact,
            Limits {
                min: -3.0,
                max: -1.0,
            },
        )
        .unwrap();
        assert!(only.contains("makes every reward -1"), "{only}");
    }

    #[test]
    fn limits_that_never_bind_are_noted() {
        let wide = Limits { min: 0.0, max: 1.0 };
        assert!(
            note(&json!({"type": "string_check"}), wide)
                .unwrap()
                .contains("changes nothing")
        );
        assert!(note(&json!({"type": "score_model", "range": [0, 10]}), wide).is_none());
        assert!(note(&json!({"type": "python"}), wide).is_none());
        assert!(
            note(
                &json!({"type": "text_similarity"}),
                Limits { min: 0.0, max: 0.9 }
            )
            .is_none()
        );
    }
}
