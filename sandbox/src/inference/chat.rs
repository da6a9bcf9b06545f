use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::NoAnswer;
use super::answer::{Answer, Question};
use crate::check::{self, Fields};
use crate::clock::unix;
use crate::errors::ApiError;
use crate::models;
use crate::random::Random;
use crate::routes::Body;
use crate::world::World;

const KEYS: [&str; 22] = [
    "model",
    "messages",
    "n",
    "response_format",
    "max_completion_tokens",
    "max_tokens",
    "reasoning_effort",
    "seed",
    "temperature",
    "top_p",
    "stop",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "frequency_penalty",
    "presence_penalty",
    "logprobs",
    "metadata",
    "store",
    "service_tier",
    "user",
    "stream",
];
const ROLES: [&str; 6] = [
    "developer",
    "system",
    "user",
    "assistant",
    "tool",
    "function",
];

/// `POST /v1/chat/completions`.
pub(crate) async fn create(
    State(world): State<Arc<World>>,
    Body(body): Body,
) -> Result<Json<Value>, NoAnswer> {
    let fields = Fields::body(&body)?;
    fields.deny_unknown(&KEYS)?;
    no_stream(&fields)?;
    let asked = fields.text("model")?;
    let texts = messages(&fields)?;
    let number = fields.optional_integer("n", 1, 128)?.unwrap_or(1);
    let most = fields
        .optional_integer("max_completion_tokens", 1, i64::MAX)?
        .or(fields.optional_integer("max_tokens", 1, i64::MAX)?);
    let seed = fields.optional_integer("seed", i64::MIN, i64::MAX)?;
    let schema = schema(&fields)?;
    let model = models::answering(&world, asked)?;
    let question = Question {
        model: &model,
        texts: &texts,
        schema,
        most_tokens: most.map(i64::unsigned_abs),
        random: Random::new(world.seed())
            .named("answer")
            .numbered(seed.unwrap_or(0).unsigned_abs()),
    };
    let answers: Vec<Answer> = (0..number.unsigned_abs())
        .map(|number| question.answer(number))
        .collect();
    let prompt = answers.first().map_or(0, |answer| answer.prompt_tokens);
    let completion: u64 = answers.iter().map(|answer| answer.tokens).sum();
    let choices: Vec<Value> = answers
        .iter()
        .enumerate()
        .map(|(index, answer)| {
            json!({
                "index": index,
                "message": {
                    "role": "assistant",
                    "content": answer.text,
                    "refusal": null,
                    "annotations": [],
                },
                "logprobs": null,
                "finish_reason": if answer.cut { "length" } else { "stop" },
            })
        })
        .collect();
    Ok(Json(json!({
        "id": question.id("chatcmpl-"),
        "object": "chat.completion",
        "created": unix(world.now()),
        "model": model,
        "choices": choices,
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        },
        "system_fingerprint": "fp_simulated",
    })))
}

/// A reply in pieces is not simulated.
pub(super) fn no_stream(fields: &Fields<'_>) -> Result<(), ApiError> {
    match fields.get("stream") {
        None | Some(Value::Bool(false)) => Ok(()),
        Some(_) => Err(ApiError::invalid(
            "unsupported_value",
            "stream".to_owned(),
            "Unsupported value: this sandbox does not stream answers.",
        )),
    }
}

/// The texts of the messages.
fn messages(fields: &Fields<'_>) -> Result<Vec<String>, ApiError> {
    let messages = fields.array("messages")?;
    if messages.is_empty() {
        return Err(ApiError::invalid(
            "empty_array",
            "messages".to_owned(),
            "Invalid 'messages': empty array. Expected an array with minimum length 1.",
        ));
    }
    let mut texts = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let message = Fields::at(format!("messages[{index}]"), message)?;
        message.word("role", &ROLES)?;
        let calls = message.get("tool_calls").is_some();
        match message.get("content") {
            None if calls => texts.push(String::new()),
            None => return Err(check::missing(&message.path("content"))),
            Some(content) => texts.push(text_of(&message.path("content"), content)?),
        }
    }
    Ok(texts)
}

/// A text, or the texts of a list of parts.
pub(super) fn text_of(path: &str, content: &Value) -> Result<String, ApiError> {
    match content {
        Value::String(text) => Ok(text.clone()),
        Value::Array(parts) => {
            let mut texts = Vec::new();
            for (index, part) in parts.iter().enumerate() {
                let part = Fields::at(format!("{path}[{index}]"), part)?;
                texts.push(part.text("text")?);
            }
            Ok(texts.join("\n"))
        }
        other => Err(check::invalid_type(path, "a string or an array", other)),
    }
}

/// The schema of a `response_format` that has one.
fn schema<'a>(fields: &Fields<'a>) -> Result<Option<&'a Value>, ApiError> {
    let Some(format) = fields.optional_object("response_format")? else {
        return Ok(None);
    };
    match format.word("type", &["text", "json_object", "json_schema"])? {
        "json_schema" => {
            let named = format.object("json_schema")?;
            check::length(&named.path("name"), named.text("name")?, 1, 64)?;
            named.optional_object("schema")?;
            Ok(named.get("schema"))
        }
        _ => Ok(None),
    }
}
