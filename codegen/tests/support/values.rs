//! Values that a JSON Schema accepts.

use std::collections::BTreeMap;

use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Map, Number, Value, json};

/// Values meant to fit the schema. Lengths and patterns are not looked at: filter with a validator.
pub fn values(schema: &Value) -> BoxedStrategy<Value> {
    for union in ["anyOf", "oneOf"] {
        if let Some(members) = schema[union].as_array()
            && schema["type"].is_null()
        {
            let members: Vec<_> = members.iter().map(values).collect();
            return proptest::strategy::Union::new(members).boxed();
        }
    }
    if let Some(constant) = schema.get("const") {
        return Just(constant.clone()).boxed();
    }
    if let Some(words) = schema["enum"].as_array() {
        return select(words.clone()).boxed();
    }
    let kinds: Vec<String> = match &schema["type"] {
        Value::String(kind) => vec![kind.clone()],
        Value::Array(kinds) => kinds
            .iter()
            .map(|kind| kind.as_str().unwrap().to_owned())
            .collect(),
        _ => return anything(),
    };
    let kinds: Vec<_> = kinds.iter().map(|kind| of_type(kind, schema)).collect();
    proptest::strategy::Union::new(kinds).boxed()
}

fn of_type(kind: &str, schema: &Value) -> BoxedStrategy<Value> {
    let length = |least: &str, most: &str| {
        let least = schema[least].as_u64().unwrap_or(0) as usize;
        least..=(schema[most].as_u64().unwrap_or(4) as usize).min(least + 4)
    };
    match kind {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::Bool).boxed(),
        "integer" => integer(schema),
        "number" => number(schema),
        "string" => match schema["pattern"].as_str() {
            Some(pattern) => match schema["examples"].as_array() {
                Some(examples) => select(examples.clone()).boxed(),
                None => matching(pattern),
            },
            None => vec(any::<char>(), length("minLength", "maxLength"))
                .prop_map(|letters| Value::String(letters.into_iter().collect()))
                .boxed(),
        },
        "array" => {
            let items = schema.get("items").map_or_else(anything, values);
            vec(items, length("minItems", "maxItems"))
                .prop_map(Value::Array)
                .boxed()
        }
        "object" => object(schema),
        other => unreachable!("no type {other}"),
    }
}

/// Texts of a pattern, as far as it is one that can be turned round.
fn matching(pattern: &str) -> BoxedStrategy<Value> {
    let whole = pattern
        .strip_prefix('^')
        .and_then(|one| one.strip_suffix('$'));
    let texts = proptest::string::string_regex(whole.unwrap_or(pattern));
    texts.map_or_else(
        |_| Just(Value::String(String::new())).boxed(),
        |texts| texts.prop_map(Value::String).boxed(),
    )
}

fn object(schema: &Value) -> BoxedStrategy<Value> {
    let empty = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&empty);
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let (needed, optional): (Vec<_>, Vec<_>) = properties
        .keys()
        .cloned()
        .partition(|name| required.contains(&name.as_str()));
    let rest = match schema.get("additionalProperties") {
        Some(Value::Bool(false)) => None,
        Some(rest) if rest.is_object() => Some(values(rest)),
        _ => Some(anything()),
    };
    let least = schema["minProperties"].as_u64().unwrap_or(0) as usize;
    let rest = match rest {
        Some(rest) => btree_map("[a-z]{1,6}|[ -~]{0,3}", rest, least..=least + 3).boxed(),
        None => Just(BTreeMap::default()).boxed(),
    };
    let members: Vec<_> = properties.values().map(values).collect();
    let names: Vec<String> = properties.keys().cloned().collect();
    let count = optional.len();
    (members, subsequence(optional, 0..=count), rest)
        .prop_map(move |(members, chosen, rest)| {
            let mut object: Map<String, Value> = rest
                .into_iter()
                .filter(|(name, _)| !names.contains(name))
                .collect();
            for (name, member) in names.iter().zip(members) {
                if needed.contains(name) || chosen.contains(name) {
                    object.insert(name.clone(), member);
                }
            }
            Value::Object(object)
        })
        .boxed()
}

fn integer(schema: &Value) -> BoxedStrategy<Value> {
    let bound = |name: &str| schema[name].as_i64();
    let least = bound("minimum").or(bound("exclusiveMinimum").map(|n| n + 1));
    let most = bound("maximum").or(bound("exclusiveMaximum").map(|n| n - 1));
    let within = least.unwrap_or(i64::MIN)..=most.unwrap_or(i64::MAX);
    let whole = within.prop_map(|integer| json!(integer));
    // JSON Schema counts these among the integers.
    let float = whole
        .clone()
        .prop_map(|integer| json!(integer.as_f64().unwrap().clamp(-1e15, 1e15)));
    match (least, most) {
        (Some(_), Some(_)) => prop_oneof![3 => whole, 1 => float].boxed(),
        _ => {
            prop_oneof![3 => whole, 1 => float, 1 => Just(json!(1e300)), 1 => Just(json!(u64::MAX))]
                .boxed()
        }
    }
}

fn number(schema: &Value) -> BoxedStrategy<Value> {
    let least = schema["minimum"]
        .as_f64()
        .or(schema["exclusiveMinimum"].as_f64());
    let most = schema["maximum"]
        .as_f64()
        .or(schema["exclusiveMaximum"].as_f64());
    let floats = match (least, most) {
        (None, None) => any::<f64>().boxed(),
        (least, most) => (least.unwrap_or(-1e9)..most.unwrap_or(1e9)).boxed(),
    };
    let floats =
        floats.prop_filter_map("finite", |float| Number::from_f64(float).map(Value::Number));
    prop_oneof![2 => floats, 1 => (1_i64..50).prop_map(|integer| json!(integer))].boxed()
}

fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|integer| json!(integer)),
        any::<f64>().prop_map(|float| json!(float)),
        "[a-z]{0,4}".prop_map(Value::String),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::Array),
            btree_map("[a-z]{1,3}", inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// Whether two values are the same JSON: `5` and `5.0` are one number.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}
