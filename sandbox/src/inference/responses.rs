use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::NoAnswer;
use super::answer::Question;
use super::chat::{no_stream, text_of};
use crate::check::{self, Fields};
use crate::clock::unix;
use crate::errors::ApiError;
use crate::models;
use crate::random::Random;
use crate::routes::Body;
use crate::world::World;

const KEYS: [&str; 17] = [
    "model",
    "input",
    "instructions",
    "max_output_tokens",
    "reasoning",
    "text",
    "temperature",
    "top_p",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "metadata",
    "store",
    "include",
    "truncation",
    "user",
    "stream",
];

/// `POST /v1/responses`.
pub(crate) async fn create(
    State(world): State<Arc<World>>,
    Body(body): Body,
) -> Result<Json<Value>, NoAnswer> {
    let fields = Fields::body(&body)?;
    fields.deny_unknown(&KEYS)?;
    no_stream(&fields)?;
    let asked = fields.text("model")?;
    let instructions = fields.optional_text("instructions")?;
    let mut texts: Vec<String> = instructions.into_iter().map(str::to_owned).collect();
    texts.extend(input(&fields)?);
    let most = fields.optional_integer("max_output_tokens", 1, i64::MAX)?;
    let (format, schema) = format(&fields)?;
    let model = models::answering(&world, asked)?;
    let question = Question {
        model: &model,
        texts: &texts,
        schema,
        most_tokens: most.map(i64::unsigned_abs),
        random: Random::new(world.seed()).named("response"),
    };
    let answer = question.answer(0);
    let status = if answer.cut {
        "incomplete"
    } else {
        "completed"
    };
    let incomplete = answer.cut.then(|| json!({"reason": "max_output_tokens"}));
    Ok(Json(json!({
        "id": question.id("resp_"),
        "object": "response",
        "created_at": unix(world.now()),
        "status": status,
        "error": null,
        "incomplete_details": incomplete,
        "instructions": instructions,
        "max_output_tokens": most,
        "model": model,
        "output": [{
            "type": "message",
            "id": question.id("msg_"),
            "status": status,
            "role": "assistant",
            "content": [{
                "type": "output_text",
                "text": answer.text,
                "annotations": [],
                "logprobs": [],
            }],
        }],
        "parallel_tool_calls": true,
        "temperature": fields.optional_number("temperature")?.unwrap_or(1.0),
        "text": {"format": format},
        "tool_choice": "auto",
        "tools": [],
        "top_p": fields.optional_number("top_p")?.unwrap_or(1.0),
        "truncation": "disabled",
        "usage": {
            "input_tokens": answer.prompt_tokens,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": answer.tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": answer.prompt_tokens + answer.tokens,
        },
        "metadata": fields.get("metadata").cloned().unwrap_or_else(|| json!({})),
    })))
}

/// The texts of the input: one text, or messages.
fn input(fields: &Fields<'_>) -> Result<Vec<String>, ApiError> {
    let items = match fields.require("input")? {
        Value::String(text) => return Ok(vec![text.clone()]),
        Value::Array(items) => items,
        other => return Err(check::invalid_type("input", "a string or an array", other)),
    };
    let mut texts = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let item = Fields::at(format!("input[{index}]"), item)?;
        item.word("role", &["developer", "system", "user", "assistant"])?;
        texts.push(text_of(&item.path("content"), item.require("content")?)?);
    }
    Ok(texts)
}

/// The form of the answer as it is echoed, and the schema in it.
fn format<'a>(fields: &Fields<'a>) -> Result<(Value, Option<&'a Value>), ApiError> {
    let plain = || (json!({"type": "text"}), None);
    let Some(text) = fields.optional_object("text")? else {
        return Ok(plain());
    };
    let Some(format) = text.optional_object("format")? else {
        return Ok(plain());
    };
    match format.word("type", &["text", "json_object", "json_schema"])? {
        "json_schema" => {
            check::length(&format.path("name"), format.text("name")?, 1, 64)?;
            format.object("schema")?;
            Ok((text.require("format")?.clone(), format.get("schema")))
        }
        _ => Ok((text.require("format")?.clone(), None)),
    }
}
