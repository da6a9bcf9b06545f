//! Asking, limits and the audit log on the command line.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says when it is skipped"
)]

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

const LAUNCH: &str = r#"{"training_file":"file-sandbox-train","validation_file":"file-sandbox-valid","grader":{"type":"string_check","name":"exact","operation":"eq","input":"{{ sample.output_text }}","reference":"yes"}}"#;

fn rft_mcp(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rft-mcp"));
    command.args(arguments).env_clear();
    command
}

/// `call start_job` on a sandbox of its own, with more options.
fn launch(options: &[&str]) -> Command {
    let mut command = rft_mcp(&[
        "call",
        "start_job",
        "--provider",
        "sandbox",
        "--json",
        LAUNCH,
    ]);
    command.args(options);
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn a_script_is_refused_until_it_says_that_it_means_it() {
    for options in [&[][..], &["--confirm", "auto"], &["--confirm", "always"]] {
        let output = launch(options).output().unwrap();
        assert_eq!(
            (output.status.code(), out(&output)),
            (Some(1), String::new())
        );
        let said = err(&output);
        assert!(said.contains("has to be confirmed by the person"), "{said}");
        assert!(
            said.contains("Provider: Sandbox") && said.contains("Estimated cost: $"),
            "{said}"
        );
        assert!(said.contains("call again with `--confirm never`"), "{said}");
    }
    let output = launch(&["--confirm", "never"]).output().unwrap();
    assert!(out(&output).contains("ftjob-"), "{}", err(&output));
    let told = LAUNCH.replacen('{', r#"{"confirm":true,"#, 1);
    let output = rft_mcp(&[
        "call",
        "start_job",
        "--provider",
        "sandbox",
        "--json",
        &told,
    ])
    .output();
    assert!(out(&output.unwrap()).contains("ftjob-"));
    // What changes nothing for good is not asked about.
    let output = rft_mcp(&["call", "list_jobs", "--provider", "sandbox"]).output();
    assert!(output.unwrap().status.success());
}

#[test]
fn limits_are_set_by_flag_and_by_variable() {
    let limited = |mut command: Command, variable: &str| {
        let output = command.env("RFT_MCP_SPENDING", variable).output();
        output.unwrap()
    };
    let never = || launch(&["--confirm", "never"]);
    let refused = limited(never(), "launch_usd=1,running_jobs=5");
    assert_eq!(refused.status.code(), Some(1));
    let said = err(&refused);
    assert!(
        said.contains("Limit `launch_usd`, 1 dollars for one launch: this call takes"),
        "{said}"
    );
    let passed = limited(
        launch(&["--confirm", "never", "--spending", "launch_usd=none"]),
        "launch_usd=1",
    );
    assert!(out(&passed).contains("ftjob-"), "{}", err(&passed));
    // The price decides.
    let mut cheap = never();
    cheap.env("RFT_MCP_HOURLY_USD", "0.01");
    let cheap = limited(cheap, "launch_usd=1");
    assert!(out(&cheap).contains("ftjob-"), "{}", err(&cheap));
}

#[test]
fn what_can_not_be_meant_exits_with_2() {
    for (options, said) in [
        (
            &["--spending", "rent=1"][..],
            "there is no limit `rent`: the limits are launch_usd, day_usd, running_jobs",
        ),
        (
            &["--spending", "launch_usd"],
            "expected NAME=NUMBER or NAME=none",
        ),
        (
            &["--spending", "launch_usd=-1"],
            "a limit is a number from 0",
        ),
        (&["--confirm", "perhaps"], "auto, always, never"),
        (
            &["--audit-log", "/no/such/directory/log"],
            "the audit log `/no/such/directory/log` can not be written",
        ),
    ] {
        let output = launch(options).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(2),
            "{options:?}: {}",
            err(&output)
        );
        assert!(err(&output).contains(said), "{options:?}: {}", err(&output));
    }
}

#[test]
fn a_key_that_is_too_short_is_refused_and_not_printed() {
    let path = file("short.key");
    fs::write(&path, "short-and-secret\n").unwrap();
    let serve = ["serve", "--provider", "sandbox"];
    let mut by_flag = rft_mcp(&serve);
    by_flag.arg("--state-key-file").arg(&path);
    let mut by_file = rft_mcp(&serve);
    by_file.env("RFT_MCP_STATE_KEY_FILE", &path);
    let mut by_value = rft_mcp(&serve);
    by_value.env("RFT_MCP_STATE_KEY", "short-and-secret");
    for mut command in [by_flag, by_file, by_value] {
        let output = command.stdin(Stdio::null()).output().unwrap();
        let said = err(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("16 bytes and needs 32 or more") && said.contains("openssl rand"),
            "{said}"
        );
        assert!(!said.contains("short-and-secret"), "{said}");
    }
    let mut missing = rft_mcp(&serve);
    missing.args(["--state-key-file", "/no/such/key"]);
    let output = missing.stdin(Stdio::null()).output().unwrap();
    assert!(
        err(&output).contains("could not read the key in `/no/such/key`"),
        "{}",
        err(&output)
    );
    let mut long = rft_mcp(&serve);
    long.env("RFT_MCP_STATE_KEY", "a".repeat(32));
    let output = long.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", err(&output));
}

#[test]
fn calls_are_logged() {
    let path = file("calls.log");
    let log = path.to_str().unwrap();
    let launched = launch(&["--confirm", "never", "--audit-log", log])
        .env("USER", "ada")
        .output()
        .unwrap();
    launch(&["--audit-log", log]).output().unwrap();
    let lines: Vec<Value> = fs::read_to_string(&path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ends: Vec<_> = lines.iter().filter(|line| line["event"] == "end").collect();
    let outcomes: Vec<_> = ends.iter().map(|line| &line["outcome"]).collect();
    assert_eq!(outcomes, ["ok", "refused"]);
    // Who: the program, and of whom, where the environment says it.
    let who = |key: &str| {
        ends.iter()
            .map(|line| line[key].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(who("client"), ["rft-mcp call", "rft-mcp call"]);
    assert_eq!(who("user"), [Value::from("ada"), Value::Null]);
    let result: Value = serde_json::from_str(&out(&launched)).unwrap();
    let ids = ends.first().map(|line| line["ids"].clone()).unwrap();
    assert_eq!(ids["job_id"], result["job_id"]);
    assert_eq!(ids["launch_token"], result["launch_token"]);
}

/// What is read is not logged, but a local file that is written is.
#[test]
fn a_file_that_is_written_is_logged() {
    let path = file("written.log");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("written");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let download = |arguments: &[&str]| {
        let mut command = rft_mcp(&["call", "download_file", "--provider", "sandbox"]);
        command.args(["--file_id", "file-sandbox-train", "--files-root"]);
        command.arg(&folder).arg("--audit-log").arg(&path);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
    };
    download(&[]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
    download(&["--path", "train.jsonl"]);
    assert!(folder.join("train.jsonl").exists());
    let lines: Vec<Value> = fs::read_to_string(&path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [begin, end] = &lines[..] else {
        panic!("{lines:?}")
    };
    let values = serde_json::json!({"file_id": "file-sandbox-train", "path": "train.jsonl"});
    assert_eq!(
        (
            &begin["tool"],
            &begin["arguments"]["values"],
            &end["outcome"]
        ),
        (&"download_file".into(), &values, &"ok".into())
    );
}

/// A terminal, where `script` of util-linux makes one.
#[cfg(target_os = "linux")]
#[test]
fn whoever_sits_at_a_terminal_is_asked() {
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: there is no `script` to make a terminal with");
        return;
    }
    let program = env!("CARGO_BIN_EXE_rft-mcp");
    for (options, answer, started) in [
        ("", "y\n", true),
        ("", "n\n", false),
        ("", "\n", false),
        ("--confirm always", "yes\n", true),
        ("--confirm never", "", true),
    ] {
        let command =
            format!("{program} call start_job --provider sandbox {options} --json '{LAUNCH}'");
        let mut terminal = Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut keys = terminal.stdin.take().unwrap();
        keys.write_all(answer.as_bytes()).unwrap();
        let shown = out(&terminal.wait_with_output().unwrap());
        assert_eq!(
            shown.contains("[y/N]"),
            options != "--confirm never",
            "{shown}"
        );
        assert_eq!(
            shown.contains("\"job_id\""),
            started,
            "{options} {answer:?}: {shown}"
        );
        assert_eq!(shown.contains("the person declined"), !started, "{shown}");
        drop(keys);
    }
}
