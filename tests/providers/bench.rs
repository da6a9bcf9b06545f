//! An engine on a provider of the manifest, in front of a sandbox of some flavour.

use std::collections::BTreeMap;

use rft_mcp::TABLE;
use rft_mcp_runtime::{
    engine::{Asking, Engine, Outcome, Settings},
    upstream::Provider,
};
use rft_mcp_sandbox::{Config, Flavour, Sandbox, TRAINING_FILE, VALIDATION_FILE, faults::Faults};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

/// A job of some hours takes some milliseconds.
const SPEED: f64 = 5e6;

pub struct Bench {
    pub engine: Engine,
    sandbox: Sandbox,
}

/// The keys that the providers ask for; none is a secret.
pub fn keys(name: &str) -> Option<String> {
    let value = match name {
        "OPENAI_ADMIN_KEY" => "sk-admin-tests",
        "OPENAI_API_KEY" | "AZURE_OPENAI_API_KEY" | "AWS_BEARER_TOKEN_BEDROCK" => "key-of-tests",
        _ => return None,
    };
    Some(value.to_owned())
}

/// Tools that may give a result before anyone has answered.
const NO_ONE_IS_ASKED: [&str; 3] = ["lint_grader", "validate_dataset", "estimate_cost"];

impl Bench {
    pub async fn start(provider: &str, flavour: Flavour) -> Self {
        Self::with(provider, flavour, &keys).await
    }

    pub async fn with(
        provider: &str,
        flavour: Flavour,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        // What is asked and what limits hold is tried in tests of their own.
        Self::set(provider, flavour, env, &[], Asking::Never).await
    }

    /// One whose manifest has these values instead, and which asks before a launch.
    pub async fn knowing(provider: &str, flavour: Flavour, values: &[(&str, Value)]) -> Self {
        Self::set(provider, flavour, &keys, values, Asking::Auto).await
    }

    async fn set(
        provider: &str,
        flavour: Flavour,
        env: &dyn Fn(&str) -> Option<String>,
        values: &[(&str, Value)],
        asking: Asking,
    ) -> Self {
        let sandbox = Sandbox::new(Config {
            flavour,
            speed: SPEED,
            examples: Some(rft_mcp::examples()),
            ..Config::default()
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = match provider {
            "azure-legacy" => "/openai",
            _ => flavour.base_path(),
        };
        let base = format!("http://{}{base}", listener.local_addr().unwrap());
        tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
        let spec = TABLE.providers.iter().find(|spec| spec.name == provider);
        let mut provider = Provider::resolve(spec.unwrap(), Some(&base), env).unwrap();
        for (name, value) in values {
            provider.set_value(name, value.clone());
        }
        let sets = TABLE.server.sets.iter().map(|set| set.name.to_owned());
        let settings = Settings {
            sets: Some(sets.collect()),
            asking,
            spending: no_limits(),
            ..Settings::default()
        };
        Self {
            engine: Engine::new(TABLE, provider, &settings).unwrap(),
            sandbox,
        }
    }

    /// What a tool gives, which says that it is simulated; that taken away.
    pub async fn call(&self, tool: &str, arguments: Value) -> Value {
        match self.outcome(tool, arguments).await {
            Outcome::Done(mut result) => {
                let told = result.get("simulated").cloned();
                if told == Some(json!("the provider is a simulator")) {
                    result.shift_remove("simulated");
                }
                assert!(
                    told.is_some() || NO_ONE_IS_ASKED.contains(&tool),
                    "{tool}: {result:?}"
                );
                Value::Object(result)
            }
            other => panic!("{tool}: {other:?}"),
        }
    }

    /// What a tool says that fails.
    pub async fn refused(&self, tool: &str, arguments: Value) -> String {
        match self.outcome(tool, arguments).await {
            Outcome::Failed(message) => message,
            done => panic!("{tool} did: {done:?}"),
        }
    }

    async fn outcome(&self, tool: &str, arguments: Value) -> Outcome {
        self.engine.call(tool, object(arguments)).await.unwrap()
    }

    /// Starts a job with the files that are there; its id.
    pub async fn launch(&self, more: Value) -> String {
        let mut arguments = object(json!({
            "training_file": TRAINING_FILE,
            "validation_file": VALIDATION_FILE,
            "seed": 7,
        }));
        arguments.extend(object(more));
        let job = self.call("start_job", Value::Object(arguments)).await;
        job["job_id"].as_str().unwrap().to_owned()
    }

    /// Looks at a job until it has a status, whose coming is a matter of milliseconds.
    pub async fn until(&self, job: &str, status: &str) -> Value {
        for _ in 0..20_000 {
            let seen = self
                .call("get_job_status", json!({"job_id": job, "event_limit": 100}))
                .await;
            if seen["status"] == status {
                return seen;
            }
            assert_ne!(seen["status"], "failed", "{seen}");
        }
        panic!("the job never was {status}");
    }

    /// What goes wrong at the provider.
    pub fn faults(&self) -> &Faults {
        self.sandbox.faults()
    }

    /// Lets a model answer under a name, as an administrator of Azure does.
    pub async fn deploy(&self, name: &str, model: &str) {
        let body = json!({"name": name, "model": model}).to_string();
        let (status, reply) = self.post("/sandbox/deployments", body).await;
        assert_eq!(status, 201, "{reply}");
    }

    async fn post(&self, path: &str, body: String) -> (u16, String) {
        use tower::ServiceExt as _;
        let request = axum::http::Request::post(path).body(axum::body::Body::from(body));
        let reply = self
            .sandbox
            .router()
            .oneshot(request.unwrap())
            .await
            .unwrap();
        let status = reply.status().as_u16();
        let body = axum::body::to_bytes(reply.into_body(), 100_000)
            .await
            .unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}

fn no_limits() -> BTreeMap<String, Option<f64>> {
    let limits = TABLE.server.spending.iter();
    limits.map(|limit| (limit.name.to_owned(), None)).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

pub fn exact() -> Value {
    json!({
        "type": "string_check",
        "name": "exact",
        "operation": "eq",
        "input": "{{ sample.output_text }}",
        "reference": "{{ item.word }}",
    })
}

pub fn endpoint() -> Value {
    json!({"type": "endpoint", "name": "mine", "url": "https://grader.example/score"})
}

pub fn lambda() -> Value {
    let function = "arn:aws:lambda:us-west-2:123456789012:function:score";
    json!({"type": "lambda", "lambda": {"function": function}})
}
