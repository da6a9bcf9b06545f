//! One session over a pair of byte streams.

use std::time::Duration;

use rft_mcp_runtime::{
    server::Server,
    transport::{
        self,
        stdio::{self, StdioOptions},
    },
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, Lines},
    task::JoinHandle,
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use crate::fixture::{call, gate, initialize, legacy, modern, notification, server};

/// A client that started the server as a process would.
pub struct Pipe {
    pub input: DuplexStream,
    output: Lines<BufReader<DuplexStream>>,
    pub shutdown: CancellationToken,
    pub running: JoinHandle<Result<(), transport::Error>>,
}

impl Pipe {
    pub fn start() -> Self {
        Self::start_with(server())
    }

    pub fn start_with(server: Server) -> Self {
        let (input, reader) = tokio::io::duplex(1 << 16);
        let (writer, output) = tokio::io::duplex(1 << 16);
        let shutdown = CancellationToken::new();
        let running = stdio::run(
            server,
            reader,
            writer,
            StdioOptions::default(),
            shutdown.clone(),
        );
        Self {
            input,
            output: BufReader::new(output).lines(),
            shutdown,
            running: tokio::spawn(running),
        }
    }

    pub async fn write(&mut self, text: &str) {
        self.input.write_all(text.as_bytes()).await.unwrap();
    }

    pub async fn say(&mut self, message: &Value) {
        self.write(&format!("{message}\n")).await;
    }

    /// The next line, which must be protocol; `None` at the end.
    pub async fn next(&mut self) -> Option<Value> {
        let line = self.output.next_line().await.unwrap()?;
        Some(serde_json::from_str(&line).unwrap_or_else(|_| panic!("not the protocol: {line}")))
    }

    pub async fn ask(&mut self, message: &Value) -> Value {
        self.say(message).await;
        self.next().await.expect("the server ended")
    }

    pub async fn shake_hands(&mut self) {
        let opened = self.ask(&initialize("2025-11-25")).await;
        assert_eq!(opened["result"]["protocolVersion"], "2025-11-25");
        self.say(&notification("notifications/initialized", json!({})))
            .await;
    }

    /// Closes the input and waits for the end; the lines that came until then.
    pub async fn close(self) -> Vec<Value> {
        let Self {
            input,
            mut output,
            running,
            ..
        } = self;
        drop(input);
        let mut rest = Vec::new();
        while let Some(line) = output.next_line().await.unwrap() {
            rest.push(serde_json::from_str(&line).unwrap());
        }
        running.await.unwrap().unwrap();
        rest
    }
}

#[tokio::test]
async fn a_legacy_client_shakes_hands_lists_and_calls() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let listed = pipe.ask(&legacy(1, "tools/list", json!({}))).await;
    assert_eq!(listed["result"]["tools"].as_array().unwrap().len(), 4);
    let called = pipe
        .ask(&legacy(
            2,
            "tools/call",
            call("echo", json!({"text": "hi"})),
        ))
        .await;
    assert_eq!(called["result"]["structuredContent"]["text"], "hi");
    assert!(called["result"].get("_meta").is_none());
    assert_eq!(pipe.close().await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_modern_client_discovers_and_calls() {
    let mut pipe = Pipe::start();
    let discovered = pipe.ask(&modern(1, "server/discover", json!({}))).await;
    assert_eq!(discovered["result"]["capabilities"], json!({"tools": {}}));
    let called = pipe
        .ask(&modern(
            2,
            "tools/call",
            call("echo", json!({"text": "hi"})),
        ))
        .await;
    assert_eq!(called["result"]["structuredContent"]["text"], "hi");
    assert_eq!(
        called["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["name"],
        "fixture"
    );
    assert_eq!(pipe.close().await, [] as [Value; 0]);
}

#[tokio::test]
async fn requests_that_are_piped_in_are_answered_before_the_end() {
    let mut pipe = Pipe::start();
    for message in [
        initialize("2025-11-25"),
        legacy(1, "tools/list", json!({})),
        legacy(2, "tools/call", call("echo", json!({"text": "hi"}))),
    ] {
        pipe.say(&message).await;
    }
    let mut ids: Vec<_> = pipe
        .close()
        .await
        .iter()
        .map(|answer| answer["id"].as_i64().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, [0, 1, 2]);
}

#[tokio::test]
async fn a_call_that_finishes_within_the_grace_is_answered_after_the_end_of_input() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, grace");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, grace"})),
    ))
    .await;
    gate.started().await;
    gate.open();
    let answers = pipe.close().await;
    assert_eq!(
        answers[0]["result"]["structuredContent"]["gate"],
        "stdio, grace"
    );
}

#[tokio::test]
async fn a_line_that_is_no_message_is_told_and_the_session_goes_on() {
    let mut pipe = Pipe::start();
    for line in ["hello", "{", "\u{feff}[1,"] {
        pipe.write(&format!("{line}\n\n")).await;
        let refused = pipe.next().await.unwrap();
        assert_eq!(refused["error"]["code"], -32700, "{line}");
        let message = refused["error"]["message"].as_str().unwrap();
        assert!(message.starts_with("the line is not JSON: "), "{message}");
        assert!(refused.get("id").is_none_or(Value::is_null));
    }
    pipe.shake_hands().await;
    pipe.write("junk again\r\n").await;
    assert_eq!(pipe.next().await.unwrap()["error"]["code"], -32700);
    pipe.input.write_all(b"\xff\xfe\n").await.unwrap();
    assert_eq!(pipe.next().await.unwrap()["error"]["code"], -32700);
    let batch = pipe.ask(&json!([])).await;
    assert_eq!(batch["error"]["code"], -32600);
    let misshapen = pipe.ask(&json!({"id": 5})).await;
    assert_eq!(
        (&misshapen["error"]["code"], &misshapen["id"]),
        (&json!(-32600), &json!(5))
    );
    // Nothing is ever said to a notification, not even to one of another protocol.
    pipe.say(&json!({"method": "$/progress"})).await;
    assert_eq!(pipe.ask(&legacy(2, "ping", json!({}))).await["id"], 2);
    assert_eq!(pipe.close().await, [] as [Value; 0]);
}

/// Answers to lines are written while calls run, and calls are answered while a line is half there.
#[tokio::test]
async fn a_line_that_comes_in_pieces_is_kept_while_calls_are_answered() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, pieces");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, pieces"})),
    ))
    .await;
    gate.started().await;
    let ping = legacy(2, "ping", json!({})).to_string();
    let (first, last) = ping.split_at(20);
    pipe.write(first).await;
    gate.open();
    assert_eq!(pipe.next().await.unwrap()["id"], 1);
    pipe.write(&format!("{last}\n")).await;
    assert_eq!(pipe.next().await.unwrap()["id"], 2);
    assert_eq!(pipe.close().await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_last_line_without_an_end_is_read() {
    let mut pipe = Pipe::start();
    pipe.say(&initialize("2025-11-25")).await;
    pipe.write(&legacy(1, "ping", json!({})).to_string()).await;
    let mut ids: Vec<_> = pipe
        .close()
        .await
        .iter()
        .map(|answer| answer["id"].as_i64())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, [Some(0), Some(1)]);
}

#[tokio::test]
async fn arguments_that_are_no_object_are_told() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let refused = pipe
        .ask(&legacy(1, "tools/call", call("echo", json!("hi"))))
        .await;
    assert_eq!(refused["error"]["code"], -32602);
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("`arguments` must be an object"),
        "{message}"
    );
    assert_eq!(pipe.close().await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_call_is_dropped_when_the_client_cancels_it() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, cancel");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, cancel"})),
    ))
    .await;
    gate.started().await;
    pipe.say(&notification(
        "notifications/cancelled",
        json!({"requestId": 1, "reason": "enough"}),
    ))
    .await;
    gate.ended().await;
    assert_eq!(
        pipe.ask(&legacy(2, "ping", json!({}))).await["id"],
        2,
        "and no answer to 1"
    );
    pipe.close().await;
}

#[tokio::test]
async fn shutdown_lets_a_running_call_finish() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, drain");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, drain"})),
    ))
    .await;
    gate.started().await;
    pipe.shutdown.cancel();
    gate.open();
    assert_eq!(
        pipe.next().await.unwrap()["result"]["structuredContent"]["gate"],
        "stdio, drain"
    );
    assert_eq!(pipe.next().await, None);
    pipe.running.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn shutdown_drops_a_call_that_does_not_finish_in_time_and_says_so() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, drain no longer");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, drain no longer"})),
    ))
    .await;
    gate.started().await;
    let start = Instant::now();
    pipe.shutdown.cancel();
    assert_eq!(pipe.next().await.unwrap()["error"]["code"], -32603);
    assert_eq!(pipe.next().await, None);
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    pipe.running.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_end_of_input_ends_a_shutdown_too() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, drain until the input ends");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, drain until the input ends"})),
    ))
    .await;
    gate.started().await;
    let start = Instant::now();
    pipe.shutdown.cancel();
    let dropped = pipe.close().await;
    assert_eq!(dropped[0]["error"]["code"], -32603);
    assert_eq!(start.elapsed(), Duration::from_millis(500));
}

#[tokio::test]
async fn a_call_that_comes_after_the_signal_does_not_begin() {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    let gate = gate("stdio, drain and refuse");
    pipe.say(&legacy(
        1,
        "tools/call",
        call("slow", json!({"gate": "stdio, drain and refuse"})),
    ))
    .await;
    gate.started().await;
    pipe.shutdown.cancel();
    let late = pipe
        .ask(&legacy(2, "tools/call", call("echo", json!({"text": "a"}))))
        .await;
    let message = late["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("nothing was done, call it again"),
        "{message}"
    );
    assert_eq!(pipe.ask(&legacy(3, "ping", json!({}))).await["id"], 3);
    gate.open();
    assert_eq!(pipe.next().await.unwrap()["id"], 1);
    assert_eq!(pipe.next().await, None);
    pipe.running.await.unwrap().unwrap();
}

/// More answers than fit into a pipe, none of which is read.
async fn full() -> Pipe {
    let mut pipe = Pipe::start();
    pipe.shake_hands().await;
    for id in 0..200 {
        pipe.say(&legacy(id, "tools/list", json!({}))).await;
    }
    // All are read once the server waits for more.
    tokio::time::sleep(Duration::from_millis(1)).await;
    pipe
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_no_answer_does_not_keep_the_server() {
    let pipe = full().await;
    let start = Instant::now();
    let Pipe {
        input,
        output: _unread,
        running,
        ..
    } = pipe;
    drop(input);
    running.await.unwrap().unwrap();
    assert_eq!(start.elapsed(), Duration::from_millis(750));

    let pipe = full().await;
    let start = Instant::now();
    pipe.shutdown.cancel();
    let Pipe {
        input: _open,
        output: _unread,
        running,
        ..
    } = pipe;
    running.await.unwrap().unwrap();
    assert_eq!(start.elapsed(), Duration::from_millis(10_250));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_its_answers_late_gets_all_of_them_at_shutdown() {
    let mut pipe = full().await;
    pipe.shutdown.cancel();
    tokio::time::sleep(Duration::from_secs(4)).await;
    for _ in 0..200 {
        assert!(pipe.next().await.unwrap()["result"]["tools"].is_array());
    }
    assert_eq!(pipe.next().await, None);
    pipe.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn shutdown_before_the_handshake_ends_well() {
    let pipe = Pipe::start();
    pipe.shutdown.cancel();
    pipe.running.await.unwrap().unwrap();
}
