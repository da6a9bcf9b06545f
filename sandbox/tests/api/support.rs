use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use rft_mcp_sandbox::{Config, Flavour, Sandbox, Scenario, TRAINING_FILE, VALIDATION_FILE};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::document::Document;

/// The simulated time at which every test starts, in Unix seconds.
pub const START: i64 = 1_800_000_000;
pub const MODEL: &str = "o4-mini-2025-04-16";

/// A sandbox called without a network, at a time that stands still until the test moves it.
pub struct Api {
    router: Router,
    base: &'static str,
    /// A header that every call is sent with.
    key: Option<(&'static str, &'static str)>,
}

/// A reply that was validated.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub json: Value,
}

impl Reply {
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{:#}", self.json);
        self.json
    }

    /// Checks a refusal by status, code and parameter; gives its message.
    #[track_caller]
    pub fn refused(self, status: u16, code: impl Into<Value>, param: impl Into<Value>) -> String {
        let error = &self.json["error"];
        let expected = (status, code.into(), param.into());
        let seen = (self.status, error["code"].clone(), error["param"].clone());
        assert_eq!(seen, expected, "{:#}", self.json);
        error["message"].as_str().unwrap().to_owned()
    }
}

impl Api {
    pub fn new() -> Self {
        Self::with(Scenario::Healthy)
    }

    pub fn with(scenario: Scenario) -> Self {
        Self::of(Config {
            scenario,
            ..config()
        })
    }

    pub fn of(config: Config) -> Self {
        let flavour = config.flavour;
        Self {
            router: Sandbox::new(config).router(),
            base: flavour.base_path(),
            key: match flavour {
                Flavour::OpenAi => None,
                Flavour::Azure => Some(("api-key", "any")),
                Flavour::Bedrock => Some(("authorization", "Bearer any")),
            },
        }
    }

    pub fn flavour(flavour: Flavour) -> Self {
        Self::of(Config {
            flavour,
            ..config()
        })
    }

    /// The same provider, asked with another key.
    pub fn with_key(&self, key: Option<(&'static str, &'static str)>) -> Self {
        Self {
            router: self.router.clone(),
            key,
            ..*self
        }
    }

    /// The same provider, asked at another place.
    pub fn at(&self, base: &'static str) -> Self {
        Self {
            router: self.router.clone(),
            base,
            ..*self
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, None, Body::empty()).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.call("DELETE", path, None, Body::empty()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        let body = Body::from(body.to_string());
        self.call("POST", path, Some("application/json"), body)
            .await
    }

    /// A POST without a body.
    pub async fn act(&self, path: &str) -> Reply {
        self.call("POST", path, None, Body::empty()).await
    }

    pub async fn upload(&self, purpose: &str, name: &str, content: &str) -> Reply {
        let parts = format!(
            "--B\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\n{purpose}\r\n\
             --B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--B--\r\n"
        );
        self.form(parts).await
    }

    /// A multipart upload whose boundary is `B`.
    pub async fn form(&self, parts: String) -> Reply {
        self.form_to("/files", parts).await
    }

    /// A form to another place.
    pub async fn form_to(&self, path: &str, parts: String) -> Reply {
        let kind = Some("multipart/form-data; boundary=B");
        self.call("POST", path, kind, Body::from(parts)).await
    }

    pub async fn call(&self, method: &str, path: &str, kind: Option<&str>, body: Body) -> Reply {
        let (status, headers, bytes) = self
            .raw(method, &format!("{}{path}", self.base), kind, body)
            .await;
        let json: Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}: {bytes:?}"));
        let plain = path.split('?').next().unwrap();
        Document::get().validate(method, plain, status, &json);
        assert_eq!(headers["x-simulated"], "true");
        assert!(
            headers["x-request-id"]
                .to_str()
                .unwrap()
                .starts_with("req_")
        );
        assert!(headers.contains_key("openai-processing-ms"));
        Reply { status, json }
    }

    /// A call whose reply is not JSON of the document.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: Body,
    ) -> (u16, HeaderMap, Vec<u8>) {
        let mut request = Request::builder().method(method).uri(path);
        if let Some((name, value)) = self.key {
            request = request.header(name, value);
        }
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status.as_u16(), parts.headers, bytes.to_vec())
    }

    /// Creates a job and gives its id.
    pub async fn launch(&self, request: Value) -> String {
        let job = self.post("/fine_tuning/jobs", request).await.ok();
        job["id"].as_str().unwrap().to_owned()
    }

    pub async fn job(&self, id: &str) -> Value {
        self.get(&format!("/fine_tuning/jobs/{id}")).await.ok()
    }

    pub async fn status(&self, id: &str) -> String {
        self.job(id).await["status"].as_str().unwrap().to_owned()
    }

    /// Every event, newest first.
    pub async fn events(&self, id: &str) -> Vec<Value> {
        let list = self
            .get(&format!("/fine_tuning/jobs/{id}/events?limit=1000"))
            .await
            .ok();
        assert_eq!(list["has_more"], false);
        list["data"].as_array().unwrap().clone()
    }

    /// The data of the metrics events, oldest first.
    pub async fn metrics(&self, id: &str) -> Vec<Value> {
        let events = self.events(id).await;
        let metrics = events.iter().rev().filter(|e| e["type"] == "metrics");
        metrics.map(|event| event["data"].clone()).collect()
    }

    pub async fn checkpoints(&self, id: &str) -> Vec<Value> {
        let list = self
            .get(&format!("/fine_tuning/jobs/{id}/checkpoints"))
            .await
            .ok();
        list["data"].as_array().unwrap().clone()
    }

    /// Lets time pass, a minute at a time, until a job has a status.
    pub async fn until(&self, id: &str, status: &str) -> Value {
        for _ in 0..5_000 {
            let job = self.job(id).await;
            if job["status"] == status {
                return job;
            }
            pass(60.0).await;
        }
        panic!("the job never was {status}: {:#}", self.job(id).await);
    }

    /// Lets so much time pass that a job which nobody disturbs has succeeded.
    pub async fn finish(&self, id: &str) -> Value {
        pass(1e7).await;
        let job = self.job(id).await;
        assert_eq!(job["status"], "succeeded", "{job:#}");
        job
    }

    /// Lets time pass until a job has reported a number of steps.
    pub async fn until_step(&self, id: &str, step: u64) {
        for _ in 0..5_000 {
            let path = format!("/fine_tuning/jobs/{id}/events?limit=3");
            let newest = self.get(&path).await.ok();
            let steps = newest["data"].as_array().unwrap().iter();
            let mut steps = steps.filter_map(|event| event["data"]["step"].as_u64());
            if steps.any(|done| done >= step) {
                return;
            }
            pass(20.0).await;
        }
        panic!("the job never reached step {step}");
    }
}

pub fn config() -> Config {
    Config {
        start: SystemTime::UNIX_EPOCH + Duration::from_secs(START.unsigned_abs()),
        ..Config::default()
    }
}

/// Lets simulated seconds pass. The sandboxes of these tests run at life's speed.
pub async fn pass(seconds: f64) {
    tokio::time::advance(Duration::from_secs_f64(seconds)).await;
}

/// A grader that compares the answer with `item.reference_answer`.
pub fn exact() -> Value {
    json!({
        "type": "string_check",
        "name": "exact",
        "input": "{{ sample.output_text }}",
        "reference": "{{ item.reference_answer }}",
        "operation": "eq",
    })
}

pub fn score_model() -> Value {
    json!({
        "type": "score_model",
        "name": "judge",
        "model": "gpt-4o-2024-08-06",
        "input": [{"role": "user", "content": "Rate {{ sample.output_text }} from 0 to 1."}],
    })
}

/// A request to create a job with the files that are there from the start.
pub fn request() -> Value {
    request_with(exact(), json!({"eval_interval": 2}))
}

pub fn request_with(grader: Value, hyperparameters: Value) -> Value {
    json!({
        "model": MODEL,
        "training_file": TRAINING_FILE,
        "validation_file": VALIDATION_FILE,
        "seed": 42,
        "method": {
            "type": "reinforcement",
            "reinforcement": {"grader": grader, "hyperparameters": hyperparameters},
        },
    })
}

/// `number` examples, each different, from `first` on.
pub fn examples(first: usize, number: usize) -> String {
    (first..first + number)
        .map(|n| {
            json!({
                "messages": [{"role": "user", "content": format!("question {n}")}],
                "reference_answer": n.to_string(),
            })
            .to_string()
                + "\n"
        })
        .collect()
}

pub fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is not a number"))
}
