//! A table of native tools, and clients that speak the wire by hand.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, LazyLock, Mutex, Once},
};

use rft_mcp_runtime::{
    engine::{Context, Engine, Settings},
    server::Server,
    tool::{
        Action, ClientUse, Effect, FunctionError, Limits, NativeFuture, ProviderSpec, ServerSpec,
        SetSpec, Table, ToolSpec,
    },
    transport::{
        self,
        http::{self, HttpOptions},
    },
    upstream::Provider,
};
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// The keys are in an order of their own on purpose.
pub const ECHO_INPUT: &str = r#"{"type":"object","additionalProperties":false,"required":["text"],"properties":{"text":{"type":"string"},"region":{"type":"string","x-mcp-header":"Region"},"bytes":{"type":"integer"}}}"#;
const ECHO_OUTPUT: &str = r#"{"type":"object","required":["text"],"properties":{"text":{"type":"string"},"again":{"type":"string"}}}"#;
pub const GATE_INPUT: &str = r#"{"type":"object","additionalProperties":false,"required":["gate"],"properties":{"gate":{"type":"string"}}}"#;
pub const GATE_OUTPUT: &str = r#"{"type":"object","properties":{"gate":{"type":"string"}}}"#;
pub const EMPTY: &str = r#"{"type":"object","properties":{}}"#;

pub const SERVER: ServerSpec = ServerSpec {
    name: "fixture",
    title: "A fixture",
    instructions: "Call echo.",
    sets: &[SetSpec {
        name: "all",
        description: "All",
        default: true,
    }],
    client: ClientUse {
        asks: &[],
        logs: false,
        announces: &[],
    },
    limits: Limits {
        connect_seconds: 1,
        request_seconds: 1,
        response_bytes: 1 << 20,
        result_bytes: 4 << 20,
    },
    spending: &[],
};

pub const PROVIDERS: &[ProviderSpec] = &[ProviderSpec {
    name: "here",
    title: "Here",
    notice: "",
    base_url: Some(&[rft_mcp_runtime::tool::Piece::Literal("http://here.example")]),
    auth: &[],
    keys: &[],
    headers: &[],
    query: &[],
    values: &[],
    lacks: &[],
}];

static TABLE: Table = Table {
    server: SERVER,
    providers: PROVIDERS,
    tools: &[
        tool("slow", Effect::Costly, GATE_INPUT, GATE_OUTPUT, slow),
        tool("echo", Effect::Read, ECHO_INPUT, ECHO_OUTPUT, echo),
        tool("fail", Effect::Write, EMPTY, EMPTY, fail),
        tool("panic", Effect::Destructive, EMPTY, EMPTY, panic),
    ],
    prompts: &[],
    resources: &[],
};

pub const fn tool(
    name: &'static str,
    effect: Effect,
    input: &'static str,
    output: &'static str,
    native: fn(Value, Context) -> NativeFuture,
) -> ToolSpec {
    ToolSpec {
        name,
        title: "A tool",
        description: "Does as it is named.",
        effect,
        sets: &["all"],
        input,
        output: Some(output),
        action: Action::Native(native),
        ..ToolSpec::PLAIN
    }
}

fn echo(input: Value, _: Context) -> NativeFuture {
    Box::pin(async move {
        let text = input["text"].as_str().unwrap_or_default();
        let more = "x".repeat(input["bytes"].as_u64().unwrap_or(0).try_into().unwrap());
        Ok(json!({"text": format!("{text}{more}"), "again": text}))
    })
}

fn fail(_: Value, _: Context) -> NativeFuture {
    Box::pin(async {
        Err(FunctionError(
            "the provider is on holiday: try again in May".to_owned(),
        ))
    })
}

fn panic(_: Value, _: Context) -> NativeFuture {
    Box::pin(async { panic!("on purpose") })
}

pub fn slow(input: Value, _: Context) -> NativeFuture {
    let name = input["gate"].as_str().unwrap_or_default().to_owned();
    Box::pin(async move {
        gate(&name).pass().await;
        Ok(json!({"gate": name}))
    })
}

/// What a call of `slow` waits at. Each test names its own.
pub struct Gate {
    started: Semaphore,
    open: Semaphore,
    ended: Semaphore,
}

pub fn gate(name: &str) -> Arc<Gate> {
    static GATES: LazyLock<Mutex<HashMap<String, Arc<Gate>>>> = LazyLock::new(Mutex::default);
    let closed = || Semaphore::new(0);
    let gate = || {
        Arc::new(Gate {
            started: closed(),
            open: closed(),
            ended: closed(),
        })
    };
    Arc::clone(
        GATES
            .lock()
            .unwrap()
            .entry(name.to_owned())
            .or_insert_with(gate),
    )
}

impl Gate {
    /// Is a call that comes, waits and is over.
    pub async fn pass(self: Arc<Self>) {
        struct Running(Arc<Gate>);
        impl Drop for Running {
            fn drop(&mut self) {
                self.0.ended.add_permits(1);
            }
        }
        let running = Running(self);
        running.0.started.add_permits(1);
        running.0.open.acquire().await.unwrap().forget();
    }

    /// Waits for a call to come.
    pub async fn started(&self) {
        self.started.acquire().await.unwrap().forget();
    }

    /// Lets a call finish.
    pub fn open(&self) {
        self.open.add_permits(1);
    }

    /// Waits for a call to be over, done or dropped.
    pub async fn ended(&self) {
        self.ended.acquire().await.unwrap().forget();
    }
}

pub fn server() -> Server {
    server_of(&TABLE)
}

pub fn server_of(table: &'static Table) -> Server {
    let base = Some("http://127.0.0.1:1");
    let provider = Provider::resolve(&table.providers[0], base, &|_| None).unwrap();
    let engine = Engine::new(table, provider, &Settings::default()).unwrap();
    Server::new(engine, "1.2.3")
}

/// A request before 2026-07-28.
pub fn legacy(id: i64, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

/// A request since 2026-07-28.
pub fn modern(id: i64, method: &str, mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
    });
    legacy(id, method, params)
}

pub fn initialize(version: &str) -> Value {
    let client = json!({"name": "test", "version": "0"});
    legacy(
        0,
        "initialize",
        json!({"protocolVersion": version, "capabilities": {}, "clientInfo": client}),
    )
}

pub fn notification(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

pub fn call(tool: &str, arguments: Value) -> Value {
    json!({"name": tool, "arguments": arguments})
}

/// A client of a server that listens on a port of its own.
pub struct Http {
    pub address: SocketAddr,
    pub shutdown: CancellationToken,
    pub running: JoinHandle<Result<(), transport::Error>>,
    client: reqwest::Client,
}

/// An answer, its body parsed if it is JSON.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Http {
    pub async fn start(options: HttpOptions) -> Self {
        Self::serve(server(), options).await
    }

    pub async fn serve(server: Server, options: HttpOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(http::run(listener, server, options, shutdown.clone()));
        Self {
            address,
            shutdown,
            running,
            client: client(),
        }
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse::<reqwest::Method>().unwrap();
        self.client
            .request(method, format!("http://{}{path}", self.address))
    }

    /// `POST /mcp` with the headers that every revision wants.
    pub fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        self.request("POST", "/mcp")
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream")
            .body(body)
    }

    pub async fn legacy(&self, method: &str, params: Value) -> Reply {
        let request = self.post(legacy(7, method, params).to_string());
        reply(request.header("mcp-protocol-version", "2025-11-25")).await
    }

    /// A modern request, its headers in step with the body.
    pub fn modern_request(&self, method: &str, params: Value) -> reqwest::RequestBuilder {
        let name = params["name"]
            .as_str()
            .or(params["uri"].as_str())
            .or(params["taskId"].as_str())
            .map(ToOwned::to_owned);
        let request = self
            .post(modern(7, method, params).to_string())
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", method);
        match name {
            Some(name) => request.header("mcp-name", name),
            None => request,
        }
    }

    pub async fn modern(&self, method: &str, params: Value) -> Reply {
        reply(self.modern_request(method, params)).await
    }

    pub async fn stop(self) {
        self.shutdown.cancel();
        self.running.await.unwrap().unwrap();
    }
}

fn client() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    // reqwest wants one even for plain HTTP; which one does not matter here, nor who installed it.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Reply {
        status,
        headers,
        text,
        json,
    }
}

impl Reply {
    /// HTTP status and JSON-RPC error code.
    pub fn error(&self) -> (u16, i64) {
        (
            self.status,
            self.json["error"]["code"]
                .as_i64()
                .unwrap_or_else(|| panic!("no error: {self:?}")),
        )
    }

    pub fn result(&self) -> &Map<String, Value> {
        assert_eq!(self.status, 200, "{self:?}");
        self.json["result"]
            .as_object()
            .unwrap_or_else(|| panic!("no result: {self:?}"))
    }
}
