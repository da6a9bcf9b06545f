//! Several graders and a formula.

use rft_mcp_grading::{Formula, FormulaError, Range};
use serde_json::Value;

use super::{Check, fields::near};

impl Check<'_> {
    pub(super) fn multi(&mut self, grader: &Value, at: &str) -> Option<Range> {
        let here = format!("{at}/graders");
        let graders = match grader.get("graders") {
            Some(Value::Object(map)) if map.get("type").is_some_and(Value::is_string) => {
                self.error(
                    "graders",
                    here,
                    "`graders` is a single grader, not a map of them",
                    "give each a name: {\"g\": {\"type\": …}}",
                );
                return None;
            }
            Some(Value::Object(map)) if map.is_empty() => {
                self.error(
                    "graders",
                    here,
                    "`graders` is empty",
                    "put at least one grader there: {\"g\": {\"type\": …}}",
                );
                return None;
            }
            Some(Value::Object(map)) => map,
            Some(Value::Array(list)) => {
                let names: Vec<&str> = list
                    .iter()
                    .map(|grader| grader.get("name").and_then(Value::as_str).unwrap_or("g"))
                    .collect();
                self.error(
                    "graders",
                    here,
                    "`graders` is a list: the API takes a map from names to graders",
                    format!(
                        "write {{\"{}\": {{…}}, …}}, and use those names in calculate_output",
                        names.first().unwrap_or(&"g")
                    ),
                );
                return None;
            }
            _ => return None,
        };
        let ranges: Vec<(&str, Option<Range>)> = graders
            .iter()
            .map(|(key, inner)| {
                let place = format!("{here}/{}", key.replace('~', "~0").replace('/', "~1"));
                if !is_name(key) {
                    self.error(
                        "grader-name",
                        place.clone(),
                        format!("`{key}` can not stand in a formula"),
                        "name it with letters, digits and _, a letter first",
                    );
                }
                if inner.get("pass_threshold").is_some_and(|t| !t.is_null()) {
                    self.warn(
                        "threshold",
                        format!("{place}/pass_threshold"),
                        "a threshold belongs to the outermost grader; Azure refuses it here",
                        "move it out, or leave it out",
                    );
                }
                (key.as_str(), self.grader(inner, &place, true))
            })
            .collect();
        self.formula(grader, at, &ranges)
    }

    fn formula(
        &mut self,
        grader: &Value,
        at: &str,
        graders: &[(&str, Option<Range>)],
    ) -> Option<Range> {
        let place = format!("{at}/calculate_output");
        if self.has_error_at(&place) {
            return None;
        }
        let text = grader.get("calculate_output")?.as_str()?;
        let formula = match Formula::parse(text) {
            Ok(formula) => formula,
            Err(error) => {
                let help = advice(&error, text);
                self.error("formula", place, format!("{error}: `{text}`"), help);
                return None;
            }
        };
        let used = formula.variables();
        let mut known = true;
        for name in &used {
            if graders.iter().any(|(key, _)| key == name) {
                continue;
            }
            known = false;
            let keys: Vec<&str> = graders.iter().map(|(key, _)| *key).collect();
            self.error(
                "formula-variable",
                place.clone(),
                format!("no grader is called `{name}`"),
                near(name, keys.iter().copied()).map_or_else(
                    || {
                        format!(
                            "the variables are the keys of `graders`: {}",
                            keys.join(", ")
                        )
                    },
                    |near| format!("did you mean `{near}`?"),
                ),
            );
        }
        for (key, _) in graders {
            if !used.contains(key) {
                self.warn(
                    "unused-grader",
                    format!("{at}/graders/{key}"),
                    format!("calculate_output does not use `{key}`"),
                    "use it in the formula, or leave the grader out: it costs time",
                );
            }
        }
        // Where a grader does not tell its range, neither can the formula, unless it limits itself.
        known.then(|| {
            let range = Range::of_formula(&formula, &|name| {
                let (_, range) = graders.iter().find(|(key, _)| *key == name)?;
                *range
            });
            let told = used.iter().all(|name| {
                graders
                    .iter()
                    .any(|(key, range)| key == name && range.is_some())
            });
            (told || range.is_bounded()).then_some(range)
        })?
    }
}

fn is_name(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn advice(error: &FormulaError, text: &str) -> String {
    match error {
        FormulaError::Character(..) | FormulaError::Unexpected(..) if text.contains("**") => {
            "a power is written with ^".to_owned()
        }
        FormulaError::Character(_, '{') => "variables stand without braces: 0.5 * a + 0.5 * b".to_owned(),
        FormulaError::Character(_, '<' | '>' | '=' | '!' | '&' | '|' | '?') => {
            "there are no comparisons and no conditions: + - * / ^ and min max abs floor ceil exp sqrt log".to_owned()
        }
        FormulaError::Function(_, name) => near(
            name,
            ["min", "max", "abs", "floor", "ceil", "exp", "sqrt", "log"],
        )
        .map_or_else(
            || "the functions are min max abs floor ceil exp sqrt log".to_owned(),
            |near| format!("did you mean `{near}`?"),
        ),
        FormulaError::End => "something is missing at its end".to_owned(),
        FormulaError::Depth | FormulaError::Length => "make it simpler".to_owned(),
        _ => "it is made of numbers, the keys of `graders`, + - * / ^ and min max abs floor ceil exp sqrt log".to_owned(),
    }
}
