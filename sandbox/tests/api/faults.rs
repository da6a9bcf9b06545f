//! Faults on request, over real connections.

use std::error::Error;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use rft_mcp_sandbox::faults::{Dropped, Fault, Rule, RuleError, StatusFault};
use rft_mcp_sandbox::{Config, Flavour, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::support::{config, request};

/// A sandbox that listens.
struct Server {
    sandbox: Sandbox,
    address: SocketAddr,
    client: Client,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let sandbox = Sandbox::new(config());
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            let _ = stopped.await;
        };
        let task = tokio::spawn(sandbox.clone().serve(listener, shutdown));
        // The client is built for TLS even where none is spoken.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            sandbox,
            address,
            stop,
            task,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn get(&self, path: &str) -> reqwest::Result<reqwest::Response> {
        self.client.get(self.url(path)).send().await
    }

    async fn launch(&self) -> reqwest::Result<reqwest::Response> {
        let url = self.url("/v1/fine_tuning/jobs");
        self.client.post(url).json(&request()).send().await
    }

    async fn jobs(&self) -> usize {
        let list: Value = self
            .get("/v1/fine_tuning/jobs")
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        list["data"].as_array().unwrap().len()
    }

    async fn ask(&self, rule: Value) -> reqwest::Response {
        let url = self.url("/sandbox/faults");
        self.client.post(url).json(&rule).send().await.unwrap()
    }
}

/// Whether an error has one of the kinds that a cut connection gives.
fn is_cut(error: &reqwest::Error) -> bool {
    let mut source: Option<&dyn Error> = Some(error);
    while let Some(error) = source {
        let text = error.to_string();
        if text.contains("reset")
            || text.contains("closed before")
            || text.contains("IncompleteMessage")
        {
            return true;
        }
        source = error.source();
    }
    false
}

#[tokio::test]
async fn a_status_comes_with_its_headers_as_often_as_asked() {
    let server = Server::start().await;
    let rule = json!({
        "route": "GET /v1/fine_tuning/jobs/{id}/events", "count": 2, "after": 1,
        "fault": {"status": 429, "headers": {"retry-after-ms": "5"}},
    });
    let reply = server.ask(rule).await;
    assert_eq!(reply.status(), StatusCode::CREATED);
    let path = "/v1/fine_tuning/jobs/ftjob-x/events";
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let reply = server.get(path).await.unwrap();
        assert_eq!(reply.headers()["x-simulated"], "true");
        assert!(reply.headers().contains_key("x-request-id"));
        statuses.push(reply.status().as_u16());
        if reply.status() == 429 {
            assert_eq!(reply.headers()["retry-after-ms"], "5");
            let body: Value = reply.json().await.unwrap();
            assert_eq!(body["error"]["code"], "rate_limit_exceeded");
        }
    }
    assert_eq!(statuses, [404, 429, 429, 404]);
    // Another route was never concerned.
    assert_eq!(
        server.get("/v1/fine_tuning/jobs").await.unwrap().status(),
        200
    );
    let list: Value = server
        .get("/sandbox/faults")
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&list["data"][0]["hit"], &list["data"][0]["passed"]),
        (&2.into(), &1.into())
    );
    let url = server.url("/sandbox/faults");
    let list: Value = server
        .client
        .delete(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(list["data"], json!([]));
}

#[tokio::test]
async fn a_rule_that_would_hit_nothing_is_refused() {
    let server = Server::start().await;
    for (rule, said) in [
        (
            json!({"route": "GET /v1/models?limit=1", "fault": {"status": 500}}),
            "leave `?` and what follows it out",
        ),
        (
            json!({"route": "GET /v1/models", "count": 0, "fault": {"status": 500}}),
            "`count: 0` hits nothing",
        ),
    ] {
        let asked = server
            .client
            .post(server.url("/sandbox/faults"))
            .json(&rule)
            .send()
            .await
            .unwrap();
        assert_eq!(asked.status(), 400, "{rule}");
        let text = asked.text().await.unwrap();
        assert!(text.contains(said), "{text}");
    }
}

#[tokio::test]
async fn a_connection_that_is_lost_on_the_way_is_acted_on_later() {
    let server = Server::start().await;
    let route = "POST /v1/fine_tuning/jobs";
    server
        .ask(json!({"route": route, "fault": {"drop": "during"}}))
        .await;
    assert!(is_cut(&server.launch().await.unwrap_err()));
    assert_eq!(server.jobs().await, 0);
    let began = Instant::now();
    while server.jobs().await == 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "never acted on");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server
        .ask(json!({"route": route, "fault": {"status": 502, "acted": true}}))
        .await;
    assert_eq!(server.launch().await.unwrap().status(), 502);
    assert_eq!(server.jobs().await, 2);
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after_the_provider_acted() {
    let server = Server::start().await;
    for (drop, jobs) in [(Dropped::Before, 0), (Dropped::After, 1)] {
        let rule = Rule {
            route: "POST /v1/fine_tuning/jobs".to_owned(),
            count: 1,
            after: 0,
            fault: Fault::Drop { drop },
        };
        server.sandbox.faults().add(rule).unwrap();
        let error = server.launch().await.unwrap_err();
        assert!(
            is_cut(&error) && !error.is_connect() && !error.is_timeout(),
            "{error:?}"
        );
        assert_eq!(server.jobs().await, jobs);
    }
    assert_eq!(server.launch().await.unwrap().status(), 200);
    assert_eq!(server.jobs().await, 2);
}

#[tokio::test]
async fn a_cut_connection_is_reset_without_a_byte() {
    let server = Server::start().await;
    let rule = json!({"route": "GET /v1/models", "fault": {"drop": "after"}});
    server.ask(rule).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = b"GET /v1/models HTTP/1.1\r\nhost: sandbox\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer).await;
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(answer, b"");
}

#[tokio::test]
async fn a_malformed_answer_is_half_of_the_right_one() {
    let server = Server::start().await;
    server
        .ask(json!({"route": "* /v1/fine_tuning/jobs", "fault": {"malformed": true}}))
        .await;
    let reply = server.launch().await.unwrap();
    assert_eq!(
        (reply.status(), &reply.headers()["content-type"]),
        (StatusCode::OK, &"application/json".parse().unwrap())
    );
    let text = reply.text().await.unwrap();
    assert!(
        text.starts_with("{\"object\":\"fine_tuning.job\"")
            && serde_json::from_str::<Value>(&text).is_err()
    );
    assert_eq!(server.jobs().await, 1);
}

#[tokio::test(start_paused = true)]
async fn latency_adds_to_other_faults() {
    let sandbox = Sandbox::new(config());
    let rule = |fault| Rule {
        route: "GET /v1/models".to_owned(),
        count: 1,
        after: 0,
        fault,
    };
    sandbox
        .faults()
        .add(rule(Fault::Latency { latency_ms: 70_000 }))
        .unwrap();
    let teapot = StatusFault {
        status: 418,
        acted: false,
        later_ms: 0,
        headers: [].into(),
        body: Some("short and stout".into()),
    };
    sandbox.faults().add(rule(Fault::Status(teapot))).unwrap();
    let began = tokio::time::Instant::now();
    let request = axum::http::Request::get("/v1/models")
        .body(axum::body::Body::empty())
        .unwrap();
    let reply = tower::ServiceExt::oneshot(sandbox.router(), request)
        .await
        .unwrap();
    assert!(began.elapsed() >= Duration::from_secs(70));
    assert_eq!(reply.status(), 418);
    let body = axum::body::to_bytes(reply.into_body(), 100).await.unwrap();
    assert_eq!(body, "short and stout");
}

#[tokio::test]
async fn rules_that_can_not_be_carried_out_are_refused() {
    let server = Server::start().await;
    for rule in [
        json!({"route": "GET", "fault": {"malformed": true}}),
        json!({"route": "GET /v1/models", "fault": {"malformed": false}}),
        json!({"route": "GET /v1/models", "fault": {"drop": "sometimes"}}),
        json!({"route": "GET /v1/models", "fault": {"status": 99}}),
        json!({"route": "GET /v1/models", "fault": {"status": 500, "headers": {"a b": "c"}}}),
        json!({"route": "GET /v1/models", "fault": {"status": 500}, "often": 2}),
        json!({"route": "GET /v1/models", "fault": {"status": 500, "later_ms": 5}}),
        json!({"route": "GET /v1/models", "fault": {"latency_ms": 5, "malformed": true}}),
        json!({"route": "GET /v1/models", "fault": {"drop": "before", "status": 500}}),
        json!({"route": "GET /v1/models"}),
    ] {
        let reply = server.ask(rule.clone()).await;
        assert_eq!(reply.status(), 400, "{rule}");
        let body: Value = reply.json().await.unwrap();
        assert_eq!(body["error"]["code"], "invalid_fault");
    }
    let rule = Rule {
        route: "v1".to_owned(),
        count: 1,
        after: 0,
        fault: Fault::Latency { latency_ms: 1 },
    };
    let refused = server.sandbox.faults().add(rule);
    assert_eq!(refused, Err(RuleError::Route("v1".to_owned())));
}

#[tokio::test]
async fn the_page_says_what_this_is() {
    let server = Server::start().await;
    server.launch().await.unwrap();
    let summary: Value = server.get("/sandbox").await.unwrap().json().await.unwrap();
    assert_eq!(
        (&summary["simulated"], &summary["scenario"]),
        (&true.into(), &"healthy".into())
    );
    assert_eq!(summary["jobs"][0]["status"], "validating_files");
    let page = server
        .client
        .get(server.url("/sandbox"))
        .header("accept", "text/html,*/*")
        .send()
        .await
        .unwrap();
    let text = page.text().await.unwrap();
    assert!(text.contains("Simulated. No model is trained") && text.contains("ftjob-"));
}

#[tokio::test]
async fn serving_ends_when_it_is_told_to() {
    let server = Server::start().await;
    server
        .get("/v1/models")
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    server.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), server.task)
        .await
        .unwrap()
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn every_route_of_every_flavour_can_fail() {
    const COMMON: [(&str, &str); 10] = [
        ("GET", "/files"),
        ("POST", "/files"),
        ("DELETE", "/files/{id}"),
        ("GET", "/files/{id}/content"),
        ("POST", "/fine_tuning/jobs"),
        ("GET", "/fine_tuning/jobs/{id}/events"),
        ("GET", "/fine_tuning/jobs/{id}/checkpoints"),
        ("POST", "/fine_tuning/jobs/{id}/cancel"),
        ("GET", "/models/{id}"),
        ("POST", "/chat/completions"),
    ];
    const MORE: [(&str, &str); 11] = [
        ("POST", "/uploads"),
        ("POST", "/uploads/{id}/parts"),
        ("POST", "/uploads/{id}/complete"),
        ("POST", "/uploads/{id}/cancel"),
        ("POST", "/fine_tuning/jobs/{id}/pause"),
        ("POST", "/fine_tuning/alpha/graders/run"),
        ("GET", "/fine_tuning/checkpoints/{id}/permissions"),
        ("POST", "/fine_tuning/checkpoints/{id}/permissions"),
        (
            "DELETE",
            "/fine_tuning/checkpoints/{id}/permissions/{other}",
        ),
        ("POST", "/responses"),
        ("DELETE", "/models/{id}"),
    ];
    let everywhere = Flavour::ALL.iter().flat_map(|flavour| {
        let more = if *flavour == Flavour::OpenAi {
            &MORE[..]
        } else {
            &[]
        };
        let base = flavour.base_path();
        COMMON
            .iter()
            .chain(more)
            .map(move |route| (*flavour, base, route))
    });
    let dated = COMMON
        .iter()
        .take(9)
        .map(|route| (Flavour::Azure, "/openai", route));
    for (flavour, base, (method, path)) in everywhere.chain(dated) {
        let sandbox = Sandbox::new(Config {
            flavour,
            ..config()
        });
        let rule = Rule {
            route: format!("{method} {base}{path}"),
            count: 1,
            after: 0,
            fault: Fault::Status(StatusFault {
                status: 503,
                acted: false,
                later_ms: 0,
                headers: std::collections::BTreeMap::new(),
                body: None,
            }),
        };
        sandbox.faults().add(rule).unwrap();
        let uri = format!("{base}{path}?api-version=2025-04-01-preview")
            .replace("{id}", "x")
            .replace("{other}", "y");
        let ask = async || {
            let request = axum::http::Request::builder()
                .method(*method)
                .uri(&uri)
                .header("authorization", "Bearer sk-admin-1")
                .body(axum::body::Body::empty())
                .unwrap();
            let reply = sandbox.router().oneshot(request).await.unwrap();
            let body = axum::body::to_bytes(reply.into_body(), 100_000).await;
            String::from_utf8(body.unwrap().to_vec()).unwrap()
        };
        let broken = ask().await;
        assert!(
            broken.contains("server_is_overloaded"),
            "{method} {uri}: {broken}"
        );
        // Once the rule is used up, the call gets to a route that there is.
        let reply = ask().await;
        assert!(
            !reply.contains("Simulated fault")
                && !reply.contains("unknown_url")
                && !reply.contains("Resource not found"),
            "{method} {uri}: {reply}"
        );
    }
}
