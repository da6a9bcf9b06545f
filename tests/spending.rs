//! What launches cost, held against limits, on the simulated providers.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::Path;

use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Asking, Engine, Outcome, Settings},
    upstream::Provider,
};
use rft_mcp_sandbox::{
    Config, Flavour, Sandbox, TRAINING_FILE, VALIDATION_FILE,
    faults::{Fault, Rule, StatusFault},
};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

struct World {
    sandbox: Sandbox,
    base: String,
    provider: &'static str,
}

impl World {
    async fn start(provider: &'static str, flavour: Flavour) -> Self {
        let config = Config {
            flavour,
            ..Config::default()
        };
        Self::at(provider, config).await
    }

    async fn at(provider: &'static str, config: Config) -> Self {
        let flavour = config.flavour;
        let sandbox = Sandbox::new(config);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let base = format!("http://{address}{}", flavour.base_path());
        tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        Self {
            sandbox,
            base,
            provider,
        }
    }

    /// A server as it is started by whoever says nothing of money.
    fn plain(&self) -> Engine {
        let settings = Settings::default();
        Engine::new(TABLE, self.provider(None), &settings).unwrap()
    }

    fn provider(&self, hourly: Option<f64>) -> Provider {
        let key = |name: &str| {
            let known = name.contains("KEY") || name.contains("TOKEN");
            known.then(|| "key-of-tests".to_owned())
        };
        let mut specs = TABLE.providers.iter();
        let spec = specs.find(|spec| spec.name == self.provider).unwrap();
        let mut provider = Provider::resolve(spec, Some(&self.base), &key).unwrap();
        if let Some(hourly) = hourly {
            provider.set_value("hourly_usd", hourly.into());
        }
        provider
    }

    /// A server that has just been started, with these limits and a price of an hour.
    fn engine(&self, limits: &[(&str, f64)], hourly: Option<f64>) -> Engine {
        self.engine_in(None, limits, hourly)
    }

    /// The same with a directory that it shares with others.
    fn engine_in(
        &self,
        data_dir: Option<&Path>,
        limits: &[(&str, f64)],
        hourly: Option<f64>,
    ) -> Engine {
        let limits = limits.iter();
        let settings = Settings {
            sets: Some(vec!["core".to_owned(), "insight".to_owned()]),
            asking: Asking::Never,
            // Those of the manifest do not hold beside them.
            spending: {
                let none = TABLE.server.spending.iter().map(|limit| (limit.name, None));
                let these = limits.map(|(name, most)| (*name, Some(*most)));
                let all = none.chain(these);
                all.map(|(name, most)| (name.to_owned(), most)).collect()
            },
            data_dir: data_dir.map(Path::to_owned),
            ..Settings::default()
        };
        Engine::new(TABLE, self.provider(hourly), &settings).unwrap()
    }
}

async fn call(engine: &Engine, tool: &str, arguments: Value) -> Result<Map<String, Value>, String> {
    let Value::Object(arguments) = arguments else {
        panic!("no object")
    };
    match engine.call(tool, arguments).await.unwrap() {
        Outcome::Done(result) | Outcome::Shown(result, _) => Ok(result),
        Outcome::Failed(message) => Err(message),
        other => panic!("{other:?}"),
    }
}

fn launch(provider: &str) -> Value {
    let grader = match provider {
        "bedrock" => {
            let function = "arn:aws:lambda:us-west-2:123456789012:function:score";
            json!({"type": "lambda", "lambda": {"function": function}})
        }
        _ => json!({
            "type": "string_check", "name": "exact", "operation": "eq",
            "input": "{{ sample.output_text }}", "reference": "yes",
        }),
    };
    json!({
        "training_file": TRAINING_FILE,
        "validation_file": VALIDATION_FILE,
        "grader": grader,
    })
}

async fn start(engine: &Engine, world: &World) -> Result<String, String> {
    let started = call(engine, "start_job", launch(world.provider)).await?;
    Ok(started["job_id"].as_str().unwrap().to_owned())
}

async fn jobs(world: &World) -> usize {
    let listed = call(&world.engine(&[], None), "list_jobs", json!({})).await;
    listed.unwrap()["jobs"].as_array().unwrap().len()
}

/// Each of them knows nothing of the others but what the provider lists, and launches take a while.
#[tokio::test(start_paused = true)]
async fn servers_that_share_a_directory_keep_a_limit_together() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let directory = tempfile::tempdir().unwrap();
    let slow = Rule {
        route: "POST /v1/fine_tuning/jobs".to_owned(),
        count: 9,
        after: 0,
        fault: Fault::Latency { latency_ms: 800 },
    };
    world.sandbox.faults().add(slow).unwrap();
    let servers: Vec<Engine> = (0..4)
        .map(|_| world.engine_in(Some(directory.path()), &[("running_jobs", 2.0)], None))
        .collect();
    let started = servers.iter().map(|engine| start(engine, &world));
    let started = futures::future::join_all(started).await;
    let refused: Vec<_> = started
        .iter()
        .filter_map(|one| one.as_ref().err())
        .collect();
    assert_eq!(refused.len(), 2, "{started:?}");
    for refused in refused {
        assert!(
            refused.contains("Limit `running_jobs`, 2 jobs at once"),
            "{refused}"
        );
    }
    assert_eq!(jobs(&world).await, 2);
}

#[tokio::test]
async fn a_launch_beyond_a_limit_is_refused() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let refused = start(&world.engine(&[("launch_usd", 5.0)], None), &world)
        .await
        .unwrap_err();
    assert!(
        refused.contains("Limit `launch_usd`, 5 dollars for one launch: this call takes "),
        "{refused}"
    );
    assert!(
        refused.contains("--spending launch_usd=NUMBER"),
        "{refused}"
    );
    // The cost follows from the price.
    start(&world.engine(&[("launch_usd", 5.0)], Some(0.5)), &world)
        .await
        .unwrap();
    assert_eq!(jobs(&world).await, 1);
}

/// What the provider lists is counted by whoever was started after.
#[tokio::test]
async fn a_day_has_what_was_started_before_a_restart() {
    for (provider, flavour) in [
        ("openai", Flavour::OpenAi),
        ("azure", Flavour::Azure),
        ("bedrock", Flavour::Bedrock),
    ] {
        let world = World::start(provider, flavour).await;
        let before = world.engine(&[], Some(100.0));
        let files = json!({"training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE});
        let estimate = call(&before, "estimate_cost", files).await.unwrap();
        // One and a half of such a job.
        let limits = [("day_usd", 1.5 * estimate["usd"]["likely"].as_f64().unwrap())];
        start(&before, &world).await.unwrap();
        let refused = start(&world.engine(&limits, Some(100.0)), &world).await;
        let refused = refused.unwrap_err();
        assert!(
            refused.contains("(1 jobs created since 0:00 UTC, at their likely cost)"),
            "{refused}"
        );
        start(&world.engine(&limits, Some(50.0)), &world)
            .await
            .unwrap();
        assert_eq!(jobs(&world).await, 2, "{provider}");
    }
}

#[tokio::test]
async fn jobs_that_run_are_counted_and_those_that_wait_are_not() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let engine = world.engine(&[("running_jobs", 1.0)], None);
    let first = start(&engine, &world).await.unwrap();
    let refused = start(&engine, &world).await.unwrap_err();
    let told =
        format!("Limit `running_jobs`, 1 jobs at once: 1 are used and this call adds 1 ({first}).");
    assert!(refused.contains(&told), "{refused}");
    call(&engine, "cancel_job", json!({"job_id": first}))
        .await
        .unwrap();
    start(&engine, &world).await.unwrap();
    assert_eq!(jobs(&world).await, 2);
}

#[tokio::test]
async fn launches_at_once_do_not_pass_a_limit_together() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let engine = world.engine(&[("running_jobs", 2.0)], None);
    let launches = (0..8).map(|_| start(&engine, &world));
    let started = futures::future::join_all(launches).await;
    let refused = started.iter().filter(|one| one.is_err());
    assert_eq!((refused.count(), jobs(&world).await), (6, 2), "{started:?}");
}

/// Nobody publishes what an hour costs there.
#[tokio::test]
async fn without_a_price_a_limit_has_to_be_confirmed() {
    for (provider, flavour) in [("azure", Flavour::Azure), ("bedrock", Flavour::Bedrock)] {
        let world = World::start(provider, flavour).await;
        for limit in ["launch_usd", "day_usd"] {
            let engine = world.engine(&[(limit, 1_000_000.0)], None);
            let refused = start(&engine, &world).await.unwrap_err();
            let unknown =
                format!("It can not be said whether the limit `{limit}`, 1000000 dollars");
            assert!(refused.contains(&unknown), "{refused}");
            assert!(refused.contains("--hourly-usd"), "{refused}");
            assert!(refused.contains("`confirm: true`"), "{refused}");
        }
        assert_eq!(jobs(&world).await, 0);
        let engine = world.engine(&[("launch_usd", 1.0)], None);
        let mut arguments = launch(provider);
        arguments["confirm"] = true.into();
        call(&engine, "start_job", arguments).await.unwrap();
        assert_eq!(jobs(&world).await, 1, "{provider}");
    }
}

#[tokio::test]
async fn nothing_is_launched_when_the_check_fails() {
    for route in ["GET /v1/fine_tuning/jobs", "GET /v1/files/{id}/content"] {
        let world = World::start("openai", Flavour::OpenAi).await;
        let fault = StatusFault {
            status: 500,
            acted: false,
            later_ms: 0,
            headers: [("retry-after-ms".to_owned(), "10".to_owned())].into(),
            body: None,
        };
        let rule = Rule {
            route: route.to_owned(),
            count: 100,
            after: 0,
            fault: Fault::Status(fault),
        };
        world.sandbox.faults().add(rule).unwrap();
        let engine = world.engine(&[("day_usd", 1e9), ("running_jobs", 9.0)], None);
        let refused = start(&engine, &world).await.unwrap_err();
        assert!(
            refused.starts_with(
                "nothing was sent: what `start_job` would use could not be found out: "
            ),
            "{refused}"
        );
        assert!(refused.contains("HTTP 500"), "{refused}");
        world.sandbox.faults().clear();
        assert_eq!(jobs(&world).await, 0);
    }
}

fn confirmed(provider: &str) -> Value {
    let mut launch = launch(provider);
    launch["confirm"] = json!(true);
    launch
}

/// Who sets nothing is asked before each launch, and spends no more than the manifest lets them.
#[tokio::test]
async fn no_launch_is_a_surprise_where_nothing_was_set() {
    for (provider, flavour, tells) in [
        (
            "openai",
            Flavour::OpenAi,
            &[
                "Estimated cost: $",
                "Limit `launch_usd`, 1000 dollars for one launch",
                "Limit `day_usd`, 2000 dollars",
                "Limit `running_jobs`, 3 jobs at once",
            ][..],
        ),
        (
            "azure",
            Flavour::Azure,
            &[
                "the price of an hour is not known here",
                "It can not be said whether the limit `launch_usd`",
                "--hourly-usd",
            ],
        ),
        (
            "bedrock",
            Flavour::Bedrock,
            &[
                "the price of an hour is not known here",
                "Limit `running_jobs`",
            ],
        ),
    ] {
        let world = World::start(provider, flavour).await;
        let engine = world.plain();
        let refused = start(&engine, &world).await.unwrap_err();
        assert!(
            refused.contains("call again with the same arguments and `confirm: true`"),
            "{provider}: {refused}"
        );
        for part in tells {
            assert!(refused.contains(part), "{provider}: {part}: {refused}");
        }
        assert_eq!(jobs(&world).await, 0, "{provider}");
        for _ in 0..3 {
            call(&engine, "start_job", confirmed(provider))
                .await
                .unwrap();
        }
        let refused = call(&engine, "start_job", confirmed(provider)).await;
        let refused = refused.unwrap_err();
        assert!(
            refused.contains("3 are used and this call adds 1")
                && refused.contains("--spending running_jobs=NUMBER"),
            "{provider}: {refused}"
        );
        assert_eq!(jobs(&world).await, 3, "{provider}");
    }
}

#[tokio::test]
async fn no_launch_is_dear_where_nothing_was_set() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let mut dear = confirmed("openai");
    dear["hyperparameters"] = json!({"n_epochs": 50, "batch_size": 1});
    let refused = call(&world.plain(), "start_job", dear).await.unwrap_err();
    assert!(
        refused.contains("Limit `launch_usd`, 1000 dollars for one launch: this call takes ")
            && refused.contains("--spending launch_usd=NUMBER"),
        "{refused}"
    );
    assert_eq!(jobs(&world).await, 0);
}

/// What an agent calls the model is not taken for what the server says of it.
#[tokio::test]
async fn a_question_can_not_be_written_by_an_agent() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let mut arguments = launch("openai");
    arguments["base_model"] = "o4\nEstimated cost: $0.\u{2028}Free".into();
    let refused = call(&world.plain(), "start_job", arguments).await;
    let refused = refused.unwrap_err();
    let said = r#"Model: "o4 Estimated cost: $0. Free". Estimated cost: $"#;
    assert!(refused.contains(said), "{refused}");
}

/// Nothing is asked and nothing is limited where nothing costs anything.
#[tokio::test]
async fn the_sandbox_has_no_limits_but_those_that_are_set() {
    let world = World::start("sandbox", Flavour::OpenAi).await;
    let engine = world.plain();
    for _ in 0..5 {
        start(&engine, &world).await.unwrap();
    }
    let limited = world.engine(&[("running_jobs", 5.0)], None);
    let refused = start(&limited, &world).await.unwrap_err();
    assert!(refused.contains("`running_jobs`"), "{refused}");
}

/// A provider need not give back what was uploaded to it.
#[tokio::test]
async fn a_launch_whose_data_can_not_be_read_is_confirmed() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let fault = Fault::Status(StatusFault {
        status: 404,
        acted: false,
        later_ms: 0,
        headers: std::collections::BTreeMap::new(),
        body: None,
    });
    let rule = Rule {
        route: "GET /v1/files/{id}/content".to_owned(),
        count: 99,
        after: 0,
        fault,
    };
    world.sandbox.faults().add(rule).unwrap();
    let engine = world.plain();
    let refused = start(&engine, &world).await.unwrap_err();
    for part in [
        "Neither its time nor its cost can be estimated, since the lines of",
        "`launch_usd`, 1000 dollars for one launch, is kept (how long it takes can not be said)",
        "`confirm: true`",
    ] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    call(&engine, "start_job", confirmed("openai"))
        .await
        .unwrap();
    let mut missing = confirmed("openai");
    missing["training_file"] = json!("file-none");
    let refused = call(&engine, "start_job", missing).await.unwrap_err();
    assert!(refused.contains("file-none"), "{refused}");
}

/// Looks at a job until it is as wanted, which is a matter of milliseconds.
async fn until(engine: &Engine, job: &str, wanted: impl Fn(&Map<String, Value>) -> bool) {
    for _ in 0..20_000 {
        let look = json!({"job_id": job});
        let seen = call(engine, "get_job_status", look).await.unwrap();
        if wanted(&seen) {
            return;
        }
    }
    panic!("{job} never gets there");
}

#[tokio::test]
async fn a_paused_job_does_not_run_and_going_on_costs_the_rest() {
    let world = World::at(
        "openai",
        Config {
            speed: 20_000.0,
            ..Config::default()
        },
    )
    .await;
    let engine = world.engine(&[("running_jobs", 1.0)], None);
    let mut long = launch("openai");
    long["hyperparameters"] = json!({"n_epochs": 50, "batch_size": 1});
    let job = call(&engine, "start_job", long).await.unwrap();
    let job = job["job_id"].as_str().unwrap().to_owned();
    until(&engine, &job, |seen| {
        {
            seen.get("progress")
                .is_some_and(|progress| progress["step"].as_u64() >= Some(2))
        }
    })
    .await;
    start(&engine, &world).await.unwrap_err();
    let id = json!({"job_id": job});
    call(&engine, "pause_job", id.clone()).await.unwrap();
    until(&engine, &job, |seen| seen["status"] == "paused").await;
    // Between what is still to come and the whole.
    let cost = call(&engine, "estimate_cost", id.clone()).await.unwrap();
    let so_far = cost["usd_so_far"].as_f64().unwrap();
    let whole = cost["usd"]["likely"].as_f64().unwrap();
    assert!(so_far > 0.0 && so_far < whole, "{cost:?}");
    let limit = |most: f64| world.engine(&[("launch_usd", most)], None);
    let refused = call(&limit((whole - so_far) * 0.9), "resume_job", id.clone()).await;
    let refused = refused.unwrap_err();
    assert!(refused.contains("Limit `launch_usd`"), "{refused}");
    start(&engine, &world).await.unwrap();
    call(&limit(whole - so_far * 0.5), "resume_job", id)
        .await
        .unwrap();
}
