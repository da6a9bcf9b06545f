//! Graders, checked before a provider sees them: structure, templates, formulas, and what silently scores 0.

mod fields;
mod multi;
mod python;
mod templates;
mod types;

use rft_mcp_grading::Range;
use serde_json::Value;

use crate::{
    dataset::{Keys, Needed},
    problem::{Level, Problem},
};

/// What a grader is checked against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Against<'a> {
    /// The provider, for messages, and the types of grader it takes; any when absent.
    pub provider: Option<(&'a str, &'a [String])>,
    /// The keys of the data, and how many examples there are.
    pub data: Option<(&'a Keys, u64)>,
    /// The schema of the answers; `None` where it is not known.
    pub response_schema: Option<&'a Value>,
}

/// What a check found.
#[derive(Debug, Clone)]
pub struct Lint {
    /// What is wrong, the worst first.
    pub problems: Vec<Problem>,
    /// Between which values the reward lies, where that can be told.
    pub range: Option<(f64, f64)>,
    /// The keys that the data must have.
    pub needed: Needed,
    /// Whether it reads answers as JSON, which needs a response schema.
    pub uses_output_json: bool,
    /// Whether it asks a model, which costs tokens.
    pub asks_model: bool,
}

impl Lint {
    /// Whether nothing in it is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self
            .problems
            .iter()
            .any(|problem| problem.level == Level::Error)
    }
}

/// Checks a grader.
#[must_use]
pub fn lint(grader: &Value, against: &Against<'_>) -> Lint {
    let mut check = Check {
        against,
        problems: Vec::new(),
        paths: Vec::new(),
        uses_output_json: false,
        asks_model: false,
    };
    let range = check.grader(grader, "", false);
    check.outermost(grader, range);
    let Check {
        mut problems,
        paths,
        uses_output_json,
        asks_model,
        ..
    } = check;
    problems.sort_by_key(|problem| problem.level);
    Lint {
        problems,
        range: range
            .filter(|range| range.is_bounded())
            .map(|range| (range.low, range.high)),
        needed: Needed::new(paths),
        uses_output_json,
        asks_model,
    }
}

/// A check under way.
struct Check<'a> {
    against: &'a Against<'a>,
    problems: Vec<Problem>,
    /// Paths into the data that templates take.
    paths: Vec<Vec<String>>,
    uses_output_json: bool,
    asks_model: bool,
}

impl Check<'_> {
    fn error(
        &mut self,
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Problem::new(Level::Error, code, message, help).at(at));
    }

    fn warn(
        &mut self,
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Problem::new(Level::Warning, code, message, help).at(at));
    }

    fn note(
        &mut self,
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Problem::new(Level::Note, code, message, help).at(at));
    }

    /// Checks a grader at a pointer; the range of its reward where it tells.
    fn grader(&mut self, grader: &Value, at: &str, inner: bool) -> Option<Range> {
        let kind = self.kind(grader, at, inner)?;
        self.keys(grader, at, kind);
        self.supported(kind.name, at);
        match kind.name {
            "string_check" => {
                self.word(grader, at, "operation", &["eq", "ne", "like", "ilike"]);
                self.compares(grader, at);
                Some(Range::UNIT)
            }
            "text_similarity" => {
                self.word(grader, at, "evaluation_metric", &types::METRICS);
                self.compares(grader, at);
                Some(Range::UNIT)
            }
            "score_model" => {
                self.asks_model = true;
                self.score_model(grader, at)
            }
            "python" => {
                self.python(grader, at);
                None
            }
            "multi" => self.multi(grader, at),
            "endpoint" => {
                let url = grader.get("url").and_then(Value::as_str);
                if url.is_some_and(|url| !url.starts_with("https://")) {
                    self.error(
                        "endpoint-url",
                        format!("{at}/url"),
                        "the endpoint has no https address",
                        "give one that begins with https://",
                    );
                }
                None
            }
            _ => {
                let arn = grader.pointer("/lambda/function").and_then(Value::as_str);
                if !arn.is_some_and(|arn| arn.starts_with("arn:") && arn.contains(":lambda:")) {
                    self.error(
                        "lambda-arn",
                        format!("{at}/lambda/function"),
                        "`lambda.function` is not the ARN of a function",
                        "write it as arn:aws:lambda:REGION:ACCOUNT:function:NAME",
                    );
                }
                None
            }
        }
    }

    /// What is to be said of a grader as a whole.
    fn outermost(&mut self, grader: &Value, range: Option<Range>) {
        let Some(range) = range else { return };
        if !range.is_bounded() {
            self.warn(
                "unbounded",
                "/calculate_output",
                "the reward has no limits: a division by 0, a root or a logarithm of what is not positive gives no number",
                "keep it within limits: min(max(…, 0), 1)",
            );
            return;
        }
        if range.low < 0.0 || range.high > 1.0 {
            self.note(
                "range",
                "",
                format!(
                    "the reward lies between {} and {}, not between 0 and 1",
                    crate::rounded(range.low),
                    crate::rounded(range.high)
                ),
                "that is allowed; thresholds and alarms here take shares of that range",
            );
        }
        if range.high - range.low <= 0.0 {
            self.error(
                "constant",
                "/calculate_output",
                format!("the reward is always {}", crate::rounded(range.low)),
                "let it depend on a grader",
            );
        }
        let threshold = grader.get("pass_threshold").and_then(Value::as_f64);
        if let Some(threshold) = threshold.filter(|t| *t < range.low || *t > range.high) {
            self.warn(
                "threshold",
                "/pass_threshold",
                format!("the threshold {threshold} is outside of the range of the reward"),
                format!("put it between {} and {}", range.low, range.high),
            );
        }
    }

    fn supported(&mut self, kind: &str, at: &str) {
        let Some((provider, types)) = self.against.provider else {
            return;
        };
        if !types.is_empty() && !types.iter().any(|known| known == kind) {
            self.error(
                "unsupported",
                format!("{at}/type"),
                format!("{provider} takes no `{kind}` grader"),
                format!("it takes {}", types.join(", ")),
            );
        }
    }
}

#[cfg(test)]
mod tests;
