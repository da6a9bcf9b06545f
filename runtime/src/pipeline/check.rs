//! Keeps the promise that an output schema is.

use jsonschema::Validator;
use serde_json::Value;

/// Makes a result meet its schema: members that do not fit are left out as far as they are optional, since a
/// provider that changes one field must not hide the others. Returns the JSON Pointers of what was left out.
///
/// # Errors
/// The first thing that is wrong where leaving out does not help.
pub fn check(validator: &Validator, result: &mut Value) -> Result<Vec<String>, String> {
    // Collecting errors costs more than finding none.
    if validator.is_valid(result) {
        return Ok(Vec::new());
    }
    let mut dropped = Vec::new();
    let first = |result: &Value| {
        let error = validator.iter_errors(result).next()?;
        Some((error.instance_path().as_str().to_owned(), error.to_string()))
    };
    while let Some((at, problem)) = first(result) {
        if !remove(result, &at) {
            return Err(problem);
        }
        dropped.push(at);
    }
    Ok(dropped)
}

/// Removes the member or element at a pointer; each removal leaves less, so removing ends.
fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return false;
    };
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => members
            .shift_remove(&last.replace("~1", "/").replace("~0", "~"))
            .is_some(),
        Some(Value::Array(items)) => match last.parse() {
            Ok(index) if index < items.len() => {
                items.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(mut result: Value) -> (Result<Vec<String>, String>, Value) {
        let schema = json!({"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"}, "at": {"type": "integer"},
            "list": {"type": "array", "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}},
        }});
        let outcome = check(&jsonschema::validator_for(&schema).unwrap(), &mut result);
        (outcome, result)
    }

    #[test]
    fn what_does_not_fit_is_left_out_where_it_is_optional() {
        let (outcome, result) =
            checked(json!({"id": "a", "at": "soon", "new": 1, "list": [{"n": 1}, {"n": "x"}]}));
        assert_eq!(result, json!({"id": "a", "new": 1, "list": [{"n": 1}]}));
        assert!(outcome.unwrap().contains(&"/at".to_owned()));
    }

    #[test]
    fn what_is_required_can_not_be_left_out() {
        assert!(checked(json!({"id": 7})).0.unwrap_err().contains("id"));
        assert!(checked(json!([])).0.is_err());
    }
}
