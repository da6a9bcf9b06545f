//! Metrics events and checkpoints.

use std::collections::BTreeSet;

use rft_mcp_sandbox::Scenario;
use serde_json::{Value, json};

use crate::support::{Api, number, request_with, score_model};

/// Every path to a leaf; array elements and keys of `model_graders_token_usage` count as one.
fn shape(value: &Value, path: &str, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = if path.ends_with("model_graders_token_usage") {
                    "*"
                } else {
                    key
                };
                shape(value, &format!("{path}/{key}"), paths);
            }
        }
        Value::Array(items) => {
            for item in items {
                shape(item, &format!("{path}/-"), paths);
            }
        }
        _ => {
            paths.insert(path.to_owned());
        }
    }
}

fn shape_of(value: &Value) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    shape(value, "", &mut paths);
    paths
}

#[tokio::test(start_paused = true)]
async fn an_event_has_exactly_the_keys_of_a_real_one() {
    let sample: Value =
        serde_json::from_str(include_str!("../data/sample-metric-event.json")).unwrap();
    let api = Api::new();
    let id = api
        .launch(request_with(score_model(), json!({"eval_interval": 2})))
        .await;
    api.finish(&id).await;
    let events = api.events(&id).await;
    let metrics: Vec<&Value> = events.iter().filter(|e| e["type"] == "metrics").collect();
    for event in &metrics {
        assert_eq!(shape_of(event), shape_of(&sample));
    }
    // With an evaluation, nothing is null; without one, exactly what belongs to it is.
    let evaluated = |event: &Value| number(&event["data"]["step"]) % 2.0 == 0.0;
    for event in metrics {
        let message = event["message"].as_str().unwrap();
        assert_eq!(
            message.contains("full validation mean reward="),
            evaluated(event),
            "{message}"
        );
        let mut nulls = BTreeSet::new();
        for path in shape_of(event) {
            if event
                .pointer(&path.replace('-', "0").replace('*', "gpt-4o-2024-08-06"))
                .unwrap()
                .is_null()
            {
                nulls.insert(path);
            }
        }
        let belongs = |path: &&String| {
            path.contains("/valid_") || path.contains("/full_valid_") || path.ends_with("/eval")
        };
        let expected: BTreeSet<String> = if evaluated(event) {
            BTreeSet::new()
        } else {
            shape_of(event).iter().filter(belongs).cloned().collect()
        };
        assert_eq!(nulls, expected, "{message}");
    }
}

#[tokio::test(start_paused = true)]
async fn both_names_of_a_reward_agree() {
    let api = Api::new();
    let id = api.launch(request_with(score_model(), json!({}))).await;
    api.finish(&id).await;
    for data in api.metrics(&id).await {
        assert_eq!(
            data["train_mean_reward"],
            data["scores"]["train_reward_mean"]
        );
        assert_eq!(
            data["full_valid_mean_reward"],
            data["scores"]["valid_reward_mean"]
        );
        let grader = &data["scores"]["graders"][0];
        assert_eq!(
            (&grader["name"], &grader["type"]),
            (&"judge".into(), &"score_model".into())
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_multi_grader_reports_each_of_its_graders() {
    let grader = json!({
        "type": "multi", "name": "both",
        "graders": {
            "a": score_model(),
            "b": {"type": "python", "name": "code", "source": "def grade(sample, item):\n    return 1.0"},
        },
        "calculate_output": "(a + b) / 2",
    });
    let api = Api::new();
    let id = api.launch(request_with(grader, json!({}))).await;
    api.until_step(&id, 1).await;
    let data = &api.metrics(&id).await[0];
    let names = |key: &str| -> Vec<String> {
        let graders = data[key]["graders"].as_array().unwrap().iter();
        graders
            .map(|g| g["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names("scores"), ["judge", "code"]);
    assert_eq!(names("errors"), ["judge", "code"]);
    assert_eq!(names("usage"), ["judge"]);
    assert_eq!(
        data["errors"]["graders"][1]["train_python_grader_runtime_error_mean"],
        0.0
    );
}

#[tokio::test(start_paused = true)]
async fn keys_that_the_examples_lack_show_as_invalid_variables() {
    let api = Api::new();
    let grader = json!({
        "type": "string_check", "name": "typo", "operation": "eq",
        "input": "{{ sample.output_text }}", "reference": "{{ item.refrence_answer }}",
    });
    let id = api
        .launch(request_with(grader, json!({"eval_interval": 1})))
        .await;
    api.until_step(&id, 3).await;
    for data in api.metrics(&id).await {
        let errors = &data["errors"]["graders"][0];
        assert_eq!(errors["train_invalid_variable_error_mean"], 1.0);
        assert_eq!(errors["valid_invalid_variable_error_mean"], 1.0);
        assert_eq!(data["train_mean_reward"], 0.0);
    }
}

#[tokio::test(start_paused = true)]
async fn the_three_best_checkpoints_by_validation_reward_are_kept() {
    for scenario in [Scenario::Healthy, Scenario::Collapse] {
        let api = Api::with(scenario);
        let id = api
            .launch(request_with(score_model(), json!({"eval_interval": 2})))
            .await;
        api.finish(&id).await;
        let mut evaluated: Vec<(f64, f64)> = api
            .metrics(&id)
            .await
            .iter()
            .filter(|data| !data["full_valid_mean_reward"].is_null())
            .map(|data| {
                (
                    number(&data["full_valid_mean_reward"]),
                    number(&data["step"]),
                )
            })
            .collect();
        assert_eq!(evaluated.len(), 11);
        evaluated.sort_by(|a, b| b.partial_cmp(a).unwrap());
        evaluated.truncate(3);
        evaluated.sort_by(|a, b| b.1.total_cmp(&a.1));
        let checkpoints = api.checkpoints(&id).await;
        let kept: Vec<(f64, f64)> = checkpoints
            .iter()
            .map(|c| {
                (
                    number(&c["metrics"]["full_valid_mean_reward"]),
                    number(&c["step_number"]),
                )
            })
            .collect();
        assert_eq!(kept, evaluated);
    }
}

#[tokio::test(start_paused = true)]
async fn a_checkpoint_that_is_not_kept_is_no_model_any_more() {
    let api = Api::with(Scenario::Collapse);
    let id = api
        .launch(request_with(score_model(), json!({"eval_interval": 1})))
        .await;
    api.until_step(&id, 1).await;
    let first = api.checkpoints(&id).await[0]["fine_tuned_model_checkpoint"].clone();
    let path = format!("/models/{}", first.as_str().unwrap());
    api.get(&path).await.ok();
    api.finish(&id).await;
    api.get(&path)
        .await
        .refused(404, "model_not_found", "model");
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_is_kept_while_the_job_is_paused_however_it_ranks() {
    let api = Api::with(Scenario::Collapse);
    let id = api
        .launch(request_with(score_model(), json!({"eval_interval": 1})))
        .await;
    api.until_step(&id, 20).await;
    let steps = async || -> Vec<u64> {
        let checkpoints = api.checkpoints(&id).await;
        let steps = checkpoints.iter().map(|c| c["step_number"].as_u64());
        steps.collect::<Option<_>>().unwrap()
    };
    let best = steps().await;
    api.act(&format!("/fine_tuning/jobs/{id}/pause")).await.ok();
    api.until(&id, "paused").await;
    let paused = steps().await;
    assert_eq!((paused.len(), paused[0]), (3, 20), "{paused:?}");
    assert!(paused[1..].iter().all(|step| best.contains(step)));
    api.act(&format!("/fine_tuning/jobs/{id}/resume"))
        .await
        .ok();
    api.until(&id, "running").await;
    assert_eq!(steps().await, best);
}

#[tokio::test(start_paused = true)]
async fn the_last_step_is_always_evaluated() {
    let api = Api::new();
    let id = api
        .launch(request_with(score_model(), json!({"eval_interval": 1000})))
        .await;
    api.finish(&id).await;
    let metrics = api.metrics(&id).await;
    let evaluated = metrics
        .iter()
        .map(|data| !data["full_valid_mean_reward"].is_null());
    let evaluated: Vec<bool> = evaluated.collect();
    let (last, others) = evaluated.split_last().unwrap();
    assert!(*last && others.iter().all(|evaluated| !evaluated));
    assert_eq!(api.checkpoints(&id).await.len(), 1);
}
