//! What one provider has and another has not.

use rft_mcp::TABLE;
use rft_mcp_sandbox::{Flavour, TRAINING_FILE, VALIDATION_FILE};
use serde_json::{Value, json};

use crate::bench::{Bench, endpoint, exact, keys, lambda};

const ALL: [(&str, Flavour); 5] = [
    ("openai", Flavour::OpenAi),
    ("azure", Flavour::Azure),
    ("azure-legacy", Flavour::Azure),
    ("bedrock", Flavour::Bedrock),
    ("sandbox", Flavour::OpenAi),
];

fn job(more: &Value) -> Value {
    let mut job =
        json!({"training_file": "file-a", "validation_file": "file-b", "grader": exact()});
    for (key, value) in more.as_object().unwrap() {
        job[key] = value.clone();
    }
    job
}

/// On Bedrock no event says how long a step took.
#[tokio::test]
async fn a_job_that_ended_is_told_what_it_cost_also_without_times_of_its_steps() {
    let bench = Bench::knowing("bedrock", Flavour::Bedrock, &[("hourly_usd", json!(100))]).await;
    let launch = json!({"grader": lambda(), "confirm": true});
    let id = bench.launch(launch).await;
    bench.until(&id, "succeeded").await;
    let cost = bench.call("estimate_cost", json!({"job_id": id})).await;
    assert!(cost["hours"]["likely"].as_f64() > Some(0.0), "{cost:#}");
    assert!(cost["usd_so_far"].as_f64() > Some(0.0), "{cost:#}");
    let told = cost["assumptions"].as_array().unwrap().iter();
    let mut told = told.filter_map(Value::as_str);
    assert!(told.any(|said| said.contains("tell no times")), "{cost:#}");
}

#[tokio::test]
async fn a_tool_that_is_lacking_is_not_listed_and_says_who_has_it() {
    for (provider, flavour) in ALL {
        let bench = Bench::start(provider, flavour).await;
        let listed: Vec<&str> = bench.engine.tools().map(|spec| spec.name).collect();
        let spec = TABLE
            .providers
            .iter()
            .find(|spec| spec.name == provider)
            .unwrap();
        for tool in TABLE.tools {
            let lacking = spec.lacks.contains(&tool.name);
            assert_eq!(
                listed.contains(&tool.name),
                !lacking,
                "{provider}: {}",
                tool.name
            );
            if lacking {
                let message = bench.refused(tool.name, json!({})).await;
                assert!(
                    message.contains(spec.title) && message.contains("openai"),
                    "{provider}: {message}"
                );
            }
        }
    }
}

/// A part of an input that a provider lacks is not shown and not sent; what it has is.
#[tokio::test]
async fn a_part_of_an_input_that_is_lacking_is_refused_before_anything_is_sent() {
    let cases = [
        (
            "openai",
            json!({"grader": endpoint()}),
            "`/grader`: OpenAI has no `endpoint_grader`",
            "azure, azure-legacy",
        ),
        (
            "openai",
            json!({"grader": lambda()}),
            "`/grader`: OpenAI has no `lambda_grader`",
            "bedrock",
        ),
        (
            "openai",
            json!({"training_type": "Standard"}),
            "`/training_type`: OpenAI has no",
            "azure, azure-legacy",
        ),
        (
            "azure",
            json!({"grader": lambda()}),
            "`/grader`: Azure OpenAI has no `lambda_grader`",
            "bedrock",
        ),
        (
            "bedrock",
            json!({}),
            "`/grader`: Amazon Bedrock has no `string_check_grader`",
            "openai, azure",
        ),
        (
            "bedrock",
            json!({"grader": lambda(), "suffix": "s"}),
            "`/suffix`: Amazon Bedrock has no `suffix`",
            "openai",
        ),
    ];
    for (provider, more, told, have) in cases {
        let flavour = ALL.iter().find(|(name, _)| *name == provider).unwrap().1;
        let bench = Bench::start(provider, flavour).await;
        let message = bench.refused("start_job", job(&more)).await;
        assert!(
            message.contains("nothing was sent"),
            "{provider}: {message}"
        );
        assert!(
            message.contains(told) && message.contains(have),
            "{provider}: {message}"
        );
    }
    for (provider, types) in [
        (
            "openai",
            [
                "string_check",
                "text_similarity",
                "score_model",
                "python",
                "multi",
            ]
            .as_slice(),
        ),
        (
            "azure",
            &[
                "string_check",
                "text_similarity",
                "score_model",
                "python",
                "multi",
                "endpoint",
            ],
        ),
        ("bedrock", &["lambda"]),
    ] {
        let bench = Bench::start(provider, Flavour::OpenAi).await;
        let start = bench
            .engine
            .tools()
            .find(|spec| spec.name == "start_job")
            .unwrap();
        let shown = Value::Object((*bench.engine.input_schema(start)).clone());
        let branches = shown["properties"]["grader"]["anyOf"].as_array().unwrap();
        let tags: Vec<&str> = branches
            .iter()
            .map(|branch| branch["properties"]["type"]["const"].as_str().unwrap())
            .collect();
        assert_eq!(tags, types, "{provider}");
        let has = |name: &str| shown["properties"].get(name).is_some();
        assert_eq!(has("training_type"), provider == "azure");
        assert_eq!(has("suffix"), provider != "bedrock");
    }
}

#[tokio::test]
async fn azure_takes_either_key_an_endpoint_and_where_to_train() {
    for provider in ["azure", "azure-legacy"] {
        for name in ["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN"] {
            let env = |asked: &str| (asked == name).then(|| "key-of-tests".to_owned());
            let bench = Bench::with(provider, Flavour::Azure, &env).await;
            let more =
                json!({"grader": endpoint(), "training_type": "GlobalStandard", "suffix": "s"});
            let job = bench.launch(more).await;
            bench.until(&job, "succeeded").await;
            let run = json!({"grader": endpoint(), "model_sample": "x"});
            let run = bench.call("run_grader", run).await;
            assert!(run["simulated"].is_string(), "{run}");
        }
    }
}

#[tokio::test]
async fn azure_answers_once_a_model_is_deployed() {
    let bench = Bench::start("azure", Flavour::Azure).await;
    let job = bench.launch(json!({"grader": exact()})).await;
    let done = bench.until(&job, "succeeded").await;
    let model = done["fine_tuned_model"].as_str().unwrap();
    let ask = json!({"model": "mine", "messages": [{"role": "user", "content": "?"}]});
    for api in ["chat", "responses"] {
        let mut ask = ask.clone();
        ask["api"] = api.into();
        let message = bench.refused("sample_model", ask).await;
        for part in [
            "DeploymentNotFound",
            "have the person deploy it (`az cognitiveservices account deployment create`",
            "give the deployment's name as model",
        ] {
            assert!(message.contains(part), "{message}");
        }
        assert!(!message.contains("list what there is"), "{message}");
    }
    let tried = bench.call("calibrate_grader", rows()).await;
    let failure = tried["failure"].as_str().unwrap();
    assert!(failure.contains("have the person deploy it"), "{tried}");
    bench.deploy("mine", model).await;
    let answer = bench.call("sample_model", ask).await;
    assert_eq!(answer["model"], model);
}

fn rows() -> Value {
    json!({"grader": exact(), "training_file": TRAINING_FILE, "rows": 50})
}

/// Answers are not paid for when nobody can grade them.
#[tokio::test]
async fn rows_are_not_tried_once_the_first_have_failed() {
    let bench = Bench::start("sandbox", Flavour::OpenAi).await;
    let failing = |route: &str, after: u32| {
        let rule = json!({"route": route, "after": after, "count": 1000, "fault": {"status": 500}});
        let faults = bench.faults();
        faults.add(serde_json::from_value(rule).unwrap()).unwrap();
    };
    let asked = || {
        let rules = bench.faults().list();
        let hits = |rule: &Value| rule["hit"].as_u64().unwrap() + rule["passed"].as_u64().unwrap();
        rules["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(hits)
            .collect::<Vec<_>>()
    };
    failing("POST /v1/fine_tuning/alpha/graders/run", 0);
    failing("POST /v1/chat/completions", 1000);
    let tried = bench.call("calibrate_grader", rows()).await;
    assert_eq!(
        (&tried["graded"], &tried["failed"]),
        (&json!(0), &json!(50))
    );
    let answers = asked()[1];
    assert!((4..8).contains(&answers), "{answers} answers were paid for");
    // What begins well goes on.
    bench.faults().clear();
    failing("POST /v1/fine_tuning/alpha/graders/run", 1);
    let tried = bench.call("calibrate_grader", rows()).await;
    assert_eq!(
        (&tried["graded"], &tried["failed"]),
        (&json!(1), &json!(49))
    );
    assert_eq!(asked(), [50]);
    // So do answers that are there already.
    bench.faults().clear();
    failing("POST /v1/fine_tuning/alpha/graders/run", 0);
    let answers = vec![json!({"answer": "4"}); 9];
    bench
        .call(
            "calibrate_grader",
            json!({"grader": exact(), "answers": answers}),
        )
        .await;
    assert_eq!(asked(), [9]);
    // Where a model has an address of its own nobody is asked.
    let bench = Bench::start("azure-legacy", Flavour::Azure).await;
    let message = bench.refused("calibrate_grader", rows()).await;
    assert!(
        message.contains("give answers, and nothing was sent"),
        "{message}"
    );
}

/// The dated API is asked with its version, and the version may be another.
#[tokio::test]
async fn the_dated_api_is_asked_with_a_version() {
    for (version, is_there) in [
        (None, true),
        (Some("2024-10-21"), true),
        (Some("v1"), false),
    ] {
        let env = |name: &str| match name {
            "AZURE_OPENAI_API_VERSION" => version.map(str::to_owned),
            name => keys(name),
        };
        let bench = Bench::with("azure-legacy", Flavour::Azure, &env).await;
        if is_there {
            bench.call("list_jobs", json!({"limit": 1})).await;
        } else {
            let message = bench.refused("list_jobs", json!({"limit": 1})).await;
            assert!(message.contains("Resource not found"), "{message}");
        }
    }
    // The undated one has no version, and would refuse it.
    Bench::start("azure", Flavour::Azure)
        .await
        .call("list_jobs", json!({}))
        .await;
}

#[tokio::test]
async fn permissions_are_asked_for_with_the_administrator_s_key() {
    let usual = |name: &str| (name == "OPENAI_API_KEY").then(|| "key-of-tests".to_owned());
    let bench = Bench::with("openai", Flavour::OpenAi, &usual).await;
    let ask = json!({"checkpoint": "ft:x"});
    let message = bench
        .refused("list_checkpoint_permissions", ask.clone())
        .await;
    assert!(message.contains("OPENAI_ADMIN_KEY"), "{message}");
    // Without that key everything else works.
    bench.call("list_jobs", json!({})).await;
    let wrong = |name: &str| match name {
        "OPENAI_ADMIN_KEY" => Some("no-admin-key".to_owned()),
        name => keys(name),
    };
    let bench = Bench::with("openai", Flavour::OpenAi, &wrong).await;
    let message = bench.refused("list_checkpoint_permissions", ask).await;
    assert!(
        message.contains("admin API key") && !message.contains("no-admin-key"),
        "{message}"
    );
}

/// Every value, lack and variable of a provider is in the documentation, which says what of it is a guess.
#[test]
fn every_difference_is_documented() {
    let page = include_str!("../../docs/providers.md");
    let manifest = include_str!("../../manifest/providers.yaml");
    for spec in TABLE.providers {
        let heading = format!("\n## {}\n", spec.name);
        let (_, section) = page.split_once(&heading).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let says = |text: &str| section.contains(&format!("`{text}`"));
        for (name, value) in spec.values {
            assert!(says(name), "{}: the value {name}", spec.name);
            assert!(says(value), "{}: {name} is {value}", spec.name);
        }
        for lack in spec.lacks {
            assert!(says(lack), "{}: lacks {lack}", spec.name);
        }
        let own = format!("\n{}:\n", spec.name);
        let own = manifest.split_once(&own).unwrap().1;
        let own = own.split("\n  values:").next().unwrap();
        for variable in own.split("${").skip(1) {
            let name = variable.split([':', '}']).next().unwrap();
            assert!(says(name), "{}: the variable {name}", spec.name);
        }
    }
}

#[tokio::test]
async fn preflight_knows_what_a_provider_trains_and_when_it_stops_jobs_and_business() {
    for (provider, flavour, closing, pauses) in [
        ("openai", Flavour::OpenAi, "2027-01-06", false),
        ("azure", Flavour::Azure, "2027-04-16", true),
        ("azure-legacy", Flavour::Azure, "2027-04-16", true),
    ] {
        let bench = Bench::start(provider, flavour).await;
        let report = preflight(&bench, json!({"grader": exact()})).await;
        let about = check(&report, "provider").unwrap();
        // Before the day and after it.
        assert_ne!(about["outcome"], "pass", "{provider}: {about}");
        assert!(about["message"].as_str().unwrap().contains(closing));
        let pause = check(&report, "pause_by_provider");
        assert_eq!(pause.is_some(), pauses, "{provider}: {report}");
        // Its price is not known, so it may.
        if let Some(pause) = pause {
            assert_eq!(pause["outcome"], "warn", "{pause}");
            let cheap = json!({"grader": exact(), "hourly_usd": 0.01});
            let report = preflight(&bench, cheap).await;
            assert_eq!(
                check(&report, "pause_by_provider").unwrap()["outcome"],
                "pass"
            );
            let dear = json!({"grader": exact(), "hourly_usd": 100_000});
            let report = preflight(&bench, dear).await;
            let pause = check(&report, "pause_by_provider").unwrap();
            assert_eq!(pause["outcome"], "warn", "{pause}");
            assert!(
                pause["message"].as_str().unwrap().contains("$5000"),
                "{pause}"
            );
        }
    }
    let bench = Bench::start("bedrock", Flavour::Bedrock).await;
    for (model, outcome) in [
        (json!(null), "pass"),
        (json!("qwen.qwen3-32b"), "pass"),
        (json!("o4-mini-2025-04-16"), "fail"),
    ] {
        let report = preflight(&bench, json!({"grader": lambda(), "base_model": model})).await;
        let about = check(&report, "model").unwrap();
        assert_eq!(about["outcome"], outcome, "{about}");
        if outcome == "fail" {
            let help = about["help"].as_str().unwrap();
            assert!(
                help.contains("openai.gpt-oss-20b, qwen.qwen3-32b"),
                "{help}"
            );
        }
    }
    // Whether it lets models be looked at is not documented: what it trains is known all the same.
    let rule = json!({"route": "GET /v1/models/{model}", "fault": {"status": 404}});
    bench
        .faults()
        .add(serde_json::from_value(rule).unwrap())
        .unwrap();
    let report = preflight(&bench, json!({"grader": lambda()})).await;
    assert_eq!(
        check(&report, "model").unwrap()["outcome"],
        "warn",
        "{report}"
    );
}

/// What was announced is said otherwise once it is there: of a provider's new jobs, and of a model.
#[tokio::test]
async fn an_end_that_is_past_is_told_before_a_launch() {
    for (name, date, outcome, says) in [
        ("closing", "2999-01-01", "warn", None),
        (
            "closing",
            "2026-01-02",
            "fail",
            Some("OpenAI takes no new jobs since 2026-01-02"),
        ),
        ("open_until", "2999-01-01", "warn", None),
        (
            "open_until",
            "2026-01-02",
            "warn",
            Some("until 2026-01-02 at least, which is over"),
        ),
    ] {
        let values = [("closing", json!(null)), (name, json!(date))];
        let bench = Bench::knowing("openai", Flavour::OpenAi, &values).await;
        let report = preflight(&bench, json!({"grader": exact()})).await;
        let about = check(&report, "provider").unwrap();
        assert_eq!(about["outcome"], outcome, "{name} {date}: {about}");
        let message = about["message"].as_str().unwrap();
        assert!(
            message.contains(says.unwrap_or("OpenAI shut down")),
            "{message}"
        );
        // Before a launch too, which is not refused for it.
        let files = json!({"training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE});
        let asked = bench.refused("start_job", job(&files)).await;
        let told = asked.contains("takes no new jobs") || asked.contains("takes new jobs until");
        assert_eq!(told, says.is_some(), "{asked}");
        assert!(asked.contains(says.unwrap_or("Model: ")), "{asked}");
    }
    let bench = Bench::start("sandbox", Flavour::OpenAi).await;
    for (date, outcome, says) in [
        (json!("2026-01-02"), "fail", "was shut down on 2026-01-02"),
        (
            json!("2999-01-01"),
            "warn",
            "will be shut down on 2999-01-01",
        ),
        (json!(null), "pass", "no end is announced"),
    ] {
        let body = json!({"id": "o4-mini-2025-04-16", "object": "model", "shutdown_date": date});
        let rule =
            json!({"route": "GET /v1/models/{model}", "fault": {"status": 200, "body": body}});
        let faults = bench.faults();
        faults.add(serde_json::from_value(rule).unwrap()).unwrap();
        let report = preflight(&bench, json!({"grader": exact()})).await;
        let about = check(&report, "model").unwrap();
        assert_eq!(about["outcome"], outcome, "{about}");
        assert!(about["message"].as_str().unwrap().contains(says), "{about}");
        assert_eq!(report["ready"], outcome != "fail", "{report}");
    }
}

async fn preflight(bench: &Bench, more: Value) -> Value {
    let mut arguments = json!({"training_file": rft_mcp_sandbox::TRAINING_FILE, "validation_file": rft_mcp_sandbox::VALIDATION_FILE});
    for (key, value) in more.as_object().unwrap() {
        arguments[key] = value.clone();
    }
    bench.call("preflight", arguments).await
}

fn check<'a>(report: &'a Value, name: &str) -> Option<&'a Value> {
    let checks = report["checks"].as_array().unwrap();
    checks.iter().find(|check| check["check"] == name)
}
