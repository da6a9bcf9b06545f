//! A launch happens once, whatever becomes of its connections: answers that are lost, late, broken or wrong, lists
//! that fail, and calls that are repeated.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Asking, Engine, Outcome, Settings},
    upstream::Provider,
};
use rft_mcp_sandbox::{
    Config, Flavour, Sandbox, TRAINING_FILE, VALIDATION_FILE,
    faults::{Dropped, Fault, Rule, StatusFault, True},
};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

mod late;

const POST: &str = "POST /v1/fine_tuning/jobs";
const GET: &str = "GET /v1/fine_tuning/jobs";
const UNKNOWN: &str = "not known whether";

struct World {
    sandbox: Sandbox,
    base: String,
    provider: &'static str,
    engine: Engine,
}

impl World {
    async fn start(provider: &'static str, flavour: Flavour) -> Self {
        let sandbox = Sandbox::new(Config {
            flavour,
            ..Config::default()
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!(
            "http://{}{}",
            listener.local_addr().unwrap(),
            flavour.base_path()
        );
        tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        Self {
            engine: engine(provider, &base),
            sandbox,
            base,
            provider,
        }
    }

    /// The same provider as another process sees it, which knows nothing of earlier calls.
    fn elsewhere(&self) -> Engine {
        engine(self.provider, &self.base)
    }

    fn fault(&self, route: &str, count: u32, fault: Fault) {
        let rule = Rule {
            route: route.to_owned(),
            count,
            after: 0,
            fault,
        };
        self.sandbox.faults().add(rule).unwrap();
    }

    /// How often a rule hit, by its index.
    fn hits(&self, index: usize) -> u64 {
        self.sandbox.faults().list()["data"][index]["hit"]
            .as_u64()
            .unwrap()
    }

    /// Every job there is, once what is under way has arrived; without any fault.
    async fn jobs(&self) -> Vec<Value> {
        tokio::time::sleep(Duration::from_secs(2)).await;
        self.sandbox.faults().clear();
        let request = axum::http::Request::get("/v1/fine_tuning/jobs?limit=100")
            .header("authorization", "Bearer any")
            .body(axum::body::Body::empty())
            .unwrap();
        let reply = self.sandbox.router().oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(reply.into_body(), 10_000_000)
            .await
            .unwrap();
        let list: Value = serde_json::from_slice(&body).unwrap();
        list["data"].as_array().unwrap().clone()
    }
}

fn engine(provider: &str, base: &str) -> Engine {
    let key = |name: &str| name.contains("KEY").then(|| "key-of-tests".to_owned());
    let token =
        |name: &str| key(name).or_else(|| name.contains("TOKEN").then(|| "key-of-tests".into()));
    let spec = TABLE.providers.iter().find(|spec| spec.name == provider);
    let provider = Provider::resolve(spec.unwrap(), Some(base), &token).unwrap();
    let limits = TABLE.server.spending.iter();
    let settings = Settings {
        // What a launch asks first fails in ways of its own, and sends nothing: tests/spending.rs.
        asking: Asking::Never,
        spending: limits.map(|limit| (limit.name.to_owned(), None)).collect(),
        ..Settings::default()
    };
    Engine::new(TABLE, provider, &settings).unwrap()
}

/// The arguments of a launch, with more.
fn arguments(provider: &str, more: Value) -> Map<String, Value> {
    let grader = match provider {
        "bedrock" => {
            let function = "arn:aws:lambda:us-west-2:123456789012:function:score";
            json!({"type": "lambda", "lambda": {"function": function}})
        }
        _ => json!({
            "type": "string_check",
            "name": "exact",
            "operation": "eq",
            "input": "{{ sample.output_text }}",
            "reference": "yes",
        }),
    };
    let arguments = json!({
        "training_file": TRAINING_FILE,
        "validation_file": VALIDATION_FILE,
        "grader": grader,
    });
    let (Value::Object(arguments), Value::Object(more)) = (arguments, more) else {
        panic!("no objects");
    };
    arguments.into_iter().chain(more).collect()
}

async fn launch(engine: &Engine, provider: &str, more: Value) -> Result<Value, String> {
    let arguments = arguments(provider, more);
    match engine.call("start_job", arguments).await.unwrap() {
        Outcome::Done(result) => Ok(Value::Object(result)),
        Outcome::Failed(message) => Err(message),
        other => panic!("{other:?}"),
    }
}

fn status(status: u16, acted: bool) -> Fault {
    Fault::Status(StatusFault {
        status,
        acted,
        later_ms: 0,
        headers: [("retry-after-ms".to_owned(), "10".to_owned())].into(),
        body: None,
    })
}

fn dropped(drop: Dropped) -> Fault {
    Fault::Drop { drop }
}

const MALFORMED: Fault = Fault::Malformed { malformed: True };

/// What leaves a caller in doubt, by a number.
fn doubtful(number: u64) -> Fault {
    match number % 8 {
        0 => dropped(Dropped::Before),
        1 => dropped(Dropped::During),
        2 => dropped(Dropped::After),
        3 => MALFORMED,
        4 => status(500, false),
        5 => status(502, true),
        6 => status(408, true),
        _ => status(503, false),
    }
}

/// The token that a message or a result gives.
fn token(message: &str) -> String {
    let (_, rest) = message.rsplit_once("launch_token \"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Numbers that follow from a seed (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_happens_to_one_answer_there_is_one_job_and_it_is_given() {
    for number in 0..8 {
        let world = World::start("openai", Flavour::OpenAi).await;
        world.fault(POST, 1, doubtful(number));
        let job = launch(&world.engine, "openai", json!({})).await.unwrap();
        assert_eq!(world.hits(0), 1);
        let jobs = world.jobs().await;
        assert_eq!(jobs.len(), 1, "{number}");
        assert_eq!(job["job_id"], jobs[0]["id"]);
        assert_eq!(job["launch_token"], jobs[0]["metadata"]["launch_token"]);
        let note = job["note"].as_str().unwrap();
        let expected = match number {
            0 | 4 | 7 => "sent again after an attempt that the list did not show",
            _ => "started once, and found by its launch_token",
        };
        assert!(note.contains(expected), "{number}: {note}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_launch_without_trouble_says_its_token_and_gives_it_again() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let one = launch(&world.engine, "openai", json!({})).await.unwrap();
    assert_eq!(one.get("note"), None, "{one}");
    // Two launches that are alike are two launches.
    let two = launch(&world.engine, "openai", json!({})).await.unwrap();
    assert_ne!(one["job_id"], two["job_id"]);
    let more = json!({"launch_token": one["launch_token"], "seed": 3});
    for engine in [world.engine.clone(), world.elsewhere()] {
        let again = launch(&engine, "openai", more.clone()).await.unwrap();
        assert_eq!(again["job_id"], one["job_id"]);
        let note = again["note"].as_str().unwrap();
        assert!(note.contains("Nothing was sent: an earlier call"), "{note}");
    }
    assert_eq!(world.jobs().await.len(), 2);
}

/// With as many faults as are borne, a launch succeeds; and it is one, however often it is called.
#[tokio::test(start_paused = true)]
async fn hundreds_of_launches_with_random_faults_never_fail_falsely_nor_start_two() {
    for seed in 0..200 {
        let mut numbers = Numbers(seed);
        let world = World::start("openai", Flavour::OpenAi).await;
        for _ in 0..numbers.next(3) {
            world.fault(POST, 1, doubtful(numbers.next(8)));
        }
        for _ in 0..numbers.next(4) {
            world.fault(GET, 1, doubtful(numbers.next(8)));
        }
        let job = launch(&world.engine, "openai", json!({}))
            .await
            .unwrap_or_else(|message| panic!("seed {seed}: {message}"));
        let jobs = world.jobs().await;
        assert_eq!(jobs.len(), 1, "seed {seed}");
        assert_eq!(job["job_id"], jobs[0]["id"], "seed {seed}");
        let more = json!({"launch_token": job["launch_token"]});
        let again = launch(&world.elsewhere(), "openai", more).await.unwrap();
        assert_eq!(again["job_id"], job["job_id"], "seed {seed}");
    }
}

/// With more faults than are borne, a failure says that it is not known, and repeating ends well.
#[tokio::test(start_paused = true)]
async fn hundreds_of_launches_in_a_storm_of_faults_start_one_job_each() {
    let mut failed = 0;
    for seed in 1_000..1_200 {
        let mut numbers = Numbers(seed);
        let world = World::start("openai", Flavour::OpenAi).await;
        for _ in 0..numbers.next(7) {
            let fault = match numbers.next(11) {
                10 => status(504, numbers.next(2) == 0),
                9 => status(400, false),
                8 => status(429, false),
                number => doubtful(number),
            };
            world.fault(POST, 1, fault);
        }
        for _ in 0..numbers.next(25) {
            world.fault(GET, 1, doubtful(numbers.next(8)));
        }
        let mut more = match numbers.next(2) {
            0 => json!({}),
            _ => json!({"launch_token": format!("the-launch-{seed}")}),
        };
        let mut calls = 0;
        let job = loop {
            calls += 1;
            assert!(calls < 40, "seed {seed} does not end");
            let engine = match numbers.next(2) {
                0 => world.elsewhere(),
                _ => world.engine.clone(),
            };
            match launch(&engine, "openai", more.clone()).await {
                Ok(job) => break job,
                Err(message) if message.contains(UNKNOWN) => {
                    failed += 1;
                    more = json!({"launch_token": token(&message)});
                    // What was lost on the way arrives before another process looks.
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                Err(message) => assert!(
                    message.contains("HTTP 400") || message.contains("HTTP 429"),
                    "seed {seed}: {message}"
                ),
            }
        };
        let jobs = world.jobs().await;
        assert_eq!(jobs.len(), 1, "seed {seed}");
        assert_eq!(job["job_id"], jobs[0]["id"], "seed {seed}");
    }
    assert!(failed > 30, "the storm was weak: {failed} failures");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_again_while_the_list_can_not_be_asked() {
    let world = World::start("openai", Flavour::OpenAi).await;
    world.fault(POST, 1, dropped(Dropped::After));
    world.fault(GET, 1_000, status(500, false));
    let message = launch(&world.engine, "openai", json!({}))
        .await
        .unwrap_err();
    for part in [
        UNKNOWN,
        "`list_jobs` could not be asked",
        "Call `start_job` again",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let token = token(&message);
    // A repeated call that can not look does not send either.
    let more = json!({"launch_token": token});
    let again = launch(&world.engine, "openai", more.clone())
        .await
        .unwrap_err();
    assert!(
        again.contains("nothing was sent") && again.contains(UNKNOWN) && again.contains(&token),
        "{again}"
    );
    let jobs = world.jobs().await;
    assert_eq!(jobs.len(), 1);
    let found = launch(&world.engine, "openai", more).await.unwrap();
    assert_eq!(found["job_id"], jobs[0]["id"]);
}

#[tokio::test(start_paused = true)]
async fn a_launch_that_is_not_answered_in_time_is_not_sent_again_by_itself() {
    let world = World::start("openai", Flavour::OpenAi).await;
    world.fault(
        POST,
        1,
        Fault::Latency {
            latency_ms: 700_000,
        },
    );
    let message = launch(&world.engine, "openai", json!({}))
        .await
        .unwrap_err();
    assert!(
        message.contains("did not answer within 600 s") && message.contains(UNKNOWN),
        "{message}"
    );
    assert_eq!(world.jobs().await.len(), 0);
    let more = json!({"launch_token": token(&message)});
    launch(&world.engine, "openai", more).await.unwrap();
    assert_eq!(world.jobs().await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn calls_with_one_token_at_one_time_start_one_job() {
    let world = World::start("openai", Flavour::OpenAi).await;
    world.fault(POST, 1, dropped(Dropped::After));
    let more = json!({"launch_token": "all-at-once"});
    let calls = (0..8).map(|_| launch(&world.engine, "openai", more.clone()));
    let jobs = futures::future::join_all(calls).await;
    let ids: Vec<&Value> = jobs
        .iter()
        .map(|job| &job.as_ref().unwrap()["job_id"])
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(world.jobs().await.len(), 1);
}

/// A provider without the filter is asked for its newest jobs, page by page.
#[tokio::test(start_paused = true)]
async fn without_a_filter_the_newest_jobs_are_compared() {
    let world = World::start("bedrock", Flavour::Bedrock).await;
    let tool = TABLE.tools.iter().find(|tool| tool.name == "list_jobs");
    let shown = world.engine.input_schema(tool.unwrap());
    assert_eq!(shown["properties"].get("metadata"), None);
    let old = json!({"launch_token": "long-ago"});
    let old_job = launch(&world.engine, "bedrock", old.clone()).await.unwrap();
    for _ in 0..110 {
        launch(&world.engine, "bedrock", json!({})).await.unwrap();
    }
    let found = launch(&world.elsewhere(), "bedrock", old).await.unwrap();
    assert_eq!(found["job_id"], old_job["job_id"]);
    world.fault(POST, 1, dropped(Dropped::After));
    let job = launch(&world.engine, "bedrock", json!({})).await.unwrap();
    assert_ne!(job["job_id"], old_job["job_id"]);
    let newest = &world.jobs().await[0];
    assert_eq!(newest["id"], job["job_id"]);
}

#[tokio::test(start_paused = true)]
async fn the_token_goes_with_the_callers_own_labels() {
    let world = World::start("openai", Flavour::OpenAi).await;
    let labels = |count: usize| -> Value {
        let labels = (0..count).map(|number| (format!("label{number}"), json!("x")));
        Value::Object(labels.collect())
    };
    let full = json!({"metadata": labels(16)});
    let message = launch(&world.engine, "openai", full).await.unwrap_err();
    assert!(
        message.contains("nothing was sent") && message.contains("`/metadata` has 17 members"),
        "{message}"
    );
    let mut own = labels(15);
    own["launch_token"] = json!("among-labels");
    let job = launch(&world.engine, "openai", json!({"metadata": own.clone()}))
        .await
        .unwrap();
    assert_eq!(job["launch_token"], "among-labels");
    let more = json!({"metadata": own, "launch_token": "another-token"});
    let message = launch(&world.engine, "openai", more).await.unwrap_err();
    assert!(message.contains("give the token once"), "{message}");
    let again = launch(
        &world.engine,
        "openai",
        json!({"launch_token": "among-labels"}),
    )
    .await
    .unwrap();
    assert_eq!(again["job_id"], job["job_id"]);
    let jobs = world.jobs().await;
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0]["metadata"]["label14"], "x");
    let message = launch(&world.engine, "openai", json!({"launch_token": "short"}))
        .await
        .unwrap_err();
    assert!(message.contains("`/launch_token`"), "{message}");
}
