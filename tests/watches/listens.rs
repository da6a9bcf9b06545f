//! A client that listens for changes of watches.

use std::time::Duration;

use rft_mcp::watching::Watching;
use rft_mcp_runtime::{
    engine::{Context, Engine},
    server::Server,
    transport::stdio::{self, StdioOptions},
};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, Lines};
use tokio_util::sync::CancellationToken;

use super::{Bench, engine};

/// A client of a server on stdio, which subscribes to what is read at addresses.
struct Client {
    input: DuplexStream,
    output: Lines<BufReader<DuplexStream>>,
    shutdown: CancellationToken,
    sent: u64,
    /// What it was told and has not asked about.
    told: Vec<String>,
}

impl Client {
    async fn connect(engine: Engine) -> Self {
        let (input, reader) = tokio::io::duplex(1 << 16);
        let (writer, output) = tokio::io::duplex(1 << 16);
        let shutdown = CancellationToken::new();
        let server = Server::new(engine, "1.0.0");
        let options = StdioOptions::default();
        tokio::spawn(stdio::run(
            server,
            reader,
            writer,
            options,
            shutdown.clone(),
        ));
        let mut client = Self {
            input,
            output: BufReader::new(output).lines(),
            shutdown,
            sent: 0,
            told: Vec::new(),
        };
        let greeting = json!({
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "listener", "version": "1"},
        });
        let greeted = client.ask("initialize", greeting).await;
        assert_eq!(greeted["capabilities"]["resources"]["subscribe"], true);
        client
            .say(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))
            .await;
        client
    }

    async fn say(&mut self, message: Value) {
        let line = format!("{message}\n");
        self.input.write_all(line.as_bytes()).await.unwrap();
    }

    async fn hear(&mut self) -> Value {
        let line = tokio::time::timeout(Duration::from_secs(60), self.output.next_line());
        let line = line.await.unwrap().unwrap();
        serde_json::from_str(&line.unwrap()).unwrap()
    }

    /// The result of a request; what is told meanwhile is kept.
    async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let id = self.sent;
        self.say(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
            .await;
        loop {
            let message = self.hear().await;
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            self.keep(&message);
        }
    }

    fn keep(&mut self, message: &Value) {
        assert_eq!(
            message["method"], "notifications/resources/updated",
            "{message}"
        );
        let uri = message["params"]["uri"].as_str().unwrap();
        self.told.push(uri.to_owned());
    }

    /// Waits until it is told that something changed, and reads that.
    async fn updated(&mut self, uri: &str) -> Value {
        while !self.told.iter().any(|told| told == uri) {
            let message = self.hear().await;
            self.keep(&message);
        }
        self.told.retain(|told| told != uri);
        let read = self.ask("resources/read", json!({ "uri": uri })).await;
        serde_json::from_str(read["contents"][0]["text"].as_str().unwrap()).unwrap()
    }
}

/// The watch is made by another process, so that all the client hears comes from whoever looks after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_subscribed_hears_of_a_decision() {
    let bench = Bench::start(false).await;
    let job = bench.job().await;
    let rules = json!({ "early_stop": { "delta": 1, "patience": 1, "warmup": 0 } });
    let new = json!({ "job_id": job, "rules": rules, "poll_interval": 5 });
    let watch = bench.call("watch_job", new).await["watch_id"].clone();
    let serves = engine("sandbox", &bench.base);
    serves.keep(Watching::new(
        Some(bench.directory.clone()),
        true,
        bench.shutdown.clone(),
    ));
    let mut client = Client::connect(serves.clone()).await;
    let by_job = format!("rft://watches/{job}");
    let by_id = format!("rft://watches/{}", watch.as_str().unwrap());
    let itself = format!("rft://jobs/{job}");
    for uri in [&by_job, &by_id, &itself] {
        client
            .ask("resources/subscribe", json!({ "uri": uri }))
            .await;
    }
    let watching: &Watching = serves.kept().unwrap();
    watching.begin(&Context::new(serves.clone())).await.unwrap();
    let decided = loop {
        let watch = client.updated(&by_job).await;
        if watch["state"] == "resting" {
            break watch;
        }
    };
    assert_eq!(decided["decisions"][0]["rule"], "early_stop");
    assert_eq!(decided["decisions"][0]["outcome"], "done");
    assert!(client.updated(&by_id).await["decisions"][0].is_object());
    let paused = client.updated(&itself).await;
    assert!(
        paused["status"].as_str().unwrap().starts_with("paus"),
        "{paused}"
    );
    // What a person does is told as well; and nothing that nobody listens for any more.
    client
        .ask("resources/unsubscribe", json!({ "uri": by_id }))
        .await;
    client.told.clear();
    let stop = json!({ "name": "stop_watch", "arguments": { "watch_id": job } });
    client.ask("tools/call", stop).await;
    while client.updated(&by_job).await["state"] != "ended" {}
    client.updated(&itself).await;
    assert!(!client.told.contains(&by_id), "{:?}", client.told);
    client.shutdown.cancel();
}
