//! Lists that are larger than an agent is given: whatever the cap, a result that ends early says so, and following its
//! cursor gives every item once.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::{collections::BTreeSet, time::Duration};

use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Context, Engine, Outcome, Settings},
    tool::{Action, Limits},
    upstream::Provider,
};
use rft_mcp_sandbox::{Config, Sandbox, TRAINING_FILE, VALIDATION_FILE};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A sandbox in which a job takes milliseconds.
async fn sandbox() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    let sandbox = Sandbox::new(Config {
        speed: 500_000.0,
        examples: Some(rft_mcp::examples()),
        ..Config::default()
    });
    tokio::spawn(sandbox.serve(listener, std::future::pending()));
    base
}

/// An engine with caps of its own.
fn engine(base: &str, response_bytes: usize, result_bytes: usize) -> Engine {
    let spec = TABLE.providers.iter().find(|spec| spec.name == "sandbox");
    let provider = Provider::resolve(spec.unwrap(), Some(base), &|_| None).unwrap();
    let sets = TABLE.server.sets.iter().map(|set| set.name.to_owned());
    let settings = Settings {
        sets: Some(sets.collect()),
        limits: Some(Limits {
            response_bytes,
            result_bytes,
            ..TABLE.server.limits
        }),
        ..Settings::default()
    };
    Engine::new(TABLE, provider, &settings).unwrap()
}

async fn outcome(engine: &Engine, tool: &str, arguments: Value) -> Outcome {
    let arguments = arguments.as_object().unwrap().clone();
    engine.call(tool, arguments).await.unwrap()
}

async fn call(engine: &Engine, tool: &str, arguments: Value) -> Value {
    match outcome(engine, tool, arguments).await {
        Outcome::Done(mut result) => {
            // That the sandbox answered is said beside the result, and not counted in it.
            result.remove("simulated");
            Value::Object(result)
        }
        other => panic!("{tool}: {other:?}"),
    }
}

/// Fills every list of the sandbox: files, jobs, the events and checkpoints of one, permissions of one of those.
async fn filled(engine: &Engine) -> (String, String) {
    for number in 0..12 {
        let arguments = json!({"content": "{}\n", "filename": format!("part-{number}.jsonl")});
        call(engine, "upload_file", arguments).await;
    }
    let job = json!({
        "training_file": TRAINING_FILE, "validation_file": VALIDATION_FILE, "grader": rft_mcp::grader(),
        "response_schema": rft_mcp::response_schema(), "hyperparameters": {"n_epochs": 1, "batch_size": 20},
    });
    let mut ids = Vec::new();
    for _ in 0..8 {
        let started = call(engine, "start_job", job.clone()).await;
        ids.push(started["job_id"].as_str().unwrap().to_owned());
    }
    // Each leaves a file when it ends: the lists stand still once all have.
    for id in &ids {
        let asked = json!({"job_id": id});
        while call(engine, "get_job_status", asked.clone()).await["status"] != "succeeded" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    let first = ids.remove(0);
    let checkpoints = call(engine, "list_checkpoints", json!({"job_id": first})).await;
    let checkpoint = checkpoints["checkpoints"][0]["model"].as_str().unwrap();
    let projects: Vec<String> = (0..9).map(|number| format!("proj_{number}")).collect();
    let share = json!({"checkpoint": checkpoint, "project_ids": projects});
    call(engine, "create_checkpoint_permissions", share).await;
    (first, checkpoint.to_owned())
}

/// Walks a list by the cursors that its results give: the ids, and how often a result said that it ends early.
async fn walked(
    engine: &Engine,
    tool: &Listed,
    all_pages: bool,
    most: usize,
) -> (Vec<String>, usize) {
    let (mut ids, mut early) = (Vec::new(), 0);
    let mut arguments = tool.arguments.clone();
    arguments["all_pages"] = json!(all_pages);
    for _ in 0..2_000 {
        let result = call(engine, tool.name, arguments.clone()).await;
        let items = result[tool.items].as_array().unwrap();
        ids.extend(
            items
                .iter()
                .map(|item| item[tool.id].as_str().unwrap().to_owned()),
        );
        if items.len() > 1 {
            let text = result.to_string();
            assert!(text.len() <= most, "{}: {} bytes", tool.name, text.len());
        }
        if result["truncated"] == true {
            early += 1;
            assert_eq!(result["has_more"], true, "{result}");
            let note = result["note"].as_str().unwrap();
            let next = format!("`after`: {}", result["next"]);
            assert!(
                note.contains("there are more") && note.contains(&next),
                "{note}"
            );
        }
        if result["has_more"] != true {
            return (ids, early);
        }
        arguments["after"] = result["next"].clone();
    }
    panic!("{} does not end", tool.name)
}

/// A tool that lists, and where its items are.
struct Listed {
    name: &'static str,
    arguments: Value,
    items: &'static str,
    id: &'static str,
    /// Where the provider has the list.
    path: Vec<String>,
}

/// The size of the largest of some items.
fn largest(items: &Value) -> usize {
    let sizes = items.as_array().unwrap().iter();
    sizes.map(|item| item.to_string().len()).max().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_goes_on_where_it_was_cut() {
    let base = sandbox().await;
    let wide = engine(&base, 8 << 20, 8 << 20);
    let (job, checkpoint) = filled(&wide).await;
    let (jobs, of) = (["fine_tuning", "jobs"], job.as_str());
    let shares = ["fine_tuning", "checkpoints", &checkpoint, "permissions"];
    let listed = |name, arguments, items, id, path: &[&str]| Listed {
        name,
        arguments,
        items,
        id,
        path: path.iter().map(|step| (*step).to_owned()).collect(),
    };
    let tools = [
        listed("list_files", json!({}), "files", "file_id", &["files"]),
        listed("list_jobs", json!({}), "jobs", "job_id", &jobs),
        listed(
            "list_job_events",
            json!({"job_id": job}),
            "events",
            "id",
            &[jobs[0], jobs[1], of, "events"],
        ),
        listed(
            "list_checkpoints",
            json!({"job_id": job}),
            "checkpoints",
            "id",
            &[jobs[0], jobs[1], of, "checkpoints"],
        ),
        listed(
            "list_checkpoint_permissions",
            json!({"checkpoint": checkpoint}),
            "permissions",
            "permission_id",
            &shares,
        ),
    ];
    let paged = TABLE
        .tools
        .iter()
        .filter(|tool| matches!(tool.action, Action::Http { page: Some(_), .. }));
    let paged: BTreeSet<&str> = paged.map(|tool| tool.name).collect();
    let here: BTreeSet<&str> = tools.iter().map(|tool| tool.name).collect();
    assert_eq!(here, paged, "every tool with pages is tried");
    for tool in &tools {
        let mut arguments = tool.arguments.clone();
        arguments["all_pages"] = json!(true);
        let whole = call(&wide, tool.name, arguments).await;
        assert_eq!(whole["truncated"], Value::Null, "{whole}");
        let items = whole[tool.items].as_array().unwrap();
        let ids: Vec<&str> = items
            .iter()
            .map(|item| item[tool.id].as_str().unwrap())
            .collect();
        let item = largest(&whole[tool.items]);
        let path: Vec<&str> = tool.path.iter().map(String::as_str).collect();
        let raw = Context::new(wide.clone()).read(&path, &[]).await.unwrap();
        let read = 2 * largest(&raw["data"]) + 100;
        // Room for an item or two, in the result or in what is read of a reply.
        let most = item + item / 2 + 300;
        for all_pages in [false, true] {
            let narrow = engine(&base, 8 << 20, most);
            let (walked_ids, early) = walked(&narrow, tool, all_pages, most).await;
            assert_eq!(walked_ids, ids, "{}", tool.name);
            assert!(early > 0 && early < ids.len(), "{}: {early}", tool.name);
            let short = engine(&base, read, 8 << 20);
            let (walked_ids, early) = walked(&short, tool, all_pages, 8 << 20).await;
            assert_eq!(walked_ids, ids, "{}", tool.name);
            assert!(early > 0 && early < ids.len(), "{}: {early}", tool.name);
        }
    }
}

/// What has no items to cut after fails, and says what is too large, and what can be done on either side.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_is_no_list_and_too_large_says_how_to_mend_it() {
    let base = sandbox().await;
    let short = engine(&base, 100, 8 << 20);
    let Outcome::Failed(told) =
        outcome(&short, "get_file", json!({"file_id": TRAINING_FILE})).await
    else {
        panic!("100 bytes are enough");
    };
    for said in ["larger than 100 bytes", "narrower", "`response_bytes`"] {
        assert!(told.contains(said), "{said}: {told}");
    }
}
