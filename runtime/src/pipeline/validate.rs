//! Says of an input, all at once, what its schema does not take, where, and what to do.

use std::fmt::Write as _;

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use super::coerce::is_about;
use crate::tool::Instead;

/// The most characters of a value that a message repeats.
const SHOWN: usize = 60;

/// Checks an input.
///
/// # Errors
/// One line for each violation: its JSON Pointer, what was expected and what came.
pub fn validate(
    validator: &Validator,
    schema: &Value,
    instead: &[Instead],
    input: &Value,
) -> Result<(), Vec<String>> {
    if validator.is_valid(input) {
        return Ok(());
    }
    let report = Report {
        schema,
        instead,
        input,
    };
    let mut lines = Vec::new();
    for error in validator.iter_errors(input) {
        report.add(&error, &mut lines);
    }
    lines.dedup();
    Err(lines)
}

/// The nearest of some names, if one is near.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

struct Report<'a> {
    schema: &'a Value,
    instead: &'a [Instead],
    input: &'a Value,
}

impl Report<'_> {
    fn add(&self, error: &ValidationError<'_>, lines: &mut Vec<String>) {
        let at = error.instance_path().as_str();
        match error.kind() {
            ValidationErrorKind::AnyOf { context }
            | ValidationErrorKind::OneOfNotValid { context } => self.union(error, context, lines),
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known = self.properties(error);
                lines.extend(unexpected.iter().map(|name| self.unknown(at, name, &known)));
            }
            // What the validator says where an object that has no properties forbids any other.
            ValidationErrorKind::FalseSchema
                if self.input.pointer(at).is_some_and(Value::is_object) =>
            {
                let given = self.input.pointer(at).and_then(Value::as_object);
                let names = given.into_iter().flat_map(serde_json::Map::keys);
                lines.extend(names.map(|name| self.unknown(at, name, &[])));
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                lines.push(format!(
                    "`{}` is missing: {}",
                    join(at, name),
                    self.wanted(error, name)
                ));
            }
            _ => lines.push(format!(
                "`{}`: expected {}, got {}",
                place(at),
                expected(self.keyword_owner(error), error),
                shown(self.input.pointer(at).unwrap_or(&Value::Null)),
            )),
        }
    }

    /// A union: of objects that a constant tells apart, what is wrong with the one that was meant; of
    /// anything else, what there is to choose from.
    fn union(
        &self,
        error: &ValidationError<'_>,
        context: &[Vec<ValidationError<'_>>],
        lines: &mut Vec<String>,
    ) {
        let at = error.instance_path().as_str();
        let given = self.input.pointer(at).unwrap_or(&Value::Null);
        let owner = self.keyword_owner(error);
        let branches: Vec<&Value> = ["anyOf", "oneOf"]
            .iter()
            .filter_map(|key| owner.get(key)?.as_array())
            .flatten()
            .collect();
        if let Some(tag) = tag(&branches).filter(|_| given.is_object()) {
            let meant = branches
                .iter()
                .position(|branch| given.get(tag).is_some() && is_about(branch, given));
            match meant.and_then(|index| context.get(index)) {
                Some(errors) => errors.iter().for_each(|error| self.add(error, lines)),
                None => lines.push(format!(
                    "`{}`: expected {}, got {}",
                    join(at, tag),
                    either(branches.iter().filter_map(|branch| Some(shown(
                        branch.get("properties")?.get(tag)?.get("const")?
                    )))),
                    given.get(tag).map_or_else(|| "nothing".to_owned(), shown),
                )),
            }
            return;
        }
        let choices = either(branches.iter().map(|branch| describe(branch)));
        lines.push(format!(
            "`{}`: expected {choices}, got {}",
            place(at),
            shown(given)
        ));
    }

    fn unknown(&self, at: &str, name: &str, known: &[&str]) -> String {
        let pointer = join(at, name);
        let instead = self
            .instead
            .iter()
            .find(|hint| hint.within == at && hint.name == name);
        if let Some(hint) = instead {
            return format!("`{pointer}` does not exist: {}", hint.help.trim());
        }
        match nearest(name, known.iter().copied()) {
            Some(near) => format!("`{pointer}` does not exist: did you mean `{near}`?"),
            None if known.is_empty() => format!("`{pointer}` does not exist: leave it out"),
            None => format!(
                "`{pointer}` does not exist: leave it out, or use one of {}",
                known.join(", ")
            ),
        }
    }

    /// The schema that holds the keyword an error is about.
    fn keyword_owner(&self, error: &ValidationError<'_>) -> &Value {
        let keyword = error.schema_path().as_str();
        let owner = keyword.rsplit_once('/').map_or("", |(owner, _)| owner);
        self.schema.pointer(owner).unwrap_or(&Value::Null)
    }

    fn properties(&self, error: &ValidationError<'_>) -> Vec<&str> {
        let properties = self
            .keyword_owner(error)
            .get("properties")
            .and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(|all| all.keys().map(String::as_str))
            .collect()
    }

    fn wanted(&self, error: &ValidationError<'_>, name: &str) -> String {
        let property = self
            .keyword_owner(error)
            .get("properties")
            .and_then(|all| all.get(name));
        let description = property
            .and_then(|schema| schema.get("description"))
            .and_then(Value::as_str);
        match (property.map(describe), description) {
            (Some(kind), Some(text)) => {
                format!("give {kind} ({})", text.trim().trim_end_matches('.'))
            }
            (Some(kind), None) => format!("give {kind}"),
            _ => "give it".to_owned(),
        }
    }
}

/// The property whose constants tell the branches apart.
fn tag<'s>(branches: &[&'s Value]) -> Option<&'s str> {
    let properties = branches.first()?.get("properties")?.as_object()?;
    let told_by = |name: &str| {
        branches.iter().all(|branch| {
            branch
                .pointer(&format!("/properties/{name}/const"))
                .is_some()
        })
    };
    properties
        .keys()
        .map(String::as_str)
        .find(|name| told_by(name))
}

/// What a keyword asks for, in words.
fn expected(owner: &Value, error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::MinLength { limit: 1 } => "text that is not empty".to_owned(),
        ValidationErrorKind::MinLength { limit } => format!("at least {limit} characters"),
        ValidationErrorKind::MaxLength { limit } => format!("at most {limit} characters"),
        ValidationErrorKind::MinItems { limit } => format!("at least {limit} items"),
        ValidationErrorKind::MaxItems { limit } => format!("at most {limit} items"),
        ValidationErrorKind::MinProperties { limit } => format!("at least {limit} entries"),
        ValidationErrorKind::MaxProperties { limit } => format!("at most {limit} entries"),
        ValidationErrorKind::Pattern { pattern } => format!("text that matches `{pattern}`"),
        _ => describe(owner),
    }
}

/// A schema in a few words: its constants, or its type and bounds.
fn describe(schema: &Value) -> String {
    if let Some(constant) = schema.get("const") {
        return shown(constant);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return either(values.iter().map(shown));
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get(key).and_then(Value::as_array) {
            if tag(&branches.iter().collect::<Vec<_>>()).is_some() {
                return "an object".to_owned();
            }
            return either(branches.iter().map(describe));
        }
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => return "another value".to_owned(),
    };
    let mut text = either(kinds.iter().map(|kind| article(kind)));
    let bounds = [
        ("minimum", "from"),
        ("exclusiveMinimum", "above"),
        ("maximum", "to"),
        ("exclusiveMaximum", "below"),
    ];
    for (keyword, word) in bounds {
        if let Some(bound) = schema.get(keyword) {
            let _ = write!(text, " {word} {bound}");
        }
    }
    text
}

fn article(kind: &str) -> String {
    match kind {
        "array" => "a list".to_owned(),
        "integer" | "object" => format!("an {kind}"),
        "string" => "text".to_owned(),
        "null" => "null".to_owned(),
        _ => format!("a {kind}"),
    }
}

fn either(choices: impl Iterator<Item = String>) -> String {
    let mut told: Vec<String> = Vec::new();
    for choice in choices {
        if !told.contains(&choice) {
            told.push(choice);
        }
    }
    told.join(" or ")
}

/// A value as JSON, cut short.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= SHOWN {
        return text;
    }
    let start: String = text.chars().take(SHOWN).collect();
    match value {
        Value::String(text) => format!("{start}… ({} characters)", text.chars().count()),
        other => format!("{start}… (cut, {})", article(super::coerce::kind_of(other))),
    }
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the arguments"
    } else {
        pointer
    }
}

fn join(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const INSTEAD: &[Instead] = &[Instead {
        within: "/rates",
        name: "lr",
        help: "use factor",
    }];

    fn lines(input: &Value) -> Vec<String> {
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["id", "shape"],
            "properties": {
                "id": {"type": "string", "minLength": 1, "description": "Id of the thing."},
                "rates": {"type": "object", "additionalProperties": false, "properties": {"factor": {
                    "anyOf": [{"type": "string", "const": "auto"}, {"type": "integer", "minimum": 1, "maximum": 9}]}}},
                "shape": {"anyOf": [
                    {"type": "object", "additionalProperties": false, "required": ["type", "side"],
                        "properties": {"type": {"const": "square"}, "side": {"type": "number"}}},
                    {"type": "object", "additionalProperties": false, "required": ["type"],
                        "properties": {"type": {"const": "dot"}}},
                ]},
            }
        });
        let validator = jsonschema::validator_for(&schema).unwrap();
        validate(&validator, &schema, INSTEAD, input)
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn every_violation_is_told_with_its_place_and_mend() {
        let input = json!({"rates": {"lr": 1, "factr": 2, "factor": 12}, "shape": {"type": "square", "size": 1}});
        assert_eq!(
            lines(&input),
            [
                "`/id` is missing: give text (Id of the thing)",
                "`/rates/lr` does not exist: use factor",
                "`/rates/factr` does not exist: did you mean `factor`?",
                "`/rates/factor`: expected \"auto\" or an integer from 1 to 9, got 12",
                "`/shape/size` does not exist: did you mean `side`?",
                "`/shape/side` is missing: give a number",
            ]
            .map(str::to_owned)
            .into_iter()
            .collect::<Vec<_>>()
            .tap_sorted(&lines(&input))
        );
    }

    trait TapSorted {
        fn tap_sorted(self, like: &[String]) -> Vec<String>;
    }
    impl TapSorted for Vec<String> {
        /// The order of violations is the validator's; what counts is that each is told once.
        fn tap_sorted(self, like: &[String]) -> Vec<String> {
            let mut own = self;
            own.sort_by_key(|line| like.iter().position(|other| other == line));
            own
        }
    }

    #[test]
    fn a_constant_that_names_no_branch_is_told_with_the_choices() {
        let input = json!({"id": "", "shape": {"type": "circle"}});
        let lines = lines(&input);
        assert!(
            lines.contains(&"`/id`: expected text that is not empty, got \"\"".to_owned()),
            "{lines:?}"
        );
        assert!(
            lines.contains(
                &"`/shape/type`: expected \"square\" or \"dot\", got \"circle\"".to_owned()
            ),
            "{lines:?}"
        );
    }

    #[test]
    fn an_object_without_properties_names_what_is_too_much() {
        for schema in [
            json!({"type": "object", "additionalProperties": false}),
            json!({"type": "object", "additionalProperties": false, "properties": {}}),
        ] {
            let validator = jsonschema::validator_for(&schema).unwrap();
            let lines = validate(&validator, &schema, &[], &json!({"x": 1})).unwrap_err();
            assert_eq!(lines, ["`/x` does not exist: leave it out"]);
        }
    }

    #[test]
    fn a_huge_value_is_cut() {
        let text = lines(&json!({"id": "x", "shape": "y".repeat(100_000)})).concat();
        assert!(
            text.contains("100000 characters") && text.len() < 300,
            "{text}"
        );
    }
}
