//! Where providers differ.

use axum::body::Body;
use rft_mcp_sandbox::{Config, Flavour, UnknownFlavour};
use serde_json::{Value, json};

use crate::support::{Api, MODEL, config, examples, number, pass, request, request_with};

const DATED: &str = "api-version=2025-04-01-preview";

/// Status and body of a call whose refusal is the gateway's own.
async fn seen(api: &Api, method: &str, path: &str, body: Value) -> (u16, Value) {
    let body = if method == "GET" {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    let (status, _, bytes) = api.raw(method, path, None, body).await;
    (status, serde_json::from_slice(&bytes).unwrap())
}

fn endpoint() -> Value {
    json!({"type": "endpoint", "name": "mine", "url": "https://grader.example/score", "rate_limit": 5})
}

fn lambda() -> Value {
    let function = "arn:aws:lambda:us-west-2:123456789012:function:score";
    json!({"type": "lambda", "lambda": {"function": function}})
}

#[test]
fn a_flavour_is_named() {
    for flavour in Flavour::ALL {
        assert_eq!(flavour.to_string().parse(), Ok(flavour));
    }
    let refused: Result<Flavour, UnknownFlavour> = "vertex".parse();
    assert_eq!(
        refused.unwrap_err().to_string(),
        "unknown flavour `vertex`: use one of openai, azure, bedrock"
    );
}

#[tokio::test(start_paused = true)]
async fn azure_wants_a_key_in_one_of_two_headers() {
    let api = Api::flavour(Flavour::Azure);
    let (status, body) = seen(&api.with_key(None), "GET", "/openai/v1/models", json!({})).await;
    assert_eq!((status, &body["error"]["code"]), (401, &json!("401")));
    for key in [("api-key", "any"), ("authorization", "Bearer any")] {
        api.with_key(Some(key)).get("/models").await.ok();
    }
    // What belongs to nobody's API is not at this one's place either.
    let (status, body) = seen(&api, "GET", "/v1/models", json!({})).await;
    assert_eq!(
        (status, &body["error"]["message"]),
        (404, &json!("Resource not found (simulated)"))
    );
}

#[tokio::test(start_paused = true)]
async fn the_first_wants_a_key_only_when_it_is_told_to() {
    let api = Api::new();
    api.with_key(None).get("/models").await.ok();
    let strict = Api::of(Config {
        requires_key: true,
        ..config()
    });
    for none in [
        None,
        Some(("authorization", "Basic YTpi")),
        Some(("api-key", "any")),
    ] {
        let told = strict.with_key(none).get("/models").await;
        let told = told.refused(401, (), ());
        assert!(told.contains("You didn't provide an API key"), "{told}");
    }
    let any = Some(("authorization", "Bearer any"));
    strict.with_key(any).get("/models").await.ok();
}

#[tokio::test(start_paused = true)]
async fn azure_has_a_dated_api_beside_the_undated_one() {
    let api = Api::flavour(Flavour::Azure);
    let legacy = api.at("/openai");
    let id = legacy
        .post(&format!("/fine_tuning/jobs?{DATED}"), request())
        .await
        .ok()["id"]
        .clone();
    let id = id.as_str().unwrap();
    // One state behind both.
    assert_eq!(api.job(id).await["status"], "validating_files");
    let listed = legacy
        .get(&format!("/fine_tuning/jobs?limit=5&{DATED}"))
        .await
        .ok();
    assert_eq!(listed["data"][0]["id"], id);
    for version in [
        "",
        "?api-version=",
        "?api-version=latest",
        "?api-version=2025-4-1",
    ] {
        let path = format!("/openai/fine_tuning/jobs{version}");
        let (status, body) = seen(&api, "GET", &path, json!({})).await;
        assert_eq!(
            (status, &body["error"]["code"]),
            (404, &json!("404")),
            "{path}"
        );
    }
    let (status, body) = seen(
        &api,
        "GET",
        &format!("/openai/v1/models?{DATED}"),
        json!({}),
    )
    .await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (400, &json!("BadRequest"))
    );
    api.get("/models?api-version=preview").await.ok();
    let path = format!("/openai/chat/completions?{DATED}");
    assert_eq!(seen(&api, "POST", &path, json!({})).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn azure_takes_graders_of_an_endpoint_and_where_to_train() {
    let api = Api::flavour(Flavour::Azure);
    let mut job = request_with(endpoint(), json!({}));
    job["trainingType"] = json!("GlobalStandard");
    // Graders of this type are not in the document.
    let (status, created) = seen(&api, "POST", "/openai/v1/fine_tuning/jobs", job).await;
    assert_eq!(status, 200, "{created}");
    pass(1e6).await;
    let metrics = api.metrics(created["id"].as_str().unwrap()).await;
    let grader = &metrics[0]["scores"]["graders"][0];
    assert_eq!(
        (&grader["type"], &grader["name"]),
        (&json!("endpoint"), &json!("mine"))
    );
    let run = json!({"grader": endpoint(), "model_sample": "x"});
    let (status, result) = seen(
        &api,
        "POST",
        "/openai/v1/fine_tuning/alpha/graders/run",
        run,
    )
    .await;
    assert_eq!(status, 200);
    assert!(
        result["metadata"]["simulated"]
            .as_str()
            .unwrap()
            .contains("nobody was asked")
    );
    let multi = json!({"type": "multi", "name": "m", "graders": {"e": endpoint()}, "calculate_output": "e / 2"});
    let multi = request_with(multi, json!({}));
    let (status, created) = seen(&api, "POST", "/openai/v1/fine_tuning/jobs", multi).await;
    assert_eq!(status, 200, "{created}");
    let plain = json!({"type": "endpoint", "name": "mine", "url": "http://grader.example"});
    for (grader, code, place) in [
        (lambda(), "invalid_grader", "type"),
        (plain, "invalid_grader", "url"),
        (
            json!({"type": "endpoint", "name": "mine"}),
            "missing_required_parameter",
            "url",
        ),
    ] {
        let param = format!("method.reinforcement.grader.{place}");
        let reply = api
            .post("/fine_tuning/jobs", request_with(grader, json!({})))
            .await;
        reply.refused(400, code, param);
    }
    let path = "/openai/v1/fine_tuning/checkpoints/x/permissions";
    assert_eq!(seen(&api, "GET", path, json!({})).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn azure_answers_once_a_model_is_deployed() {
    let api = Api::flavour(Flavour::Azure);
    let id = api.launch(request()).await;
    let model = api.finish(&id).await["fine_tuned_model"].clone();
    let ask =
        |name: &Value| json!({"model": name, "messages": [{"role": "user", "content": "Hi"}]});
    let path = "/openai/v1/chat/completions";
    for name in [&model, &json!(MODEL), &json!("mine")] {
        let (status, body) = seen(&api, "POST", path, ask(name)).await;
        assert_eq!(
            (status, &body["error"]["code"]),
            (404, &json!("DeploymentNotFound"))
        );
    }
    let wrong = json!({"name": "mine", "model": "gpt-9"});
    assert_eq!(
        seen(&api, "POST", "/sandbox/deployments", wrong).await.0,
        404
    );
    let deployment = json!({"name": "mine", "model": model});
    let (status, _) = seen(&api, "POST", "/sandbox/deployments", deployment).await;
    assert_eq!(status, 201);
    let reply = api
        .post("/chat/completions", ask(&json!("mine")))
        .await
        .ok();
    assert_eq!(reply["model"], model);
}

#[tokio::test(start_paused = true)]
async fn azure_pauses_a_job_once_when_it_has_cost_5000_dollars() {
    let api = Api::flavour(Flavour::Azure);
    let content = examples(1_000, 256 * 8);
    let file = api.upload("fine-tune", "big.jsonl", &content).await.ok()["id"].clone();
    let mut job = request_with(
        crate::support::exact(),
        json!({"batch_size": 256, "n_epochs": 50, "compute_multiplier": 10, "eval_interval": 100}),
    );
    job["training_file"] = file;
    let id = api.launch(job.clone()).await;
    pass(1e7).await;
    let paused = api.job(&id).await;
    assert_eq!(paused["status"], "paused");
    let cost = number(&paused["usage_metrics"]["training_cost_usd"]);
    assert_eq!(cost, 5_000.0);
    let messages: Vec<String> = api
        .events(&id)
        .await
        .iter()
        .map(|event| event["message"].as_str().unwrap().to_owned())
        .collect();
    assert!(messages.iter().any(|message| message.contains("$5,000")));
    // Whoever goes on has been warned: it does not stop again.
    api.act(&format!("/fine_tuning/jobs/{id}/resume"))
        .await
        .ok();
    pass(1e9).await;
    let done = api.finish(&id).await;
    assert!(number(&done["usage_metrics"]["training_cost_usd"]) > 5_000.0);
    // Nobody else's does.
    let api = Api::new();
    let file = api.upload("fine-tune", "big.jsonl", &content).await.ok()["id"].clone();
    job["training_file"] = file;
    let id = api.launch(job).await;
    pass(1e9).await;
    api.finish(&id).await;
}

#[tokio::test(start_paused = true)]
async fn bedrock_lacks_what_it_does_not_document() {
    let api = Api::flavour(Flavour::Bedrock);
    api.with_key(None)
        .get("/models")
        .await
        .refused(401, "invalid_api_key", ());
    let names: Vec<Value> = api.get("/models").await.ok()["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|model| model["id"].clone())
        .collect();
    assert_eq!(names, ["openai.gpt-oss-20b", "qwen.qwen3-32b"]);
    for (method, path) in [
        ("POST", "/fine_tuning/jobs/x/pause"),
        ("POST", "/fine_tuning/jobs/x/resume"),
        ("POST", "/fine_tuning/alpha/graders/run"),
        ("POST", "/fine_tuning/alpha/graders/validate"),
        ("GET", "/fine_tuning/checkpoints/x/permissions"),
        ("POST", "/uploads"),
    ] {
        let reply = api.call(method, path, None, Body::empty()).await;
        reply.refused(404, "unknown_url", ());
    }
}

#[tokio::test(start_paused = true)]
async fn bedrock_trains_its_models_with_functions_and_names_rewards_its_own_way() {
    let api = Api::flavour(Flavour::Bedrock);
    let content = examples(1_000, 100);
    let file = api.upload("fine-tune", "a.jsonl", &content).await.ok()["id"].clone();
    let mut job = request_with(lambda(), json!({"eval_interval": 2}));
    job["model"] = json!("qwen.qwen3-32b");
    job["training_file"] = file;
    let with = |key: &str, value: Value| {
        let mut job = job.clone();
        job[key] = value;
        job
    };
    for (body, code, param) in [
        (with("suffix", json!("s")), "unknown_parameter", "suffix"),
        (
            with("trainingType", json!("Standard")),
            "unknown_parameter",
            "trainingType",
        ),
        (with("model", json!(MODEL)), "model_not_found", "model"),
    ] {
        api.post("/fine_tuning/jobs", body)
            .await
            .refused(400, code, param);
    }
    for (grader, code, place) in [
        (crate::support::exact(), "invalid_value", "type"),
        (endpoint(), "invalid_grader", "type"),
        (
            json!({"type": "lambda"}),
            "missing_required_parameter",
            "lambda",
        ),
        (
            json!({"type": "lambda", "lambda": {"function": "score"}}),
            "invalid_grader",
            "lambda.function",
        ),
    ] {
        let body = with("method", request_with(grader, json!({}))["method"].clone());
        let param = format!("method.reinforcement.grader.{place}");
        api.post("/fine_tuning/jobs", body)
            .await
            .refused(400, code, param);
    }
    let (status, created) = seen(&api, "POST", "/v1/fine_tuning/jobs", job.clone()).await;
    assert_eq!(status, 200, "{created}");
    let id = created["id"].as_str().unwrap();
    pass(1e7).await;
    let events = format!("/fine_tuning/jobs/{id}/events?limit=1000");
    let events = api.get(&events).await.ok();
    let metrics: Vec<&Value> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["type"] == "metrics")
        .map(|event| &event["data"])
        .collect();
    assert!(!metrics.is_empty());
    for data in metrics {
        assert!(data["critic_rewards_mean"].is_f64(), "{data}");
        assert!(data.get("train_mean_reward").is_none() && data.get("scores").is_none());
    }
    // One example fewer is too few.
    let few = api
        .upload("fine-tune", "b.jsonl", &examples(2_000, 99))
        .await
        .ok()["id"]
        .clone();
    let (_, created) = seen(
        &api,
        "POST",
        "/v1/fine_tuning/jobs",
        with("training_file", few),
    )
    .await;
    pass(200.0).await;
    let path = format!("/v1/fine_tuning/jobs/{}", created["id"].as_str().unwrap());
    let (_, failed) = seen(&api, "GET", &path, json!({})).await;
    assert_eq!(failed["status"], "failed");
    assert!(
        failed["error"]["message"]
            .as_str()
            .unwrap()
            .contains("fewer than 100")
    );
}
