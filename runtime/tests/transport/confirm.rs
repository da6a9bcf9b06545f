//! Asking the person before a call: at once before 2026-07-28, and with the next call since.

use std::{sync::Mutex, time::Duration};

use rft_mcp_runtime::{
    engine::{Asking, Context, Engine, Settings},
    server::{Sealing, SealingKey, Server},
    tool::{Answer, Bit, ConfirmSpec, Effect, Estimate, NativeFuture, Table, ToolSpec, Unasked},
    transport::http::HttpOptions,
    upstream::Provider,
};
use serde_json::{Value, json};

use crate::{
    fixture::{
        EMPTY, Http, PROVIDERS, Reply, SERVER, call, initialize, legacy, notification, reply, tool,
    },
    stdio::Pipe,
};

const INPUT: &str = r#"{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"note":{"type":"string"}}}"#;
const OUTPUT: &str = r#"{"type":"object","properties":{"burnt":{"type":"string"}}}"#;

const ASK: &ConfirmSpec = &ConfirmSpec {
    ask: &[
        Bit::Literal("Burn "),
        Bit::Argument("id"),
        Bit::Literal("?"),
    ],
    estimate: Some(price),
    unasked: Unasked::Refuse,
};

static TABLE: Table = Table {
    server: SERVER,
    providers: PROVIDERS,
    tools: &[
        ToolSpec {
            confirm: Some(ASK),
            ..tool("burn", Effect::Destructive, INPUT, OUTPUT, burn)
        },
        ToolSpec {
            confirm: Some(ASK),
            ..tool("drown", Effect::Destructive, INPUT, OUTPUT, burn)
        },
        tool("look", Effect::Read, EMPTY, EMPTY, look),
    ],
    prompts: &[],
    resources: &[],
};

/// What was burnt, by every test: each burns a name of its own.
static BURNT: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// What the price of a name is when it was asked for so often.
static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn burn(input: Value, _: Context) -> NativeFuture {
    let id = input["id"].as_str().unwrap_or_default().to_owned();
    Box::pin(async move {
        BURNT.lock().unwrap().push(id.clone());
        Ok(json!({ "burnt": id }))
    })
}

fn look(_: Value, _: Context) -> NativeFuture {
    Box::pin(async { Ok(json!({})) })
}

/// The price of `rising` is another each time, and that of `risen` once.
fn price(input: Value, _: Context) -> Answer<Estimate> {
    let id = input["id"].as_str().unwrap_or_default().to_owned();
    Box::pin(async move {
        let mut asked = ASKED.lock().unwrap();
        asked.push(id.clone());
        let times = asked.iter().filter(|one| **one == id).count();
        let times = match id.as_str() {
            "rising" => times,
            "risen" => times.min(2),
            _ => 0,
        };
        Ok(Estimate {
            text: format!("It is worth {times} coins."),
            ..Estimate::default()
        })
    })
}

fn burnt(id: &str) -> usize {
    let burnt = BURNT.lock().unwrap();
    burnt.iter().filter(|one| *one == id).count()
}

fn engine(base: &str, asking: Asking) -> Engine {
    let provider = Provider::resolve(&TABLE.providers[0], Some(base), &|_| None).unwrap();
    let settings = Settings {
        asking,
        ..Settings::default()
    };
    Engine::new(&TABLE, provider, &settings).unwrap()
}

fn sealed(base: &str, sealing: &Sealing) -> Server {
    Server::sealing(engine(base, Asking::Auto), "1", sealing)
}

async fn http(server: Server) -> Http {
    Http::serve(server, HttpOptions::default()).await
}

async fn plain() -> Http {
    http(sealed("http://127.0.0.1:1", &Sealing::default())).await
}

/// A call of a client since 2026-07-28 that can be asked, in a further round when it goes on with one.
async fn modern(http: &Http, tool: &str, arguments: Value, round: Value) -> Reply {
    let mut params = call(tool, arguments);
    for (key, value) in round.as_object().unwrap() {
        params[key] = value.clone();
    }
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
    });
    let request = http
        .post(legacy(7, "tools/call", params).to_string())
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", tool);
    reply(request).await
}

/// The round that answers what was asked.
fn answer(asked: &Reply, action: &str) -> Value {
    let result = asked.result();
    assert_eq!(result["resultType"], "input_required", "{asked:?}");
    let requests = result["inputRequests"].as_object().unwrap();
    let responses = requests.keys().map(|key| {
        let response = json!({"action": action, "content": {}});
        (key.clone(), response)
    });
    json!({
        "requestState": result["requestState"],
        "inputResponses": responses.collect::<serde_json::Map<_, _>>(),
    })
}

fn question(asked: &Reply) -> String {
    let requests = asked.result()["inputRequests"].as_object().unwrap();
    let request = requests.values().next().unwrap();
    assert_eq!(request["method"], "elicitation/create");
    request["params"]["message"].as_str().unwrap().to_owned()
}

fn text(reply: &Reply) -> String {
    assert_eq!(reply.result()["isError"], true, "{reply:?}");
    reply.result()["content"][0]["text"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_modern_client_is_asked_and_calls_again() {
    let http = plain().await;
    let id = || json!({"id": "modern"});
    let asked = modern(&http, "burn", id(), json!({})).await;
    let expected = "Burn modern?\nProvider: Here. It is worth 0 coins.";
    assert_eq!((question(&asked).as_str(), burnt("modern")), (expected, 0));
    let declined = modern(&http, "burn", id(), answer(&asked, "decline")).await;
    assert!(
        text(&declined).contains("the person declined `burn`"),
        "{declined:?}"
    );
    let closed = modern(&http, "burn", id(), answer(&asked, "cancel")).await;
    assert!(text(&closed).contains("closed the question"), "{closed:?}");
    assert_eq!(burnt("modern"), 0);
    let done = modern(&http, "burn", id(), answer(&asked, "accept")).await;
    assert_eq!(done.result()["structuredContent"]["burnt"], "modern");
    assert_eq!(burnt("modern"), 1);
}

#[tokio::test]
async fn an_answer_serves_once() {
    let http = plain().await;
    let id = || json!({"id": "once"});
    let asked = modern(&http, "burn", id(), json!({})).await;
    let accepted = answer(&asked, "accept");
    modern(&http, "burn", id(), accepted.clone()).await.result();
    let replayed = modern(&http, "burn", id(), accepted).await;
    assert!(
        text(&replayed)
            .contains("served an earlier call of `burn`. Call again without `requestState`"),
        "{replayed:?}"
    );
    assert_eq!(burnt("once"), 1);
}

#[tokio::test]
async fn an_answer_serves_only_what_was_asked() {
    let http = plain().await;
    let asked = modern(
        &http,
        "burn",
        json!({"id": "asked", "note": "n"}),
        json!({}),
    )
    .await;
    let accepted = answer(&asked, "accept");
    for (tool, arguments) in [
        ("burn", json!({"id": "asked"})),
        ("burn", json!({"id": "other", "note": "n"})),
        ("burn", json!({"id": "asked", "note": "m"})),
        ("drown", json!({"id": "asked", "note": "n"})),
    ] {
        let refused = modern(&http, tool, arguments, accepted.clone()).await;
        assert_eq!(refused.error(), (200, -32602), "{refused:?}");
        let message = refused.json["error"]["message"].as_str().unwrap();
        assert!(
            message
                .contains("serves only the same tool with the same arguments at the same provider"),
            "{message}"
        );
        assert!(
            message.contains("call again without `requestState`"),
            "{message}"
        );
    }
    assert_eq!(burnt("asked") + burnt("other"), 0);
    // In another order they are the same.
    let done = modern(&http, "burn", json!({"note": "n", "id": "asked"}), accepted).await;
    assert_eq!(done.result()["structuredContent"]["burnt"], "asked");
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_counts_for_nothing() {
    let http = plain().await;
    let id = || json!({"id": "unasked"});
    let responses = json!({"confirm_call": {"action": "accept", "content": {}}});
    // Without anything sealed; and with something that was sealed before it was asked.
    let asked = modern(&http, "burn", id(), json!({"inputResponses": responses})).await;
    assert!(question(&asked).starts_with("Burn unasked?"));
    for forged in ["", "rs1.x.y", "rs1.e30.AAAA"] {
        let round = json!({"requestState": forged, "inputResponses": responses});
        let refused = modern(&http, "burn", id(), round).await;
        assert_eq!(refused.error().1, -32602, "{refused:?}");
    }
    // One letter of the seal is another.
    let mut state = answer(&asked, "accept");
    let seal = state["requestState"].as_str().unwrap().to_owned();
    for at in [seal.len() / 2, seal.len() - 2] {
        let mut letters: Vec<char> = seal.chars().collect();
        letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
        state["requestState"] = letters.into_iter().collect::<String>().into();
        let refused = modern(&http, "burn", id(), state.clone()).await;
        assert_eq!(refused.error().1, -32602, "{refused:?}");
    }
    assert_eq!(burnt("unasked"), 0);
}

/// The person agreed to another price.
#[tokio::test]
async fn what_is_asked_otherwise_is_asked_anew() {
    let http = plain().await;
    let id = || json!({"id": "rising"});
    let asked = modern(&http, "burn", id(), json!({})).await;
    assert!(question(&asked).ends_with("It is worth 1 coins."));
    let anew = modern(&http, "burn", id(), answer(&asked, "accept")).await;
    assert!(
        question(&anew).ends_with("It is worth 2 coins."),
        "{anew:?}"
    );
    assert_eq!(burnt("rising"), 0);
    // What was answered to the first question does not travel on to the second.
    let id = || json!({"id": "risen"});
    let asked = modern(&http, "burn", id(), json!({})).await;
    let anew = modern(&http, "burn", id(), answer(&asked, "accept")).await;
    let silent = json!({"requestState": anew.result()["requestState"]});
    let again = modern(&http, "burn", id(), silent).await;
    assert!(
        question(&again).ends_with("It is worth 2 coins."),
        "{again:?}"
    );
    assert_eq!(burnt("risen"), 0);
    modern(&http, "burn", id(), answer(&again, "accept"))
        .await
        .result();
    assert_eq!(burnt("risen"), 1);
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_refused() {
    let sealing = Sealing {
        patience: Some(Duration::ZERO),
        ..Sealing::default()
    };
    let http = http(sealed("http://127.0.0.1:1", &sealing)).await;
    let id = || json!({"id": "late"});
    let asked = modern(&http, "burn", id(), json!({})).await;
    let late = modern(&http, "burn", id(), answer(&asked, "accept")).await;
    let message = late.json["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("the answer came too late, and nothing was sent"),
        "{message}"
    );
    assert_eq!(burnt("late"), 0);
}

/// Replicas, and a server that was started again.
#[tokio::test]
async fn whoever_has_the_key_opens_what_another_sealed() {
    let key = |letter: u8| Sealing {
        key: Some(SealingKey::new(vec![letter; 32]).unwrap()),
        patience: None,
    };
    let here = "http://127.0.0.1:1";
    let http_of = async |base: &str, sealing: &Sealing| http(sealed(base, sealing)).await;
    let first = http_of(here, &key(1)).await;
    let id = || json!({"id": "shared"});
    let asked = modern(&first, "burn", id(), json!({})).await;
    let accepted = answer(&asked, "accept");
    // Another key, a key of its own, and the same key in front of another provider.
    for (base, sealing) in [
        (here, key(2)),
        (here, Sealing::default()),
        ("http://127.0.0.1:2", key(1)),
    ] {
        let other = http_of(base, &sealing).await;
        let refused = modern(&other, "burn", id(), accepted.clone()).await;
        assert_eq!(refused.error().1, -32602, "{refused:?}");
    }
    assert_eq!(burnt("shared"), 0);
    let replica = http_of(here, &key(1)).await;
    let done = modern(&replica, "burn", id(), accepted).await;
    assert_eq!(done.result()["structuredContent"]["burnt"], "shared");
}

#[test]
fn a_key_is_long_enough_and_does_not_print() {
    let error = SealingKey::new(vec![7; 31]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("31 bytes and needs 32 or more: make one with"),
        "{error}"
    );
    let key = SealingKey::new(b"a key that nobody may ever see at all".to_vec()).unwrap();
    let sealing = Sealing {
        key: Some(key),
        patience: None,
    };
    assert!(!format!("{sealing:?}").contains("nobody"), "{sealing:?}");
    assert!(!format!("{:?}", sealed("http://127.0.0.1:1", &sealing)).contains("nobody"));
}

#[tokio::test]
async fn a_client_that_can_not_be_asked_says_that_the_person_agreed() {
    let http = plain().await;
    let refused = http
        .modern("tools/call", call("burn", json!({"id": "told"})))
        .await;
    assert!(
        text(&refused).contains("call again with the same arguments and `confirm: true`"),
        "{refused:?}"
    );
    let done = http
        .modern(
            "tools/call",
            call("burn", json!({"id": "told", "confirm": true})),
        )
        .await;
    assert_eq!(done.result()["structuredContent"]["burnt"], "told");
    // One that can be asked is asked, whatever it says.
    let asked = modern(
        &http,
        "burn",
        json!({"id": "told", "confirm": true}),
        json!({}),
    )
    .await;
    assert!(question(&asked).starts_with("Burn told?"));
    let listed = http.modern("tools/list", json!({})).await;
    let tools = listed.result()["tools"].as_array().unwrap().clone();
    assert_eq!(
        tools[0]["inputSchema"]["properties"]["confirm"]["type"],
        "boolean"
    );
}

#[tokio::test]
async fn nobody_is_asked_when_the_server_is_started_so() {
    let http = http(Server::new(
        engine("http://127.0.0.1:1", Asking::Never),
        "1",
    ))
    .await;
    let done = modern(&http, "burn", json!({"id": "never"}), json!({})).await;
    assert_eq!(done.result()["structuredContent"]["burnt"], "never");
}

#[tokio::test]
async fn a_client_that_only_opens_addresses_can_not_be_asked() {
    for (capability, asked) in [
        (json!({}), true),
        (json!({"form": {}}), true),
        (json!({"form": {}, "url": {}}), true),
        (json!({"url": {}}), false),
    ] {
        let mut pipe = Pipe::start_with(sealed("http://127.0.0.1:1", &Sealing::default()));
        let mut greeting = initialize("2025-11-25");
        greeting["params"]["capabilities"] = json!({ "elicitation": capability });
        pipe.ask(&greeting).await;
        let request = legacy(1, "tools/call", call("burn", json!({"id": "url"})));
        let answer = pipe.ask(&request).await;
        let is_question = answer["method"] == "elicitation/create";
        assert_eq!(is_question, asked, "{capability}: {answer}");
    }
    assert_eq!(burnt("url"), 0);
}

/// A handshake of a client before 2026-07-28 that can be asked.
pub fn greeting(version: &str) -> Value {
    let mut greeting = initialize(version);
    greeting["params"]["capabilities"] = json!({"elicitation": {}});
    greeting
}

/// The answer to a question of the server's.
fn said(asked: &Value, action: &str) -> Value {
    assert_eq!(asked["method"], "elicitation/create", "{asked}");
    json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": action, "content": {}}})
}

#[tokio::test]
async fn a_client_of_old_is_asked_while_the_call_runs() {
    for version in ["2025-06-18", "2025-11-25"] {
        let id = format!("old-{version}");
        let server = sealed("http://127.0.0.1:1", &Sealing::default());
        let mut pipe = Pipe::start_with(server);
        pipe.ask(&greeting(version)).await;
        pipe.say(&notification("notifications/initialized", json!({})))
            .await;
        for (action, expected) in [
            ("decline", "the person declined `burn`"),
            ("cancel", "closed the question"),
            ("accept", "burnt"),
        ] {
            let request = legacy(1, "tools/call", call("burn", json!({"id": id})));
            let asked = pipe.ask(&request).await;
            let message = asked["params"]["message"].as_str().unwrap();
            assert!(
                message.starts_with(&format!("Burn {id}?\nProvider: Here.")),
                "{message}"
            );
            assert_eq!(burnt(&id), 0);
            let ended = pipe.ask(&said(&asked, action)).await;
            assert!(ended.to_string().contains(expected), "{ended}");
        }
        assert_eq!(burnt(&id), 1);
        pipe.close().await;
    }
}

#[tokio::test]
async fn a_client_of_old_that_can_not_be_asked_is_told() {
    let mut pipe = Pipe::start_with(sealed("http://127.0.0.1:1", &Sealing::default()));
    pipe.ask(&initialize("2025-11-25")).await;
    let request = legacy(1, "tools/call", call("burn", json!({"id": "dumb"})));
    let refused = pipe.ask(&request).await;
    assert!(refused.to_string().contains("`confirm: true`"), "{refused}");
    pipe.close().await;
}

/// Over HTTP it takes a session, which only those get that can be asked.
#[tokio::test]
async fn a_client_of_old_has_a_session_where_it_can_be_asked() {
    let http = plain().await;
    let dumb = reply(http.post(initialize("2025-11-25").to_string())).await;
    assert!(!dumb.headers.contains_key("mcp-session-id"), "{dumb:?}");
    let refused = http
        .legacy("tools/call", call("burn", json!({"id": "http"})))
        .await;
    assert!(text(&refused).contains("`confirm: true`"));

    let greeted = http
        .post(greeting("2025-11-25").to_string())
        .send()
        .await
        .unwrap();
    let session = greeted.headers()["mcp-session-id"]
        .to_str()
        .unwrap()
        .to_owned();
    drop(greeted);
    let post = |body: Value| {
        http.post(body.to_string())
            .header("mcp-protocol-version", "2025-11-25")
            .header("mcp-session-id", &session)
    };
    let initialized = notification("notifications/initialized", json!({}));
    assert_eq!(post(initialized).send().await.unwrap().status(), 202);
    let request = legacy(1, "tools/call", call("burn", json!({"id": "http"})));
    let mut stream = post(request).send().await.unwrap();
    let mut events = String::new();
    let asked = next(&mut stream, &mut events).await;
    assert_eq!(burnt("http"), 0);
    assert_eq!(
        post(said(&asked, "accept")).send().await.unwrap().status(),
        202
    );
    let done = next(&mut stream, &mut events).await;
    assert_eq!(done["result"]["structuredContent"]["burnt"], "http");
    assert_eq!(burnt("http"), 1);
}

/// The next message of an event stream; those that are empty only keep it open.
pub async fn next(stream: &mut reqwest::Response, events: &mut String) -> Value {
    loop {
        while let Some((event, rest)) = events.split_once("\n\n") {
            let data = event.lines().find_map(|line| line.strip_prefix("data:"));
            let message = data.and_then(|data| serde_json::from_str::<Value>(data.trim()).ok());
            let rest = rest.to_owned();
            *events = rest;
            if let Some(message) = message {
                return message;
            }
        }
        let chunk = stream.chunk().await.unwrap().expect("the stream goes on");
        events.push_str(&String::from_utf8_lossy(&chunk).replace('\r', ""));
    }
}
