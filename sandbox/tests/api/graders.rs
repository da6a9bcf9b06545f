//! `graders/run` and `graders/validate`.

use serde_json::{Value, json};

use crate::support::{Api, exact, score_model};

async fn run(api: &Api, grader: Value, item: Value, sample: &str) -> Value {
    let body = json!({"grader": grader, "item": item, "model_sample": sample});
    api.post("/fine_tuning/alpha/graders/run", body).await.ok()
}

fn errors(reply: &Value) -> Vec<&str> {
    let errors = reply["metadata"]["errors"].as_object().unwrap();
    assert_eq!(errors.len(), 14);
    errors
        .iter()
        .filter(|(_, v)| **v == true)
        .map(|(k, _)| k.as_str())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn string_checks_are_computed() {
    let api = Api::new();
    for (operation, input, reference, reward) in [
        ("eq", "Cat", "Cat", 1.0),
        ("eq", "cat", "Cat", 0.0),
        ("ne", "cat", "Cat", 1.0),
        ("ne", "Cat", "Cat", 0.0),
        ("like", "the Cat sat", "Cat", 1.0),
        ("like", "the cat sat", "Cat", 0.0),
        ("ilike", "the cat sat", "CAT", 1.0),
        ("ilike", "the dog sat", "CAT", 0.0),
    ] {
        let mut grader = exact();
        grader["operation"] = operation.into();
        let reply = run(&api, grader, json!({"reference_answer": reference}), input).await;
        assert_eq!(reply["reward"], reward, "{operation} {input} {reference}");
        assert!(errors(&reply).is_empty());
        assert_eq!(reply["metadata"]["simulated"], Value::Null);
        assert_eq!(
            (&reply["metadata"]["name"], &reply["metadata"]["type"]),
            (&"exact".into(), &"string_check".into())
        );
    }
}

#[tokio::test(start_paused = true)]
async fn templates_that_have_no_value_are_errors_with_reward_0() {
    let api = Api::new();
    let reply = run(&api, exact(), json!({}), "x").await;
    assert_eq!(
        (&reply["reward"], errors(&reply)),
        (&0.0.into(), vec!["invalid_variable_error"])
    );
    let mut grader = exact();
    grader["input"] = "{{ sample.output_json.a }}".into();
    let item = json!({"reference_answer": "1"});
    let reply = run(&api, grader.clone(), item.clone(), "not json").await;
    assert_eq!(
        (&reply["reward"], errors(&reply)),
        (&0.0.into(), vec!["sample_parse_error"])
    );
    let reply = run(&api, grader.clone(), item.clone(), "{\"b\": 1}").await;
    assert_eq!(errors(&reply), ["invalid_variable_error"]);
    let reply = run(&api, grader, item, "{\"a\": 1}").await;
    assert_eq!(reply["reward"], 1.0);
}

#[tokio::test(start_paused = true)]
async fn a_multi_grader_computes_its_formula() {
    let api = Api::new();
    let similar = |metric: &str| {
        json!({"type": "text_similarity", "name": metric, "evaluation_metric": metric,
               "input": "{{ sample.output_text }}", "reference": "{{ item.reference_answer }}"})
    };
    let multi = |formula: &str| {
        json!({"type": "multi", "name": "m", "calculate_output": formula,
               "graders": {"hit": exact(), "near": similar("fuzzy_match"), "words": similar("rouge_1")}})
    };
    let item = json!({"reference_answer": "this is a test"});
    let sample = "this is a test!";
    let reply = run(
        &api,
        multi("0.5 * hit + near ^ 2 / 2 - min(words, 0.25)"),
        item.clone(),
        sample,
    )
    .await;
    let near: f64 = 28.0 / 29.0;
    let expected = near.powi(2) / 2.0 - 0.25;
    assert!(
        (reply["reward"].as_f64().unwrap() - expected).abs() < 1e-12,
        "{reply}"
    );
    assert_eq!(reply["sub_rewards"]["hit"], 0.0);
    assert_eq!(reply["sub_rewards"]["words"], 1.0);
    assert_eq!(reply["metadata"]["scores"], reply["sub_rewards"]);
    // What is not a number is no reward.
    let reply = run(&api, multi("near / hit"), item.clone(), sample).await;
    assert_eq!(
        (&reply["reward"], errors(&reply)),
        (&0.0.into(), vec!["other_error"])
    );
    // An error of one of them is an error of the whole.
    let reply = run(&api, multi("hit + near"), json!({}), sample).await;
    assert_eq!(errors(&reply), ["invalid_variable_error"]);
}

#[tokio::test(start_paused = true)]
async fn model_and_python_graders_say_that_they_are_made_up() {
    let api = Api::new();
    let mut judge = score_model();
    judge["range"] = json!([5, 7]);
    let reply = run(&api, judge.clone(), json!({}), "an answer").await;
    assert!((5.0..=7.0).contains(&reply["reward"].as_f64().unwrap()));
    assert!(
        reply["metadata"]["simulated"]
            .as_str()
            .unwrap()
            .contains("no model was asked")
    );
    let model = "gpt-4o-2024-08-06";
    assert_eq!(reply["metadata"]["sampled_model_name"], model);
    assert_eq!(
        reply["metadata"]["token_usage"],
        reply["model_grader_token_usage_per_model"][model]["total_tokens"]
    );
    assert_eq!(
        reply,
        run(&api, judge.clone(), json!({}), "an answer").await
    );
    assert_ne!(
        reply["reward"],
        run(&api, judge.clone(), json!({}), "another").await["reward"]
    );

    let python =
        json!({"type": "python", "name": "p", "source": "def grade(sample, item):\n    return 1"});
    let reply = run(&api, python.clone(), json!({}), "x").await;
    assert!(
        reply["metadata"]["simulated"]
            .as_str()
            .unwrap()
            .contains("was not run")
    );
    let both = json!({"type": "multi", "name": "m", "graders": {"a": judge, "b": python}, "calculate_output": "a+b"});
    let reply = run(&api, both, json!({}), "x").await;
    assert!(
        reply["metadata"]["simulated"]
            .as_str()
            .unwrap()
            .contains("b: the source")
    );
    assert!(reply["model_grader_token_usage_per_model"][model].is_object());
}

#[tokio::test(start_paused = true)]
async fn validate_echoes_what_it_accepts_and_names_what_it_does_not() {
    let api = Api::new();
    let path = "/fine_tuning/alpha/graders/validate";
    assert_eq!(
        api.post(path, json!({"grader": exact()})).await.ok()["grader"],
        exact()
    );
    let mut grader = exact();
    grader["operation"] = "is".into();
    api.post(path, json!({"grader": grader})).await.refused(
        400,
        "invalid_value",
        "grader.operation",
    );
    api.post(path, json!({}))
        .await
        .refused(400, "missing_required_parameter", "grader");
    let run = "/fine_tuning/alpha/graders/run";
    api.post(run, json!({"grader": exact()})).await.refused(
        400,
        "missing_required_parameter",
        "model_sample",
    );
    api.post(
        run,
        json!({"grader": exact(), "model_sample": "x", "item": []}),
    )
    .await
    .refused(400, "invalid_type", "item");
}

#[tokio::test(start_paused = true)]
async fn very_long_texts_are_cut_and_say_so() {
    let api = Api::new();
    let grader = json!({"type": "text_similarity", "name": "t", "evaluation_metric": "rouge_l",
                        "input": "{{ sample.output_text }}", "reference": "x"});
    let reply = run(&api, grader, json!({}), &"word ".repeat(20_000)).await;
    assert_eq!(errors(&reply), ["truncated_observation_error"]);
}
