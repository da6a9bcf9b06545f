//! The insight tools on simulated jobs of every scenario, called as a server calls them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{path::PathBuf, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Engine, Outcome, Settings},
    tool::Block,
    upstream::Provider,
};
use rft_mcp_sandbox::{Config, Sandbox, Scenario, TRAINING_FILE, VALIDATION_FILE};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

#[path = "insight/hostile.rs"]
mod hostile;
#[path = "insight/paths.rs"]
mod paths;

/// Hours in a hundredth of a second.
const FAST: f64 = 500_000.0;

struct World {
    engine: Engine,
}

impl World {
    async fn new(scenario: Scenario, speed: f64) -> Self {
        Self::with_files(scenario, speed, &[]).await
    }

    /// One that may use the files below these directories.
    async fn with_files(scenario: Scenario, speed: f64, roots: &[PathBuf]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Config {
            scenario,
            speed,
            examples: Some(rft_mcp::examples()),
            ..Config::default()
        });
        tokio::spawn(sandbox.serve(listener, std::future::pending()));
        Self::at(&base, roots)
    }

    /// One in front of this address.
    fn at(base: &str, roots: &[PathBuf]) -> Self {
        let spec = TABLE.providers.iter().find(|spec| spec.name == "sandbox");
        let provider = Provider::resolve(spec.unwrap(), Some(base), &|_| None).unwrap();
        let settings = Settings {
            sets: Some(
                TABLE
                    .server
                    .sets
                    .iter()
                    .map(|set| set.name.to_owned())
                    .collect(),
            ),
            files_roots: roots.to_vec(),
            ..Settings::default()
        };
        Self {
            engine: Engine::new(TABLE, provider, &settings).unwrap(),
        }
    }

    async fn outcome(&self, tool: &str, arguments: Value) -> Outcome {
        let Value::Object(arguments) = arguments else {
            panic!("{arguments}")
        };
        self.engine.call(tool, arguments).await.unwrap()
    }

    async fn call(&self, tool: &str, arguments: Value) -> Value {
        match self.outcome(tool, arguments).await {
            Outcome::Done(result) | Outcome::Shown(result, _) => Value::Object(result),
            other => panic!("{tool}: {other:?}"),
        }
    }

    async fn refused(&self, tool: &str, arguments: Value) -> String {
        match self.outcome(tool, arguments).await {
            Outcome::Failed(message) => message,
            other => panic!("{tool} was not refused: {other:?}"),
        }
    }

    async fn launch(&self, hyperparameters: Value) -> String {
        let arguments = json!({
            "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE, "grader": rft_mcp::grader(),
            "response_schema": rft_mcp::response_schema(), "seed": 7, "hyperparameters": hyperparameters,
        });
        let job = self.call("start_job", arguments).await;
        job["job_id"].as_str().unwrap().to_owned()
    }

    /// A job that has ended.
    async fn finished(&self, hyperparameters: Value) -> String {
        let id = self.launch(hyperparameters).await;
        for _ in 0..1_000 {
            let status = self.call("get_job_status", json!({"job_id": id})).await;
            if matches!(status["status"].as_str(), Some("succeeded" | "failed")) {
                return id;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{id} does not end")
    }
}

fn long() -> Value {
    json!({"n_epochs": 4, "batch_size": 8, "eval_interval": 2})
}

fn codes(curve: &Value) -> Vec<&str> {
    let alarms = curve["judgement"]["alarms"].as_array().unwrap();
    alarms
        .iter()
        .map(|alarm| alarm["code"].as_str().unwrap())
        .collect()
}

async fn curve(scenario: Scenario) -> Value {
    let world = World::new(scenario, FAST).await;
    let id = world.finished(long()).await;
    world
        .call("get_reward_curve", json!({"job_id": id, "picture": true}))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_run_rises_without_an_urgent_alarm() {
    let curve = curve(Scenario::Healthy).await;
    let judgement = &curve["judgement"];
    assert!(
        judgement["best_valid"]["reward"].as_f64() > judgement["first_valid"]["reward"].as_f64()
    );
    let urgent = [
        "reward_hacking",
        "gap",
        "collapse",
        "parse_errors",
        "token_growth",
        "no_signal",
    ];
    assert!(
        !codes(&curve).iter().any(|code| urgent.contains(code)),
        "{judgement:#}"
    );
    assert!(curve["curve"].as_str().unwrap().contains('●'));
    let graders = curve["graders"].as_array().unwrap();
    assert_eq!(graders.len(), 2, "{graders:?}");
    assert!(!graders[0]["valid"].as_array().unwrap().is_empty());
    let steps = curve["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["train_reward"].is_number()));
    assert!(steps.iter().any(|step| step.get("valid_reward").is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_scenario_sets_off_its_own_alarm() {
    for (scenario, code) in [
        (Scenario::RewardHacking, "reward_hacking"),
        (Scenario::RewardHacking, "gap"),
        (Scenario::Collapse, "collapse"),
        (Scenario::ParseErrors, "parse_errors"),
        (Scenario::Plateau, "plateau"),
    ] {
        let curve = curve(scenario).await;
        assert!(
            codes(&curve).contains(&code),
            "{scenario}: {:#}",
            curve["judgement"]
        );
        let help = curve["judgement"]["alarms"][0]["help"].as_str().unwrap();
        assert!(!help.is_empty());
    }
}

/// The numbers are told in the result, and the picture beside it, where clients show pictures.
#[tokio::test(flavor = "multi_thread")]
async fn few_points_are_returned_and_all_are_judged() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let id = world.finished(long()).await;
    let all = world
        .call("get_reward_curve", json!({"job_id": id, "points": 1_000}))
        .await;
    let few = world
        .call("get_reward_curve", json!({"job_id": id, "points": 5}))
        .await;
    assert_eq!(all["judgement"], few["judgement"]);
    let count = |curve: &Value| curve["steps"].as_array().unwrap().len() as u64;
    assert!(count(&few) <= 5 && count(&all) > 20);
    assert_eq!(few["left_out"].as_u64().unwrap() + count(&few), count(&all));
    let shown = world
        .outcome("get_reward_curve", json!({"job_id": id, "picture": true}))
        .await;
    let Outcome::Shown(curve, blocks) = shown else {
        panic!("{shown:?}")
    };
    assert!(
        curve
            .values()
            .all(|value| !value.to_string().contains("<svg"))
    );
    let [Block::Image { data, mime_type }] = blocks.as_slice() else {
        panic!("{blocks:?}")
    };
    assert_eq!(mime_type, "image/svg+xml");
    let svg = String::from_utf8(STANDARD.decode(data).unwrap()).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains(&id), "{svg}");
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_are_ranked_by_validation_reward() {
    let world = World::new(Scenario::Collapse, FAST).await;
    let id = world.finished(long()).await;
    let ranking = world.call("rank_checkpoints", json!({"job_id": id})).await;
    let checkpoints = ranking["checkpoints"].as_array().unwrap();
    assert_eq!(checkpoints.len(), 3);
    let rewards: Vec<f64> = checkpoints
        .iter()
        .map(|one| one["valid_reward"].as_f64().unwrap())
        .collect();
    assert!(
        rewards[0] >= rewards[1] && rewards[1] >= rewards[2],
        "{rewards:?}"
    );
    assert!(
        checkpoints
            .iter()
            .all(|one| one["tokens"].is_number() && one["gap"].is_number())
    );
    let recommended = ranking["recommended"].as_str().unwrap();
    assert!(checkpoints.iter().any(|one| one["model"] == recommended));
    // The last step of a collapsed run is none of the best.
    let curve = world.call("get_reward_curve", json!({"job_id": id})).await;
    assert!(
        checkpoints
            .iter()
            .all(|one| one["step"] != curve["judgement"]["step"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_are_compared_with_what_was_set_differently() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let short = world
        .finished(json!({"n_epochs": 1, "batch_size": 16, "eval_interval": 2}))
        .await;
    let long = world
        .finished(json!({"n_epochs": 4, "batch_size": 16, "eval_interval": 2}))
        .await;
    let compared = world
        .call("compare_jobs", json!({"job_ids": [short, long]}))
        .await;
    assert_eq!(compared["differences"], json!({"n_epochs": [1, 4]}));
    assert_eq!(compared["best"], json!(long), "{compared:#}");
    assert_eq!(compared["warnings"], json!([]));
    let jobs = compared["jobs"].as_array().unwrap();
    assert!(jobs[1]["usd"].as_f64() > jobs[0]["usd"].as_f64());
    let refused = world
        .refused("compare_jobs", json!({"job_ids": [short]}))
        .await;
    assert!(refused.contains("/job_ids"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_explained() {
    let world = World::new(Scenario::Failure, FAST).await;
    let id = world.finished(long()).await;
    let explained = world.call("explain_failure", json!({"job_id": id})).await;
    assert_eq!(
        (&explained["status"], &explained["known"]),
        (&json!("failed"), &json!(true))
    );
    assert!(
        explained["cause"]
            .as_str()
            .unwrap()
            .contains("The provider failed"),
        "{explained:#}"
    );
    assert!(
        explained["steps"][0]
            .as_str()
            .unwrap()
            .contains("list_checkpoints")
    );
    let refused = world
        .refused("explain_failure", json!({"job_id": "ftjob-nothing"}))
        .await;
    assert!(refused.contains("ftjob-nothing"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_exported_whole_and_in_parts() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let id = world.finished(long()).await;
    let whole = world.call("export_metrics", json!({"job_id": id})).await;
    let csv = whole["csv"].as_str().unwrap();
    let header = csv.lines().next().unwrap();
    for column in [
        "step",
        "train_reward",
        "valid_reward",
        "step_seconds",
        "string_check/exact/valid_reward",
    ] {
        assert!(
            header.split(',').any(|name| name == column),
            "{column} in {header}"
        );
    }
    assert_eq!(
        csv.lines().count() as u64,
        whole["rows"].as_u64().unwrap() + 1
    );
    let (mut from, mut rows) = (json!(1), 0);
    loop {
        let part = world
            .call(
                "export_metrics",
                json!({"job_id": id, "from_step": from, "max_bytes": 3_000}),
            )
            .await;
        rows += part["rows"].as_u64().unwrap();
        match part.get("next") {
            Some(next) => from = next.clone(),
            None => break,
        }
    }
    assert_eq!(json!(rows), whole["rows"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_ends_with_the_job_or_with_the_time() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let id = world.launch(long()).await;
    let waited = world
        .call("wait_for_job", json!({"job_id": id, "poll_seconds": 1}))
        .await;
    assert_eq!(
        (&waited["reached"], &waited["status"]),
        (&json!("ended"), &json!("succeeded"))
    );
    assert!(
        waited["next"]
            .as_str()
            .unwrap()
            .contains("rank_checkpoints")
    );
    assert!(waited["metrics"]["valid_reward"].is_number());
    for (goal, reached) in [
        (json!({"status": ["succeeded"]}), "status"),
        (json!({"status": ["paused"]}), "ended"),
    ] {
        let mut arguments = goal.clone();
        arguments["job_id"] = json!(id);
        let waited = world.call("wait_for_job", arguments).await;
        assert_eq!(waited["reached"], reached, "{goal}");
    }

    let slow = World::new(Scenario::SlowQueue, 1.0).await;
    let id = slow.launch(long()).await;
    let waited = slow
        .call("wait_for_job", json!({"job_id": id, "max_seconds": 1}))
        .await;
    assert_eq!(waited["reached"], "time");
    assert!(
        waited["next"]
            .as_str()
            .unwrap()
            .contains("call wait_for_job again")
    );
    let waited = slow
        .call(
            "wait_for_job",
            json!({"job_id": id, "max_seconds": 60, "status": ["validating_files", "queued"]}),
        )
        .await;
    assert_eq!(waited["reached"], "status");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_job_wakes_a_wait_by_its_step_and_reward() {
    let world = World::new(Scenario::Healthy, 5_000.0).await;
    let id = world
        .launch(json!({"n_epochs": 50, "batch_size": 4, "eval_interval": 1}))
        .await;
    let by_step = world
        .call(
            "wait_for_job",
            json!({"job_id": id, "step": 2, "poll_seconds": 1}),
        )
        .await;
    assert_eq!(by_step["reached"], "step", "{by_step}");
    assert!(by_step["progress"]["step"].as_u64() >= Some(2));
    let by_reward = world
        .call(
            "wait_for_job",
            json!({"job_id": id, "valid_reward": 0.01, "poll_seconds": 1}),
        )
        .await;
    assert_eq!(by_reward["reached"], "reward", "{by_reward}");
    let cost = world.call("estimate_cost", json!({"job_id": id})).await;
    assert!(
        cost["usd"]["likely"].as_f64() > cost["usd_so_far"].as_f64(),
        "{cost:#}"
    );
    assert!(cost["basis"].as_str().unwrap().contains("own timing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn costs_are_estimated_from_files_numbers_and_other_jobs() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let files = world
        .call("estimate_cost", json!({"training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE, "hyperparameters": long()}))
        .await;
    let id = world.finished(long()).await;
    let done = world.call("estimate_cost", json!({"job_id": id})).await;
    assert_eq!(files["steps"], done["steps"]);
    assert_eq!(done["steps_done"], done["steps"]);
    // What the job cost lies within what was said before.
    let (span, cost) = (&files["usd"], done["usd_so_far"].as_f64());
    assert!(
        span["low"].as_f64() < cost && cost < span["high"].as_f64(),
        "{span} {cost:?}"
    );
    let like = world
        .call("estimate_cost", json!({"like_job": id, "examples": 1_000, "validation_examples": 20, "hyperparameters": long()}))
        .await;
    assert!(like["basis"].as_str().unwrap().contains("another job"));
    let dear = world
        .call(
            "estimate_cost",
            json!({"examples": 1_000, "hourly_usd": 1_000}),
        )
        .await;
    let usual = world
        .call("estimate_cost", json!({"examples": 1_000}))
        .await;
    let likely = |cost: &Value| cost["usd"]["likely"].as_f64().unwrap();
    assert!((likely(&dear) / likely(&usual) - 10.0).abs() < 0.01);
    let refused = world.refused("estimate_cost", json!({})).await;
    assert!(refused.contains("give job_id"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_is_checked_from_files_and_texts() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let report = world
        .call("validate_dataset", json!({"training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE, "grader": rft_mcp::grader()}))
        .await;
    assert_eq!(report["valid"], json!(true), "{report:#}");
    assert_eq!(report["overlap"]["count"], json!(0));
    assert_eq!(report["training"]["keys"][0]["name"], json!("word"));
    assert!(report["training"]["tokens"]["mean"].as_u64() > Some(10));

    let line = |text: &str| {
        json!({"messages": [{"role": "user", "content": text}], "word": "w"}).to_string()
    };
    let report = world
        .call("validate_dataset", json!({
            "training_text": format!("{}\n{{\n{}", line("a"), line("b")), "validation_text": line("b"), "grader": rft_mcp::grader(),
        }))
        .await;
    assert_eq!(report["valid"], json!(false));
    assert_eq!(report["training"]["problems"][0]["lines"], json!([2]));
    assert_eq!(
        report["overlap"]["lines"],
        json!([{"training": 3, "validation": 1}])
    );
    assert!(
        report["verdict"]
            .as_str()
            .unwrap()
            .contains("1 examples are in both files"),
        "{report:#}"
    );

    for (arguments, words) in [
        (json!({}), "nothing to check"),
        (
            json!({"training_file": "f", "training_text": "t"}),
            "give one of them",
        ),
        (json!({"training_file": "file-nothing"}), "file-nothing"),
        (json!({"training_file": ".."}), "expected the id"),
        (json!({"text": "x"}), "use training_text"),
    ] {
        let refused = world.refused("validate_dataset", arguments).await;
        assert!(refused.contains(words), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn graders_are_checked_against_the_data() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let arguments = |grader: Value| json!({"grader": grader, "training_file": TRAINING_FILE, "response_schema": rft_mcp::response_schema()});
    let report = world
        .call("lint_grader", arguments(rft_mcp::grader()))
        .await;
    assert_eq!(
        (&report["valid"], &report["problems"]),
        (&json!(true), &json!([]))
    );
    assert_eq!(report["range"], json!({"low": 0.0, "high": 1.0}));
    assert_eq!(report["needs"], json!(["word"]));
    let mut grader = rft_mcp::grader();
    grader["graders"]["exact"]["reference"] = json!("{{ item.wrod }}");
    grader["calculate_output"] = json!("exact + far");
    let report = world.call("lint_grader", arguments(grader)).await;
    let told: Vec<_> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["help"].as_str().unwrap())
        .collect();
    assert!(told.contains(&"did you mean `item.word`?"), "{told:?}");
    assert!(
        told.iter()
            .any(|help| help.contains("exact, near") || help.contains("`near`")),
        "{told:?}"
    );
    let lambda =
        json!({"type": "lambda", "lambda": {"function": "arn:aws:lambda:us-west-2:1:function:f"}});
    let report = world.call("lint_grader", json!({"grader": lambda})).await;
    assert!(
        report["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("takes no `lambda` grader")
    );
    let refused = world.refused("lint_grader", json!({})).await;
    assert!(refused.contains("grader"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grader_is_tried_on_given_answers() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let answer = |word: &str, right: &str| json!({"answer": json!({"word": word}).to_string(), "example": {"word": right}});
    let tried = world
        .call(
            "calibrate_grader",
            json!({"grader": rft_mcp::grader(), "answers": [
                answer("monkey", "monkey"), answer("monk", "monkey"), answer("x", "monkey"),
                {"answer": "no JSON", "example": {"word": "monkey"}},
            ]}),
        )
        .await;
    assert_eq!(
        (&tried["graded"], &tried["signal"]),
        (&json!(4), &json!("good")),
        "{tried:#}"
    );
    assert_eq!(tried["rewards"]["max"], json!(1.0));
    assert_eq!(tried["errors"][0]["error"], json!("sample_parse_error"));
    assert_eq!(tried["errors"][0]["rows"], json!([4]));
    let refused = world
        .refused("calibrate_grader", json!({"grader": rft_mcp::grader()}))
        .await;
    assert!(refused.contains("give answers"), "{refused}");
    let both = json!({"grader": rft_mcp::grader(), "answers": [answer("x", "y")], "training_file": TRAINING_FILE});
    let refused = world.refused("calibrate_grader", both).await;
    assert!(refused.contains("two ways"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grader_is_tried_on_answers_of_a_model() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let arguments = json!({"grader": rft_mcp::grader(), "training_file": TRAINING_FILE, "rows": 6, "response_schema": rft_mcp::response_schema()});
    let tried = world.call("calibrate_grader", arguments.clone()).await;
    assert_eq!(
        tried["graded"].as_u64().unwrap() + tried["failed"].as_u64().unwrap(),
        6,
        "{tried:#}"
    );
    assert!(tried["graded"].as_u64().unwrap() > 0, "{tried:#}");
    // The same rows are drawn each time.
    assert_eq!(tried, world.call("calibrate_grader", arguments).await);
}

fn outcomes(report: &Value) -> Map<String, Value> {
    let checks = report["checks"].as_array().unwrap();
    checks
        .iter()
        .map(|check| {
            (
                check["check"].as_str().unwrap().to_owned(),
                check["outcome"].clone(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_launch_is_checked_from_end_to_end() {
    let world = World::new(Scenario::Healthy, FAST).await;
    let right = json!({
        "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE, "grader": rft_mcp::grader(),
        "response_schema": rft_mcp::response_schema(), "hyperparameters": long(), "budget_usd": 100_000,
    });
    let report = world.call("preflight", right.clone()).await;
    assert_eq!(report["ready"], json!(true), "{report:#}");
    for check in [
        "provider",
        "model",
        "training_file",
        "validation_file",
        "overlap",
        "grader",
        "grader_at_provider",
        "cost",
    ] {
        assert_eq!(outcomes(&report)[check], "pass", "{check}: {report:#}");
    }
    assert!(report["cost"]["usd"]["likely"].as_f64() > Some(0.0));

    for (change, check) in [
        (json!({"base_model": "o1-gone"}), "model"),
        (json!({"training_file": "file-nothing"}), "training_file"),
        (json!({"validation_file": TRAINING_FILE}), "overlap"),
        (
            json!({"grader": {"type": "string_check", "name": "x"}}),
            "grader",
        ),
        (json!({"response_schema": null}), "grader"),
        (
            json!({"response_schema": {"type": "objekt", "properties": {"word": {}}}}),
            "response_schema",
        ),
        (json!({"budget_usd": 1}), "cost"),
    ] {
        let mut arguments = right.clone();
        arguments
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let report = world.call("preflight", arguments).await;
        assert_eq!(report["ready"], json!(false), "{change}");
        assert_eq!(outcomes(&report)[check], "fail", "{change}: {report:#}");
        let failed = report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["outcome"] == "fail");
        assert!(!failed.unwrap()["help"].as_str().unwrap().is_empty());
    }
}

/// Off unless asked for: the tools of a usual server stay few.
#[tokio::test(flavor = "multi_thread")]
async fn the_set_is_served_when_asked_for() {
    let set = TABLE
        .server
        .sets
        .iter()
        .find(|set| set.name == "insight")
        .unwrap();
    assert!(!set.default);
    let count = TABLE
        .tools
        .iter()
        .filter(|spec| spec.sets.contains(&"insight"))
        .count();
    assert_eq!(count, 11);
}
