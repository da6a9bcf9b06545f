//! Every provider of the manifest, in front of the simulated provider that shows its differences.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test fails by panicking, and tables are long"
)]

use bench::{Bench, exact, lambda};
use rft_mcp::TABLE;
use rft_mcp_sandbox::Flavour;
use serde_json::{Value, json};

#[path = "providers/bench.rs"]
mod bench;
#[path = "providers/differences.rs"]
mod differences;
#[cfg(feature = "watches")]
#[path = "providers/errors.rs"]
mod errors;
#[path = "providers/offers.rs"]
mod offers;
#[path = "providers/refusals.rs"]
mod refusals;

/// From two files to a checkpoint that answers, with every tool on the way.
#[tokio::test]
async fn files_graders_jobs_checkpoints_and_models() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    let files = bench
        .call(
            "list_files",
            json!({"purpose": "fine-tune", "order": "asc"}),
        )
        .await;
    assert_eq!(files["files"][0]["file_id"], "file-sandbox-train");
    let file = bench
        .call("get_file", json!({"file_id": "file-sandbox-valid"}))
        .await;
    assert_eq!(file, files["files"][1]);

    let grader = exact();
    let valid = bench
        .call("validate_grader", json!({"grader": grader}))
        .await;
    assert_eq!(valid, json!({"valid": true, "grader": grader}));
    let run = json!({"grader": grader, "model_sample": "yes", "example": {"word": "yes"}});
    let run = bench.call("run_grader", run).await;
    assert_eq!(
        (&run["reward"], &run["errors"]["other_error"]),
        (&json!(1.0), &json!(false))
    );
    let run = bench
        .call(
            "run_grader",
            json!({"grader": grader, "model_sample": "yes"}),
        )
        .await;
    assert_eq!(
        (&run["reward"], &run["errors"]["invalid_variable_error"]),
        (&json!(0.0), &json!(true))
    );

    let job = bench
        .launch(json!({"grader": grader, "suffix": "mine"}))
        .await;
    let done = bench.until(&job, "succeeded").await;
    let kept = bench.call("list_checkpoints", json!({"job_id": job})).await;
    let checkpoint = kept["checkpoints"][0]["model"].as_str().unwrap();
    let trained = done["fine_tuned_model"].as_str().unwrap();
    assert!(trained.contains(":mine:"), "{trained}");

    let ask = json!({"model": checkpoint, "messages": [{"role": "user", "content": "Yes or no?"}], "samples": 2});
    let answer = bench.call("sample_model", ask).await;
    assert_eq!(answer["samples"].as_array().unwrap().len(), 2);
    assert!(
        answer["samples"][1]["text"]
            .as_str()
            .unwrap()
            .contains("simulated")
    );
    let schema =
        json!({"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}});
    let ask = json!({"model": trained, "messages": [{"role": "user", "content": "?"}], "response_schema": schema.clone()});
    let answer = bench.call("sample_model", ask).await;
    let answer: Value =
        serde_json::from_str(answer["samples"][0]["text"].as_str().unwrap()).unwrap();
    assert!(answer["ok"].is_boolean(), "{answer}");

    let messages = json!([{"role": "developer", "content": "Briefly."}, {"role": "user", "content": "Yes or no?"}]);
    let ask = json!({"api": "responses", "model": checkpoint, "messages": messages, "samples": 2});
    let answer = bench.call("sample_model", ask.clone()).await;
    let samples = answer["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 2, "{answer}");
    for sample in samples {
        let text = sample["text"].as_str().unwrap();
        assert!(
            text.contains("simulated") && text.contains("Yes or no?"),
            "{text}"
        );
        assert_eq!(sample["finish_reason"], "stop");
    }
    let mut one = ask.clone();
    one["samples"] = json!(1);
    let one = bench.call("sample_model", one).await;
    assert_eq!(
        answer["usage"]["total_tokens"].as_u64(),
        one["usage"]["total_tokens"].as_u64().map(|one| 2 * one)
    );
    let mut formed = ask;
    formed["response_schema"] = schema;
    formed["max_completion_tokens"] = json!(50);
    formed["reasoning_effort"] = json!("low");
    let answer = bench.call("sample_model", formed).await;
    let answer: Value =
        serde_json::from_str(answer["samples"][0]["text"].as_str().unwrap()).unwrap();
    assert!(answer["ok"].is_boolean(), "{answer}");

    let list = bench.call("list_models", json!({})).await;
    let model = bench.call("get_model", json!({"model": trained})).await;
    assert!(
        list["models"].as_array().unwrap().contains(&model),
        "{list}"
    );
    let retired = bench
        .call("get_model", json!({"model": "o1-mini-2024-09-12"}))
        .await;
    assert_eq!(retired["shutdown_date"], "2025-10-27");

    let share = json!({"checkpoint": checkpoint, "project_ids": ["proj_a", "proj_b"]});
    let given = bench.call("create_checkpoint_permissions", share).await;
    let listed = bench
        .call(
            "list_checkpoint_permissions",
            json!({"checkpoint": checkpoint, "project_id": "proj_a"}),
        )
        .await;
    assert_eq!(listed["permissions"], json!([given["permissions"][0]]));
    let id = &listed["permissions"][0]["permission_id"];
    let taken = json!({"checkpoint": checkpoint, "permission_id": id});
    let taken = bench.call("delete_checkpoint_permission", taken).await;
    assert_eq!(taken, json!({"permission_id": id, "deleted": true}));

    let gone = bench.call("delete_model", json!({"model": trained})).await;
    assert_eq!(gone, json!({"model": trained, "deleted": true}));
    let gone = bench
        .call("delete_file", json!({"file_id": "file-sandbox-train"}))
        .await;
    assert_eq!(
        gone,
        json!({"file_id": "file-sandbox-train", "deleted": true})
    );
}

/// What a job is, at each provider: launched, followed to its end, and judged by its checkpoints.
#[tokio::test]
async fn each_provider_trains() {
    for (provider, flavour, grader) in [
        ("openai", Flavour::OpenAi, exact()),
        ("azure", Flavour::Azure, exact()),
        ("azure-legacy", Flavour::Azure, exact()),
        ("bedrock", Flavour::Bedrock, lambda()),
        ("sandbox", Flavour::OpenAi, exact()),
    ] {
        let bench = Bench::start(provider, flavour).await;
        let job = bench
            .launch(json!({"grader": grader, "metadata": {"launch": provider}}))
            .await;
        let by = match provider {
            "bedrock" => json!({"limit": 1}),
            _ => json!({"metadata": {"launch": provider}}),
        };
        let found = bench.call("list_jobs", by).await;
        assert_eq!(found["jobs"][0]["job_id"], job.as_str(), "{provider}");
        let done = bench.until(&job, "succeeded").await;
        let reward = done["metrics"]["train_reward"].as_f64();
        assert!(
            reward.is_some_and(|reward| reward > 0.2),
            "{provider}: {done}"
        );
        assert!(
            done["metrics"]["valid_reward"].is_f64(),
            "{provider}: {done}"
        );
        let kept = bench.call("list_checkpoints", json!({"job_id": job})).await;
        assert_eq!(
            kept["checkpoints"].as_array().unwrap().len(),
            3,
            "{provider}"
        );
        let events = bench
            .call("list_job_events", json!({"job_id": job, "limit": 5}))
            .await;
        assert_eq!(events["has_more"], true, "{provider}");
        let ask = |api: &str, model: &Value| json!({"api": api, "model": model, "messages": [{"role": "user", "content": "?"}]});
        let model = &kept["checkpoints"][0]["model"];
        for api in ["chat", "responses"] {
            match provider {
                "azure-legacy" => {
                    let refused = bench.refused("sample_model", ask(api, model)).await;
                    assert!(refused.contains("Azure OpenAI (dated API)"), "{refused}");
                }
                "azure" => {
                    let refused = bench.refused("sample_model", ask(api, model)).await;
                    assert!(refused.contains("DeploymentNotFound"), "{refused}");
                    bench.deploy(api, model.as_str().unwrap()).await;
                    let answer = bench.call("sample_model", ask(api, &json!(api))).await;
                    assert_eq!(&answer["model"], model, "{api}");
                }
                _ => {
                    let answer = bench.call("sample_model", ask(api, model)).await;
                    assert_eq!(&answer["model"], model, "{provider} {api}");
                }
            }
        }
    }
}

#[test]
fn every_provider_is_tried() {
    let tried = ["openai", "azure", "azure-legacy", "bedrock", "sandbox"];
    let names: Vec<&str> = TABLE
        .providers
        .iter()
        .map(|provider| provider.name)
        .collect();
    assert_eq!(names, tried, "a provider that no test here tries");
}
