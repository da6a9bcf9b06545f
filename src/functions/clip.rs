//! Limits on rewards, which no provider offers: a formula around the grader.

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
            let clipped = within(&format!("({formula})"), limits);
            if let Some(members) = grader.as_object_mut() {
                members.insert("calculate_output".to_owned(), clipped.into());
            }
            Ok(grader)
        }
        _ => {
            // A threshold belongs to the outermost grader, and Azure refuses it within.
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

/// Says so when the limits can not change any reward of this grader.
#[must_use]
pub fn note(grader: &Value, limits: Limits) -> Option<String> {
    let (least, most) = range(grader)?;
    (limits.min <= least && limits.max >= most).then(|| {
        format!(
            "reward_clip {} to {} changes nothing: a {} grader gives {least} to {most} anyway",
            limits.min,
            limits.max,
            kind(grader)
        )
    })
}

/// The least and the highest reward of a grader, where its kind says.
fn range(grader: &Value) -> Option<(f64, f64)> {
    match kind(grader) {
        "string_check" | "text_similarity" => Some((0.0, 1.0)),
        "score_model" => match grader.get("range").and_then(Value::as_array) {
            Some(range) => Some((range.first()?.as_f64()?, range.get(1)?.as_f64()?)),
            None => Some((0.0, 1.0)),
        },
        _ => None,
    }
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
