//! Prompts, resources and completions: what agents are led by.

use std::collections::BTreeSet;

use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Engine, Settings},
    tool::{Block, Body, Complete, Partial, PromptSpec, Read},
    upstream::Provider,
};
use rft_mcp_sandbox::Flavour;
use serde_json::{Map, Value, json};

use crate::bench::{Bench, exact, keys};

/// An engine that sends nothing.
fn engine(provider: &str, sets: Option<&[&str]>, read_only: bool) -> Engine {
    let spec = TABLE.providers.iter().find(|spec| spec.name == provider);
    let base = Some("http://127.0.0.1:9/v1");
    let provider = Provider::resolve(spec.unwrap(), base, &keys).unwrap();
    let settings = Settings {
        sets: sets.map(|sets| sets.iter().map(|set| (*set).to_owned()).collect()),
        read_only,
        ..Settings::default()
    };
    Engine::new(TABLE, provider, &settings).unwrap()
}

fn every_set() -> Vec<&'static str> {
    TABLE.server.sets.iter().map(|set| set.name).collect()
}

/// What a prompt says with every argument given.
async fn said(engine: &Engine, prompt: &'static PromptSpec) -> String {
    let given = prompt
        .arguments
        .iter()
        .map(|argument| (argument.name.to_owned(), json!("given")));
    let messages = engine.prompt(prompt, given.collect()).await.unwrap();
    let texts = messages.into_iter().map(|message| match message.content {
        Block::Text(text) => text,
        other => panic!("{other:?}"),
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn prompt(name: &str) -> &'static PromptSpec {
    TABLE.prompts.iter().find(|one| one.name == name).unwrap()
}

/// The tools that a text names, in order, each once.
fn named(text: &str) -> Vec<&'static str> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    let mut found: Vec<(usize, &'static str)> = TABLE
        .tools
        .iter()
        .filter_map(|tool| {
            let at = words.iter().position(|word| *word == tool.name)?;
            Some((at, tool.name))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

#[tokio::test]
async fn prompts_name_no_tool_that_is_not_served() {
    let every = every_set();
    for provider in TABLE.providers {
        for (sets, read_only) in [
            (None, false),
            (None, true),
            (Some(&["core"][..]), false),
            (Some(&every[..]), false),
            (Some(&every[..]), true),
        ] {
            let engine = engine(provider.name, sets, read_only);
            let served: BTreeSet<&str> = engine.tools().map(|tool| tool.name).collect();
            for prompt in TABLE.prompts {
                let text = said(&engine, prompt).await;
                for name in named(&text) {
                    assert!(
                        served.contains(name),
                        "{}: {} names `{name}`, with {sets:?}, read only {read_only}",
                        provider.name,
                        prompt.name
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn prompts_lead_through_the_tools_in_the_right_order() {
    let every = every_set();
    let full = engine("sandbox", Some(&every), false);
    for (name, tools) in [
        (
            "design_grader",
            &[
                "download_file",
                "lint_grader",
                "validate_grader",
                "run_grader",
                "calibrate_grader",
            ][..],
        ),
        (
            "launch_job",
            &[
                "validate_dataset",
                "upload_file",
                "lint_grader",
                "validate_grader",
                "calibrate_grader",
                "preflight",
                "start_job",
                "wait_for_job",
                "get_reward_curve",
            ],
        ),
        (
            "diagnose_run",
            &[
                "get_job_status",
                "explain_failure",
                "get_reward_curve",
                "estimate_cost",
                "list_job_events",
            ],
        ),
        (
            "choose_checkpoint",
            &[
                "rank_checkpoints",
                "compare_jobs",
                "sample_model",
                "run_grader",
            ],
        ),
    ] {
        assert_eq!(named(&said(&full, prompt(name)).await), tools, "{name}");
    }
    // Where a tool is not there, what stands in for it is.
    let core = engine("bedrock", Some(&["core"]), false);
    for (name, tools) in [
        ("design_grader", &[][..]),
        ("launch_job", &["start_job", "get_job_status"]),
        ("diagnose_run", &["get_job_status"]),
        ("choose_checkpoint", &["list_checkpoints"]),
    ] {
        assert_eq!(named(&said(&core, prompt(name)).await), tools, "{name}");
    }
}

/// What stands in code marks and looks like the name of something here is the name of something here.
#[test]
fn guides_name_what_there_is() {
    let mut known: BTreeSet<String> = TABLE.tools.iter().map(|t| t.name.to_owned()).collect();
    for tool in TABLE.tools {
        for schema in [Some(tool.input), tool.output].into_iter().flatten() {
            words(schema, &mut known);
        }
    }
    let uris: Vec<&str> = TABLE.resources.iter().map(|one| one.uri).collect();
    let mut guides = 0;
    for resource in TABLE.resources {
        let Read::Text(text) = &resource.read else {
            continue;
        };
        guides += 1;
        assert_eq!(resource.mime_type, "text/markdown");
        let text = rft_mcp_runtime::tool::fill(text, &Map::new());
        for marked in text.split('`').skip(1).step_by(2) {
            if marked.starts_with("rft://") {
                assert!(uris.contains(&marked), "{}: {marked}", resource.name);
            }
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            if marked.contains('_') && marked.chars().all(is_name) {
                assert!(known.contains(marked), "{}: {marked}", resource.name);
            }
        }
        let inside = text.matches("{{ ").count();
        assert_eq!(inside > 0, resource.name == "guide_graders", "templates");
    }
    assert_eq!(guides, 5);
}

fn words(text: &str, into: &mut BTreeSet<String>) {
    let split = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    into.extend(split.map(str::to_owned));
}

async fn completed(
    bench: &Bench,
    complete: &'static Complete,
    typed: &str,
) -> (Vec<String>, usize) {
    let partial = Partial {
        argument: "any".to_owned(),
        value: typed.to_owned(),
        given: Map::new(),
    };
    let found = bench.engine.complete(complete, partial).await;
    (found.values, found.total)
}

fn argument(prompt_name: &str, name: &str) -> &'static Complete {
    let mut arguments = prompt(prompt_name).arguments.iter();
    &arguments.find(|one| one.name == name).unwrap().complete
}

#[tokio::test]
async fn ids_are_completed_from_the_provider() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    let mut jobs = Vec::new();
    for _ in 0..3 {
        jobs.push(bench.launch(json!({"grader": exact()})).await);
    }
    jobs.reverse();
    for complete in [
        argument("diagnose_run", "job_id"),
        argument("choose_checkpoint", "job_id"),
        argument("choose_checkpoint", "other_job"),
    ] {
        assert_eq!(completed(&bench, complete, "").await.0, jobs);
    }
    let one = &jobs[1];
    let found = completed(&bench, argument("diagnose_run", "job_id"), one).await;
    assert_eq!(found, (vec![one.clone()], 1));
    for resource in ["job", "curve"] {
        let mut resources = TABLE.resources.iter();
        let resource = resources.find(|spec| spec.name == resource).unwrap();
        let complete = &resource.variables[0].complete;
        assert_eq!(completed(&bench, complete, "").await.0, jobs);
    }

    let files = ["file-sandbox-valid", "file-sandbox-train"];
    for complete in [
        argument("design_grader", "training_file"),
        argument("launch_job", "training_file"),
        argument("launch_job", "validation_file"),
    ] {
        let found = completed(&bench, complete, "").await.0;
        assert_eq!(BTreeSet::from_iter(found), files.map(str::to_owned).into());
        let found = completed(&bench, complete, "file-sandbox-v").await.0;
        assert_eq!(found, ["file-sandbox-valid"]);
    }

    let models = completed(&bench, argument("launch_job", "base_model"), "o4").await;
    assert!(models.0.contains(&"o4-mini-2025-04-16".to_owned()));
    assert!(
        models.0.iter().all(|model| model.contains("o4")),
        "{models:?}"
    );
}

/// A page of a list is asked for, and no more than a page is told.
#[tokio::test]
async fn completions_are_bounded() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    for n in 0..120 {
        let content = format!("{{\"messages\":[{{\"role\":\"user\",\"content\":\"{n}\"}}]}}\n");
        bench.call("upload_file", json!({"content": content})).await;
    }
    let files = completed(&bench, argument("launch_job", "training_file"), "").await;
    assert_eq!((files.0.len(), files.1), (100, 100));
}

async fn read(bench: &Bench, uri: &str) -> Value {
    let (spec, variables) = bench.engine.find_resource(uri).unwrap();
    assert_eq!(spec.mime_type, "application/json");
    match bench.engine.read(spec, variables).await.unwrap() {
        Body::Text(text) => serde_json::from_str(&text).unwrap(),
        _ => panic!("{uri} is no text"),
    }
}

#[tokio::test]
async fn jobs_are_read_as_resources() {
    let bench = Bench::start("openai", Flavour::OpenAi).await;
    let job = bench.launch(json!({"grader": exact()})).await;
    bench.until(&job, "succeeded").await;
    let jobs = read(&bench, "rft://jobs").await;
    assert_eq!(jobs["jobs"][0]["job_id"], *job);
    let one = read(&bench, &format!("rft://jobs/{job}")).await;
    assert_eq!(
        (&one["job_id"], &one["status"]),
        (&json!(job), &json!("succeeded"))
    );
    let curve = read(&bench, &format!("rft://jobs/{job}/curve")).await;
    assert!(curve["curve"].as_str().unwrap().lines().count() > 5);
    assert!(curve["judgement"]["last_valid"]["reward"].is_number());

    let (spec, variables) = bench.engine.find_resource("rft://jobs/ftjob-none").unwrap();
    let missing = bench.engine.read(spec, variables).await.unwrap_err();
    assert!(
        format!("{missing:?}").contains("Check the id"),
        "{missing:?}"
    );
    assert!(bench.engine.find_resource("rft://jobs/a/b").is_none());
    assert!(bench.engine.find_resource("rft://guide/none").is_none());
}

/// Sets choose what `tools/list` costs; a resource costs nothing there.
#[test]
fn resources_do_not_depend_on_sets() {
    let names = |engine: &Engine| -> Vec<&str> { engine.resources().map(|one| one.name).collect() };
    let every = names(&engine("openai", Some(&every_set()), false));
    assert_eq!(every.len(), 9);
    assert_eq!(names(&engine("openai", Some(&["core"]), true)), every);
}
