//! Types, keys and words.

use serde_json::Value;

use super::{
    Check,
    types::{Shape, TYPES, Type},
};
use crate::problem::Level;

/// How far a name may be from the one that was meant.
const FAR: usize = 3;

impl Check<'_> {
    /// The type of a grader, if it is one.
    pub(super) fn kind(&mut self, grader: &Value, at: &str, inner: bool) -> Option<&'static Type> {
        if !grader.is_object() {
            self.error(
                "grader",
                at,
                format!("a grader is an object, not {}", kind(grader)),
                "write it as {\"type\": \"string_check\", \"name\": …}",
            );
            return None;
        }
        let names = || TYPES.iter().map(|kind| kind.name);
        let Some(word) = grader.get("type").and_then(Value::as_str) else {
            let listed: Vec<_> = names().collect();
            self.error(
                "type",
                format!("{at}/type"),
                "the grader has no `type`",
                format!("the types are {}", listed.join(", ")),
            );
            return None;
        };
        if inner && word == "multi" {
            self.error(
                "nested",
                at,
                "a multi grader can not hold another",
                "put its graders beside the others, and its formula into calculate_output",
            );
            return None;
        }
        let found = TYPES.iter().find(|kind| kind.name == word);
        if found.is_none() {
            self.error(
                "type",
                format!("{at}/type"),
                format!("there is no type of grader `{word}`"),
                match word {
                    "label_model" => {
                        "fine-tuning takes no label_model; score_model gives a number".to_owned()
                    }
                    _ => near(word, names()).map_or_else(
                        || format!("the types are {}", names().collect::<Vec<_>>().join(", ")),
                        |near| format!("did you mean `{near}`?"),
                    ),
                },
            );
        }
        found
    }

    /// Keys that are missing, unknown, or hold something else.
    pub(super) fn keys(&mut self, grader: &Value, at: &str, kind: &'static Type) {
        let known = || kind.required.iter().chain(kind.optional);
        for (name, shape) in kind.required {
            match grader.get(name) {
                // A list where the map of a multi grader is expected gets better words than these.
                Some(Value::Array(_)) if *name == "graders" => {}
                Some(value) => self.shape(value, &format!("{at}/{name}"), name, *shape),
                None => self.error(
                    "missing",
                    at,
                    format!(
                        "a {} grader has a `{name}`, which is missing here",
                        kind.name
                    ),
                    match *name {
                        "name" => "give it a name of your own".to_owned(),
                        name => format!("add `{name}`, {}", shape.word()),
                    },
                ),
            }
        }
        for (name, shape) in kind.optional {
            if let Some(value) = grader.get(name).filter(|value| !value.is_null()) {
                self.shape(value, &format!("{at}/{name}"), name, *shape);
            }
        }
        for name in grader
            .as_object()
            .into_iter()
            .flat_map(|grader| grader.keys())
        {
            if name == "type" || known().any(|(known, _)| known == name) {
                continue;
            }
            let instead = kind
                .instead
                .iter()
                .find(|(wrong, _)| wrong == name)
                .map(|(_, right)| format!("it is called `{right}`"))
                .or_else(|| {
                    near(name, known().map(|(known, _)| *known))
                        .map(|near| format!("did you mean `{near}`?"))
                })
                .unwrap_or_else(|| "leave it out".to_owned());
            self.error(
                "unknown",
                format!("{at}/{name}"),
                format!("a {} grader has no `{name}`", kind.name),
                instead,
            );
        }
    }

    fn shape(&mut self, value: &Value, at: &str, name: &str, shape: Shape) {
        let fits = match shape {
            Shape::Text => value.as_str().is_some_and(|text| !text.trim().is_empty()),
            Shape::Number => value.is_number(),
            Shape::List => value.is_array(),
            Shape::Object => value.is_object(),
        };
        if !fits {
            let found = match value.as_str() {
                Some(text) if text.trim().is_empty() => "an empty one",
                _ => kind(value),
            };
            self.error(
                "wrong-type",
                at,
                format!("`{name}` must be {}, not {found}", shape.word()),
                format!("put {} here", shape.word()),
            );
        }
    }

    /// A word out of a few.
    pub(super) fn word(&mut self, grader: &Value, at: &str, name: &str, words: &[&'static str]) {
        let Some(word) = grader.get(name).and_then(Value::as_str) else {
            return;
        };
        if !words.contains(&word) {
            let help = near(word, words.iter().copied()).map_or_else(
                || format!("it is one of {}", words.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.error(
                "word",
                format!("{at}/{name}"),
                format!("`{name}` can not be `{word}`"),
                help,
            );
        }
    }

    pub(super) fn has_error_at(&self, at: &str) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.level == Level::Error && problem.at.as_deref() == Some(at))
    }
}

/// The nearest of some names, when it is near enough to be what was meant.
pub(super) fn near<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    names
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&lower, known), known))
        .min()
        .filter(|(far, known)| *far <= FAR.min(known.len() / 2))
        .map(|(_, known)| known)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
