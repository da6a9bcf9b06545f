//! Requests that the provider refuses before anything happens.

use axum::body::Body;
use serde_json::{Value, json};

use crate::support::{Api, exact, request, request_with};

/// A request with one value set by JSON Pointer, or removed.
fn changed(path: &str, value: Option<Value>) -> Value {
    let mut request = request();
    let (parent, key) = path.rsplit_once('/').unwrap();
    let parent = request
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap();
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
    request
}

#[tokio::test(start_paused = true)]
async fn parameters_are_checked_one_by_one() {
    const HYPER: &str = "method.reinforcement.hyperparameters";
    let api = Api::new();
    let long = "x".repeat(65);
    let many: Value = (0..17)
        .map(|n| (n.to_string(), json!("v")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let wandb = |wandb: Value| json!([{"type": "wandb", "wandb": wandb}]);
    let hyper = |key: &str| format!("/method/reinforcement/hyperparameters/{key}");
    let cases: Vec<(String, Option<Value>, &str, String)> = [
        ("/model", None, "missing_required_parameter", "model"),
        ("/model", Some(json!(7)), "invalid_type", "model"),
        ("/model", Some(json!("gpt-9")), "model_not_found", "model"),
        (
            "/model",
            Some(json!("gpt-4o-2024-08-06")),
            "model_not_available",
            "model",
        ),
        (
            "/training_file",
            None,
            "missing_required_parameter",
            "training_file",
        ),
        (
            "/training_file",
            Some(json!("file-none")),
            "invalid_training_file",
            "training_file",
        ),
        (
            "/validation_file",
            None,
            "missing_required_parameter",
            "validation_file",
        ),
        (
            "/validation_file",
            Some(json!(null)),
            "missing_required_parameter",
            "validation_file",
        ),
        (
            "/validation_file",
            Some(json!("file-none")),
            "invalid_validation_file",
            "validation_file",
        ),
        (
            "/suffix",
            Some(json!("")),
            "string_below_min_length",
            "suffix",
        ),
        (
            "/suffix",
            Some(json!(long)),
            "string_above_max_length",
            "suffix",
        ),
        ("/seed", Some(json!(-1)), "integer_below_min_value", "seed"),
        (
            "/seed",
            Some(json!(2_147_483_648_u64)),
            "integer_above_max_value",
            "seed",
        ),
        ("/seed", Some(json!(1.5)), "invalid_type", "seed"),
        (
            "/metadata",
            Some(many),
            "object_above_max_properties",
            "metadata",
        ),
        (
            "/metadata",
            Some(json!({long.as_str(): "v"})),
            "string_above_max_length",
            "metadata",
        ),
        (
            "/metadata",
            Some(json!({"k": "v".repeat(513)})),
            "string_above_max_length",
            "metadata.k",
        ),
        (
            "/metadata",
            Some(json!({"k": 1})),
            "invalid_type",
            "metadata.k",
        ),
        (
            "/integrations",
            Some(json!([{"type": "mlflow"}])),
            "invalid_value",
            "integrations[0].type",
        ),
        (
            "/integrations",
            Some(wandb(json!({}))),
            "missing_required_parameter",
            "integrations[0].wandb.project",
        ),
        (
            "/integrations",
            Some(wandb(json!({"project": "p", "tags": [1]}))),
            "invalid_type",
            "integrations[0].wandb.tags",
        ),
        (
            "/max_steps",
            Some(json!(5)),
            "unknown_parameter",
            "max_steps",
        ),
        (
            "/hyperparameters",
            Some(json!({})),
            "unsupported_parameter",
            "hyperparameters",
        ),
        ("/method", None, "missing_required_parameter", "method"),
        (
            "/method/type",
            Some(json!("supervised")),
            "unsupported_value",
            "method.type",
        ),
        (
            "/method/type",
            Some(json!("magic")),
            "invalid_value",
            "method.type",
        ),
        (
            "/method/dpo",
            Some(json!({})),
            "unknown_parameter",
            "method.dpo",
        ),
        (
            "/method/reinforcement",
            None,
            "missing_required_parameter",
            "method.reinforcement",
        ),
        (
            "/method/reinforcement/grader",
            None,
            "missing_required_parameter",
            "method.reinforcement.grader",
        ),
        (
            "/method/reinforcement/tools",
            Some(json!([])),
            "unknown_parameter",
            "method.reinforcement.tools",
        ),
        (
            "/method/reinforcement/response_format",
            Some(json!({"type": "text"})),
            "invalid_value",
            "method.reinforcement.response_format.type",
        ),
        (
            "/method/reinforcement/response_format",
            Some(json!({"type": "json_schema", "json_schema": {"name": "n"}})),
            "missing_required_parameter",
            "method.reinforcement.response_format.json_schema.schema",
        ),
    ]
    .map(|(path, value, code, param)| (path.to_owned(), value, code, param.to_owned()))
    .into_iter()
    .chain(
        [
            ("batch_size", json!(0), "integer_below_min_value"),
            ("batch_size", json!(257), "integer_above_max_value"),
            ("batch_size", json!("large"), "invalid_type"),
            ("n_epochs", json!(0), "integer_below_min_value"),
            ("n_epochs", json!(51), "integer_above_max_value"),
            (
                "learning_rate_multiplier",
                json!(0),
                "decimal_below_min_value",
            ),
            ("learning_rate_multiplier", json!(true), "invalid_type"),
            (
                "compute_multiplier",
                json!(0.000_01),
                "decimal_below_min_value",
            ),
            ("compute_multiplier", json!(10.1), "decimal_above_max_value"),
            ("eval_interval", json!(0), "integer_below_min_value"),
            ("eval_samples", json!(0.5), "invalid_type"),
            ("reasoning_effort", json!("extreme"), "invalid_value"),
            ("learning_rate", json!(0.001), "unknown_parameter"),
        ]
        .map(|(key, value, code)| (hyper(key), Some(value), code, format!("{HYPER}.{key}"))),
    )
    .collect();
    for (path, value, code, param) in cases {
        let reply = api.post("/fine_tuning/jobs", changed(&path, value)).await;
        reply.refused(400, code, param);
    }
    // Nothing was created.
    assert_eq!(api.get("/fine_tuning/jobs").await.ok()["data"], json!([]));
}

#[tokio::test(start_paused = true)]
async fn the_ends_of_every_range_are_accepted() {
    let api = Api::new();
    for (key, values) in [
        ("batch_size", [json!(1), json!(256)]),
        ("n_epochs", [json!(1), json!(50)]),
        ("learning_rate_multiplier", [json!(0.000_001), json!(1000)]),
        ("compute_multiplier", [json!(0.000_02), json!(10)]),
        ("eval_interval", [json!(1), json!(1_000_000)]),
        ("eval_samples", [json!(1), json!(100)]),
        ("reasoning_effort", [json!("default"), json!("high")]),
    ] {
        for value in values {
            api.launch(request_with(exact(), json!({key: value}))).await;
        }
    }
    for (path, value) in [
        ("/suffix", json!("x".repeat(64))),
        ("/seed", json!(2_147_483_647)),
        ("/seed", json!(0)),
        ("/metadata", json!({"k".repeat(64): "v".repeat(512)})),
    ] {
        api.launch(changed(path, Some(value))).await;
    }
}

#[tokio::test(start_paused = true)]
async fn files_must_exist_and_be_for_fine_tuning() {
    let api = Api::new();
    let other = api.upload("user_data", "f", "x").await.ok()["id"].clone();
    let reply = api
        .post("/fine_tuning/jobs", changed("/training_file", Some(other)))
        .await;
    assert!(
        reply
            .refused(400, "invalid_training_file", "training_file")
            .contains("expected 'fine-tune'")
    );
    let gone = api.upload("fine-tune", "f", "x").await.ok()["id"].clone();
    api.delete(&format!("/files/{}", gone.as_str().unwrap()))
        .await
        .ok();
    let reply = api
        .post("/fine_tuning/jobs", changed("/validation_file", Some(gone)))
        .await;
    assert!(
        reply
            .refused(400, "invalid_validation_file", "validation_file")
            .contains("no such file")
    );
}

#[tokio::test(start_paused = true)]
async fn graders_must_be_whole() {
    const AT: &str = "method.reinforcement.grader";
    let api = Api::new();
    let with = |changes: Value| {
        let mut grader = exact();
        for (key, value) in changes.as_object().unwrap() {
            grader[key] = value.clone();
        }
        grader
    };
    let multi = |graders: Value, formula: &str| json!({"type": "multi", "name": "m", "graders": graders, "calculate_output": formula});
    let model = |changes: Value| {
        let mut grader = crate::support::score_model();
        for (key, value) in changes.as_object().unwrap() {
            grader[key] = value.clone();
        }
        grader
    };
    let python = |source: &str| json!({"type": "python", "name": "p", "source": source});
    let similar = json!({"type": "text_similarity", "name": "t", "input": "a", "reference": "b", "evaluation_metric": "cosine"});
    for (grader, code, place) in [
        (json!("exact"), "invalid_type", ""),
        (with(json!({"type": "magic"})), "invalid_value", ".type"),
        (
            with(json!({"type": null})),
            "missing_required_parameter",
            ".type",
        ),
        (with(json!({"type": "endpoint"})), "invalid_grader", ".type"),
        (with(json!({"type": "lambda"})), "invalid_grader", ".type"),
        (
            with(json!({"type": "label_model"})),
            "invalid_value",
            ".type",
        ),
        (
            with(json!({"name": null})),
            "missing_required_parameter",
            ".name",
        ),
        (
            with(json!({"operation": "neq"})),
            "invalid_value",
            ".operation",
        ),
        (
            with(json!({"reference": null})),
            "missing_required_parameter",
            ".reference",
        ),
        (
            with(json!({"colour": "red"})),
            "unknown_parameter",
            ".colour",
        ),
        (
            with(json!({"input": "{{ reference.x }}"})),
            "invalid_grader",
            ".input",
        ),
        (
            with(json!({"input": "{{ sample.output_json.x }}"})),
            "invalid_grader",
            ".input",
        ),
        (
            with(json!({"input": "{{ item.x"})),
            "invalid_grader",
            ".input",
        ),
        (similar, "invalid_value", ".evaluation_metric"),
        (
            model(json!({"model": "gpt-9"})),
            "model_not_found",
            ".model",
        ),
        (model(json!({"input": []})), "invalid_grader", ".input"),
        (
            model(json!({"input": [{"role": "robot", "content": "x"}]})),
            "invalid_value",
            ".input[0].role",
        ),
        (
            model(json!({"input": [{"role": "user", "content": "{{x}}"}]})),
            "invalid_grader",
            ".input[0].content",
        ),
        (model(json!({"range": [1, 0]})), "invalid_grader", ".range"),
        (model(json!({"range": [1]})), "invalid_grader", ".range"),
        (
            model(json!({"sampling_params": {"top_k": 1}})),
            "unknown_parameter",
            ".sampling_params.top_k",
        ),
        (python("x = 1"), "invalid_grader", ".source"),
        (
            python(&format!(
                "def grade(sample, item):\n  return 0\n{}",
                "#".repeat(256 * 1024)
            )),
            "invalid_grader",
            ".source",
        ),
        (multi(json!([exact()]), "exact"), "invalid_type", ".graders"),
        (multi(exact(), "exact"), "invalid_grader", ".graders"),
        (multi(json!({}), "1"), "invalid_grader", ".graders"),
        (
            multi(json!({"a": exact()}), "a + b"),
            "invalid_grader",
            ".calculate_output",
        ),
        (
            multi(json!({"a": exact()}), "a +"),
            "invalid_grader",
            ".calculate_output",
        ),
        (
            multi(json!({"a": exact()}), "mean(a)"),
            "invalid_grader",
            ".calculate_output",
        ),
        (
            multi(json!({"a": multi(json!({"b": exact()}), "b")}), "a"),
            "invalid_grader",
            ".graders.a.type",
        ),
        (
            multi(json!({"a": with(json!({"operation": "is"}))}), "a"),
            "invalid_value",
            ".graders.a.operation",
        ),
    ] {
        let reply = api
            .post("/fine_tuning/jobs", request_with(grader.clone(), json!({})))
            .await;
        reply.refused(400, code, format!("{AT}{place}"));
    }
    // With a response format, answers are JSON.
    let mut request = request_with(
        with(json!({"input": "{{ sample.output_json.x }}"})),
        json!({}),
    );
    request["method"]["reinforcement"]["response_format"] =
        json!({"type": "json_schema", "name": "n", "schema": {}, "strict": true});
    api.launch(request).await;
}

#[tokio::test(start_paused = true)]
async fn what_does_not_exist_is_a_404() {
    let api = Api::new();
    for (method, path) in [
        ("GET", ""),
        ("GET", "/events"),
        ("GET", "/checkpoints"),
        ("POST", "/pause"),
        ("POST", "/resume"),
        ("POST", "/cancel"),
    ] {
        let path = format!("/fine_tuning/jobs/ftjob-none{path}");
        let reply = api.call(method, &path, None, Body::empty()).await;
        let message = reply.refused(404, "fine_tune_not_found", "fine_tuning_job_id");
        assert_eq!(message, "Could not find fine tune: ftjob-none (simulated)");
    }
    let reply = api.get("/evals?x=1").await;
    assert_eq!(
        reply.refused(404, "unknown_url", ()),
        "Unknown request URL: GET /v1/evals. The sandbox does not simulate this endpoint. (simulated)"
    );
    api.delete("/fine_tuning/jobs")
        .await
        .refused(405, "method_not_supported", ());
    api.get("/files/%FF").await.refused(400, "invalid_path", ());
    api.get("/fine_tuning/jobs?order=asc")
        .await
        .refused(400, "unknown_parameter", "order");
}

#[tokio::test(start_paused = true)]
async fn bodies_must_be_json_objects_of_bounded_length() {
    let api = Api::new();
    let path = "/fine_tuning/jobs";
    for (text, code) in [
        ("{", json!(null)),
        ("", json!(null)),
        ("[]", json!("invalid_type")),
    ] {
        let reply = api.call("POST", path, None, Body::from(text)).await;
        reply.refused(400, code, ());
    }
    let long = format!("{{\"model\": \"{}\"}}", "x".repeat(3 << 20));
    let reply = api.call("POST", path, None, Body::from(long)).await;
    reply.refused(413, "request_too_large", ());
}
