//! The program as a client starts it: over stdio, in front of a fake of the API.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    process::{Command, Stdio},
    thread,
};

use serde_json::{Value, json};

fn starter() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_starter-mcp"));
    command.env_clear();
    command
}

/// An API that answers one request, and gives its head.
fn fake() -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answered = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(&stream).lines().map(Result::unwrap);
        let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
        let body = r#"{"name": "First"}"#;
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
        .unwrap();
        head.join("\n")
    });
    (address, answered)
}

#[test]
fn tools_are_listed_and_called() {
    let (address, answered) = fake();
    let mut child = starter()
        .envs([("THINGS_URL", address.as_str()), ("THINGS_KEY", "k-1")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut ask = |id: u64, method: &str, params: Value| -> Value {
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        writeln!(input, "{message}").unwrap();
        let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id, "{answer}");
        if method == "initialize" {
            let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
            writeln!(input, "{ready}").unwrap();
        }
        answer["result"].clone()
    };
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}});
    assert_eq!(
        ask(1, "initialize", hello)["serverInfo"]["name"],
        "starter-mcp"
    );
    let listed = ask(2, "tools/list", json!({}));
    assert_eq!(listed["tools"][0]["name"], "get_thing", "{listed}");
    let call = json!({"name": "get_thing", "arguments": {"id": "a/b"}});
    let called = ask(3, "tools/call", call);
    assert_eq!(called["structuredContent"], json!({"name": "First"}));
    let head = answered.join().unwrap().to_lowercase();
    assert!(
        head.starts_with("get /things/a%2fb ") && head.contains("authorization: bearer k-1"),
        "{head}"
    );
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_key_that_is_missing_is_named() {
    let output = starter().stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("THINGS_KEY"), "{said}");
}

/// What stands in a workspace's table is not there in a copy.
#[test]
fn a_copy_needs_no_workspace() {
    let cargo: &str = include_str!("../Cargo.toml");
    let inherits = |line: &&str| line.contains("workspace") && !line.starts_with('#');
    assert_eq!(cargo.lines().find(inherits), None);
}
