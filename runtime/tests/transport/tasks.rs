//! Calls that run as tasks, as clients see them.

use std::time::Duration;

use rft_mcp_runtime::{
    engine::Context,
    tool::{Ask, ClientUse, Effect, NativeFuture, ServerSpec, Table, TaskSpec, ToolSpec},
    transport::http::HttpOptions,
};
use serde_json::{Value, json};

use crate::{
    fixture::{
        EMPTY, Http, PROVIDERS, SERVER, call, gate, initialize, legacy, notification, reply,
        server, server_of, tool,
    },
    stdio::Pipe,
};

const EXTENSION: &str = "io.modelcontextprotocol/tasks";
const GATE: &str = r#"{"type":"object","additionalProperties":false,"required":["gate"],"properties":{"gate":{"type":"string"},"seconds":{"type":"integer"}}}"#;

const AFTER: TaskSpec = TaskSpec {
    required: false,
    after_seconds: 5,
    ttl_seconds: 60,
    poll_seconds: 2,
};
const OPTIONAL: TaskSpec = TaskSpec {
    after_seconds: 0,
    ..AFTER
};
const REQUIRED: TaskSpec = TaskSpec {
    required: true,
    ..OPTIONAL
};

static TABLE: Table = Table {
    server: ServerSpec {
        client: ClientUse {
            asks: &[Ask::Elicitation],
            ..SERVER.client
        },
        ..SERVER
    },
    providers: PROVIDERS,
    tools: &[
        task("wait", Effect::Read, GATE, &AFTER, wait),
        task("hold", Effect::Read, GATE, &OPTIONAL, hold),
        task("must", Effect::Read, GATE, &REQUIRED, hold),
        task("spend", Effect::Costly, GATE, &OPTIONAL, hold),
        task("ask", Effect::Write, EMPTY, &OPTIONAL, ask),
        task("ask_soon", Effect::Write, EMPTY, &AFTER, ask),
        tool("plain", Effect::Read, EMPTY, EMPTY, plain),
    ],
    prompts: &[],
    resources: &[],
};

const fn task(
    name: &'static str,
    effect: Effect,
    input: &'static str,
    spec: &'static TaskSpec,
    native: fn(Value, Context) -> NativeFuture,
) -> ToolSpec {
    ToolSpec {
        task: Some(spec),
        ..tool(name, effect, input, EMPTY, native)
    }
}

/// Takes as many seconds as it is told, and says how far it is.
fn wait(input: Value, context: Context) -> NativeFuture {
    Box::pin(async move {
        let seconds = input["seconds"].as_u64().unwrap_or_default();
        for second in 0..seconds {
            let message = format!("second {second}");
            context.progress(0.0, None, &message).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        Ok(json!({"waited": seconds}))
    })
}

/// Waits at its gate.
fn hold(input: Value, _: Context) -> NativeFuture {
    let name = input["gate"].as_str().unwrap_or_default().to_owned();
    Box::pin(async move {
        gate(&name).pass().await;
        Ok(json!({"gate": name}))
    })
}

fn ask(_: Value, context: Context) -> NativeFuture {
    Box::pin(async move {
        let form =
            json!({"type": "object", "properties": {"n": {"type": "string"}}, "required": ["n"]});
        let answer = context.elicit("name", "Your name?", form).await?;
        Ok(json!({"answer": format!("{answer:?}")}))
    })
}

fn plain(_: Value, _: Context) -> NativeFuture {
    Box::pin(async { Ok(json!({})) })
}

/// A request of a client that takes tasks and can be asked.
fn modern(id: i64, method: &str, mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}, "extensions": {EXTENSION: {}}},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
    });
    legacy(id, method, params)
}

fn id(created: &Value) -> String {
    assert_eq!(created["result"]["resultType"], "task", "{created}");
    created["result"]["taskId"].as_str().unwrap().to_owned()
}

fn message(refused: &Value) -> &str {
    refused["error"]["message"].as_str().unwrap()
}

impl Pipe {
    async fn modern(&mut self, method: &str, params: Value) -> Value {
        self.ask(&modern(1, method, params)).await
    }

    async fn tool(&mut self, tool: &str, arguments: Value) -> Value {
        self.modern("tools/call", call(tool, arguments)).await
    }

    async fn look(&mut self, task: &str) -> Value {
        let mut shown = self.modern("tasks/get", json!({"taskId": task})).await;
        assert!(shown["result"].is_object(), "{shown}");
        shown["result"].take()
    }

    /// Looks every second until it has that status.
    async fn until(&mut self, task: &str, status: &str) -> Value {
        for _ in 0..1000 {
            let shown = self.look(task).await;
            if shown["status"] == status {
                return shown;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        panic!("it is never {status}");
    }
}

fn pipe() -> Pipe {
    Pipe::start_with(server_of(&TABLE))
}

#[tokio::test(start_paused = true)]
async fn a_call_becomes_a_task_when_it_takes_long() {
    let mut pipe = pipe();
    let start = tokio::time::Instant::now();
    let created = pipe.tool("wait", json!({"gate": "", "seconds": 10})).await;
    let task = id(&created);
    assert_eq!(start.elapsed(), Duration::from_secs(5));
    assert_eq!(created["result"]["status"], "working");
    assert_eq!(created["result"]["ttlMs"], 60_000);
    assert_eq!(created["result"]["pollIntervalMs"], 2000);
    assert!(
        created["result"]["_meta"]["io.modelcontextprotocol/serverInfo"].is_object(),
        "{created}"
    );
    let working = pipe.look(&task).await;
    assert_eq!(working["status"], "working");
    // What it says of how far it is.
    let said = working["statusMessage"].as_str().unwrap();
    assert!(said.starts_with("second "), "{said}");
    let done = pipe.until(&task, "completed").await;
    assert_eq!(done["result"]["structuredContent"]["waited"], 10);
    assert!(done.get("statusMessage").is_none(), "{done}");
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    // It ran once, and its result may be looked at again until it is forgotten.
    assert_eq!(pipe.look(&task).await["result"], done["result"]);
    tokio::time::sleep(Duration::from_secs(50)).await;
    let gone = pipe.modern("tasks/get", json!({"taskId": task})).await;
    assert_eq!(gone["error"]["code"], -32602);
    assert!(
        message(&gone).contains("Look for what its call was to do"),
        "{gone}"
    );
    assert_eq!(pipe.close().await, [] as [Value; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_is_done_before_is_answered_at_once() {
    let mut pipe = pipe();
    let done = pipe.tool("wait", json!({"gate": "", "seconds": 4})).await;
    assert_eq!(done["result"]["resultType"], "complete", "{done}");
    assert_eq!(done["result"]["structuredContent"]["waited"], 4);
    let unsaid = pipe.tool("plain", json!({})).await;
    assert_eq!(unsaid["result"]["resultType"], "complete", "{unsaid}");
    pipe.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_no_tasks_waits_and_sees_no_difference() {
    let mut pipe = pipe();
    let params = || call("wait", json!({"gate": "", "seconds": 10}));
    let start = tokio::time::Instant::now();
    let done = pipe
        .ask(&crate::fixture::modern(1, "tools/call", params()))
        .await;
    assert_eq!(done["result"]["resultType"], "complete", "{done}");
    assert_eq!(done["result"]["structuredContent"]["waited"], 10);
    let params = call("must", json!({"gate": "tasks, never"}));
    let refused = pipe
        .ask(&crate::fixture::modern(2, "tools/call", params))
        .await;
    told_to_take_tasks(&refused);
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    pipe.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_client_of_old_waits_and_sees_no_difference() {
    let mut pipe = pipe();
    pipe.shake_hands().await;
    let params = call("wait", json!({"gate": "", "seconds": 10}));
    let done = pipe.ask(&legacy(1, "tools/call", params)).await;
    assert_eq!(done["result"]["structuredContent"]["waited"], 10, "{done}");
    assert!(done["result"].get("resultType").is_none(), "{done}");
    let params = call("must", json!({"gate": "tasks, never"}));
    told_to_take_tasks(&pipe.ask(&legacy(2, "tools/call", params)).await);
    for method in ["tasks/get", "tasks/cancel"] {
        let refused = pipe.ask(&legacy(3, method, json!({"taskId": "t"}))).await;
        assert_eq!(refused["error"]["code"], -32021, "{refused}");
    }
    pipe.close().await;
}

/// The extension is of 2026-07-28: what an older client says of it changes nothing.
#[tokio::test(start_paused = true)]
async fn a_client_of_old_that_declares_the_extension_gets_no_task() {
    let mut pipe = pipe();
    let mut hello = initialize("2025-11-25");
    hello["params"]["capabilities"] = json!({"extensions": {EXTENSION: {}}});
    pipe.ask(&hello).await;
    pipe.say(&notification("notifications/initialized", json!({})))
        .await;
    let params = call("wait", json!({"gate": "", "seconds": 10}));
    let done = pipe.ask(&legacy(1, "tools/call", params)).await;
    assert_eq!(done["result"]["structuredContent"]["waited"], 10, "{done}");
    pipe.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_server_whose_tools_run_as_no_tasks_has_no_methods_of_tasks() {
    let mut pipe = Pipe::start_with(server());
    for method in ["tasks/get", "tasks/cancel"] {
        let refused = pipe.modern(method, json!({"taskId": "t"})).await;
        assert_eq!(refused["error"]["code"], -32601, "{refused}");
    }
    pipe.close().await;
}

fn told_to_take_tasks(refused: &Value) {
    assert_eq!(refused["error"]["code"], -32021, "{refused}");
    let needed = &refused["error"]["data"]["requiredCapabilities"]["extensions"];
    assert!(needed[EXTENSION].is_object(), "{refused}");
    let said = message(refused);
    assert!(
        said.starts_with("`must` was not called") && said.contains(EXTENSION),
        "{said}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_full_server_waits_for_what_may_and_refuses_what_may_not() {
    let mut pipe = pipe();
    let gate = gate("tasks, full");
    let arguments = || json!({"gate": "tasks, full"});
    let mut tasks = Vec::new();
    for _ in 0..256 {
        tasks.push(id(&pipe.tool("must", arguments()).await));
        gate.started().await;
    }
    let refused = pipe.tool("must", arguments()).await;
    assert_eq!(refused["result"]["isError"], true, "{refused}");
    let said = refused["result"]["content"][0]["text"].as_str().unwrap();
    assert!(
        said.contains("`must` was not called: the server keeps 256 tasks already. Wait"),
        "{said}"
    );
    // Waits for a gate of its own.
    let own = crate::fixture::gate("tasks, waited for");
    pipe.say(&modern(
        2,
        "tools/call",
        call("hold", json!({"gate": "tasks, waited for"})),
    ))
    .await;
    own.started().await;
    own.open();
    let done = pipe.next().await.unwrap();
    assert_eq!(done["result"]["resultType"], "complete", "{done}");
    // One that ended is kept, and takes its room until it is forgotten.
    pipe.modern("tasks/cancel", json!({"taskId": tasks[0]}))
        .await;
    pipe.until(&tasks[0], "cancelled").await;
    let refused = pipe.tool("must", arguments()).await;
    assert_eq!(refused["result"]["isError"], true, "{refused}");
    tokio::time::sleep(Duration::from_secs(61)).await;
    id(&pipe.tool("must", arguments()).await);
    pipe.shutdown.cancel();
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_task_is_stopped() {
    let mut pipe = pipe();
    let gate = gate("tasks, cancel");
    let task = id(&pipe.tool("spend", json!({"gate": "tasks, cancel"})).await);
    gate.started().await;
    let cancelled = pipe.modern("tasks/cancel", json!({"taskId": task})).await;
    assert!(cancelled["result"].is_object(), "{cancelled}");
    gate.ended().await;
    let shown = pipe.until(&task, "cancelled").await;
    let said = shown["statusMessage"].as_str().unwrap();
    assert!(said.contains("look before you call again"), "{said}");
    // Again does no harm.
    let again = pipe.modern("tasks/cancel", json!({"taskId": task})).await;
    assert!(again["result"].is_object(), "{again}");
    pipe.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_task_asks_and_is_answered() {
    let mut pipe = pipe();
    let task = id(&pipe.tool("ask", json!({})).await);
    let asked = pipe.until(&task, "input_required").await;
    let request = &asked["inputRequests"]["name"];
    assert_eq!(request["method"], "elicitation/create", "{asked}");
    assert_eq!(request["params"]["message"], "Your name?");
    let answer = |content: Value| json!({"taskId": task, "inputResponses": {"name": {"action": "accept", "content": content}}});
    let misfit = pipe.modern("tasks/update", answer(json!({"n": 1}))).await;
    assert_eq!(misfit["error"]["code"], -32602, "{misfit}");
    assert!(message(&misfit).contains("`name`"), "{misfit}");
    assert_eq!(pipe.look(&task).await["status"], "input_required");
    let taken = pipe.modern("tasks/update", answer(json!({"n": "A"}))).await;
    assert!(taken["result"].is_object(), "{taken}");
    let done = pipe.until(&task, "completed").await;
    let said = done["result"]["structuredContent"]["answer"]
        .as_str()
        .unwrap();
    assert!(said.contains("\"A\""), "{said}");
    pipe.close().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_before_it_is_a_task_is_asked_in_rounds() {
    let mut pipe = pipe();
    let asked = pipe.tool("ask_soon", json!({})).await;
    assert_eq!(asked["result"]["resultType"], "input_required", "{asked}");
    pipe.close().await;
}

/// Nobody waits for it, and yet nothing is lost.
#[tokio::test(start_paused = true)]
async fn a_task_that_spends_outlives_its_time_and_says_what_came_of_it() {
    let mut pipe = pipe();
    let gate = gate("tasks, spend");
    let task = id(&pipe.tool("spend", json!({"gate": "tasks, spend"})).await);
    gate.started().await;
    tokio::time::sleep(Duration::from_secs(600)).await;
    let working = pipe.look(&task).await;
    assert_eq!(working["status"], "working");
    assert_eq!(working["ttlMs"], Value::Null);
    gate.open();
    gate.ended().await;
    let done = pipe.until(&task, "completed").await;
    assert_eq!(done["result"]["structuredContent"]["gate"], "tasks, spend");
    tokio::time::sleep(Duration::from_secs(50)).await;
    assert_eq!(pipe.look(&task).await["status"], "completed");
    pipe.close().await;
}

/// Where nobody would lose anything by it.
#[tokio::test(start_paused = true)]
async fn a_task_that_reads_is_stopped_when_its_time_is_over() {
    let mut pipe = pipe();
    let gate = gate("tasks, read");
    let task = id(&pipe.tool("hold", json!({"gate": "tasks, read"})).await);
    gate.started().await;
    let start = tokio::time::Instant::now();
    gate.ended().await;
    assert_eq!(start.elapsed(), Duration::from_secs(60));
    let gone = pipe.modern("tasks/get", json!({"taskId": task})).await;
    assert_eq!(gone["error"]["code"], -32602, "{gone}");
    pipe.close().await;
}

#[tokio::test]
async fn tasks_outlive_their_requests_over_http() {
    let http = Http::serve(server_of(&TABLE), HttpOptions::default()).await;
    let send = async |method: &str, name: &str, params: Value, key: &str| {
        let request = http
            .post(modern(7, method, params).to_string())
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", method)
            .header("mcp-name", name)
            .header("authorization", format!("Bearer {key}"));
        reply(request).await.json
    };
    let about = async |method: &str, task: &str, params: Value, key: &str| {
        let mut params = params;
        params["taskId"] = task.into();
        send(method, task, params, key).await
    };
    let start = async |tool: &str, arguments: Value| {
        id(&send("tools/call", tool, call(tool, arguments), "a").await)
    };
    let until = async |task: &str, status: &str| loop {
        let mut shown = about("tasks/get", task, json!({}), "a").await;
        if shown["result"]["status"] == status {
            return shown["result"].take();
        }
        tokio::task::yield_now().await;
    };

    let gate_a = gate("tasks, http");
    let task = start("hold", json!({"gate": "tasks, http"})).await;
    gate_a.started().await;
    until(&task, "working").await;
    // Whoever has another key does not learn that it is there, nor stops it.
    for method in ["tasks/get", "tasks/cancel"] {
        let hidden = about(method, &task, json!({}), "b").await;
        assert_eq!(hidden["error"]["code"], -32602, "{hidden}");
    }
    gate_a.open();
    let done = until(&task, "completed").await;
    assert_eq!(done["result"]["structuredContent"]["gate"], "tasks, http");

    let asking = start("ask", json!({})).await;
    until(&asking, "input_required").await;
    let answers = json!({"inputResponses": {"name": {"action": "accept", "content": {"n": "A"}}}});
    let taken = about("tasks/update", &asking, answers, "a").await;
    assert!(taken["result"].is_object(), "{taken}");
    until(&asking, "completed").await;

    let gate_c = gate("tasks, http, cancel");
    let cancelled = start("must", json!({"gate": "tasks, http, cancel"})).await;
    gate_c.started().await;
    about("tasks/cancel", &cancelled, json!({}), "a").await;
    gate_c.ended().await;
    until(&cancelled, "cancelled").await;

    let refused = http
        .modern("tools/call", call("must", json!({"gate": "tasks, never"})))
        .await;
    told_to_take_tasks(&refused.json);
    http.stop().await;
}

#[tokio::test]
async fn a_server_says_whether_it_runs_tasks() {
    let mut pipe = pipe();
    let discovered = pipe.modern("server/discover", json!({})).await;
    let extensions = &discovered["result"]["capabilities"]["extensions"];
    assert_eq!(*extensions, json!({EXTENSION: {}}), "{discovered}");
    pipe.close().await;
    // One that runs none knows none of the methods.
    let mut pipe = Pipe::start();
    for method in ["tasks/get", "tasks/cancel"] {
        let unknown = pipe.modern(method, json!({"taskId": "t"})).await;
        assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    }
    pipe.close().await;
}
