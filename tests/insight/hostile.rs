//! Events as no provider should send them: ten thousand, out of order, told twice, with rewards that are no numbers.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::World;

/// Steps of the run; a training event of each, sent twice.
const STEPS: u64 = 5_000;

#[derive(serde::Deserialize)]
struct Page {
    after: Option<String>,
    limit: Option<usize>,
}

/// A provider with one job, whose events are these.
async fn provider(events: Vec<Value>) -> World {
    async fn job(Path(id): Path<String>) -> Json<Value> {
        Json(json!({"id": id, "status": "running", "model": "m", "created_at": 1}))
    }
    async fn page(State(events): State<Arc<[Value]>>, Query(page): Query<Page>) -> Json<Value> {
        let first = page.after.map_or(0, |after| {
            let at = events.iter().position(|event| event["id"] == *after);
            at.unwrap() + 1
        });
        let data: Vec<_> = events
            .iter()
            .skip(first)
            .take(page.limit.unwrap_or(20))
            .collect();
        let more = first + data.len() < events.len();
        Json(json!({"object": "list", "data": data, "has_more": more}))
    }
    let app = Router::new()
        .route("/v1/fine_tuning/jobs/{id}", get(job))
        .route("/v1/fine_tuning/jobs/{id}/events", get(page))
        .with_state(Arc::<[Value]>::from(events));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    World::at(&base, &[])
}

/// A number between 0 and 1 that looks like chance and is always the same.
fn noise(seed: u64) -> f64 {
    let mixed = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(31)
        .wrapping_mul(0xbf58_476d_1ce4_e5b9);
    f64::from(u32::try_from(mixed >> 32).unwrap()) / f64::from(u32::MAX)
}

fn flood() -> Vec<Value> {
    let mut events = Vec::new();
    for step in 1..=STEPS {
        // Some rewards are no numbers, in every way that JSON can say it.
        let train = match step % 10 {
            3 => json!("NaN"),
            5 => json!("Infinity"),
            7 => Value::Null,
            8 => json!({"mean": 0.5}),
            _ => json!(0.2 + 0.1 * noise(step)),
        };
        let mut data = json!({"step": step, "total_steps": STEPS, "train_mean_reward": train});
        if step % 50 == 0 {
            data["full_valid_mean_reward"] = json!(0.3 + 0.1 * noise(step));
        }
        let event = json!({
            "id": format!("ftevent-{step}"), "object": "fine_tuning.job.event", "created_at": step,
            "level": "info", "type": "metrics", "message": format!("Step {step}"), "data": data,
        });
        // Told again under another id, as some providers do.
        let mut again = event.clone();
        again["id"] = json!(format!("ftevent-again-{step}"));
        events.extend([event, again]);
    }
    let at = |event: &Value| {
        event["id"]
            .to_string()
            .bytes()
            .map(u64::from)
            .fold(7, |sum: u64, byte| sum.wrapping_mul(131).wrapping_add(byte))
    };
    events.sort_by(|one, other| noise(at(one)).total_cmp(&noise(at(other))));
    events
}

/// A page of a hundred is larger than the 8 MiB that are read at once; smaller ones are not.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_too_large_are_asked_for_in_smaller_ones() {
    let events = (1..=120).map(|step| {
        json!({
            "id": format!("ftevent-{step}"), "object": "fine_tuning.job.event", "created_at": 1_000 - step,
            "type": "metrics", "message": "m".repeat(200_000),
            "data": {"step": step, "total_steps": 120, "train_mean_reward": 0.5, "valid_mean_reward": 0.5},
        })
    });
    let world = provider(events.collect()).await;
    let arguments = json!({"job_id": "ftjob-1", "points": 1_000});
    let curve = world.call("get_reward_curve", arguments).await;
    assert_eq!(curve["judgement"]["step"], 120);
    assert_eq!(curve["steps"].as_array().unwrap().len(), 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_events_in_any_order_are_one_curve() {
    let events = flood();
    assert_eq!(events.len(), 10_000);
    let world = provider(events).await;
    let curve = world
        .call(
            "get_reward_curve",
            json!({"job_id": "ftjob-1", "points": 1_000, "picture": true}),
        )
        .await;
    let steps = curve["steps"].as_array().unwrap();
    assert_eq!(
        steps.len() as u64 + curve["left_out"].as_u64().unwrap(),
        STEPS
    );
    let numbers: Vec<u64> = steps
        .iter()
        .map(|step| step["step"].as_u64().unwrap())
        .collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(steps.iter().any(|step| step.get("train_reward").is_none()));
    for reward in steps.iter().filter_map(|step| step.get("train_reward")) {
        let reward = reward.as_f64().unwrap();
        assert!((0.2..=0.3).contains(&reward), "{reward}");
    }
    let judgement = &curve["judgement"];
    assert_eq!(judgement["evaluations"], STEPS / 50);
    assert_eq!(judgement["step"], STEPS);
    let best = judgement["best_valid"]["reward"].as_f64().unwrap();
    assert!((0.3..=0.4).contains(&best));

    let mut rows = 0;
    let mut from = json!(1);
    loop {
        let part = world
            .call(
                "export_metrics",
                json!({"job_id": "ftjob-1", "from_step": from}),
            )
            .await;
        rows += part["rows"].as_u64().unwrap();
        let csv = part["csv"].as_str().unwrap();
        assert!(!csv.contains("NaN") && !csv.contains("inf") && csv.len() <= 100_000);
        match part.get("next") {
            Some(next) => from = next.clone(),
            None => break,
        }
    }
    assert_eq!(rows, STEPS);

    let waited = world
        .call(
            "wait_for_job",
            json!({"job_id": "ftjob-1", "step": 1, "poll_seconds": 1}),
        )
        .await;
    assert_eq!(waited["reached"], "step", "{waited}");
}
