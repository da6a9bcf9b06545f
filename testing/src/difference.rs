//! Where two JSON values differ, for people.

use serde_json::Value;

/// Longer values are cut.
const SHOWN: usize = 160;

/// Adds a line for each place where `got` is not as `expected`; places are JSON Pointers under `at`.
pub(crate) fn differences(
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

/// Of what came, the members that are expected.
pub(crate) fn part(expected: &Value, got: Value) -> Value {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => got
            .into_iter()
            .filter_map(|(name, member)| {
                let member = part(expected.get(&name)?, member);
                Some((name, member))
            })
            .collect(),
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            let pairs = expected.iter().zip(got);
            pairs.map(|(expected, got)| part(expected, got)).collect()
        }
        (_, got) => got,
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
    fn a_part_has_what_is_expected_and_no_more() {
        let got = json!({"a": {"b": 1, "c": 2}, "list": [{"d": 3, "e": 4}, 5], "other": 6});
        let expected = json!({"a": {"b": 1}, "list": [{"d": 3}, 5], "gone": 7});
        let cut = json!({"a": {"b": 1}, "list": [{"d": 3}, 5]});
        assert_eq!(part(&expected, got.clone()), cut);
        // A list of another length is told whole.
        let longer = json!({"list": [{"d": 3}]});
        assert_eq!(part(&longer, got.clone()), json!({"list": got["list"]}));
    }

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
