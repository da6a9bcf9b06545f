//! A provider that answers by script, and a table of tools on it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, Method as HttpMethod, Response, Uri},
};
use rft_mcp_runtime::{
    engine::{Engine, Outcome, Settings},
    tool::{
        Action, Auth, ClientUse, Effect, Instead, Limits, Method, Piece, Place, ProviderSpec,
        RequestSpec, Root, Segment, ServerSpec, SetSpec, Step, Table, Template, ToolSpec, typed,
    },
    upstream::Provider,
};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

use crate::{files, lists, sending};

pub const KEY: &str = "sk-very-secret";

/// One answer of the script.
#[derive(Debug, Clone)]
pub enum Answer {
    Json(u16, Vec<(&'static str, String)>, Value),
    Text(u16, String),
    /// Bytes as they are.
    File(Vec<(&'static str, String)>, Vec<u8>),
    /// Never ends.
    Hang,
    /// The body breaks off.
    Break,
}

pub fn ok(body: Value) -> Answer {
    Answer::Json(200, vec![], body)
}

/// What the provider saw.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: HttpMethod,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
pub struct Fake {
    script: Arc<Mutex<VecDeque<Answer>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    pub base: String,
}

impl Fake {
    pub async fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let fake = Self {
            script: Arc::new(Mutex::new(script.into_iter().collect())),
            seen: Arc::default(),
            base: format!("http://{}/v1", listener.local_addr().unwrap()),
        };
        let app = Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::disable())
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        fake
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn engine(&self, settings: &Settings) -> Engine {
        let env = |name: &str| (name == "ACME_KEY").then(|| KEY.to_owned());
        let provider = Provider::resolve(&TABLE.providers[0], Some(&self.base), &env).unwrap();
        Engine::new(&TABLE, provider, settings).unwrap()
    }

    pub async fn call(&self, tool: &str, arguments: Value) -> Outcome {
        let settings = Settings {
            sets: Some(vec!["all".into(), "rare".into(), "own".into()]),
            ..Settings::default()
        };
        self.engine(&settings)
            .call(tool, object(arguments))
            .await
            .unwrap()
    }
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

pub fn failed(outcome: Outcome) -> String {
    match outcome {
        Outcome::Failed(message) => message,
        other => panic!("{other:?} is no failure"),
    }
}

pub fn done(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Done(result) => Value::Object(result),
        other => panic!("{other:?}"),
    }
}

async fn answer(
    State(fake): State<Fake>,
    method: HttpMethod,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    fake.seen.lock().unwrap().push(Seen {
        method,
        uri,
        headers,
        body: body.to_vec(),
    });
    let next = fake.script.lock().unwrap().pop_front();
    match next {
        Some(Answer::Json(status, headers, body)) => {
            let builder = Response::builder().status(status);
            let builder = headers.into_iter().fold(builder, |builder, (name, value)| {
                builder.header(name, value)
            });
            // After the script's own, which so comes first.
            let builder = builder.header("x-request-id", "req-7");
            builder.body(Body::from(body.to_string())).unwrap()
        }
        Some(Answer::Text(status, body)) => Response::builder()
            .status(status)
            .body(Body::from(body))
            .unwrap(),
        Some(Answer::File(headers, body)) => {
            let builder = Response::builder();
            let builder = headers.into_iter().fold(builder, |builder, (name, value)| {
                builder.header(name, value)
            });
            builder.body(Body::from(body)).unwrap()
        }
        Some(Answer::Hang) => std::future::pending().await,
        Some(Answer::Break) => {
            let broken = futures::stream::iter([Ok("{\"id\":"), Err(std::io::Error::other("cut"))]);
            Response::new(Body::from_stream(broken))
        }
        None => Response::builder()
            .status(404)
            .body(Body::from(
                json!({"error": {"message": "the script is over"}}).to_string(),
            ))
            .unwrap(),
    }
}

pub const fn input(path: &'static [Step]) -> Template {
    Template::Take(Place {
        root: Root::Input,
        path,
    })
}
pub const fn reply(index: usize, path: &'static [Step]) -> Template {
    Template::Take(Place {
        root: Root::Reply(index),
        path,
    })
}

const IN: &str = r#"{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"},"tag":{"type":"object"},"limit":{"type":"integer","minimum":1},"rate":{"type":"number"}}}"#;
const OUT: &str = r#"{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"at":{"type":"integer"}}}"#;
pub const RESULT: Template = Template::Object(&[
    ("id", reply(0, &[Step::Key("id")])),
    ("at", reply(0, &[Step::Key("at")])),
]);
pub const ONE: &[Segment] = &[Segment::Literal("/things/"), Segment::Param("id")];

pub const fn tool(
    name: &'static str,
    effect: Effect,
    requests: &'static [RequestSpec],
    result: Template,
) -> ToolSpec {
    ToolSpec {
        name,
        title: name,
        description: "A tool.",
        effect,
        sets: &["all"],
        input: IN,
        output: Some(OUT),
        instead: &[Instead {
            within: "",
            name: "speed",
            help: "use rate",
        }],
        typed: typed::<Value>,
        action: Action::Http {
            requests,
            result,
            page: None,
            once: None,
        },
        ..ToolSpec::PLAIN
    }
}

const LIMIT: &[(&str, Template)] = &[("limit", input(&[Step::Key("limit")]))];
const RATE: &[(&str, Template)] = &[("x-rate", input(&[Step::Key("rate")]))];
const BODY: Template = Template::Object(&[
    ("tag", input(&[Step::Key("tag")])),
    (
        "model",
        Template::Take(Place {
            root: Root::Provider,
            path: &[Step::Key("model")],
        }),
    ),
]);

pub const fn get(name: &'static str, path: &'static [Segment]) -> RequestSpec {
    RequestSpec {
        name,
        method: Method::Get,
        path,
        query: LIMIT,
        ..RequestSpec::PLAIN
    }
}

pub const fn post() -> RequestSpec {
    RequestSpec {
        method: Method::Post,
        path: ONE,
        headers: RATE,
        key: None,
        body: Some(BODY),
        ..RequestSpec::PLAIN
    }
}

pub static TABLE: Table = Table {
    server: ServerSpec {
        name: "acme-mcp",
        title: "Acme",
        instructions: "Use it.",
        sets: &[
            SetSpec {
                name: "all",
                description: "",
                default: true,
            },
            SetSpec {
                name: "rare",
                description: "",
                default: false,
            },
            SetSpec {
                name: "own",
                description: "",
                default: false,
            },
        ],
        client: ClientUse {
            asks: &[],
            logs: false,
            announces: &[],
        },
        limits: Limits {
            connect_seconds: 5,
            request_seconds: 600,
            response_bytes: 1000,
            result_bytes: 10_000,
        },
        spending: &[],
    },
    providers: &[
        ProviderSpec {
            name: "acme",
            title: "Acme",
            notice: "",
            base_url: None,
            auth: &[Auth::Bearer(&[Piece::Env {
                name: "ACME_KEY",
                default: None,
            }])],
            keys: &[],
            headers: &[],
            query: &[],
            values: &[("model", "\"m-1\"")],
            lacks: &["lacked"],
        },
        ProviderSpec {
            name: "other",
            title: "Other",
            notice: "",
            base_url: None,
            auth: &[],
            keys: &[],
            headers: &[],
            query: &[],
            values: &[],
            lacks: &[],
        },
    ],
    tools: &[
        tool("read", Effect::Read, &[get("response", ONE)], RESULT),
        tool("write", Effect::Write, &[post()], RESULT),
        tool("launch", Effect::Costly, &[post()], RESULT),
        tool("delete", Effect::Destructive, &[post()], RESULT),
        tool(
            "both",
            Effect::Read,
            &[
                get("one", ONE),
                get("two", &[Segment::Literal("/others/"), Segment::Param("id")]),
            ],
            Template::Object(&[
                ("id", reply(0, &[Step::Key("id")])),
                ("at", reply(1, &[Step::Key("at")])),
            ]),
        ),
        tool("lacked", Effect::Read, &[get("response", ONE)], RESULT),
        ToolSpec {
            sets: &["rare"],
            ..tool("rare", Effect::Read, &[get("response", ONE)], RESULT)
        },
        lists::LIST,
        lists::SHORT,
        lists::TOKEN,
        sending::PATIENT,
        sending::INSISTENT,
        sending::ONCE,
        files::PUT,
        files::GET,
        files::MANY,
        files::RAW,
        files::FORM,
    ],
    prompts: &[],
    resources: &[],
};
