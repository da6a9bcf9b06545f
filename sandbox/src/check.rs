//! Reading request bodies as the real provider does: unknown, missing, mistyped and out-of-range parameters are
//! refused one at a time, with the parameter's path and the provider's wording.

use serde_json::{Map, Number, Value};

use crate::errors::ApiError;

type Checked<T> = Result<T, ApiError>;

/// One object of a request body and the path that leads to it.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The whole body, which must be an object.
    pub(crate) fn body(body: &'a Value) -> Checked<Self> {
        let map = body.as_object().ok_or_else(|| {
            ApiError::invalid(
                "invalid_type",
                None,
                format!(
                    "Invalid type for the request body: expected an object, but got {} instead.",
                    kind(body)
                ),
            )
        })?;
        Ok(Self {
            map,
            path: String::new(),
        })
    }

    /// An object at a known path.
    pub(crate) fn at(path: String, value: &'a Value) -> Checked<Self> {
        let map = value
            .as_object()
            .ok_or_else(|| invalid_type(&path, "an object", value))?;
        Ok(Self { map, path })
    }

    /// The path of one of this object's keys.
    pub(crate) fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// The value of a key; null counts as absent, as it does for the API's nullable parameters.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn deny_unknown(&self, known: &[&str]) -> Checked<()> {
        match self.map.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let path = self.path(key);
                let message = format!("Unknown parameter: '{path}'.");
                Err(ApiError::invalid("unknown_parameter", path, message))
            }
        }
    }

    pub(crate) fn require(&self, key: &str) -> Checked<&'a Value> {
        self.get(key).ok_or_else(|| missing(&self.path(key)))
    }

    pub(crate) fn object(&self, key: &str) -> Checked<Fields<'a>> {
        Fields::at(self.path(key), self.require(key)?)
    }

    pub(crate) fn optional_object(&self, key: &str) -> Checked<Option<Fields<'a>>> {
        self.get(key)
            .map(|value| Fields::at(self.path(key), value))
            .transpose()
    }

    pub(crate) fn array(&self, key: &str) -> Checked<&'a [Value]> {
        let value = self.require(key)?;
        let items = value
            .as_array()
            .ok_or_else(|| invalid_type(&self.path(key), "an array", value))?;
        Ok(items)
    }

    pub(crate) fn text(&self, key: &str) -> Checked<&'a str> {
        let value = self.require(key)?;
        value
            .as_str()
            .ok_or_else(|| invalid_type(&self.path(key), "a string", value))
    }

    pub(crate) fn optional_text(&self, key: &str) -> Checked<Option<&'a str>> {
        self.get(key).map(|_| self.text(key)).transpose()
    }

    /// One of a few words.
    pub(crate) fn word(&self, key: &str, words: &[&str]) -> Checked<&'a str> {
        let text = self.text(key)?;
        one_of(&self.path(key), text, words)?;
        Ok(text)
    }

    pub(crate) fn optional_word(&self, key: &str, words: &[&str]) -> Checked<Option<&'a str>> {
        self.get(key).map(|_| self.word(key, words)).transpose()
    }

    pub(crate) fn optional_integer(&self, key: &str, low: i64, high: i64) -> Checked<Option<i64>> {
        self.get(key)
            .map(|value| integer(&self.path(key), value, low, high))
            .transpose()
    }

    pub(crate) fn optional_number(&self, key: &str) -> Checked<Option<f64>> {
        self.get(key)
            .map(|value| {
                number(value).ok_or_else(|| invalid_type(&self.path(key), "a number", value))
            })
            .transpose()
    }
}

/// A number that is finite; serde's own accessor never gives another.
pub(crate) fn number(value: &Value) -> Option<f64> {
    value.as_number().and_then(Number::as_f64)
}

/// An integer within a closed range. `3.0` is an integer, as it is in JSON Schema.
pub(crate) fn integer(path: &str, value: &Value, low: i64, high: i64) -> Checked<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the guard keeps the number within what both types hold exactly"
    )]
    let whole = value.as_i64().or_else(|| {
        let float = number(value)?;
        (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64)
    });
    let Some(whole) = whole else {
        return Err(invalid_type(path, "an integer", value));
    };
    if whole < low {
        return Err(ApiError::invalid(
            "integer_below_min_value",
            path.to_owned(),
            format!(
                "Invalid '{path}': integer below minimum value. Expected a value >= {low}, but got {whole} instead."
            ),
        ));
    }
    if whole > high {
        return Err(ApiError::invalid(
            "integer_above_max_value",
            path.to_owned(),
            format!(
                "Invalid '{path}': integer above maximum value. Expected a value <= {high}, but got {whole} instead."
            ),
        ));
    }
    Ok(whole)
}

/// A string whose length in characters lies within a closed range.
pub(crate) fn length(path: &str, text: &str, low: usize, high: usize) -> Checked<()> {
    let length = text.chars().count();
    let (code, what, bound, limit) = if length < low {
        ("string_below_min_length", "short", "minimum", low)
    } else if length > high {
        ("string_above_max_length", "long", "maximum", high)
    } else {
        return Ok(());
    };
    Err(ApiError::invalid(
        code,
        path.to_owned(),
        format!(
            "Invalid '{path}': string too {what}. Expected a string with {bound} length {limit}, but got a string \
             with length {length} instead."
        ),
    ))
}

pub(crate) fn one_of(path: &str, text: &str, words: &[&str]) -> Checked<()> {
    if words.contains(&text) {
        return Ok(());
    }
    let supported: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    Err(ApiError::invalid(
        "invalid_value",
        path.to_owned(),
        format!(
            "Invalid value: '{text}'. Supported values are: {}.",
            supported.join(", ")
        ),
    ))
}

pub(crate) fn missing(path: &str) -> ApiError {
    ApiError::invalid(
        "missing_required_parameter",
        path.to_owned(),
        format!("Missing required parameter: '{path}'."),
    )
}

pub(crate) fn invalid_type(path: &str, expected: &str, value: &Value) -> ApiError {
    ApiError::invalid(
        "invalid_type",
        path.to_owned(),
        format!(
            "Invalid type for '{path}': expected {expected}, but got {} instead.",
            kind(value)
        ),
    )
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a decimal",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
