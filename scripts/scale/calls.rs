//! Calls every tool over MCP, with inputs made from the schema that tools/list gives: what fits is sent, what does not
//! is refused and not sent. The provider is a fake that answers everything and remembers it.
//!
//! Some inputs fit their schema and can not be sent by anybody, and are made to fit: a path can not hold `.` or nothing
//! but blanks, and local files have to be there.

mod manifest;
#[path = "VALUES"]
#[allow(dead_code)]
mod values;

use std::sync::{Arc, Mutex};

use axum::{Router, body::Body, extract::State, http::Request, response::Response};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngSeed, TestRunner},
};
use rft_mcp_runtime::{
    tool::{Action, Segment, ToolSpec},
    transport::stdio::{self, StdioOptions},
};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf};

/// Valid inputs for each tool.
const VALID: usize = 25;

type Seen = Arc<Mutex<Vec<String>>>;

async fn answer(State(seen): State<Seen>, request: Request<Body>) -> Response<Body> {
    let line = format!("{} {}", request.method(), request.uri().path());
    // The whole body has to come, whatever it is.
    let _ = axum::body::to_bytes(request.into_body(), usize::MAX).await;
    seen.lock().unwrap().push(line);
    Response::builder().header("content-type", "application/json").body(Body::from("{}")).unwrap()
}

/// A session with the server.
struct Client {
    write: WriteHalf<DuplexStream>,
    read: Lines<BufReader<ReadHalf<DuplexStream>>>,
    id: u64,
}

impl Client {
    async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        self.say(json!({"jsonrpc": "2.0", "id": self.id, "method": method, "params": params})).await;
        loop {
            let line = self.read.next_line().await.unwrap().expect("an answer");
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == self.id {
                return message;
            }
        }
    }

    async fn say(&mut self, message: Value) {
        self.write.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }
}

#[tokio::main]
async fn main() {
    let seen = Seen::default();
    let app = Router::new().fallback(answer).with_state(Arc::clone(&seen));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });

    let files = std::env::current_dir().unwrap().join("files");
    let _ = std::fs::remove_dir_all(&files);
    std::fs::create_dir_all(&files).unwrap();
    std::fs::write(files.join("a.txt"), "a").unwrap();

    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let (read, write) = tokio::io::split(theirs);
    let never = tokio_util::sync::CancellationToken::new();
    tokio::spawn(stdio::run(manifest::server(&address, vec![files]), read, write, StdioOptions::default(), never));
    let (read, write) = tokio::io::split(ours);
    let mut client = Client { write, read: BufReader::new(read).lines(), id: 0 };
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "calls", "version": "0"}});
    client.ask("initialize", hello).await;
    client.say(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
    let listed = client.ask("tools/list", json!({})).await;
    let tools = listed["result"]["tools"].as_array().expect("a list of tools").clone();
    assert_eq!(tools.len(), manifest::TABLE.tools.len(), "every tool is listed");

    let (mut sent, mut refused, mut wrong) = (0, 0, Vec::new());
    for tool in &tools {
        let name = tool["name"].as_str().unwrap();
        let spec = manifest::TABLE.tools.iter().find(|spec| spec.name == name).unwrap();
        let schema = &tool["inputSchema"];
        let validator = jsonschema::validator_for(schema).unwrap();
        let inputs = valid(schema, spec, &validator);
        if inputs.is_empty() {
            wrong.push(format!("{name}: no valid input was made"));
        }
        for input in &inputs {
            let before = seen.lock().unwrap().len();
            let reply = client.ask("tools/call", json!({"name": name, "arguments": input})).await;
            let new = seen.lock().unwrap()[before..].to_vec();
            let failed = reply.get("error").is_some() || reply["result"]["isError"] == true;
            if failed || new.len() != 1 || !fits(spec, &new[0]) {
                wrong.push(format!("{name}: {input}\n  sent {new:?}\n  got {}", short(&reply)));
                break;
            }
            sent += 1;
        }
        for input in invalid(schema, &validator, inputs.first()) {
            let before = seen.lock().unwrap().len();
            let reply = client.ask("tools/call", json!({"name": name, "arguments": input})).await;
            if seen.lock().unwrap().len() != before || reply["result"]["isError"] != true {
                wrong.push(format!("{name}: {input} is not refused\n  got {}", short(&reply)));
                break;
            }
            refused += 1;
        }
    }
    println!("{} tools: {sent} valid inputs sent, {refused} invalid ones refused, {} tools fail", tools.len(), wrong.len());
    for line in &wrong {
        println!("{line}");
    }
    std::process::exit(i32::from(!wrong.is_empty()));
}

/// Inputs that the schema accepts: the smallest there is, and others.
fn valid(schema: &Value, spec: &ToolSpec, validator: &jsonschema::Validator) -> Vec<Value> {
    let strategy = values::values(schema);
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() });
    let (mut inputs, mut tries) = (Vec::new(), 0);
    while inputs.len() < VALID && tries < 400 {
        tries += 1;
        let Ok(tree) = strategy.new_tree(&mut runner) else { continue };
        let mut input = tree.current();
        fit(&mut input, spec, inputs.len());
        if validator.is_valid(&input) {
            inputs.push(input);
        }
    }
    // The first without what is optional, where that fits.
    if let Some(mut first) = inputs.first().cloned() {
        fit(&mut first, spec, VALID);
        let Value::Object(first) = first else { return inputs };
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let least: Map<_, _> = first.into_iter().filter(|(name, _)| required.contains(&name.as_str())).collect();
        if validator.is_valid(&Value::Object(least.clone())) {
            inputs.insert(0, Value::Object(least));
        }
    }
    inputs
}

/// Makes an input one that somebody could send.
fn fit(input: &mut Value, spec: &ToolSpec, number: usize) {
    files(input);
    let Value::Object(members) = input else { return };
    if let Some(path) = members.get_mut("save_to") {
        *path = format!("{}-{number}.out", spec.name).into();
    }
    let Action::Http { requests, .. } = &spec.action else { return };
    for segment in requests.iter().flat_map(|request| request.path) {
        if let Segment::Param(name) = segment
            && let Some(Value::String(text)) = members.get_mut(*name)
            && matches!(text.trim(), "" | "." | "..")
        {
            *text = "x".to_owned();
        }
    }
}

/// Local files that are there, and base64 that is some.
fn files(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let file = |name: &str| members.contains_key(name) && members.keys().all(|key| key == name || key == "filename");
            if file("path") {
                members.insert("path".to_owned(), "a.txt".into());
            } else if file("base64") {
                members.insert("base64".to_owned(), "AAEC".into());
            }
            members.values_mut().for_each(files);
        }
        Value::Array(items) => items.iter_mut().for_each(files),
        _ => {}
    }
}

/// Inputs that the schema refuses, whatever is done to mend them: another member, one that is missing, and in the
/// place of each another type.
fn invalid(schema: &Value, validator: &jsonschema::Validator, valid: Option<&Value>) -> Vec<Value> {
    let Some(Value::Object(valid)) = valid else { return Vec::new() };
    let mut inputs = Vec::new();
    let mut with = |name: &str, value: Value| {
        let mut input = valid.clone();
        input.insert(name.to_owned(), value);
        inputs.push(Value::Object(input));
    };
    with("there_is_no_such_input", json!(1));
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        match property["type"].as_str() {
            Some("object") => with(name, json!(7)),
            Some("array" | "boolean" | "integer" | "number" | "string") => with(name, json!({"a": 1})),
            _ => {}
        }
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let mut input = valid.clone();
        input.remove(name);
        inputs.push(Value::Object(input));
    }
    inputs.retain(|input| !validator.is_valid(input));
    inputs
}

/// Whether a request is the tool's: its method, and its path with something in the place of each parameter.
fn fits(spec: &ToolSpec, line: &str) -> bool {
    let Action::Http { requests, .. } = &spec.action else { return false };
    let Some((method, mut path)) = line.split_once(' ') else { return false };
    let request = &requests[0];
    if !format!("{:?}", request.method).eq_ignore_ascii_case(method) {
        return false;
    }
    let mut segments = request.path.iter().peekable();
    while let Some(segment) = segments.next() {
        let after = match segment {
            Segment::Literal(text) => path.strip_prefix(text),
            Segment::Param(_) => match segments.peek() {
                Some(Segment::Literal(text)) => path.find(text).filter(|at| *at > 0).and_then(|at| path.get(at..)),
                _ => (!path.is_empty() && !path.contains('/')).then_some(""),
            },
        };
        let Some(rest) = after else { return false };
        path = rest;
    }
    path.is_empty()
}

fn short(reply: &Value) -> String {
    reply.to_string().chars().take(600).collect()
}
