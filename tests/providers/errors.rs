//! Every tool, as a client sees it fail: refused by what it asks about, and by a provider that is down, that wants
//! less or whose budget is used up.

use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use rft_mcp::{TABLE, watching::Watching};
use rft_mcp_runtime::{
    server::Server,
    tool::Effect,
    transport::http::{HttpOptions, router},
};
use rft_mcp_sandbox::{Flavour, faults::Rule};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::bench::{Bench, exact};

/// A tool with arguments that fit its schema and fail all the same.
struct Case {
    tool: &'static str,
    arguments: Value,
    /// What is wrong, and what to do about it.
    says: [&'static str; 2],
    /// Arguments with which it asks the provider.
    asks: Asks,
}

enum Asks {
    /// The same.
    Same,
    With(Value),
    /// What the provider refuses is a part of the result.
    Tells(Value),
    /// Nobody.
    Nobody,
}

fn case(tool: &'static str, arguments: Value, says: [&'static str; 2], asks: Asks) -> Case {
    Case {
        tool,
        arguments,
        says,
        asks,
    }
}

const NO_JOB: [&str; 2] = [
    "Could not find fine tune",
    "Check the id: list what there is",
];
const NO_FILE: [&str; 2] = ["No such File object", "Check the id: list what there is"];
const NO_MODEL: [&str; 2] = ["does not exist", "Check the id: list what there is"];
const NO_WATCH: [&str; 2] = ["no watch `watch-none`", "list_watches says which there are"];
const NO_ITEM: [&str; 2] = ["no item with the id", "Mend the arguments"];

fn cases() -> Vec<Case> {
    use Asks::{Nobody, Same, Tells, With};
    let job = || json!({"job_id": "ftjob-none"});
    let file = || json!({"file_id": "file-none"});
    let question = json!([{"role": "user", "content": "?"}]);
    let run =
        |grader: Value| json!({"grader": grader, "model_sample": "x", "example": {"word": "x"}});
    let mut nameless = exact();
    nameless["input"] = json!("{{ reference.x }}");
    let launch = json!({"training_file": "file-none", "validation_file": "file-sandbox-valid", "grader": exact()});
    let answers = json!([{"answer": "x", "example": {"word": "x"}}]);
    vec![
        case(
            "start_job",
            launch,
            ["no such file 'file-none'", "Mend the arguments"],
            Same,
        ),
        case("get_job_status", job(), NO_JOB, Same),
        case("list_jobs", json!({"after": "ftjob-none"}), NO_ITEM, Same),
        case("list_job_events", job(), NO_JOB, Same),
        case("pause_job", job(), NO_JOB, Same),
        case("resume_job", job(), NO_JOB, Same),
        case("cancel_job", job(), NO_JOB, Same),
        case("list_checkpoints", job(), NO_JOB, Same),
        case(
            "list_checkpoint_permissions",
            json!({"checkpoint": "ft:none"}),
            NO_MODEL,
            Same,
        ),
        case(
            "create_checkpoint_permissions",
            json!({"checkpoint": "ft:none", "project_ids": ["proj_a"]}),
            NO_MODEL,
            Same,
        ),
        case(
            "delete_checkpoint_permission",
            json!({"checkpoint": "ft:none", "permission_id": "cp_1"}),
            ["No such permission", "Check the id: list what there is"],
            Same,
        ),
        case("list_files", json!({"after": "file-none"}), NO_ITEM, Same),
        case("get_file", file(), NO_FILE, Same),
        case("delete_file", file(), NO_FILE, Same),
        case(
            "upload_file",
            json!({"content": "{}", "purpose": "batchy"}),
            ["Invalid value: 'batchy'", "Mend the arguments"],
            Same,
        ),
        case("download_file", file(), NO_FILE, Same),
        case(
            "validate_grader",
            json!({"grader": nameless}),
            ["Invalid 'grader.input'", "Mend the arguments"],
            Same,
        ),
        case(
            "run_grader",
            run(nameless.clone()),
            ["Invalid 'grader.input'", "Mend the arguments"],
            Same,
        ),
        // Nothing that it is asked is wrong, but who asks may be.
        case(
            "list_models",
            json!({}),
            ["the account is closed", "tell the person who runs it"],
            Same,
        ),
        case("get_model", json!({"model": "gpt-9"}), NO_MODEL, Same),
        case(
            "delete_model",
            json!({"model": "o4-mini-2025-04-16"}),
            ["only fine-tuned models", "tell the person"],
            Same,
        ),
        case(
            "sample_model",
            json!({"model": "gpt-9", "messages": question}),
            NO_MODEL,
            Same,
        ),
        case(
            "validate_dataset",
            json!({"training_file": "file-none"}),
            NO_FILE,
            Same,
        ),
        case(
            "lint_grader",
            json!({"grader": exact(), "training_file": "file-none"}),
            NO_FILE,
            Same,
        ),
        case(
            "calibrate_grader",
            json!({"grader": exact(), "training_file": "file-none"}),
            NO_FILE,
            Same,
        ),
        case(
            "calibrate_grader",
            json!({"grader": exact()}),
            ["nothing to grade", "give answers"],
            Tells(json!({"grader": exact(), "answers": answers})),
        ),
        case(
            "preflight",
            json!({"grader": exact()}),
            ["no training data", "give training_file"],
            Tells(
                json!({"grader": exact(), "training_file": "file-none", "validation_file": "file-none"}),
            ),
        ),
        case(
            "estimate_cost",
            json!({}),
            ["nothing to estimate", "give job_id"],
            With(json!({"job_id": "ftjob-none"})),
        ),
        case("get_reward_curve", job(), NO_JOB, Same),
        case("rank_checkpoints", job(), NO_JOB, Same),
        case(
            "compare_jobs",
            json!({"job_ids": ["ftjob-none", "ftjob-other"]}),
            NO_JOB,
            Same,
        ),
        case("explain_failure", job(), NO_JOB, Same),
        case("export_metrics", job(), NO_JOB, Same),
        case("wait_for_job", job(), NO_JOB, Same),
        case("watch_job", job(), NO_JOB, Same),
        case(
            "get_watch",
            json!({"watch_id": "watch-none"}),
            NO_WATCH,
            Nobody,
        ),
        case(
            "wait_for_watch",
            json!({"watch_id": "watch-none"}),
            NO_WATCH,
            Nobody,
        ),
        case(
            "list_watches",
            json!({"after": "watch-none"}),
            ["no watch `watch-none`", "leave `after` out"],
            Nobody,
        ),
        case(
            "update_watch",
            json!({"watch_id": "watch-none"}),
            NO_WATCH,
            Nobody,
        ),
        case(
            "stop_watch",
            json!({"watch_id": "watch-none"}),
            NO_WATCH,
            Nobody,
        ),
    ]
}

/// A client of 2026-07-28 that can be asked nothing.
struct Client {
    bench: Bench,
    server: Server,
}

impl Client {
    async fn start() -> Self {
        let bench = Bench::start("openai", Flavour::OpenAi).await;
        bench.engine.keep(Watching::passing().unwrap());
        let server = Server::new(bench.engine.clone(), "0");
        Self { bench, server }
    }

    /// The result of a call, as it goes over the wire.
    async fn call(&self, tool: &str, arguments: &Value) -> Value {
        let bound = ([127, 0, 0, 1], 8000).into();
        let app = router(
            self.server.clone(),
            bound,
            HttpOptions::default(),
            CancellationToken::new(),
        );
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
        });
        let params = json!({"name": tool, "arguments": arguments, "_meta": meta});
        let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        let request = Request::post("/mcp")
            .header("host", "127.0.0.1:8000")
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", "tools/call")
            .header("mcp-name", tool)
            .body(Body::from(call.to_string()));
        let reply = app.oneshot(request.unwrap()).await.unwrap();
        let body = axum::body::to_bytes(reply.into_body(), 1 << 20).await;
        let reply: Value = serde_json::from_slice(&body.unwrap()).unwrap();
        assert!(reply["result"].is_object(), "{tool}: {reply}");
        reply["result"].clone()
    }

    /// What a call says that fails as calls have to: in words, and without a result.
    async fn fails(&self, tool: &str, arguments: &Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        assert!(
            result.get("structuredContent").is_none(),
            "{tool}: {result}"
        );
        let content = result["content"].as_array().unwrap();
        let texts: Vec<&str> = content
            .iter()
            .filter_map(|one| one["text"].as_str())
            .collect();
        assert!(!texts.is_empty(), "{tool}: {result}");
        texts.join(" ")
    }

    /// The provider answers so, whatever it is asked.
    fn answers(&self, status: u16, code: &str) {
        self.bench.faults().clear();
        for depth in 1..=6 {
            let route = format!("* /v1{}", "/{any}".repeat(depth));
            let error = json!({"error": {"message": "the account is closed", "type": "t", "param": null, "code": code}});
            let fault =
                json!({"status": status, "headers": {"retry-after-ms": "1"}, "body": error});
            let rule = json!({"route": route, "count": 1_000, "fault": fault});
            let rule: Rule = serde_json::from_value(rule).unwrap();
            self.bench.faults().add(rule).unwrap();
        }
    }
}

fn effect(tool: &str) -> Effect {
    let spec = TABLE.tools.iter().find(|spec| spec.name == tool);
    spec.unwrap().effect
}

#[test]
fn every_tool_has_a_case() {
    let cases = cases();
    let tried: BTreeSet<&str> = cases.iter().map(|case| case.tool).collect();
    let tools: BTreeSet<&str> = TABLE.tools.iter().map(|tool| tool.name).collect();
    assert_eq!(tried, tools);
}

#[tokio::test]
async fn every_tool_says_what_is_wrong_and_what_to_do() {
    let client = Client::start().await;
    for case in cases() {
        if case.tool == "list_models" {
            client.answers(403, "no_access");
        }
        let said = client.fails(case.tool, &case.arguments).await;
        client.bench.faults().clear();
        for part in case.says {
            assert!(
                said.contains(part),
                "{}: `{part}` is not in: {said}",
                case.tool
            );
        }
    }
}

/// Reads are to be tried again; what may have been done is to be looked for first; and what is not paid is told to
/// who pays.
#[tokio::test]
async fn every_tool_says_what_to_do_when_the_provider_fails() {
    let client = Client::start().await;
    for case in cases() {
        let (arguments, tells) = match case.asks {
            Asks::Nobody => continue,
            Asks::Same => (case.arguments, false),
            Asks::With(arguments) => (arguments, false),
            Asks::Tells(arguments) => (arguments, true),
        };
        // Those that change something begin by changing it, but for these, which look first.
        let looks = ["calibrate_grader", "watch_job"].contains(&case.tool);
        let failed = match effect(case.tool) {
            Effect::Costly if case.tool == "start_job" => "launch_token",
            Effect::Write | Effect::Costly | Effect::Destructive if !looks => {
                "do not repeat the call before you have looked"
            }
            _ => "try again in a minute",
        };
        for (status, code, advice) in [
            (500, "server_error", failed),
            (429, "rate_limit_exceeded", "Wait a minute"),
            (429, "insufficient_quota", "tell the person who pays"),
            (401, "invalid_api_key", "tell the person who runs it"),
        ] {
            client.answers(status, code);
            let said = if tells {
                let result = client.call(case.tool, &arguments).await;
                assert_eq!(result["isError"], false, "{}: {result}", case.tool);
                result["structuredContent"].to_string()
            } else {
                client.fails(case.tool, &arguments).await
            };
            assert!(
                said.contains(advice),
                "{} {status} {code}: `{advice}` is not in: {said}",
                case.tool
            );
        }
    }
}
