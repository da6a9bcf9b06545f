use serde_json::{Map, Value, json};

use crate::random::{Random, digest};

/// The most characters of a question that an answer repeats.
const SHOWN: usize = 80;
/// A schema is filled to this depth; deeper ones end in null.
const DEEPEST: usize = 16;

/// One made-up answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) text: String,
    /// It had more tokens than were allowed.
    pub(super) cut: bool,
    pub(super) prompt_tokens: u64,
    pub(super) tokens: u64,
}

/// What an answer follows from.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) model: &'a str,
    /// The texts of the conversation, in order.
    pub(super) texts: &'a [String],
    /// The form that it must have.
    pub(super) schema: Option<&'a Value>,
    pub(super) most_tokens: Option<u64>,
    pub(super) random: Random,
}

impl Question<'_> {
    /// One of several answers, told apart by their number.
    pub(super) fn answer(&self, number: u64) -> Answer {
        let asked = self.texts.last().map_or("", String::as_str);
        let text = if let Some(schema) = self.schema {
            let random = self
                .random
                .named(self.model)
                .numbered(digest(asked.as_bytes()))
                .numbered(number);
            fill(schema, random, DEEPEST).to_string()
        } else {
            let shown: String = asked.chars().take(SHOWN).collect();
            format!(
                "[simulated answer {} of {}; no model was asked] You said: {shown}",
                number + 1,
                self.model
            )
        };
        let whole = tokens(&text);
        let most = self.most_tokens.unwrap_or(u64::MAX);
        let cut = whole > most;
        Answer {
            text: if cut {
                let kept = usize::try_from(most.saturating_mul(4)).unwrap_or(usize::MAX);
                text.chars().take(kept).collect()
            } else {
                text
            },
            cut,
            prompt_tokens: self.texts.iter().map(|text| tokens(text) + 4).sum::<u64>() + 3,
            tokens: whole.min(most),
        }
    }

    /// The id of the reply.
    pub(super) fn id(&self, prefix: &str) -> String {
        let texts = self.texts.join("\n");
        let random = self.random.named(self.model);
        random.numbered(digest(texts.as_bytes())).id(prefix, 29)
    }
}

/// About four characters a token.
fn tokens(text: &str) -> u64 {
    (text.chars().count() as u64).div_ceil(4).max(1)
}

/// A small instance of a schema, as far as types, constants and required members go.
fn fill(schema: &Value, random: Random, depth: usize) -> Value {
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    let choice = list("enum").and_then(|values| {
        let index = random.bits() % (values.len().max(1) as u64);
        values.get(usize::try_from(index).unwrap_or(0))
    });
    if let Some(value) = choice {
        return value.clone();
    }
    let branch = list("anyOf").or_else(|| list("oneOf"));
    if let (Some(first), true) = (branch.and_then(|all| all.first()), depth > 0) {
        return fill(first, random, depth - 1);
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
        Some(kind) => kind.as_str(),
        None => schema.get("properties").map(|_| "object"),
    };
    match kind {
        _ if depth == 0 => Value::Null,
        Some("object") => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let members = properties.into_iter().flatten().map(|(name, property)| {
                let value = fill(property, random.named(name), depth - 1);
                (name.clone(), value)
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        Some("array") => {
            let item = schema
                .get("items")
                .map(|items| fill(items, random, depth - 1));
            Value::Array(item.into_iter().collect())
        }
        Some("integer") => json!(bound(schema, (random.unit() * 100.0).floor())),
        Some("number") => json!(bound(schema, (random.unit() * 100.0).round() / 100.0)),
        Some("boolean") => json!(random.bits().is_multiple_of(2)),
        Some("null") => Value::Null,
        _ => json!("simulated"),
    }
}

/// Within the schema's limits; whole numbers are written as such.
fn bound(schema: &Value, value: f64) -> Value {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let value = value
        .max(limit("minimum").unwrap_or(f64::NEG_INFINITY))
        .min(limit("maximum").unwrap_or(f64::INFINITY));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the guard keeps the number within what both types hold exactly"
    )]
    if value.fract() == 0.0 && value.abs() < 9e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_schema_is_valid() {
        let schema = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["a", "b", "c", "d", "e"],
            "properties": {
                "a": {"type": "string"},
                "b": {"enum": ["x", "y"]},
                "c": {"type": "array", "items": {"type": "integer", "minimum": 200}},
                "d": {"anyOf": [{"type": "number", "maximum": -1}, {"type": "null"}]},
                "e": {"type": ["boolean", "null"]},
            },
        });
        for seed in 0..50 {
            let value = fill(&schema, Random::new(seed), DEEPEST);
            assert!(jsonschema::is_valid(&schema, &value), "{value}");
        }
        let mut deep = json!({"type": "string"});
        for _ in 0..100 {
            deep = json!({"type": "array", "items": deep});
        }
        assert!(fill(&deep, Random::new(1), DEEPEST).is_array());
    }
}
