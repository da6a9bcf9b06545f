//! The command line, as a shell sees it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

/// The program, with nothing of the environment that could choose a provider or a key.
fn rft_mcp(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rft-mcp"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear();
    command
}

fn run(arguments: &[&str]) -> Output {
    rft_mcp(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_call_prints_its_result_as_json() {
    let output = run(&["call", "list_jobs", "--provider", "sandbox", "--limit", "3"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(
        serde_json::from_str::<Value>(&out(&output)).unwrap(),
        json!({"jobs": [], "has_more": false, "simulated": "the provider is a simulator"})
    );
    assert!(err(&output).contains("simulated"));
}

#[test]
fn a_job_is_launched_from_fields_and_files() {
    let grader = concat!("@", env!("CARGO_MANIFEST_DIR"), "/data/grader.json");
    let files = [
        "--training-file",
        "file-sandbox-train",
        "--validation_file",
        "file-sandbox-valid",
    ];
    let clip = r#"{"reward_clip": {"min": 0, "max": 1}}"#;
    let schema = concat!(
        "@",
        env!("CARGO_MANIFEST_DIR"),
        "/data/response_schema.json"
    );
    let mut arguments = vec![
        "call",
        "--provider",
        "sandbox",
        "start_job",
        "--confirm",
        "never",
        "--grader",
        grader,
        "--advanced",
        clip,
    ];
    arguments.extend(["--response-schema", schema]);
    arguments.extend(files);
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let result: Value = serde_json::from_str(&out(&output)).unwrap();
    assert!(
        result["job_id"].as_str().unwrap().starts_with("ftjob-"),
        "{result}"
    );
}

#[test]
fn a_tool_error_is_told_on_stderr_and_exits_with_1() {
    let output = run(&[
        "call",
        "get_job_status",
        "--provider",
        "sandbox",
        "--job_id",
        "ftjob-none",
    ]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(err(&output).contains("HTTP 404"), "{}", err(&output));
    let output = run(&[
        "call",
        "start_job",
        "--provider",
        "sandbox",
        "--json",
        r#"{"learning_rate": 0.1}"#,
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("learning_rate_multiplier")
            && err(&output).contains("`/grader` is missing")
    );
}

#[test]
fn usage_mistakes_exit_with_2_and_name_what_there_is() {
    for (arguments, told) in [
        (&["call", "lst_jobs"][..], "list_jobs"),
        (&["call", "list_jobs", "--json", "[]"], "JSON object"),
        (&["call", "list_jobs", "--limt", "1"], "--limit"),
        (
            &["call", "list_jobs", "limit=1"],
            "`limit=1` is no option: write `--limit 1`, or `--json '{\"limit\":1}'`",
        ),
        (
            &["call", "list_jobs", "5"],
            "`5` is no option: a field is given as `--FIELD VALUE`",
        ),
        (&["serve", "--provider", "acme"], "bedrock"),
        (&["serve", "--provider", "sandbox", "--sets", "no"], "core"),
        (&["schema", "--tool", "no"], "start_job"),
        (&["sandbox", "--scenario", "no"], "plateau"),
        (&["sandbox", "--speed", "0"], "above 0"),
    ] {
        let output = run(arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(
            err(&output).contains(told),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

#[test]
fn a_missing_key_is_named_at_start_with_the_way_around() {
    let output = run(&["serve", "--provider", "openai"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    let told = err(&output);
    assert!(
        told.contains("OPENAI_API_KEY") && told.contains("--provider sandbox"),
        "{told}"
    );
    let output = run(&["serve", "--provider", "azure"]);
    assert!(
        err(&output).contains("AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY"),
        "{}",
        err(&output)
    );
}

#[test]
fn every_form_of_schema_names_every_tool() {
    let listed = out(&run(&["tools"]));
    assert_eq!(listed.lines().count(), rft_mcp::TABLE.tools.len());
    for format in ["json", "yaml", "markdown"] {
        let printed = out(&run(&["schema", "--format", format]));
        for line in listed.lines() {
            let name = line.split_whitespace().next().unwrap();
            assert!(printed.contains(name), "{name} in {format}");
        }
    }
    let one: Value = serde_json::from_str(&out(&run(&["schema", "--tool", "start_job"]))).unwrap();
    assert_eq!(
        one["inputSchema"]["required"],
        json!(["training_file", "validation_file", "grader"])
    );
    assert!(!one.to_string().contains("$ref") && !one.to_string().contains("\"x-"));
}

#[test]
fn stdio_serves_and_ends_with_its_input() {
    let mut command = rft_mcp(&["serve", "--provider", "sandbox"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let client = json!({"name": "test", "version": "0"});
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}});
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let call = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "list_jobs", "arguments": {}}});
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{hello}\n{ready}\n{call}").unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let replies: Vec<Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(replies[0]["result"]["serverInfo"]["name"], "rft-mcp");
    assert_eq!(
        replies[1]["result"]["structuredContent"],
        json!({"jobs": [], "has_more": false, "simulated": "the provider is a simulator"})
    );
}

/// The first signal lets a running call finish, for as long as it takes; the second does not.
#[cfg(unix)]
#[test]
fn a_second_signal_ends_it_at_once() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", silent.local_addr().unwrap());
    let arguments = ["serve", "--provider", "sandbox", "--base-url", &url];
    let mut child = rft_mcp(&arguments)
        .args(["--drain", "3600"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let terminate = |pid: u32| {
        let killed = Command::new("kill").arg(pid.to_string()).status();
        assert!(killed.unwrap().success());
    };
    let meta = json!({"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}});
    let call = |name: &str| {
        json!({"jsonrpc": "2.0", "id": name, "method": "tools/call",
            "params": {"name": name, "arguments": {}, "_meta": meta}})
    };
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{}", call("list_jobs")).unwrap();
    let _running = silent.accept().unwrap();
    terminate(child.id());
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    // Refused for what it lacks, until the signal was noticed.
    loop {
        writeln!(input, "{}", call("get_job_status")).unwrap();
        let answer = answers.next().unwrap().unwrap();
        if answer.contains("did not begin the call") {
            break;
        }
        assert!(answer.contains("job_id"), "{answer}");
    }
    // Those so soon after the first are the same wish.
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        terminate(child.id());
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    assert_eq!(status.code(), Some(143));
}

#[test]
fn no_log_holds_what_a_call_was_given() {
    let mut command = rft_mcp(&["serve", "--provider", "sandbox"]);
    let mut child = command
        .env("RUST_LOG", "trace,rmcp=trace,rmcp::service=trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let meta = json!({"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}});
    let call = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": {"name": "get_job_status", "arguments": {"job_id": "ftjob-told-to-nobody"}, "_meta": meta}});
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{call}").unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(out(&output).contains("told-to-nobody"), "{}", out(&output));
    assert!(
        err(&output).contains("simulated"),
        "the log is lost: {}",
        err(&output)
    );
    assert!(!err(&output).contains("told-to-nobody"), "{}", err(&output));
}

#[test]
fn the_help_of_the_sandbox_says_how_to_make_it_fail() {
    let help = run(&["sandbox", "--help"]);
    assert!(
        out(&help).contains("POST /sandbox/faults"),
        "{}",
        out(&help)
    );
    let short = run(&["--help"]);
    assert!(!out(&short).contains("/sandbox/faults"), "{}", out(&short));
}

/// Some clients start a server and never read what it logs.
#[test]
fn nobody_has_to_read_the_log() {
    let mut command = rft_mcp(&["serve", "--provider", "sandbox"]);
    let mut child = command
        .env("RUST_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let unread = child.stderr.take().unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = child.stdout.take().unwrap();
    let answers = std::thread::spawn(move || BufReader::new(output).lines().count());
    // Far more lines than a pipe holds.
    for id in 0..500 {
        let ping = json!({"jsonrpc": "2.0", "id": id, "method": "tools/list", "params": {"_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        }}});
        writeln!(input, "{ping}").unwrap();
    }
    drop(input);
    assert_eq!(answers.join().unwrap(), 500);
    assert!(child.wait().unwrap().success());
    drop(unread);
}

#[test]
fn a_field_that_is_true_or_false_needs_no_value() {
    for all in [
        &["--all-pages"][..],
        &["--all-pages", "true"],
        &["--all-pages=false"],
    ] {
        let mut words = vec!["call", "list_jobs"];
        words.extend(all);
        words.extend(["--provider", "sandbox"]);
        let called = run(&words);
        assert!(called.status.success(), "{all:?}: {}", err(&called));
    }
    let wrong = run(&["call", "list_jobs", "--limit", "--provider", "sandbox"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("a value is required for '--limit"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn sets_may_be_listed_with_spaces() {
    let served = run(&[
        "serve",
        "--provider",
        "sandbox",
        "--sets",
        "core, jobs ,graders",
    ]);
    assert!(served.status.success(), "{}", err(&served));
}

/// What a model reads of the core set before it has done anything, at about four bytes a token.
#[test]
fn the_core_set_costs_at_most_2500_tokens() {
    for provider in ["openai", "azure", "azure-legacy", "bedrock", "sandbox"] {
        let mut command = rft_mcp(&["serve", "--sets", "core", "--provider", provider]);
        if provider != "sandbox" {
            command.args(["--base-url", "http://127.0.0.1:1/v1"]);
        }
        for key in [
            "OPENAI_API_KEY",
            "AZURE_OPENAI_API_KEY",
            "AWS_BEARER_TOKEN_BEDROCK",
        ] {
            command.env(key, "none-needed");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let client = json!({"name": "test", "version": "0"});
        let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client}});
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{hello}\n{ready}\n{list}").unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        let listed = out(&output).lines().nth(1).unwrap().to_owned();
        assert!(listed.contains("start_job"), "{provider}: {listed}");
        let tokens = listed.len() / 4;
        assert!(tokens <= 2_500, "{provider}: about {tokens} tokens");
    }
}

#[test]
fn manifest_check_shows_every_mistake_and_exits_with_3() {
    let output = run(&["manifest", "check"]);
    assert_eq!(
        (output.status.code(), out(&output).as_str()),
        (Some(0), "manifest: no mistakes\n")
    );

    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistaken");
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest")),
        &dir,
    );
    let jobs = dir.join("tools/jobs.yaml");
    let text = fs::read_to_string(&jobs).unwrap();
    // One input is renamed where it is declared only, and another tool gets an unknown effect.
    fs::write(
        &jobs,
        text.replacen("seed: {", "sead: {", 1).replacen(
            "effect: destructive",
            "effect: destroy",
            1,
        ),
    )
    .unwrap();
    let output = run(&["manifest", "check", dir.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    let told = err(&output);
    for part in [
        "`$seed` stands for nothing",
        "did you mean `sead`?",
        "jobs.yaml:",
        "there is no effect `destroy`",
        "mistakes in the manifest",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn manifest_check_tells_machines_on_stdout() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machines");
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest")),
        &dir,
    );
    let jobs = dir.join("tools/jobs.yaml");
    let text = fs::read_to_string(&jobs).unwrap();
    fs::write(&jobs, text.replacen("effect: costly", "effect: dear", 1)).unwrap();
    let check = |format| {
        let output = run(&[
            "manifest",
            "check",
            dir.to_str().unwrap(),
            "--format",
            format,
        ]);
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(3), ""));
        out(&output)
    };
    let json: Value = serde_json::from_str(&check("json")).unwrap();
    assert_eq!(json["diagnostics"][0]["code"], "unknown-effect");
    let sarif: Value = serde_json::from_str(&check("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "unknown-effect");
    let github = check("github");
    assert!(github.starts_with("::error file=") && github.contains("title=unknown-effect::"));

    // A warning fails only those who ask for it, and says the same.
    fs::write(
        &jobs,
        text.replacen(
            ", description: JSON Schema that every answer must follow.",
            "",
            1,
        ),
    )
    .unwrap();
    let arguments = ["manifest", "check", dir.to_str().unwrap()];
    let warned = run(&arguments);
    assert_eq!(warned.status.code(), Some(0), "{}", err(&warned));
    assert!(err(&warned).contains("warning[undescribed-input]: the input `response_schema`"));
    assert!(out(&warned).ends_with("no mistakes, 1 warning\n"));
    let denied = run(&[&arguments[..], &["--deny-warnings"]].concat());
    assert_eq!(denied.status.code(), Some(3));
    assert_eq!(err(&denied), err(&warned));
    fs::remove_dir_all(&dir).unwrap();
}

/// A test reads what the watcher says, line by line: each thing that is done to the files is answered.
#[test]
fn manifest_check_watches_files_saved_moved_made_and_removed() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watched");
    let _ = fs::remove_dir_all(&dir);
    let _ = fs::remove_dir_all(dir.with_extension("gone"));
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest")),
        &dir,
    );
    let mut watcher = rft_mcp(&["manifest", "check", "--watch", dir.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watcher.stderr.take().unwrap()).lines();
    let mut said = || -> (String, String) {
        let mut told = String::new();
        for line in lines.by_ref().map(Result::unwrap) {
            if let Some((said, _)) = line.split_once("; watching ") {
                let (said, took) = said.rsplit_once(" in ").unwrap();
                assert!(took.ends_with(" ms"), "{took}");
                return (said.to_owned(), told);
            }
            told += &line;
        }
        unreachable!("the watcher ended: {told}")
    };
    assert_eq!(said().0, "no mistakes");

    // Written over.
    let jobs = dir.join("tools/jobs.yaml");
    let text = fs::read_to_string(&jobs).unwrap();
    fs::write(&jobs, text.replacen("effect: costly", "effect: dear", 1)).unwrap();
    let (summary, told) = said();
    assert_eq!(summary, "1 mistake");
    assert!(told.contains("there is no effect `dear`"), "{told}");

    // Written beside and moved over it, as many editors save.
    let beside = dir.join("tools/.jobs.yaml.swp");
    fs::write(&beside, &text).unwrap();
    fs::rename(&beside, &jobs).unwrap();
    assert_eq!(said().0, "no mistakes");

    // Made, in a directory that is made too; removed; and all of it removed and put back.
    fs::create_dir_all(dir.join("tools/more")).unwrap();
    fs::write(dir.join("tools/more/new.yaml"), "new_tool: {}\n").unwrap();
    while !said().1.contains("tool `new_tool` has no `title`") {}
    fs::remove_dir_all(dir.join("tools/more")).unwrap();
    while said().0 != "no mistakes" {}
    fs::rename(&dir, dir.with_extension("gone")).unwrap();
    while !said().1.contains("error[") {}
    fs::rename(dir.with_extension("gone"), &dir).unwrap();
    while said().0 != "no mistakes" {}

    watcher.kill().unwrap();
    watcher.wait().unwrap();
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn codes_are_explained_and_tokens_counted() {
    let listed = out(&run(&["manifest", "explain"]));
    assert!(listed.lines().count() > 50);
    for line in listed.lines() {
        let code = line.split_whitespace().next().unwrap();
        let page = out(&run(&["manifest", "explain", code]));
        assert!(page.starts_with(&format!("# {code}\n")), "{page}");
    }
    let unknown = run(&["manifest", "explain", "unknwon-key"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("manifest explain"));

    let table = out(&run(&["manifest", "tokens"]));
    let tokens = |name: &str| -> u64 {
        let line = table.lines().find(|line| line.starts_with(name)).unwrap();
        let number = line.trim_start_matches(name).split_whitespace().next();
        number.unwrap().parse().unwrap()
    };
    let tools = out(&run(&["tools"]));
    let names = tools
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    assert_eq!(names.map(tokens).sum::<u64>(), tokens("all tools"));
    assert!(tokens("set core") <= tokens("listed by default"));
}

#[test]
fn schemas_for_editors_are_written() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
    let _ = fs::remove_dir_all(&dir);
    let output = run(&["manifest", "editor", "--out", dir.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let here = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/codegen/editor"));
    for entry in fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name();
        let read = |dir: &Path| fs::read_to_string(dir.join(&name)).unwrap();
        assert_eq!(read(&dir), read(here), "{}", name.display());
    }
}

#[test]
fn a_tool_is_added_without_rust() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("added");
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest")),
        &dir,
    );
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("```yaml\n").unwrap();
    let (tool, _) = rest.split_once("```").unwrap();
    fs::write(dir.join("tools/added.yaml"), tool).unwrap();
    let output = run(&["manifest", "check", dir.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn help_and_completions_are_printed() {
    assert!(out(&run(&["call", "start_job", "--help"])).contains("--hyperparameters"));
    assert!(out(&run(&["serve", "--help"])).contains("Streamable HTTP"));
    assert!(out(&run(&["sandbox", "--help"])).contains("POST /sandbox/faults takes rules"));
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(&["completions", shell])).contains("scenario"));
    }
}

/// As bash itself calls it when somebody presses Tab behind the last word.
#[cfg(unix)]
#[test]
fn bash_completes_what_stands_behind_subcommands() {
    let script = out(&run(&["completions", "bash"]));
    for (words, expected) in [
        ("rft-mcp ser", "serve"),
        ("rft-mcp serve --se", "--sets"),
        ("rft-mcp manifest expl", "explain"),
        ("rft-mcp manifest check --form", "--format"),
    ] {
        let asked = format!(
            "{script}\nwords=({words}); COMP_WORDS=(\"${{words[@]}}\"); COMP_CWORD=$((${{#words[@]}} - 1))
            _rft__mcp rft-mcp \"${{words[-1]}}\" \"${{words[-2]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let output = bash.args(["--norc", "-c", &asked]).output().unwrap();
        assert_eq!(out(&output).trim(), expected, "{words}: {}", err(&output));
    }
}

#[test]
fn every_line_of_a_log_in_json_is_json() {
    let mut command = rft_mcp(&["--log-format", "json", "call", "list_job"]);
    let output = command
        .env("RUST_LOG", "warn,!!bad")
        .args(["--provider", "sandbox"])
        .output()
        .unwrap();
    let lines: Vec<Value> = err(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect();
    let said = |level: &str, part: &str| {
        lines.iter().any(|line| {
            let message = line["fields"]["message"].as_str().unwrap_or_default();
            line["level"] == level && message.contains(part)
        })
    };
    assert!(said("INFO", "RUST_LOG is not understood"), "{lines:?}");
    assert_ne!(output.status.code(), Some(0));

    let mut command = rft_mcp(&["--log-format", "json", "call", "list_jobs"]);
    let output = command
        .env("RUST_LOG", "off")
        .args(["--provider", "openai"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let line: Value = serde_json::from_str(&err(&output)).unwrap();
    assert_eq!(line["level"], "ERROR");
    let message = line["fields"]["message"].as_str().unwrap();
    assert!(message.contains("OPENAI_API_KEY"), "{message}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn local_files_are_uploaded_and_written_under_the_root_and_nowhere_else() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-files");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("in")).unwrap();
    let line = r#"{"messages": [{"role": "user", "content": "two?"}]}"#;
    fs::write(dir.join("in/train.jsonl"), format!("{line}\n")).unwrap();
    fs::write(dir.join("secret.jsonl"), format!("{line}\n")).unwrap();
    let here = |arguments: &[&str]| {
        let mut command = rft_mcp(&["call", "--provider", "sandbox"]);
        command.args(arguments).current_dir(dir.join("in"));
        command.output().unwrap()
    };
    let output = here(&["upload_file", "--path", "train.jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let file: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(file["filename"], "train.jsonl");
    assert_eq!(file["bytes"], line.len() + 1);
    let output = here(&["upload_file", "--path", "../secret.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("is outside of"), "{}", err(&output));
    let root = dir.to_str().unwrap();
    let output = here(&[
        "--files-root",
        root,
        "upload_file",
        "--path",
        "secret.jsonl",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let download = [
        "download_file",
        "--file_id",
        "file-sandbox-valid",
        "--path",
        "out.jsonl",
    ];
    let output = here(&download);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let saved: Value = serde_json::from_str(&out(&output)).unwrap();
    let written = fs::read(dir.join("in/out.jsonl")).unwrap();
    assert_eq!(saved["bytes"], written.len());
    assert!(err(&here(&download)).contains("not written over"));
}

/// A file of a test's own.
fn written(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn data_is_checked_with_lines_mends_and_an_exit_code() {
    let right = run(&[
        "data",
        "check",
        "data/train.jsonl",
        "--validation",
        "data/valid.jsonl",
        "--grader",
        "data/grader.json",
    ]);
    assert_eq!(
        right.status.code(),
        Some(0),
        "{}{}",
        out(&right),
        err(&right)
    );
    assert!(out(&right).contains("data/train.jsonl:") && out(&right).contains("nothing wrong"));

    let wrong = written(
        "wrong.jsonl",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}\n{\"messages\":[{\"role\":\"system\",\"content\":\"q\"}]}\n",
    );
    let output = run(&[
        "data",
        "check",
        &wrong,
        "--grader",
        "data/grader.json",
        "--validation",
        &wrong,
    ]);
    assert_eq!(output.status.code(), Some(3), "{}", out(&output));
    for words in [
        "error[role]: message 1 has the role `system`",
        &format!("--> {wrong}:2"),
        "= help: reasoning models take `developer` instead",
        "{{ item.word }}",
        "error[overlap]",
        "(also 2)",
    ] {
        assert!(out(&output).contains(words), "{words} in {}", out(&output));
    }

    let output = run(&[
        "data",
        "check",
        &wrong,
        "--format",
        "json",
        "--provider",
        "bedrock",
    ]);
    assert_eq!(output.status.code(), Some(3));
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(
        (&report["valid"], &report["provider"]),
        (&json!(false), &json!("bedrock"))
    );
    let problems = report["files"][0]["report"]["training"]["problems"]
        .as_array()
        .unwrap();
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"too-few") && codes.contains(&"last-message"),
        "{codes:?}"
    );

    // What a file says does not reach the terminal as it is.
    let hostile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.jsonl");
    fs::write(
        &hostile,
        "{\"messages\": [{\"role\": \"x\\u001b[2J\\u202ey\", \"content\": \"a\"}]}\n",
    )
    .unwrap();
    let told = out(&run(&["data", "check", hostile.to_str().unwrap()]));
    assert!(told.contains("x\u{fffd}[2J\u{fffd}y"), "{told}");
    assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told}");

    let missing = run(&["data", "check", "no-such-file.jsonl"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        err(&missing).contains("no-such-file.jsonl"),
        "{}",
        err(&missing)
    );
    assert_eq!(
        run(&["data", "check", &wrong, "--provider", "nobody"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn graders_are_checked_with_places_mends_and_an_exit_code() {
    let right = run(&[
        "grader",
        "check",
        "data/grader.json",
        "--data",
        "data/train.jsonl",
        "--response-schema",
        "data/response_schema.json",
    ]);
    assert_eq!(
        right.status.code(),
        Some(0),
        "{}{}",
        out(&right),
        err(&right)
    );

    let text =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/grader.json")).unwrap();
    let wrong = written(
        "grader.json",
        &text
            .replacen("{{ item.word }}", "{{ item.wrod }}", 1)
            .replace("0.2 * near", "0.2 * nera"),
    );
    let output = run(&["grader", "check", &wrong, "--data", "data/train.jsonl"]);
    assert_eq!(output.status.code(), Some(3));
    for words in [
        "did you mean `item.word`?",
        "at /graders/exact/reference",
        "error[formula-variable]: no grader is called `nera`",
        "did you mean `near`?",
        "2 mistakes, 1 warning",
    ] {
        assert!(out(&output).contains(words), "{words} in {}", out(&output));
    }
    let output = run(&[
        "grader",
        "check",
        "data/grader.json",
        "--provider",
        "bedrock",
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(3));
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    assert!(
        report["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("Bedrock takes no"),
        "{report:#}"
    );

    let broken = written("broken.json", "{\n  \"type\": }");
    let output = run(&["grader", "check", &broken]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        out(&output).contains(&format!("{broken}:2")),
        "{}",
        out(&output)
    );
    assert_eq!(
        run(&["grader", "check", "no-such.json"]).status.code(),
        Some(1)
    );
}

/// Data is read as it comes: memory does not grow with the file.
#[cfg(target_os = "linux")]
#[test]
fn data_is_checked_within_bounded_memory() {
    const LINES: usize = 6_400;
    const MOST_KB: u64 = 64 << 10;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.jsonl");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    let long = "x".repeat(20_000);
    for n in 0..LINES {
        let line = json!({"messages": [{"role": "user", "content": format!("{n} {long}")}], "answer": "x"});
        writeln!(file, "{line}").unwrap();
    }
    file.into_inner().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 125_000_000);
    let mut child = rft_mcp(&["data", "check", path.to_str().unwrap()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    // The peak so far, as often as it can be asked for while the process lives.
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let told = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let told = told.and_then(|told| told.trim().strip_suffix(" kB")?.parse().ok());
        peak = told.unwrap_or(peak);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    let said = out(&output);
    assert!(
        output.status.success() && said.contains("6400 examples"),
        "{said}"
    );
    assert!(peak > 0 && peak < MOST_KB, "{peak} kB");
    std::fs::remove_file(&path).unwrap();
}
