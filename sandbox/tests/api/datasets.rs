//! Files that are accepted when they come and rejected when a job validates them.

use serde_json::Value;

use crate::support::{Api, examples, request};

/// Creates a job with these contents and gives it as it ends.
async fn run(train: &str, valid: &str) -> (Api, Value) {
    let api = Api::new();
    let mut request = request();
    for (key, content) in [("training_file", train), ("validation_file", valid)] {
        request[key] = api.upload("fine-tune", key, content).await.ok()["id"].clone();
    }
    let id = api.launch(request).await;
    let job = api.until(&id, "failed").await;
    (api, job)
}

#[tokio::test(start_paused = true)]
async fn a_bad_line_fails_the_job_with_its_number() {
    let assistant =
        r#"{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"#;
    for (line, expected) in [
        ("{nonsense", "line 3 is not valid JSON"),
        (
            assistant,
            "line 3: the last message must come from the user",
        ),
        (r#"{"prompt":"x"}"#, "line 3 has no `messages`"),
        (
            r#"{"messages":[{"role":"system","content":"x"}]}"#,
            "line 3: message 1 has no `role`",
        ),
    ] {
        let train = format!("{}{line}\n{}", examples(0, 2), examples(2, 2));
        let (api, job) = run(&train, &examples(10, 2)).await;
        let error = &job["error"];
        assert_eq!(
            (&error["code"], &error["param"]),
            (&"invalid_training_file".into(), &"training_file".into())
        );
        assert!(
            error["message"].as_str().unwrap().contains(expected),
            "{error}"
        );
        assert!(job["finished_at"].is_u64());
        assert_eq!(job["usage_metrics"]["training_seconds"], 0);
        let event = &api.events(job["id"].as_str().unwrap()).await[0];
        assert_eq!(
            (&event["level"], &event["message"]),
            (&"error".into(), &error["message"])
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_validation_file_is_checked_too() {
    let (_, job) = run(&examples(0, 3), "\n\n").await;
    assert_eq!(job["error"]["code"], "invalid_validation_file");
    assert_eq!(job["error"]["param"], "validation_file");
    assert!(
        job["error"]["message"]
            .as_str()
            .unwrap()
            .contains("holds no examples")
    );
}

#[tokio::test(start_paused = true)]
async fn the_same_example_must_not_be_in_both_files() {
    let (_, job) = run(&examples(0, 5), &examples(3, 5)).await;
    assert_eq!(job["error"]["param"], "validation_file");
    assert!(
        job["error"]["message"]
            .as_str()
            .unwrap()
            .contains("shares 2 example(s)")
    );
}

#[tokio::test(start_paused = true)]
async fn too_many_examples_are_rejected() {
    let (_, job) = run(&examples(0, 50_001), &examples(60_000, 2)).await;
    assert_eq!(job["error"]["code"], "invalid_training_file");
    assert!(
        job["error"]["message"]
            .as_str()
            .unwrap()
            .contains("50001 examples, more than 50000")
    );
    let (_, job) = run(&examples(0, 2), &examples(10, 1_001)).await;
    assert_eq!(job["error"]["code"], "invalid_validation_file");
}
