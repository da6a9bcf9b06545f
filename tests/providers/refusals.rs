//! What tools say when they can not do it.

use rft_mcp::TABLE;
use rft_mcp_sandbox::{Flavour, faults::Rule};
use serde_json::json;

use crate::bench::{Bench, exact};

/// Whatever the tool: an input that it does not have is named.
#[tokio::test]
async fn every_tool_names_an_input_that_it_does_not_have() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    for tool in TABLE.tools {
        let message = bench.refused(tool.name, json!({"no_such_input": 1})).await;
        assert!(
            message.contains("`/no_such_input` does not exist"),
            "{}: {message}",
            tool.name
        );
    }
}

#[tokio::test]
async fn what_the_provider_refuses_is_told_with_what_to_do() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    let mut broken = exact();
    broken["operation"] = json!("equals");
    for (tool, arguments, parts) in [
        (
            "list_files",
            json!({"order": "up"}),
            ["`/order`", "\"asc\""],
        ),
        (
            "get_file",
            json!({"file_id": ".."}),
            ["`/file_id`", "give the id"],
        ),
        (
            "validate_grader",
            json!({"grader": broken}),
            ["`/grader/operation`", "\"ilike\""],
        ),
        (
            "run_grader",
            json!({"grader": exact()}),
            ["`/model_sample` is missing", "nothing was sent"],
        ),
        (
            "run_grader",
            json!({"grader": exact(), "model_sample": "x", "item": {}}),
            ["use example", "nothing was sent"],
        ),
        (
            "list_models",
            json!({"limit": 1}),
            ["`/limit` does not exist", "nothing was sent"],
        ),
        (
            "sample_model",
            json!({"model": "m", "prompt": "?"}),
            ["use messages", "nothing was sent"],
        ),
        (
            "sample_model",
            json!({"api": "responses", "model": "gpt-9", "messages": [{"role": "user", "content": "?"}]}),
            ["does not exist", "Check the id"],
        ),
        (
            "sample_model",
            json!({"api": "responses", "model": "m", "messages": [{"role": "tool", "content": "?"}]}),
            ["`/messages/0`", "nothing was sent"],
        ),
        (
            "create_checkpoint_permissions",
            json!({"checkpoint": "ft:none", "project_ids": []}),
            ["`/project_ids`", "at least 1"],
        ),
    ] {
        let message = bench.refused(tool, arguments).await;
        for part in parts {
            assert!(
                message.contains(part),
                "{tool}: `{part}` is not in: {message}"
            );
        }
    }
}

/// Answers that came are paid for: they are told, and so is how many did not come, and no request is sent twice.
#[tokio::test]
async fn some_answers_may_fail() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    let ask = |samples: u32| json!({"api": "responses", "model": "o4-mini-2025-04-16", "messages": [{"role": "user", "content": "?"}], "samples": samples});
    let failing = |after: u32| {
        let rule = json!({"route": "POST /v1/responses", "after": after, "count": 1, "fault": {"status": 500}});
        serde_json::from_value::<Rule>(rule).unwrap()
    };
    bench.faults().add(failing(1)).unwrap();
    let answer = bench.call("sample_model", ask(3)).await;
    assert_eq!(answer["samples"].as_array().unwrap().len(), 2, "{answer}");
    assert_eq!(answer["failed"], 1);
    let failure = answer["failure"].as_str().unwrap();
    assert!(failure.contains("do not repeat the call"), "{failure}");
    bench.faults().clear();
    bench.faults().add(failing(0)).unwrap();
    let message = bench.refused("sample_model", ask(1)).await;
    assert!(message.contains("do not repeat the call"), "{message}");
}
