//! The commands for authors of manifests, as a shell sees them.
#![cfg(feature = "authors")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
};

use serde_json::Value;

const KEY: &str = "sk-very-secret";

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

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A copy of the manifest to change.
fn manifest(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("authors")
        .join(test);
    let _ = fs::remove_dir_all(&dir);
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("manifest"),
        &dir,
    );
    dir
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn every_tool_has_examples_and_all_hold() {
    let compiled =
        rft_mcp_codegen::compile(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest")).unwrap();
    for tool in &compiled.tools {
        let has = compiled.examples.iter().any(|one| one.tool == tool.name);
        assert!(has, "`{}` has no example", tool.name);
    }
    let output = run(&["manifest", "test"]);
    let expected = format!("{} examples hold, 0 do not\n", compiled.examples.len());
    assert_eq!(
        (output.status.code(), out(&output)),
        (Some(0), expected),
        "{}",
        err(&output)
    );
    assert!(
        !err(&output).contains("is not what this program"),
        "{}",
        err(&output)
    );
}

#[test]
fn examples_that_do_not_hold_are_told_all_at_once() {
    let dir = manifest("mismatch");
    // What functions make is not known before they run.
    change(
        &dir.join("tools/jobs.yaml"),
        "fraction: 0.25",
        "fraction: 0.5",
    );
    change(
        &dir.join("tools/jobs.yaml"),
        "name: response, schema",
        "name: answer, schema",
    );
    change(
        &dir.join("tools/files.yaml"),
        "accept: \"*/*\"",
        "accept: text/plain",
    );
    change(
        &dir.join("tools/graders.yaml"),
        "error: Unknown template item.answer",
        "error: no such grader",
    );
    // Nor what native tools send and find.
    for (from, to) in [
        (
            "training: { get: /files/file-1/content }",
            "training: { get: /files/file-3/content }",
        ),
        ("gain: 0.24", "gain: 0.25"),
        (
            "item: { answer: \"2\" } } }\n        second",
            "item: { answer: two } } }\n        second",
        ),
    ] {
        change(&dir.join("tools/insight.yaml"), from, to);
    }
    let output = run(&["manifest", "test", dir.to_str().unwrap()]);
    let told = err(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    for line in [
        "result/progress/fraction: expected 0.5, got 0.25",
        "body/method/reinforcement/response_format/json_schema/name: expected \"answer\", got \"response\"",
        "header accept: expected text/plain, got */*",
        "the error has no `no such grader` in it",
        "GET /files/file-3/content: was not sent",
        "GET /files/file-1/content: is sent, and not in the example",
        "result/jobs/1/gain: expected 0.25, got 0.24",
        "POST /fine_tuning/alpha/graders/run body/item/answer: expected \"two\", got \"2\"",
        "tools/jobs.yaml:",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(
        out(&output).ends_with(" examples hold, 7 do not\n"),
        "{}",
        out(&output)
    );
    let one = run(&[
        "manifest",
        "test",
        dir.to_str().unwrap(),
        "--tool",
        "list_jobs",
    ]);
    assert_eq!(
        (one.status.code(), out(&one).as_str()),
        (Some(0), "1 example holds, 0 do not\n")
    );
    change(
        &dir.join("tools/files.yaml"),
        "title: List files",
        "title: Lists files",
    );
    let other = run(&[
        "manifest",
        "test",
        dir.to_str().unwrap(),
        "--tool",
        "get_file",
    ]);
    assert!(
        err(&other).contains("is not what this program was compiled from"),
        "{}",
        err(&other)
    );
    change(
        &dir.join("tools/files.yaml"),
        "request: { get: /files/file-1 }",
        "request: { get: /file/file-1 }",
    );
    let invalid = run(&["manifest", "test", dir.to_str().unwrap()]);
    assert_eq!(invalid.status.code(), Some(3));
    assert!(
        err(&invalid).contains("error[example-request]"),
        "{}",
        err(&invalid)
    );
    let unknown = run(&["manifest", "test", "--tool", "nothing"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_new_tool_passes_the_check() {
    let dir = manifest("new");
    let at = dir.to_str().unwrap();
    let output = run(&["manifest", "new", "tool", "get_thing", "--dir", at]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let checked = run(&["manifest", "check", "--deny-warnings", at]);
    assert_eq!(checked.status.code(), Some(0), "{}", err(&checked));
    let listed = out(&run(&["manifest", "list", at]));
    let line = listed
        .lines()
        .find(|line| line.starts_with("get_thing "))
        .unwrap();
    assert!(
        line.contains("read") && line.contains("GET /things/{id}"),
        "{line}"
    );
    // `core`, the first set, has no room left.
    assert!(
        out(&output).contains("in the set `models`") && line.contains(" models "),
        "{line}"
    );
    let chosen = ["manifest", "new", "tool", "get_it", "--dir", at, "--set"];
    let chosen = |set: &str| run(&[chosen.as_slice(), &[set]].concat());
    let unknown = chosen("cores");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("no set `cores`: the sets are core, jobs,"),
        "{}",
        err(&unknown)
    );
    assert!(out(&chosen("jobs")).contains("in the set `jobs`"));
    assert!(
        listed.contains("GET /fine_tuning/jobs/{job_id}, GET /fine_tuning/jobs/{job_id}/events")
    );
    for (name, told) in [
        ("get_thing", "already"),
        ("Get-Thing", "no name of a tool"),
        ("../x", "no name"),
        ("_x", "no name"),
        ("1st", "no name"),
    ] {
        let output = run(&["manifest", "new", "tool", name, "--dir", at]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(told), "{}", err(&output));
    }
    for name in ["x", "get_2nd", "a_"] {
        let output = run(&[
            "manifest", "new", "tool", name, "--dir", at, "--set", "jobs",
        ]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    }
    let checked = run(&["manifest", "check", at]);
    assert_eq!(checked.status.code(), Some(0), "{}", err(&checked));
    // A file of that name may hold other tools.
    let jobs = fs::read_to_string(dir.join("tools/jobs.yaml")).unwrap();
    let output = run(&["manifest", "new", "tool", "jobs", "--dir", at]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("tools/jobs.yaml"), "{}", err(&output));
    assert_eq!(
        fs::read_to_string(dir.join("tools/jobs.yaml")).unwrap(),
        jobs
    );
}

/// Whoever adds a tool and asks for it at once reads that the program has to be built again.
#[test]
fn a_tool_that_is_not_built_yet_is_told() {
    let dir = manifest("unbuilt/manifest");
    let here = dir.parent().unwrap();
    let at = |arguments: &[&str]| {
        let output = rft_mcp(arguments).current_dir(here).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        err(&output)
    };
    let asked: [&[&str]; 4] = [
        &["manifest", "show", "get_thing"],
        &["call", "get_thing", "--dry-run"],
        &["call", "get_thing", "--id", "x"],
        &["schema", "--tool", "get_thing"],
    ];
    for arguments in asked {
        let told = at(arguments);
        assert!(
            told.contains("there is no tool `get_thing`: the tools are "),
            "{told}"
        );
    }
    let new = run(&[
        "manifest",
        "new",
        "tool",
        "get_thing",
        "--dir",
        dir.to_str().unwrap(),
    ]);
    assert!(out(&new).contains("cargo build"), "{}", out(&new));
    for arguments in asked {
        let told = at(arguments);
        assert!(
            told.contains("`get_thing` is in `manifest`, but not in this program"),
            "{told}"
        );
        assert!(told.contains("cargo build"), "{told}");
    }
    let other = at(&["manifest", "show", "get_nothing"]);
    assert!(
        other.contains("there is no tool `get_nothing`: the tools are "),
        "{other}"
    );
    fs::write(dir.join("tools/get_thing.yaml"), "get_thing: [").unwrap();
    let told = at(&["manifest", "show", "get_thing"]);
    assert!(
        told.contains("there is no tool `get_thing`") && told.contains("manifest check"),
        "{told}"
    );
}

/// What is shown is what was compiled: where the manifest at hand says otherwise, that is told.
#[test]
fn a_manifest_that_is_not_the_compiled_one_is_told_where_a_tool_is_shown() {
    let dir = manifest("stale/manifest");
    let shown = || {
        let mut command = rft_mcp(&["manifest", "show", "list_jobs"]);
        let output = command.current_dir(dir.parent().unwrap()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(out(&output).contains("GET "), "{}", out(&output));
        err(&output)
    };
    assert_eq!(shown(), "");
    change(
        &dir.join("tools/files.yaml"),
        "title: List files",
        "title: Lists files",
    );
    let told = shown();
    assert!(
        told.contains("is not what this program was compiled from") && told.contains("cargo build"),
        "{told}"
    );
    fs::write(dir.join("tools/more.yaml"), "more: [").unwrap();
    let told = shown();
    assert!(told.contains("`manifest` has mistakes"), "{told}");
}

#[test]
fn another_manifest_s_tools_are_not_shown_and_how_they_can_be_is_said() {
    let show = |dir: &str| run(&["manifest", "show", "list_jobs", dir]);
    let output = show("manifest");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let dir = manifest("another");
    change(
        &dir.join("tools/files.yaml"),
        "title: List files",
        "title: Lists files",
    );
    let dir = dir.to_str().unwrap();
    let output = show(dir);
    assert_ne!(output.status.code(), Some(0), "{}", out(&output));
    let told = err(&output);
    for part in [dir, "examples/starter", "cargo test", "manifest list"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn an_import_says_what_comes_after_it() {
    let dir = manifest("imported");
    let document = dir.with_extension("yaml");
    let text = "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\nservers: [{ url: https://api.openai.com/v1 }]\n\
                paths: { /things: { get: { operationId: list_things, responses: { '200': { description: ok } } } } }\n";
    fs::write(&document, text).unwrap();
    let import = |out: &Path| {
        let (document, dir) = (document.to_str().unwrap(), out.to_str().unwrap());
        let output = run(&["manifest", "import", document, "--all", "--out", dir]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        self::out(&output)
    };
    let told = import(&dir);
    assert!(told.contains("build it again (`cargo build`)"), "{told}");
    assert!(!told.contains("examples/starter"), "{told}");
    let told = import(&dir);
    assert!(!told.contains("build it again"), "nothing is new: {told}");
    let new = dir.with_file_name("imported-new");
    let _ = fs::remove_dir_all(&new);
    let told = import(&new);
    assert!(told.contains("examples/starter"), "{told}");
    assert!(!told.contains("build it again"), "{told}");
}

/// What can be left out is said to be; of a document that is none there is nothing else to import.
#[test]
fn a_refused_import_says_what_can_be_imported_all_the_same() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("authors/refused");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    let import = |text: &str| {
        let (document, out) = (dir.join("openapi.yaml"), dir.join("manifest"));
        fs::write(&document, text).unwrap();
        let (document, dir) = (document.to_str().unwrap(), out.to_str().unwrap());
        let output = run(&["manifest", "import", document, "--all", "--out", dir]);
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        assert!(!out.exists());
        err(&output)
    };
    let partial = "with --partial the others are imported";
    let told = import(
        "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\nservers: [{ url: https://things.example }]\n\
         paths:\n  /a: { get: { operationId: a, responses: { '200': { description: ok } } } }\n  \
         /b/../c: { get: { operationId: b, responses: { '200': { description: ok } } } }\n",
    );
    assert!(
        told.contains("1 mistake in the document, nothing is written") && told.contains(partial),
        "{told}"
    );
    // Where there are no others, that is no success.
    let import_partial = |path: &str| {
        let (document, out) = (dir.join("openapi.yaml"), dir.join("manifest"));
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: Things, version: '1' }}\nservers: [{{ url: https://things.example }}]\n\
             paths:\n  {path}: {{ get: {{ operationId: b, responses: {{ '200': {{ description: ok }} }} }} }}\n"
        );
        fs::write(&document, text).unwrap();
        let (document, dir) = (document.to_str().unwrap(), out.to_str().unwrap());
        let output = run(&[
            "manifest",
            "import",
            document,
            "--all",
            "--partial",
            "--out",
            dir,
        ]);
        (output.status.code(), err(&output), out.exists())
    };
    let (code, told, written) = import_partial("/b/../c");
    assert_eq!((code, written), (Some(3), false), "{told}");
    assert!(
        told.contains("none of the operations can be imported: nothing is written"),
        "{told}"
    );
    let (code, told, written) = import_partial("/b");
    assert_eq!((code, written), (Some(0), true), "{told}");
    fs::remove_dir_all(dir.join("manifest")).unwrap();
    let told = import("[]\n");
    assert!(
        told.contains("1 mistake in the document, nothing is written") && !told.contains(partial),
        "{told}"
    );
}

#[test]
fn a_list_says_of_each_tool_what_it_does() {
    let listed = out(&run(&["manifest", "list"]));
    let compiled =
        rft_mcp_codegen::compile(concat!(env!("CARGO_MANIFEST_DIR"), "/manifest")).unwrap();
    let mut lines = listed.lines();
    assert!(lines.next().unwrap().starts_with("TOOL "), "{listed}");
    for (line, tool) in lines.by_ref().zip(&compiled.tools) {
        let description = tool.description.split_whitespace().take(4);
        let description: Vec<&str> = description.collect();
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some(tool.name.as_str()));
        assert_eq!(words.next(), Some(tool.effect));
        assert!(line.contains(&tool.sends.join(", ")), "{line}");
        assert!(line.contains(&description.join(" ")), "{line}");
    }
    assert_eq!(listed.lines().count(), compiled.tools.len() + 1);
}

/// Columns line up whatever stands in them, by characters; a description is one line and is cut after sixty of them.
#[test]
fn a_list_is_a_table() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("authors/listed");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("tools")).unwrap();
    let server = "name: few\ntitle: Few\ninstructions: None.\n\
                  sets: { all: { description: All, default: true }, more: { description: More } }\n";
    fs::write(dir.join("server.yaml"), server).unwrap();
    let provider =
        "one: { title: One, base_url: \"http://127.0.0.1:9\", auth: { bearer: \"${KEY}\" } }\n";
    fs::write(dir.join("providers.yaml"), provider).unwrap();
    let sixty = "é".repeat(60);
    let tools: [(&str, &str, &str, &str, &str); 3] = [
        ("a", "read", "all", "get: \"/a\"", &sixty),
        (
            "b_longer",
            "destructive",
            "all, more",
            "delete: \"/möre/b\"",
            &format!("{sixty}x"),
        ),
        (
            "c",
            "write",
            "more",
            "post: \"/c\"",
            "One line,\n    and   another.",
        ),
    ];
    let tools = tools.map(|(name, effect, sets, request, description)| {
        format!(
            "{name}:\n  title: T\n  description: >-\n    {description}\n  effect: {effect}\n  sets: [{sets}]\n  \
             input: {{ type: object, additionalProperties: false }}\n  request: {{ {request} }}\n  \
             result: {{ id: $response.id }}\n  output: {{ type: object, properties: {{ id: {{ type: string }} }} }}\n"
        )
    });
    fs::write(dir.join("tools/all.yaml"), tools.concat()).unwrap();
    let listed = run(&["manifest", "list", dir.to_str().unwrap()]);
    let expected = [
        "TOOL      EFFECT       SETS      SENDS           DESCRIPTION".to_owned(),
        format!("a         read         all       GET /a          {sixty}"),
        format!("b_longer  destructive  all,more  DELETE /möre/b  {sixty}…"),
        "c         write        more      POST /c         One line, and another.".to_owned(),
    ];
    assert_eq!(out(&listed), expected.join("\n") + "\n", "{}", err(&listed));
}

/// Takes one request and answers it.
fn provider() -> (String, thread::JoinHandle<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
        loop {
            let count = stream.read(&mut chunk).unwrap();
            bytes.extend_from_slice(chunk.get(..count).unwrap());
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8(bytes.get(..end).unwrap().to_vec())
                .unwrap()
                .to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            let body = bytes.get(end + 4..).unwrap();
            if body.len() >= length {
                stream
                    .write_all(
                        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
                    )
                    .unwrap();
                let head = String::from_utf8(bytes.get(..end).unwrap().to_vec()).unwrap();
                return (head, body.to_vec());
            }
        }
    });
    (base, served)
}

/// Runs what `call --curl` prints, in a shell that has the key.
fn curl(dir: &Path, arguments: &[&str]) -> (String, Vec<u8>) {
    let (base, served) = provider();
    let mut words: Vec<&str> = vec!["call", "--provider", "openai", "--base-url", &base];
    words.extend(arguments);
    words.push("--curl");
    let output = rft_mcp(&words).env("OPENAI_API_KEY", KEY).output().unwrap();
    let script = out(&output);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(!script.contains(KEY), "{script}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(dir);
    shell
        .env("OPENAI_API_KEY", KEY)
        .env("NO_PROXY", "127.0.0.1")
        .env("HOME", "/nowhere");
    let ran = shell.output().unwrap();
    assert!(ran.status.success(), "{script}\n{}", err(&ran));
    served.join().unwrap()
}

#[test]
fn a_printed_command_of_curl_sends_what_the_tool_would() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("authors-curl");
    fs::create_dir_all(&dir).unwrap();
    let text = "it's \"$HOME\" `id` \\ 'x' \n é 😀 !";
    let grader = serde_json::json!({
        "type": "string_check", "name": text, "input": "a", "reference": "$(id)", "operation": "eq"
    });
    let (head, body) = curl(&dir, &["validate_grader", "--grader", &grader.to_string()]);
    assert!(
        head.starts_with("POST /v1/fine_tuning/alpha/graders/validate "),
        "{head}"
    );
    assert!(
        head.contains(&format!("Authorization: Bearer {KEY}")),
        "{head}"
    );
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body, serde_json::json!({ "grader": grader }));
    let (head, _) = curl(&dir, &["get_model", "--model", "a'b/c?d [e] {f}"]);
    assert!(
        head.starts_with("GET /v1/models/a%27b%2Fc%3Fd%20%5Be%5D%20%7Bf%7D "),
        "{head}"
    );
    let (_, body) = curl(
        &dir,
        &[
            "upload_file",
            "--content",
            text,
            "--filename",
            "a \"b\";c.jsonl",
        ],
    );
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains(&format!("\r\n\r\n{text}\r\n")), "{body}");
    assert!(
        body.contains("name=\"purpose\"\r\n\r\nfine-tune\r\n"),
        "{body}"
    );
    fs::write(dir.join("it's; a \"file\".jsonl"), text).unwrap();
    let (_, body) = curl(&dir, &["upload_file", "--path", "it's; a \"file\".jsonl"]);
    assert!(String::from_utf8(body).unwrap().contains(text));
}

#[test]
fn a_dry_run_shows_what_is_sent_without_keys_and_sends_nothing() {
    let words = ["call", "get_job_status", "--job_id", "ftjob-1", "--dry-run"];
    let mut command = rft_mcp(&words);
    let output = command.env("OPENAI_API_KEY", KEY).output().unwrap();
    let shown = out(&output);
    assert_eq!(
        shown,
        "GET https://api.openai.com/v1/fine_tuning/jobs/ftjob-1\nAuthorization: Bearer $OPENAI_API_KEY\n\n\
         GET https://api.openai.com/v1/fine_tuning/jobs/ftjob-1/events?limit=10\nAuthorization: Bearer $OPENAI_API_KEY\n"
    );
    // No variable needs to be set to look.
    let output = run(&[
        "manifest",
        "show",
        "get_file",
        "--json",
        r#"{"file_id": "f"}"#,
        "--provider",
        "azure",
    ]);
    assert_eq!(
        out(&output),
        "GET $AZURE_OPENAI_ENDPOINT/openai/v1/files/f\napi-key: $AZURE_OPENAI_API_KEY\n",
        "{}",
        err(&output)
    );
    let mut command = rft_mcp(&["manifest", "show", "list_files", "--curl"]);
    let output = command
        .env("OPENAI_API_KEY_FILE", "/run/key")
        .env("OPENAI_ORG_ID", "org-1")
        .output()
        .unwrap();
    assert!(
        out(&output).contains("'Authorization: Bearer '\"$(cat \"$OPENAI_API_KEY_FILE\")\""),
        "{}",
        out(&output)
    );
    assert!(
        out(&output).contains("-H 'OpenAI-Organization: '\"$OPENAI_ORG_ID\""),
        "{}",
        out(&output)
    );
    let refused = run(&["call", "get_file", "--dry-run"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        err(&refused).contains("`/file_id` is missing"),
        "{}",
        err(&refused)
    );
}

/// The body is what a launch sends, which is found by its token.
#[test]
fn a_dry_run_of_a_launch_has_its_token() {
    let mut launch = serde_json::json!({
        "training_file": "file-1", "validation_file": "file-2",
        "grader": {"type": "string_check", "name": "g", "input": "a", "reference": "b", "operation": "eq"},
    });
    let show = |launch: &Value| {
        let launch = launch.to_string();
        out(&run(&["manifest", "show", "start_job", "--json", &launch]))
    };
    let shown = show(&launch);
    assert!(shown.contains("\"launch_token\": \""), "{shown}");
    launch["launch_token"] = Value::from("mine-alone");
    let shown = show(&launch);
    assert!(
        shown.contains("\"launch_token\": \"mine-alone\""),
        "{shown}"
    );
}

/// What a native tool sends first is found by running it where nothing is sent; the rest follows from replies.
#[test]
fn a_dry_run_of_a_native_tool_shows_what_it_sends_first() {
    let dry = run(&[
        "call",
        "rank_checkpoints",
        "--job_id",
        "ftjob-7",
        "--dry-run",
    ]);
    let shown = out(&dry);
    assert_eq!(dry.status.code(), Some(0), "{}", err(&dry));
    assert!(
        shown.starts_with(
            "GET https://api.openai.com/v1/fine_tuning/jobs/ftjob-7\nAuthorization: Bearer $OPENAI_API_KEY\n"
        ),
        "{shown}"
    );
    for said in [
        "# `rank_checkpoints` is a Rust function. It sends this first",
        "Nothing was sent",
        "#   GET /fine_tuning/jobs/ftjob-1/events?limit=100\n#   GET /fine_tuning/jobs/ftjob-1/checkpoints?limit=100\n",
        "`rft-mcp call rank_checkpoints --provider sandbox …`",
    ] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    let same = run(&[
        "manifest",
        "show",
        "rank_checkpoints",
        "--json",
        r#"{"job_id": "ftjob-7"}"#,
    ]);
    assert_eq!((same.status.code(), out(&same)), (Some(0), shown));
    // One that reads again and again is not waited for.
    let wait = run(&["call", "wait_for_job", "--job_id", "j", "--dry-run"]);
    assert!(
        out(&wait).starts_with("GET https://api.openai.com/v1/fine_tuning/jobs/j\n"),
        "{}",
        err(&wait)
    );
    let refused = run(&["manifest", "show", "rank_checkpoints"]);
    assert_eq!(
        (refused.status.code(), out(&refused).as_str()),
        (Some(1), "")
    );
    assert!(
        err(&refused).contains("`/job_id` is missing"),
        "{}",
        err(&refused)
    );
    let unknown = run(&["manifest", "show", "rank_checkpoint"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("there is no tool `rank_checkpoint`"),
        "{}",
        err(&unknown)
    );
}

/// What is kept here is neither read nor changed by a dry run, and needs no place.
#[test]
fn a_dry_run_of_a_watch_touches_none() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().to_str().unwrap();
    let watch = r#"{"watch_id": "watch-1"}"#;
    for (tool, input) in [
        ("get_watch", watch),
        ("list_watches", "{}"),
        (
            "update_watch",
            r#"{"watch_id": "watch-1", "poll_interval": 60}"#,
        ),
        ("stop_watch", watch),
    ] {
        for place in [&[][..], &["--data-dir", dir]] {
            let words = [&["call", tool, "--json", input, "--dry-run"], place].concat();
            let dry = run(&words);
            let said = format!(
                "# `{tool}` is a Rust function. It sends nothing to the provider for this input"
            );
            assert!(out(&dry).starts_with(&said), "{}{}", out(&dry), err(&dry));
            assert_eq!(dry.status.code(), Some(0), "{tool}");
        }
    }
    assert_eq!(std::fs::read_dir(dir).unwrap().count(), 0);
    let wrong = run(&[
        "call",
        "update_watch",
        "--dry-run",
        "--json",
        r#"{"watch_id": "w", "poll_interval": 0}"#,
    ]);
    assert!(err(&wrong).contains("/poll_interval"), "{}", err(&wrong));
    let first = run(&["call", "watch_job", "--job_id", "ftjob-7", "--dry-run"]);
    assert!(out(&first).starts_with("GET https://api.openai.com/v1/fine_tuning/jobs/ftjob-7\n"));
    // Without one a call does look, where it is told to.
    let real = run(&[
        "call",
        "list_watches",
        "--provider",
        "sandbox",
        "--data-dir",
        dir,
    ]);
    assert!(out(&real).contains("\"watches\": []"), "{}", err(&real));
}

/// What would be asked of a model, to the last answer; and what is wrong with it, which only the function knows.
#[test]
fn a_dry_run_shows_what_a_model_would_be_asked() {
    let ask = |api: &str, more: &[&str]| {
        let messages = r#"[{"role": "user", "content": "it's 2+2?"}]"#;
        let mut words = vec!["call", "sample_model", "--model", "m", "--api", api];
        words.extend(["--messages", messages]);
        words.extend(more);
        let mut command = rft_mcp(&words);
        command.env("OPENAI_API_KEY", "sk-secret").output().unwrap()
    };
    let shown = ask("chat", &["--dry-run"]);
    let text = out(&shown);
    assert!(
        text.starts_with("POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer $OPENAI_API_KEY\n"),
        "{text}"
    );
    assert!(text.contains(r#""content": "it's 2+2?""#), "{text}");
    let shown = out(&ask("responses", &["--samples", "3", "--dry-run"]));
    assert_eq!(shown.matches("POST https://").count(), 3, "{shown}");
    // The comment at the end is one for a shell too.
    let shown = out(&ask("chat", &["--curl"]));
    assert!(shown.contains(r#""content":"it'\''s 2+2?""#), "{shown}");
    assert!(shown.starts_with("curl -gsS -X POST"), "{shown}");
    let last = shown.split("\n\n").last().unwrap();
    assert!(last.lines().all(|line| line.starts_with("# ")), "{last}");
    assert!(!shown.contains("sk-secret"), "{shown}");
    let refused = ask("responses", &["--seed", "1", "--dry-run"]);
    assert_eq!(
        (refused.status.code(), out(&refused)),
        (Some(1), String::new())
    );
    assert!(
        err(&refused).contains("leave seed out"),
        "{}",
        err(&refused)
    );
}
