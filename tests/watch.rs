//! `watch` on simulated jobs.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::{
    collections::BTreeSet,
    process::{Command, Output},
};

use serde_json::{Value, json};

mod program;

use program::{Server, binary, command, finish};

/// A sandbox that runs an hour in a hundredth of a second, of this scenario.
fn sandbox(scenario: &str) -> Server {
    sandbox_at("500000", scenario)
}

fn sandbox_at(speed: &str, scenario: &str) -> Server {
    Server::start(
        &[
            "sandbox",
            "--port",
            "0",
            "--speed",
            speed,
            "--scenario",
            scenario,
        ],
        "/v1",
    )
}

fn asked(arguments: &[&str], base: &str) -> Command {
    let mut command = command(binary());
    command.args(arguments);
    command.args(["--provider", "sandbox", "--base-url", base]);
    command
}

fn run(arguments: &[&str], base: &str) -> Output {
    asked(arguments, base).output().unwrap()
}

fn launch(base: &str) -> String {
    let grader: Value = serde_json::from_str(include_str!("../data/grader.json")).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../data/response_schema.json")).unwrap();
    let arguments = json!({
        "training_file": "file-sandbox-train", "validation_file": "file-sandbox-valid", "grader": grader,
        "response_schema": schema, "hyperparameters": {"n_epochs": 2, "batch_size": 16, "eval_interval": 2},
    });
    let printed = finish(asked(
        &[
            "call",
            "start_job",
            "--confirm",
            "never",
            "--json",
            &arguments.to_string(),
        ],
        base,
    ));
    let job: Value = serde_json::from_str(&printed).unwrap();
    job["job_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_job_is_watched_to_its_end_on_stderr() {
    let sandbox = sandbox("healthy");
    let job = launch(&sandbox.url);
    let output = run(&["watch", &job, "--every", "1"], &sandbox.url);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    for words in [
        "The provider is a simulator",
        "█",
        "train 0.",
        "valid 0.",
        "● validation",
        "Validation reward 0.",
        "succeeded: ft:",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn a_script_gets_lines_and_the_outcome_as_exit_code() {
    let sandbox = sandbox("failure");
    let job = launch(&sandbox.url);
    let output = run(&["watch", &job, "--every", "1", "--json"], &sandbox.url);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{printed}");
    let lines: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |kind: &str| lines.iter().filter(|line| line["event"] == kind).count();
    assert_eq!(of("simulated"), 1, "{printed}");
    assert!(
        of("step") > 3 && of("status") >= 1 && of("end") == 1,
        "{printed}"
    );
    let steps: Vec<u64> = lines
        .iter()
        .filter_map(|line| line["step"].as_u64())
        .collect();
    assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{steps:?}");
    let end = lines.last().unwrap();
    assert_eq!(end["status"], "failed");
    assert!(!end["error"].as_str().unwrap().is_empty(), "{end}");
}

/// A job that is looked at several times on its way is told of as one that has ended already.
#[test]
fn nothing_is_told_twice() {
    let sandbox = sandbox_at("10000", "parse-errors");
    let job = launch(&sandbox.url);
    let output = run(&["watch", &job, "--every", "1", "--json"], &sandbox.url);
    let printed = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told = |event: &str, key: &str| -> Vec<String> {
        let lines = lines.iter().filter(|line| line["event"] == event);
        lines.map(|line| line[key].to_string()).collect()
    };
    for (event, key) in [("step", "step"), ("alarm", "code"), ("status", "status")] {
        let told = told(event, key);
        let once: BTreeSet<&String> = told.iter().collect();
        assert!(!told.is_empty(), "{event}: {printed}");
        assert_eq!(once.len(), told.len(), "{event}: {told:?}");
    }
    assert_eq!(told("end", "event").len(), 1, "{printed}");
}

#[test]
fn a_cancelled_job_has_an_exit_code_of_its_own() {
    let sandbox = sandbox_at("1", "healthy");
    let job = launch(&sandbox.url);
    let cancel = json!({"job_id": job, "confirm": true}).to_string();
    finish(asked(
        &["call", "cancel_job", "--json", &cancel],
        &sandbox.url,
    ));
    let output = run(&["watch", &job, "--every", "1"], &sandbox.url);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{told}");
    assert!(told.contains("cancelled"), "{told}");
}

#[test]
fn alarms_are_told_and_a_wrong_id_ends_at_once() {
    let sandbox = sandbox("parse-errors");
    let job = launch(&sandbox.url);
    let output = run(&["watch", &job, "--every", "1"], &sandbox.url);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("! ") && told.contains("can not be parsed"),
        "{told}"
    );
    let output = run(&["watch", "ftjob-nothing"], &sandbox.url);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("ftjob-nothing"), "{told}");
    assert!(!told.contains("looking again"), "{told}");
}
