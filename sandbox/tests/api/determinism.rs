//! The same seed and the same calls at the same times give the same bytes, however often somebody looks.

use axum::body::Body;
use rft_mcp_sandbox::Config;
use serde_json::json;

use crate::support::{Api, config, pass, request, request_with, score_model};

/// What can be read of a job at five moments of a life with a pause.
async fn read(seed: u64, looks_between: bool) -> Vec<Vec<u8>> {
    let api = Api::of(Config { seed, ..config() });
    let mut request = request_with(score_model(), json!({"eval_interval": 3}));
    request["seed"] = json!(null);
    let id = api.launch(request).await;
    let mut bytes = Vec::new();
    for act in ["", "pause", "", "resume", ""] {
        for _ in 0..5 {
            pass(240.0).await;
            if looks_between {
                api.events(&id).await;
                api.checkpoints(&id).await;
            }
        }
        if !act.is_empty() {
            api.act(&format!("/fine_tuning/jobs/{id}/{act}")).await.ok();
        }
        for what in ["", "/events?limit=1000", "/checkpoints"] {
            let path = format!("/v1/fine_tuning/jobs/{id}{what}");
            bytes.push(api.raw("GET", &path, None, Body::empty()).await.2);
        }
    }
    bytes
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_bytes() {
    let one = read(7, false).await;
    assert_eq!(one, read(7, false).await);
    assert_eq!(one, read(7, true).await);
    assert_ne!(one, read(8, false).await);
}

#[tokio::test(start_paused = true)]
async fn the_jobs_own_seed_decides_its_rewards() {
    let rewards = async |seed: u64| {
        let api = Api::new();
        // Another job first: the number of a job does not matter.
        if seed == 1 {
            api.launch(request()).await;
        }
        let mut request = request();
        request["seed"] = (seed / 2).into();
        let id = api.launch(request).await;
        api.until_step(&id, 4).await;
        let metrics = api.metrics(&id).await;
        metrics
            .iter()
            .map(|m| m["train_mean_reward"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(rewards(0).await, rewards(1).await);
    assert_ne!(rewards(0).await, rewards(2).await);
}

#[tokio::test(start_paused = true)]
async fn what_was_reported_is_never_changed() {
    let api = Api::new();
    let id = api.launch(request()).await;
    let mut before = Vec::new();
    for round in 0..90 {
        pass(101.0).await;
        if round == 40 {
            api.act(&format!("/fine_tuning/jobs/{id}/pause")).await.ok();
        } else if round == 60 {
            api.act(&format!("/fine_tuning/jobs/{id}/resume"))
                .await
                .ok();
        }
        let mut now = api.events(&id).await;
        now.reverse();
        assert!(now.starts_with(&before));
        before = now;
    }
    assert!(before.len() > 30);
}
