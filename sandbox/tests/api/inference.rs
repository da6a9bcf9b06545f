//! What models answer.

use serde_json::{Value, json};

use crate::support::{Api, MODEL, request};

fn chat(model: &str) -> Value {
    json!({"model": model, "messages": [{"role": "user", "content": "How much is 1 + 1?"}]})
}

/// A provider with a model; the model and one of its checkpoints.
async fn trained() -> (Api, [String; 2]) {
    let api = Api::new();
    let id = api.launch(request()).await;
    let job = api.finish(&id).await;
    let checkpoint = &api.checkpoints(&id).await[0]["fine_tuned_model_checkpoint"];
    let names =
        [&job["fine_tuned_model"], checkpoint].map(|name| name.as_str().unwrap().to_owned());
    (api, names)
}

#[tokio::test(start_paused = true)]
async fn models_and_checkpoints_answer_and_say_that_it_is_simulated() {
    let (api, [model, checkpoint]) = trained().await;
    for name in [MODEL, &model, &checkpoint] {
        let mut body = chat(name);
        body["n"] = json!(2);
        let reply = api.post("/chat/completions", body.clone()).await.ok();
        assert_eq!(reply["model"], name);
        let texts: Vec<&str> = (0..2)
            .map(|n| reply["choices"][n]["message"]["content"].as_str().unwrap())
            .collect();
        for text in &texts {
            assert!(
                text.contains("simulated") && text.contains("1 + 1"),
                "{text}"
            );
        }
        assert_ne!(texts[0], texts[1]);
        assert_eq!(api.post("/chat/completions", body).await.ok(), reply);
        let body =
            json!({"model": name, "input": "How much is 1 + 1?", "instructions": "Briefly."});
        let reply = api.post("/responses", body).await.ok();
        let text = &reply["output"][0]["content"][0]["text"];
        assert!(text.as_str().unwrap().contains("simulated"), "{text}");
        assert_eq!(reply["status"], "completed");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_has_the_form_that_is_asked_for() {
    let (api, [model, _]) = trained().await;
    let schema = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["label", "score"],
        "properties": {
            "label": {"type": "string", "enum": ["a", "b", "c"]},
            "score": {"type": "integer", "minimum": 0, "maximum": 10},
        },
    });
    let format = json!({"name": "r", "strict": true, "schema": schema});
    let mut body = chat(&model);
    body["response_format"] = json!({"type": "json_schema", "json_schema": format});
    let reply = api.post("/chat/completions", body).await.ok();
    let text = reply["choices"][0]["message"]["content"].as_str().unwrap();
    let answer: Value = serde_json::from_str(text).unwrap();
    assert!(jsonschema::is_valid(&schema, &answer), "{answer}");
    let input = json!([{"role": "user", "content": [{"type": "input_text", "text": "Which?"}]}]);
    let format = json!({"type": "json_schema", "name": "r", "schema": schema});
    let body = json!({"model": model, "input": input, "text": {"format": format}});
    let reply = api.post("/responses", body).await.ok();
    let text = reply["output"][0]["content"][0]["text"].as_str().unwrap();
    let answer: Value = serde_json::from_str(text).unwrap();
    assert!(jsonschema::is_valid(&schema, &answer), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_ends_at_its_limit() {
    let api = Api::new();
    let mut body = chat(MODEL);
    body["max_completion_tokens"] = json!(3);
    let reply = api.post("/chat/completions", body).await.ok();
    assert_eq!(reply["choices"][0]["finish_reason"], "length");
    assert_eq!(reply["usage"]["completion_tokens"], 3);
    let body = json!({"model": MODEL, "input": "Say a lot.", "max_output_tokens": 3});
    let reply = api.post("/responses", body).await.ok();
    assert_eq!(
        (&reply["status"], &reply["incomplete_details"]["reason"]),
        (&json!("incomplete"), &json!("max_output_tokens"))
    );
}

#[tokio::test(start_paused = true)]
async fn what_can_not_be_answered_is_refused() {
    let (api, [model, _]) = trained().await;
    let with = |key: &str, value: Value| {
        let mut body = chat(MODEL);
        body[key] = value;
        body
    };
    for (body, status, code, param) in [
        (chat("gpt-9"), 404, "model_not_found", "model"),
        (chat("o1-mini-2024-09-12"), 404, "model_not_found", "model"),
        (with("messages", json!([])), 400, "empty_array", "messages"),
        (
            with("messages", json!([{"role": "robot", "content": "x"}])),
            400,
            "invalid_value",
            "messages[0].role",
        ),
        (
            with("messages", json!([{"role": "user"}])),
            400,
            "missing_required_parameter",
            "messages[0].content",
        ),
        (with("n", json!(129)), 400, "integer_above_max_value", "n"),
        (
            with("stream", json!(true)),
            400,
            "unsupported_value",
            "stream",
        ),
        (
            with("volume", json!(11)),
            400,
            "unknown_parameter",
            "volume",
        ),
        (
            with("response_format", json!({"type": "yaml"})),
            400,
            "invalid_value",
            "response_format.type",
        ),
    ] {
        let reply = api.post("/chat/completions", body).await;
        reply.refused(status, code, param);
    }
    for (body, status, code, param) in [
        (
            json!({"model": MODEL}),
            400,
            "missing_required_parameter",
            "input",
        ),
        (
            json!({"model": MODEL, "input": 1}),
            400,
            "invalid_type",
            "input",
        ),
        (
            json!({"model": "gpt-9", "input": "x"}),
            404,
            "model_not_found",
            "model",
        ),
    ] {
        api.post("/responses", body)
            .await
            .refused(status, code, param);
    }
    api.delete(&format!("/models/{model}")).await.ok();
    let reply = api.post("/chat/completions", chat(&model)).await;
    reply.refused(404, "model_not_found", "model");
}
