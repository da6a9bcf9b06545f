//! Where two JSON values differ, for people.

use serde_json::Value;

/// Longer values are cut.
const SHOWN: usize = 160;

/// Adds a line for each place where `got` is not as `expected`; places are JSON Pointers under `at`.
pub fn differences(
    expected: Option<&Value>,
    got: Option<&Value>,
    at: &str,
    found: &mut Vec<String>,
) {
    match (expected, got) {
        (None, Some(got)) => found.push(format!("{at}: not in the example, got {}", show(got))),
        (Some(expected), None) => {
            found.push(format!("{at}: expected {}, got nothing", show(expected)));
        }
        (Some(Value::Object(expected)), Some(Value::Object(got))) => {
            for (name, member) in expected {
                differences(Some(member), got.get(name), &inside(at, name), found);
            }
            for (name, member) in got.iter().filter(|(name, _)| !expected.contains_key(*name)) {
                differences(None, Some(member), &inside(at, name), found);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(got))) => {
            for index in 0..expected.len().max(got.len()) {
                let at = inside(at, &index.to_string());
                differences(expected.get(index), got.get(index), &at, found);
            }
        }
        (Some(expected), Some(got)) if !same(expected, got) => {
            found.push(format!(
                "{at}: expected {}, got {}",
                show(expected),
                show(got)
            ));
        }
        _ => {}
    }
}

fn inside(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Whether two scalars are the same, `5` and `5.0` too.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() <= f64::EPSILON * one.abs(),
        _ => one == other,
    }
}

fn show(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_difference_is_told_at_its_place() {
        let expected = json!({"a/b": [1, {"c": "x"}], "gone": true, "n": 5});
        let got = json!({"a/b": [1, {"c": "y", "d": null}, 3], "n": 5.0});
        let mut found = Vec::new();
        differences(Some(&expected), Some(&got), "body", &mut found);
        assert_eq!(
            found,
            [
                r#"body/a~1b/1/c: expected "x", got "y""#,
                "body/a~1b/1/d: not in the example, got null",
                "body/a~1b/2: not in the example, got 3",
                "body/gone: expected true, got nothing",
            ]
        );
    }
}
