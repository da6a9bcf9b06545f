//! A library desk: what is lent is listed, and lending costs coins. Faults are set by each test.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, Response, StatusCode},
    routing::{get, post},
};
use rft_mcp_runtime::{
    engine::{Asking, Context, Engine, Outcome, Settings},
    tool::{
        Action, Along, Answer, Auth, BesideSpec, Bit, ClientUse, ConfirmSpec, Effect, Estimate,
        FunctionError, LimitSpec, Limits, Method, Moment, OnceSpec, PageSpec, Piece, Place,
        ProviderSpec, RequestSpec, Root, Segment, ServerSpec, SetSpec, Step, Table, Template,
        ToolSpec, Unasked, UndoSpec, Use, Used,
    },
    upstream::Provider,
};
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, sync::Semaphore};

pub const KEY: &str = "sk-very-secret-key";

/// What happens to a `POST` instead of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Refused with this status; nothing is lent.
    Refuse(u16),
    /// Lent, and answered with this status.
    Lend(u16),
    /// Lent, and answered with no JSON.
    Garble,
    /// Lent, and not listed for so many looks.
    Hide(usize),
}

/// The desk, and what was done there.
#[derive(Clone, Default)]
pub struct Desk {
    state: Arc<Mutex<State_>>,
    /// Lending waits for a permit while this is closed.
    gate: Option<Arc<Semaphore>>,
    pub base: String,
}

#[derive(Default)]
struct State_ {
    loans: Vec<Value>,
    posts: VecDeque<Fault>,
    /// Statuses of the next looks.
    looks: VecDeque<u16>,
    hidden: usize,
    waiting: usize,
    seen: Vec<String>,
    page: usize,
}

impl Desk {
    pub async fn open() -> Self {
        Self::gated(None).await
    }

    /// Lends nothing until the gate gives a permit.
    pub async fn gated(gate: Option<Arc<Semaphore>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let desk = Self {
            state: Arc::new(Mutex::new(State_ {
                page: 2,
                ..State_::default()
            })),
            gate,
            base: format!("http://{}/v1", listener.local_addr().unwrap()),
        };
        let app = Router::new()
            .route("/v1/loans", post(lend).get(list))
            .route("/v1/loans/{id}", get(one).delete(end))
            .with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        desk
    }

    pub fn fault(&self, fault: Fault) {
        self.state.lock().unwrap().posts.push_back(fault);
    }

    pub fn looks(&self, statuses: impl IntoIterator<Item = u16>) {
        self.state.lock().unwrap().looks = statuses.into_iter().collect();
    }

    /// What was asked for, one line each.
    pub fn seen(&self) -> Vec<String> {
        self.state.lock().unwrap().seen.clone()
    }

    /// How many have come to the gate.
    pub fn waiting(&self) -> usize {
        self.state.lock().unwrap().waiting
    }

    pub fn posts(&self) -> usize {
        let seen = self.seen();
        seen.iter().filter(|line| line.starts_with("POST")).count()
    }

    /// What is lent, oldest first; what was ended has `ended`.
    pub fn loans(&self) -> Vec<Value> {
        self.state.lock().unwrap().loans.clone()
    }

    pub fn put(&self, loan: Value) {
        self.state.lock().unwrap().loans.push(loan);
    }

    pub fn engine(&self, settings: &Settings) -> Engine {
        let env = |name: &str| (name == "DESK_KEY").then(|| KEY.to_owned());
        let provider = Provider::resolve(&TABLE.providers[0], Some(&self.base), &env).unwrap();
        Engine::new(&TABLE, provider, settings).unwrap()
    }

    pub fn plain(&self) -> Engine {
        self.engine(&Settings::default())
    }
}

/// Settings that never ask, with these limits.
pub fn limited(limits: &[(&str, f64)]) -> Settings {
    let limits = limits.iter();
    Settings {
        asking: Asking::Never,
        spending: limits
            .map(|(name, most)| ((*name).to_owned(), Some(*most)))
            .collect(),
        ..Settings::default()
    }
}

pub async fn call(engine: &Engine, tool: &str, arguments: Value) -> Result<Value, String> {
    let Value::Object(arguments) = arguments else {
        panic!("no object")
    };
    match engine.call(tool, arguments).await.unwrap() {
        Outcome::Done(result) => Ok(Value::Object(result)),
        Outcome::Failed(message) => Err(message),
        other => panic!("{other:?}"),
    }
}

async fn lend(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response<Body> {
    if let Some(gate) = &desk.gate {
        desk.state.lock().unwrap().waiting += 1;
        gate.acquire().await.unwrap().forget();
    }
    let mut state = desk.state.lock().unwrap();
    state.seen.push(format!("POST {body}"));
    assert_eq!(headers["authorization"], format!("Bearer {KEY}"));
    let fault = state.posts.pop_front();
    if let Some(Fault::Refuse(status)) = fault {
        return answer(status, json!({"error": {"message": "not today"}}));
    }
    let number = state.loans.len() + 1;
    let mut loan = body;
    loan["id"] = format!("loan-{number}").into();
    loan["at"] = (1000 + number).into();
    state.loans.push(loan.clone());
    match fault {
        Some(Fault::Lend(status)) => answer(status, json!({"error": {"message": "lost"}})),
        Some(Fault::Garble) => Response::new("<html>".into()),
        Some(Fault::Hide(looks)) => {
            state.hidden = looks;
            answer(200, loan)
        }
        _ => answer(200, loan),
    }
}

#[derive(serde::Deserialize)]
struct Page {
    after: Option<String>,
}

async fn list(State(desk): State<Desk>, Query(page): Query<Page>) -> Response<Body> {
    let mut state = desk.state.lock().unwrap();
    let after = page.after.clone().unwrap_or_default();
    state.seen.push(format!("GET {after}"));
    if let Some(status) = state.looks.pop_front()
        && status != 200
    {
        return answer(status, json!({"error": {"message": "no list"}}));
    }
    let mut loans: Vec<Value> = state.loans.iter().rev().cloned().collect();
    if state.hidden > 0 {
        state.hidden -= 1;
        loans.remove(0);
    }
    if let Some(after) = page.after {
        let at = loans.iter().position(|loan| loan["id"] == after.as_str());
        loans.drain(..=at.unwrap());
    }
    let more = loans.len() > state.page;
    loans.truncate(state.page);
    answer(200, json!({"loans": loans, "more": more}))
}

async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Response<Body> {
    let state = desk.state.lock().unwrap();
    let mut loans = state.loans.iter();
    match loans.find(|loan| loan["id"] == id.as_str()) {
        Some(loan) => answer(200, loan.clone()),
        None => answer(404, json!({"error": {"message": "no such loan"}})),
    }
}

async fn end(State(desk): State<Desk>, Path(id): Path<String>) -> Response<Body> {
    let mut state = desk.state.lock().unwrap();
    state.seen.push(format!("DELETE {id}"));
    if let Some(Fault::Refuse(status)) = state.posts.pop_front() {
        return answer(status, json!({"error": {"message": "not today"}}));
    }
    let mut loans = state.loans.iter_mut();
    let loan = loans.find(|loan| loan["id"] == id.as_str()).unwrap();
    loan["ended"] = true.into();
    answer(200, loan.clone())
}

fn answer(status: u16, body: impl std::fmt::Display) -> Response<Body> {
    Response::builder()
        .status(StatusCode::from_u16(status).unwrap())
        .header("content-type", "application/json")
        .header("x-request-id", "req-17")
        .body(body.to_string().into())
        .unwrap()
}

/// What lending costs: the coins given, against what is lent already. A book named `priceless` has no price, and one
/// named `unknown` can not be looked up.
fn weigh(input: Value, context: Context) -> Answer<Estimate> {
    Box::pin(async move {
        let book = input["book"].as_str().unwrap_or_default().to_owned();
        if book == "unknown" {
            context.read(&["prices", "unknown"], &[]).await?;
        }
        let coins = (book != "priceless").then(|| input["coins"].as_f64().unwrap_or(1.0));
        let page = context.read(&["loans"], &[]).await?;
        let loans = page["loans"].as_array().cloned().unwrap_or_default();
        let used = |amount: &dyn Fn(&Value) -> Option<f64>| {
            let used = loans.iter().map(|loan| Used {
                keys: [&loan["id"], &loan["labels"]["token"]]
                    .iter()
                    .filter_map(|key| key.as_str().map(str::to_owned))
                    .collect(),
                amount: match loan.get("ended") {
                    Some(_) => Some(0.0),
                    None => amount(loan),
                },
            });
            Some(used.collect())
        };
        Ok(Estimate {
            text: format!("It costs {} coins.", coins.unwrap_or_default()),
            uses: vec![
                Use {
                    limit: "coins".to_owned(),
                    adds: coins,
                    used: None,
                    counted: "no price is known".to_owned(),
                },
                Use {
                    limit: "day".to_owned(),
                    adds: coins,
                    used: used(&|loan| loan["coins"].as_f64()),
                    counted: "as lent".to_owned(),
                },
                Use {
                    limit: "loans".to_owned(),
                    adds: Some(1.0),
                    used: used(&|_| Some(1.0)),
                    counted: String::new(),
                },
            ],
            key: None,
        })
    })
}

/// What the function beside a launch was told, and the moment at which it fails.
#[derive(Default)]
pub struct Beside {
    pub told: Mutex<Vec<(String, Along)>>,
    pub fails: Mutex<Option<&'static str>>,
}

impl Beside {
    /// The moments so far, and forgets them.
    pub fn moments(&self) -> Vec<&'static str> {
        let told = std::mem::take(&mut *self.told.lock().unwrap());
        told.iter()
            .map(|(_, along)| moment(&along.moment))
            .collect()
    }
}

fn moment(moment: &Moment) -> &'static str {
    match moment {
        Moment::Asked => "asked",
        Moment::Begins => "begins",
        Moment::Started(_) => "started",
        Moment::Nothing => "nothing",
    }
}

fn beside(given: Map<String, Value>, along: Along, context: Context) -> Answer<Map<String, Value>> {
    Box::pin(async move {
        let beside = context.engine.kept::<Arc<Beside>>().unwrap();
        let (at, token) = (moment(&along.moment), along.token.clone());
        let book = given["book"].as_str().unwrap().to_owned();
        beside.told.lock().unwrap().push((book, along));
        if *beside.fails.lock().unwrap() == Some(at) {
            return Err(FunctionError(format!("the guard is away when {at}")));
        }
        Ok(match at {
            "started" => {
                object(json!({"guard": format!("guard of {token}"), "note": "It is guarded."}))
            }
            _ => Map::new(),
        })
    })
}

const fn path(root: Root, path: &'static [Step]) -> Template {
    Template::Take(Place { root, path })
}

const fn input(step: &'static [Step]) -> Template {
    path(Root::Input, step)
}

const fn reply(step: &'static [Step]) -> Template {
    path(Root::Reply(0), step)
}

const LENT: &[RequestSpec] = &[RequestSpec {
    method: Method::Post,
    path: &[Segment::Literal("/loans")],
    body: Some(Template::Object(&[
        ("book", input(&[Step::Key("book")])),
        ("coins", input(&[Step::Key("coins")])),
        ("labels", input(&[Step::Key("labels")])),
    ])),
    ..RequestSpec::PLAIN
}];

const RESULT: Template = Template::Object(&[
    ("loan_id", reply(&[Step::Key("id")])),
    ("at", reply(&[Step::Key("at")])),
]);

const ASK: &ConfirmSpec = &ConfirmSpec {
    ask: &[
        Bit::Literal("Lend "),
        Bit::Argument("book"),
        Bit::Literal("?"),
    ],
    estimate: Some(weigh),
    unasked: Unasked::Allow,
};

const STRICT: &ConfirmSpec = &ConfirmSpec {
    ask: &[Bit::Literal("End "), Bit::Argument("id"), Bit::Literal("?")],
    estimate: None,
    unasked: Unasked::Refuse,
};

const LEND_IN: &str = r#"{"type":"object","additionalProperties":false,"required":["book"],"properties":{"book":{"type":"string"},"coins":{"type":"number"},"labels":{"type":"object"},"token":{"type":"string","minLength":3}}}"#;
const LEND_OUT: &str = r#"{"type":"object","required":["loan_id"],"properties":{"loan_id":{"type":"string"},"at":{"type":"integer"},"token":{"type":"string"},"note":{"type":"string"}}}"#;
const ONE_IN: &str = r#"{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string"}}}"#;

const fn tool(name: &'static str, effect: Effect) -> ToolSpec {
    ToolSpec {
        name,
        title: name,
        description: "A tool.",
        effect,
        sets: &["all"],
        input: LEND_IN,
        output: Some(LEND_OUT),
        audit: &["book", "id"],
        ..ToolSpec::PLAIN
    }
}

/// A tool that sends what lends a book.
const fn lends(name: &'static str, once: Option<&'static OnceSpec>) -> ToolSpec {
    ToolSpec {
        action: Action::Http {
            requests: LENT,
            result: RESULT,
            page: None,
            once,
        },
        ..tool(name, Effect::Costly)
    }
}

const fn once(undo: Option<UndoSpec>) -> OnceSpec {
    OnceSpec {
        input: "token",
        path: &["labels", "token"],
        most: Some(3),
        find: "list",
        with: &[],
        undo,
        beside: None,
    }
}

static ONCE: OnceSpec = once(None);
static GUARDED: OnceSpec = OnceSpec {
    beside: Some(BesideSpec {
        with: &[("book", input(&[Step::Key("book")]))],
        native: beside,
    }),
    ..once(None)
};
static UNDONE: OnceSpec = once(Some(UndoSpec {
    tool: "end",
    with: &[("id", reply(&[Step::Key("id")]))],
    age: Place {
        root: Root::Reply(0),
        path: &[Step::Key("at")],
    },
}));

pub static TABLE: Table = Table {
    server: ServerSpec {
        name: "desk",
        title: "Desk",
        instructions: "",
        sets: &[SetSpec {
            name: "all",
            description: "",
            default: true,
        }],
        client: ClientUse {
            asks: &[],
            logs: false,
            announces: &[],
        },
        limits: Limits {
            connect_seconds: 5,
            request_seconds: 600,
            response_bytes: 100_000,
            result_bytes: 10_000,
        },
        spending: &[
            LimitSpec {
                name: "coins",
                description: "coins for one",
                most: None,
            },
            LimitSpec {
                name: "day",
                description: "coins a day",
                most: None,
            },
            LimitSpec {
                name: "loans",
                description: "loans at once",
                most: None,
            },
        ],
    },
    providers: &[ProviderSpec {
        name: "desk",
        title: "The desk",
        notice: "",
        base_url: Some(&[Piece::Literal("http://desk.example")]),
        auth: &[Auth::Bearer(&[Piece::Env {
            name: "DESK_KEY",
            default: None,
        }])],
        keys: &[],
        headers: &[],
        query: &[],
        values: &[],
        lacks: &[],
    }],
    tools: &[
        // Once, and asked about.
        ToolSpec {
            confirm: Some(ASK),
            ..lends("lend", Some(&ONCE))
        },
        // Once, and taken back when it happened twice.
        lends("borrow", Some(&UNDONE)),
        // Once, and something is kept beside it.
        ToolSpec {
            confirm: Some(ASK),
            ..lends("guard", Some(&GUARDED))
        },
        // Neither: sent as it is.
        ToolSpec {
            confirm: Some(ASK),
            ..lends("buy", None)
        },
        ToolSpec {
            input: ONE_IN,
            confirm: Some(STRICT),
            action: Action::Http {
                requests: &[RequestSpec {
                    method: Method::Delete,
                    path: &[Segment::Literal("/loans/"), Segment::Param("id")],
                    ..RequestSpec::PLAIN
                }],
                result: RESULT,
                page: None,
                once: None,
            },
            ..tool("end", Effect::Destructive)
        },
        ToolSpec {
            input: r#"{"type":"object","additionalProperties":false,"properties":{"after":{"type":"string"}}}"#,
            output: Some(r#"{"type":"object"}"#),
            audit: &[],
            action: Action::Http {
                requests: &[RequestSpec {
                    path: &[Segment::Literal("/loans")],
                    query: &[("after", input(&[Step::Key("after")]))],
                    ..RequestSpec::PLAIN
                }],
                result: Template::Object(&[]),
                page: Some(PageSpec {
                    input: "after",
                    items: Place {
                        root: Root::Reply(0),
                        path: &[Step::Key("loans")],
                    },
                    after: Place {
                        root: Root::Reply(0),
                        path: &[Step::Key("loans"), Step::Index(-1), Step::Key("id")],
                    },
                    more: Some(Place {
                        root: Root::Reply(0),
                        path: &[Step::Key("more")],
                    }),
                    max_pages: 5,
                    max_items: 100,
                }),
                once: None,
            },
            ..tool("list", Effect::Read)
        },
        ToolSpec {
            input: r#"{"type":"object","additionalProperties":false}"#,
            output: Some(r#"{"type":"object"}"#),
            audit: &[],
            action: Action::Native(|_: Value, _: Context| {
                Box::pin(async {
                    // A call that never ends by itself.
                    tokio::time::sleep(Duration::from_secs(1_000_000)).await;
                    Err::<Value, _>(FunctionError("too late".to_owned()))
                })
            }),
            ..tool("wait", Effect::Write)
        },
    ],
    prompts: &[],
    resources: &[],
};

/// The members of an object.
pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}
