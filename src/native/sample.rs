//! `sample_model`: by chat completions, or by the responses API, which asks for the same in other words.

use rft_mcp_runtime::{
    engine::Context,
    tool::{Effect, FunctionError},
    upstream::UpstreamError,
};
use serde_json::{Map, Number, Value, json};
use tokio::task::JoinSet;

use super::{cost::json, output};
use crate::{
    functions::json_schema_format,
    generated::types::{SampleModelInput, SampleModelInputApi, SampleModelOutput},
};

/// Requests under way at once: the responses API gives one answer to each.
const AT_ONCE: usize = 4;

/// What there is to tell, whichever API was asked.
#[derive(Debug, Default)]
struct Sampled {
    model: Value,
    samples: Vec<Value>,
    usage: Value,
    failed: usize,
    failure: Option<String>,
}

pub(crate) async fn sample_model(
    input: SampleModelInput,
    context: Context,
) -> Result<SampleModelOutput, FunctionError> {
    let told = match input.api {
        None | Some(SampleModelInputApi::Chat) => chat(input, &context).await?,
        Some(SampleModelInputApi::Responses) => responses(input, &context).await?,
    };
    let mut result = json!({ "samples": told.samples });
    if let Some(members) = result.as_object_mut() {
        for (name, value) in [("model", told.model), ("usage", told.usage)] {
            if !value.is_null() {
                members.insert(name.to_owned(), value);
            }
        }
        if let Some(failure) = told.failure {
            members.insert("failed".to_owned(), told.failed.into());
            members.insert("failure".to_owned(), failure.into());
        }
    }
    output(result)
}

async fn chat(input: SampleModelInput, context: &Context) -> Result<Sampled, FunctionError> {
    let mut body = Map::new();
    let mut add = |name: &str, value: Value| body.insert(name.to_owned(), value);
    add("model", input.model.into());
    add("messages", json(&input.messages)?);
    if let Some(samples) = input.samples {
        add("n", samples.0.into());
    }
    if let Some(schema) = input.response_schema {
        add("response_format", json_schema_format(&schema));
    }
    if let Some(most) = input.max_completion_tokens {
        add("max_completion_tokens", most.into());
    }
    if let Some(effort) = input.reasoning_effort {
        add("reasoning_effort", json(&effort)?);
    }
    if let Some(seed) = input.seed {
        add("seed", seed.into());
    }
    let path = ["chat", "completions"];
    let reply = context
        .post(&path, Value::Object(body), Effect::Costly)
        .await
        .map_err(|error| FunctionError(unanswered(context, &error, Effect::Costly)))?;
    let choices = reply.get("choices").and_then(Value::as_array);
    let samples = choices.into_iter().flatten().map(|choice| {
        let said = |name: &str| choice.pointer(&format!("/message/{name}"));
        sample([
            ("text", said("content").cloned()),
            ("refusal", said("refusal").cloned()),
            ("tool_calls", said("tool_calls").cloned()),
            ("finish_reason", choice.get("finish_reason").cloned()),
        ])
    });
    Ok(Sampled {
        samples: samples.collect(),
        model: reply.get("model").cloned().unwrap_or_default(),
        usage: reply.get("usage").cloned().unwrap_or_default(),
        ..Sampled::default()
    })
}

/// Why a model did not answer, and what to do. One that is not found may only wait for its deployment.
pub(super) fn unanswered(context: &Context, error: &UpstreamError, effect: Effect) -> String {
    let is_missing = matches!(error, UpstreamError::Status(error) if error.status == 404);
    let command = context.value("deploying").and_then(Value::as_str);
    match command.filter(|_| is_missing) {
        Some(command) => format!(
            "{error}. Models answer there once they are deployed, by the name of their deployment: have the person deploy \
             it (`{command}`, or in the provider's portal), then give the deployment's name as model"
        ),
        None => error.advise(effect),
    }
}

/// Asks as often as there are to be answers, a few times at once. What was answered was paid for, so it is told also
/// where another request failed.
async fn responses(input: SampleModelInput, context: &Context) -> Result<Sampled, FunctionError> {
    let count = input.samples.map_or(1, |samples| samples.0);
    let body = asked(input)?;
    let mut told = Sampled::default();
    let mut waiting = 0..count;
    let mut running = JoinSet::new();
    let mut answers = Vec::new();
    loop {
        while told.failure.is_none()
            && running.len() < AT_ONCE
            && let Some(number) = waiting.next()
        {
            let (context, body) = (context.clone(), body.clone());
            running.spawn(async move {
                let sent = context.post(&["responses"], body, Effect::Costly).await;
                let sent = sent.map_err(|error| unanswered(&context, &error, Effect::Costly));
                (number, sent.and_then(finished))
            });
        }
        match running.join_next().await {
            None => break,
            Some(Ok((number, Ok(reply)))) => answers.push((number, reply)),
            Some(Ok((_, Err(failure)))) => {
                told.failed += 1;
                told.failure.get_or_insert(failure);
            }
            // It would have panicked, which is a fault of ours.
            Some(Err(error)) => return Err(FunctionError(error.to_string())),
        }
    }
    if let (true, Some(failure)) = (answers.is_empty(), &told.failure) {
        return Err(FunctionError(failure.clone()));
    }
    told.failed += waiting.count();
    answers.sort_by_key(|(number, _)| *number);
    for (_, reply) in answers {
        told.samples.push(answer(&reply));
        sum(&mut told.usage, reply.get("usage"));
        if told.model.is_null() {
            told.model = reply.get("model").cloned().unwrap_or_default();
        }
    }
    Ok(told)
}

/// The body of a request, each time the same.
fn asked(input: SampleModelInput) -> Result<Value, FunctionError> {
    if input.seed.is_some() {
        return Err(FunctionError(
            "the responses API takes no seed: leave seed out, or ask with api: chat; nothing was sent".to_owned(),
        ));
    }
    let mut said = Vec::new();
    for (number, message) in input.messages.iter().enumerate() {
        let role = json(&message.role)?;
        if role == "tool" || message.extra.contains_key("tool_calls") {
            return Err(FunctionError(format!(
                "`/messages/{number}`: calls of tools are said in another way to the responses API: ask with api: \
                 chat; nothing was sent"
            )));
        }
        said.push(json!({ "role": role, "content": message.content }));
    }
    // Kept by the provider only where it is asked to; chat completions are not.
    let mut body = json!({ "model": input.model, "input": said, "store": false });
    if let Some(members) = body.as_object_mut() {
        let mut add = |name: &str, value: Value| members.insert(name.to_owned(), value);
        if let Some(schema) = input.response_schema {
            let format = json_schema_format(&schema);
            let mut format = format.get("json_schema").cloned().unwrap_or_default();
            if let Some(format) = format.as_object_mut() {
                format.insert("type".to_owned(), "json_schema".into());
            }
            add("text", json!({ "format": format }));
        }
        if let Some(most) = input.max_completion_tokens {
            add("max_output_tokens", most.into());
        }
        if let Some(effort) = input.reasoning_effort {
            add("reasoning", json!({ "effort": json(&effort)? }));
        }
    }
    Ok(body)
}

/// A reply, unless it says that there is none.
fn finished(reply: Value) -> Result<Value, String> {
    if reply.get("status").and_then(Value::as_str) != Some("failed") {
        return Ok(reply);
    }
    let why = reply.pointer("/error/message").and_then(Value::as_str);
    Err(format!(
        "the model did not answer: {}. Its tokens may be billed; ask again, or ask another model",
        why.unwrap_or("the provider does not say why")
    ))
}

/// One answer in the words of chat completions: its texts in one, and why it ended.
fn answer(reply: &Value) -> Value {
    let items = reply.get("output").and_then(Value::as_array);
    let items = || items.into_iter().flatten();
    let parts = |kind: &str, name: &str| {
        let parts = items()
            .filter_map(|item| item.get("content")?.as_array())
            .flatten()
            .filter(|part| part.get("type").and_then(Value::as_str) == Some(kind));
        let texts: Vec<&str> = parts.filter_map(|part| part.get(name)?.as_str()).collect();
        (!texts.is_empty()).then(|| Value::String(texts.concat()))
    };
    let calls =
        items().filter(|item| item.get("type").and_then(Value::as_str) == Some("function_call"));
    let calls: Vec<Value> = calls.cloned().collect();
    let ended = reply
        .pointer("/incomplete_details/reason")
        .and_then(Value::as_str)
        .or_else(|| reply.get("status")?.as_str());
    let ended = match ended {
        Some("completed") if !calls.is_empty() => Some("tool_calls"),
        Some("completed") => Some("stop"),
        Some("max_output_tokens") => Some("length"),
        other => other,
    };
    sample([
        ("text", parts("output_text", "text")),
        ("refusal", parts("refusal", "refusal")),
        ("tool_calls", (!calls.is_empty()).then(|| calls.into())),
        ("finish_reason", ended.map(Value::from)),
    ])
}

fn sample<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let there = members.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_null())?;
        Some((name.to_owned(), value))
    });
    Value::Object(there.collect())
}

/// Adds counts to counts of the same names.
fn sum(all: &mut Value, more: Option<&Value>) {
    let Some(more) = more else { return };
    if all.is_null() {
        *all = more.clone();
        return;
    }
    let (Some(all), Some(more)) = (all.as_object_mut(), more.as_object()) else {
        let both = all.as_u64().zip(more.as_u64());
        if let Some((one, other)) = both {
            *all = Number::from(one.saturating_add(other)).into();
        }
        return;
    };
    for (name, value) in more {
        sum(all.entry(name.clone()).or_insert(Value::Null), Some(value));
    }
}
