//! `/sandbox`: what this is and what it holds; and the faults that are asked for.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::check::Fields;
use crate::clock::unix;
use crate::errors::ApiError;
use crate::faults::{Faults, Rule};
use crate::models;
use crate::routes::Body;
use crate::world::World;

const NOTICE: &str =
    "Simulated. No model is trained and nothing is billed; rewards, times and costs are made up.";

pub(crate) fn router(faults: Faults) -> Router<Arc<World>> {
    let rules = Router::new()
        .route("/sandbox/faults", get(list).post(add).delete(clear))
        .with_state(faults);
    Router::new()
        .route("/sandbox", get(summary))
        .route("/sandbox/deployments", post(deploy))
        .merge(rules)
}

async fn list(State(faults): State<Faults>) -> Json<Value> {
    Json(faults.list())
}

async fn add(
    State(faults): State<Faults>,
    Body(body): Body,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let refused = |message: String| ApiError::invalid("invalid_fault", None, message);
    let rule: Rule = serde_json::from_value(body).map_err(|error| {
        refused(format!(
            "Not a fault: {error}. Expected {{route, count?, after?, fault}} where fault is {{status, acted?, later_ms?, \
             headers?, body?}}, {{latency_ms}}, {{drop: \"before\", \"during\" or \"after\"}} or {{malformed: true}}."
        ))
    })?;
    faults
        .add(rule)
        .map_err(|error| refused(format!("Not a fault: {error}.")))?;
    Ok((StatusCode::CREATED, Json(faults.list())))
}

async fn clear(State(faults): State<Faults>) -> Json<Value> {
    faults.clear();
    Json(faults.list())
}

/// `{name, model}`: lets a model answer under a name, as the deployments of Azure's management API do.
async fn deploy(
    State(world): State<Arc<World>>,
    Body(body): Body,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let fields = Fields::body(&body)?;
    fields.deny_unknown(&["name", "model"])?;
    let (name, model) = (fields.text("name")?, fields.text("model")?);
    models::check_alive(&world, model)?;
    world.deploy(name.to_owned(), model.to_owned());
    let deployment = json!({"name": name, "model": model, "simulated": true});
    Ok((StatusCode::CREATED, Json(deployment)))
}

/// JSON, or a page for a browser.
async fn summary(State(world): State<Arc<World>>, headers: HeaderMap) -> Response {
    let summary = describe(&world);
    let wants_page = headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if wants_page {
        Html(page(&summary)).into_response()
    } else {
        Json(summary).into_response()
    }
}

fn describe(world: &World) -> Value {
    let now = world.now();
    let jobs: Vec<Value> = world.with_jobs(|jobs| {
        jobs.values()
            .map(|job| {
                let timeline = job.timeline(now);
                json!({
                    "id": job.id,
                    "status": timeline.status.name(),
                    "step": timeline.steps,
                    "total_steps": job.plan.settings.total_steps,
                })
            })
            .collect()
    });
    let files: Vec<Value> = world
        .files()
        .iter()
        .map(
            |file| json!({"id": file.id, "filename": file.name, "examples": file.dataset.examples}),
        )
        .collect();
    json!({
        "simulated": true,
        "notice": NOTICE,
        "base_path": world.flavour().base_path(),
        "flavour": world.flavour().name(),
        "scenario": world.scenario().name(),
        "speed": world.clock().speed(),
        "seed": world.seed(),
        "now": unix(now),
        "files": files,
        "jobs": jobs,
    })
}

fn page(summary: &Value) -> String {
    let text = |key: &str| escape(&plain(summary.get(key)));
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><title>Fine-tuning sandbox (simulated)</title>\
         <body style=\"font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem\">\
         <h1>Fine-tuning sandbox</h1><p><strong>{}</strong></p>\
         <p>Base URL: this address with <code>{}</code>. Scenario <code>{}</code>, {} simulated seconds a second, \
         seed {}. Faults: <code>/sandbox/faults</code>.</p>",
        text("notice"),
        text("base_path"),
        text("scenario"),
        text("speed"),
        text("seed"),
    );
    for (title, columns) in [
        ("jobs", ["id", "status", "step", "total_steps"].as_slice()),
        ("files", ["id", "filename", "examples"].as_slice()),
    ] {
        // Writing to a string can not fail.
        let _ = write!(page, "<h2>{title}</h2><table cellpadding=4><tr>");
        for column in columns {
            let _ = write!(page, "<th align=left>{column}");
        }
        let rows = summary.get(title).and_then(Value::as_array);
        for row in rows.into_iter().flatten() {
            page.push_str("<tr>");
            for column in columns {
                let _ = write!(page, "<td>{}", escape(&plain(row.get(column))));
            }
        }
        page.push_str("</table>");
    }
    page
}

fn plain(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
