//! JSON in an order of its own.

use std::collections::BTreeMap;

use serde_json::Value;

/// The same value with its keys in order: a client may send them in another.
pub(crate) fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            let members = members
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)));
            Value::Object(members.collect())
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
