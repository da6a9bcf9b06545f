use indexmap::IndexMap;
use rft_mcp_grading::{Formula, Range, Source, Template, Variable};
use serde_json::Value;

use super::{Grader, Metric, Operation};
use crate::check::{self, Fields};
use crate::errors::ApiError;
use crate::flavour::Flavour;
use crate::models;

/// The API's limit for the source of a python grader.
const LONGEST_SOURCE: usize = 256 * 1024;
const ROLES: [&str; 4] = ["user", "assistant", "system", "developer"];

/// Whether templates may use `sample.output_json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputJson {
    Allowed,
    /// A job without `response_format` has no JSON answers.
    Absent,
}

impl Grader {
    /// Accepts what the API of a flavour accepts. `fields` is the grader object.
    pub(crate) fn parse(
        fields: &Fields<'_>,
        json: OutputJson,
        flavour: Flavour,
    ) -> Result<Self, ApiError> {
        let types = flavour.grader_types();
        let grader = Reader { json, types }.grader(fields, types)?;
        Ok(grader)
    }
}

#[derive(Clone, Copy)]
struct Reader {
    json: OutputJson,
    /// What a grader may be that is not inside of another.
    types: &'static [&'static str],
}

impl Reader {
    fn grader(self, fields: &Fields<'_>, types: &[&str]) -> Result<Grader, ApiError> {
        let kind = fields.text("type")?;
        if kind == "multi" && self.types.contains(&kind) && !types.contains(&kind) {
            return Err(invalid(
                fields.path("type"),
                "a multi grader can not hold another multi grader",
            ));
        }
        if matches!(kind, "endpoint" | "lambda") && !types.contains(&kind) {
            return Err(invalid(
                fields.path("type"),
                &format!("graders of type {kind} exist at another provider only"),
            ));
        }
        check::one_of(&fields.path("type"), kind, types)?;
        if kind == "lambda" {
            return lambda(fields);
        }
        let name = fields.text("name")?.to_owned();
        check::length(&fields.path("name"), &name, 1, 256)?;
        match kind {
            "string_check" => self.string_check(fields, name),
            "text_similarity" => self.text_similarity(fields, name),
            "score_model" => self.score_model(fields, name),
            "python" => python(fields, name),
            "endpoint" => endpoint(fields, name),
            _ => self.multi(fields, name),
        }
    }

    fn string_check(self, fields: &Fields<'_>, name: String) -> Result<Grader, ApiError> {
        fields.deny_unknown(&[
            "type",
            "name",
            "input",
            "reference",
            "operation",
            "pass_threshold",
        ])?;
        let operation = match fields.word("operation", &["eq", "ne", "like", "ilike"])? {
            "eq" => Operation::Equal,
            "ne" => Operation::NotEqual,
            "like" => Operation::Like,
            _ => Operation::LikeAnyCase,
        };
        fields.optional_number("pass_threshold")?;
        Ok(Grader::StringCheck {
            name,
            input: self.template(fields, "input")?,
            reference: self.template(fields, "reference")?,
            operation,
        })
    }

    fn text_similarity(self, fields: &Fields<'_>, name: String) -> Result<Grader, ApiError> {
        fields.deny_unknown(&[
            "type",
            "name",
            "input",
            "reference",
            "evaluation_metric",
            "pass_threshold",
        ])?;
        let word = fields.word("evaluation_metric", &Metric::NAMES)?;
        let metric = Metric::named(word).ok_or_else(|| {
            invalid(
                fields.path("evaluation_metric"),
                "unknown evaluation metric",
            )
        })?;
        fields.optional_number("pass_threshold")?;
        Ok(Grader::TextSimilarity {
            name,
            input: self.template(fields, "input")?,
            reference: self.template(fields, "reference")?,
            metric,
        })
    }

    fn score_model(self, fields: &Fields<'_>, name: String) -> Result<Grader, ApiError> {
        fields.deny_unknown(&[
            "type",
            "name",
            "model",
            "input",
            "range",
            "sampling_params",
            "pass_threshold",
        ])?;
        let model = fields.text("model")?;
        if !models::can_grade(model) {
            return Err(ApiError::invalid(
                "model_not_found",
                fields.path("model"),
                format!("The model '{model}' does not exist or can not be used as a grader."),
            ));
        }
        let messages = fields.array("input")?;
        if messages.is_empty() {
            return Err(invalid(
                fields.path("input"),
                "at least one message is needed",
            ));
        }
        let mut prompt = Vec::new();
        for (index, message) in messages.iter().enumerate() {
            let path = format!("{}[{index}]", fields.path("input"));
            self.message(&Fields::at(path, message)?, &mut prompt)?;
        }
        sampling(fields)?;
        fields.optional_number("pass_threshold")?;
        Ok(Grader::ScoreModel {
            name,
            model: model.to_owned(),
            prompt,
            range: score_range(fields)?,
        })
    }

    fn message(self, message: &Fields<'_>, prompt: &mut Vec<Template>) -> Result<(), ApiError> {
        message.deny_unknown(&["role", "content", "type"])?;
        message.word("role", &ROLES)?;
        message.optional_word("type", &["message"])?;
        let path = message.path("content");
        match message.require("content")? {
            Value::String(text) => prompt.push(self.parse_template(&path, text)?),
            Value::Array(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    self.part(&Fields::at(format!("{path}[{index}]"), part)?, prompt)?;
                }
            }
            part @ Value::Object(_) => self.part(&Fields::at(path, part)?, prompt)?,
            other => {
                return Err(check::invalid_type(&path, "a string or an array", other));
            }
        }
        Ok(())
    }

    fn part(self, part: &Fields<'_>, prompt: &mut Vec<Template>) -> Result<(), ApiError> {
        let kind = part.word(
            "type",
            &["input_text", "output_text", "input_image", "input_audio"],
        )?;
        if matches!(kind, "input_text" | "output_text") {
            prompt.push(self.template(part, "text")?);
        }
        Ok(())
    }

    fn multi(self, fields: &Fields<'_>, name: String) -> Result<Grader, ApiError> {
        fields.deny_unknown(&[
            "type",
            "name",
            "graders",
            "calculate_output",
            "pass_threshold",
        ])?;
        let path = fields.path("graders");
        let value = fields.require("graders")?;
        let map = value
            .as_object()
            .ok_or_else(|| check::invalid_type(&path, "an object from names to graders", value))?;
        if map.contains_key("type") && map.get("type").is_some_and(Value::is_string) {
            return Err(invalid(
                path,
                "expected an object from names to graders, but got a single grader",
            ));
        }
        if map.is_empty() {
            return Err(invalid(path, "at least one grader is needed"));
        }
        let inner: Vec<&str> = self
            .types
            .iter()
            .copied()
            .filter(|kind| *kind != "multi")
            .collect();
        let mut graders = IndexMap::new();
        for (key, value) in map {
            let grader = Fields::at(format!("{path}.{key}"), value)?;
            graders.insert(key.clone(), self.grader(&grader, &inner)?);
        }
        fields.optional_number("pass_threshold")?;
        let formula = calculate_output(fields, &graders)?;
        Ok(Grader::Multi {
            name,
            graders,
            formula,
        })
    }

    fn template(self, fields: &Fields<'_>, key: &str) -> Result<Template, ApiError> {
        self.parse_template(&fields.path(key), fields.text(key)?)
    }

    fn parse_template(self, path: &str, text: &str) -> Result<Template, ApiError> {
        let template =
            Template::parse(text).map_err(|error| invalid(path.to_owned(), &error.to_string()))?;
        let needs_json = |variable: &&Variable| variable.source == Source::OutputJson;
        if self.json == OutputJson::Absent
            && let Some(variable) = template.variables().find(needs_json)
        {
            return Err(invalid(
                path.to_owned(),
                &format!("'{variable}' needs a response_format, and this job has none"),
            ));
        }
        Ok(template)
    }
}

fn calculate_output(
    fields: &Fields<'_>,
    graders: &IndexMap<String, Grader>,
) -> Result<Formula, ApiError> {
    let path = fields.path("calculate_output");
    let formula = Formula::parse(fields.text("calculate_output")?)
        .map_err(|error| invalid(path.clone(), &error.to_string()))?;
    let unknown = formula
        .variables()
        .into_iter()
        .find(|name| !graders.contains_key(*name));
    if let Some(name) = unknown {
        let known: Vec<&str> = graders.keys().map(String::as_str).collect();
        return Err(invalid(
            path,
            &format!(
                "unknown variable '{name}': the variables are {}",
                known.join(", ")
            ),
        ));
    }
    Ok(formula)
}

fn score_range(fields: &Fields<'_>) -> Result<Range, ApiError> {
    if fields.get("range").is_none() {
        return Ok(Range::UNIT);
    }
    let ends: Vec<f64> = fields
        .array("range")?
        .iter()
        .filter_map(check::number)
        .collect();
    match ends.as_slice() {
        [low, high] if low < high => Ok(Range {
            low: *low,
            high: *high,
        }),
        _ => Err(invalid(
            fields.path("range"),
            "expected two numbers, the lower one first",
        )),
    }
}

fn sampling(fields: &Fields<'_>) -> Result<(), ApiError> {
    let Some(sampling) = fields.optional_object("sampling_params")? else {
        return Ok(());
    };
    sampling.deny_unknown(&[
        "seed",
        "top_p",
        "temperature",
        "max_completions_tokens",
        "max_tokens",
        "reasoning_effort",
    ])?;
    sampling.optional_integer("seed", i64::MIN, i64::MAX)?;
    sampling.optional_integer("max_completions_tokens", 1, i64::MAX)?;
    sampling.optional_integer("max_tokens", 1, i64::MAX)?;
    sampling.optional_number("top_p")?;
    sampling.optional_number("temperature")?;
    sampling.optional_word(
        "reasoning_effort",
        &["none", "minimal", "low", "medium", "high", "xhigh"],
    )?;
    Ok(())
}

fn python(fields: &Fields<'_>, name: String) -> Result<Grader, ApiError> {
    fields.deny_unknown(&["type", "name", "source", "image_tag", "pass_threshold"])?;
    let source = fields.text("source")?;
    let path = fields.path("source");
    if source.len() > LONGEST_SOURCE {
        return Err(invalid(path, "the source must be smaller than 256 kB"));
    }
    let defines_grade = source
        .lines()
        .any(|line| line.trim_start().starts_with("def grade("));
    if !defines_grade {
        return Err(invalid(
            path,
            "the source must define a function grade(sample, item)",
        ));
    }
    fields.optional_text("image_tag")?;
    fields.optional_number("pass_threshold")?;
    Ok(Grader::Python { name })
}

/// Azure's: a server that is asked for the score.
fn endpoint(fields: &Fields<'_>, name: String) -> Result<Grader, ApiError> {
    fields.deny_unknown(&[
        "type",
        "name",
        "url",
        "headers",
        "pass_threshold",
        "rate_limit",
    ])?;
    if !fields.text("url")?.starts_with("https://") {
        return Err(invalid(fields.path("url"), "expected an https address"));
    }
    fields.optional_object("headers")?;
    fields.optional_number("pass_threshold")?;
    fields.optional_integer("rate_limit", 1, 2_147_483_647)?;
    let kind = "endpoint";
    Ok(Grader::Remote { name, kind })
}

/// Bedrock's: a function that is asked for the score.
fn lambda(fields: &Fields<'_>) -> Result<Grader, ApiError> {
    fields.deny_unknown(&["type", "name", "lambda"])?;
    let name = fields.optional_text("name")?.unwrap_or("lambda").to_owned();
    let lambda = fields.object("lambda")?;
    lambda.deny_unknown(&["function"])?;
    if !lambda.text("function")?.starts_with("arn:aws:lambda:") {
        return Err(invalid(
            lambda.path("function"),
            "expected the ARN of a function",
        ));
    }
    let kind = "lambda";
    Ok(Grader::Remote { name, kind })
}

fn invalid(path: String, why: &str) -> ApiError {
    let message = format!("Invalid '{path}': {why}.");
    ApiError::invalid("invalid_grader", path, message)
}
