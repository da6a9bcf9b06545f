//! What README.md tells a reader to run, run: its `sh` commands, its clients' configurations (`json`) and its
//! manifest examples (`yaml`). A command that no test knows how to run fails.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and shows what it runs"
)]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    iter,
    path::Path,
    process::Stdio,
};

use program::{Server, binary, command, finish};
use serde_json::{Value, json};

mod program;

/// Commands that are right but not run here, and why.
const NOT_RUN: &[(&str, &str)] = &[
    ("scripts/test", "runs this test"),
    ("cargo install --path .", "builds once more, and installs"),
];

/// A fenced block of README.md.
struct Block {
    language: String,
    /// The number of its first line.
    line: usize,
    text: String,
}

#[test]
fn commands_run() {
    let commands: Vec<_> = blocks("sh").iter().flat_map(commands).collect();
    assert!(!commands.is_empty(), "README.md has no `sh` block");
    for (line, text) in commands {
        if NOT_RUN.iter().any(|(known, _)| *known == text) {
            continue;
        }
        let Some(arguments) = arguments(&text) else {
            panic!("README.md:{line}: no test knows how to run `{text}`");
        };
        println!("README.md:{line}: {text}");
        run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn client_configurations_serve_tools() {
    let blocks = blocks("json");
    assert!(!blocks.is_empty(), "README.md has no `json` block");
    for block in &blocks {
        let configuration = serde_json::from_str(&block.text)
            .unwrap_or_else(|error| panic!("README.md:{}: {error}", block.line));
        let servers = servers(&configuration);
        assert!(
            !servers.is_empty(),
            "README.md:{}: nothing here has a `command`",
            block.line
        );
        for server in servers {
            let tools = serve(server);
            assert!(tools > 0, "README.md:{}: {server} has no tool", block.line);
        }
    }
}

#[test]
fn manifest_examples_compile() {
    let blocks = blocks("yaml");
    assert!(!blocks.is_empty(), "README.md has no `yaml` block");
    for block in &blocks {
        let manifest =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{}", block.line));
        copy(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("manifest")
                .as_path(),
            &manifest,
        );
        let tools = manifest.join("tools/jobs.yaml");
        let jobs = fs::read_to_string(&tools).unwrap();
        fs::write(&tools, format!("{jobs}\n{}", block.text)).unwrap();
        let mut check = command(binary());
        check.args(["manifest", "check"]).arg(&manifest);
        finish(check);
        fs::remove_dir_all(manifest).unwrap();
    }
}

/// The blocks in a language.
fn blocks(language: &str) -> Vec<Block> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let mut lines = readme.lines().zip(1..);
    let blocks = iter::from_fn(|| {
        let (fence, line) = lines.find(|(text, _)| text.starts_with("```"))?;
        let text = lines
            .by_ref()
            .map_while(|(text, _)| (text != "```").then_some(text));
        Some(Block {
            language: fence.trim_start_matches('`').to_owned(),
            line: line + 1,
            text: text.collect::<Vec<_>>().join("\n"),
        })
    });
    blocks.filter(|block| block.language == language).collect()
}

/// The commands of a shell block with their lines: no comments, and continued lines in one.
fn commands(block: &Block) -> Vec<(usize, String)> {
    let joined = block.text.replace("\\\n", " ");
    let numbered = joined.lines().map(str::trim).zip(block.line..);
    numbered
        .filter(|(text, _)| !text.is_empty() && !text.starts_with('#'))
        .map(|(text, line)| (line, text.to_owned()))
        .collect()
}

/// The program's arguments in a command that runs it, whether installed or by cargo.
fn arguments(text: &str) -> Option<Vec<String>> {
    let arguments = ["rft-mcp ", "cargo run -- ", "cargo run --release -- "]
        .iter()
        .find_map(|program| text.strip_prefix(program))?;
    Some(words(arguments))
}

/// Splits as a shell does, as far as quotes go.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![];
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in text.chars() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// Runs a command to its end; one that serves, on a free port until it listens.
fn run(arguments: &[&str]) {
    let served = match arguments {
        ["sandbox", ..] => Some("/v1"),
        ["serve", "--transport", "http", ..] => Some("/mcp"),
        ["serve", "--transport", "sse", ..] => Some("/sse"),
        _ => None,
    };
    if let Some(path) = served {
        let mut arguments = arguments.to_vec();
        if let Some(port) = arguments.iter().position(|argument| *argument == "--port") {
            arguments.drain(port..=port + 1);
        }
        drop(Server::start(
            &[arguments, vec!["--port", "0"]].concat(),
            path,
        ));
    } else {
        let mut command = command(binary());
        command.args(arguments);
        finish(command);
    }
}

/// Every object with a `command`, at any depth: clients differ in what is around it.
fn servers(configuration: &Value) -> Vec<&Value> {
    if configuration.get("command").is_some() {
        return vec![configuration];
    }
    let members = configuration.as_object().into_iter().flatten();
    members.flat_map(|(_, member)| servers(member)).collect()
}

/// Starts the program as a client's configuration says; the number of tools that it lists.
fn serve(server: &Value) -> usize {
    assert_eq!(server["command"], "rft-mcp", "{server}");
    let arguments = server["args"].as_array().unwrap().iter();
    let mut command = command(binary());
    command
        .args(arguments.map(|argument| argument.as_str().unwrap()))
        .stdin(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let mut output = BufReader::new(process.stdout.take().unwrap());
    let mut reply = || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line)
            .unwrap_or_else(|error| panic!("{server}: {error}: {line}"))
    };
    let client = json!({"name": "readme", "version": "1"});
    let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client});
    writeln!(
        input,
        "{}",
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})
    )
    .unwrap();
    reply();
    writeln!(
        input,
        "{}",
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"})
    )
    .unwrap();
    writeln!(
        input,
        "{}",
        json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
    )
    .unwrap();
    let tools = reply()["result"]["tools"].as_array().map_or(0, Vec::len);
    drop(input);
    assert!(process.wait().unwrap().success(), "{server}");
    tools
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
