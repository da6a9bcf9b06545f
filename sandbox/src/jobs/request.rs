use serde_json::{Map, Value, json};

use super::settings::Hyperparameters;
use crate::check::{self, Fields};
use crate::errors::ApiError;
use crate::flavour::Flavour;
use crate::grader::{Grader, OutputJson};
use crate::models;
use crate::world::World;

/// A request to create a job that was accepted, apart from its files.
#[derive(Debug)]
pub(crate) struct Request {
    /// The provider whose rules it was accepted by.
    pub(crate) flavour: Flavour,
    pub(crate) model: String,
    pub(crate) training_file: String,
    pub(crate) validation_file: String,
    pub(crate) suffix: Option<String>,
    pub(crate) seed: Option<i64>,
    pub(crate) metadata: Option<Map<String, Value>>,
    pub(crate) integrations: Option<Vec<Value>>,
    pub(crate) grader: Grader,
    /// The grader as it was sent, for the echo.
    pub(crate) grader_sent: Value,
    pub(crate) response_format: Option<Value>,
    pub(crate) hyperparameters: Hyperparameters,
}

const KEYS: [&str; 8] = [
    "model",
    "training_file",
    "validation_file",
    "seed",
    "method",
    "metadata",
    "integrations",
    "hyperparameters",
];

impl Request {
    pub(crate) fn parse(world: &World, body: &Value) -> Result<Self, ApiError> {
        let flavour = world.flavour();
        let fields = Fields::body(body)?;
        fields.deny_unknown(&match flavour {
            Flavour::OpenAi => [&KEYS[..], &["suffix"]].concat(),
            Flavour::Azure => [&KEYS[..], &["suffix", "trainingType"]].concat(),
            Flavour::Bedrock => KEYS.to_vec(),
        })?;
        fields.optional_text("trainingType")?;
        let model = fields.text("model")?.to_owned();
        models::check_trainable(world, &model)?;
        let training_file = fields.text("training_file")?.to_owned();
        let reinforcement = method(&fields)?;
        let response_format = response_format(&reinforcement)?;
        let json = match response_format {
            Some(_) => OutputJson::Allowed,
            None => OutputJson::Absent,
        };
        let grader = reinforcement.object("grader")?;
        Ok(Self {
            flavour,
            model,
            training_file,
            validation_file: fields
                .optional_text("validation_file")?
                .ok_or_else(no_validation_file)?
                .to_owned(),
            suffix: suffix(&fields)?,
            seed: fields.optional_integer("seed", 0, 2_147_483_647)?,
            metadata: metadata(&fields)?,
            integrations: integrations(&fields)?,
            grader: Grader::parse(&grader, json, flavour)?,
            grader_sent: reinforcement.require("grader")?.clone(),
            response_format,
            hyperparameters: match reinforcement.optional_object("hyperparameters")? {
                None => Hyperparameters::AUTO,
                Some(fields) => Hyperparameters::parse(&fields)?,
            },
        })
    }
}

fn no_validation_file() -> ApiError {
    ApiError::invalid(
        "missing_required_parameter",
        "validation_file".to_owned(),
        "Missing required parameter: 'validation_file'. Reinforcement fine-tuning needs a validation file.",
    )
}

/// The object under `method.reinforcement`. The other methods exist, but this sandbox simulates one.
fn method<'a>(fields: &Fields<'a>) -> Result<Fields<'a>, ApiError> {
    if fields.get("hyperparameters").is_some() {
        return Err(ApiError::invalid(
            "unsupported_parameter",
            "hyperparameters".to_owned(),
            "Unsupported parameter: 'hyperparameters'. Use 'method.reinforcement.hyperparameters'.",
        ));
    }
    let method = fields.object("method")?;
    method.deny_unknown(&["type", "reinforcement", "supervised", "dpo"])?;
    let kind = method.word("type", &["supervised", "dpo", "reinforcement"])?;
    if kind != "reinforcement" {
        return Err(ApiError::invalid(
            "unsupported_value",
            "method.type".to_owned(),
            format!(
                "Unsupported value: '{kind}'. This sandbox simulates reinforcement fine-tuning only."
            ),
        ));
    }
    for other in ["supervised", "dpo"] {
        if method.get(other).is_some() {
            let path = method.path(other);
            let message = format!(
                "Unknown parameter: '{path}' does not go with a method of type reinforcement."
            );
            return Err(ApiError::invalid("unknown_parameter", path, message));
        }
    }
    let reinforcement = method.object("reinforcement")?;
    reinforcement.deny_unknown(&["grader", "hyperparameters", "response_format"])?;
    Ok(reinforcement)
}

/// `{type: "json_schema", json_schema: {name, schema, strict}}`, or the flat form with the same keys that Azure
/// documents.
fn response_format(reinforcement: &Fields<'_>) -> Result<Option<Value>, ApiError> {
    let Some(format) = reinforcement.optional_object("response_format")? else {
        return Ok(None);
    };
    format.word("type", &["json_schema"])?;
    let schema = if format.get("json_schema").is_some() {
        format.deny_unknown(&["type", "json_schema"])?;
        let schema = format.object("json_schema")?;
        schema.deny_unknown(&["name", "schema", "strict", "description"])?;
        schema
    } else {
        format.deny_unknown(&["type", "name", "schema", "strict", "description"])?;
        format
    };
    check::length(&schema.path("name"), schema.text("name")?, 1, 64)?;
    schema.object("schema")?;
    Ok(reinforcement.get("response_format").cloned())
}

fn suffix(fields: &Fields<'_>) -> Result<Option<String>, ApiError> {
    let Some(suffix) = fields.optional_text("suffix")? else {
        return Ok(None);
    };
    check::length("suffix", suffix, 1, 64)?;
    Ok(Some(suffix.to_owned()))
}

fn metadata(fields: &Fields<'_>) -> Result<Option<Map<String, Value>>, ApiError> {
    let Some(metadata) = fields.get("metadata") else {
        return Ok(None);
    };
    let map = metadata
        .as_object()
        .ok_or_else(|| check::invalid_type("metadata", "an object", metadata))?;
    if map.len() > 16 {
        return Err(ApiError::invalid(
            "object_above_max_properties",
            "metadata".to_owned(),
            format!(
                "Invalid 'metadata': too many properties. Expected an object with at most 16 properties, but got an \
                 object with {} properties instead.",
                map.len()
            ),
        ));
    }
    for (key, value) in map {
        check::length("metadata", key, 1, 64)?;
        let path = format!("metadata.{key}");
        let text = value
            .as_str()
            .ok_or_else(|| check::invalid_type(&path, "a string", value))?;
        check::length(&path, text, 0, 512)?;
    }
    Ok(Some(map.clone()))
}

fn integrations(fields: &Fields<'_>) -> Result<Option<Vec<Value>>, ApiError> {
    if fields.get("integrations").is_none() {
        return Ok(None);
    }
    let items = fields.array("integrations")?;
    if items.len() > 5 {
        return Err(ApiError::invalid(
            "array_above_max_length",
            "integrations".to_owned(),
            format!(
                "Invalid 'integrations': array too long. Expected an array with maximum length 5, but got an array \
                 with length {} instead.",
                items.len()
            ),
        ));
    }
    let mut echoes = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let item = Fields::at(format!("integrations[{index}]"), item)?;
        item.deny_unknown(&["type", "wandb"])?;
        item.word("type", &["wandb"])?;
        let wandb = item.object("wandb")?;
        wandb.deny_unknown(&["project", "name", "entity", "tags"])?;
        for key in ["name", "entity"] {
            wandb.optional_text(key)?;
        }
        let tags = match wandb.get("tags") {
            None => json!([]),
            Some(tags) => {
                let texts = wandb.array("tags")?;
                if let Some(other) = texts.iter().find(|tag| !tag.is_string()) {
                    return Err(check::invalid_type(&wandb.path("tags"), "strings", other));
                }
                tags.clone()
            }
        };
        echoes.push(json!({
            "type": "wandb",
            "wandb": {
                "project": wandb.text("project")?,
                "name": wandb.get("name"),
                "entity": wandb.get("entity"),
                "tags": tags,
            },
        }));
    }
    Ok(Some(echoes))
}
